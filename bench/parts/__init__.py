"""What measurements share: the load, and the ceiling to measure beside."""
