r"""The backend knows roles or permissions by a fixed set of names, the client holds them as plain text.

A misspelt permission in the client is no error anywhere: the button is hidden, or shown to everybody.

## Bad

```py title=api.py
from enum import Enum

from fastapi import FastAPI
from pydantic import BaseModel

app = FastAPI()


class Permission(str, Enum):
    READ_NOTES = "read:notes"
    WRITE_NOTES = "write:notes"
    ADMIN_USERS = "admin:users"


class User(BaseModel):
    name: str
    permissions: list[Permission]


@app.get("/users/me")
def me() -> User:
    return User(name="Ada", permissions=[Permission.READ_NOTES])
```

```ts title=client.ts
import axios from "axios";

export interface User {
  name: string;
  permissions: string[]; // expect: AU107
}

export const me = async () => {
  const { data } = await axios.get<User>("/users/me");
  return data.permissions.includes("read:notes");
};
```

## Good

```ts title=client.ts
import axios from "axios";

export type Permission = "read:notes" | "write:notes" | "admin:users";

export interface User {
  name: string;
  permissions: Permission[];
}

export const me = async () => {
  const { data } = await axios.get<User>("/users/me");
  return data.permissions.includes("read:notes");
};
```

## Limits

Only enums of at least three values that are called after roles, permissions, scopes or privileges, and only where a
type of the client has a field of that name that is plain text. A set of the client with half of the values is a
counterpart, however it is named. Low where nothing reads the field, or no model
of the backend has a field of the enum: then it may mean something else. What a component is given (`…Props`) does not
travel.

```ts title=client.ts
export interface HeadingProps {
  title: string;
  roles: string[];
  permissions: string;
}
```
"""

from collections.abc import Iterator

from auditor.model.finding import Confidence, Evidence, Finding, Severity, Side
from auditor.model.graph import ProjectGraph
from auditor.model.roles import role_sets
from auditor.rule import Rule

_SHOWN = 20


def check(graph: ProjectGraph) -> Iterator[Finding]:
    """One finding per enum without a counterpart."""
    for one in role_sets(graph):
        if one.mirrors or not one.held:
            continue
        values = [value.value for value in one.backend.values]
        (model, field), *others = one.held
        read = graph.reads is None or any(held.wire in graph.reads for _, held in one.held)
        yield RULE.at(
            Evidence(Side.FRONTEND, field.location, f"{model.name}.{field.wire}: plain text"),
            Evidence(Side.BACKEND, one.backend.location, f"{one.backend.name}: {len(values)} values"),
            message=f"{one.backend.name} ({len(values)} values: {', '.join(map(str, values[:_SHOWN]))}) has no "
            f"counterpart in the client, which holds {model.name}.{field.wire} as text",
            subject=f"{one.backend.name} in {one.backend.location.file}",
            hint=f"declare the values of {one.backend.name} in the client and use them for {field.wire}",
            confidence=Confidence.HIGH if one.travels else Confidence.MEDIUM,
            severity=None if read else Severity.LOW,
            places=tuple(Evidence(Side.FRONTEND, held.location, f"{owner.name}.{held.wire}") for owner, held in others),
            details={"values": values},
        )


RULE = Rule(code="AU107", name="permission-not-mirrored", severity=Severity.MEDIUM, check=check)
