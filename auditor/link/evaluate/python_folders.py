"""Folders of the project as its code lists them: `pkgutil`, `os.listdir`, `os.walk`, `glob`, `pathlib`.

Paths are those of the audited project, relative to its root; of a folder, the Python files and what holds some are
known. https://docs.python.org/3/library/pkgutil.html#pkgutil.iter_modules and
https://docs.python.org/3/library/pathlib.html (3.13).
"""

from __future__ import annotations

import posixpath
from collections.abc import Callable, Iterable
from fnmatch import fnmatchcase
from typing import TYPE_CHECKING

from auditor.model.value import Arguments, Constant, Instance, Lazy, List, Model, Text, Unknown, Value

if TYPE_CHECKING:
    from auditor.link.evaluate.machine import Machine

PATH = "pathlib.Path"
"""The kind of a path object; its field `value` is the path as text."""
MODULE_INFO = "ModuleInfo"
MODULE_INFO_FIELDS = ("module_finder", "name", "ispkg")
_MARK = "\0"  # begins a path of the project, so that no other text is taken for one


def file_path(file: str) -> Text:
    """`__file__` of a module."""
    return Text((_MARK + file,))


def package_path(folder: str) -> List:
    """`__path__` of a package."""
    return List([Text((_MARK + folder,))])


def below(folder: Instance, name: Value) -> Value:
    """`folder / "name"`."""
    return _joined([folder.fields["value"], name])


def project_path(machine: Machine, value: Value | None) -> str | None:
    """The path that a text or a path object is, if it is one of the project."""
    if isinstance(value, Instance) and value.kind == PATH:
        value = machine.force(value.fields["value"])
    literal = value.literal if isinstance(value, Text) else None
    return literal.removeprefix(_MARK) if literal is not None and literal.startswith(_MARK) else None


def _path(text: str | None) -> Value:
    """A path object."""
    if text is None:
        return Instance(None, PATH, {"value": Unknown("a path outside the project")})
    made = Instance(None, PATH, {"value": Text((_MARK + text,))})
    name = posixpath.basename(text)
    stem, suffix = posixpath.splitext(name)
    made.fields |= {"name": Text((name,)), "stem": Text((stem,)), "suffix": Text((suffix,) if suffix else ())}
    made.fields["parent"] = Lazy(lambda: _path(posixpath.dirname(text)))
    return made


def _children(machine: Machine, folder: str) -> list[str]:
    """What a folder of the project has, by name."""
    start = f"{folder}/" if folder not in ("", ".") else ""
    inside = (file[len(start) :] for file in machine.facts if file.startswith(start))
    return sorted({one.partition("/")[0] for one in inside})


def _modules(machine: Machine, folder: str, prefix: str, deep: bool) -> Iterable[tuple[str, bool]]:
    for name in _children(machine, folder):
        inner = posixpath.join(folder, name)
        if name.endswith(".py") and name != "__init__.py":
            yield prefix + name.removesuffix(".py"), False
        elif f"{inner}/__init__.py" in machine.facts:
            yield prefix + name, True
            if deep:
                yield from _modules(machine, inner, f"{prefix}{name}.", deep)


def _iter_modules(deep: bool) -> Model:
    """`pkgutil.iter_modules(path, prefix)`, `pkgutil.walk_packages(path, prefix)`."""

    def model(machine: Machine, arguments: Arguments, this: Value | None) -> Value:
        path, prefix = machine.argument(arguments, 0, "path"), machine.argument(arguments, 1, "prefix")
        before = "" if prefix is None else prefix.literal if isinstance(prefix, Text) else None
        folders = (
            [project_path(machine, machine.force(one)) for one in path.items] if isinstance(path, List) else [None]
        )
        if before is None or None in folders:
            return Unknown("the modules of an unknown folder")
        return List(
            [
                List([Unknown("a finder"), Text((name,)), Constant(is_package)], kind=MODULE_INFO)
                for folder in folders
                for name, is_package in _modules(machine, folder or "", before, deep)
            ]
        )

    return model


def _listdir(machine: Machine, arguments: Arguments, this: Value | None) -> Value:
    folder = project_path(machine, machine.argument(arguments, 0, "path"))
    return _unknown() if folder is None else List([Text((name,)) for name in _children(machine, folder)])


def _walk(machine: Machine, arguments: Arguments, this: Value | None) -> Value:
    """`os.walk(path)`: a folder, its folders and its Python files, then the same of each folder below."""
    folder = project_path(machine, machine.argument(arguments, 0, "top"))
    if folder is None:
        return _unknown()
    found: list[Value] = []
    waiting = [folder]
    while waiting:
        here = waiting.pop(0)
        names = _children(machine, here)
        files = [name for name in names if posixpath.join(here, name) in machine.facts]
        folders = [name for name in names if name not in files]
        listed = [List([Text((name,)) for name in some]) for some in (folders, files)]
        found.append(List([Text((_MARK + here,)), *listed], kind="tuple"))
        waiting = [*(posixpath.join(here, name) for name in folders), *waiting]
    return List(found)


def _relative(machine: Machine, arguments: Arguments, this: Value | None) -> Value:
    """`os.path.relpath(path, start)`."""
    given, start = (project_path(machine, machine.argument(arguments, place)) for place in range(2))
    if given is None or start is None:
        return Unknown("a path outside the project")
    return Text((posixpath.relpath(f"/{given}", f"/{start}"),))


def _iterdir(machine: Machine, arguments: Arguments, this: Value | None) -> Value:
    folder = project_path(machine, this)
    found = [] if folder is None else _children(machine, folder)
    return _unknown() if folder is None else List([_path(posixpath.join(folder, name)) for name in found])


def _glob(deep: bool) -> Model:
    """`path.glob("*.py")`, `path.rglob("*.py")`."""

    def model(machine: Machine, arguments: Arguments, this: Value | None) -> Value:
        folder, pattern = project_path(machine, this), machine.argument(arguments, 0)
        if folder is None or not isinstance(pattern, Text) or pattern.literal is None:
            return _unknown()
        return List([_path(file) for file in _matching(machine, folder, pattern.literal, deep)])

    return model


def _matching(machine: Machine, folder: str, pattern: str, deep: bool) -> list[str]:
    start = f"{folder}/" if folder not in ("", ".") else ""
    deep, last = deep or pattern.startswith("**/"), pattern.removeprefix("**/")
    inside = {file for file in machine.facts if file.startswith(start)}
    inside |= {above for file in inside for above in _folders_of(file, start)}
    return [
        file
        for file in sorted(inside)
        if fnmatchcase(posixpath.basename(file) if deep else file[len(start) :], last)
        and (deep or file[len(start) :].count("/") == last.count("/"))
    ]


def _folders_of(file: str, start: str) -> Iterable[str]:
    """The folders of a file below a place."""
    parts = file[len(start) :].split("/")
    return (start + "/".join(parts[:end]) for end in range(1, len(parts)))


def _is_folder(machine: Machine, arguments: Arguments, this: Value | None) -> Value:
    """`os.path.isdir(path)`, `path.is_dir()`."""
    given = project_path(machine, this if this is not None else machine.argument(arguments, 0))
    if given is None:
        return Unknown("a path outside the project")
    return Constant(any(file.startswith(f"{given}/") for file in machine.facts))


def _is_file(machine: Machine, arguments: Arguments, this: Value | None) -> Value:
    """`os.path.isfile(path)`, `path.is_file()`: only Python files are known."""
    given = project_path(machine, this if this is not None else machine.argument(arguments, 0))
    return Constant(True) if given in machine.facts else Unknown("whether there is a file")


def _glob_text(machine: Machine, arguments: Arguments, this: Value | None) -> Value:
    """`glob.glob(pattern)`."""
    pattern = project_path(machine, machine.argument(arguments, 0, "pathname"))
    if pattern is None:
        return _unknown()
    folder, _, name = pattern.rpartition("/")
    return List([Text((_MARK + file,)) for file in _matching(machine, folder, name, False)])


def _unknown() -> Value:
    return Unknown("the files of an unknown folder")


def _make_path(machine: Machine, arguments: Arguments, this: Value | None) -> Value:
    return _joined([machine.force(one) for one in arguments.positional])


def _join(machine: Machine, arguments: Arguments, this: Value | None) -> Value:
    """`os.path.join(folder, name)`."""
    made = _joined([machine.force(one) for one in arguments.positional])
    return machine.force(made.fields["value"]) if isinstance(made, Instance) else made


def _joined(parts: list[Value]) -> Value:
    texts = [part.fields.get("value") if isinstance(part, Instance) else part for part in parts]
    known = [text.literal for text in texts if isinstance(text, Text) and text.literal is not None]
    if len(known) != len(texts) or not known or not known[0].startswith(_MARK):
        return _path(None)
    return _path(posixpath.normpath(posixpath.join(known[0].removeprefix(_MARK), *known[1:])))


def _text_of(change: Callable[[str], str], marked: bool = True) -> Model:
    """A function of `os.path` on one path."""

    def model(machine: Machine, arguments: Arguments, this: Value | None) -> Value:
        given = project_path(machine, machine.argument(arguments, 0))
        return (
            Unknown("a path outside the project")
            if given is None
            else Text(((_MARK if marked else "") + change(given),))
        )

    return model


def _join_path(machine: Machine, arguments: Arguments, this: Value | None) -> Value:
    """`path.joinpath(name)`."""
    return _joined([this or _path(None), *map(machine.force, arguments.positional)])


def _same(machine: Machine, arguments: Arguments, this: Value | None) -> Value:
    return this or _path(None)


FOLDERS: dict[str, Model] = {
    "pkgutil.iter_modules": _iter_modules(deep=False),
    "pkgutil.walk_packages": _iter_modules(deep=True),
    "os.listdir": _listdir,
    "os.walk": _walk,
    "os.path.relpath": _relative,
    "glob.glob": _glob_text,
    "os.path.dirname": _text_of(posixpath.dirname),
    "os.path.abspath": _text_of(str),
    "os.path.realpath": _text_of(str),
    "os.path.isdir": _is_folder,
    "os.path.isfile": _is_file,
    "os.path.basename": _text_of(posixpath.basename, marked=False),
    "os.path.join": _join,
    "pathlib.Path": _make_path,
}
FOLDER_METHODS: dict[str, Model] = {
    "glob": _glob(deep=False),
    "rglob": _glob(deep=True),
    "iterdir": _iterdir,
    "is_dir": _is_folder,
    "is_file": _is_file,
    "resolve": _same,
    "absolute": _same,
    "joinpath": _join_path,
}
