"""What was attached to a form, checked one by one: how many, how large, what it is, how it is called."""

import hashlib
import re
from dataclasses import dataclass, replace
from pathlib import PurePosixPath

from feedback_service.core.errors import Refused
from feedback_service.core.ids import new_id
from feedback_service.core.text import one_line
from feedback_service.suggestions.drawing import documents
from feedback_service.suggestions.rules.hands import CleanFile
from feedback_service.suggestions.rules.words import shown_letters
from feedback_service.web import pictures

MOST_FILES = 5
TOO_MANY = "Please attach at most 5 files."
MOST_BYTES = 10 * 1024 * 1024
NAME_LETTERS = 100
ENDINGS = {"image/jpeg": ".jpg", "image/png": ".png", "image/webp": ".webp", "application/pdf": ".pdf"}
UNKNOWN = "Only JPEG, PNG, WebP and PDF can be attached."
_UNSAFE = re.compile(r'[\x00-\x1f\x7f/\\:*?"<>|;=%&#$`\']+')


@dataclass(frozen=True)
class Upload:
    """A file as it was sent."""

    name: str
    content: bytes


def cleaned(upload: Upload) -> CleanFile:
    """Return a file as it will be kept; raises Refused."""
    content, media_type = _checked(upload.content)
    digest = hashlib.sha256(content).hexdigest()
    return CleanFile(str(new_id()), plain_name(upload.name, media_type), media_type, content, digest)


def renewed(files: tuple[CleanFile, ...]) -> tuple[CleanFile, ...]:
    """Return files under ids of their own, so that the same form sent twice never lays down one over the other."""
    return tuple(replace(file, id=str(new_id())) for file in files)


def plain_name(name: str, media_type: str) -> str:
    """Return a file name that is harmless anywhere, with the ending of what the file really is."""
    last = shown_letters(one_line(name.replace("\\", "/").replace("\x00", ""))).rpartition("/")[2]
    stem = _UNSAFE.sub("_", PurePosixPath(last).stem).strip(". _")[:NAME_LETTERS]
    return f"{stem or 'file'}{ENDINGS[media_type]}"


def _checked(content: bytes) -> tuple[bytes, str]:
    if not content:
        raise Refused("This file is empty. Please choose another one.")
    if len(content) > MOST_BYTES:
        raise Refused("Each file can have at most 10 MB. Please make it smaller.")
    if content.startswith(b"%PDF-"):
        return documents.checked(content), "application/pdf"
    if content[:2] in (b"\xff\xd8", b"\x89P") or (content[:4] == b"RIFF" and content[8:12] == b"WEBP"):
        return pictures.redrawn(content)
    raise Refused(UNKNOWN)
