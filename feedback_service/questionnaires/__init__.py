"""Questionnaires: versions that never change once published, and the built-in templates."""
