"""Names of functions and methods that mean the same in every program."""

from __future__ import annotations

_PASSING = """
    dumps stringify decode encode strip rstrip lstrip trim trimStart trimEnd slice substring substr split splitlines
    replace replaceAll toString lower upper toLowerCase toUpperCase jsonable_encoder model_dump dict copy str deepcopy
    model_dump_json model_dump_python cast values items read shift pop popleft at iter aiter next anext enumerate
    list tuple reversed sorted filter bytes text get_nowait String wait_for shield json structuredClone to_thread asdict
"""
_QUIET = """
    print debug info log warn warning error exception critical trace group groupEnd table str int float bool len
    isinstance type parse loads safeParse dumps stringify get pop includes startsWith endsWith startswith endswith
    decode encode strip trim split slice substring replace String Number Boolean isArray keys values entries hasattr
    setdefault items repr format sleep write Date lower upper toLowerCase toUpperCase push append add has clearTimeout
    setTimeout clearInterval find filter some every map forEach reduce join concat test match indexOf wait_for shield
    fromCharCode atob btoa b64decode b64encode hasOwnProperty getReader read TextDecoder json text close cancel
"""

PASSING = frozenset(_PASSING.split())
"""What gives back its argument, its owner or a part of it: the value comes from there."""

QUIET = frozenset(_QUIET.split())
"""What looks at its arguments and hands them to nobody."""

PARSING = frozenset(
    {
        "parse", "loads", "safeParse", "parseJSON", "safeJsonParse", "model_validate_json", "parse_raw",
        "model_validate", "parse_obj", "validate_python", "validate_json",
    }
)  # fmt: skip
"""What makes data of a text."""

KEEPING = frozenset(
    {"useRef", "useCallback", "useMemo", "ref", "freeze", "partial", "reactive", "signal", "shallowRef"}
)
"""What keeps its first argument as it is."""

ITERATING = frozenset({"forEach", "map", "filter", "some", "every", "find", "findLast", "findIndex", "flatMap"})
"""Methods that go through a list with the function they are given."""

ATOMS = frozenset({"useRecoilState", "useAtom"})
"""Hooks that give the value of an atom and its setter (https://recoiljs.org/docs/api-reference/core/useRecoilState,
https://jotai.org/docs/core/use-atom)."""

ATOM_VALUES = frozenset({"useRecoilValue", "useAtomValue"})
"""Hooks that give the value of an atom alone."""

ATOM_SETTERS = frozenset({"useSetRecoilState", "useSetAtom"})
"""Hooks that give the setter of an atom alone."""
