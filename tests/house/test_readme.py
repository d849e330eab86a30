"""What README and the documents promise is there."""

import re
from pathlib import Path

import pytest

from tests.house.sources import ROOT

README = (ROOT / "README.md").read_text(encoding="utf-8")
TARGETS = set(re.findall(r"^([a-z-]+):", (ROOT / "Makefile").read_text(encoding="utf-8"), flags=re.MULTILINE))
PAGES = [ROOT / "README.md", *sorted((ROOT / "docs").rglob("*.md"))]


def test_every_command_of_the_readme_is_in_the_makefile() -> None:
    named = set(re.findall(r"\bmake ([a-z-]+)", README))

    assert {"run", "test"} <= named
    assert named - TARGETS == set()


def test_the_checks_of_a_change_call_both_commands() -> None:
    lines = (ROOT / ".ci" / "run").read_text(encoding="utf-8").splitlines()

    assert [line for line in lines if line.startswith("make ")] == ["make test", "make check"]


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_every_link_of_a_document_leads_somewhere(page: Path) -> None:
    links = re.findall(r"\]\(([^)#]+)", page.read_text(encoding="utf-8"))

    local = [link for link in links if "://" not in link]
    assert [link for link in local if not (page.parent / link).exists()] == []


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_every_file_that_a_document_names_exists(page: Path) -> None:
    named = re.findall(
        r"`((?:feedback_service|kiosk_static|migrations|tests|docs|tools)/[\w./-]+)`", page.read_text("utf-8")
    )

    assert [name for name in named if not (ROOT / name).exists()] == []
