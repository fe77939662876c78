"""Which parts of a message does a model accept, by the constant of their discriminator?"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from auditor.model.channel import Branches, Channel, Message, Parsed
from auditor.model.finding import Side
from auditor.model.graph import ProjectGraph
from auditor.model.protocol import Protocol
from auditor.model.shape import FieldType, ListOf, Model, OneOf, Ref, Scalar, Shape, Values
from auditor.model.span import Location

_NO_MEMBER = "no member"


@dataclass(frozen=True, slots=True)
class PartUnion:
    """A field that takes one of several models, told apart by `key`; `members` are all of them."""

    owner: Model
    field: FieldType
    key: str
    members: tuple[Model, ...]

    def refusal(self, kind: str, given: tuple[str, ...]) -> str | None:
        """Why a part of this kind with these fields at most is refused, None if a member takes it."""
        reasons: list[str] = []
        for member in self.members:
            marked = next(field for field in member.fields if field.wire == self.key)
            named = isinstance(marked.shape, Values)
            if isinstance(marked.shape, Values) and kind not in [value.value for value in marked.shape.values]:
                continue
            demanded = [field.wire for field in member.fields if field.required and field.wire != self.key]
            missing = [name for name in demanded if name not in given]
            if not missing:
                return None
            if named or 2 * len(missing) < len(demanded):  # a member of any type is meant if most of it is there
                reasons.append(f"{member.name} demands {', '.join(missing)}")
        return reasons[0] if reasons else f"{_NO_MEMBER} of {self.owner.name}.{self.field.name} is '{kind}'"


@dataclass(frozen=True, slots=True)
class Conversation:
    """All channels on which a library speaks one protocol, and the code that tells its parts and states apart."""

    protocol: Protocol
    channels: tuple[Channel, ...]

    @property
    def branches(self) -> tuple[Branches, ...]:
        """In the order of places."""
        return self.channels[0].branches

    @property
    def created(self) -> dict[str, Message]:
        """The parts that the backend's messages create in the client, each with the first message that does."""
        found: dict[str, Message] = {}
        for channel in self.channels:
            for kind, message in created(channel, self.protocol).items():
                found.setdefault(kind, message)
        return found

    @property
    def sends(self) -> dict[str, Message]:
        """What the backend sends, by the protocol's entries."""
        found: dict[str, Message] = {}
        for message in (one for channel in self.channels for one in channel.backend_sends.entries):
            entry = self.protocol.entry(message.type) if message.key == self.protocol.key else None
            if entry is not None:
                found.setdefault(entry, message)
        return found

    def reached(self) -> dict[str, Message]:
        """The states that a part may come to, each with a message after which it does."""
        sends = self.sends
        return {
            state: next(sends[one] for one in after if one in sends)
            for state, after in self.protocol.states.items()
            if any(one in sends for one in after)
        }


@dataclass(frozen=True, slots=True)
class Refused:
    """Parts that one place that parses a message refuses, each with the message that creates it and the reason.

    `unknown`: no member of the union is of that kind; else a member is, and demands more than the part has.
    """

    channel: Channel
    protocol: Protocol
    parsed: Parsed
    union: PartUnion
    unknown: bool
    parts: tuple[tuple[str, Message, str], ...]

    @property
    def label(self) -> str:
        """`ChatMessage.parts`."""
        return f"{self.union.owner.name}.{self.union.field.name}"


def refusals(graph: ProjectGraph) -> Iterator[Refused]:
    """What the backend's models refuse of what its own messages create in the client, which sends it back."""
    for channel in graph.channels:
        protocol = channel.protocol
        if protocol is None or not protocol.parts:
            continue
        made = created(channel, protocol)
        for parsed in channel.parsed:
            for union in part_unions(graph.models, parsed.model, protocol.key):
                if all((union.refusal(kind, ()) or "").startswith(_NO_MEMBER) for kind in protocol.parts):
                    continue  # the union is about something else
                found = [(kind, message, _refusal(union, kind, protocol)) for kind, message in sorted(made.items())]
                for unknown in (True, False):
                    parts = tuple(
                        (kind, message, reason)
                        for kind, message, reason in found
                        if reason and reason.startswith(_NO_MEMBER) is unknown
                    )
                    if parts:
                        yield Refused(channel, protocol, parsed, union, unknown, parts)


def _refusal(union: PartUnion, kind: str, protocol: Protocol) -> str:
    return union.refusal(kind, protocol.parts.get("data-*" if kind.startswith("data-") else kind, ())) or ""


def unshown(one: Conversation) -> Iterator[tuple[str, Message, Branches]]:
    """Parts that the backend creates and no code of the frontend tells apart, though some tells others apart."""
    shown = [branches for branches in one.branches if branches.about == "part" and branches.side is Side.FRONTEND]
    known = {kind for branches in shown for kind, _ in branches.known}
    prefixes = {prefix for branches in shown for prefix in branches.prefixes}
    for kind, message in sorted(one.created.items() if shown else ()):
        if kind in known or message.echoed or any(kind.startswith(prefix) for prefix in prefixes):
            continue
        if kind != "step-start":
            yield kind, message, max(shown, key=lambda branches: len(branches.known))


def unmade(one: Conversation) -> Iterator[tuple[str, Location, Message]]:
    """Parts that the frontend tells apart, and that neither the protocol has nor the backend makes; each with a part
    that it does make."""
    made = one.created
    if not made or not all(channel.backend_sends.is_closed for channel in one.channels):
        return
    seen: set[str] = set()
    for branches in one.branches if made else ():
        for kind, place in branches.known if branches.about == "part" and branches.side is Side.FRONTEND else ():
            own = kind in made or kind in branches.made or kind in seen
            if own or (not kind.startswith("data-") and one.protocol.has_part(kind)):
                continue
            seen.add(kind)
            yield kind, place, made[min(made)]


def conversations(channels: Iterable[Channel]) -> tuple[Conversation, ...]:
    """One entry per protocol, in the order of its first channel."""
    found: dict[str, list[Channel]] = {}
    for channel in channels:
        if channel.protocol is not None and channel.protocol.parts:
            found.setdefault(channel.protocol.name, []).append(channel)
    return tuple(Conversation(one[0].protocol, tuple(one)) for one in found.values() if one[0].protocol is not None)


def created(channel: Channel, protocol: Protocol) -> dict[str, Message]:
    """The parts that the backend's messages create in the client, each with a message that does.

    What the client looks for itself may never reach the library.
    """
    found: dict[str, Message] = {}
    own = channel.frontend_handles.types
    for message in channel.backend_sends.entries:
        entry = protocol.entry(message.type) if message.key == protocol.key else None
        part = protocol.creates.get(entry or "")
        if part and message.type not in own:
            found.setdefault(message.type if part == "data-*" else part, message)
    return found


def part_unions(models: Mapping[str, Model], key: str, discriminator: str) -> Iterator[PartUnion]:
    """The unions of models below a model, where each member has the discriminator as text or constant."""
    seen: set[str] = set()
    queue = [key]
    while queue:
        current = queue.pop(0)
        model = models.get(current)
        if model is None or current in seen:
            continue
        seen.add(current)
        for field in model.fields:
            found = _union(models, field.shape, discriminator)
            if found:
                yield PartUnion(model, field, discriminator, found)
            else:
                queue += _refs(field.shape)


def _union(models: Mapping[str, Model], shape: Shape, discriminator: str) -> tuple[Model, ...]:
    """The members, empty for anything else than a union of such models."""
    while isinstance(shape, ListOf):
        shape = shape.item
    if not isinstance(shape, OneOf):
        return ()
    lists = [option for option in shape.options if isinstance(option, ListOf)]
    if len(lists) == 1 and all(option == Scalar("null") for option in shape.options if option not in lists):
        return _union(models, lists[0], discriminator)
    members: list[Model] = []
    for option in shape.options:
        if option == Scalar("null"):
            continue
        model = models.get(option.key) if isinstance(option, Ref) else None
        marks = [field for field in model.fields if field.wire == discriminator] if model else []
        if model is None or not marks or not isinstance(marks[0].shape, Values | Scalar):
            return ()
        members.append(model)
    return tuple(members) if len(members) > 1 else ()


def _refs(shape: Shape) -> list[str]:
    match shape:
        case Ref(key):
            return [key]
        case ListOf(item):
            return _refs(item)
        case OneOf(options):
            return [key for option in options for key in _refs(option)]
        case _:
            return []
