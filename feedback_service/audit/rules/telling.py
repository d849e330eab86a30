"""Entries in words: an act is named "noun.verb", and both are told by these tables."""

from collections.abc import Mapping

NOUNS: Mapping[str, str] = {
    "account": "Account",
    "answer_template": "Answer template",
    "audit": "Ledger",
    "box_setting": "Suggestion box",
    "comment": "Comment",
    "contact": "Contact",
    "counter": "Counter",
    "deadline_rule": "Deadlines",
    "export": "Export",
    "kiosk": "Tablet",
    "kiosk-code": "Tablet code",
    "notice": "Notice",
    "notice_delivery": "Notice",
    "notice_target": "Recipient of notices",
    "office": "Office",
    "poll": "Poll",
    "questionnaire": "Questionnaire",
    "questionnaire_version": "Version of a questionnaire",
    "rating": "Rating",
    "rating_quarantine": "Refused rating",
    "ratings": "Ratings",
    "session": "Session",
    "suggestion": "Suggestion",
    "swapped_day": "Working days",
    "unit": "Unit",
    "vote": "Vote",
    "votes": "Votes",
}
VERBS: Mapping[str, str] = {
    "add": "added to",
    "added": "added",
    "adjusted": "adjusted",
    "answer": "answered",
    "approve": "approved",
    "archived": "archived",
    "ask": "asked for more",
    "assign": "assigned",
    "cast": "cast",
    "changed": "changed",
    "chosen": "chosen",
    "classify": "classified",
    "close": "closed",
    "closed": "closed",
    "code-issued": "code made",
    "created": "created",
    "enrolled": "enrolled",
    "erase": "erased",
    "erased": "erased",
    "escalate": "passed upward",
    "explain": "explained",
    "exported": "exported",
    "extend": "given more time",
    "forgotten": "erased",
    "hide": "hidden",
    "hours-kept": "opening hours changed",
    "mask": "masked",
    "merge": "merged",
    "named": "named",
    "note": "noted",
    "opened": "opened",
    "password-changed": "password changed",
    "password-reset": "password reset",
    "publish": "published",
    "published": "published",
    "quarantined": "kept apart",
    "rate": "rated",
    "receive": "received",
    "refuse": "refused",
    "renamed": "renamed",
    "reopen": "reopened",
    "reply": "replied to",
    "reschedule": "rescheduled",
    "retried": "sent again",
    "revoked": "revoked",
    "rewritten": "rewritten",
    "saved": "saved",
    "seen": "seen",
    "send-back": "sent back",
    "separate": "separated",
    "set": "settled",
    "settled": "settled",
    "show": "shown again",
    "stored": "stored",
    "switched-off": "switched off",
    "switched-on": "switched on",
    "transfer": "transferred",
    "undo": "undone",
    "withdraw": "withdrawn",
}
ACTORS: Mapping[str, str] = {"system": "This service", "public": "A citizen"}


def noun_of(act: str) -> str:
    """Return the message id of what an act was done to; the word itself where no table knows it."""
    noun = act.partition(".")[0]
    return NOUNS.get(noun, noun)


def verb_of(act: str) -> str:
    """Return the message id of what was done; the word itself where no table knows it."""
    verb = act.partition(".")[2]
    return VERBS.get(verb, verb)
