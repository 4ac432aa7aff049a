#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""Runs the EGL parity programs on the host's driver and through the stack, and compares.

usage: parity.py CASE_PROGRAM PLATFORM [GUEST_CASE_PROGRAM]

Both transcripts must be the same to the byte. The stack is started once for all cases. The guest
may have another processor, and hence a program of its own. With XENGLASS_NO_SWEEPS the cases that
try every attribute are left out.
"""
import difflib
import os
import pathlib
import subprocess
import sys

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[1] / "harness"))
import stack  # noqa: E402

# Cases whose program starts itself again, which an emulator of a processor does not do for them.
STARTS_ITSELF = ("exits", "platforms")
MESA = "/usr/share/glvnd/egl_vendor.d/50_mesa.json"
# Runs every case within the guest: a folder for the transcripts, the program, the platform, cases.
SCRIPT = """
folder=$1; program=$2; platform=$3; shift 3
for name; do
	timeout 600 "$program" "$name" "$platform" >"$folder/$name.out" 2>"$folder/$name.err"
	echo $? >"$folder/$name.status"
done
"""


def run_all(run, folder, start, program, platform, names):
    """Runs the cases by start, into a folder, and answers their transcripts."""
    folder.mkdir()
    process = start(["sh", "-c", SCRIPT, "cases", folder, program, platform, *names])
    if process.wait() != 0:
        raise stack.Failure(f"the {folder.name} run ended with {process.returncode}")
    transcripts = {}
    for name in names:
        text = (folder / f"{name}.out").read_text()
        status = (folder / f"{name}.status").read_text().strip()
        if status != "0":
            text += (folder / f"{name}.err").read_text() + f"exit status {status}\n"
        transcripts[name] = text
    return transcripts


def behind_layer(json):
    """The environment in which the vendor library of that file is the driver."""
    return {
        "__EGL_VENDOR_LIBRARY_FILENAMES": str(json),
        "LD_LIBRARY_PATH": str(json.parent),
        "EGL_LOG_LEVEL": "fatal",
        "TSAN_OPTIONS": "report_bugs=0",
        "ASAN_OPTIONS": os.environ.get("ASAN_OPTIONS", "") + ":detect_leaks=0",
    }


def compare(native, ours):
    """Prints what differs and answers the names of the cases in which something does."""
    wrong = []
    for name, expected in native.items():
        if not expected.strip() or "exit status" in expected:
            print(f"{name}: does not work on the host's driver:\n{expected}")
            wrong.append(name)
        elif ours[name] != expected:
            wrong.append(name)
            lines = [text.splitlines() for text in (expected, ours[name])]
            for line in difflib.unified_diff(*lines, "native", "xenglass", n=1, lineterm=""):
                print(f"{name}: {line}")
    return wrong


def test():
    program, platform = pathlib.Path(sys.argv[1]).resolve(), sys.argv[2]
    guest_program = pathlib.Path(sys.argv[3]).resolve() if len(sys.argv) > 3 else program
    stack.need(stack.LOCAL, stack.BUILD / "backend-compositor/host/xenglass-host",
               stack.BUILD / "frontend-egl/guestd/xenglass-guestd")
    listed = subprocess.run([program, "--list"], stdout=subprocess.PIPE, text=True, check=True)
    names = listed.stdout.split()
    if guest_program != program:
        names = [name for name in names if name not in STARTS_ITSELF]
    if os.environ.get("XENGLASS_NO_SWEEPS"):
        names = [name for name in names if not name.endswith("_attributes")]
    with stack.Run() as run:
        compositor = stack.Compositor(run)
        # What Mesa leaks, and where its threads race, is not ours to report.
        mesa = {"__EGL_VENDOR_LIBRARY_FILENAMES": MESA, "EGL_LOG_LEVEL": "fatal",
                "TSAN_OPTIONS": "report_bugs=0",
                "ASAN_OPTIONS": os.environ.get("ASAN_OPTIONS", "") + ":detect_leaks=0"}
        native = run_all(run, run.folder / "native",
                         lambda command: compositor.native("guest1", command, environment=mesa),
                         program, platform, names)
        ours = run_all(run, run.folder / "xenglass",
                       lambda command: compositor.guest("guest1", command),
                       guest_program, platform, names)
        wrong = compare(native, ours)
    if wrong:
        raise stack.Failure(f"{len(wrong)} of {len(names)} cases differ: {' '.join(wrong)}")
    print(f"{len(names)} cases are the same")


if __name__ == "__main__":
    stack.main(test)
