"""The blueprint that every staff route of reports hangs on."""

from flask import Blueprint

staff = Blueprint("reports_staff", __name__)
