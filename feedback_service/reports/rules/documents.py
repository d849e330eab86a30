"""What a filled form holds: words and numbers in their order, ready to be written in any way."""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from itertools import zip_longest

from feedback_service.core.numbers import spelled

Value = str | int | Decimal | None


@dataclass(frozen=True)
class Letterhead:
    """What stands at the head of an official paper (NĐ 30/2020/NĐ-CP), in Vietnamese."""

    authority: str
    office: str
    nation: str
    motto: str
    dated: str


@dataclass(frozen=True)
class Grid:
    """The table of a form: `groups` are titles over so many columns, `marks` the numbers under the heads.

    `totals` are the last rows, none where a form has none.
    """

    groups: tuple[tuple[str, int], ...]
    heads: tuple[str, ...]
    marks: tuple[str, ...]
    widths: tuple[int, ...]
    rows: tuple[tuple[Value, ...], ...]
    totals: tuple[tuple[Value, ...], ...]

    @property
    def is_grouped(self) -> bool:
        """Whether some title spans several columns."""
        return any(span > 1 for _title, span in self.groups)


@dataclass(frozen=True)
class Part:
    """A titled part of a paper before its table; each line is a paragraph."""

    title: str
    lines: tuple[str, ...]


@dataclass(frozen=True)
class Document:
    """A filled form in words that are ready to print; `sources` say where each number is from.

    `names` stand under the signers, or else the place stays free; `sheet_name` is absent where it is the code.
    """

    code: str
    title: str
    lines: tuple[str, ...]
    head: Letterhead
    grid: Grid
    notes: tuple[str, ...]
    signers: tuple[str, ...]
    sources_title: str
    sources: tuple[tuple[str, str], ...]
    is_wide: bool
    sources_heads: tuple[str, str] = ("", "")
    parts: tuple[Part, ...] = ()
    table_title: str = ""
    names: tuple[str, ...] = ()
    sheet_name: str = ""

    @property
    def signed(self) -> tuple[tuple[str, str], ...]:
        """Who signs, each with the name under the place for it."""
        return tuple(zip_longest(self.signers, self.names, fillvalue=""))


def written(value: Value) -> str:
    """Return a value as Vietnam writes it: 1.234 and 1,70; nothing for what is not told."""
    if value is None:
        return ""
    if isinstance(value, Decimal):
        return spelled(value, decimals=2)
    return spelled(value) if isinstance(value, int) else value


def leading(values: Sequence[Value]) -> tuple[str, ...]:
    """Return a whole row as it is printed."""
    return tuple(written(value) for value in values)
