"""Which tablet is asking, by its bearer token."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Kiosk:
    """A tablet that may send; without a counter it serves the whole unit."""

    id: int
    unit_id: int
    counter_id: int | None
    questionnaire_id: str


def kiosk() -> Kiosk:
    """Return the tablet of this request; raises NotSignedIn for an unknown or revoked token."""
    from feedback_service.core.errors import NotSignedIn

    raise NotSignedIn("This tablet is not enrolled.")
