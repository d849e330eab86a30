"""Bytes out: the slip, the feed of published answers, the talk as text, blank slips for a paper box."""
