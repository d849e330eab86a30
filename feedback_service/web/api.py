"""JSON in and out: one registry of operations that reads strictly, answers plainly and describes itself."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import wraps
from typing import Any, TypeVar

from flask import Blueprint, Response, request
from pydantic import BaseModel, ConfigDict, ValidationError

from feedback_service.core.errors import Fault, Malformed, Refused, WrongMediaType

Body = TypeVar("Body", bound=BaseModel)
PREFIX = "/api/v1"


class Payload(BaseModel):
    """A JSON body or answer: exact types, no unknown names, no NaN."""

    model_config = ConfigDict(extra="forbid", strict=True, allow_inf_nan=False, frozen=True)


@dataclass(frozen=True)
class Operation:
    """One address of the API as openapi.json describes it."""

    method: str
    path: str
    name: str
    summary: str
    description: str
    body: type[BaseModel] | None
    answer: type[BaseModel] | None
    status: int
    is_open: bool


REGISTRY: dict[str, Operation] = {}
"""Every operation by its endpoint name; filled while the packages are imported, never afterwards."""


def operation(
    blueprint: Blueprint,
    route: str,
    *,
    body: type[BaseModel] | None = None,
    answer: type[BaseModel] | None = None,
    status: int = 200,
    is_open: bool = False,
) -> Callable[[Callable[..., Any]], Callable[..., Any]]:
    """Register a view under `route`, such as "POST /ratings".

    The view gets the parsed `body` first and returns a payload, None for an empty answer, or a response of its own.
    `is_open` marks the few that need no bearer token. Raises Malformed, WrongMediaType or Refused for a bad body.
    """
    method, path = route.split(" ")

    def register(view: Callable[..., Any]) -> Callable[..., Any]:
        @wraps(view)
        def answer_request(**parts: object) -> Response:
            given = (read_body(body),) if body else ()
            return _response(view(*given, **parts), status)

        summary, _, description = (view.__doc__ or "").partition("\n")
        name = f"{blueprint.name}.{view.__name__}"
        REGISTRY[name] = Operation(
            method, PREFIX + path, name, summary.strip(), description.strip(), body, answer, status, is_open
        )
        blueprint.add_url_rule(PREFIX + path, view.__name__, answer_request, methods=[method])
        return view

    return register


def read_body(kind: type[Body]) -> Body:
    """Return the body of this request as `kind`; raises WrongMediaType, Malformed, Refused with all faults."""
    if request.mimetype != "application/json":
        raise WrongMediaType("Please send application/json.")
    try:
        return kind.model_validate_json(request.get_data(cache=True))
    except ValidationError as error:
        if any(fault["type"] == "json_invalid" for fault in error.errors(include_url=False, include_input=False)):
            raise Malformed("This is not JSON.") from error
        raise Refused("Some fields need to be mended.", faults=faults_of(error)) from error


def faults_of(error: ValidationError, prefix: str = "") -> tuple[Fault, ...]:
    """Return every fault with its JSON pointer (RFC 6901)."""
    return tuple(
        Fault(prefix + "".join(f"/{_escaped(part)}" for part in fault["loc"]), fault["msg"])
        for fault in error.errors(include_url=False, include_input=False, include_context=False)
    )


def document(title: str, version: str) -> dict[str, object]:
    """Return the OpenAPI 3.1 description of every operation."""
    schemas: dict[str, object] = {"Problem": _PROBLEM}
    paths: dict[str, dict[str, object]] = {}
    for known in sorted(REGISTRY.values(), key=lambda one: (one.path, one.method)):
        path = known.path.replace("<", "{").replace(">", "}")
        paths.setdefault(path, {})[known.method.lower()] = _described(known, schemas)
    return {
        "openapi": "3.1.0",
        "info": {"title": title, "version": version},
        "paths": paths,
        "components": {"schemas": schemas, "securitySchemes": {"bearer": {"type": "http", "scheme": "bearer"}}},
    }


@dataclass(frozen=True)
class Documentation:
    """What the documentation page shows."""

    operations: tuple[Operation, ...]


def documented() -> Documentation:
    """Return every operation in the order of its address."""
    return Documentation(tuple(sorted(REGISTRY.values(), key=lambda one: (one.path, one.method))))


def _described(known: Operation, schemas: dict[str, object]) -> dict[str, object]:
    content: dict[str, object] = {"description": "Done"}
    if known.answer:
        content["content"] = {"application/json": {"schema": _referred(known.answer, schemas, "serialization")}}
    problem = {"description": "Refused", "content": {"application/problem+json": {"schema": _reference("Problem")}}}
    described: dict[str, object] = {
        "operationId": known.name.replace(".", "_"),
        "summary": known.summary,
        "description": known.description,
        "responses": {str(known.status): content, "4XX": problem, "503": problem},
        "security": [] if known.is_open else [{"bearer": []}],
    }
    if known.body:
        schema = _referred(known.body, schemas, "validation")
        described["requestBody"] = {"required": True, "content": {"application/json": {"schema": schema}}}
    return described


def _referred(kind: type[BaseModel], schemas: dict[str, object], mode: Any) -> Mapping[str, str]:
    schema = kind.model_json_schema(ref_template="#/components/schemas/{model}", mode=mode)
    schemas.update(schema.pop("$defs", {}))
    schemas[kind.__name__] = schema
    return _reference(kind.__name__)


def _reference(name: str) -> Mapping[str, str]:
    return {"$ref": f"#/components/schemas/{name}"}


def _response(answer: object, status: int) -> Response:
    if isinstance(answer, Response):
        return answer
    if answer is None:
        return Response(status=204)
    assert isinstance(answer, BaseModel)
    return Response(answer.model_dump_json(), status, mimetype="application/json")


def _escaped(part: int | str) -> str:
    return str(part).replace("~", "~0").replace("/", "~1")


_PROBLEM = {
    "type": "object",
    "required": ["type", "title", "status", "detail", "instance", "errors"],
    "properties": {
        "type": {"type": "string"},
        "title": {"type": "string"},
        "status": {"type": "integer"},
        "detail": {"type": "string"},
        "instance": {"type": "string"},
        "errors": {
            "type": "array",
            "items": {
                "type": "object",
                "properties": {"pointer": {"type": "string"}, "detail": {"type": "string"}},
            },
        },
    },
}
