"""Rules of suspicion and refusals in words: message ids."""

from collections.abc import Mapping

from feedback_service.polls.rules.suspicion import Rule

RULE_NAMES: Mapping[Rule, str] = {
    Rule.RECORDED: "it was marked when it was cast",
    Rule.BUDGET: "its network had already sent its share of that day",
    Rule.BROWSER: "the same browser had voted before",
    Rule.NETWORK: "very many votes came from its network on that day",
    Rule.HASTE: "it was sent faster than anybody reads",
    Rule.BURST: "it came in a sudden rush of votes for one answer",
    Rule.MIX: "it came in an hour in which one answer grew far beyond the rest of the day",
    Rule.NIGHT: "it came in a night with unusually many votes for one answer",
    Rule.FAILURES: "it came in an hour with very many wrong codes, for the one answer that grew",
    Rule.PREPARED: "it came in an hour in which hardly a page was opened without a vote, for the one answer that grew",
}
REFUSAL_NAMES: Mapping[str, str] = {
    "wrong-code": "wrong code",
    "wrong-work": "the check by the device failed",
    "missing": "no code entered",
    "expired": "page open for more than an hour",
    "used": "code used before",
    "counted": "sent twice",
    "early": "sent faster than anybody reads",
    "foreign": "a page that this service did not make",
    "trapped": "a field filled in that people do not see",
    "limited": "too many wrong codes from one network",
    "choice": "no answer, or more than one vote may name",
    "shut": "the poll was not open",
}


def refusal_name(kind: str) -> str:
    """Return the message id of a kind of refusal; the kind itself where no table knows it."""
    return REFUSAL_NAMES.get(kind, kind)
