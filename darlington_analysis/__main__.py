"""Run the command line: ``python -m darlington_analysis``."""

import os
import sys

if __name__ == "__main__":
    if not sys.flags.safe_path and sys.path[0] == os.getcwd():
        # No library is taken from the folder one stands in; if this one is, it is looked for last.
        sys.path.append(sys.path.pop(0))
    from darlington_analysis.cli.main import main

    sys.exit(main())
