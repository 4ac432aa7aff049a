#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""Builds the guest's side for other processors, runs its tests, and draws with it.

usage: cross_test.py BUILD [ARCHITECTURE…]      (Debian's names; all that are known if none is given)

A guest need not have the host's processor. For each architecture the guest's side is built by clang,
against Debian's packages (sysroot.py); its unit tests run; and then its library and its daemon take
programs of that architecture to the ordinary host of BUILD, over the local link. The parity programs
must say what they say natively, on this processor and on its driver. What this processor cannot run
goes through QEMU's emulation of a process.

Speaks TAP. Whether memory is ordered as a weakly ordered processor needs it, no emulation on a
strongly ordered one can show.
"""
import json
import os
import pathlib
import re
import shutil
import subprocess
import sys
from dataclasses import dataclass

import sysroot

SKIP = 77
TOP = pathlib.Path(__file__).resolve().parents[2]
# Guards against what hangs: no machine is so slow.
LIMIT_S = 1200
UNIT_LIMIT_FACTOR = 20


@dataclass
class Processor:
    triplet: str  # of its libraries' folders, and for clang
    family: str  # as meson calls it
    emulator: str


PROCESSORS = {
    "arm64": Processor("aarch64-linux-gnu", "aarch64", "qemu-aarch64"),
    "i386": Processor("i386-linux-gnu", "x86", "qemu-i386"),
}

CROSS_FILE = """\
[binaries]
c = ['clang', '--target={triplet}', '--sysroot={root}']
c_ld = 'lld'
ar = '{ar}'
pkgconfig = 'pkg-config'
exe_wrapper = {launcher}
[properties]
needs_exe_wrapper = true
sys_root = '{root}'
pkg_config_libdir = ['{root}/usr/lib/{triplet}/pkgconfig', '{root}/usr/share/pkgconfig']
[host_machine]
system = 'linux'
cpu_family = '{family}'
cpu = '{family}'
endian = 'little'
"""


class Report:
    """Test points of TAP, with the plan at the end."""

    def __init__(self):
        self.count = self.failures = self.skipped = 0

    def add(self, name, result):
        """result is "ok", "not ok", or why it is skipped."""
        self.count += 1
        is_failed = result == "not ok"
        is_skipped = result not in ("ok", "not ok")
        self.failures += is_failed
        self.skipped += is_skipped
        verdict = "not ok" if is_failed else "ok"
        print(f"{verdict} {self.count} {name}" + (f" # SKIP {result}" if is_skipped else ""),
              flush=True)  # fmt: skip

    def end(self):
        print(f"1..{self.count}")
        return 1 if self.failures else SKIP if self.skipped == self.count else 0


def comment(text):
    for line in text.splitlines():
        print(f"# {line}")


class Guest:
    """The guest's side for one architecture: where it is built, and how its programs are run."""

    def __init__(self, build, name):
        self.processor = PROCESSORS[name]
        self.host = build
        self.name = name
        self.build = build / "cross" / name
        self.tree = build / "cross" / f"{name}-stack"
        for program in ("clang", "ld.lld", "pkg-config"):
            if not shutil.which(program):
                raise sysroot.Unavailable(f"there is no {program}")
        self.root = sysroot.sysroot(name)
        self.launcher = self.find_launcher()

    def find_launcher(self):
        """The words that come before a program and its arguments."""
        triplet = self.processor.triplet
        loader = next((self.root / "lib").glob("ld-linux*.so.*"))
        libraries = f"{self.root}/lib/{triplet}:{self.root}/usr/lib/{triplet}"
        try:
            if subprocess.run([loader, "--version"], capture_output=True).returncode == 0:
                return [str(loader), "--library-path", libraries]
        except OSError:
            pass
        if not shutil.which(self.processor.emulator):
            raise sysroot.Unavailable(f"there is no {self.processor.emulator}")
        return [self.processor.emulator, "-L", str(self.root)]

    def make(self):
        """True if the guest's side is built."""
        archiver = subprocess.run(
            ["clang", "--print-prog-name=llvm-ar"], capture_output=True, text=True, check=True)
        text = CROSS_FILE.format(
            triplet=self.processor.triplet, family=self.processor.family, root=self.root,
            ar=archiver.stdout.strip(), launcher=self.launcher)  # fmt: skip
        file = self.build.with_suffix(".ini")
        if not file.exists() or file.read_text() != text:
            shutil.rmtree(self.build, ignore_errors=True)
            file.parent.mkdir(exist_ok=True)
            file.write_text(text)
        commands = [["ninja", "-C", self.build]]
        if not (self.build / "build.ninja").exists():
            commands.insert(
                0, ["meson", "setup", self.build, TOP, "--cross-file", file, "-Dhost=false"])
        for command in commands:
            done = subprocess.run(command, capture_output=True, text=True)
            if done.returncode != 0:
                comment(done.stdout[-8000:] + done.stderr[-2000:])
                return False
        return True

    def unit_tests(self, report):
        log = self.build / "meson-logs" / "testlog.json"
        log.unlink(missing_ok=True)
        done = subprocess.run(
            ["meson", "test", "-C", self.build, "--no-rebuild", "--print-errorlogs",
             "--timeout-multiplier", str(UNIT_LIMIT_FACTOR)],
            capture_output=True, text=True)  # fmt: skip
        if done.returncode != 0:
            comment(done.stdout)
        if not log.exists():
            report.add(f"{self.name}: meson test", "not ok")
            return
        for line in log.read_text().splitlines():
            test = json.loads(line)
            result = {"OK": "ok", "SKIP": "it cannot run so"}.get(test["result"], "not ok")
            report.add(f"{self.name}: {test['name']}", result)

    def program(self, path):
        """The script that stands in the stack's folder for a program of the architecture."""
        script = self.tree / path
        script.parent.mkdir(parents=True, exist_ok=True)
        script.write_text('#!/bin/sh\nexec {} "$@"\n'.format(
            " ".join(f"'{word}'" for word in [*self.launcher, self.build / path])))
        script.chmod(0o755)
        return script

    def make_stack(self):
        """A build folder of which the guest's side is of this architecture, the host's of ours."""
        shutil.rmtree(self.tree, ignore_errors=True)
        backend = self.tree / "backend-compositor"
        # It looks for the others beside itself, wherever a link to it stands.
        shutil.copytree(self.host / "backend-compositor/local", backend / "local",
                        ignore=lambda _, names: {n for n in names if n != "xenglass-local"})
        for name in ("host", "compositor"):
            (backend / name).symlink_to(self.host / "backend-compositor" / name)
        self.program("frontend-egl/guestd/xenglass-guestd")
        shutil.copy(self.build / "frontend-egl/20_xenglass.json", self.tree / "frontend-egl")

    def parity(self, path, *arguments):
        """What a comparison printed, and how it ended."""
        done = subprocess.run(
            ["timeout", str(LIMIT_S), sys.executable, TOP / "tests" / path, *arguments],
            env={**os.environ, "XENGLASS_BUILD": str(self.tree)},
            stdout=subprocess.PIPE, text=True)  # fmt: skip
        return done.stdout, done.returncode

    def gl_parity(self, report):
        path = "tests/gl/xg-gl-case"
        text, status = self.parity("gl/parity.py", self.host / path, "--guest", self.program(path))
        plan, told = None, 0
        for line in text.splitlines():
            if match := re.fullmatch(r"1\.\.(\d+)", line):
                plan = int(match[1])
            elif match := re.fullmatch(r"(ok|not ok) \d+ (.*?)(?: # SKIP (.*))?", line):
                told += 1
                report.add(f"{self.name}: GL parity, {match[2]}", match[3] or match[1])
            else:
                print(line)
        if status != 0 or told != plan:
            report.add(f"{self.name}: GL parity, {told} cases of {plan}", "not ok")

    def egl_parity(self, report, path, platform):
        text, status = self.parity("egl/parity.py", self.host / path, platform, self.program(path))
        if status != 0:
            comment(text)
        report.add(f"{self.name}: {pathlib.Path(path).name} {platform}",
                   "ok" if status == 0 else "not ok")

    def test(self, report):
        if not self.make():
            report.add(f"{self.name}: build", "not ok")
            return
        self.unit_tests(report)
        self.make_stack()
        self.gl_parity(report)
        self.egl_parity(report, "tests/egl/xg-egl-case", "wayland")
        self.egl_parity(report, "tests/threads/xg-threads-case", "surfaceless")


def main():
    build = pathlib.Path(sys.argv[1]).resolve()
    names = sys.argv[2:] or list(PROCESSORS)
    unknown = [name for name in names if name not in PROCESSORS]
    if unknown:
        sys.exit(f"cross_test: no architecture {unknown[0]}: there are {' '.join(PROCESSORS)}")
    report = Report()
    for name in names:
        try:
            guest = Guest(build, name)
        except sysroot.Unavailable as reason:
            report.add(name, str(reason))
            continue
        guest.test(report)
    return report.end()


if __name__ == "__main__":
    sys.exit(main())
