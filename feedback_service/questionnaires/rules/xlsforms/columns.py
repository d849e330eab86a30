"""Columns of an XLSForm: what is said in which language, and what would change the question beyond what we can ask."""

import re
from collections.abc import Iterator, Mapping, Sequence

from feedback_service.questionnaires.rules.drafting import value_of
from feedback_service.questionnaires.rules.questions import Value
from feedback_service.questionnaires.rules.troubles import Trouble
from feedback_service.questionnaires.rules.workbooks import Row

KIND, SOURCE, FACE = "instance::feedback_kind", "instance::feedback_source", "face"
"""Our own columns: attributes that other programs carry along, and an extra column of the choices."""
UNSUPPORTED = re.compile(
    r"(constraint|calculat(e|ion)|choice_filter|default|repeat_count|count|jr:count|read[_ ]?only|trigger|save_to)"
    r"|(bind|media)::?.+|(image|big-image|audio|video)(::?.+)?"
)
"""Columns that would change what is asked, or what is seen and heard with it; `appearance` and messages would not."""
BENDING: Mapping[str, re.Pattern[str]] = {
    "appearance": re.compile(r"\bsearch\s*\("),
    "parameters": re.compile(r"\brandomize\s*=\s*true", re.IGNORECASE),
}
"""What would change a question in a column that otherwise only says how it looks: options from elsewhere, by chance."""
YES, NO = frozenset({"yes", "true", "true()", "1"}), frozenset({"", "no", "false", "false()", "0"})
LANGUAGE = re.compile(r"(label|hint)\s*::?\s*(.+)")
REPEATED = "A text that repeats an answer, such as {words}, is not supported."
_REPEATED = re.compile(r"\$\{[^}]*\}")


def value(text: str) -> Value:
    """Return the code of an option: a number where it is written as one."""
    known = value_of(text)
    return known if isinstance(known, int) else text


def texts(row: Row, column: str, spoken: Mapping[str, str]) -> dict[str, str]:
    """Return what a row says under a column, by language."""
    found = {"vi": row.get(column)} if row.get(column) else {}
    for heading, text in row.texts.items():
        named = LANGUAGE.fullmatch(heading)
        if named and named[1] == column and spoken.get(named[2]):
            found[spoken[named[2]]] = text
    return {code: found[code] for code in ("vi", "en") if code in found}


def languages(rows: Sequence[Row], default: str) -> Mapping[str, str]:
    """Return which language of ours each column "label::X" speaks; the first stands for Vietnamese where none does."""
    heads = {head for row in rows for head in row.texts}
    names = sorted({found[2] for head in heads if (found := LANGUAGE.fullmatch(head))})
    known = {name: _language(name) for name in names}
    if "vi" not in known.values() and not any(head in ("label", "hint") for head in heads):
        first = default if default in known else next(iter(names), "")
        known[first] = "vi"
    return known


def strangers(rows: Sequence[Row], spoken: Mapping[str, str]) -> Iterator[Trouble]:
    """Yield a trouble for each column whose language is neither of ours, in the first row that says something there."""
    seen: set[str] = set()
    for row in rows:
        for head in row.texts:
            found = LANGUAGE.fullmatch(head)
            if found and not spoken.get(found[2]) and head not in seen:
                seen.add(head)
                message = "Only Vietnamese and English are kept here. Take the column {column} out of the file."
                yield row.trouble(message, column=head)


def unsupported(row: Row) -> Iterator[Trouble]:
    """Yield a trouble for everything in a row that would change a question beyond what we can ask."""
    for column, text in row.texts.items():
        bending = BENDING.get(column)
        if UNSUPPORTED.fullmatch(column) or (bending and bending.search(text)):
            yield row.trouble("The column {column} is not supported.", column=column)


def repeated(row: Row, said: Mapping[str, str]) -> Iterator[Trouble]:
    """Yield a trouble where a text would repeat an answer that was given before."""
    found = next((found for text in said.values() if (found := _REPEATED.search(text))), None)
    if found:
        yield row.trouble(REPEATED, words=found[0])


def _language(name: str) -> str:
    plain = name.casefold()
    if "(vi)" in plain or plain in ("vi", "vietnamese") or plain.startswith("ti\u1ebf"):
        return "vi"
    return "en" if "(en)" in plain or plain in ("en", "english") else ""
