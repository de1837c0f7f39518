"""What every room may use: errors, settings, safe files, periods."""

__version__ = "0.1.0"
