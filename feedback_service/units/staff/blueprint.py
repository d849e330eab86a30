"""The blueprint that every staff route of units hangs on."""

from flask import Blueprint

staff = Blueprint("units_staff", __name__)
