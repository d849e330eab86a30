"""Feedback Service: ratings, polls and suggestions about public service, with numbers that can be defended."""
