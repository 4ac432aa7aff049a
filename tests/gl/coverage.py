#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""Each command of OpenGL ES, as the registry lists them, is called by some parity program.

usage: coverage.py GL.XML FOLDER-OF-CASES
"""
import pathlib
import re
import sys
import xml.etree.ElementTree

CORE_COMMANDS = {"GL_ES_VERSION_2_0": 142, "GL_ES_VERSION_3_0": 104, "GL_ES_VERSION_3_1": 68,
                 "GL_ES_VERSION_3_2": 44}
CASES_MIN = 100


def core_commands(registry):
    tree = xml.etree.ElementTree.parse(registry)
    return {command.get("name") for name in CORE_COMMANDS
            for command in tree.find(f"feature[@name='{name}']").iter("command")}


def called(folder):
    """Names before a parenthesis in the cases and in what they share."""
    names = set()
    for path in [*folder.glob("*.c"), folder.parent / "case.c"]:
        text = re.sub(r"/\*.*?\*/", "", path.read_text(), flags=re.S)
        names |= set(re.findall(r"\b(gl[A-Z]\w*)\s*\(", text))
        # A macro's arguments: NAMES(glGenBuffers, …).
        names |= set(re.findall(r"(?<=[(,\s])(gl[A-Z]\w*)(?=\s*,)", text))
    return names


def main():
    commands, folder = core_commands(sys.argv[1]), pathlib.Path(sys.argv[2])
    missing = sorted(commands - called(folder))
    cases = len(list(folder.glob("*.c")))
    print(f"{len(commands)} commands, {cases} cases")
    for name in missing:
        print(f"no case calls {name}")
    if missing or len(commands) != sum(CORE_COMMANDS.values()) or cases < CASES_MIN:
        sys.exit(1)


if __name__ == "__main__":
    main()
