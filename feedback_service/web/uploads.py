"""What somebody sends as a file: its bytes, or one picture."""

from collections.abc import Callable
from typing import cast

from flask_wtf.file import FileField
from wtforms import Field
from wtforms.validators import StopValidation

from feedback_service.core.cells import refused
from feedback_service.core.errors import Fault, Refused
from feedback_service.web.forms import Form
from feedback_service.web.pictures import UPLOAD_BYTES

REQUEST_BYTES = UPLOAD_BYTES + 64 * 1024


def content_of(field: FileField, most_bytes: int, too_big: str) -> bytes:
    """Return the bytes of the chosen file; raises Refused when there are none or, saying `too_big`, too many."""
    upload = field.data
    content: bytes = upload.stream.read(most_bytes + 1) if upload else b""
    if not content:
        raise refused("Please choose a file.")
    if len(content) > most_bytes:
        raise refused(too_big)
    return content


def _chosen(_form: object, field: Field) -> None:
    if not field.data:
        raise StopValidation(field.gettext("Please choose a picture first."))


class PictureForm(Form):
    """One picture, to be kept as `drawn` makes it."""

    picture = FileField(validators=[_chosen])

    def drawn(self, drawing: Callable[[bytes], bytes]) -> bytes:
        """Return what `drawing` makes of the picture; raises Refused beside the field."""
        try:
            return drawing(cast("bytes", self.picture.data.read()))
        except Refused as refusal:
            raise Refused(refusal.message, faults=(Fault("picture", refusal.message),)) from refusal
