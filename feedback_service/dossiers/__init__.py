"""Dossiers received and answered on time per unit and period."""
