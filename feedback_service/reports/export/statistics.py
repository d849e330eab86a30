"""An SPSS system file (.sav) in constant memory: the format as PSPP describes it, uncompressed, in UTF-8.

The library that writes it holds all rows in a table of another library; a million ratings would need gigabytes.
"""

import struct
import sys
from collections.abc import Callable, Iterator, Sequence
from datetime import datetime
from math import nextafter
from typing import Any

from feedback_service.reports.export.lines import Chunks, local
from feedback_service.reports.rules.variables import Form, Variable

Word = Callable[[str], str]
EPOCH = datetime(1582, 10, 14)  # noqa: DTZ001  # where the format begins to count, by the local clock
MISSING = -sys.float_info.max
LOWEST = nextafter(MISSING, 0.0)
UNKNOWN = -1
"""The number of cases, which is known only at the end."""
MOST_BYTES = 255
"""What a string or a label can hold."""
MONTHS = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"]
FORMATS = {Form.NUMBER: (5, 8, 2), Form.MOMENT: (22, 20, 0)}
"""Number of the print format, its width and its decimals: F8.2, DATETIME20."""
PADDING = struct.pack("<iiiiii8s", 2, -1, 0, 0, 0, 0, b" " * 8)
CODED_UTF8, LITTLE_ENDIAN = 65001, 2
NOMINAL, SCALE, LEFT, RIGHT = 1, 3, 0, 1


def sav_pieces(
    variables: Sequence[Variable], chunks: Chunks, *, title: str, made_at: datetime, word: Word
) -> Iterator[bytes]:
    """Yield the file; labels are in the language of `word`."""
    yield _head(variables, title, made_at)
    yield b"".join(_variable(number, one, word(one.label)) for number, one in enumerate(variables, start=1))
    yield b"".join(_value_labels(variables, word))
    yield b"".join(_information(variables))
    yield struct.pack("<ii", 999, 0)
    writers = [_writer(one) for one in variables]
    for chunk in chunks:
        yield b"".join(write(row) for row in chunk for write in writers)


def _head(variables: Sequence[Variable], title: str, made_at: datetime) -> bytes:
    size = sum(_segments(one) for one in variables)
    made = f"{made_at:%d} {MONTHS[made_at.month - 1]} {made_at:%y%H:%M:%S}".encode()
    product = b"@(#) SPSS DATA FILE Feedback Service".ljust(60)
    numbers = struct.pack("<iiiiid", 2, size, 0, 0, UNKNOWN, 100.0)
    return b"$FL2" + product + numbers + made + _bytes(title, 64).ljust(64) + b"\0" * 3


def _variable(number: int, one: Variable, label: str) -> bytes:
    told = _bytes(label, MOST_BYTES)
    print_format = _format(one)
    head = struct.pack("<iiiiii8s", 2, one.width, 1, 0, print_format, print_format, _short(number))
    padded = told.ljust((len(told) + 3) // 4 * 4)
    return head + struct.pack("<i", len(told)) + padded + PADDING * (_segments(one) - 1)


def _value_labels(variables: Sequence[Variable], word: Word) -> Iterator[bytes]:
    place = 1
    for one in variables:
        if one.values:
            yield struct.pack("<ii", 3, len(one.values))
            for value, label in one.values.items():
                told = _bytes(word(label), 120)
                length = (len(told) + 8) // 8 * 8
                yield struct.pack("<dB", float(value), len(told)) + told.ljust(length - 1)
            yield struct.pack("<iii", 4, 1, place)
        place += _segments(one)


def _information(variables: Sequence[Variable]) -> Iterator[bytes]:
    yield _extension(3, 4, struct.pack("<8i", 1, 0, 0, -1, 1, 1, LITTLE_ENDIAN, CODED_UTF8))
    yield _extension(4, 8, struct.pack("<3d", MISSING, sys.float_info.max, LOWEST))
    measures = ((NOMINAL, 20, LEFT) if one.width or one.values else (SCALE, 10, RIGHT) for one in variables)
    yield _extension(11, 4, b"".join(struct.pack("<3i", *measure) for measure in measures))
    names = (f"{_short(number).decode().strip()}={one.name}" for number, one in enumerate(variables, start=1))
    yield _extension(13, 1, "\t".join(names).encode())
    yield _extension(20, 1, b"UTF-8")


def _extension(kind: int, size: int, content: bytes) -> bytes:
    return struct.pack("<4i", 7, kind, size, len(content) // size) + content


def _writer(one: Variable) -> Callable[[Sequence[Any]], bytes]:
    number = struct.Struct("<d").pack
    if one.width:
        length = _segments(one) * 8
        return lambda row: _bytes(str(one.read(row)), one.width).ljust(length)
    if one.form is Form.MOMENT:
        return lambda row: number((local(str(one.read(row))) - EPOCH).total_seconds())

    def write(row: Sequence[Any]) -> bytes:
        value: Any = one.read(row)
        return number(MISSING if value is None else float(value))

    return write


def _format(one: Variable) -> int:
    kind, width, decimals = (1, one.width, 0) if one.width else FORMATS[one.form]
    return kind << 16 | width << 8 | (0 if one.values else decimals)


def _segments(one: Variable) -> int:
    return max(1, (one.width + 7) // 8)


def _short(number: int) -> bytes:
    return f"V{number}".encode().ljust(8)


def _bytes(text: str, most: int) -> bytes:
    """Return text in UTF-8, cut between two letters."""
    return text.encode()[:most].decode(errors="ignore").encode()
