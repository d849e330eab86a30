"""What a suggestion is, which way it came, where it stands."""

from enum import StrEnum


class Kind(StrEnum):
    """What the citizen calls it."""

    IDEA = "idea"
    REPORT = "report"
    PROPOSAL = "proposal"
    PRAISE = "praise"


class Channel(StrEnum):
    """The way it came."""

    WEB = "web"
    KIOSK = "kiosk"
    QR = "qr"
    PAPER = "paper"
    PHONE = "phone"


class Topic(StrEnum):
    """What it is about, in the classes of indicator 5.1 (QĐ 766/QĐ-TTg)."""

    REGULATION = "regulation"
    CONDUCT = "conduct"
    OTHER = "other"


class State(StrEnum):
    """Where it stands (product M2)."""

    RECEIVED = "received"
    ASSIGNED = "assigned"
    TRANSFERRED = "transferred"
    ASKED = "asked"
    EXPLAINED = "explained"
    ANSWERED = "answered"
    APPROVED = "approved"
    PUBLISHED = "published"
    REFUSED = "refused"
    MERGED = "merged"
    REOPENED = "reopened"
    CLOSED = "closed"


class Suspicion(StrEnum):
    """What the law treats apart from a suggestion (NĐ 20/2008/NĐ-CP does not regulate either)."""

    COMPLAINT = "complaint"
    DENUNCIATION = "denunciation"


class Refusal(StrEnum):
    """Lawful reasons to refuse (NĐ 20/2008/NĐ-CP and the local rules that name them; domain 1.4)."""

    COMPLAINT = "complaint"
    DENUNCIATION = "denunciation"
    UNCLEAR = "unclear"
    REPEATED = "repeated"
    NOT_OURS = "not-ours"
    PERSONAL_DATA = "personal-data"
    INSULT = "insult"
    NO_SENDER = "no-sender"


OPEN_STATES = frozenset(
    {
        State.RECEIVED,
        State.ASSIGNED,
        State.TRANSFERRED,
        State.ASKED,
        State.EXPLAINED,
        State.ANSWERED,
        State.REOPENED,
    }
)
"""States in which the office still owes the citizen something; an answer that waits for approval is not given yet."""

KIND_NAMES = {
    Kind.IDEA: "Suggestion",
    Kind.REPORT: "Report",
    Kind.PROPOSAL: "Proposal",
    Kind.PRAISE: "Praise",
}
"""Message ids of the names as people read them."""
CHANNEL_NAMES = {
    Channel.WEB: "Portal",
    Channel.KIOSK: "Kiosk",
    Channel.QR: "QR code",
    Channel.PAPER: "Paper box",
    Channel.PHONE: "Telephone",
}
TOPIC_NAMES = {
    Topic.REGULATION: "Rules, policies, procedures",
    Topic.CONDUCT: "Conduct of officers",
    Topic.OTHER: "Something else",
}
STATE_NAMES = {
    State.RECEIVED: "Received",
    State.ASSIGNED: "Assigned",
    State.TRANSFERRED: "Transferred",
    State.ASKED: "Waiting for the sender",
    State.EXPLAINED: "Explanation received",
    State.ANSWERED: "Answered",
    State.APPROVED: "Answer approved",
    State.PUBLISHED: "Published",
    State.REFUSED: "Refused",
    State.MERGED: "Merged with another",
    State.REOPENED: "Reopened",
    State.CLOSED: "Closed",
}
REFUSAL_NAMES = {
    Refusal.COMPLAINT: "A complaint under the Law on Complaints, to be filed where that law says",
    Refusal.DENUNCIATION: "A denunciation under the Law on Denunciations, to be filed where that law says",
    Refusal.UNCLEAR: "Unclear even after asking",
    Refusal.REPEATED: "Already answered, with nothing new",
    Refusal.NOT_OURS: "Within the competence of another authority",
    Refusal.PERSONAL_DATA: "It contains personal data of others that cannot be left out",
    Refusal.INSULT: "It contains nothing but insults",
    Refusal.NO_SENDER: "It needs a sender who can be reached, and none is named",
}
