"""Attacks, faults, fuzzing, damaged files, long runs and the systemd unit."""
