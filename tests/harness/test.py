#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""Builds and runs all tests, and says in one line how many passed.

A run is one build folder with the suites that make sense in it. meson writes a line of JSON for
each test; the sum over all runs is printed last. A build that fails counts as one failed test, and
so does a fuzzer that finds something. What is no suite of meson's is a command that says TAP.
"""
import argparse
import concurrent.futures
import json
import os
import pathlib
import re
import subprocess
import sys
import time
from collections import Counter

import switches

TOP = pathlib.Path(__file__).resolve().parents[2]
HARNESS = TOP / "tests" / "harness"

# Meson's words for a result, and ours.
RESULTS = {
    "OK": "passed",
    "EXPECTEDFAIL": "passed",
    "SKIP": "skipped",
}

# Name of the run, its folder, and for each pass of meson test its options and environment. Programs
# that are not ours cannot load a library under a sanitizer, so they run in the plain build alone.
# Where drivers are loaded, their own leaks would drown ours, and they ask for more memory than there
# is, and bear it.
WITH_DRIVERS = ("egl", "gl", "compositor", "memory", "threads", "told")
DRIVERS_ASAN = "abort_on_error=1:detect_leaks=0:allocator_may_return_null=1"
NOT_SANITIZED = ("programs", "style", "gen")
# What compares a guest with the host, and what waits for whom, or draws: there an optimisation would be wrong.
OPTIMISED = ("gl", "egl", "threads", "host", "wayland", "compositor")


def suites(option, names):
    return [word for name in names for word in (option, name)]


RUNS = {
    "plain": ("build", [([], {})]),
    "unoptimised": (
        "build",
        [(suites("--suite", OPTIMISED) + suites("--no-suite", ("long",)), switches.all_off())],
    ),
    "asan": (
        "build-asan",
        [
            (
                suites("--no-suite", NOT_SANITIZED + WITH_DRIVERS),
                {"ASAN_OPTIONS": "abort_on_error=1"},
            ),
            (
                suites("--suite", WITH_DRIVERS),
                {"ASAN_OPTIONS": DRIVERS_ASAN},
            ),
        ],
    ),
    "tsan": (
        "build-tsan",
        [
            # The sweeps of EGL's attributes have one thread, and take longest of all here.
            (
                suites("--suite", ("protocol", "host", "wayland", "egl", "threads", "xen")),
                {"XENGLASS_NO_SWEEPS": "1"},
            ),
        ],
    ),
}

# What speaks TAP, with the plain build: its command, and seconds that guard against what hangs. Each
# keeps little more than one processor at work, so two run at a time; the longest is first.
TAP_RUNS = {
    "xen": (["tests/xen/xen_test.py", "build"], 3600),
    "cross": (["tests/cross/cross_test.py", "build"], 3600),
    "piglit": (["tests/piglit/piglit_test.py"], 3600),
}
SKIP = 77

SANITIZERS = {
    "ASAN_OPTIONS": "abort_on_error=1",
    "LSAN_OPTIONS": f"suppressions={HARNESS}/lsan.supp:print_suppressions=0",
    "UBSAN_OPTIONS": "halt_on_error=1:print_stacktrace=1",
    # Drivers are not built under the sanitizer, so it cannot see their locks.
    "TSAN_OPTIONS": "halt_on_error=1:ignore_noninstrumented_modules=1",
}


class Tally:
    """Counts results, and remembers what failed and how long each run took."""

    def __init__(self):
        self.counts = Counter()
        self.failures = []
        self.minutes = {}

    def add(self, name, result):
        self.counts[result] += 1
        if result == "failed":
            self.failures.append(name)

    def report(self):
        print("minutes: " + ", ".join(f"{run} {m:.1f}" for run, m in self.minutes.items()))
        for name in self.failures:
            print(f"failed: {name}")
        line = f"{self.counts['passed']} passed, {self.counts['failed']} failed"
        if self.counts["skipped"]:
            line += f", {self.counts['skipped']} skipped"
        print(line, flush=True)


def build(run, tally):
    kind = RUNS[run][0].removeprefix("build").removeprefix("-")
    command = [TOP / "xg", "build", *filter(None, [kind])]
    if subprocess.run(command, cwd=TOP).returncode == 0:
        return True
    tally.add(f"{run}: build", "failed")
    return False


def read_log(path):
    """Yields (name, result) of each test in a log of meson's."""
    with open(path) as log:
        for line in log:
            entry = json.loads(line)
            yield entry["name"], RESULTS.get(entry["result"], "failed")


def run_pass(run, folder, options, environment, tally):
    log = TOP / folder / "meson-logs" / "testlog.json"
    log.unlink(missing_ok=True)
    command = ["meson", "test", "-C", folder, "--no-rebuild", "--print-errorlogs", *options]
    environment = {**os.environ, **SANITIZERS, **environment}
    status = subprocess.run(command, cwd=TOP, env=environment).returncode
    if log.exists():
        for name, result in read_log(log):
            tally.add(f"{run}: {name}", result)
    elif status != 0:
        tally.add(f"{run}: meson test", "failed")


def run_tests(run, tally):
    folder, passes = RUNS[run]
    if build(run, tally):
        for options, environment in passes:
            run_pass(run, folder, options, environment, tally)


def run_tap(run, command, limit_s):
    """
    The (name, result) of each test that a command tells of, and the minutes that it took. One that
    ends without having told of all that it announced, by whatever end, is one more failed test.
    """
    command = ["timeout", "--kill-after=60", str(limit_s), *command]
    announced, results, start_s = None, [], time.monotonic()
    with subprocess.Popen(
        command, cwd=TOP, stdout=subprocess.PIPE, text=True, errors="replace"
    ) as process:
        for line in process.stdout:
            print(f"{run}: {line}", end="", flush=True)
            if plan := re.fullmatch(r"1\.\.(\d+)\n", line):
                announced = int(plan[1])
            elif point := re.fullmatch(r"(ok|not ok) \d+ (.*?)( # SKIP .*)?\n", line):
                result = "skipped" if point[3] else "passed" if point[1] == "ok" else "failed"
                results.append((f"{run}: {point[2]}", result))
    told, status = len(results), process.returncode
    if status == SKIP and announced is None:
        results.append((run, "skipped"))
    elif told != announced or (status not in (0, SKIP) and all(r != "failed" for _, r in results)):
        results.append((f"{run}: status {status}, {told} of {announced} tests", "failed"))
    return results, (time.monotonic() - start_s) / 60


def run_taps(tally):
    if not build("plain", tally):
        return
    with concurrent.futures.ThreadPoolExecutor(max_workers=2) as pool:
        runs = {
            run: pool.submit(run_tap, run, [sys.executable, *command], limit_s)
            for run, (command, limit_s) in TAP_RUNS.items()
        }
        for run, future in runs.items():
            results, tally.minutes[run] = future.result()
            for name, result in results:
                tally.add(name, result)


def run_fuzzers(seconds, seed, tally):
    """
    Each fuzzer goes on from its corpus for so long; what it finds lies in the build folder. The
    same seed takes the same way, so that a change is judged by its own faults; 0 takes another each
    time.
    """
    if not build("asan", tally):
        return
    finds = TOP / "build-asan" / "fuzz"
    for fuzzer in sorted((TOP / "build-asan" / "tests" / "fuzz").glob("fuzz_*")):
        if not fuzzer.is_file() or not os.access(fuzzer, os.X_OK):
            continue
        seeds = TOP / "tests" / "fuzz" / "corpus" / fuzzer.name
        grown = finds / fuzzer.name
        grown.mkdir(parents=True, exist_ok=True)
        command = [fuzzer, f"-max_total_time={seconds}", "-timeout=10", "-rss_limit_mb=4096"]
        command += [f"-seed={seed}", "-print_final_stats=1", f"-artifact_prefix={finds}/", grown]
        if seeds.is_dir():
            command.append(seeds)
        dictionary = TOP / "build-asan" / "tests" / "fuzz" / f"{fuzzer.name}.dict"
        if dictionary.exists():
            command.append(f"-dict={dictionary}")
        print(f"fuzz: {fuzzer.name} for {seconds} s", flush=True)
        log = finds / f"{fuzzer.name}.log"
        with open(log, "w") as out:
            status = subprocess.run(
                command, cwd=finds, stdout=out, stderr=out, env={**os.environ, **SANITIZERS}
            ).returncode
        print("".join(log.read_text(errors="replace").splitlines(True)[-12:]), flush=True)
        tally.add(f"fuzz: {fuzzer.name} (see {log})", "failed" if status else "passed")


def main():
    parser = argparse.ArgumentParser(prog="./xg test", description=__doc__)
    parser.add_argument("--quick", action="store_true", help="the plain build's tests alone")
    parser.add_argument("--only", choices=[*RUNS, "others", "fuzz"], help=argparse.SUPPRESS)
    parser.add_argument("--fuzz-seconds", type=int, default=60, help="for each fuzzer")
    arguments = parser.parse_args()

    if arguments.only:
        wanted = [arguments.only]
    else:
        wanted = ["plain"] if arguments.quick else [*RUNS, "others", "fuzz"]
    tally = Tally()
    for run in wanted:
        start_s = time.monotonic()
        if run == "fuzz":
            run_fuzzers(arguments.fuzz_seconds, 0 if arguments.only else 1, tally)
        elif run == "others":
            run_taps(tally)
            continue
        else:
            run_tests(run, tally)
        tally.minutes[run] = (time.monotonic() - start_s) / 60
    tally.report()
    return 1 if tally.counts["failed"] else 0


if __name__ == "__main__":
    sys.exit(main())
