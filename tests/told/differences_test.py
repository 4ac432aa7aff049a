#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""What a guest is told is what the host's driver tells, but for what docs/differences.md lists.

A difference that the document does not list fails, and so does a line of it that no difference
needs any more.

usage: differences_test.py XG-TOLD DIFFERENCES.MD
"""
import fnmatch
import pathlib
import re
import sys

import told
from told import stack

ABSENT = "(nothing)"
SHOWN = 40


def documented(path):
    """The patterns in the first column of the tables, whose lines have a reason last."""
    rows = re.findall(r"^\| `([^`]+)` \|(.*)\|$", pathlib.Path(path).read_text(), flags=re.M)
    for pattern, rest in rows:
        if len(rest.split("|")[-1].split()) < 5:
            raise stack.Failure(f"{pattern}: no reason")
    return [pattern for pattern, _ in rows]


def differences(native, guest):
    for what in {**native, **guest}:
        pair = native.get(what, ABSENT), guest.get(what, ABSENT)
        if pair[0] != pair[1]:
            yield what, *pair


def test():
    patterns = documented(sys.argv[2])
    native, guest = told.native_and_guest(sys.argv[1])
    needed, unknown = set(), []
    for what, said, told_instead in differences(native, guest):
        matching = [p for p in patterns if fnmatch.fnmatchcase(what, p)]
        needed.update(matching[:1])
        if not matching:
            unknown.append(f"{what}: {said}, in a guest {told_instead}")
    print("\n".join(unknown[:SHOWN]))
    idle = [p for p in patterns if p not in needed]
    if unknown or idle:
        raise stack.Failure(f"{len(unknown)} differences are not in the document; "
                            f"of its lines nothing needs {idle}")
    print(f"{len(native)} answers natively, {len(guest)} in a guest, {len(patterns)} differences")


if __name__ == "__main__":
    stack.main(test)
