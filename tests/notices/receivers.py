"""A mail server and a web server of this machine that keep what they are sent and answer as a test wishes."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from email import message_from_bytes, policy
from email.message import EmailMessage
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread
from typing import ClassVar

from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP, Envelope, Session

from tests.servers import free_port


class Mailbox:
    """Takes every message, unless it is told to refuse."""

    def __init__(self) -> None:
        self.messages: list[EmailMessage] = []
        self.reply = "250 OK"
        self.reply_to_receiver = "250 OK"
        self.port = 0

    @property
    def url(self) -> str:
        """The address for FEEDBACK_MAIL_URL."""
        return f"smtp://127.0.0.1:{self.port}?from=gopy@dongha.example.vn"

    async def handle_RCPT(  # noqa: N802  # aiosmtpd asks for this name
        self, _server: SMTP, _session: Session, envelope: Envelope, address: str, _options: list[str]
    ) -> str:
        if self.reply_to_receiver.startswith("250"):
            envelope.rcpt_tos.append(address)
        return self.reply_to_receiver

    async def handle_DATA(self, _server: SMTP, _session: Session, envelope: Envelope) -> str:  # noqa: N802
        if self.reply.startswith("250"):
            message = message_from_bytes(envelope.original_content or b"", policy=policy.default)
            assert isinstance(message, EmailMessage)
            self.messages.append(message)
        return self.reply


@contextmanager
def mail_server() -> Iterator[Mailbox]:
    """Yield the mailbox of a mail server that runs as long as it is needed."""
    mailbox = Mailbox()
    mailbox.port = free_port()
    controller = Controller(mailbox, hostname="127.0.0.1", port=mailbox.port)
    controller.start()
    try:
        yield mailbox
    finally:
        controller.stop()


@dataclass(frozen=True)
class Post:
    """What was posted."""

    path: str
    headers: dict[str, str]
    body: bytes


@dataclass
class Hook:
    """Another system: keeps every post and answers with `status`; `location` goes with a redirection."""

    url: str
    posts: list[Post] = field(default_factory=list)
    status: int = 204
    location: str = ""


@contextmanager
def web_server() -> Iterator[Hook]:
    """Yield another system that runs as long as it is needed."""

    class Handler(BaseHTTPRequestHandler):
        hook: ClassVar[Hook]

        def do_POST(self) -> None:  # http.server asks for this name
            size = int(self.headers.get("Content-Length", "0"))
            self.hook.posts.append(Post(self.path, dict(self.headers.items()), self.rfile.read(size)))
            self.send_response(self.hook.status)
            if self.hook.location:
                self.send_header("Location", self.hook.location)
            self.send_header("Content-Length", "0")
            self.end_headers()

        def log_message(self, *_words: object) -> None:
            """Keep the output of the tests quiet."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    Handler.hook = Hook(f"http://127.0.0.1:{server.server_port}/hook")
    thread = Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
    thread.start()
    try:
        yield Handler.hook
    finally:
        server.shutdown()
        thread.join()
        server.server_close()
