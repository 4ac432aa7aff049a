# SPDX-License-Identifier: MIT
"""The parts of the bench. Each is a module, whose first line says what it measures, with

GIVES          the names of its figures, for which goals can be set
IS_TIMED       whether a busy machine changes what it finds; a count is a count
seconds(plan)  how long it takes on a machine that does nothing else
measure(bench) measures, and answers all that was found as JSON can hold it; None if it cannot be
               measured here
show(raw)      prints a table of that
figures(raw)   {one of GIVES: a Figure, or None}
"""
import importlib

# In this order they run: the one that most depends on a quiet machine comes first.
ORDER = (
    "glmark2", "peers", "noop", "steady", "frame", "split", "latency", "guests", "idle", "calls",
    "instructions", "octets", "sync", "copies", "replay", "ring",
)  # fmt: skip
ALL = {name: importlib.import_module(f"{__name__}.{name}") for name in ORDER}


def headline(name):
    return ALL[name].__doc__.split("\n", 1)[0]
