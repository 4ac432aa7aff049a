#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""What xenglass-host and xenglassd say to a wrong command line or environment: one clear line, a
status that is not 0, and nothing left behind."""
import pathlib
import subprocess
import sys

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[1] / "harness"))
import stack  # pylint: disable=wrong-import-position

HOST = stack.BUILD / "backend-compositor/host/xenglass-host"
DAEMON = stack.BUILD / "backend-compositor/daemon/xenglassd"

# program, arguments ({} is an empty folder), what the line must say, the exit status
WRONG = (
    (HOST, (), "--listen", 2),
    (HOST, ("--listen", "{}/link", "--link-fd", "0"), "--listen", 2),
    (HOST, ("--listen", "{}/none/link"), "No such file", 1),
    (HOST, ("--listen", "{}/" + "long" * 40), "too long", 1),
    (HOST, ("--link-fd", "77"), "open descriptor", 2),
    (HOST, ("--link-fd", "x"), "open descriptor", 2),
    (HOST, ("--quota", "contexts", "--listen", "{}/link"), "--quota", 2),
    (HOST, ("--listen", "{}/link", "more"), "'more'", 2),
    (HOST, ("--listen", "{}/link", "--wayland", "/" + "long" * 27), "too long", 2),
    (HOST, ("--listen", "{}/link", "--wayland", "{}/none"), "none: No such file", 1),
    (HOST, ("--bogus",), "--bogus: no such option", 2),
    (HOST, ("--listen",), "--listen: no such option, or its value is missing", 2),
    (DAEMON, ("--bogus",), "--bogus: no such option", 2),
    (DAEMON, ("--listen", "{}/link", "--runtime-dir", "{}/none"), "cannot make sockets in", 1),
    (DAEMON, (), "--runtime-dir", 2),
    (DAEMON, ("--listen", "{}/link"), "--runtime-dir", 2),
    (DAEMON, ("--listen", "{}/none/link", "--runtime-dir", "{}"), "No such file", 1),
    (DAEMON, ("--listen", "{}/link", "--runtime-dir", "{}", "--host", "{}/none"),
     "xenglass-host", 1),
    (DAEMON, ("--colour", "blue"), "hexadecimal", 2),
    (DAEMON, ("--name", "a/b"), "letters", 2),
    (DAEMON, ("--name", "n" * 21), "up to 20", 2),
    (DAEMON, ("--guests-max", "0"), "from 1 to 256", 2),
)


def check(run, program, arguments, says, status):
    words = [word.replace("{}", str(run.folder)) for word in arguments]
    done = subprocess.run([program, *words], env=run.environment, capture_output=True, text=True,
                          timeout=stack.DEADLINE_S, check=False)
    lines = done.stderr.splitlines()
    what = f"{program.name} {' '.join(arguments)}"
    if done.returncode != status:
        raise stack.Failure(f"{what}: status {done.returncode}, not {status}: {done.stderr}")
    if len(lines) != 1 or says not in lines[0]:
        raise stack.Failure(f"{what}: said {lines}, which is not one line with '{says}'")
    left = list(run.folder.iterdir())
    if left:
        raise stack.Failure(f"{what}: left {left}")


def test():
    with stack.Run() as run:
        for program, arguments, says, status in WRONG:
            check(run, program, arguments, says, status)
        for program in (HOST, DAEMON):
            for option in ("--help", "--version"):
                done = subprocess.run([program, option], capture_output=True, text=True,
                                      timeout=stack.DEADLINE_S, check=False)
                if done.returncode != 0 or program.name not in done.stdout or done.stderr:
                    raise stack.Failure(f"{program.name} {option}: {done}")


stack.main(test)
