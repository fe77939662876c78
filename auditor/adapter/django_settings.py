"""What `django.conf.settings.NAME` is, as the settings modules of the project give it.

Django 3.2 to 5.2 (https://docs.djangoproject.com/en/5.2/topics/settings/). The modules that name the URL configuration
come first, then those beside them. What they say is a default: another module of settings may be used.
"""

from __future__ import annotations

from dataclasses import replace

from auditor.adapter import Machine
from auditor.model.span import Location
from auditor.model.value import UNDEFINED, Constant, Module, Text, Unknown, Value


def setting(machine: Machine, name: str, location: Location) -> Value:
    """The value of a setting; unknown where no module of settings has it, or several disagree."""
    main = machine.binding("ROOT_URLCONF")
    folders = {file.rpartition("/")[0] for file in main}
    beside = [file for file in machine.binding(name) if file.rpartition("/")[0] in folders]
    found: list[Value] = []
    for file in dict.fromkeys((*(one for one in main if one in beside), *beside)):
        value = machine.force(machine.member(Module(file), name))
        if not isinstance(value, Unknown) and value != UNDEFINED and value not in found:
            found.append(value)
    if len(found) != 1:
        return Unknown(f"the setting {name}")
    value = found[0]
    return replace(value, soft=True) if isinstance(value, Text | Constant) else value
