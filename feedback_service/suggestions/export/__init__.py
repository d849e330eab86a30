"""Bytes out: the slip, the feed of published answers, the talk as text, the minutes of a paper box."""
