# SPDX-License-Identifier: MIT
"""what a GL call costs the program that makes it, with a driver that does nothing
"""
import figures as numbers
import instructions

GIVES = ("small_ns", "through_million_per_s")
IS_TIMED = True
BURST = 2000
# Those whose arguments are a few numbers, which say nothing of memory or of other calls.
SMALL = ("uniform", "bind", "draw", "buffer", "program", "attrib", "instances", "range", "array",
         "sampler")  # fmt: skip
THROUGH = 2000000


def seconds(plan):
    return 2 * plan.runs * (len(chosen(plan)) * 0.2 + 0.5)


def chosen(plan):
    return SMALL if plan.is_quick else tuple(instructions.NAMES)


def small(cells):
    """Of {a call of bench-calls: anything}, the small calls' alone, by GL's names."""
    return {instructions.NAMES[name]: cells[name] for name in SMALL if name in cells}


def measure(bench):
    def run(*arguments):
        command = [instructions.CALLS, *map(str, arguments)]
        return bench.each_side(bench.number, command, environment=instructions.NO_DRIVER)

    return {
        "ns": {name: run(name, BURST) for name in chosen(bench.plan)},
        "through_per_s": run("through", THROUGH),
    }


def show_cell(name, cell, divisor, unit, digits=1):
    """A line of both sides' medians, and xenglass's quartiles."""
    row = "".join(f"{numbers.shown(scaled(cell[side], divisor), digits):>12}"
                  for side in numbers.sides(cell))  # fmt: skip
    ours = [value / divisor for value in numbers.known(cell["xenglass"])]
    print(f"{name:44}{row}  {unit:14}{numbers.spread(ours, digits)}")


def scaled(values, divisor):
    found = numbers.median(values)
    return None if found is None else found / divisor


def show(raw):
    heads = "".join(f"{side:>12}" for side in numbers.sides(raw["through_per_s"]))
    print(f"{'':44}{heads}  {'':14}quartiles of xenglass")
    for name, cell in raw["ns"].items():
        show_cell(instructions.NAMES[name] + (" *" if name in SMALL else ""), cell, 1, "ns")
    show_cell("glUniform4f, all the way", raw["through_per_s"], 1e6, "million/s")
    print("* a small call: its arguments are a few numbers")


def figures(raw):
    ours = small({name: cell["xenglass"] for name, cell in raw["ns"].items()})
    through = numbers.known(raw["through_per_s"]["xenglass"])
    return {
        "small_ns": numbers.greatest(ours),
        "through_million_per_s": numbers.figure([value / 1e6 for value in through]),
    }
