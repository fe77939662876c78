r"""A call or a handler stands only in a comment, and its other half is alive.

Either somebody means to bring it back, or the other side keeps what nobody uses any more; until then the feature is
half there.

## Bad

```py title=api.py
from fastapi import FastAPI

app = FastAPI()


@app.get("/users")
def list_users() -> list[str]:
    return ["Ada"]


@app.post("/users/{user_id}/invite")  # expect: EP201
def invite(user_id: int) -> str:
    return "sent"
```

```ts title=client.ts
import axios from "axios";

export const listUsers = () => axios.get("/users");

export async function invite(id: number) {
  // TODO: bring this back when mail works
  // await axios.post(`/users/${id}/invite`); // expect: DC103
  return id;
}
```

## Good

```ts title=client.ts
import axios from "axios";

export const listUsers = () => axios.get("/users");
// export const invite = (id: number) => axios.post(`/users/${id}/invite`);
export const invite = (id: number) => axios.post(`/users/${id}/invite`, { by: "mail" });
```

## Bad

```py title=api.py
from fastapi import FastAPI

app = FastAPI()


@app.get("/users")
def list_users() -> list[str]:
    return ["Ada"]


# @app.post("/users/{user_id}/invite")  # expect: DC103
# def invite(user_id: int) -> str:
#     return "sent"
```

```ts title=client.ts
import axios from "axios";

export const listUsers = () => axios.get("/users");
export const invite = (id: number) => axios.post(`/users/${id}/invite`); // expect: EP101
```

## Good

```py title=api.py
from fastapi import FastAPI

app = FastAPI()


@app.get("/users")
def list_users() -> list[str]:
    return ["Ada"]


@app.post("/users/{user_id}/invite")
def invite(user_id: int) -> str:
    return "sent"
```

## Limits

What is written in doc comments, behind code on its line, or as an example in prose is not taken for code. What
stands before the path is read off living calls or routes of the same file that are written the same way; without one
nothing is said, nor where another call may reach the route.

```ts title=client.ts
import axios from "axios";

/**
 * axios.post(`/users/${id}/invite`)
 */
export const listUsers = () => axios.get("/users");

// To send an invitation, for example:
// await axios.post(`/users/${id}/invite`);
export const mail = "mail";
```
"""

from collections.abc import Iterator

from auditor.model.finding import Confidence, Evidence, Finding, Severity, Side
from auditor.model.graph import ProjectGraph
from auditor.model.idle import idle_routes
from auditor.rule import Rule


def check(graph: ProjectGraph) -> Iterator[Finding]:
    """One finding per half in a comment; of a call, where its route is surely reached by no other."""
    idle = {(one.route.location, one.route.label) for one in idle_routes(graph)}
    for one in graph.commented:
        if one.side is Side.FRONTEND:
            if (one.live, one.served) not in idle:
                continue
            verb, other, what = "call", Side.BACKEND, f"{one.served}: no call reaches it"
            hint = "bring the call back, or remove it and what it called"
        else:
            verb, other, what = "handler", Side.FRONTEND, f"requests {one.served}"
            hint = "bring the handler back, or remove the call"
        yield RULE.at(
            Evidence(one.side, one.location, f"{one.label}, in a comment"),
            Evidence(other, one.live, what),
            Evidence(one.side, one.sibling, "written the same way, and alive"),
            message=f"the {verb} of {one.label} stands only in a comment",
            subject=f"{verb} {one.label}",
            hint=hint,
            confidence=Confidence.MEDIUM,
            details={"label": one.label, "side": one.side.value},
        )


RULE = Rule(code="DC103", name="commented-out-contract", severity=Severity.LOW, check=check)
