"""The menu of the desk: every page lies behind one door, and the page says behind which."""

from flask import Flask

from feedback_service.accounts.rules.roles import Role
from feedback_service.features import FEATURES, MENU
from tests.officers import officer

OWN = {"/staff/", "/staff/sign-in", "/staff/sign-out"}
"""What belongs to whoever signed in, and lies behind no door; so does all of /staff/account."""


def test_every_page_of_the_desk_lies_behind_one_door_of_the_menu(house: Flask) -> None:
    desk = {feature.blueprint.name for feature in FEATURES if feature.audience is None}
    addresses = {rule.endpoint: rule.rule for rule in house.url_map.iter_rules()}
    led = {rule.rule: rule.endpoint for rule in house.url_map.iter_rules()}

    doors = {path: [item.endpoint for item in MENU if item.holds(path)] for path in led}

    strays = {path for path, endpoint in led.items() if endpoint.partition(".")[0] in desk and len(doors[path]) != 1}
    assert {path for path in strays if path.partition("/staff/account")[1] == ""} == OWN
    assert not any(doors[path] for path in strays)
    assert all(item.holds(addresses[item.endpoint]) for item in MENU)


def test_the_menu_says_where_one_is(house: Flask) -> None:
    pages = officer(house, Role.ADMINISTRATOR).pages
    behind = {
        "/staff/surveys": ["Bộ câu hỏi"],
        "/staff/surveys/new": ["Bộ câu hỏi"],
        "/staff/ballots": ["Bộ câu hỏi"],
        "/staff/papers/new": ["Bộ câu hỏi"],
        "/staff/procedures": ["Đơn vị"],
        "/staff/ratings/marks": ["Ý kiến"],
        "/staff/accounts/programs": ["Tài khoản"],
        "/staff/account": [],
    }

    marked = {address: pages.get(address).texts(".desk-menu [aria-current]") for address in behind}

    assert marked == behind
