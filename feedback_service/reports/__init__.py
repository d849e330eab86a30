"""Figures of satisfaction with intervals and honest denominators, and their exports."""
