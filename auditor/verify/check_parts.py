"""Does what a report takes for granted exist: names to import, fields of a library's parts?"""

from __future__ import annotations

from auditor.model import form
from auditor.model.protocol import Protocol
from auditor.verify.claim import Answer, Carried, Importable, Proof, Verdict
from auditor.verify.ground import Ground


def check_importable(claim: Importable, ground: Ground) -> Answer:
    """Whether a Python module of the project has a name. A module that the project imports and does not have is a
    package: nothing is known of it."""
    path = claim.module.strip(".").replace(".", "/")
    files = [*ground.matching(f"{path}.py"), *ground.matching(f"{path}/__init__.py")]
    places = ground.declared.get(claim.name, ())
    inside = [place for place in places if place.file in files]
    if inside or any(_hands_on(file, claim.name, ground) for file in files):
        proofs = tuple(Proof(place, claim.name) for place in inside[:1])
        return Answer(Verdict.CONFIRMED, f"{claim.module} has {claim.name}", proofs)
    if not files and _is_package(claim.module, ground):
        return Answer(Verdict.UNCHECKABLE, f"{claim.module} is not of this project")
    where = f"{claim.module} has no {claim.name}" if files else f"there is no module {claim.module}"
    elsewhere = f"; {claim.name} is declared in {places[0].file}" if places else f", and no {claim.name} anywhere"
    return Answer(Verdict.REFUTED, where + elsewhere, tuple(Proof(place, claim.name) for place in places[:1]))


def check_carried(claim: Carried, ground: Ground) -> Answer:
    """Whether a library gives a part these fields. What the project sends under the same type is its own matter."""
    channels = [one for one in ground.graph.channels if one.protocol is not None and one.protocol.has_part(claim.kind)]
    own = {
        kind
        for one in ground.graph.channels
        for messages in (one.backend_sends, one.backend_handles, one.frontend_sends, one.frontend_handles)
        for kind in messages.types
    }
    if not channels or claim.kind in own:
        return Answer(Verdict.UNCHECKABLE, f"no library is known that keeps '{claim.kind}'")
    channel = channels[0]
    protocol = channel.protocol
    assert protocol is not None
    unknown = sorted(set(claim.fields) - set(_fields(protocol, claim.kind)))
    proofs = tuple(
        Proof(place, f"leaves the messages of {channel.label} to {protocol.name}") for place in channel.clients[:1]
    )
    if unknown:
        return Answer(Verdict.REFUTED, f"in {protocol.name} '{claim.kind}' has no {', '.join(unknown)}", proofs)
    return Answer(Verdict.CONFIRMED, f"'{claim.kind}' of {protocol.name} has these fields", proofs)


def _fields(protocol: Protocol, kind: str) -> tuple[str, ...]:
    entry = protocol.part(kind) or ""
    return (protocol.key, *protocol.parts.get(entry, ()), *protocol.besides.get(entry, ()))


def _hands_on(file: str, name: str, ground: Ground) -> bool:
    """Whether a module imports a name that can be imported from there; `*` may bring any."""
    facts = ground.facts.get(file)
    return facts is None or any(
        isinstance(statement, form.Import) and any(one.local == name or one.name == "*" for one in statement.names)
        for statement in facts.body
    )


def _is_package(module: str, ground: Ground) -> bool:
    first = module.partition(".")[0]
    return module.startswith(".") or any(
        isinstance(statement, form.Import) and not statement.level and statement.module.partition(".")[0] == first
        for facts in ground.facts.values()
        for statement in facts.body
    )
