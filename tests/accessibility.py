"""What axe finds on a page as it stands, in words."""

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page

RULES = {
    "runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"],
    "resultTypes": ["violations"],
}
"""Of what passes one example is kept: all of it would be half a megabyte a page."""

SCRIPT = Axe().axe_script


def barriers(page: Page) -> list[str]:
    """Return one sentence per barrier that axe finds against WCAG 2.2 AA and good practice."""
    if not page.evaluate("typeof axe === 'object'"):
        page.evaluate(SCRIPT)
    found = page.evaluate("rules => axe.run(document, rules).then(({ violations }) => violations)", RULES)
    return [
        f"{barrier['id']}: {barrier['help']} ({place['target']}: {place['failureSummary']})"
        for barrier in found
        for place in barrier["nodes"]
    ]
