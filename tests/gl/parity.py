#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""Runs each parity program on the host's driver and through the stack, and compares, to the byte.

usage: parity.py XG-GL-CASE [--guest XG-GL-CASE] [CASE…]   speaks TAP: a test point for each case
       parity.py XG-GL-CASE --into FOLDER [CASE…]   (in the guest) writes the transcripts

All cases run in one guest, one after the other, each in its own process. The guest may have another
processor, and hence a program of its own.
"""
import difflib
import os
import pathlib
import subprocess
import sys
import tempfile

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[1] / "harness"))
import stack  # noqa: E402
import switches  # noqa: E402

MESA = "/usr/share/glvnd/egl_vendor.d/50_mesa.json"
CASE_TIMEOUT_S = 600
DIFF_LINES = 24


def run_case(program, name, environment):
    """The transcript; how the process ended is a part of it."""
    try:
        done = subprocess.run(
            [program, name], env=environment, capture_output=True, timeout=CASE_TIMEOUT_S)
    except subprocess.TimeoutExpired as late:
        return (late.stdout or b"") + b"timeout\n"
    text = done.stdout
    if done.returncode:
        text += done.stderr + f"exit status {done.returncode}\n".encode()
    return text


def run_into(program, folder, names):
    for name in names:
        (folder / name).write_bytes(run_case(program, name, os.environ))


def stack_transcripts(program, names, folder):
    """Runs this script again, in a guest."""
    command = [stack.LOCAL, "--headless", "64x64", "--", sys.executable, __file__, program,
               "--into", folder, *names]
    with stack.Run() as run:
        done = subprocess.run(command, env=run.environment, capture_output=True, text=True)
    if done.returncode:
        print(f"# xenglass-local: exit status {done.returncode}")
    for line in done.stderr.splitlines():
        print(f"# {line}")


def compare(number, name, native, path):
    through = path.read_bytes() if path.exists() else b"no transcript\n"
    if through == native and native.endswith(b"end\n"):
        print(f"ok {number} {name}")
        return
    if through == native and native.startswith(b"no GL_"):
        print(f"ok {number} {name} # SKIP {native.decode().strip()}")
        return
    print(f"not ok {number} {name}")
    native_lines, lines = (t.decode(errors="replace").splitlines() for t in (native, through))
    shown = 0
    for line in difflib.unified_diff(native_lines, lines, "native", "xenglass", "", "", 1, ""):
        shown += 1
        if shown <= DIFF_LINES:
            print(f"# {line}")
    print(f"# {shown} lines of difference; the transcript has {len(native_lines)} lines")


def main():
    program, names = os.path.abspath(sys.argv[1]), sys.argv[2:]
    if names[:1] == ["--into"]:
        run_into(program, pathlib.Path(names[1]), names[2:])
        return
    guest_program = program
    if names[:1] == ["--guest"]:
        guest_program, names = os.path.abspath(names[1]), names[2:]
    if not names:
        # A program of 32 bits has fewer.
        names = subprocess.run(
            [guest_program, "--list"], capture_output=True, text=True, check=True).stdout.split()
    # Mesa's own leaks are not looked for; ours, in the guest, are.
    sanitizer = os.environ.get("ASAN_OPTIONS", "") + ":detect_leaks=0"
    # Without its cache Mesa has no program binaries, and ours do not depend on it.
    native_environment = {
        **switches.without(os.environ), "__EGL_VENDOR_LIBRARY_FILENAMES": MESA,
        "ASAN_OPTIONS": sanitizer}  # fmt: skip
    print(f"1..{len(names)}")
    with tempfile.TemporaryDirectory(prefix="xg-gl-") as folder:
        stack_transcripts(guest_program, names, folder)
        for number, name in enumerate(names, 1):
            native = run_case(program, name, native_environment)
            compare(number, name, native, pathlib.Path(folder) / name)


if __name__ == "__main__":
    main()
