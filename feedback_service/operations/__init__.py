"""Health, demo data and the care of the database."""
