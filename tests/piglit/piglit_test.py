#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""Runs piglit's tests for ES and EGL on the host's driver and through the stack, and compares.

usage: piglit_test.py [--quick] [--native N] [PATTERN…]

Each test is a process, run natively and right after that in a guest. What one says and the other
does not, down to the subtest, is a failure, unless exceptions.txt knows the test. A host process
that ends is a test's result like another, and the next test has a new guest: so a driver's crash
counts only where the test does not crash natively. Patterns are parts of tests' names; --quick
takes each eighth of the tests of the compiler; --native runs natively alone, N times, and tells
what varies: that is the evidence for an exception.

Speaks TAP, a point for each group of tests. piglit/summary.json in the build folder has each test
with both results.
"""
import argparse
import collections
import contextlib
import fnmatch
import json
import os
import pathlib
import queue
import subprocess
import sys
import threading

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[1] / "harness"))
import catalogue  # noqa: E402
import result  # noqa: E402
import stack  # noqa: E402

HERE = pathlib.Path(__file__).resolve().parent
WORKER = [sys.executable, HERE / "worker.py"]
MESA = "/usr/share/glvnd/egl_vendor.d/50_mesa.json"
ON_ES = stack.BUILD / "tests/piglit/libpiglit-on-es.so"
LANES = 2
QUICK_EACH = 8
# How much of a difference is printed; the summary has the rest.
TEXT_LINES = 12
PARTS = 12
# A guard against what hangs: no machine is so slow.
LIMIT_S = 1200


class Side:
    """A worker, and where it runs. It begins with the first test, and anew after its end."""

    def __init__(self, run, command, environment, log):
        self.run, self.command, self.log = run, command, log
        self.environment = environment
        self.process = None

    def begin(self):
        self.process = self.run.start(
            self.command, environment=self.environment, stdin=subprocess.PIPE,
            stdout=subprocess.PIPE, stderr=self.log, text=True)  # fmt: skip

    def test(self, test, display):
        """The result of a test."""
        if self.process is None:
            self.begin()
        extra = {"DISPLAY": display, "LD_PRELOAD": str(ON_ES)} if test.platform == "x11" else {}
        order = {
            "command": test.command, "folder": str(catalogue.HOME), "limit_s": LIMIT_S,
            "environment": {**test.environment, **extra},
        }  # fmt: skip
        try:
            print(json.dumps(order), file=self.process.stdin, flush=True)
            line = self.process.stdout.readline()
        except BrokenPipeError:
            line = ""
        if not line:
            self.process.communicate()
            self.process = None
            return result.Result(result.HOST_ENDED)
        return result.read(**json.loads(line))

    def end(self):
        if self.process is not None:
            self.process.communicate()


class Stage:
    """What all tests share: a compositor with a native client and a guest for each lane, and an X
    server, without which most of EGL's tests do not begin."""

    def __init__(self, run, log):
        names = [f"{side}{lane}" for lane in range(LANES) for side in ("native", "guest")]
        self.run, self.log = run, log
        self.compositor = stack.Compositor(run, guests=names)
        reader, writer = os.pipe()
        run.start(["Xvfb", "-displayfd", str(writer), "-noreset", "-nolisten", "tcp"], pass_fds=(writer,),
                  stderr=log)  # fmt: skip
        os.close(writer)
        with os.fdopen(reader) as answer:
            self.display = f":{answer.readline().strip()}"

    def native(self, lane):
        environment = {
            "WAYLAND_DISPLAY": str(self.compositor.sockets[f"native{lane}"]),
            "__EGL_VENDOR_LIBRARY_FILENAMES": MESA,
            **self.run.shader_cache(),
        }
        return Side(self.run, WORKER, environment, self.log)

    def guest(self, lane):
        socket = self.compositor.sockets[f"guest{lane}"]
        command = [stack.LOCAL, "--wayland", socket, "--", *WORKER]
        return Side(self.run, command, {}, self.log)


class Outcome:
    """The tests that ran, each with the results that it had."""

    def __init__(self):
        self.results = {}

    def add(self, test, results):
        self.results[test] = results

    def differing(self):
        return sorted((t for t, r in self.results.items() if not all(map(r[0].is_like, r))),
                      key=lambda test: test.name)  # fmt: skip


def run_tests(stage, tests, sides_of):
    """Runs each test on each of a lane's sides, one after the other, in LANES lanes."""
    outcome, waiting = Outcome(), queue.SimpleQueue()
    for test in tests:
        waiting.put(test)

    def work(lane):
        sides = sides_of(lane)
        with contextlib.suppress(queue.Empty):
            while True:
                test = waiting.get_nowait()
                outcome.add(test, [side.test(test, stage.display) for side in sides])
        for side in dict.fromkeys(sides):
            side.end()

    lanes = [threading.Thread(target=work, args=(lane,)) for lane in range(LANES)]
    for lane in lanes:
        lane.start()
    for lane in lanes:
        lane.join()
    return outcome


class Exceptions:
    """Tests whose results may differ, as exceptions.txt names them, and why."""

    def __init__(self):
        lines = (HERE / "exceptions.txt").read_text().splitlines()
        pairs = [line.split(" | ", 1) for line in lines if line and not line.startswith("#")]
        self.reasons = {pattern.strip(): reason for pattern, reason in pairs}

    def reason(self, test):
        """Why this one's may; None if it may not."""
        for pattern, reason in self.reasons.items():
            if fnmatch.fnmatchcase(test.name, pattern):
                return reason
        return None

    def check(self, tests):
        """Fails if one is about no test."""
        for pattern in self.reasons:
            if not any(fnmatch.fnmatchcase(test.name, pattern) for test in tests):
                raise stack.Failure(f"exceptions.txt: there is no test {pattern}")


def choose(tests, patterns, is_quick):
    if patterns:
        tests = [t for t in tests if any(pattern in t.name for pattern in patterns)]
    if is_quick:
        compiler = [test for test in tests if test.group == "glslparser"]
        tests = [test for test in tests if test.group != "glslparser"] + compiler[::QUICK_EACH]
    return tests


def write_summary(path, outcome, exceptions):
    summary = {}
    for test, (native, guest) in sorted(outcome.results.items(), key=lambda pair: pair[0].name):
        entry = {"native": native.record(), "xenglass": guest.record(), "same": native.is_like(guest)}
        if reason := exceptions.reason(test):
            entry["exception"] = reason
        summary[test.name] = entry
    path.write_text(json.dumps(summary, indent=1) + "\n")


def tell_difference(test, results):
    differences = results[0].differences(results[-1])
    for name, *words in differences[:PARTS]:
        part = f", {name}" if name else ""
        print(f"# {test.name}{part}: natively {words[0]}, through xenglass {words[1]}")
    if len(differences) > PARTS:
        print(f"#   and {len(differences) - PARTS} more of its parts")
    print(f"#   {' '.join(test.command)}")
    for line in results[-1].text.splitlines()[-TEXT_LINES:]:
        print(f"#   | {line}")


def report(outcome, exceptions):
    """Prints the points, and answers whether all is well."""
    differing = [test for test in outcome.differing() if not exceptions.reason(test)]
    groups = sorted({test.group for test in outcome.results})
    print(f"1..{len(groups)}")
    for number, group in enumerate(groups, 1):
        wrong = [test for test in differing if test.group == group]
        for test in wrong:
            tell_difference(test, outcome.results[test])
        words = collections.Counter(
            results[0].word for test, results in outcome.results.items() if test.group == group)
        counts = ", ".join(f"{count} {word}" for word, count in words.most_common())
        excepted = sum(test.group == group for test in outcome.differing()) - len(wrong)
        verdict = "not ok" if wrong else "ok"
        print(f"{verdict} {number} {group} (natively {counts}), {len(wrong)} differ, {excepted} may")
    return not differing


def main():
    parser = argparse.ArgumentParser(prog="./xg piglit", description=__doc__.partition("\n")[0])
    parser.add_argument("--quick", action="store_true",
                        help=f"of the tests of the compiler each {QUICK_EACH}th")  # fmt: skip
    parser.add_argument("--native", type=int, metavar="N",
                        help="natively alone, N times: tell what varies")  # fmt: skip
    parser.add_argument("patterns", nargs="*", metavar="PATTERN", help="part of a test's name")
    arguments = parser.parse_args()

    stack.need(catalogue.HOME / "bin/shader_runner_gles3", "Xvfb")
    tests, exceptions = catalogue.tests(), Exceptions()
    exceptions.check(tests)
    tests = choose(tests, arguments.patterns, arguments.quick)
    folder = stack.BUILD / "piglit"
    folder.mkdir(exist_ok=True)
    with open(folder / "log.txt", "w") as log, stack.Run() as run:
        stage = Stage(run, log)
        if arguments.native:
            outcome = run_tests(
                stage, tests, lambda lane: [stage.native(lane)] * arguments.native)
            for test in outcome.differing():
                said = collections.Counter(r.word for r in outcome.results[test])
                print(f"{test.name}: {dict(said)}")
            return
        outcome = run_tests(stage, tests, lambda lane: [stage.native(lane), stage.guest(lane)])
    write_summary(folder / "summary.json", outcome, exceptions)
    if not report(outcome, exceptions):
        sys.exit(1)


if __name__ == "__main__":
    stack.main(main)
