"""The blueprint that every staff route of suggestions hangs on."""

from flask import Blueprint

staff = Blueprint("suggestions_staff", __name__)
