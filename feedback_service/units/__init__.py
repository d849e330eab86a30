"""Offices over time, their counters, and the office that this service works for."""
