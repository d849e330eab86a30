"""What a person may be told when something cannot be done; `web.problems` turns it into words and a status."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Fault:
    """One thing to mend: `pointer` is the JSON pointer or the name of the form field, `message` a message id."""

    pointer: str
    message: str


class DomainError(Exception):
    """A refusal in words: `message` is a message id in English, `facts` fill its places."""

    code = "refused"

    def __init__(self, message: str, *, faults: tuple[Fault, ...] = (), **facts: object) -> None:
        """Keep the words; nothing is translated before the edge."""
        super().__init__(message)
        self.message = message
        self.faults = faults
        self.facts = facts


class Malformed(DomainError):
    """The bytes sent cannot be read at all."""

    code = "malformed"


class WrongMediaType(DomainError):
    """The body is of a kind that this address does not read."""

    code = "wrong-media-type"


class Refused(DomainError):
    """What was entered cannot be accepted as it stands."""

    code = "invalid"


class NotSignedIn(DomainError):
    """Nobody is known to be asking, or the token is unknown or revoked."""

    code = "not-signed-in"


class Forbidden(DomainError):
    """Somebody known asks for something that is not theirs to see or do."""

    code = "forbidden"


class NotFound(DomainError):
    """There is no such thing, or it is not for this person to know."""

    code = "not-found"


class Conflict(DomainError):
    """It stands against something that is already recorded."""

    code = "conflict"


class TooLarge(DomainError):
    """More was sent than is read in one go."""

    code = "too-large"


class Limited(DomainError):
    """Too many tries: `retry_seconds` says when to come back."""

    code = "too-many-requests"

    def __init__(self, message: str, *, retry_seconds: int) -> None:
        """Keep the words and the wait."""
        super().__init__(message, retry_seconds=retry_seconds)
        self.retry_seconds = retry_seconds


class StorageUnavailable(DomainError):
    """The database cannot be reached or cannot write: nothing was recorded."""

    code = "storage-unavailable"
    retry_seconds = 5
