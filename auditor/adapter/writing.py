"""What a route's arguments say of how its answer is written.

FastAPI 0.68 to 0.120 (https://fastapi.tiangolo.com/reference/apirouter/#fastapi.APIRouter.get, the arguments
`response_model_…`) and django-ninja 1.0 to 1.4 (https://django-ninja.dev/reference/operations-parameters/).
"""

from __future__ import annotations

from auditor.adapter import Machine
from auditor.model.value import FALSE, TRUE, Arguments, List
from auditor.model.writing import Writing


def writing_of(machine: Machine, arguments: Arguments, prefix: str, aliases: bool) -> Writing:
    """`prefix` stands before the names of the arguments; `aliases`: whether fields have their aliases where nothing is
    said. What cannot be read counts as not said."""
    by_alias = machine.argument(arguments, -1, f"{prefix}by_alias")
    unset = [machine.argument(arguments, -1, f"{prefix}exclude_{what}") for what in ("unset", "defaults")]
    return Writing(
        by_name=by_alias == FALSE if aliases else by_alias in (None, FALSE),
        without_unset=TRUE in unset,
        without_null=machine.argument(arguments, -1, f"{prefix}exclude_none") == TRUE,
        only=_names(machine, arguments, f"{prefix}include"),
        without=_names(machine, arguments, f"{prefix}exclude") or frozenset(),
    )


def _names(machine: Machine, arguments: Arguments, argument: str) -> frozenset[str] | None:
    given = machine.argument(arguments, -1, argument)
    if not isinstance(given, List):
        return None
    texts = [text.literal for item in given.items for text in machine.texts(machine.force(item))]
    return frozenset(text for text in texts if text) if all(texts) else None
