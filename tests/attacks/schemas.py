"""Bodies made of the descriptions in openapi.json: as they should be, and with anything in any place."""

from collections.abc import Callable, Mapping
from typing import Any

from hypothesis import strategies as st
from hypothesis.strategies import SearchStrategy

Json = SearchStrategy[Any]
MOST_ITEMS = 3
WORDS = st.one_of(
    st.text(max_size=20),
    st.sampled_from(
        ["", "\u0000", "\ud83d", "' OR 1=1 --", "1e400", "2026-02-30", "19333", "kiosk-5", "\u202e", "{{7*7}}"]
    ),
    st.text(alphabet="a\u0301", min_size=300, max_size=400),
)
NUMBERS = st.one_of(st.integers(), st.sampled_from([0, -1, 2**31, 2**63, 2**64, 10**30]), st.floats())
ANYTHING: Json = st.recursive(
    st.one_of(st.none(), st.booleans(), NUMBERS, WORDS),
    lambda inner: st.one_of(
        st.lists(inner, max_size=MOST_ITEMS), st.dictionaries(st.text(max_size=5), inner, max_size=MOST_ITEMS)
    ),
    max_leaves=6,
)


def bodies(document: Mapping[str, Any]) -> Mapping[tuple[str, str], Json]:
    """Return what may be sent to each method and path that takes a body, one in five places wrong."""
    known = document["components"]["schemas"]
    return {
        (method.upper(), path): body_of(known, told["requestBody"]["content"]["application/json"]["schema"])
        for path, methods in document["paths"].items()
        for method, told in methods.items()
        if "requestBody" in told
    }


def body_of(known: Mapping[str, Any], schema: Mapping[str, Any]) -> Json:
    """Return values that fit a schema, and some that do not."""
    fitting = _fitting(known, schema)
    return st.integers(0, 4).flatmap(lambda drawn: fitting if drawn else ANYTHING)


def _fitting(known: Mapping[str, Any], schema: Mapping[str, Any]) -> Json:
    if "$ref" in schema:
        return _fitting(known, known[schema["$ref"].rpartition("/")[2]])
    if "enum" in schema or "const" in schema:
        return st.sampled_from(schema.get("enum") or [schema["const"]])
    if "anyOf" in schema:
        return st.one_of([body_of(known, one) for one in schema["anyOf"]])
    kind = str(schema.get("type"))
    return _OF_KIND[kind](known, schema) if kind in _OF_KIND else ANYTHING


def _object(known: Mapping[str, Any], schema: Mapping[str, Any]) -> Json:
    named = {name: body_of(known, one) for name, one in schema.get("properties", {}).items()}
    required = {name: named[name] for name in schema.get("required", ()) if name in named}
    others = {name: one for name, one in named.items() if name not in required}
    if named:
        return st.fixed_dictionaries(required, optional=others)
    return st.dictionaries(st.text(max_size=10), ANYTHING, max_size=MOST_ITEMS)


def _array(known: Mapping[str, Any], schema: Mapping[str, Any]) -> Json:
    return st.lists(body_of(known, schema.get("items", {})), min_size=schema.get("minItems", 0), max_size=MOST_ITEMS)


def _string(_known: Mapping[str, Any], schema: Mapping[str, Any]) -> Json:
    return st.from_regex(schema["pattern"], fullmatch=True) if "pattern" in schema else WORDS


def _integer(_known: Mapping[str, Any], schema: Mapping[str, Any]) -> Json:
    return st.integers(schema.get("minimum"), schema.get("maximum"))


_OF_KIND: Mapping[str, Callable[[Mapping[str, Any], Mapping[str, Any]], Json]] = {
    "object": _object,
    "array": _array,
    "string": _string,
    "integer": _integer,
    "number": lambda _known, _schema: NUMBERS,
    "boolean": lambda _known, _schema: st.booleans(),
    "null": lambda _known, _schema: st.none(),
}
