r"""Tornado: applications, rules, hosts, class handlers, sockets, static files, applications behind others.

Tornado 5.1 to 6.5 (https://www.tornadoweb.org/en/stable/guide/structure.html,
https://www.tornadoweb.org/en/stable/web.html#application-configuration and
https://www.tornadoweb.org/en/stable/routing.html). A rule is a regular expression for the whole path and a handler
class, which answers the methods it has a function for; HEAD and OPTIONS that it inherits are left out. Rules of one
host are listed like those of all. What a
fallback, a router or a nested list serves stands at its own full path: no rule takes a prefix away.

```py
class User(RequestHandler):
    def get(self, user_id): ...
    def delete(self, user_id): ...

class Feed(WebSocketHandler):
    def open(self): ...

app = Application([(r"/users/(\d+)", User), url(r"/feed", Feed, name="feed")], static_path="static")
# GET /users/{arg1} -> User.get
# DELETE /users/{arg1} -> User.delete
# WS /feed -> Feed.open
```
"""

from __future__ import annotations

from auditor.adapter import Adapter, ApplicationMade, Machine, Mounted, RouteAdded
from auditor.adapter.endpoints import derives_from, options, why_not
from auditor.adapter.expressions import stem, text_paths
from auditor.adapter.pathtext import EMPTY, paths, trimmed
from auditor.adapter.tornado import (
    ERROR,
    FALLBACK,
    FILES,
    SOCKET,
    Rule,
    answers,
    folders,
    from_the_root,
    is_written,
    location_of,
)
from auditor.model.finding import Side
from auditor.model.text import softened
from auditor.model.value import (
    NONE,
    Arguments,
    Class,
    Instance,
    List,
    Model,
    Record,
    Symbol,
    Text,
    Unknown,
    Value,
)

_APPLICATION, _ROUTER = "tornado.web.Application", "tornado.routing.RuleRouter"
_RULE, _ANYWHERE = "tornado.routing.Rule", "tornado.routing.AnyMatches"
_OPTIONS = "tornado.options.options"
_WRAPPERS = ("tornado.wsgi.WSGIContainer",)
_DEPTH = 8


def _application(machine: Machine, arguments: Arguments, this: Value | None) -> Value:
    app = this if isinstance(this, Instance) else Instance(None, _APPLICATION, location=arguments.location)
    machine.emit(ApplicationMade(app, arguments.location, "tornado", machine.conditions()))
    rules = machine.argument(arguments, 0, "handlers")
    if rules is not None and rules != NONE:
        _add_all(machine, arguments, app, rules, 0)
    if options(machine.argument(arguments, -1, "static_path")):
        given = machine.argument(arguments, -1, "static_url_prefix")
        where = paths(machine, given if options(given) else Text(("/static/",)))
        _static(machine, arguments, app, tuple(map(trimmed, where)))
    return app


def _again(machine: Machine, arguments: Arguments, this: Value | None) -> Value:
    """`Application.__init__(self, handlers)`, as subclasses write it."""
    app = machine.argument(arguments, 0)
    rest = Arguments(arguments.positional[1:], arguments.named, arguments.site, arguments.location, None,
                     arguments.scope, arguments.open)  # fmt: skip
    return _application(machine, rest, app) if isinstance(app, Instance) else NONE


def _router(machine: Machine, arguments: Arguments, this: Value | None) -> Value:
    """`RuleRouter([Rule(PathMatches("/app.*"), app)])`: decides between applications."""
    router = this if isinstance(this, Instance) else Instance(None, _ROUTER, location=arguments.location)
    machine.emit(ApplicationMade(router, arguments.location, "tornado", machine.conditions()))
    rules = machine.argument(arguments, 0, "rules")
    if rules is not None and rules != NONE:
        _add_all(machine, arguments, router, rules, 0)
    return router


def _add_handlers(position: int) -> Model:
    """`app.add_handlers(host, rules)`, `router.add_rules(rules)`."""

    def model(machine: Machine, arguments: Arguments, this: Value | None) -> Value:
        given = machine.argument(arguments, position, "host_handlers" if position else "rules")
        if isinstance(this, Instance):
            _add_all(machine, arguments, this, given or NONE, 0)
        return NONE

    return model


def _rule(kind: str) -> Model:
    """`URLSpec(pattern, handler, kwargs)`, `url(…)`, `Rule(matcher, target, target_kwargs)`."""

    def model(machine: Machine, arguments: Arguments, this: Value | None) -> Value:
        path = machine.argument(arguments, 0, "pattern") or machine.argument(arguments, 0, "matcher")
        target = machine.argument(arguments, 1, "handler") or machine.argument(arguments, 1, "target")
        given = machine.argument(arguments, 2, "kwargs") or machine.argument(arguments, 2, "target_kwargs")
        name = machine.argument(arguments, -1, "name") or machine.argument(arguments, 3, "name")
        fields = {
            "regex": Instance(None, "re.Pattern", {"pattern": path or NONE}), "matcher": path or NONE,
            "handler_class": target or NONE, "target": target or NONE, "kwargs": given or NONE, "name": name or NONE,
        }  # fmt: skip
        rule = Rule(path, target, given, arguments)
        return Instance(None, kind, fields, rule, arguments.location)

    return model


def _path_matches(machine: Machine, arguments: Arguments, this: Value | None) -> Value:
    return machine.argument(arguments, 0, "path_pattern") or NONE


def _anywhere(machine: Machine, arguments: Arguments, this: Value | None) -> Value:
    return Instance(None, _ANYWHERE)


def _add_all(machine: Machine, arguments: Arguments, owner: Instance, value: Value, depth: int) -> None:
    """A list of rules, of all its alternatives."""
    for one in options(value) or (NONE,):
        if isinstance(one, List) and depth < _DEPTH:
            for item in one.items:
                _add_one(machine, arguments, owner, machine.force(item), depth)
            if one.open:
                _gap(machine, arguments, owner, (EMPTY,), "further rules of a list")
        else:
            _gap(machine, arguments, owner, (EMPTY,), why_not(one, "a list of rules"))


def _add_one(machine: Machine, arguments: Arguments, owner: Instance, value: Value, depth: int) -> None:
    for one in options(value):
        rule = one.state if isinstance(one, Instance) else None
        if isinstance(one, List) and len(one.items) > 1 and not one.open:
            first, second = machine.force(one.items[0]), machine.force(one.items[1])
            rule = Rule(first, second, machine.force(one.items[2]) if len(one.items) > 2 else None, arguments)
        if isinstance(rule, Rule):
            _add_rule(machine, owner, rule, depth)
        else:
            _gap(machine, arguments, owner, (EMPTY,), why_not(one, "a rule"))


def _add_rule(machine: Machine, owner: Instance, rule: Rule, depth: int) -> None:
    for target in options(rule.target) or (NONE,):
        if isinstance(target, Text):
            target = _named(machine, target, rule.arguments)
        if isinstance(target, List):
            _add_all(machine, rule.arguments, owner, target, depth + 1)
        elif isinstance(target, Symbol) and target.name == FALLBACK:
            given = machine.force(rule.options.entries.get("fallback")) if isinstance(rule.options, Record) else None
            _mount(machine, owner, rule, given)
        elif isinstance(target, Instance):
            _mount(machine, owner, rule, target)
        elif isinstance(target, Symbol) and target.name == ERROR:
            continue
        else:
            _add(machine, owner, rule, target)


def _add(machine: Machine, owner: Instance, rule: Rule, target: Value) -> None:
    where = _where(machine, owner, rule)
    if isinstance(target, Unknown) and not any(is_written(text) for text in where):
        _gap(machine, rule.arguments, owner, (EMPTY,), "a rule whose path and handler are unknown")
        return
    if not where:
        return
    if isinstance(target, Symbol) and target.name == FILES:
        _static(machine, rule.arguments, owner, tuple(trimmed(Text(one.parts[:1])) for one in folders(where)))
        return
    socket = isinstance(target, Class) and derives_from(target, (SOCKET,))
    for answer in answers(target, socket):
        machine.emit(
            RouteAdded(
                router=owner,
                kind="websocket" if socket else "http",
                methods=answer.methods,
                path=where,
                handler=answer.handler,
                location=location_of(rule, where),
                framework="tornado",
                condition=machine.conditions(),
                scope=rule.arguments.scope,
            )
        )


def _where(machine: Machine, owner: Instance, rule: Rule) -> tuple[Text, ...]:
    """The paths of a rule; none, and a gap, where its expression is not read."""
    if isinstance(rule.path, Instance):
        _gap(machine, rule.arguments, owner, (EMPTY,), f"what {rule.path.kind or 'a matcher'} decides")
        return ()
    found: list[Text] = []
    for text in machine.texts(rule.path or NONE):
        read = text_paths(text)
        if read is None:
            first = text.parts[0] if text.parts and isinstance(text.parts[0], str) else ""
            reason = "a regular expression that takes several paths"
            _gap(machine, rule.arguments, owner, (Text((stem(first),)),), reason)
        else:
            found += map(from_the_root, read[0])
    return tuple(found)


def _mount(machine: Machine, owner: Instance, rule: Rule, value: Value | None) -> None:
    """Another application, at its own full paths; of anything else it is not known what it serves."""
    conditions, place = machine.conditions(), rule.arguments.location
    if isinstance(value, Instance):
        machine.emit(Mounted(owner, value, (EMPTY,), place, conditions))
        return
    text = next(iter(machine.texts(rule.path)), EMPTY) if rule.path is not None else EMPTY
    first = text.parts[0] if text.parts and isinstance(text.parts[0], str) else ""
    machine.emit(Mounted(owner, None, (Text((stem(first),)),), place, conditions, why_not(value, "an application")))


def _named(machine: Machine, dotted: Text, arguments: Arguments) -> Value:
    """A handler by its dotted name."""
    module, _, name = (dotted.literal or "").rpartition(".")
    return machine.member(machine.imported(module, arguments.location.file), name) if module else Unknown("a handler")


def _static(machine: Machine, arguments: Arguments, owner: Instance, where: tuple[Text, ...]) -> None:
    machine.emit(Mounted(owner, None, where, arguments.location, machine.conditions(), "files", static=True))


def _gap(machine: Machine, arguments: Arguments, owner: Instance, at: tuple[Text, ...], reason: str) -> None:
    machine.emit(Mounted(owner, None, at, arguments.location, machine.conditions(), reason))


def _define(machine: Machine, arguments: Arguments, this: Value | None) -> Value:
    """`define("port", default=8000)`: `options.port`, which the command line may set."""
    known, default = machine.symbol(_OPTIONS), machine.argument(arguments, 1, "default")
    for text in machine.texts(machine.argument(arguments, 0, "name") or NONE):
        if isinstance(known, Instance) and text.literal:
            known.fields[text.literal] = softened(default if default is not None else NONE)
    return NONE


def _wrapper(machine: Machine, arguments: Arguments, this: Value | None) -> Value:
    """`WSGIContainer(app)` serves the application."""
    return machine.argument(arguments, 0) or NONE


_ROUTERS = ("tornado.routing.RuleRouter", "tornado.routing.ReversibleRuleRouter")

ADAPTER = Adapter(
    id="tornado",
    side=Side.BACKEND,
    symbols={
        _APPLICATION: _application,
        f"{_APPLICATION}.__init__": _again,
        **dict.fromkeys(_ROUTERS, _router),
        **{name: _rule(name) for name in ("tornado.web.url", "tornado.web.URLSpec", "tornado.routing.URLSpec", _RULE)},
        "tornado.routing.PathMatches": _path_matches,
        _ANYWHERE: _anywhere,
        "tornado.routing.HostMatches": _anywhere,
        **dict.fromkeys(_WRAPPERS, _wrapper),
        "tornado.options.define": _define,
    },
    methods={
        _APPLICATION: {"add_handlers": _add_handlers(1)},
        **{name: {"add_rules": _add_handlers(0)} for name in _ROUTERS},
    },
    instances={_OPTIONS: lambda machine: Instance(None, _OPTIONS)},
    constructors=(_APPLICATION, _ROUTERS[0]),
    hot=("add_handlers", ".listen"),
)
