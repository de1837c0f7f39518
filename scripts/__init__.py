"""What is run by hand around the library: ``python -m scripts.<package>.<module>``."""

from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
"""The root of the project."""
