"""Procedures: what citizens come for, as the office handles them, over time."""
