"""The photo of an officer as it is kept: an upright portrait drawn anew, small enough for a tablet."""

from feedback_service.web.pictures import Frame, small

PORTRAIT = Frame(width=240, height=320, least=120, is_filled=True)
"""Three by four, as on a card; more points than the largest tablet shows."""


def photo(content: bytes) -> bytes:
    """Return a picture as the portrait that is kept; raises Refused."""
    return small(content, PORTRAIT)
