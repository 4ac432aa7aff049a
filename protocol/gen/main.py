#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""Generates the command stream: reads the registry and protocol/'s tables, writes C.

    main.py --registry gl.xml --protocol DIR --output DIR
    main.py --registry gl.xml --protocol DIR --assign     number new commands in opcodes.txt

registry.py and rows.py read, classify.py decides, each emit_*.py writes one part.
"""

import argparse
import dataclasses
import os
import sys
from dataclasses import dataclass

import emit_commands
import emit_dictionary
import emit_encode
import emit_entry
import emit_opcodes
import emit_roundtrip
import emit_tables
import emit_thunks
import rows
from classify import Call, Source, classify
from problem import Problem, Problems
from registry import Registry, load

VERSIONS = ("GL_ES_VERSION_2_0", "GL_ES_VERSION_3_0", "GL_ES_VERSION_3_1", "GL_ES_VERSION_3_2")
PRIVATE = "XG_GL"  # features of our own that want a context begin so
EMITTERS = (emit_opcodes, emit_commands, emit_tables, emit_encode, emit_entry, emit_thunks,
            emit_roundtrip, emit_dictionary)


@dataclass
class Version:
    """A version of GLES that is carried."""

    feature: str  # GL_ES_VERSION_2_0
    ledger_length: int  # that a host needs for its commands

    @property
    def number(self):
        """Major × 10 + minor."""
        major, minor = self.feature.split("_")[-2:]
        return int(major) * 10 + int(minor)


@dataclass
class Model:
    """All that the emitters look at."""

    calls: list[Call]
    extensions: list[rows.Extension]
    versions: list[Version]
    opcodes: dict[str, int]
    classes: set[str]
    enums: dict[str, int]

    @property
    def wire_calls(self):
        return [call for call in self.calls if call.on_wire]


def wanted_commands(registry, extensions):
    """The names to carry, each with the first reason for it."""
    wanted = {}
    for version in VERSIONS:
        for name in registry.features[version]:
            path, line = registry.commands[name].path, registry.commands[name].line
            is_core = version == VERSIONS[0]
            wanted.setdefault(name, Source(path, line, version, is_core=is_core))
    for extension in extensions:
        if not extension.is_registered:
            continue
        if extension.name not in registry.extensions:
            raise Problem(extension.path, extension.line,
                          f"the registry has no extension {extension.name}: a typing error, or say "
                          "'unregistered' after it")
        for name in registry.extensions[extension.name]:
            source = Source(extension.path, extension.line, extension.name, is_core=False)
            wanted.setdefault(name, source)
    return wanted


def find_aliases(registry, wanted, table, opcodes):
    """Names that are other names of a carried command: name -> that command's own name.

    A command is carried under the name that it had first: that has a number, or a row, or else
    that stands first.
    """
    def is_own(name):
        return name in opcodes or (name in table and not table[name].alias)

    def root(name):
        return registry.commands[name].alias or name

    own = {}
    for name in wanted:
        if is_own(name):
            own.setdefault(root(name), name)
    for name in wanted:
        own.setdefault(root(name), name)
    aliases = {}
    for name in wanted:
        row = table.get(name)
        if row and row.alias:
            if row.alias not in wanted or not is_own(row.alias):
                raise row.problem(f"there is no command {row.alias} of its own")
            aliases[name] = row.alias
        elif not is_own(name) and own[root(name)] != name:
            aliases[name] = own[root(name)]
    return aliases


def build_calls(registry, private, table, extensions, opcodes):
    wanted = wanted_commands(registry, extensions)
    for feature, names in private.features.items():
        for name in names:
            command = private.commands[name]
            wanted[name] = Source(command.path, command.line, feature, is_gl=feature.startswith(PRIVATE))
    for name, row in table.items():
        if name not in wanted and row.guest == "local" and name in registry.commands:
            # Of a later version, and answered by the guest alone.
            command = registry.commands[name]
            wanted[name] = Source(command.path, command.line, "calls.toml", is_core=False)
        if name not in wanted:
            raise row.problem("neither a carried version nor an extension of extensions.txt has "
                              "this command")
    commands = {**registry.commands, **private.commands}
    aliases = find_aliases(Registry({**commands}), wanted, table, opcodes)
    calls, problems = [], []
    for name, source in wanted.items():
        if name in aliases:
            continue
        others = tuple(other for other, own in aliases.items() if own == name)
        try:
            call = classify(commands[name], table.get(name), source)
            calls.append(dataclasses.replace(call, aliases=others))
        except Problem as problem:
            problems.append(problem)
    if problems:
        raise Problems(problems)
    return calls


def number_calls(calls, opcodes, path):
    numbered = []
    for call in calls:
        if call.on_wire and call.name not in opcodes:
            raise Problem(path, len(opcodes) + 1,
                          f"{call.name} has no number: append it (main.py --assign does)")
        numbered.append(dataclasses.replace(call, opcode=opcodes.get(call.name, 0)))
    return numbered


def build_model(registry_path, protocol, assign=False):
    path = {name: os.path.join(protocol, name) for name in
            ("xenglass.xml", "calls.toml", "extensions.txt", "opcodes.txt")}
    registry = load(Registry(), registry_path)
    private = load(Registry(), path["xenglass.xml"])
    extensions = rows.load_extensions(path["extensions.txt"])
    opcodes = rows.load_opcodes(path["opcodes.txt"])
    table = rows.load_calls(path["calls.toml"])
    calls = build_calls(registry, private, table, extensions, opcodes)
    if assign:
        with open(path["opcodes.txt"], "a", encoding="utf-8") as file:
            for call in calls:
                if call.on_wire and call.name not in opcodes:
                    opcodes[call.name] = len(opcodes) + 1
                    file.write(f"{opcodes[call.name]} {call.name}\n")
    calls = number_calls(calls, opcodes, path["opcodes.txt"])
    numbers = {name: call.opcode for call in calls for name in (call.name, *call.aliases)}

    def ledger_length(feature, commands):
        own = private.features.get(f"XG_{feature}", [])
        return max((numbers.get(name, 0) for name in (*commands, *own)), default=0)

    extensions = [dataclasses.replace(extension, ledger_length=ledger_length(
        extension.name, registry.extensions.get(extension.name, []))) for extension in extensions]
    versions = [Version(feature, ledger_length(feature, registry.features[feature]))
                for feature in VERSIONS]
    enums = dict(pair for version in VERSIONS for pair in registry.enums[version])
    return Model(calls, extensions, versions, opcodes, registry.classes, enums)


def write_if_changed(path, text):
    """Keeps the time stamp of what did not change, so that nothing is compiled again for it."""
    try:
        with open(path, encoding="utf-8") as file:
            if file.read() == text:
                return
    except FileNotFoundError:
        pass
    with open(path, "w", encoding="utf-8") as file:
        file.write(text)


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--registry", required=True, help="Khronos' gl.xml")
    parser.add_argument("--protocol", required=True, help="the folder of calls.toml")
    parser.add_argument("--output", help="where the C files go")
    parser.add_argument("--assign", action="store_true", help="append numbers to opcodes.txt")
    arguments = parser.parse_args()
    try:
        model = build_model(arguments.registry, arguments.protocol, arguments.assign)
    except (Problem, Problems) as problem:
        print(problem, file=sys.stderr)
        return 1
    if arguments.output:
        for emitter in EMITTERS:
            for name, text in emitter.emit(model).items():
                write_if_changed(os.path.join(arguments.output, name), text)
    return 0


if __name__ == "__main__":
    sys.exit(main())
