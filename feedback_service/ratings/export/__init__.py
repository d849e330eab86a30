"""Bytes of ratings."""
