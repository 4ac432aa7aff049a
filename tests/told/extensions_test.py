#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""Each extension that the host's driver lists is carried, or is in the table of those that are not.

A guest's context lists what the driver lists and is carried, in the driver's order, whichever way it
is asked. A newer driver may list names that nobody has heard of: they are printed.

usage: extensions_test.py XG-TOLD EXTENSIONS.TXT README.MD
"""
import pathlib
import re
import sys

import told
from told import stack

KNOWN = "Mesa 22.3"  # of this driver each name is in one of the two
REASON_WORDS = 10


def carried(path):
    lines = (line.split("#")[0].split() for line in pathlib.Path(path).read_text().splitlines())
    return {words[0] for words in lines if words}


def left_out(path):
    """The names in the table's first column, each with a reason beside it."""
    text = pathlib.Path(path).read_text()
    table = text[text.index("## Extensions of llvmpipe's contexts that are left out"):]
    names = []
    for first, reason in re.findall(r"^\| (`[^|]+) \| ([^|]*) \|$", table, flags=re.M):
        names += [f"GL_{name}" for name in re.findall(r"`(\w+)`", first)]
        if len(reason.split()) < REASON_WORDS:
            raise stack.Failure(f"{first}: \"{reason}\" is no reason")
    if not names or len(names) != len(set(names)):
        raise stack.Failure(f"the table's names: {names}")
    return set(names)


def listed(answers, prefix):
    return [what.removeprefix(prefix) for what in answers if what.startswith(prefix)]


def hold(native, guest, wanted, refused):
    versions = [what.split()[-1] for what, error in guest.items()
                if what.startswith("context of ") and error == "error 0x3000"]
    for version in versions:
        at_once, by_number = f"{version} GL_EXTENSIONS ", f"{version} glGetStringi "
        for way in (at_once, by_number):
            if listed(guest, way) != [name for name in listed(native, way) if name in wanted]:
                raise stack.Failure(f"{way}: a guest is told {listed(guest, way)}")
    names = set(listed(native, f"{versions[-1]} GL_EXTENSIONS "))
    unheard = sorted(names - wanted - refused)
    for name in unheard:
        print(f"{name} is neither carried nor in the table")
    if unheard and KNOWN in native[f"{versions[-1]} GL_VERSION"]:
        raise stack.Failure(f"{KNOWN} has extensions that nobody speaks of")
    return names


def test():
    wanted, refused = carried(sys.argv[2]), left_out(sys.argv[3])
    if wanted & refused:
        raise stack.Failure(f"carried, and in the table: {sorted(wanted & refused)}")
    native, guest = told.native_and_guest(sys.argv[1])
    names = hold(native, guest, wanted, refused)
    print(f"{len(names)} extensions, {len(names & wanted)} carried, {len(names & refused)} not")
    if len(names & wanted) < 100:
        raise stack.Failure("hardly any extension is carried")


if __name__ == "__main__":
    stack.main(test)
