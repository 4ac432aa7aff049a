# SPDX-License-Identifier: MIT
"""Medians, quartiles and ratios: how a few noisy runs become a figure with its spread."""
import statistics
from typing import NamedTuple


class Figure(NamedTuple):
    """What was measured, between which values half of the runs lie, and how many they were; 0 of a
    count that no run changes."""

    value: float
    low: float
    high: float
    runs: int
    note: str = ""


def known(values):
    return [value for value in values if value is not None]


def median(values):
    return statistics.median(known(values)) if known(values) else None


def quartiles(values):
    """The first and the third; of few values, the least and the greatest."""
    if len(values) < 4:
        return min(values), max(values)
    first, _, third = statistics.quantiles(values, n=4, method="inclusive")
    return first, third


def figure(values, note=""):
    """The Figure of some runs; None without any."""
    values = known(values)
    return Figure(median(values), *quartiles(values), len(values), note) if values else None


def exact(value, note=""):
    """The Figure of what was counted, and does not depend on the run."""
    return Figure(value, value, value, 0, note)


def reference(cell):
    """The side of {side: anything} that xenglass is held against: native, and if not, another."""
    return next(iter(cell))


def sides(cell):
    return reference(cell), "xenglass"


def ratios(cell, over=None, under="xenglass"):
    """over, or the reference, / under of each pair of neighbouring runs: of times, how many times
    as fast the second is."""
    over = over or reference(cell)
    return [a / b for a, b in zip(cell.get(over, ()), cell.get(under, ())) if a and b]


def mean_of_runs(cells):
    """The Figure of the geometric mean of cells, each the same runs' ratios: its value is the mean
    of the medians, its spread that of the whole runs' means."""
    cells = [cell for cell in cells if cell]
    if not cells:
        return None
    by_run = [statistics.geometric_mean(run) for run in zip(*cells)]
    mean = statistics.geometric_mean([median(cell) for cell in cells])
    return Figure(mean, *quartiles(by_run), len(by_run))


def least(cells):
    """The Figure of the cell, of {name: ratios}, that has the least median; its note names it."""
    cells = {name: cell for name, cell in cells.items() if cell}
    if not cells:
        return None
    name = min(cells, key=lambda name: median(cells[name]))
    return figure(cells[name], name)


def greatest(cells, digits=0):
    """The Figure of the cell, of {name: values}, with the greatest median; its note has the next
    ones, too, and the median of all."""
    medians = {name: median(cell) for name, cell in cells.items() if known(cell)}
    if not medians:
        return None
    names = sorted(medians, key=medians.get, reverse=True)
    note = ", ".join(f"{name} {shown(medians[name], digits)}" for name in names[:3])
    note += f"; median {shown(median(medians.values()), digits)}"
    return figure(cells[names[0]], note)


def shown(value, digits=2):
    """A number for a table, or a dash."""
    return "–" if value is None else f"{value:,.{digits}f}"


def spread(values, digits=2):
    values = known(values)
    return "–".join(shown(value, digits) for value in quartiles(values)) if values else "–"
