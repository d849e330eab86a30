"""Who works at the desk; each role reaches its own unit and every unit below it."""

from enum import StrEnum


class Role(StrEnum):
    """The roles of the office (product A1)."""

    ADMINISTRATOR = "administrator"
    LEADER = "leader"
    ONE_STOP = "one-stop"
    CONTROLLER = "controller"
    HANDLER = "handler"
    OVERSEER = "overseer"


ROLE_NAMES = {
    Role.ADMINISTRATOR: "Administrator",
    Role.LEADER: "Leader",
    Role.ONE_STOP: "One-stop shop officer",
    Role.CONTROLLER: "Procedure control officer",
    Role.HANDLER: "Handling officer",
    Role.OVERSEER: "Oversight (read only)",
}
"""Message ids of the names as people read them."""
