"""Mail in plain text over SMTP: one connection a message, never a password in the clear."""

import smtplib
import ssl
from dataclasses import dataclass
from datetime import datetime
from email.headerregistry import Address
from email.message import EmailMessage
from email.policy import SMTP
from pathlib import Path

from feedback_service.notices.export.undelivered import Undelivered
from feedback_service.notices.rules.addresses import is_mail_address, is_own_machine
from feedback_service.notices.rules.events import Letter
from feedback_service.settings import MailServer

TIMEOUT_SECONDS = 20.0
OFFICE = "application/vnd.openxmlformats-officedocument"
MEDIA_TYPES = {
    ".pdf": "application/pdf",
    ".xlsx": f"{OFFICE}.spreadsheetml.sheet",
    ".docx": f"{OFFICE}.wordprocessingml.document",
}
"""What may go with a message."""
PERMANENT = 500
"""From this reply code on the server says that trying again is of no use."""


@dataclass(frozen=True)
class Envelope:
    """Who writes to whom, and under which id: the same for every try, so that a mailbox can tell a repeat."""

    sender: str
    sender_name: str
    receiver: str
    message_id: str
    at: datetime


def compose(letter: Letter, envelope: Envelope, *, file: Path | None = None) -> EmailMessage:
    """Return the message with its file; raises Undelivered where there is no such file any more.

    Raises it for an address that is none, too: a line break in it adds headers.
    """
    if not is_mail_address(envelope.receiver):
        raise Undelivered("This is not a mail address.", is_final=True)
    message = EmailMessage(policy=SMTP)
    message["From"] = Address(" ".join(envelope.sender_name.split()), addr_spec=envelope.sender)
    message["To"] = envelope.receiver
    message["Subject"] = " ".join(letter.subject.split())
    message["Date"] = envelope.at
    message["Message-ID"] = f"<{envelope.message_id}@{envelope.sender.rpartition('@')[2]}>"
    message["Auto-Submitted"] = "auto-generated"
    message.set_content(letter.text, charset="utf-8", cte="quoted-printable")
    if file is not None:
        _attach(message, file)
    return message


def _attach(message: EmailMessage, file: Path) -> None:
    kind, _, subtype = MEDIA_TYPES.get(file.suffix, "application/octet-stream").partition("/")
    try:
        message.add_attachment(file.read_bytes(), maintype=kind, subtype=subtype, filename=file.name)
    except OSError as error:
        raise Undelivered("The file of the report is no longer there.", is_final=True) from error


def send(server: MailServer, message: EmailMessage) -> None:
    """Hand the message to the mail server; raises Undelivered."""
    try:
        with _connected(server) as connection:
            if server.user:
                connection.login(server.user, server.password)
            connection.send_message(message)
    except smtplib.SMTPRecipientsRefused as error:
        code = min(reply[0] for reply in error.recipients.values())
        raise Undelivered("The mail server refuses this address.", code=code, is_final=code >= PERMANENT) from error
    except smtplib.SMTPAuthenticationError as error:
        raise Undelivered("The mail server does not take our password.", code=error.smtp_code) from error
    except (smtplib.SMTPDataError, smtplib.SMTPSenderRefused) as error:
        is_final = error.smtp_code >= PERMANENT
        raise Undelivered("The mail server refuses the message.", code=error.smtp_code, is_final=is_final) from error
    except (smtplib.SMTPException, OSError) as error:
        raise Undelivered("The mail server cannot be reached.") from error


def _connected(server: MailServer) -> smtplib.SMTP:
    context = ssl.create_default_context()
    name = server.sender.rpartition("@")[2]
    if server.is_tls:
        return smtplib.SMTP_SSL(server.host, server.port, local_hostname=name, timeout=TIMEOUT_SECONDS, context=context)
    connection = smtplib.SMTP(server.host, server.port, local_hostname=name, timeout=TIMEOUT_SECONDS)
    try:
        connection.ehlo()
        if connection.has_extn("starttls"):
            connection.starttls(context=context)
        elif server.user and not is_own_machine(server.host):
            raise Undelivered("The mail server offers no encryption, so that our password was not sent.")
    except BaseException:
        connection.close()
        raise
    return connection
