#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""Measures the stack, native and xenglass in turn under the same compositor; prints tables.

Never a test: machines differ, and the figures are for people. Every figure is a median of runs
that alternate between the two sides, so that a machine's drift falls on both.
"""
import argparse
import json
import pathlib
import re
import statistics
import subprocess
import sys

TOP = pathlib.Path(__file__).resolve().parents[1]
sys.path.insert(0, str(TOP / "tests" / "harness"))
import glmark2  # noqa: E402
import stack  # noqa: E402

CALLS = stack.BUILD / "bench" / "bench-calls"
FLOOR = stack.BUILD / "bench" / "bench-floor"
SCREEN = (1024, 768)
BURST = 2000
# Few enough to fit the ring: what is counted is the encoding, not the waiting for room.
CALLGRIND_COUNT = 2000
CALLGRIND_TOTAL = re.compile(r"Collected : (\d+)")
# Makes Mesa's drivers do nothing, in whichever process they are.
NO_DRIVER = {"GALLIUM_NOOP": "1"}


class Sides:
    """Starts one command natively or in a guest, and answers what it printed."""

    def __init__(self, compositor):
        self.compositor = compositor

    def output(self, side, command, **options):
        start = self.compositor.native if side == "native" else self.compositor.guest
        process = start(
            "guest1", command, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True,
            **options
        )  # fmt: skip
        out, _ = process.communicate()
        return out

    def number(self, side, command, **options):
        """The last line, as a number; None if it is none."""
        out = self.output(side, command, **options).strip()
        try:
            return float(out.splitlines()[-1])
        except (ValueError, IndexError):
            print(f"  {side}: {' '.join(str(word) for word in command)}: {out[-200:]}")
            return None


def median(values):
    known = [value for value in values if value is not None]
    return statistics.median(known) if known else None


def in_turn(sides, runs, command, **options):
    """(native, xenglass): medians of a number that a program prints."""
    found = {"native": [], "xenglass": []}
    for _ in range(runs):
        for side in found:
            found[side].append(sides.number(side, command, **options))
    return median(found["native"]), median(found["xenglass"])


def bench_glmark2(sides, arguments, results):
    """Each scene in a process of its own, native and xenglass in turn."""
    times = {}
    for scene in glmark2.DEFAULT_RUN:
        if arguments.scene and arguments.scene not in scene:
            continue
        command = [glmark2.PROGRAM, "-b", f"{scene}:duration={arguments.seconds}"]
        cell = {"native": [], "xenglass": []}
        for _ in range(arguments.runs):
            for side in cell:
                out = sides.output(side, command)
                lines = list(glmark2.read_lines(out.splitlines()))
                cell[side].append(glmark2.frame_time_ms(lines[0][1]) if lines else None)
        times[glmark2.label(scene)] = (median(cell["native"]), median(cell["xenglass"]))
        print(f"  {len(times):2}  {glmark2.label(scene)}  {cell}", flush=True)
    print(f"\nglmark2, window 800x600, median of {arguments.runs} runs of {arguments.seconds} s")
    found = glmark2.table([(name, *pair) for name, pair in times.items()])
    results["glmark2_ms_a_frame"] = times
    results["glmark2_mean_and_least"] = found


def instructions(sides, side, name):
    """Instructions a call of the program that makes it, by callgrind; None without it."""
    out = sides.output(
        side,
        ["valgrind", "--tool=callgrind", f"--toggle-collect=call_{name}",
         "--callgrind-out-file=/dev/null", CALLS, f"only-{name}", str(CALLGRIND_COUNT)],
        environment=NO_DRIVER,
    )  # fmt: skip
    match = CALLGRIND_TOTAL.search(out)
    return int(match.group(1)) / CALLGRIND_COUNT if match else None


def show(name, native, ours, unit):
    shown = [f"{value:12,.1f}" if value is not None else f"{'–':>12}" for value in (native, ours)]
    print(f"{name:44}{shown[0]}{shown[1]}  {unit}", flush=True)


def bench_calls(sides, arguments, results):
    """What a call costs the program that makes it, and what the whole way carries."""
    print(f"\n{'calls':44}{'native':>12}{'xenglass':>12}")
    for name, call in (("uniform", "glUniform4f"), ("bind", "glBindTexture"),
                       ("draw", "glDrawArrays")):  # fmt: skip
        pair = in_turn(sides, arguments.runs, [CALLS, name, str(BURST)], environment=NO_DRIVER)
        show(f"{call}, driver does nothing", *pair, "ns")
        counts = tuple(instructions(sides, side, name) for side in ("native", "xenglass"))
        show(f"{call}, callgrind", *counts, "instructions")
        results[call] = {"ns": pair, "instructions": counts}
    for name, what, count, divisor, unit in (
        ("through", "glUniform4f, all the way, no driver", 2000000, 1e6, "million/s"),
        ("upload", "glTexSubImage2D of 1 MiB, no driver", 2000, 1e9, "GB/s"),
    ):
        pair = in_turn(sides, arguments.runs, [CALLS, name, str(count)], environment=NO_DRIVER)
        show(what, *(value and value / divisor for value in pair), unit)
        results[name] = pair
    pair = in_turn(sides, arguments.runs, [CALLS, "sync", "3000"], environment=NO_DRIVER)
    show("synchronous call (glReadPixels of 1 pixel)", *pair, "ns")
    results["sync_ns"] = pair


def bench_floor(sides, arguments, results):
    print(f"\n{'the machine':44}{'':12}")
    for name, what, count, divisor, unit in (
        ("ping", "round trip by two eventfds", 20000, 1, "ns"),
        ("memcpy", "memcpy of 1 MiB", 3000, 1e9, "GB/s"),
    ):
        values = [sides.number("native", [FLOOR, name, str(count)]) for _ in range(arguments.runs)]
        show(what, median(values) and median(values) / divisor, None, unit)
        results[f"floor_{name}"] = median(values)


def bench_programs(results):
    """What the parts measure by themselves, without a stack around them."""
    for program in sorted((stack.BUILD / "bench").glob("bench-*")):
        if program in (CALLS, FLOOR) or not program.is_file():
            continue
        print(f"\n{program.name}", flush=True)
        out = subprocess.run([program], stdout=subprocess.PIPE, text=True).stdout
        print(out, end="")
        results[program.name] = out


PARTS = {"glmark2": bench_glmark2, "calls": bench_calls, "floor": bench_floor}


def bench(arguments):
    stack.need(glmark2.PROGRAM, "valgrind")
    results = {}
    with stack.Run() as run:
        sides = Sides(stack.Compositor(run, *SCREEN))
        for name, part in PARTS.items():
            if arguments.only in (None, name):
                part(sides, arguments, results)
    if arguments.only in (None, "programs"):
        bench_programs(results)
    path = stack.BUILD / "bench" / "results.json"
    path.write_text(json.dumps(results, indent=1))
    print(f"\nall figures: {path}")


def main():
    parser = argparse.ArgumentParser(prog="./xg bench", description=__doc__)
    parser.add_argument("--runs", type=int, default=5, help="of each side (default 5)")
    parser.add_argument("--seconds", type=float, default=2, help="of each glmark2 scene")
    parser.add_argument("--scene", help="only the glmark2 scenes whose name holds this")
    parser.add_argument("--only", choices=[*PARTS, "programs"], help="one part of it")
    arguments = parser.parse_args()
    stack.main(lambda: bench(arguments))


if __name__ == "__main__":
    main()
