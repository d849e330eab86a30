"""Questionnaires and ratings, counted exactly once."""
