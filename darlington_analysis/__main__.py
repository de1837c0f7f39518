"""Run the command line: ``python -m darlington_analysis``."""

import sys

from darlington_analysis.cli.main import main

if __name__ == "__main__":
    sys.exit(main())
