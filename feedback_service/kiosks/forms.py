"""Forms of tablets."""

from wtforms import StringField

from feedback_service.web.forms import ChoiceField, Form, at_most, line, needed

WHOLE_UNIT = "0"


class KioskForm(Form):
    """Name, place and questionnaire of a tablet; a place is "UNIT:COUNTER" in ids, counter 0 the whole unit."""

    name = StringField(filters=[line], validators=[needed("Please enter a name for the tablet."), at_most(80)])
    place = ChoiceField(choices=[])
    questionnaire = ChoiceField(choices=[])

    def ids(self) -> tuple[int, int | None]:
        """Return unit and counter of the chosen place."""
        unit_id, _, counter_id = str(self.place.data).partition(":")
        return int(unit_id), None if counter_id == WHOLE_UNIT else int(counter_id)


def place_value(unit_id: int, counter_id: int | None) -> str:
    """Return how a place stands in the form."""
    return f"{unit_id}:{counter_id or WHOLE_UNIT}"
