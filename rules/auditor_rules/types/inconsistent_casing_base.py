r"""A base class renames fields to another case, and models that are answered do not derive from it.

Some answers then travel in camelCase and others in snake_case, and the client has to know which.

## Bad

```py title=api.py
from fastapi import FastAPI
from pydantic import BaseModel, ConfigDict
from pydantic.alias_generators import to_camel

app = FastAPI()


class CamelModel(BaseModel):  # expect: TY104
    model_config = ConfigDict(alias_generator=to_camel, populate_by_name=True)


class Session(BaseModel):
    access_token: str
    expires_in: int


@app.get("/session")
def read_session() -> Session:
    return Session(access_token="x", expires_in=60)
```

```ts title=client.ts
import axios from "axios";

export interface Session {
  accessToken: string; // expect: TY103
  expiresIn: number;
}

export const readSession = async () => {
  const { data } = await axios.get<Session>("/session");
  return [data.accessToken, data.expiresIn];
};
```

## Good

```py title=api.py
from fastapi import FastAPI
from pydantic import BaseModel, ConfigDict
from pydantic.alias_generators import to_camel

app = FastAPI()


class CamelModel(BaseModel):
    model_config = ConfigDict(alias_generator=to_camel, populate_by_name=True)


class Session(CamelModel):
    access_token: str
    expires_in: int


@app.get("/session")
def read_session() -> Session:
    return Session(access_token="x", expires_in=60)
```

## Limits

Only a class without fields of its own is such a base. Low where no type of the client spells a field of these models
in the base's way: the base is then not used as it was meant, but nobody waits for it. Models whose names have one word
each are the same either way.
"""

from collections.abc import Iterable, Iterator

from auditor.model.differences import differences
from auditor.model.finding import Evidence, Finding, Severity, Side
from auditor.model.graph import ProjectGraph
from auditor.model.shape import ListOf, MapOf, Model, OneOf, Ref, Shape
from auditor.rule import Rule

_SHOWN = 5


def check(graph: ProjectGraph) -> Iterator[Finding]:
    """One finding per base class."""
    bases = [model for model in graph.models.values() if model.side == "backend" and model.casing and not model.fields]
    if not bases:
        return
    answered = {key for route in graph.routes if route.response is not None for key in _keys([route.response])}
    for base in bases:
        known = [
            graph.models[key] for key in sorted(answered) if key in graph.models and not graph.models[key].declared
        ]
        derived = [model for model in known if model.casing == base.casing]
        plain = [model for model in known if not model.casing and model.framework == "pydantic" and _is_changed(model)]
        if not plain:
            continue
        names = {model.key for model in plain}
        waiting = [pair for pair in differences(graph, sure=False) if pair.backend.key in names and pair.spelled]
        first = waiting[0].backend if waiting else plain[0]
        expected = [
            Evidence(
                Side.FRONTEND,
                pair.spelled[0].frontend.location,
                f"{pair.frontend.name}.{pair.spelled[0].frontend.wire} for '{pair.spelled[0].backend.wire}'",
            )
            for pair in waiting
        ]
        count = (
            f"{len(derived)} of {len(derived) + len(plain)} models" if derived else f"none of the {len(plain)} models"
        )
        yield RULE.at(
            Evidence(Side.BACKEND, base.location, f"{base.name}: renames fields to {base.casing} case"),
            Evidence(Side.BACKEND, first.location, f"{first.name}: names as in the code"),
            *expected[:1],
            message=f"{count} that are answered and have such names derive from {base.name}, which renames them to "
            f"{base.casing} case",
            subject=f"{base.name} in {base.location.file}",
            hint=f"derive the models that are answered from {base.name}, or remove it",
            severity=None if waiting else Severity.LOW,
            places=tuple(expected[1:]),
            details={"derived": len(derived), "plain": [model.name for model in plain[:_SHOWN]], "others": len(plain)},
        )


def _is_changed(model: Model) -> bool:
    return any("_" in field.wire.strip("_") for field in model.fields)


def _keys(shapes: Iterable[Shape]) -> Iterator[str]:
    for shape in shapes:
        match shape:
            case Ref(key):
                yield key
            case ListOf(inner) | MapOf(inner):
                yield from _keys([inner])
            case OneOf(options):
                yield from _keys(options)
            case _:
                pass


RULE = Rule(code="TY104", name="inconsistent-casing-base", severity=Severity.MEDIUM, check=check)
