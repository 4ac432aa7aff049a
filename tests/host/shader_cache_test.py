#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""What a program draws does not depend on what the host's shader cache holds: nothing, all of it,
too much, rubbish. What a program has compiled, the next one finds; and it counts.

usage: shader_cache_test.py XG-GL-CASE
"""
import os
import pathlib
import socket
import subprocess
import sys

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[1] / "harness"))
import stack  # pylint: disable=wrong-import-position
from daemon_test import GUESTD, start_ready

HOST = stack.BUILD / "backend-compositor/host/xenglass-host"
JSON = stack.BUILD / "frontend-egl/20_xenglass.json"
MESA = "/usr/share/glvnd/egl_vendor.d/50_mesa.json"
CASES = ("scene", "frames_es32", "transform_feedback")
# Mesa 22.3 does not bear an upload of texels while another context draws.
WITHOUT_TEXTURES = ("transform_feedback",)
# Of the files in the host's memory: where the compiled is, and the list of it.
COMPILED, LIST = "1001", "1002"
LITTLE = 16384


class Guest:
    """A guest, with a host that has that much for its cache. Used by `with`."""

    def __init__(self, run, program, name, cache_bytes, environment=None):
        self.run, self.program, self.folder = run, program, run.folder / name
        self.folder.mkdir()
        link = self.folder / "link"
        self.stats, far = socket.socketpair(socket.AF_UNIX, socket.SOCK_SEQPACKET)
        ready, writer = os.pipe()
        self.host = run.start([HOST, "--listen", link, "--stats-fd", far.fileno(), "--quota",
                               f"cache-bytes={cache_bytes}", "--ready-fd", writer],
                              pass_fds=(far.fileno(), writer), environment=environment or {})
        far.close()
        os.close(writer)
        os.read(ready, 1)
        os.close(ready)
        self.guestd = start_ready(run, [GUESTD, "--link", link, "--runtime-dir", self.folder])

    def __enter__(self):
        return self

    def __exit__(self, kind, value, trace):
        stack.end(self.guestd)
        stack.end(self.host)
        self.stats.close()

    def start(self, case):
        return self.run.start(
            [self.program, case], stdout=subprocess.PIPE, stderr=subprocess.STDOUT,
            environment={"XENGLASS_SOCKET": str(self.folder / "gl.sock"),
                         "__EGL_VENDOR_LIBRARY_FILENAMES": str(JSON)})

    def check(self, native, *, is_twice=False):
        """Whether each case, or two of one at once, says what it says natively."""
        for case in WITHOUT_TEXTURES if is_twice else native:
            for process in [self.start(case) for _ in range(1 + is_twice)]:
                if process.communicate()[0] != native[case]:
                    raise stack.Failure(f"{self.folder.name}: {case} says something else")
        # The driver writes behind the programs' backs, and has written when their displays end.
        stack.wait_until(lambda: not self.used("displays"), "the programs' displays are gone")

    def used(self, quota):
        """What the host says that the guest uses."""
        self.stats.send(b"?")
        for line in self.stats.recv(8192).decode().splitlines():
            if line.startswith(f"{quota} "):
                return int(line.split()[1])
        raise stack.Failure(f"the host does not tell of {quota}")

    def file(self, number):
        return pathlib.Path(f"/proc/{self.host.pid}/fd/{number}")


def check_next_one_finds(run, program, native):
    with Guest(run, program, "warm", 16 << 20) as guest:
        guest.check(native)
        before, compiled = guest.file(LIST).read_bytes(), guest.file(COMPILED).read_bytes()
        used = guest.used("cache-bytes")
        if len(compiled) < LITTLE or used < len(compiled):
            raise stack.Failure(f"only {len(compiled)} bytes are kept, or {used}")
        guest.check(native)
        after = guest.file(LIST).read_bytes()
        if guest.file(COMPILED).read_bytes() != compiled or len(after) != len(before):
            raise stack.Failure("the same programs were compiled anew")
        if after == before:
            raise stack.Failure("nobody looked into the cache")
        guest.check(native, is_twice=True)


def check_full(run, program, native):
    with Guest(run, program, "full", LITTLE) as guest:
        guest.check(native, is_twice=True)
        guest.check(native)
        size = guest.file(COMPILED).stat().st_size
        if not 0 < size <= LITTLE:
            raise stack.Failure(f"{size} bytes in a cache of {LITTLE}")


def spoil(data):
    """Other octets everywhere but in the head."""
    return data[:64] + bytes(octet ^ 0x55 for octet in data[64:])


def check_spoilt(run, program, native):
    spoilt = {
        "rubbish": lambda guest: guest.file(COMPILED).write_bytes(
            spoil(guest.file(COMPILED).read_bytes())),
        "half": lambda guest: os.truncate(guest.file(COMPILED), LITTLE // 2),
        "list": lambda guest: guest.file(LIST).write_bytes(spoil(guest.file(LIST).read_bytes())),
        "empty": lambda guest: os.truncate(guest.file(LIST), 0),
    }  # fmt: skip
    for name, do in spoilt.items():
        with Guest(run, program, name, 16 << 20) as guest:
            guest.check(native)
            do(guest)
            guest.check(native)


def check_without(run, program, native):
    for name, cache_bytes, environment in (
            ("quota", 0, {}), ("variable", 16 << 20, {"MESA_SHADER_CACHE_DISABLE": "true"})):
        with Guest(run, program, name, cache_bytes, environment) as guest:
            guest.check(native)
            if guest.used("cache-bytes") or guest.file(COMPILED).exists():
                raise stack.Failure(f"{name}: there is a cache all the same")


def test():
    program = os.path.abspath(sys.argv[1])
    with stack.Run() as run:
        run.environment.pop("MESA_SHADER_CACHE_DISABLE", None)
        native = {
            case: run.start([program, case], stdout=subprocess.PIPE, stderr=subprocess.STDOUT,
                            environment={"__EGL_VENDOR_LIBRARY_FILENAMES": MESA,
                                         "MESA_SHADER_CACHE_DISABLE": "true"}).communicate()[0]
            for case in CASES
        }  # fmt: skip
        if not all(said.endswith(b"end\n") for said in native.values()):
            raise stack.Failure("the programs do not run natively")
        check_next_one_finds(run, program, native)
        check_full(run, program, native)
        check_spoilt(run, program, native)
        check_without(run, program, native)


if __name__ == "__main__":
    stack.main(test)
