"""Tablets in the lobby: enrolment, configuration, heartbeat."""
