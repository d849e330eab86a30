"""JSON of challenges."""

from typing import Annotated

from pydantic import Field

from feedback_service.web.api import Payload

FormName = Annotated[str, Field(pattern=r"^[a-z]{1,20}:[a-z0-9-]{1,80}$")]


class ChallengeRequest(Payload):
    """Which form a challenge is for, such as poll:chuyen-muc; `long_work` asks for work in place of the code."""

    form: FormName
    long_work: bool = False
