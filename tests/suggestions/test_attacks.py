"""Attacks on the box and its desk, on each kind of database: hostile texts, numbers of others, guessed codes, files.

What needs no database is tried where it lives: passwords, addresses of signing in, the matrix of roles and routes in
accounts (28, 33, 35); addresses inside our walls and mail headers in notices (26, 44); files (41 to 43) and words (23)
beside their rules.
"""

import time
from io import BytesIO
from itertools import product
from statistics import median

import psutil
import pytest
from flask import Flask
from sqlalchemy import select

from feedback_service.accounts.rules.roles import Role
from feedback_service.core.ids import CODE_LETTERS, new_code
from feedback_service.suggestions import service
from feedback_service.suggestions.models import Suggestion
from feedback_service.suggestions.queries.tracking import by_code
from feedback_service.suggestions.rules import codes
from feedback_service.suggestions.rules.hands import Contact, Publication, Said
from tests.pages import Page
from tests.statements import counted
from tests.suggestions.box import WAITED
from tests.suggestions.citizen import Citizen, picture
from tests.suggestions.desk import Desk, step
from tests.suggestions.test_attachments import png

QUEUE = "/staff/suggestions"
BASES = (
    "<script>alert(1)</script>",
    "<img src=x onerror=alert(1)>",
    "<svg/onload=alert(1)>",
    "<svg><script>alert(1)</script>",
    "<iframe src=javascript:alert(1)>",
    "<a href=javascript:alert(1)>x</a>",
    "<form action=javascript:alert(1)>",
    "<body onload=alert(1)>",
    "<details open ontoggle=alert(1)>",
    "<input autofocus onfocus=alert(1)>",
    "<math><mtext><style><img src=x>",
    "<noscript><p title='</noscript><img>'>",
    "<object data=data:text/html,x>",
    "<base href=//evil.example>",
    "<link rel=stylesheet href=//evil>",
    "<meta http-equiv=refresh content=0>",
    "<template><script>1</script>",
    "&lt;script&gt;alert(1)",
    "{{7*7}}",
    "{% for x in y %}",
)
BEFORE = ("", "</textarea>", "\"'></title>")
HOSTILE = tuple(before + base for before, base in product(BEFORE, BASES))
"""Sixty texts (attack 18)."""
ALL = "\n".join(HOSTILE)
GROWN = "img[src=x], iframe, object, base[href^='//'], math, template, form[action^=javascript], a[href^=javascript]"
PIECES = "Đu\u031bo\u031b\u0300ng Le\u0302 Lo\u031b\u0323i"
OWNED = {"suggestion_id", "opening_id", "file_id"}
MINUTES = {"place": HOSTILE[0], "opened_at": "2026-10-13T08:00", "slips": "1", "blank": "0", "legal": "0"}


@pytest.fixture
def everything(desk: Desk) -> int:
    """A suggestion that went every way, with hostile words at each step; return its number."""
    now, by = desk.platform.clock.now(), desk.box.hand()
    left = Contact(HOSTILE[1], "0912345678", "")
    number = desk.write(ALL, procedure=HOSTILE[2], contact=left, is_public_wished=True)
    with desk.platform.transaction() as session:
        service.ask(session, number, by=by, said=Said(ALL), now=now)
        service.reply(session, number, said=Said(ALL), now=now)
        service.explain(session, number, by=by, said=Said(ALL), is_shown=True, now=now)
        service.note(session, number, by=by, text=ALL, now=now)
        service.answer(session, number, by=by, said=Said(ALL), now=now)
        service.publish(session, number, by=by, publication=Publication(HOSTILE[0], ALL, ALL), now=now)
        service.rate(session, number, level=1, now=now)
    return number


def grown(page: Page) -> list[str]:
    """Return the elements that no template of ours has put there."""
    found = [str(element.tag) for element in page.all(GROWN)]
    return found + [str(one.get("src")) for one in page.all("script") if not str(one.get("src")).startswith("/static/")]


def test_sixty_hostile_texts_stand_on_every_page_of_the_desk_as_words(desk: Desk, everything: int) -> None:
    hien = desk.officer(Role.LEADER)
    page = hien.pages.get(f"{QUEUE}/templates/new")
    hien.pages.send(page, {"title": HOSTILE[0], "text": ALL, "is_active": "y"})
    page = hien.pages.get(f"{QUEUE}?q=cho")
    hien.pages.send(page, {"name": HOSTILE[0]}, selector=".filter-kept form")
    page = hien.pages.get("/staff/box/new")
    opened = hien.pages.send(page, {**MINUTES, "people": f"{HOSTILE[0]}\n{HOSTILE[1]}", "note": ALL[:900]})
    hien.pages.send(opened, {"kind": "idea", "text": ALL}, selector="main form.sheet")
    case = f"{QUEUE}/{everything}"

    addresses = (QUEUE, f"{QUEUE}?view=all&q=<script>", case, f"{case}?step=withdraw", f"{QUEUE}/templates")
    more = (f"{QUEUE}/templates/1", f"{QUEUE}/review?month=2026-10", "/staff/box", opened.address, "/staff/audit")
    seen = {address: hien.pages.get(address) for address in (*addresses, *more)}
    contact = step(hien, everything, "contact")

    assert {address: grown(page) for address, page in seen.items() if grown(page)} == {}
    assert [text for text in HOSTILE if text.split()[0] not in seen[case].text(".case-text")] == []
    assert HOSTILE[1] in contact.text(".contact")
    assert "49" not in seen[case].text(".case-text")
    assert "49" not in seen[f"{QUEUE}/templates/1"].text("textarea")


def test_sixty_hostile_texts_stand_before_citizens_as_words(desk: Desk, app: Flask, everything: int) -> None:
    citizen = Citizen(app, desk.box.clock)
    code = desk.box.submit(ALL, is_public_wished=True).code
    tracking = citizen.enter(code or "")
    answer = citizen.pages.get(f"/answers/{everything}")
    found = citizen.pages.get("/answers?q=<script>alert(1)</script>")
    feed = citizen.pages.client.get("/answers.atom").text

    assert [grown(page) for page in (tracking, answer, found)] == [[], [], []]
    assert [text for text in HOSTILE if text.split()[0] not in answer.text("main")] == []
    assert "<script" not in feed
    assert "{{7*7}}" in answer.text("main")


def test_what_was_typed_in_pieces_is_stored_whole_and_found_either_way(desk: Desk) -> None:
    number, hien = desk.write(f"{PIECES} ngập nước. \u202eabc\u202c", is_public_wished=True), desk.officer()
    step(hien, number, "answer", text="Đã xong.")
    step(hien, number, "publication", title="Đường", question="Đường Lê Lợi ngập.", answer="Đã xong.")

    assert desk.box.case(number).original.startswith("Đường Lê Lợi")
    for sought in ("Đường Lê Lợi", PIECES, "duong le loi"):
        assert hien.pages.get(f"{QUEUE}?view=all&q={sought}").all(f"tr[data-row='{number}']"), sought
        assert hien.pages.get(f"/answers?q={sought}").all(f"a[href='/answers/{number}']"), sought
    assert "[U+202E]abc[U+202C]" in hien.pages.get(f"{QUEUE}/{number}").text(".case-text bdi")


def test_no_number_of_another_ward_opens_anything(desk: Desk, app: Flask) -> None:
    number = desk.write()
    hien, stranger = desk.officer(), desk.elsewhere(Role.LEADER)
    page = hien.pages.get("/staff/box/new")
    people = "Nguyễn Thị Hiền, công chức\nTrần Văn Bình"
    hien.pages.send(page, {**MINUTES, "people": people, "files": (BytesIO(picture().getvalue()), "anh.jpg")})
    step(hien, number, "answer", text="Đã xong.", files=(BytesIO(picture().getvalue()), "anh.jpg"))
    token = stranger.pages.get("/staff/account").form()["csrf_token"]
    named = {"suggestion_id": number, "opening_id": 1, "view_id": 1, "template_id": 1, "month_text": "2026-10"}
    named["file_id"] = desk.box.case(number).steps[-1].files[0].id
    urls = app.url_map.bind("localhost")

    statuses = {}
    for rule in app.url_map.iter_rules():
        if rule.endpoint.startswith("suggestions_staff.") and rule.arguments & OWNED:
            address = urls.build(rule.endpoint, {name: named[name] for name in rule.arguments})
            method = "GET" if "GET" in (rule.methods or ()) else "POST"
            sent = {"csrf_token": token, "seen": "1", "text": "x", "reason": "x", "verdict": "right", "kind": "idea"}
            more = {"topic": "other", "handler_id": "4", "unit_id": "3", "into_id": "1", "days": "1", "title": "x"}
            data = None if method == "GET" else {**sent, **more, "refusal": "unclear", "submission_id": "x"}
            statuses[address] = stranger.pages.client.open(address, method=method, data=data).status_code

    assert len(statuses) > 25
    assert {address: status for address, status in statuses.items() if status != 404} == {}
    assert desk.box.acts(number) == ["receive", "answer"]


def test_ten_thousand_guessed_codes_find_nothing(desk: Desk) -> None:
    desk.write()
    guesses = [new_code(codes.LETTERS) for _ in range(10_000)]

    well_formed = [guess for guess in guesses if codes.typed(guess)]
    with desk.platform.reading() as session:
        hashes = {codes.code_hash(guess) for guess in guesses}
        found = session.execute(select(Suggestion.code_hash)).scalars().all()
        tried = [by_code(session, codes.code_hash(guess)) for guess in well_formed[:100]]

    assert not hashes & set(found)
    assert set(tried) == {None}
    assert codes.RANDOM_BITS >= 80
    assert len(well_formed) < 10_000 / len(CODE_LETTERS) * 2


def test_wrong_codes_get_the_same_words_after_the_same_work(desk: Desk, app: Flask) -> None:
    desk.write()
    kinds = {"of another": codes.code_for("other", "form"), "with a slip": "7K3M9QX2H4TVB6RD5WZ8", "none": "?"}
    answers, works, waits = set(), set(), []
    for code in kinds.values():
        citizen = Citizen(app, desk.box.clock)
        filled = {**citizen.pages.get("/suggestions/track").form(), "code": code}
        took = []
        for _ in range(5):
            begun = time.process_time()
            with counted() as said:
                answer = citizen.pages.client.post("/suggestions/track", data=filled)
            took.append(time.process_time() - begun)
        answers.add((answer.status_code, len(answer.data) - len(code)))
        works.add(len(said))
        waits.append(median(took))

    assert len(answers) == 1
    assert len(works) == 1
    assert max(waits) - min(waits) < 0.005


HOSTILE_FILES = (
    ("anh.gif", b"GIF89a" + b"\0" * 100),
    ("anh.jpg", b"<svg xmlns='http://www.w3.org/2000/svg'><script>alert(1)</script></svg>"),
    ("trang.jpg", b"<!doctype html><script>alert(1)</script>"),
    ("shell.php", b"<?php system($_GET[0]);"),
    ("rong.jpg", b""),
    ("bom.png", png(30_000, 30_000)),
    ("42.zip", b"PK\x03\x04" + b"\0" * 1000),
    ("don.pdf", b"%PDF-1.7\n1 0 obj\n<< /OpenAction << /S /JavaScript /JS (1) >> >>\nendobj\n%%EOF\n"),
)


def test_hostile_files_are_refused_quickly_and_the_words_are_kept(desk: Desk, app: Flask) -> None:
    citizen = Citizen(app, desk.box.clock)
    before = psutil.Process().memory_info().rss
    for name, content in HOSTILE_FILES:
        begun = time.process_time()
        page = citizen.write(files=[(BytesIO(content), name), (picture(), "tốt.jpg")], status=422)

        assert time.process_time() - begun < 1.0, name
        assert name in page.text(".error-summary"), name
        assert page.form()["text"].strip() == WAITED
        assert page.texts(".kept-files bdi") == ["tốt.jpg"], name

    assert psutil.Process().memory_info().rss - before < 100_000_000


def test_a_picture_with_more_in_it_is_kept_as_a_picture_under_a_plain_name(desk: Desk, app: Flask) -> None:
    citizen = Citizen(app, desk.box.clock)
    glued = picture().getvalue() + b"<script>alert(1)</script>"
    citizen.finish(citizen.write(files=[(BytesIO(glued), "../../a.php;%0d%0aSet-Cookie: x=1.jpg")]))
    (link,) = citizen.pages.get("/suggestions/track").all(".message .kept-files a")

    saved = citizen.pages.client.get(str(link.get("href")))

    assert b"<script>" not in saved.data
    assert saved.headers["Content-Disposition"].startswith("attachment")
    assert "sandbox" in saved.headers["Content-Security-Policy"]
    assert saved.headers["X-Content-Type-Options"] == "nosniff"
    assert not [value for value in saved.headers.values() if "\n" in value or value.startswith("x=1")]
    kept = [path.name for path in (desk.platform.settings.data_dir / "attachments").rglob("*") if path.is_file()]
    assert [len(name) for name in kept] == [36]
