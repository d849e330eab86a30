"""Reading for reports: places, tallies, what tablets said, and rows for exports."""
