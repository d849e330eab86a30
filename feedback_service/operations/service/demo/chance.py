"""Chance that repeats itself: the same words give the same draws, so that two demonstrations of a day are alike."""

from collections.abc import Mapping, Sequence
from hashlib import sha256
from typing import TypeVar
from uuid import UUID, uuid5

Choice = TypeVar("Choice")
SPACE = UUID("5d6c7a52-6f0e-5f53-9d0b-6c8f1d5c2a10")
"""The name space of everything made up."""
_MASK = (1 << 64) - 1


class Draws:
    """A sequence of draws (SplitMix64, Steele and others 2014) that follows from its name alone."""

    def __init__(self, *name: object) -> None:
        """Begin the sequence of this name."""
        self._state = int.from_bytes(sha256(repr(name).encode()).digest()[:8], "big")

    def share(self) -> float:
        """Return a number from 0 up to, but not including, 1."""
        self._state = (self._state + 0x9E3779B97F4A7C15) & _MASK
        mixed = self._state
        for shift, factor in ((30, 0xBF58476D1CE4E5B9), (27, 0x94D049BB133111EB)):
            mixed = ((mixed ^ (mixed >> shift)) * factor) & _MASK
        return ((mixed ^ (mixed >> 31)) >> 11) / (1 << 53)

    def happens(self, likelihood: float) -> bool:
        """Say whether something of this likelihood happens."""
        return self.share() < likelihood

    def below(self, limit: int) -> int:
        """Return a whole number from 0 up to, but not including, `limit`."""
        return int(self.share() * limit)

    def one_of(self, choices: Sequence[Choice]) -> Choice:
        """Return one of the choices."""
        return choices[self.below(len(choices))]

    def weighted(self, weights: Mapping[Choice, float]) -> Choice:
        """Return one of the keys, each as likely as its weight."""
        left = self.share() * sum(weights.values())
        for choice, weight in weights.items():
            left -= weight
            if left < 0:
                return choice
        return next(reversed(list(weights)))

    def some_of(self, weights: Mapping[str, float], most: int) -> tuple[str, ...]:
        """Return one to `most` different keys in the order of the mapping."""
        taken = {self.weighted(weights) for _ in range(1 + self.below(most))}
        return tuple(key for key in weights if key in taken)

    def around(self, mean: float) -> int:
        """Return a count that is `mean` on average and scatters like arrivals at a counter."""
        whole = sum(self.happens(mean / _TRIES) for _ in range(_TRIES))
        return int(whole)


def made_up_id(*name: object) -> str:
    """Return the identifier that follows from a name."""
    return str(uuid5(SPACE, repr(name)))


_TRIES = 40
