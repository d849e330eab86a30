"""The blueprint that every staff route of tablets hangs on."""

from flask import Blueprint

staff = Blueprint("kiosks_staff", __name__)
