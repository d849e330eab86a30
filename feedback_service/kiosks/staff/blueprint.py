"""The blueprint that every staff route of tablets hangs on."""

from flask import Blueprint

staff = Blueprint("kiosks_staff", __name__)
ARRIVALS = "kiosks.arrivals"
"""Under this name the application gives what tells which numbers have arrived: ratings stand above tablets."""
