"""The blueprint that every staff route of accounts hangs on."""

from flask import Blueprint

staff = Blueprint("accounts_staff", __name__)
