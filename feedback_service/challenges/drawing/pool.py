"""Holds challenges ready, so that a request never waits for a drawing: filled in the background, used once each."""

from collections import OrderedDict, deque
from dataclasses import dataclass
from threading import Event, Lock, Thread, main_thread

from feedback_service.challenges.drawing.picture import Drawer
from feedback_service.challenges.drawing.sound import Voice
from feedback_service.challenges.drawing.work import work
from feedback_service.challenges.rules import Proof, digits_of

FEWEST_READY = 8
MOST_READY = 512
MOST_ISSUED = 4_096
"""About 16 MB; the oldest are drawn anew when somebody still asks for them."""
REST_SECONDS = 0.004
"""After each drawing, so that requests are answered meanwhile."""


@dataclass(frozen=True)
class Piece:
    """One challenge: its name, the work that belongs to it, and its picture once it is drawn."""

    nonce: str
    work: str
    picture: bytes | None


class Pool:
    """The challenges of one process. It begins small and doubles when it ran dry although it had been filled."""

    def __init__(self, secret: str, *, most_issued: int = MOST_ISSUED) -> None:
        """Draw nothing yet: a process may be forked after this."""
        self._secret = secret
        self._most_issued = most_issued
        self._drawer = Drawer()
        self._voice = Voice()
        self._lock = Lock()
        self._wanted = FEWEST_READY
        self._ready: deque[Piece] = deque()
        self._issued: OrderedDict[str, Piece] = OrderedDict()
        self._is_filling = False
        self._was_filled = False
        self._rest = Event()

    def take(self) -> Piece:
        """Return a challenge that nobody had; its picture is missing when the pool has just run dry."""
        with self._lock:
            piece = self._ready.popleft() if self._ready else None
            if piece is None and self._was_filled:
                self._wanted = min(MOST_READY, self._wanted * 2)
                self._was_filled = False
            self._fill_soon()
        piece = piece or self._undrawn()
        self._issue(piece)
        return piece

    def known(self, nonce: str) -> Piece | None:
        """Return a challenge that this process issued not long ago."""
        with self._lock:
            return self._issued.get(nonce)

    def picture(self, nonce: str) -> bytes:
        """Return the PNG of a challenge, drawing it when this process does not hold it."""
        piece = self.known(nonce)
        if piece is not None and piece.picture is not None:
            return piece.picture
        drawn = self._drawer.picture(digits_of(self._secret, nonce))
        self._issue(Piece(nonce, piece.work if piece else "", drawn))
        return drawn

    def sound(self, nonce: str) -> bytes:
        """Return the WAV of a challenge."""
        return self._voice.spoken(digits_of(self._secret, nonce), secret=self._secret, nonce=nonce)

    @property
    def ready(self) -> int:
        """How many challenges are drawn and unused."""
        return len(self._ready)

    def _issue(self, piece: Piece) -> None:
        with self._lock:
            self._issued[piece.nonce] = piece
            if len(self._issued) > self._most_issued:
                self._issued.popitem(last=False)

    def _undrawn(self) -> Piece:
        made = work(self._secret, Proof.WORK)
        return Piece(made.nonce, made.asked, None)

    def _fill_soon(self) -> None:
        if not self._is_filling and len(self._ready) <= self._wanted // 2:
            self._is_filling = True
            Thread(target=self._fill, name="challenges").start()

    def _fill(self) -> None:
        try:
            while main_thread().is_alive() and self._lacks_pieces():
                made = work(self._secret, Proof.WORK)
                drawn = self._drawer.picture(digits_of(self._secret, made.nonce))
                with self._lock:
                    self._ready.append(Piece(made.nonce, made.asked, drawn))
                    self._was_filled = self._was_filled or len(self._ready) >= self._wanted
                self._rest.wait(REST_SECONDS)
        finally:
            self._is_filling = False

    def _lacks_pieces(self) -> bool:
        with self._lock:
            return len(self._ready) < self._wanted
