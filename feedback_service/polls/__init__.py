"""Portal polls: options, votes and results."""
