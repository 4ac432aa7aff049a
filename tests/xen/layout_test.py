#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""What lies in memory that guest and host share is laid out alike on every kind of processor.

usage: layout_test.py TOP GENERATED-HEADER…

Each header's own static assertions are checked by clang for each target, of which it needs nothing
but the compiler.
"""
import pathlib
import shutil
import subprocess
import sys

SKIP = 77
TARGETS = ("x86_64-linux-gnu", "i386-linux-gnu", "aarch64-linux-gnu", "armv7-linux-gnueabihf")


def main():
    if not shutil.which("clang"):
        print("skipped: there is no clang here")
        sys.exit(SKIP)
    top = pathlib.Path(sys.argv[1])
    headers = [*sorted((top / "include/xenglass").glob("*.h")), *sys.argv[2:]]
    failures = 0
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
