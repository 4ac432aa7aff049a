#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""systemd understands the units, down to the last setting, and xenglassd the policy beside them."""
import pathlib
import re
import subprocess
import sys

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[1] / "harness"))
import stack  # pylint: disable=wrong-import-position
from daemon_test import DAEMON, GUESTD

UNITS = {
    "xenglass-guestd.service": GUESTD,
    "xenglassd.service": DAEMON,
}
POLICY = stack.TOP / "backend-compositor/daemon/system/policy"


def check_unit(run, name, program):
    """As it is built, but for the place of the program, which is not installed."""
    text = (program.parent / name).read_text()
    text, count = re.subn(r"^ExecStart=\S+", f"ExecStart={program}", text, flags=re.MULTILINE)
    path = run.folder / name
    path.write_text(text)
    # Of the units that it goes after, none need be here.
    answer = subprocess.run(["systemd-analyze", "verify", "--man=no", path], text=True,
                            capture_output=True, timeout=stack.DEADLINE_S, check=False)
    if count != 1 or answer.returncode != 0 or answer.stdout or answer.stderr:
        raise stack.Failure(f"{name}: status {answer.returncode}, {answer.stdout}{answer.stderr}")


def check_words(run, name, program):
    """The program knows the options that the unit gives it."""
    line = re.search(r"^ExecStart=\S+((?:.|\\\n)*)", (program.parent / name).read_text(),
                     flags=re.MULTILINE)[1]
    words = line.replace("\\\n", " ").split()
    answer = subprocess.run([program, *words, "--help"], env=run.environment, text=True,
                            capture_output=True, timeout=stack.DEADLINE_S, check=False)
    if answer.returncode != 0:
        raise stack.Failure(f"{name}: {words}: {answer.stderr}")


def check_policy(run):
    """The sample is read without complaint: what stops the daemon is that there is no xenstore."""
    answer = subprocess.run([DAEMON, "--xen", POLICY, "--runtime-dir", run.folder],
                            env=run.environment, text=True, capture_output=True,
                            timeout=stack.DEADLINE_S, check=False)
    if "policy" in answer.stderr or "xenstore" not in answer.stderr:
        raise stack.Failure(f"the sample policy: {answer.stderr}")


def test():
    stack.need("systemd-analyze")
    if not all((program.parent / name).exists() for name, program in UNITS.items()):
        stack.skip("this build knows no Xen")
    with stack.Run() as run:
        for name, program in UNITS.items():
            check_unit(run, name, program)
            check_words(run, name, program)
        check_policy(run)


if __name__ == "__main__":
    stack.main(test)
