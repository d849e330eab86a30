"""PDF documents are kept as they are, so they are read through first: no script, no launch, no file within."""

import re
import zlib
from collections.abc import Iterator

from feedback_service.core.errors import Refused

UNREADABLE = "This PDF cannot be read. Please save it again, or send pictures instead."
ACTIVE = "This PDF can do things by itself, such as running a script. Please print it to a new PDF, or send pictures."
LOCKED = "This PDF is protected by a password. Please save it without one."
MOST_UNPACKED_BYTES = 64_000_000
"""What the streams of one document may unpack to while it is looked through."""
FORBIDDEN = (
    *(b"JavaScript", b"JS", b"Launch", b"EmbeddedFile", b"EmbeddedFiles", b"RichMedia", b"XFA", b"SubmitForm"),
    *(
        b"ImportData",
        b"GoToE",
        b"GoToR",
        b"Movie",
        b"Sound",
        b"Rendition",
        b"OpenAction",
        b"AA",
        b"3D",
        b"FileAttachment",
    ),
)
_NAME = re.compile(rb"/([^\x00\t\n\x0c\r /<>\[\](){}%]{1,64})")
_ESCAPE = re.compile(rb"#([0-9A-Fa-f]{2})")
_STREAM = re.compile(rb"(?<!end)stream\r?\n")
_DESTINATION = re.compile(rb"/OpenAction\s*\[")


def checked(content: bytes) -> bytes:
    """Return the document when it is a plain one; raises Refused for one that is broken, locked or can act."""
    if not content.startswith(b"%PDF-1.") and not content.startswith(b"%PDF-2."):
        raise Refused(UNREADABLE)
    end = content.rfind(b"%%EOF")
    if end < 0 or content[end + 5 :].strip(b"\r\n \x00"):
        raise Refused(UNREADABLE)
    budget = MOST_UNPACKED_BYTES
    for part in (content, *_packed(content)):
        budget -= len(part) if part is not content else 0
        if budget < 0:
            raise Refused(UNREADABLE)
        _refuse_active(part)
    return content


def _refuse_active(part: bytes) -> None:
    names = {_ESCAPE.sub(lambda code: bytes([int(code[1], 16)]), name) for name in _NAME.findall(part)}
    if b"Encrypt" in names:
        raise Refused(LOCKED)
    found = names & set(FORBIDDEN)
    if found == {b"OpenAction"} and _DESTINATION.search(part):
        return  # a document may open at a page of its own
    if found:
        raise Refused(ACTIVE)


def _packed(content: bytes) -> Iterator[bytes]:
    """Yield every stream that holds objects, unpacked; objects packed in a way we do not read are refused."""
    for found in _STREAM.finditer(content):
        heading = content[max(0, found.start() - 2000) : found.start()].rpartition(b"obj")[2]
        if b"ObjStm" not in _ESCAPE.sub(lambda code: bytes([int(code[1], 16)]), heading):
            continue
        if b"/Filter" in heading and b"FlateDecode" not in heading:
            raise Refused(UNREADABLE)
        yield _unpacked(content, found.end()) if b"/Filter" in heading else content[found.end() :]


def _unpacked(content: bytes, start: int) -> bytes:
    reader = zlib.decompressobj()
    try:
        unpacked = reader.decompress(content[start:], MOST_UNPACKED_BYTES)
    except zlib.error as error:
        raise Refused(UNREADABLE) from error
    if reader.unconsumed_tail:
        raise Refused(UNREADABLE)
    return unpacked
