# SPDX-License-Identifier: MIT
"""what a GL call costs the program that makes it, with a driver that does nothing
"""
import figures as numbers
import instructions

GIVES = ("small_ns", "through_million_per_s")
IS_TIMED = True
BURST = 400  # of at most 32 octets: less than what the host is woken for (XG_NOTIFY_BYTES)
THROUGH = 2000000


def seconds(plan):
    return 2 * plan.runs * (len(chosen(plan)) * 0.2 + 0.5)


def chosen(plan):
    small = instructions.SMALL if plan.is_quick else instructions.NAMES.values()
    return [name for name, call in instructions.NAMES.items() if call in small]


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
        show_cell(instructions.marked(instructions.NAMES[name]), cell, 1, "ns")
    show_cell("glUniform4f, all the way", raw["through_per_s"], 1e6, "million/s")
    print(instructions.MARK)


def figures(raw):
    ours = {instructions.NAMES[name]: cell["xenglass"] for name, cell in raw["ns"].items()}
    through = numbers.known(raw["through_per_s"]["xenglass"])
    return {
        "small_ns": numbers.greatest(instructions.small(ours)),
        "through_million_per_s": numbers.figure([value / 1e6 for value in through]),
    }
