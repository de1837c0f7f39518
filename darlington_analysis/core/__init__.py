"""What every room may use: errors, settings, safe files, periods."""
