"""What is kept no longer: contacts after 90 days, stray files, and everything when the code is given."""

import os
from datetime import timedelta

from sqlalchemy import func, select

from feedback_service.settings import Settings
from feedback_service.suggestions import service
from feedback_service.suggestions.models import SuggestionContact
from feedback_service.suggestions.rules.hands import CleanFile, Contact, Said
from feedback_service.suggestions.service import Shelf
from feedback_service.suggestions.service.retention import Forgotten, keep_no_longer
from tests.databases import feedback_service
from tests.suggestions.box import SECRET, Box


def settings_of(box: Box) -> Settings:
    """Return the settings of the box's office."""
    url = box.database.url.render_as_string(hide_password=False)
    known = {"FEEDBACK_DATABASE_URL": url, "FEEDBACK_DATA_DIR": str(box.folder), "FEEDBACK_SECRET_KEY": SECRET}
    return Settings.from_environment(known)


def let_go(box: Box) -> Forgotten:
    """Do what the worker does every night."""
    with box.database.transaction() as session:
        return keep_no_longer(session, settings_of(box), box.clock.now())


def contacts(box: Box) -> int:
    """Return how many contacts are kept."""
    with box.database.reading() as session:
        return session.execute(select(func.count()).select_from(SuggestionContact)).scalar_one()


def test_a_contact_is_forgotten_ninety_days_after_the_matter_is_closed(box: Box) -> None:
    box.submit(contact=Contact(phone="0912345678"))
    answered = box.submit("Việc khác", contact=Contact(phone="0987654321")).suggestion_id
    with box.database.transaction() as session:
        service.answer(session, answered, by=box.hand(), said=Said("Xong."), now=box.clock.now())

    box.pass_days(89)
    assert let_go(box).contacts == 0
    box.pass_days(2)

    assert let_go(box).contacts == 1
    assert contacts(box) == 1
    assert not box.case(answered).has_contact
    assert box.broken() == []


def test_a_file_that_belongs_to_nothing_goes_after_a_day(box: Box) -> None:
    shelf = Shelf.at(box.folder)
    kept = CleanFile("a" * 36, "a.jpg", "image/jpeg", b"a", "0" * 64)
    stray = CleanFile("b" * 36, "b.jpg", "image/jpeg", b"b", "0" * 64)
    with shelf.holding([kept, stray]):
        box.submit(files=(kept,))
    for file in (kept, stray):
        old = (box.clock.now() - timedelta(days=2)).timestamp()
        os.utime(box.folder / "attachments" / file.id[:2] / file.id, (old, old))

    let_go(box)

    assert shelf.ids() == (kept.id,)


def test_files_go_again_when_what_they_belong_to_is_not_stored(box: Box) -> None:
    shelf = Shelf.at(box.folder)
    file = CleanFile("c" * 36, "c.jpg", "image/jpeg", b"c", "0" * 64)

    try:
        with shelf.holding([file]):
            raise ConnectionError
    except ConnectionError:
        assert shelf.ids() == ()


def test_the_command_erases_by_the_code(box: Box) -> None:
    receipt = box.submit("Mướp đắng xào trứng", contact=Contact(name="Hoàng Kim Yến"))
    assert receipt.code
    url = box.database.url.render_as_string(hide_password=False)
    known = {"FEEDBACK_DATABASE_URL": url, "FEEDBACK_DATA_DIR": str(box.folder), "FEEDBACK_SECRET_KEY": SECRET}

    done = feedback_service("erase", receipt.code.lower(), **known)
    wrong = feedback_service("erase", "0" * 20, **known)
    night = feedback_service("retention", "run", **known)

    assert (done.returncode, wrong.returncode, night.returncode) == (0, 1, 0), done.stderr + night.stderr
    assert box.case(receipt.suggestion_id).is_erased
    assert contacts(box) == 0
    assert box.broken() == []
