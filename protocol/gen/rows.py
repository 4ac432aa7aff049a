# SPDX-License-Identifier: MIT
"""Reads the inputs that people edit: calls.toml, extensions.txt and opcodes.txt.

Each line keeps its number, so that whatever is wrong with it can be said as FILE:LINE.
"""

import re
import tomllib
from dataclasses import dataclass, field

from problem import Problem

GUEST = ("auto", "custom", "local", "none")
HOST = ("auto", "custom")
RESHAPES = ("", "always", "levels")
KEYS = {
    "guest": str, "host": str, "size": dict, "null": str, "keep": str, "offset": str,
    "sync": bool, "flush": bool, "shared": bool, "reshapes": str, "alias": str,
}


@dataclass(frozen=True)
class Row:
    """One line of calls.toml: what the registry cannot say about one command."""

    name: str
    path: str
    line: int
    guest: str | None = None
    host: str | None = None
    size: dict[str, str] = field(default_factory=dict)
    null: tuple[str, ...] = ()
    keep: tuple[str, ...] = ()
    offset: tuple[str, ...] = ()
    sync: bool = False
    flush: bool = False
    shared: bool = False  # names of shared objects, whatever the registry says
    reshapes: str = ""  # when it may change which framebuffers are complete
    alias: str | None = None  # of this command: what else is said is said there

    def problem(self, text):
        return Problem(self.path, self.line, f"{self.name}: {text}")


def row_from(name, path, line, value):
    def fail(text):
        raise Problem(path, line, f"{name}: {text}")

    if not isinstance(value, dict):
        fail("a row is NAME = {key = value, …}")
    for key, item in value.items():
        if key not in KEYS:
            fail(f"unknown key '{key}'; there are {', '.join(KEYS)}")
        if not isinstance(item, KEYS[key]):
            fail(f"'{key}' wants a {KEYS[key].__name__}")
    for key, words in (("guest", GUEST), ("host", HOST), ("reshapes", RESHAPES)):
        if value.get(key, words[0]) not in words:
            fail(f"{key} = \"{value[key]}\" is none of {', '.join(filter(None, words))}")
    if "alias" in value and len(value) > 1:
        fail(f"the command is {value['alias']} by another name: say the rest there")
    lists = {key: tuple(value.get(key, "").split()) for key in ("null", "keep", "offset")}
    return Row(name, path, line, value.get("guest"), value.get("host"), value.get("size", {}),
               sync=value.get("sync", False), flush=value.get("flush", False),
               shared=value.get("shared", False), reshapes=value.get("reshapes", ""),
               alias=value.get("alias"), **lists)


def load_calls(path):
    """calls.toml: name -> Row. The rows are sorted, so that one can be found without a search."""
    with open(path, encoding="utf-8") as file:
        text = file.read()
    try:
        table = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        match = re.search(r"at line (\d+)", str(error))
        raise Problem(path, int(match.group(1)) if match else 1, str(error)) from None
    lines = {}
    for number, line in enumerate(text.splitlines(), 1):
        match = re.match(r"(\w+)\s*=", line)
        if match:
            lines[match.group(1)] = number
    previous = ""
    for name, number in lines.items():
        if name < previous:
            raise Problem(path, number, f"{name} stands after {previous}: keep the rows sorted")
        previous = name
    return {name: row_from(name, path, lines.get(name, 1), value) for name, value in table.items()}


@dataclass(frozen=True)
class Extension:
    name: str
    is_registered: bool  # the registry of the build machine has it
    path: str
    line: int
    ledger_length: int = 0  # that a host needs for the extension's commands


def text_lines(path):
    with open(path, encoding="utf-8") as file:
        for number, line in enumerate(file, 1):
            words = line.split("#")[0].split()
            if words:
                yield number, words


def load_extensions(path):
    """extensions.txt: a name a line; 'unregistered' after it if gl.xml does not know it."""
    extensions = []
    for number, words in text_lines(path):
        if words[1:] not in ([], ["unregistered"]):
            after = " ".join(words[1:])
            raise Problem(path, number, f"'{after}' after a name: only 'unregistered'")
        if extensions and words[0] <= extensions[-1].name:
            raise Problem(path, number, f"{words[0]} after {extensions[-1].name}: keep them sorted")
        extensions.append(Extension(words[0], len(words) == 1, path, number))
    return extensions


def load_opcodes(path):
    """opcodes.txt: 'NUMBER NAME' a line, numbered from 1 without a gap; name -> number."""
    opcodes = {}
    for number, words in text_lines(path):
        if len(words) != 2 or not words[0].isdigit():
            raise Problem(path, number, "a line is NUMBER NAME")
        if int(words[0]) != len(opcodes) + 1:
            raise Problem(path, number, f"number {words[0]}, but {len(opcodes) + 1} is next")
        if words[1] in opcodes:
            raise Problem(path, number, f"{words[1]} has number {opcodes[words[1]]} already")
        opcodes[words[1]] = len(opcodes) + 1
    return opcodes
