"""The blueprint that every staff route of ratings hangs on."""

from flask import Blueprint

staff = Blueprint("ratings_staff", __name__)
