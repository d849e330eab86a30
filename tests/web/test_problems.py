"""What the system refuses is told as what it is, and a fault of ours is not dressed up as that."""

import errno

import pytest
from flask import Flask


@pytest.mark.parametrize("number", [errno.EMFILE, errno.ENOSPC, errno.EROFS, errno.EIO])
def test_no_file_left_or_no_room_is_told_as_trouble_that_passes(house: Flask, number: int) -> None:
    with house.test_request_context("/polls"):
        answer = house.make_response(house.handle_user_exception(OSError(number, "refused")))

    assert (answer.status_code, int(answer.headers["Retry-After"]) > 0) == (503, True)
    assert "ghi nhận" in answer.get_data(as_text=True)


def test_a_file_that_is_missing_is_a_fault_of_ours(house: Flask) -> None:
    with house.test_request_context("/polls"):
        answer = house.make_response(house.handle_user_exception(FileNotFoundError("gone")))

    assert answer.status_code == 500
