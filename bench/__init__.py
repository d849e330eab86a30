"""Measurements, each a ratio against a stated ceiling in the same run."""
