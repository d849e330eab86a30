"""The blueprint that every public route of suggestions hangs on."""

from flask import Blueprint

public = Blueprint("suggestions_public", __name__)
