"""Speaks the digits of a challenge in Vietnamese: shipped recordings, joined with pauses."""

import wave
from collections.abc import Mapping
from io import BytesIO
from pathlib import Path

from feedback_service.core.canonical import seal

RATE = 8000
BYTES = 2
SHORTEST_PAUSE_SECONDS = 0.45
PAUSE_STEPS = 16
STEP_SECONDS = 0.025
FOLDER = Path(__file__).parents[1] / "voices"


class Voice:
    """Holds the recordings in memory."""

    def __init__(self, folder: Path = FOLDER) -> None:
        """Read the recordings: ten digits and the opening, 85 kB; raises ValueError for one of another kind."""
        self._spoken: Mapping[str, bytes] = {path.stem: _samples(path) for path in folder.glob("*.wav")}

    def spoken(self, digits: str, *, secret: str, nonce: str) -> bytes:
        """Return a WAV of about six seconds, always the same for a nonce, so that a player may ask for it in parts."""
        lengths = bytes.fromhex(seal(secret, "challenge pauses", nonce))
        parts = [self._spoken["opening"]]
        for digit, length in zip(digits, lengths, strict=False):
            parts += [_silence(SHORTEST_PAUSE_SECONDS + length % PAUSE_STEPS * STEP_SECONDS), self._spoken[digit]]
        return _wav(b"".join(parts))


def _samples(path: Path) -> bytes:
    with wave.open(str(path), "rb") as recording:
        shape = (recording.getnchannels(), recording.getsampwidth(), recording.getframerate())
        if shape != (1, BYTES, RATE):
            raise ValueError(f"{path.name}: a recording is mono, 16 bit, 8 kHz")
        return recording.readframes(recording.getnframes())


def _silence(seconds: float) -> bytes:
    return bytes(int(seconds * RATE) * BYTES)


def _wav(samples: bytes) -> bytes:
    content = BytesIO()
    with wave.open(content, "wb") as sound:
        sound.setnchannels(1)
        sound.setsampwidth(BYTES)
        sound.setframerate(RATE)
        sound.writeframes(samples)
    return content.getvalue()
