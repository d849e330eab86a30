"""The contact vault: what a citizen left is sealed under a key of its own, bound to its row, and each look is noted."""

import base64
import json
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime
from functools import lru_cache
from pathlib import Path

from sqlalchemy import delete, insert, select
from sqlalchemy.orm import Session

from feedback_service.audit import service as audit
from feedback_service.audit.rules import Act as Entry
from feedback_service.core.canonical import canonical, digest
from feedback_service.core.errors import NotFound, StorageUnavailable
from feedback_service.core.ids import new_salt, new_token
from feedback_service.suggestions.models import Suggestion, SuggestionContact
from feedback_service.suggestions.queries.rows import within
from feedback_service.suggestions.rules.hands import Contact, Hand
from feedback_service.suggestions.service.changes import note
from feedback_service.suggestions.service.shelf import synced

KEY_FILE = "vault.key"
NONCE_BYTES = 12


@dataclass(frozen=True)
class Vault:
    """Seals and opens contacts; `keys` are known by their names, new ones are sealed under `current`."""

    keys: Mapping[str, bytes]
    current: str

    @classmethod
    def at(cls, data_dir: Path) -> "Vault":
        """Return the vault of a data folder; its key is made with the first use and belongs in every backup."""
        return _vault_of(data_dir / KEY_FILE)

    def seal(self, suggestion_id: int, contact: Contact) -> tuple[str, str]:
        """Return the name of the key and the sealed contact, which opens for this suggestion only."""
        from cryptography.hazmat.primitives.ciphers.aead import AESGCM

        nonce = bytes.fromhex(new_salt())[:NONCE_BYTES]
        plain = canonical(vars(contact)).encode()
        sealed = AESGCM(self.keys[self.current]).encrypt(nonce, plain, _bound(suggestion_id))
        return self.current, base64.b64encode(nonce + sealed).decode()

    def open(self, suggestion_id: int, key_name: str, sealed: str) -> Contact:
        """Return a contact; raises StorageUnavailable when its key is missing or it was changed or moved."""
        from cryptography.exceptions import InvalidTag
        from cryptography.hazmat.primitives.ciphers.aead import AESGCM

        content = base64.b64decode(sealed)
        key = self.keys.get(key_name)
        if key is None:
            raise StorageUnavailable("The key of the contact vault is missing. Please restore it from the backup.")
        try:
            plain = AESGCM(key).decrypt(content[:NONCE_BYTES], content[NONCE_BYTES:], _bound(suggestion_id))
        except InvalidTag as error:
            raise StorageUnavailable("This contact was damaged and cannot be read.") from error
        return Contact(**json.loads(plain))


def keep_contact(session: Session, suggestion_id: int, contact: Contact, *, vault: Vault, now: datetime) -> None:
    """Keep how a citizen can be reached, sealed."""
    key_name, sealed = vault.seal(suggestion_id, contact)
    row = {"suggestion_id": suggestion_id, "key_name": key_name, "sealed": sealed, "stored_at": now}
    session.execute(insert(SuggestionContact).values(row))


def contact(session: Session, suggestion_id: int, *, by: Hand, vault: Vault, now: datetime) -> Contact:
    """Return how the citizen can be reached and note who looked; raises NotFound when nothing is kept."""
    query = (
        select(SuggestionContact.key_name, SuggestionContact.sealed, Suggestion.unit_id)
        .join(Suggestion, Suggestion.id == SuggestionContact.suggestion_id)
        .where(SuggestionContact.suggestion_id == suggestion_id, *within(by.scope))
    )
    row = session.execute(query).one_or_none()
    if row is None:
        raise NotFound("No contact is kept for this suggestion.")
    seen = Entry("contact.seen", by.actor, ("contact", suggestion_id), facts={"unit_id": row.unit_id})
    audit.note(session, seen, now=now)
    return vault.open(suggestion_id, row.key_name, row.sealed)


def forget_contact(session: Session, case: Suggestion, *, by: Hand, now: datetime) -> bool:
    """Delete the contact of a suggestion, note it, and say whether there was one."""
    gone = session.execute(
        delete(SuggestionContact)
        .where(SuggestionContact.suggestion_id == case.id)
        .returning(SuggestionContact.key_name)
    )
    if gone.one_or_none() is None:
        return False
    note(session, case, "contact.forgotten", by=by, now=now)
    return True


@lru_cache(maxsize=8)
def _vault_of(path: Path) -> Vault:
    try:
        if not path.exists():
            _make_key(path)
        secrets = path.read_text(encoding="utf-8").split()
    except OSError as error:
        raise StorageUnavailable("The key of the contact vault cannot be read. Nothing was recorded.") from error
    keys = {digest(["vault key", secret])[:12]: bytes.fromhex(digest(["vault", secret])) for secret in secrets}
    return Vault(keys, next(iter(keys)))


def _make_key(path: Path) -> None:
    """Make a key in one piece: whoever comes at the same time takes the one that was first."""
    begun = path.with_name(f"{path.name}.{new_token(8)}")
    begun.touch(mode=0o600, exist_ok=False)
    begun.write_text(new_token(32), encoding="utf-8")
    synced(begun)
    with suppress(FileExistsError):
        path.hardlink_to(begun)
    begun.unlink()
    synced(path.parent)


def _bound(suggestion_id: int) -> bytes:
    return f"suggestion {suggestion_id}".encode()
