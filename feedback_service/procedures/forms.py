"""Forms of procedures: a file, and the rows of one that was looked at."""

from flask_wtf.file import FileField
from wtforms import StringField

from feedback_service.web.forms import Form


class ProcedureFileForm(Form):
    """A file of procedures."""

    file = FileField()


class ProcedureRowsForm(Form):
    """The rows of a file that was looked at."""

    rows = StringField()
