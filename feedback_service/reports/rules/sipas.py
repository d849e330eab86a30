"""SIPAS: the share of those satisfied with each item of the questionnaire, then means by factor and of the factors."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from fractions import Fraction

from feedback_service.reports.rules.indicators import Basis, Indicator, Term
from feedback_service.reports.rules.satisfaction import ENOUGH, PROTECTING, too_few_of

SIPAS = Basis(
    name="SIPAS 2023 to 2026",
    source="QĐ 1001/QĐ-BNV",
    version=1,
    valid_from=date(2023, 12, 11),
    valid_to=date(2026, 12, 31),
    is_unverified=True,
)
"""How factors weigh against each other is to be verified (domain 1.3); here they weigh the same."""
SATISFIED, LEVELS = ("4", "5"), ("1", "2", "3", "4", "5")
"""“Satisfied” and “very satisfied” count; “neutral” does not."""
OF_FACTOR = "The satisfied share of each item, and the mean of the items that were answered"
OF_PART = "The mean of the factors, each with the same weight"
ORIGIN = "Answers to the questionnaire SIPAS 2023, without suspicious ones"
Answers = Mapping[str, Mapping[str, int]]
"""How often each value was chosen, by question."""


@dataclass(frozen=True)
class Factor:
    """A group of items: its name (a message id), and the numbers of its first and last item."""

    name: str
    first: int
    last: int

    @property
    def questions(self) -> tuple[str, ...]:
        """The ids of its questions."""
        return tuple(f"s{number:02}" for number in range(self.first, self.last + 1))


POLICIES = (
    Factor("Accountability of agencies", 1, 2),
    Factor("Participation of citizens", 3, 4),
    Factor("Quality of policies", 5, 12),
    Factor("Results and effects of policies", 13, 14),
)
SERVICES = (
    Factor("Access to services", 15, 18),
    Factor("Administrative procedures", 19, 22),
    Factor("Officers who handle the matter", 23, 27),
    Factor("Results of services", 28, 30),
    Factor("Taking up and handling of reports", 31, 33),
)
"""The nine factors of the form of 2023, 33 items."""


def sipas(answers: Answers, texts: Mapping[str, str], held: frozenset[str] = frozenset()) -> tuple[Indicator, ...]:
    """Return the index of services, of policies and of both, then each factor; without answers nothing at all.

    `texts` are the words of the items; a factor with one of those `held` would give a smaller unit away.
    """
    services, policies = ([_factor(one, answers, texts, held) for one in part] for part in (SERVICES, POLICIES))
    factors = (*services, *policies)
    if not any(one.terms or one.withheld for one in factors):
        return ()
    return (
        _part("sipas", "SIPAS: all nine factors", factors),
        _part("sipas-services", "SIPAS: how services are provided", services),
        _part("sipas-policies", "SIPAS: how policies are made and carried out", policies),
        *factors,
    )


def _factor(factor: Factor, answers: Answers, texts: Mapping[str, str], held: frozenset[str]) -> Indicator:
    counts = {question: answers.get(question, {}) for question in factor.questions}
    valid = {question: sum(chosen.get(level, 0) for level in LEVELS) for question, chosen in counts.items()}
    asked = [question for question in factor.questions if valid[question]]
    terms = tuple(
        Term(question, sum(counts[question].get(one, 0) for one in SATISFIED), Fraction(1, valid[question]))
        for question in asked
    )
    found = _indicator(f"sipas-{factor.first}", factor.name, OF_FACTOR, terms)
    found = replace(found, terms=tuple(replace(term, text=texts.get(term.label, term.label)) for term in found.terms))
    fewest = min((valid[question] for question in asked), default=0)
    if 0 < fewest < ENOUGH:
        return replace(found, terms=(), withheld=too_few_of(fewest))
    return found if held.isdisjoint(asked) else replace(found, terms=(), withheld=PROTECTING)


def _part(key: str, name: str, factors: Sequence[Indicator]) -> Indicator:
    """Return the mean of factors; it has no value while one of them has none."""
    shares = [one.share for one in factors]
    known = [share for share in shares if share is not None]
    terms = tuple(Term(one.name, 1, share) for one, share in zip(factors, known, strict=False))
    withheld = next((one.withheld for one in factors if one.withheld), None)
    found = _indicator(key, name, OF_PART, terms if len(known) == len(shares) else ())
    return replace(found, withheld=withheld)


def _indicator(key: str, name: str, rule: str, terms: tuple[Term, ...]) -> Indicator:
    return Indicator(
        key=key, name=name, terms=terms, whole=len(terms) or None, rule=rule, origin=ORIGIN, basis=SIPAS, decimals=2
    )
