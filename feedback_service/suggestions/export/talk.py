"""The whole talk about a suggestion as plain text, for its sender to keep."""

from feedback_service.suggestions.export.slip import Wording
from feedback_service.suggestions.queries.tracking import Message, Tracked

RULE = "-" * 60


def talk_text(tracked: Tracked, *, office: str, wording: Wording) -> bytes:
    """Return the talk as UTF-8 text that Windows reads as well."""
    word = wording.word
    head = [
        office,
        f"{word(tracked.kind_name)} {tracked.id}, {tracked.unit_name}",
        f"{word('Received at')}: {wording.moment(tracked.received_at)}",
        f"{word('How far it is')}: {word(tracked.heading)}",
    ]
    parts = ["\n".join(head), *(_part(message, tracked, wording) for message in tracked.messages)]
    text = f"\n{RULE}\n".join(parts)
    return ("\ufeff" + text.replace("\n", "\r\n") + "\r\n").encode()


def _part(message: Message, tracked: Tracked, wording: Wording) -> str:
    who = tracked.unit_name if message.is_office else wording.word("You")
    files = [f"[{file.name}]" for file in message.files]
    return "\n".join([f"{who}, {wording.moment(message.at)}", "", message.text, *files])
