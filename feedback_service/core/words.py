"""Words to be said later, in the language of whoever reads them."""

from collections.abc import Mapping
from dataclasses import dataclass, field


@dataclass(frozen=True)
class Sentence:
    """A message id in English whose places, such as {unit}, are filled by `facts`.

    A fact may be text, a whole number, a share (float, shown in percent), a day, or a sentence of its own.
    """

    message: str
    facts: Mapping[str, object] = field(default_factory=dict)
