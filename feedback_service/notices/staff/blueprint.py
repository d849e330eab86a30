"""The blueprint that every staff route of notices hangs on."""

from flask import Blueprint

staff = Blueprint("notices_staff", __name__)
