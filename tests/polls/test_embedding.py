"""Other portals show a poll in a frame: without a cookie, where the list allows it, and nowhere else."""

from html import unescape
from xml.etree import ElementTree as ET

import pytest

from feedback_service.core.errors import Conflict
from feedback_service.polls import service
from feedback_service.polls.export import snippets
from feedback_service.polls.queries import PollRow
from feedback_service.polls.rules import ResultsShown, Status, Words
from feedback_service.polls.rules.portals import MOST_PORTALS, flaws_of_portals, origin_of, portals_of
from tests.pages import PageClient, checked
from tests.polls.polling import PollingPlace, shown_options, words

PORTAL = "https://dongha.quangtri.gov.vn"
BASE = "/embed"
OUR = "http://127.0.0.1:8000"


@pytest.fixture
def poll(place: PollingPlace) -> PollRow:
    """An open poll that one portal may show."""
    return allowed(place, place.open(), PORTAL)


def allowed(place: PollingPlace, poll: PollRow, *portals: str) -> PollRow:
    """Let portals show a poll."""
    with place.platform.transaction() as session:
        service.allow(session, poll, portals, by="system", now=place.clock.now())
    return place.poll(poll.id)


def test_a_vote_in_a_frame_needs_no_cookie_and_gives_none(place: PollingPlace, poll: PollRow) -> None:
    citizen = place.citizen().look_at(poll, base=BASE)
    assert "csrf_token" not in citizen.fields

    answer = citizen.send(poll, poll.option_ids[1], base=BASE)
    seen = citizen.client.get(answer.location)

    assert answer.status_code == 303
    assert "Lượt biểu quyết của Ông/Bà đã được ghi nhận." in seen.text
    assert citizen.client._cookies == {}
    assert place.choices() == [poll.option_ids[1]]
    assert place.broken() == []


def test_no_page_of_a_frame_reads_or_sets_a_cookie(place: PollingPlace, poll: PollRow) -> None:
    citizen = place.citizen().look_at(poll, base=BASE)
    wrong = citizen.send(poll, poll.option_ids[0], base=BASE, challenge_answer="11111")
    pages = [citizen.client.get(f"{BASE}/polls/{poll.slug}{part}?lang=en") for part in ("", "/results")]

    for answer in (wrong, *pages, citizen.client.get("/embed.js"), citizen.client.get(f"/oembed?url={OUR}/polls/x")):
        assert "Set-Cookie" not in answer.headers
        assert "Cookie" not in answer.headers.get("Vary", "")


def test_only_the_portals_of_the_list_may_show_the_frame(place: PollingPlace, poll: PollRow) -> None:
    frame = place.citizen().client.get(f"{BASE}/polls/{poll.slug}")
    alone = place.citizen().client.get(f"/polls/{poll.slug}")
    nobody = place.citizen().client.get(f"{BASE}/polls/{place.open(slug='khac').slug}")

    assert f"frame-ancestors 'self' {PORTAL}" in frame.headers["Content-Security-Policy"]
    assert "X-Frame-Options" not in frame.headers
    assert frame.headers["Cross-Origin-Resource-Policy"] == "cross-origin"
    assert "frame-ancestors 'self';" in f"{nobody.headers['Content-Security-Policy']};"
    assert "frame-ancestors 'none'" in alone.headers["Content-Security-Policy"]
    assert alone.headers["X-Frame-Options"] == "DENY"


def test_the_pages_of_a_frame_keep_the_promises_of_a_page(
    place: PollingPlace, poll: PollRow, pages: PageClient
) -> None:
    shown = pages.get(f"{BASE}/polls/{poll.slug}")
    assert shown.heading == poll.question.vi
    assert shown.all("body")[0].get("data-portals") == PORTAL
    assert pages.get(f"{BASE}/polls/{poll.slug}/results").text(".empty strong") == "Chưa có lượt nào."

    citizen = place.citizen().look_at(poll, base=BASE)
    wrong = citizen.send(poll, poll.option_ids[2], base=BASE, challenge_answer="11111")

    checked("wrong", wrong.status_code, dict(wrong.headers), wrong.text)
    assert wrong.status_code == 422
    assert shown_options(wrong) == [poll.option_ids[2]]
    assert words(wrong, ".error-summary li") == ["Mã chưa đúng. Đây là mã mới; lựa chọn của Ông/Bà vẫn được giữ."]


def test_a_form_on_another_page_cannot_vote_for_its_visitors(place: PollingPlace, poll: PollRow) -> None:
    citizen = place.citizen().look_at(poll, base=BASE)
    fields = {**citizen.fields, "option": poll.option_ids[0]}
    address = f"{BASE}/polls/{poll.slug}/votes"

    for origin in ("https://evil.example", PORTAL, "null"):
        assert citizen.client.post(address, data=fields, headers={"Origin": origin}).status_code == 403, origin
    assert place.votes() == 0
    assert citizen.client.post(address, data=fields, headers={"Origin": "http://localhost"}).status_code == 303


def test_a_token_of_a_frame_counts_once_and_on_one_poll(place: PollingPlace, poll: PollRow) -> None:
    other = allowed(place, place.open(slug="khac"), PORTAL)
    citizen = place.citizen().look_at(poll, base=BASE)

    elsewhere = citizen.send(other, other.option_ids[0], base=BASE)
    first, second = (citizen.send(poll, poll.option_ids[0], base=BASE) for _ in range(2))

    assert (elsewhere.status_code, first.status_code, second.status_code) == (422, 303, 409)
    assert place.votes() == 1


def test_counts_for_voters_alone_are_shown_in_a_frame_to_whoever_has_just_voted(place: PollingPlace) -> None:
    poll = allowed(place, place.open(results_shown=ResultsShown.AFTER_VOTE), PORTAL)
    other = allowed(place, place.open(slug="khac", results_shown=ResultsShown.AFTER_VOTE), PORTAL)
    citizen = place.citizen().look_at(poll, base=BASE)

    seen = citizen.send(poll, poll.option_ids[0], base=BASE).location
    token = seen.partition("?")[2]

    assert words(citizen.client.get(seen), ".answer-bar strong")[0] == "100,0%"
    for wrong in (f"{BASE}/polls/{poll.slug}/results", f"{BASE}/polls/{poll.slug}/results?voted=x.y"):
        assert words(citizen.client.get(wrong), ".answer-bar") == []
    assert words(citizen.client.get(f"{BASE}/polls/{other.slug}/results?{token}"), ".answer-bar") == []


def test_a_poll_that_is_over_says_so_in_its_frame(place: PollingPlace) -> None:
    poll = place.open(until=Status.CLOSED)

    shown = place.citizen().client.get(f"{BASE}/polls/{poll.slug}")

    assert words(shown, ".notice") == ["Cuộc thăm dò đã kết thúc. Xin cảm ơn mọi người đã tham gia."]
    assert words(shown, "form") == []


def test_the_script_may_be_loaded_by_every_portal_and_is_kept_an_hour(place: PollingPlace) -> None:
    client = place.citizen().client

    script = client.get("/embed.js")
    again = client.get("/embed.js", headers={"If-None-Match": script.headers["ETag"]})

    assert (script.mimetype, again.status_code) == ("text/javascript", 304)
    assert script.headers["Cross-Origin-Resource-Policy"] == "cross-origin"
    assert script.headers["Cache-Control"] == "public, max-age=3600"


def test_programs_learn_by_oembed_how_to_show_a_poll(place: PollingPlace, poll: PollRow) -> None:
    client = place.citizen().client
    asked = f"/oembed?url={OUR}/polls/{poll.slug}"

    facts = client.get(asked).get_json()
    small = client.get(f"{asked}&maxwidth=400&maxheight=100").get_json()
    xml = client.get(f"{asked}&format=xml")

    assert (facts["version"], facts["type"], facts["title"]) == ("1.0", "rich", poll.question.vi)
    assert f'src="{OUR}/embed/polls/{poll.slug}"' in facts["html"]
    assert (small["width"], small["height"]) == (400, 240)
    assert xml.mimetype == "text/xml"
    root = ET.fromstring(xml.data)  # noqa: S314  # our own answer
    assert {part.tag: part.text for part in root}["html"] == facts["html"]
    assert client.get(f"{asked}&format=yaml").status_code == 501
    assert f"{OUR}/oembed?url=" in unescape(client.get(f"/polls/{poll.slug}").text)


def test_oembed_knows_only_polls_that_a_portal_may_show(place: PollingPlace, poll: PollRow) -> None:
    closed_to_all = place.open(slug="khac")
    draft = place.open(slug="nhap", until=Status.DRAFT)
    addresses = (
        f"{OUR}/polls/{closed_to_all.slug}",
        f"{OUR}/polls/{draft.slug}",
        f"https://evil.example/polls/{poll.slug}",
        f"{OUR}/staff/polls/{poll.slug}",
        "javascript:alert(1)",
        "",
    )

    for address in addresses:
        answer = place.citizen().client.get("/oembed", query_string={"url": address})
        assert answer.status_code == 404, address


def test_words_of_a_question_stay_words_in_the_lines_that_portals_copy(place: PollingPlace) -> None:
    poll = allowed(place, place.open(question=Words('"><script>alert(1)</script>')), PORTAL)

    lines = [snippet.text for snippet in snippets(poll, OUR)]
    facts = place.citizen().client.get(f"/oembed?url={OUR}/polls/{poll.slug}").get_json()

    assert not any("<script>alert" in line for line in (*lines, facts["html"]))
    assert sum("&lt;script&gt;alert" in line for line in lines) == 2


@pytest.mark.parametrize(
    ("typed", "origin"),
    [
        (PORTAL, PORTAL),
        ("HTTPS://DongHa.quangtri.gov.vn/ ", PORTAL),
        ("https://cong.vn:443", "https://cong.vn"),
        ("https://cong.vn:8443", "https://cong.vn:8443"),
        ("http://127.0.0.1:5000", "http://127.0.0.1:5000"),
        ("http://cong.vn", None),
        ("https://cong.vn/trang", None),
        ("https://*.cong.vn", None),
        ("https://cong.vn; script-src *", None),
        ("https://a.vn https://b.vn", None),
        ("https://cong.vn:99999", None),
        ("https://-cong.vn", None),
        ("javascript:alert(1)", None),
        ("*", None),
        ("'self'", None),
        ("cong.vn", None),
        ("https://cóng.vn", None),
    ],
)
def test_a_portal_is_listed_by_its_origin_and_nothing_else(typed: str, origin: str | None) -> None:
    assert origin_of(typed) == origin


def test_a_list_of_portals_names_each_once_and_not_too_many() -> None:
    assert portals_of([PORTAL, "", f"{PORTAL}/", "https://khac.vn"]) == (PORTAL, "https://khac.vn")
    assert flaws_of_portals([PORTAL, ""]) == ()
    assert [fault.pointer for fault in flaws_of_portals(["cong.vn"])] == ["portals"]
    assert len(flaws_of_portals([f"https://cong{number}.vn" for number in range(MOST_PORTALS + 1)])) == 1


def test_a_poll_in_the_archive_is_given_to_no_further_portal(place: PollingPlace) -> None:
    poll = place.open(until=Status.ARCHIVED)

    with pytest.raises(Conflict, match="archive"):
        allowed(place, poll, PORTAL)

    assert place.poll(poll.id).portals == ()
