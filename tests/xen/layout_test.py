#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""What lies in memory that guest and host share is laid out alike on every kind of processor.

usage: layout_test.py TOP GENERATED-HEADER…

Each header's own static assertions are checked by clang for each target, of which it needs nothing
but the compiler. They name sizes. That is enough: i386 aligns 64-bit members to 4 bytes, where the
others align them to 8, so a member that stood elsewhere there would make the whole smaller; and a
long, a size_t or a pointer would too.
"""
import pathlib
import re
import shutil
import subprocess
import sys

SKIP = 77
TARGETS = ("x86_64-linux-gnu", "i386-linux-gnu", "aarch64-linux-gnu", "armv7-linux-gnueabihf")


def unsized(header):
    """The structs of a header whose size no assertion names."""
    text = pathlib.Path(header).read_text()
    return [name for name in re.findall(r"^struct (\w+) \{", text, re.MULTILINE)
            if f"_Static_assert(sizeof(struct {name}) ==" not in text]  # fmt: skip


def main():
    if not shutil.which("clang"):
        print("skipped: there is no clang here")
        sys.exit(SKIP)
    top = pathlib.Path(sys.argv[1])
    shared = sorted((top / "include/xenglass").glob("*.h"))
    headers = [*shared, *sys.argv[2:]]
    failures = 0
    for header in shared:
        for name in unsized(header):
            failures += 1
            print(f"{header}: no assertion of the size of struct {name}")
    for target in TARGETS:
        for header in headers:
            done = subprocess.run(
                ["clang", f"--target={target}", "-ffreestanding", "-fsyntax-only", "-std=gnu11",
                 "-x", "c", f"-I{top}/include", f"-I{top}/protocol", header],
                capture_output=True, text=True,
            )  # fmt: skip
            if done.returncode != 0:
                failures += 1
                print(f"{target}: {header}\n{done.stderr}")
    sys.exit(1 if failures else 0)


if __name__ == "__main__":
    main()
