"""The blueprint that every public route of ratings hangs on."""

from flask import Blueprint

public = Blueprint("ratings_public", __name__)
