"""The steps of a suggestion in words: what a button says, what the history says, what is said when it is done."""

from collections.abc import Mapping
from datetime import date

from feedback_service.core.words import Sentence
from feedback_service.suggestions.rules.kinds import KIND_NAMES, REFUSAL_NAMES, TOPIC_NAMES, Kind, Refusal, Topic
from feedback_service.suggestions.rules.steps import Act

STEP_NAMES: Mapping[Act, str] = {
    Act.ANSWER: "Write the answer",
    Act.APPROVE: "Approve the answer",
    Act.SEND_BACK: "Send back to be mended",
    Act.PUBLISH: "Publish question and answer",
    Act.ASK: "Ask the sender for more",
    Act.EXPLAIN: "Add an explanation",
    Act.ASSIGN: "Assign",
    Act.TRANSFER: "Transfer to another unit",
    Act.EXTEND: "Extend the deadline",
    Act.REFUSE: "Refuse",
    Act.MERGE: "Merge with another one",
    Act.SEPARATE: "Undo the merger",
    Act.WITHDRAW: "Withdraw the publication",
    Act.HIDE: "Hide, but keep tracking",
    Act.SHOW: "Show again",
    Act.REOPEN: "Reopen",
    Act.CLOSE: "Close",
}
"""Message ids of what a button says."""
STEP_ICONS: Mapping[Act, str] = {
    Act.ANSWER: "write",
    Act.APPROVE: "done",
    Act.SEND_BACK: "back",
    Act.PUBLISH: "answers",
    Act.ASK: "more",
    Act.EXPLAIN: "note",
    Act.ASSIGN: "people",
    Act.TRANSFER: "forward",
    Act.EXTEND: "due",
    Act.REFUSE: "close",
    Act.MERGE: "attach",
    Act.SEPARATE: "again",
    Act.WITHDRAW: "hide",
    Act.HIDE: "hide",
    Act.SHOW: "done",
    Act.REOPEN: "again",
    Act.CLOSE: "lock",
}
STEP_KEYS: Mapping[Act, str] = {
    Act.ANSWER: "A",
    Act.APPROVE: "D",
    Act.ASK: "H",
    Act.ASSIGN: "G",
    Act.TRANSFER: "C",
    Act.EXPLAIN: "E",
    Act.PUBLISH: "P",
}
"""Keys of the page of one suggestion; the same act has the same key in the queue."""
DONE_WORDS: Mapping[Act, str] = {
    Act.ANSWER: "The answer is saved.",
    Act.APPROVE: "The answer is approved. The sender can read it now.",
    Act.SEND_BACK: "The answer goes back to its writer.",
    Act.PUBLISH: "Question and answer are published.",
    Act.ASK: "The question is sent. The sender sees it on the tracking page.",
    Act.EXPLAIN: "The explanation is kept.",
    Act.ASSIGN: "The suggestion is assigned.",
    Act.TRANSFER: "The suggestion is transferred.",
    Act.EXTEND: "The deadline is extended.",
    Act.REFUSE: "The suggestion is refused. The sender reads why.",
    Act.MERGE: "The suggestion is merged. Its sender reads the common answer.",
    Act.SEPARATE: "The merger is undone.",
    Act.WITHDRAW: "The publication is withdrawn.",
    Act.HIDE: "It is hidden. Its clock runs on, and it stands in the monthly review.",
    Act.SHOW: "It may be published again.",
    Act.REOPEN: "The suggestion is open again; its clock starts anew.",
    Act.CLOSE: "The suggestion is closed.",
    Act.NOTE: "The note is kept. Senders never see it.",
    Act.MASK: "The masked version is kept. The original stays.",
    Act.CLASSIFY: "The classification is changed.",
    Act.UNDO: "It is as it was before.",
}
"""Message ids of what is said when it is done."""
_PLAIN: Mapping[Act, str] = {
    Act.RECEIVE: "Received",
    Act.REPLY: "The sender answered the question",
    Act.ADD: "The sender wrote again",
    Act.ANSWER: "Answer written",
    Act.APPROVE: "Answer approved",
    Act.SEND_BACK: "Answer sent back to be mended",
    Act.PUBLISH: "Published",
    Act.ASK: "Question to the sender",
    Act.EXPLAIN: "Explanation",
    Act.SEPARATE: "Merger undone",
    Act.WITHDRAW: "Publication withdrawn",
    Act.HIDE: "Hidden, but still tracked",
    Act.SHOW: "Shown again",
    Act.REOPEN: "Reopened",
    Act.CLOSE: "Closed",
    Act.NOTE: "Internal note",
    Act.MASK: "Text masked",
    Act.ERASE: "The sender had everything erased",
    Act.UNDO: "Step undone",
}


def told(act: str, facts: Mapping[str, object], names: Mapping[tuple[str, int], str]) -> Sentence:
    """Return a step of the history in words; `names` holds people and units by ("account" or "unit", id)."""
    known = Act(act)
    if known in _PLAIN:
        return Sentence(_PLAIN[known])
    return _WITH_FACTS[known](facts, names)


def named(act: str, facts: Mapping[str, object]) -> tuple[tuple[str, int], ...]:
    """Return whose names a step speaks of."""
    kind = {Act.ASSIGN: "account", Act.TRANSFER: "unit"}.get(Act(act))
    to = facts.get("to")
    return ((kind, to),) if kind and isinstance(to, int) else ()


def _assigned(facts: Mapping[str, object], names: Mapping[tuple[str, int], str]) -> Sentence:
    return Sentence("Assigned to {name}", {"name": _name("account", facts, names)})


def _transferred(facts: Mapping[str, object], names: Mapping[tuple[str, int], str]) -> Sentence:
    return Sentence("Transferred to {name}", {"name": _name("unit", facts, names)})


def _refused(facts: Mapping[str, object], _names: object) -> Sentence:
    return Sentence("Refused: {reason}", {"reason": Sentence(REFUSAL_NAMES[Refusal(str(facts["refusal"]))])})


def _merged(facts: Mapping[str, object], _names: object) -> Sentence:
    return Sentence("Merged with number {number}", {"number": str(facts["into"])})


def _extended(facts: Mapping[str, object], _names: object) -> Sentence:
    return Sentence("Deadline extended by {days} days", {"days": facts["days"]})


def _escalated(facts: Mapping[str, object], _names: object) -> Sentence:
    return Sentence("Overdue: told to the leader at level {level}", {"level": facts["level"]})


def _rated(facts: Mapping[str, object], _names: object) -> Sentence:
    return Sentence("The sender rated the answer: {level} of 5", {"level": facts["level"]})


def _classified(facts: Mapping[str, object], _names: object) -> Sentence:
    kind, topic = _last(facts["kind"]), _last(facts["topic"])
    words = {"kind": Sentence(KIND_NAMES[Kind(kind)]), "topic": Sentence(TOPIC_NAMES[Topic(topic)])}
    return Sentence("Classified as {kind}: {topic}", words)


def _rescheduled(facts: Mapping[str, object], _names: object) -> Sentence:
    return Sentence("Reckoned anew because of a swapped day; it was due on {day}", {"day": _day(facts["from"])})


def _name(kind: str, facts: Mapping[str, object], names: Mapping[tuple[str, int], str]) -> str:
    to = facts.get("to")
    return names.get((kind, to), "–") if isinstance(to, int) else "–"


def _last(pair: object) -> str:
    return str(pair[-1]) if isinstance(pair, list) else str(pair)


def _day(text: object) -> date:
    return date.fromisoformat(str(text))


_WITH_FACTS = {
    Act.ASSIGN: _assigned,
    Act.TRANSFER: _transferred,
    Act.REFUSE: _refused,
    Act.MERGE: _merged,
    Act.EXTEND: _extended,
    Act.ESCALATE: _escalated,
    Act.RATE: _rated,
    Act.CLASSIFY: _classified,
    Act.RESCHEDULE: _rescheduled,
}
