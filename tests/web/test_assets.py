"""Files that browsers keep."""

import gzip

from flask import Flask
from flask.testing import FlaskClient


def test_a_style_sheet_named_by_its_content_is_kept_for_a_year(app: Flask, client: FlaskClient) -> None:
    with app.test_request_context():
        address = app.jinja_env.globals["static"]("styles/tokens.css")  # type: ignore[operator]  # our own function

    answer = client.get(address)

    assert answer.status_code == 200
    assert answer.headers["Cache-Control"] == "public, max-age=31536000, immutable"
    assert client.get("/static/styles/tokens.css?v=old").headers["Cache-Control"] == "no-cache"


def test_text_is_sent_compressed_to_whom_reads_it(client: FlaskClient) -> None:
    plain = client.get("/static/styles/base.css")
    zipped = client.get("/static/styles/base.css", headers={"Accept-Encoding": "gzip, br"})

    assert zipped.headers["Content-Encoding"] == "gzip"
    assert gzip.decompress(zipped.data) == plain.data
    assert zipped.headers["Vary"] == plain.headers["Vary"] == "Accept-Encoding"
    assert zipped.headers["ETag"] != plain.headers["ETag"]


def test_a_file_that_has_not_changed_is_not_sent_again(client: FlaskClient) -> None:
    first = client.get("/kiosk/")

    again = client.get("/kiosk/", headers={"If-None-Match": first.headers["ETag"]})

    assert (again.status_code, again.data) == (304, b"")
    assert first.headers["Cache-Control"] == "no-cache"


def test_nothing_outside_the_folder_is_served(client: FlaskClient) -> None:
    for path in ("/static/../app.py", "/static/%2e%2e/app.py", "/kiosk/../pyproject.toml", "/static/", "/kiosk/.git"):
        assert client.get(path).status_code in (404, 308), path
