"""Bytes of questionnaires."""
