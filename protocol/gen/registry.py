# SPDX-License-Identifier: MIT
"""Reads commands from files in the syntax of Khronos' registry: gl.xml and our xenglass.xml.

Nothing is decided here; a Command says what the file says.
"""

import re
import xml.etree.ElementTree as ElementTree
from dataclasses import dataclass, field

from problem import Problem


@dataclass(frozen=True)
class Param:
    name: str
    type: str  # the whole C type, as a declaration has it before the name
    base: str  # the type without const and *
    pointers: int  # how many *
    is_const: bool  # what it points to (or, for void, holds) is const
    length: str | None  # the registry's len=
    object_class: str | None  # the registry's class=


@dataclass(frozen=True)
class Command:
    name: str
    result: Param  # its name is the command's; type "void" without a result
    params: tuple[Param, ...]
    path: str
    line: int
    alias: str | None = None  # the registry's: the same command under another name


@dataclass
class Registry:
    commands: dict[str, Command] = field(default_factory=dict)
    features: dict[str, list[str]] = field(default_factory=dict)  # name -> its commands
    extensions: dict[str, list[str]] = field(default_factory=dict)
    classes: set[str] = field(default_factory=set)
    enums: dict[str, list[tuple[str, int]]] = field(default_factory=dict)  # feature -> its enums


def parse_declaration(element, length=None, object_class=None):
    name = element.find("name").text
    text = "".join(element.itertext())
    type_text = " ".join(text[: text.rindex(name)].split()).replace(" *", "*").replace("*", " *")
    type_text = re.sub(r"\* +(?=\*)", "*", type_text).strip()
    base = re.sub(r"\bconst\b|\*", " ", type_text).split()
    return Param(
        name=name,
        type=type_text,
        base=" ".join(base),
        pointers=type_text.count("*"),
        is_const=type_text.startswith("const "),
        length=length,
        object_class=object_class,
    )


def command_lines(path):
    """Where each command's prototype stands: name -> line. ElementTree does not keep lines."""
    lines = {}
    with open(path, encoding="utf-8") as file:
        for number, text in enumerate(file, 1):
            match = re.search(r"<proto\b.*?<name>(\w+)</name>", text)
            if match:
                lines.setdefault(match.group(1), number)
    return lines


def required_commands(element, api):
    names = []
    for require in element.findall("require"):
        if require.get("api") in (None, api):
            names += [command.get("name") for command in require.findall("command")]
    return list(dict.fromkeys(names))


def load(registry, path, api="gles2"):
    """Adds one file to the registry."""
    try:
        root = ElementTree.parse(path).getroot()
    except ElementTree.ParseError as error:
        raise Problem(path, error.position[0], f"not well-formed: {error.msg}") from None
    lines = command_lines(path)
    for element in root.findall("commands/command"):
        proto = element.find("proto")
        params = tuple(
            parse_declaration(param, param.get("len"), param.get("class"))
            for param in element.findall("param")
        )
        result = parse_declaration(proto, object_class=proto.get("class"))
        name = result.name
        alias = element.find("alias")
        registry.commands[name] = Command(name, result, params, path, lines.get(name, 1),
                                          alias.get("name") if alias is not None else None)
        registry.classes.update(p.object_class for p in (*params, result) if p.object_class)
    values = {e.get("name"): int(e.get("value"), 0) for e in root.findall("enums/enum")
              if e.get("api") in (None, api)}
    for element in root.findall("feature"):
        names = [e.get("name") for e in element.findall("require/enum")]
        registry.enums[element.get("name")] = [(n, values[n]) for n in names if n in values]
        registry.features[element.get("name")] = required_commands(element, api)
    for element in root.findall("extensions/extension"):
        registry.extensions[element.get("name")] = required_commands(element, api)
    return registry
