"""Django: URL configurations, includes, function views and class-based views.

Django 3.2 to 5.2 (https://docs.djangoproject.com/en/5.2/topics/http/urls/). What is served is the `urlpatterns` of
the module that a settings module names as `ROOT_URLCONF`. A function view takes every method unless a decorator says
otherwise. Below an include that cannot be read, and below the administration, anything may be served; so it is where
a regular expression is not read, or has no end.

```py
ROOT_URLCONF = "config.urls"  # settings.py

urlpatterns = [  # config/urls.py
    path("api/", include("users.urls")),  # path("users/<int:pk>/", Detail.as_view()) with get and put
    re_path(r"^health/$", health),
]
# GET /api/users/{pk}/ -> Detail.get
# PUT /api/users/{pk}/ -> Detail.put
# * /health/ -> health
```
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from itertools import groupby
from operator import itemgetter

from auditor.adapter import Adapter, ApplicationMade, Machine, Mounted, RouteAdded
from auditor.adapter.django import Answers, Ready, answers_of
from auditor.adapter.django_models import as_view, import_string, library_view, model_made, only, require
from auditor.adapter.django_ninja import APIS
from auditor.adapter.django_packages import PACKAGES
from auditor.adapter.django_paths import rewritten
from auditor.adapter.django_patterns import INCLUDE, INCLUDES, Pattern, include, included, pattern, translated
from auditor.adapter.django_settings import setting
from auditor.adapter.django_sockets import CONSUMER, socket_patterns
from auditor.adapter.django_views import BASES, VIEWSETS
from auditor.adapter.endpoints import why_not
from auditor.adapter.expressions import expression_paths, stem
from auditor.adapter.pathtext import EMPTY, paths
from auditor.model import form
from auditor.model.finding import Side
from auditor.model.span import Location
from auditor.model.value import (
    NONE,
    Arguments,
    Choice,
    Class,
    Closure,
    Instance,
    List,
    Model,
    Module,
    Symbol,
    Text,
    Unknown,
    Value,
)

_RESOLVER = "django.urls.URLResolver"
_SOCKETS = "sockets"
_IGNORED = "django.conf.urls.static.static"
_DEPTH = 12


def _static(machine: Machine, arguments: Arguments, this: Value | None) -> Value:
    return List([])


def _serve(machine: Machine, settings: Sequence[tuple[str, Value]]) -> None:
    """One application per URL configuration that settings modules name."""
    seen: set[Value] = set()
    for file, value in settings:
        for text in machine.texts(value):
            root = machine.imported(text.literal, file) if text.literal else NONE
            patterns = _patterns_of(machine, root)
            if not isinstance(root, Module) or root in seen or patterns is None:
                continue
            seen.add(root)
            location = next(iter(text.trail), None)
            if location is None:
                continue
            app, _ = _application(machine, location, patterns, started=True)
            if isinstance(known := machine.symbol(INCLUDES), Instance):
                known.fields["project"] = app
            sockets = socket_patterns(machine, file, text.literal or "")
            if sockets is not None:
                door = Instance(None, _RESOLVER, state=_SOCKETS, location=location)
                machine.emit(Mounted(app, door, (Text(("/",)),), location))
                _add_all(machine, door, sockets, 0)


def _application(
    machine: Machine, location: Location, patterns: Value, started: bool = False
) -> tuple[Instance, Instance]:
    """A project that serves patterns, and what they were added to."""
    app = Instance(None, "django.Project", location=location)
    machine.emit(ApplicationMade(app, location, "django", started=started))
    front = Instance(None, _RESOLVER, location=location)
    machine.emit(Mounted(app, front, (Text(("/",)),), location))
    _add_all(machine, front, patterns, 0)
    return app, front


def _serve_alone(machine: Machine, modules: Sequence[tuple[str, Value]]) -> None:
    """Without a settings module, the URL configurations that no other includes, below a prefix nobody knows."""
    known = machine.symbol(INCLUDES)
    if not isinstance(known, Instance) or "project" in known.fields:
        return
    found = [included(machine, one) for one in known.state]
    inner = {one.file for one in found if isinstance(one, Module)}
    for file, value in modules:
        first = value.items[0] if isinstance(value, List) and value.items else None
        if file not in inner and isinstance(first, Instance) and first.location is not None:
            _, front = _application(machine, first.location, value)
            _gap(machine, front, EMPTY, "no settings module names this URL configuration")


def _patterns_of(machine: Machine, value: Value) -> Value | None:
    if not isinstance(value, Module):
        return None
    found = machine.force(machine.member(value, "urlpatterns"))
    return None if isinstance(found, Unknown) else found


def _add_all(machine: Machine, owner: Instance, value: Value, depth: int) -> None:
    """The entries of a list, of all its alternatives; what cannot be read may serve anything."""
    value = machine.force(value)
    if isinstance(value, Choice):
        for option in value.options:
            _add_all(machine, owner, option, depth)
    elif isinstance(value, List) and depth < _DEPTH:
        for item in value.items:
            _add_all(machine, owner, item, depth)
        if value.open:
            _gap(machine, owner, EMPTY, "further entries of urlpatterns")
    elif isinstance(value, Instance) and isinstance(value.state, Pattern):
        _add(machine, owner, value.state, depth)
    elif isinstance(value, Instance) and isinstance(value.state, Ready):
        _add_ready(machine, owner, value.state)
    elif isinstance(value, Symbol) and value.name in PACKAGES and owner.location is not None:
        for path, methods in PACKAGES[value.name].items():
            where = (Text((path,) if path else ()),)
            machine.emit(RouteAdded(owner, "http", methods, where, value, owner.location, "django", in_schema=False))
    else:
        _gap(machine, owner, EMPTY, why_not(value, "a list of URL patterns"))


def _gap(machine: Machine, owner: Instance, prefix: Text, reason: str) -> None:
    if owner.location is not None:
        machine.emit(Mounted(owner, None, (prefix,), owner.location, reason=reason))


def _add(machine: Machine, owner: Instance, pattern: Pattern, depth: int) -> None:
    below = isinstance(pattern.view, Instance) and pattern.view.kind == INCLUDE
    where, location = _where(machine, owner, pattern, below), pattern.arguments.location
    view = machine.force(pattern.view)
    if not where:
        return
    if isinstance(view, Instance) and view.kind == INCLUDE:
        child = Instance(None, _RESOLVER, state=owner.state, location=location)
        machine.emit(Mounted(owner, child, where, location, pattern.condition))
        _add_all(machine, child, _included(machine, view), depth + 1)
        return
    if isinstance(view, Instance) and view.kind in APIS:
        machine.emit(Mounted(owner, view, where, location, pattern.condition))
        return
    if isinstance(view, Symbol) and view.name.endswith(".urls"):
        machine.emit(Mounted(owner, None, where, location, pattern.condition, f"what {view.name} serves"))
        return
    if owner.state == _SOCKETS:
        of = view.state if isinstance(view, Instance) and view.kind == CONSUMER else None
        _emit(machine, owner, pattern.arguments, Answers((("GET", of),)), where, pattern.condition)
        return
    answers = answers_of(machine, view)
    if not answers.whole:
        # What a call of a library gave may be a view or what `include` gives.
        reason = view.reason if isinstance(view, Unknown) else "what a view of a library answers"
        machine.emit(Mounted(owner, None, where, location, pattern.condition, reason))
    if answers.whole or any(isinstance(handler, Class | Closure) for _, handler in answers.handlers):
        strict = False if _takes_a_slash(pattern, where) else None
        _emit(machine, owner, pattern.arguments, answers, where, pattern.condition, strict_slashes=strict)


def _add_ready(machine: Machine, owner: Instance, ready: Ready) -> None:
    if ready.methods:
        answers = Answers(tuple((method, ready.handler) for method in ready.methods))
        _emit(machine, owner, ready.arguments, answers, (ready.path,), ready.condition, ready.options)
    else:
        where, reason = ready.arguments.location, "what a router adds for a viewset"
        machine.emit(Mounted(owner, None, (ready.path,), where, ready.condition, reason))


def _emit(
    machine: Machine,
    owner: Instance,
    arguments: Arguments,
    answers: Answers,
    path: tuple[Text, ...],
    condition: str,
    options: Mapping[str, form.Expression] | None = None,
    strict_slashes: bool | None = None,
) -> None:
    """One route for each run of methods with the same handler."""
    for handler, run in groupby(answers.handlers, key=itemgetter(1)):
        machine.emit(
            RouteAdded(
                router=owner,
                kind="websocket" if owner.state == _SOCKETS else "http",
                methods=tuple(method for method, _ in run),
                path=path,
                handler=handler,
                location=arguments.location,
                framework="django",
                condition=condition,
                in_schema=not isinstance(handler, Symbol),
                options=options or {},
                scope=arguments.scope,
                strict_slashes=strict_slashes,
            )
        )


def _included(machine: Machine, include: Instance) -> Value:
    given = included(machine, include)
    if isinstance(given, Module):
        return _patterns_of(machine, given) or Unknown("a module without urlpatterns")
    return given


def _where(machine: Machine, owner: Instance, pattern: Pattern, below: bool) -> tuple[Text, ...]:
    """The paths of an entry; none, and a gap, where its regular expression is not read."""
    if not pattern.regular:
        return paths(machine, pattern.path, rewritten)
    found: list[Text] = []
    for text in machine.texts(pattern.path or NONE):
        read = expression_paths(text.literal) if text.literal is not None else None
        if read is None:
            _gap(machine, owner, Text((stem(text.literal or ""),)), "a regular expression that takes several paths")
            continue
        read_paths = [Text((path,) if path else (), text.trail) for path in read[0]]
        if not below and not read[1]:
            for path in read_paths:
                _gap(machine, owner, path, "a regular expression that has no end")
        found += read_paths
    return tuple(found)


def _takes_a_slash(pattern: Pattern, where: Sequence[Text]) -> bool:
    """Whether a slash may follow, since nothing in the expression says where a path ends."""
    text = pattern.path.literal if pattern.regular and isinstance(pattern.path, Text) else None
    read = expression_paths(text) if text is not None else None
    return (
        read is not None and not read[1] and not any(str(path.parts[-1]).endswith("/") for path in where if path.parts)
    )


_ROWS = (
    "django.db.models.Model", "django.db.models.base.Model", "django.contrib.auth.models.AbstractUser",
    "django.contrib.auth.models.AbstractBaseUser", "django.contrib.auth.base_user.AbstractBaseUser",
)  # fmt: skip
_MODEL: dict[str, Model] = {"__init_subclass__": model_made}
_DECORATORS = "django.views.decorators.http"

ADAPTER = Adapter(
    id="django",
    side=Side.BACKEND,
    symbols={
        **dict.fromkeys(("django.urls.path", "django.urls.conf.path"), pattern(False)),
        **dict.fromkeys(("django.urls.re_path", "django.urls.conf.re_path", "django.conf.urls.url"), pattern(True)),
        **dict.fromkeys(("django.urls.include", "django.urls.conf.include", "django.conf.urls.include"), include),
        "django.conf.urls.i18n.i18n_patterns": translated,
        _IGNORED: _static,
        "django.utils.module_loading.import_string": import_string,
        f"{_DECORATORS}.require_http_methods": require,
        "rest_framework.decorators.api_view": require,
        f"{_DECORATORS}.require_GET": only("GET"),
        f"{_DECORATORS}.require_POST": only("POST"),
        f"{_DECORATORS}.require_safe": only("GET", "HEAD"),
        **{f"{name}.as_view": library_view(name) for name in BASES},
    },
    methods={
        **{name: {"as_view": as_view} for name in (*BASES, *VIEWSETS)},
        **dict.fromkeys(_ROWS, _MODEL),
    },
    values={"django.conf.settings": setting},
    instances={INCLUDES: lambda machine: Instance(None, INCLUDES, state=[])},
    variables={"ROOT_URLCONF": _serve, "urlpatterns": _serve_alone},
)
