#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""Measures the stack, native, xenglass and its peers in turn under the same compositor.

Prints a table for each part, and at the end each goal, what was measured, and whether it is reached.
Never a test: machines differ, and the figures are for people. bench/README.md says how to read them.
"""
import argparse
import json
import os
import pathlib
import sys
import time

TOP = pathlib.Path(__file__).resolve().parents[1]
sys.path.insert(0, str(TOP / "tests" / "harness"))
import contenders  # noqa: E402
import glmark2  # noqa: E402
import goals  # noqa: E402
import machine  # noqa: E402
import parts  # noqa: E402
import plots  # noqa: E402
import stack  # noqa: E402

# Of what bench.py leaves: another number if its shape changes.
FORMAT = 1


def go_before_others():
    """All that is started from here on runs before what is not; on a busy machine, for some time
    nothing else does."""
    try:
        os.sched_setscheduler(0, os.SCHED_RR, os.sched_param(1))
    except PermissionError as error:
        raise stack.Failure("--realtime needs root, or CAP_SYS_NICE") from error


def keep(name, raw, seconds, others):
    """What the results hold of a part: all that was measured, and the figures that follow."""
    figures = parts.ALL[name].figures(raw)
    return {
        "seconds": seconds,
        "others": others,
        "is_timed": parts.ALL[name].IS_TIMED,
        "raw": raw,
        "figures": {figure: found._asdict() for figure, found in figures.items() if found},
    }


def show_part(name, kept):
    print(f"\n== {name}: {parts.headline(name)}")
    if kept["is_timed"] and kept["others"] > goals.OTHERS_MAX:
        print(f"! others took {kept['others']:.0%} of the processors: these times say little")
    parts.ALL[name].show(kept["raw"])


def measure_part(bench, name):
    """What is kept of a part; None if it cannot be measured here."""
    print(f"\n-- {name}, about {parts.ALL[name].seconds(bench.plan):.0f} s", flush=True)
    watch, begin = machine.Watch(bench.run), time.monotonic()
    try:
        raw = parts.ALL[name].measure(bench)
    except (OSError, LookupError, ValueError, ArithmeticError, stack.Failure) as error:
        # Of an hour's figures, those of the other parts are worth as much as before.
        print(f"! {name} has failed: {error!r}")
        raw = None
    if raw is None:
        return None
    # Through JSON, so that what is shown now and what is shown of a file are one and the same.
    raw = json.loads(json.dumps(raw))
    kept = keep(name, raw, round(time.monotonic() - begin, 1), round(watch.others(), 3))
    show_part(name, kept)
    return kept


def write(results, path):
    path.write_text(json.dumps(results, indent=1, ensure_ascii=False) + "\n")


def measure(names, plan, is_realtime, path):
    """The results of some parts, which are written each time that there is one more."""
    stack.build()
    stack.need(glmark2.PROGRAM, "valgrind")
    if is_realtime:
        go_before_others()
    with stack.Run() as run:
        bench = contenders.Bench(run, stack.Compositor(run, *contenders.SCREEN), plan)
        known = machine.describe(bench.compositor)
        machine.show(known)
        if plan.versus:
            print(f"other     xenglass, {plan.versus}")
        minutes = sum(parts.ALL[name].seconds(plan) for name in names) / 60
        print(f"{len(names)} parts, about {minutes:.0f} minutes on a machine that does nothing else")
        results = {
            "format": FORMAT,
            "machine": known,
            "plan": plan._asdict() | {"is_realtime": is_realtime},
            "parts": {},
        }
        for name in names:
            if kept := measure_part(bench, name):
                results["parts"][name] = kept
            write(results, path)
    return results


def read(path):
    """The results that a run has left."""
    try:
        results = json.loads(path.read_text())
    except OSError as error:
        raise stack.Failure(f"{path}: {error.strerror}") from None
    except ValueError as error:
        raise stack.Failure(f"{path}: {error}") from None
    if not isinstance(results, dict) or results.get("format") != FORMAT:
        raise stack.Failure(f"{path} is not of this bench's format, {FORMAT}")
    machine.show(results["machine"])
    for name, kept in results["parts"].items():
        show_part(name, kept)
    return results


def make_room(arguments):
    """What cannot be written shows now, and not an hour later."""
    try:
        arguments.plots.mkdir(parents=True, exist_ok=True)
        if not arguments.show:
            arguments.json.parent.mkdir(parents=True, exist_ok=True)
            arguments.json.open("a").close()
    except OSError as error:
        raise stack.Failure(f"{error.filename}: {error.strerror}") from None


def bench(arguments):
    make_room(arguments)
    if arguments.show:
        results = read(arguments.show)
    else:
        plan = contenders.QUICK if arguments.quick else contenders.Plan()
        wanted = {name: getattr(arguments, name) for name in ("runs", "seconds", "idle_s", "scene", "versus")}
        plan = plan._replace(**{name: value for name, value in wanted.items() if value is not None})
        if not plan.scenes():
            raise stack.Failure(f"no scene of glmark2 has {plan.scene} in its name")
        results = measure(arguments.only or list(parts.ALL), plan, arguments.realtime, arguments.json)
    if results["plan"]["versus"]:
        print("\nno goals: those are held against native")
    else:
        results["goals"] = goals.judge(results["parts"])
        goals.show(results["goals"])
    if not arguments.show:
        write(results, arguments.json)
        print(f"all figures: {arguments.json}")
    drawn = plots.draw(results["parts"], arguments.plots)
    print(f"plots: {' '.join(str(path) for path in drawn)}" if drawn else "no plots")


def part_names(text):
    names = text.split(",")
    if wrong := [name for name in names if name not in parts.ALL]:
        raise argparse.ArgumentTypeError(f"there is no part {wrong[0]}")
    return names


def positive(kind):
    def number(text):
        if not kind(text) > 0:
            raise argparse.ArgumentTypeError(f"{text} is not more than 0")
        return kind(text)

    return number


def other_stack(text):
    if "=" not in text and not (pathlib.Path(text) / "build.ninja").exists():
        raise argparse.ArgumentTypeError(f"{text} is neither a build's folder nor NAME=VALUE")
    return text


def main():
    listed = "\n".join(f"  {name:14}{parts.headline(name)}" for name in parts.ALL)
    parser = argparse.ArgumentParser(
        prog="./xg bench", description=__doc__, epilog=f"parts:\n{listed}",
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )  # fmt: skip
    folder = stack.BUILD / "bench"
    add = parser.add_argument
    add("--quick", action="store_true", help="few scenes and runs: some minutes")
    add("--realtime", action="store_true", help="before all else on the machine")
    add("--only", type=part_names, metavar="PART[,PART…]", help="some parts of it")
    add("--scene", help="only the glmark2 scenes whose name holds this")
    add("--versus", type=other_stack, metavar="BUILD|NAME=VALUE",
        help="hold xenglass against another build's folder, or itself with this in its environment,"
        " in native's place")  # fmt: skip
    add("--runs", type=positive(int), help="of each side (default 5; quick 3)")
    add("--seconds", type=positive(float), help="of each glmark2 scene (default 2; quick 0.5)")
    add("--idle", type=positive(float), dest="idle_s", help="seconds of looking at what is idle (default 60)")
    add("--json", type=pathlib.Path, default=folder / "results.json",
        help="where each run's figures go (default build/bench/results.json)")  # fmt: skip
    add("--plots", type=pathlib.Path, default=folder / "plots",
        help="the folder for the plots (default build/bench/plots)")  # fmt: skip
    add("--show", type=pathlib.Path, metavar="FILE", help="measure nothing, show what a run has left")
    stack.main(lambda: bench(parser.parse_args()))


if __name__ == "__main__":
    main()
