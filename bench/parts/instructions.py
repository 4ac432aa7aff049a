# SPDX-License-Identifier: MIT
"""instructions that a GL call costs the program that makes it, counted by callgrind
"""
import functools

import figures as numbers
import instructions

GIVES = ("small",)
IS_TIMED = False


def seconds(plan):
    return 8


def measure(bench):
    """{side: {GL call: instructions}}"""
    return {
        side: instructions.count(functools.partial(bench.start, side), bench.run.folder)
        for side in bench.sides
    }


def show(raw):
    sides = numbers.sides(raw)
    print(f"{'':44}" + "".join(f"{side:>12}" for side in sides))
    for call in instructions.NAMES.values():
        row = (numbers.shown(raw[side].get(call), 0) for side in sides)
        print(f"{instructions.marked(call):44}{''.join(f'{value:>12}' for value in row)}")
    print(instructions.MARK)


def figures(raw):
    ours = {call: [count] for call, count in raw["xenglass"].items()}
    return {"small": numbers.greatest(instructions.small(ours))}
