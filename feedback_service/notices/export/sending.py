"""Sending one message by the way it goes, and saying how that ended."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path
from typing import Any

from feedback_service.notices.export import mail, webhook
from feedback_service.notices.export.undelivered import Undelivered
from feedback_service.notices.queries import Outgoing
from feedback_service.notices.rules.events import Letter, letter
from feedback_service.notices.rules.tries import Channel, Status
from feedback_service.notices.service import Outcome
from feedback_service.settings import Settings

Word = Callable[[str, str], str]
"""Gives a message id in a language."""


@dataclass(frozen=True)
class Receiver:
    """Where a message goes: a mailbox, a web address, or a telephone (`phone`) behind the gateway at `address`.

    `path` takes the place of where the notice leads, where that is for this receiver alone; `file` goes with a mail.
    """

    channel: Channel
    address: str
    seed: str = ""
    phone: str = ""
    path: str = ""
    file: Path | None = None


@dataclass(frozen=True)
class Sender:
    """Sends messages with the mail server and the keys of this office, in its name."""

    settings: Settings
    word: Word
    signature: str

    def send(self, outgoing: Outgoing, receiver: Receiver, *, now: datetime) -> Outcome:
        """Send and say how it ended; never raises for what the other side does."""
        outgoing = replace(outgoing, path=receiver.path or outgoing.path)
        send = self._mail if receiver.channel is Channel.MAIL else self._post
        try:
            code = send(outgoing, receiver, now)
        except Undelivered as fault:
            status = Status.FAILED if fault.is_final else Status.WAITING
            return Outcome(status, fault.problem, fault.code, receiver.channel)
        return Outcome(Status.SENT, code=code, channel=receiver.channel)

    def _mail(self, outgoing: Outgoing, receiver: Receiver, now: datetime) -> int | None:
        server = self.settings.mail
        if server is None:
            raise Undelivered("No mail server is set (FEEDBACK_MAIL_URL).", is_final=True)
        told = self._letter(outgoing)
        signed = Letter(told.subject, f"{told.text}\n-- \n{self.signature}\n")
        name = f"notice-{outgoing.id}.{outgoing.notice_id}"
        envelope = mail.Envelope(server.sender, self.signature, receiver.address, name, now)
        mail.send(server, mail.compose(signed, envelope, file=receiver.file))
        return None

    def _post(self, outgoing: Outgoing, receiver: Receiver, now: datetime) -> int | None:
        is_gateway = receiver.channel is Channel.GATEWAY
        kind = "message.send" if is_gateway else outgoing.event.value
        content = self._short(outgoing, receiver.phone) if is_gateway else self._facts(outgoing)
        text = webhook.body(kind, at=outgoing.made_at, content=content)
        headers = webhook.signed(
            text,
            message_id=f"msg_{outgoing.notice_id}_{outgoing.id}",
            secret_text=webhook.secret(self.settings.lasting_key, receiver.seed),
            at=now,
        )
        return webhook.post(receiver.address, text, headers, allowed=self.settings.webhook_networks)

    def _facts(self, outgoing: Outgoing) -> dict[str, object]:
        kind, subject_id = outgoing.subject
        told = {name: _told(fact) for name, fact in outgoing.facts.items()}
        text = self._letter(outgoing).subject
        return {"subject": {"kind": kind, "id": subject_id}, "url": self._url(outgoing), "text": text, **told}

    def _short(self, outgoing: Outgoing, phone: str) -> dict[str, object]:
        text = f"{self.signature}: {self._letter(outgoing).subject}. {self._url(outgoing)}"
        return {"to": phone, "text": text, "language": outgoing.language}

    def _letter(self, outgoing: Outgoing) -> Letter:
        return letter(
            outgoing.event,
            {**outgoing.facts, "url": self._url(outgoing)},
            to_citizen=outgoing.target_id is None,
            word=lambda said: self.word(said, outgoing.language),
        )

    def _url(self, outgoing: Outgoing) -> str:
        return f"{self.settings.base_url}{outgoing.path}"


def _told(fact: Any) -> object:
    return fact.get("day") or fact["word"] if isinstance(fact, dict) else fact
