"""Exports as bytes: CSV for Vietnamese spreadsheets, XLSX, JSON Lines."""
