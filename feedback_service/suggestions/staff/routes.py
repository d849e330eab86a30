"""The steps of the desk as a table: the address of each act and the form that it asks for."""

from collections.abc import Mapping
from dataclasses import dataclass

from feedback_service.suggestions.forms import desk as forms
from feedback_service.suggestions.rules.steps import Act


@dataclass(frozen=True)
class StepRoute:
    """Where a step is sent and with which form; the name of the route is the noun."""

    noun: str
    form: type[forms.SeenForm]

    @property
    def endpoint(self) -> str:
        """The name under which the table of access knows it."""
        return f"suggestions_staff.{self.noun}"


ROUTES: Mapping[Act, StepRoute] = {
    Act.ANSWER: StepRoute("answer", forms.SaidForm),
    Act.APPROVE: StepRoute("approval", forms.SeenForm),
    Act.SEND_BACK: StepRoute("return", forms.ReasonForm),
    Act.PUBLISH: StepRoute("publication", forms.PublishForm),
    Act.WITHDRAW: StepRoute("withdrawal", forms.ReasonForm),
    Act.ASK: StepRoute("question", forms.SaidForm),
    Act.EXPLAIN: StepRoute("explanation", forms.ExplainForm),
    Act.ASSIGN: StepRoute("assignment", forms.AssignForm),
    Act.TRANSFER: StepRoute("transfer", forms.TransferForm),
    Act.EXTEND: StepRoute("extension", forms.ExtendForm),
    Act.REFUSE: StepRoute("refusal", forms.RefuseForm),
    Act.MERGE: StepRoute("merger", forms.MergeForm),
    Act.SEPARATE: StepRoute("separation", forms.SeenForm),
    Act.HIDE: StepRoute("hiding", forms.ReasonForm),
    Act.SHOW: StepRoute("showing", forms.ReasonForm),
    Act.REOPEN: StepRoute("reopening", forms.TextForm),
    Act.CLOSE: StepRoute("closing", forms.ReasonForm),
    Act.NOTE: StepRoute("note", forms.TextForm),
    Act.CLASSIFY: StepRoute("class", forms.ClassifyForm),
}
