# SPDX-License-Identifier: MIT
"""What xg-told says natively and in a guest."""
import os
import pathlib
import subprocess
import sys

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[1] / "harness"))
import stack  # noqa: E402

MESA = "/usr/share/glvnd/egl_vendor.d/50_mesa.json"


def said(command, environment):
    """What is told, in order: what -> answer."""
    lines = subprocess.run(command, env=environment, capture_output=True, text=True,
                           check=True).stdout.splitlines()
    pairs = [line.split(" = ", 1) for line in lines]
    if len(pairs) != len({pair[0] for pair in pairs}):
        raise stack.Failure("xg-told said a thing twice")
    return dict(pairs)


def native_and_guest(program):
    program = str(pathlib.Path(program).resolve())
    native = said([program], {**os.environ, "__EGL_VENDOR_LIBRARY_FILENAMES": MESA})
    with stack.Run() as run:
        guest = said([stack.LOCAL, "--headless", "64x64", "--", program], run.environment)
    return native, guest
