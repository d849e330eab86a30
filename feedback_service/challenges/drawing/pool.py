"""Holds pictures ready, so that nobody waits for a drawing: filled in the background, each shown for one challenge."""

from collections import OrderedDict, deque
from threading import Event, Lock, Thread, main_thread

from feedback_service.challenges.drawing.picture import Drawer
from feedback_service.challenges.drawing.sound import Voice
from feedback_service.challenges.rules import digits_of
from feedback_service.core.ids import new_timed_id

FEWEST_READY = 8
MOST_READY = 512
MOST_ISSUED = 4_096
"""About 16 MB; the oldest are drawn anew when somebody still asks for them."""
REST_SECONDS = 0.004
"""After each drawing, so that requests are answered meanwhile."""


class Pool:
    """The challenges of one process. It begins small and doubles when it ran dry although it had been filled.

    A page takes a challenge and makes nothing be drawn; whoever looks at a picture has the next ones drawn. So a
    program that opens pages by the thousand costs no drawing.
    """

    def __init__(self, secret: str, *, most_issued: int = MOST_ISSUED) -> None:
        """Draw nothing yet: a process may be forked after this."""
        self._secret = secret
        self._most_issued = most_issued
        self._drawer = Drawer()
        self._voice = Voice()
        self._lock = Lock()
        self._wanted = FEWEST_READY
        self._ready: deque[tuple[str, bytes]] = deque()
        self._issued: OrderedDict[str, bytes] = OrderedDict()
        self._is_filling = False
        self._was_filled = False
        self._rest = Event()

    def take(self) -> str:
        """Return the nonce of a challenge that nobody had; its picture is missing while the pool is dry."""
        with self._lock:
            if self._ready:
                nonce, drawn = self._ready.popleft()
                self._issue(nonce, drawn)
                return nonce
            if self._was_filled:
                self._wanted = min(MOST_READY, self._wanted * 2)
                self._was_filled = False
        return new_timed_id().hex

    def is_drawn(self, nonce: str) -> bool:
        """Say whether this process holds the picture of a challenge."""
        return nonce in self._issued

    def picture(self, nonce: str) -> bytes:
        """Return the PNG of a challenge, drawn now unless this process holds it; the next ones are drawn after it."""
        drawn = self._issued.get(nonce) or self._drawer.picture(digits_of(self._secret, nonce))
        with self._lock:
            drawn = self._issued.setdefault(nonce, drawn)
            self._issue(nonce, drawn)
            self._fill_soon()
        return drawn

    def sound(self, nonce: str) -> bytes:
        """Return the WAV of a challenge."""
        return self._voice.spoken(digits_of(self._secret, nonce), secret=self._secret, nonce=nonce)

    @property
    def ready(self) -> int:
        """How many challenges are drawn and unused."""
        return len(self._ready)

    def _issue(self, nonce: str, drawn: bytes) -> None:
        self._issued[nonce] = drawn
        if len(self._issued) > self._most_issued:
            self._issued.popitem(last=False)

    def _fill_soon(self) -> None:
        if not self._is_filling and len(self._ready) <= self._wanted // 2:
            self._is_filling = True
            Thread(target=self._fill, name="challenges").start()

    def _fill(self) -> None:
        try:
            while main_thread().is_alive() and self._lacks_pictures():
                nonce = new_timed_id().hex
                drawn = self._drawer.picture(digits_of(self._secret, nonce))
                with self._lock:
                    self._ready.append((nonce, drawn))
                    self._was_filled = self._was_filled or len(self._ready) >= self._wanted
                self._rest.wait(REST_SECONDS)
        finally:
            self._is_filling = False

    def _lacks_pictures(self) -> bool:
        with self._lock:
            return len(self._ready) < self._wanted
