"""Pairs of types across the wire."""

from __future__ import annotations

from dataclasses import replace

import pytest
from typed_project import facts_of

from auditor.link.modules.symbols import Symbols
from auditor.link.modules.typescript import typescript_modules
from auditor.link.types import Types, pair
from auditor.link.types.names import normalised, significant
from auditor.model import form
from auditor.model.finding import Confidence
from auditor.model.graph import Ambiguous, CallSite, Kind, Matched, Route, TypePair, Unknown, ValuePair
from auditor.model.shape import Shape
from auditor.model.span import NOWHERE, Location

PYTHON = "from enum import Enum\nfrom typing import Literal\nfrom pydantic import BaseModel\n"


class Wire:
    """A project of one Python and one TypeScript file, with calls between them.

    A call is given as types: "backend type -> frontend type", for what is sent with "<-" .
    """

    def __init__(self, python: str, typescript: str, *calls: str) -> None:
        probes = [text.replace("<-", "->").split(" -> ") for text in calls]
        python_probes = "".join(f"\nprobe: {backend}" for backend, _ in probes)
        typescript_probes = "".join(f"\nlet probe: {frontend};" for _, frontend in probes)
        facts = facts_of({"api.py": PYTHON + python + python_probes, "web.ts": typescript + typescript_probes})
        self.types = Types(facts, Symbols(facts, typescript_modules(facts, {})))
        count = len(calls)
        ends = zip(facts["api.py"].body[-count:], facts["web.ts"].body[-count:], calls, strict=True) if count else ()
        self.routes: list[Route] = []
        self.calls: list[CallSite] = []
        for number, (backend, frontend, text) in enumerate(ends):
            self._connect(number, self._shape("api.py", backend), self._shape("web.ts", frontend), "<-" in text)
        self.pairs, self.values = pair(self.routes, self.calls, self.types)

    @property
    def models(self) -> list[str]:
        """The pairs of models in short."""
        return [f"{self._name(p.backend)} = {self._name(p.frontend)} ({p.confidence})" for p in self.pairs]

    @property
    def enums(self) -> list[str]:
        """The pairs of values in short."""
        return [f"{p.backend.name} = {p.frontend.name} ({p.confidence})" for p in self.values]

    def _shape(self, file: str, statement: form.Statement) -> Shape:
        assert isinstance(statement, form.Bind)
        assert statement.annotation is not None
        return self.types.shape(file, statement.annotation)

    def _connect(self, number: int, backend: Shape, frontend: Shape, sends: bool) -> None:
        route = Route(
            Kind.HTTP, "GET", f"/{number}", Location("api.py", NOWHERE), "read", "fastapi", ".", number, "things",
            request=backend if sends else None, response=None if sends else backend,
        )  # fmt: skip
        call = CallSite(
            Kind.HTTP, "GET", f"/{number}", Location("web.ts", NOWHERE), "fetch", ".", Matched(route),
            sends=frontend if sends else None, expects=None if sends else frontend,
        )  # fmt: skip
        self.routes.append(route)
        self.calls.append(call)

    def _name(self, key: str) -> str:
        return self.types.models[key].name


USER = "class User(BaseModel):\n    id: int\n    name: str\n"
TS_PERSON = "interface Person { id: number; name: string }\n"


@pytest.mark.parametrize(
    ("backend", "frontend"),
    [
        ("User", "Person"),
        ("list[User]", "Person[]"),
        ("User | None", "Promise<Person>"),
        ("dict[str, User]", "Record<string, Person>"),
    ],
)
def test_a_call_proves_a_pair_whatever_the_names(backend: str, frontend: str) -> None:
    wire = Wire(USER, TS_PERSON, f"{backend} -> {frontend}")
    assert wire.models == ["User = Person (high)"]
    assert wire.pairs[0].direction == "response"
    assert [(e.side, e.label) for e in wire.pairs[0].evidence] == [("backend", "GET /0"), ("frontend", "GET /0")]


def test_both_directions_are_one_pair() -> None:
    wire = Wire(USER, TS_PERSON, "User -> Person", "User <- Person")
    assert wire.models == ["User = Person (high)"]
    assert wire.pairs[0].direction == "both"


@pytest.mark.parametrize(
    ("backend", "frontend", "call"),
    [
        (USER, f"{TS_PERSON}interface Reply<T> {{ data: T; name: string }}", "User -> Reply<Person>"),
        (USER, f"{TS_PERSON}interface Reply {{ items: Person[]; total: number }}", "User -> Reply"),
        (f"{USER}class Reply(BaseModel):\n    data: User\n", TS_PERSON, "Reply -> Person"),
        (USER, TS_PERSON, "list[User] -> Person"),
        (USER, "interface Thing { colour: string; size: number }", "User -> Thing"),
        (USER, TS_PERSON, "dict -> Person"),
        (USER, "", "User -> Elsewhere"),
    ],
)
def test_an_envelope_on_one_side_or_nothing_in_common_is_no_pair(backend: str, frontend: str, call: str) -> None:
    wire = Wire(backend, frontend, call)
    assert wire.models == []
    assert wire.values == ()


def test_equally_named_fields_meet_at_any_depth() -> None:
    python = """
class Kind(str, Enum):
    A = 'a'
    B = 'b'
class Leaf(BaseModel):
    kind: Kind
    mode: Literal['x', 'y']
class Tree(BaseModel):
    leaves: list[Leaf]
    extra: dict[str, Leaf] = {}
    parent: 'Tree | None' = None
"""
    typescript = """
interface Blatt { kind: 'a' | 'c'; mode: 'x' }
interface Baum { leaves: Blatt[]; parent?: Baum | null; extra: Record<string, { kind: 'a' | 'b' }> }
"""
    wire = Wire(python, typescript, "Tree -> Baum")
    assert wire.models == ["Leaf = Blatt (high)", "Tree = Baum (high)"]
    # `extra` is written in place: no model, but its values meet.
    assert wire.enums == ["Kind = kind (high)", "Kind = Blatt.kind (high)", "Leaf.mode = Blatt.mode (high)"]
    assert [e.label for e in wire.values[1].evidence] == [
        "field kind",
        "field kind",
        "field leaves",
        "field leaves",
        "GET /0",
        "GET /0",
    ]


def test_a_constant_default_meets_a_literal_type() -> None:
    python = "class Token(BaseModel):\n    access_token: str\n    token_type: str = 'bearer'\n    scope: str\n"
    typescript = "interface Tokens { access_token: string; token_type: 'Bearer'; scope: 'read' }"
    wire = Wire(python, typescript, "Token -> Tokens")
    (value,) = wire.values
    assert (value.reason, value.confidence, value.backend.open) == ("default value", Confidence.MEDIUM, True)
    assert ([v.value for v in value.backend.values], [v.value for v in value.frontend.values]) == (
        ["bearer"],
        ["Bearer"],
    )


PROVIDERS = "class LLMProviderType(str, Enum):\n    A = 'openai'\n    B = 'gemini'\n    C = 'qwen'\n    D = 'kiro'\n"
ACCOUNT = "class AccountRead(BaseModel):\n    id: int\n    name: str\n    plan: str\n"


@pytest.mark.parametrize(
    ("python", "typescript", "expected"),
    [
        (
            ACCOUNT,
            "interface IAccount { id: number; name: string; plan?: string }",
            ["AccountRead = IAccount (low)"],
        ),
        (ACCOUNT, "interface Account { id: number; colour: string; size: number }", []),
        (ACCOUNT, "interface AccountRequest { id: number; name: string; plan: string }", []),
        (ACCOUNT, "interface Member { id: number; name: string; plan: string }", []),
        (
            "class TokenResponse(BaseModel):\n    a: int\n    b: int\n    c: int\n    d: int\n",
            "interface AuthTokens { a: number; b: number; c: number; d: number }",
            ["TokenResponse = AuthTokens (low)"],
        ),
        (
            "class Row(BaseModel):\n    a: int\n    b: int\n    c: int\nclass RowOut(BaseModel):\n"
            "    a: int\n    b: int\n    x: int\n",
            "interface Row { a: number; b: number; q: number }",
            ["Row = Row (low)"],
        ),
    ],
)
def test_models_without_a_call_need_names_and_fields(python: str, typescript: str, expected: list[str]) -> None:
    assert Wire(python, typescript).models == expected


@pytest.mark.parametrize(
    ("python", "typescript", "expected"),
    [
        (PROVIDERS, "type LLMProvider = 'openai' | 'gemini' | 'x'", ["LLMProviderType = LLMProvider (low)"]),
        (
            PROVIDERS,
            "interface Provider { type: 'openai' | 'gemini' | 'qwen' }",
            ["LLMProviderType = Provider.type (low)"],
        ),
        (PROVIDERS, "type LLMProvider = 'x' | 'y'", []),
        (PROVIDERS, "type Choice = 'openai' | 'gemini' | 'qwen' | 'kiro'", []),
        (
            "class TechniqueSuite(str, Enum):\n    A = 'cipher'\n    B = 'autodan'\n    C = 'simple'\n"
            "    D = 'expert'\n",
            "type JailbreakTechnique = 'cipher' | 'autodan' | 'pair' | 'gptfuzz' | 'ensemble'",
            ["TechniqueSuite = JailbreakTechnique (low)"],
        ),
        (
            "class JobStatus(str, Enum):\n    A = 'pending'\n    B = 'running'\n    C = 'done'\n",
            "type OrderStatus = 'pending' | 'running' | 'done'",
            [],
        ),
        (
            "class Tier(str, Enum):\n    A = 'a'\n    B = 'b'\nclass TierType(str, Enum):\n    A = 'a'\n"
            "    C = 'c'\n    D = 'd'\n",
            "type Tier = 'a' | 'b' | 'x'",
            ["Tier = Tier (low)"],
        ),
    ],
)
def test_enums_without_a_call_need_names_and_values(python: str, typescript: str, expected: list[str]) -> None:
    assert Wire(python, typescript).enums == expected


@pytest.mark.parametrize(
    ("python", "typescript", "expected"),
    [
        (
            "class Mode(str, Enum):\n    A = 'open'\n    B = 'closed'\n",
            "interface Shop { MODE: 'open' | 'closed' }",
            ["Mode = Shop.MODE (low)"],
        ),
        (
            "class Recall(str, Enum):\n    A = 'workspace'\n    B = 'knowledge'\n"
            "class Action(BaseModel):\n    recall_kind: Recall\n",
            "interface Act { args: { recall_kind: 'workspace' | 'knowledge' } }",
            ["Recall = Act.args.recall_kind (low)"],
        ),
        (
            "class JobState(str, Enum):\n    A = 'on'\n    B = 'off'\nclass Job(BaseModel):\n    state: JobState\n",
            "interface Lamp { state: 'on' | 'off' }\ninterface Door { lock: 'on' | 'off' | 'jammed' }\n"
            "interface Gate { bar: 'on' | 'off' | 'half' }\ninterface Hatch { lid: 'on' | 'off' | 'ajar' }",
            [],
        ),
        (
            "class EventSource(str, Enum):\n    A = 'agent'\n    B = 'person'\n    C = 'clock'\n",
            "type Origin = 'agent' | 'person' | 'clock'\ninterface Act { source: Origin }",
            ["EventSource = Origin (low)"],
        ),
        (
            "class Risk(int, Enum):\n    LOW = 0\n    HIGH = 1\n",
            "enum Risk { LOW = 0, HIGH = 1 }\nenum Danger { LOW = 0, HIGH = 1 }",
            ["Risk = Risk (low)"],
        ),
    ],
)
def test_the_same_values_under_one_field_name(python: str, typescript: str, expected: list[str]) -> None:
    """Only where these values hardly stand in other sets."""
    assert Wire(python, typescript).enums == expected


def test_of_two_enums_the_one_that_travels_most_is_meant() -> None:
    python = (
        "class LLMVendorType(str, Enum):\n    A = 'openai'\n    B = 'gemini'\n    C = 'qwen'\n    D = 'kiro'\n"
        "class VendorType(str, Enum):\n    A = 'openai'\n    B = 'gemini'\n    C = 'qwen'\n    D = 'own'\n"
        "class VendorSort(str, Enum):\n    A = 'openai'\n    B = 'gemini'\n    C = 'kept'\n"
        "class Ask(BaseModel):\n    vendor: LLMVendorType\nclass Told(BaseModel):\n    name: VendorType\n"
    )
    typescript = "interface Vendor { kind: 'openai' | 'gemini' | 'qwen' }\ninterface Empty { x: number }"
    wire = Wire(python, typescript, "Ask -> Empty", "Ask <- Empty", "Told -> Empty")
    assert wire.enums == ["LLMVendorType = Vendor.kind (low)"]


def test_one_type_stands_for_two_that_are_the_same() -> None:
    fields = "    a: int\n    b: int\n    c: int\n    d: int\n"
    python = f"class TokenResponse(BaseModel):\n{fields}class Refresh(BaseModel):\n{fields}"
    wire = Wire(python, "interface Tokens { a: number; b: number; c: number; d: number }", "Refresh -> Tokens")
    assert wire.models == ["Refresh = Tokens (high)", "TokenResponse = Tokens (low)"]


@pytest.mark.parametrize(
    ("typescript", "expected"),
    [
        ("interface SigninRequest { email: string; password: string }", ["SigninRequest = SigninRequest (low)"]),
        ("interface SigninRequest { email: string; secret: string }", []),
        ("interface SigninIn { email: string; password: string }", []),
    ],
)
def test_a_request_of_the_same_name_that_lacks_a_field(typescript: str, expected: list[str]) -> None:
    python = "class SigninRequest(BaseModel):\n    username: str\n    password: str\n"
    wire = Wire(python, f"{typescript}\ninterface Other {{ x: number }}", "SigninRequest <- Other")
    assert wire.models == expected


@pytest.mark.parametrize(
    ("call", "expected"),
    [
        ("User -> Omit<Person, 'email'>", ["User = Omit<Person> (high)"]),
        ("User <- Partial<Person>", ["User = Partial<Person> (high)"]),
        ("User -> Short", ["User = Short (high)"]),
    ],
)
def test_a_type_made_of_another_one_stands_where_that_is_declared(call: str, expected: list[str]) -> None:
    typescript = "interface Person { id: number; name: string; email: string }\ntype Short = Omit<Person, 'email'>\n"
    wire = Wire(USER, typescript, call)
    assert wire.models == expected
    assert wire.types.models[wire.pairs[0].frontend].location.file == "web.ts"


def test_what_a_call_has_paired_is_not_paired_by_name() -> None:
    python = f"{USER}class Account(BaseModel):\n    id: int\n    name: str\n"
    wire = Wire(python, "interface Account { id: number; name: string }", "User -> Account")
    assert wire.models == ["User = Account (high)"]


@pytest.mark.parametrize("calls", [(), ("User -> Person",)])
def test_a_pair_by_name_alone_is_low(calls: tuple[str, ...]) -> None:
    """However many values agree, and whether or not other types are known to travel."""
    members = "".join(f"    {letter} = '{letter}'\n" for letter in "abcdef")
    python = f"{USER}class Action(str, Enum):\n{members}"
    typescript = f"{TS_PERSON}type ActionType = 'a' | 'b' | 'c' | 'd' | 'e' | 'x'"
    assert Wire(python, typescript, *calls).enums == ["Action = ActionType (low)"]


def test_a_backend_type_may_have_several_declarations_in_the_frontend() -> None:
    typescript = (
        "namespace a {}\ninterface User { id: number; name: string }\ninterface UserDTO { id: number; name: string }\n"
    )
    assert Wire(USER, typescript).models == ["User = User (low)", "User = UserDTO (low)"]


def test_unmatched_calls_prove_nothing() -> None:
    wire = Wire(USER, TS_PERSON, "User -> Person")
    calls = [
        CallSite(Kind.HTTP, "GET", "/", c.location, "fetch", ".", Unknown("no base"), expects=c.expects)
        for c in wire.calls
    ]
    assert pair(wire.routes, calls, wire.types) == ((), ())


def test_the_order_of_calls_changes_nothing() -> None:
    wire = Wire(USER, TS_PERSON, "User -> Person", "list[User] -> Person[]", "User <- Person")
    pairs: tuple[TypePair, ...] = wire.pairs
    values: tuple[ValuePair, ...] = wire.values
    again = pair(list(reversed(wire.routes)), list(reversed(wire.calls)), wire.types)
    assert ([p.direction for p in again[0]], again[1]) == ([p.direction for p in pairs], values)


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("User", "user"),
        ("IUserReadDTO", "user"),
        ("UserResponseSchema", "user"),
        ("userSchema", "user"),
        ("LLMProviderType", "llmprovider"),
        ("Item", "item"),
        ("Response", "response"),
        ("Page<User>", "page"),
        ("ROLES", "role"),
    ],
)
def test_normalised_names(name: str, expected: str) -> None:
    assert normalised(name) == expected


def test_significant_words() -> None:
    assert significant("LLMProviderType") == {"llm", "provider"}
    assert significant("JobStatus") & significant("OrderStatus") == frozenset()


def test_values_that_are_left_out_before_they_are_sent() -> None:
    python = """
class Kind(str, Enum):
    TASK = "task"
    DRAFT = "draft"
    OLD = "old"
    NOTE = "note"


class Row(BaseModel):
    kind: Kind


def rows(kind):
    kind = (Kind.TASK if kind else Kind.NOTE) or Kind.DRAFT
    return [Row(kind=kind)] if kind != Kind.DRAFT else []
"""
    wire = Wire(python, 'interface Row { kind: "task" }', "Row -> Row")
    (values,) = wire.values
    assert values.unsent == {"draft", "old"}


@pytest.mark.parametrize(
    ("models", "found"),
    [
        # Where the base of a call is not known, all that may answer must say the same, and look like it.
        (("User", "User"), ["User = Person (medium)"]),
        (("User", "Team"), []),
        (("Team", "Team"), []),
    ],
)
def test_a_call_that_several_routes_may_answer(models: tuple[str, ...], found: list[str]) -> None:
    python = "class User(BaseModel):\n  id: int\n  name: str\nclass Team(BaseModel):\n  key: str\n  size: int\n"
    wire = Wire(python, "interface Person { id: number; name: string }", "User -> Person", "Team -> Person")
    routes = {"User": wire.routes[0], "Team": wire.routes[1]}
    call = replace(wire.calls[0], target=Ambiguous(tuple(routes[one] for one in models)))
    pairs, _ = pair(wire.routes, [call], wire.types)
    assert [f"{wire._name(p.backend)} = {wire._name(p.frontend)} ({p.confidence})" for p in pairs] == found
