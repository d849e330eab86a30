"""The blueprint that every desk route of questionnaires hangs on."""

from flask import Blueprint

PAGE = "/staff/questionnaires"
staff = Blueprint("questionnaires_staff", __name__)
