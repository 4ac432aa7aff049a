#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""Prints what turns all optimisations off, for env(1):

    env $(tests/harness/switches.py) meson test -C build --suite gl

The list is the manual's, in xenglass(7).
"""
import pathlib
import re

PAGE = pathlib.Path(__file__).resolve().parents[2] / "man" / "xenglass.7.scd"


def all_off():
    """The environment in which nothing is optimised that can be turned off."""
    section = re.search(r"^# SWITCHES\n(.*?)^# ", PAGE.read_text(), re.MULTILINE | re.DOTALL)
    return {name: "true" for name in re.findall(r"^([A-Z_]+)\n\t", section[1], re.MULTILINE)}


def without(environment):
    """An environment in which no switch is set."""
    return {name: value for name, value in environment.items() if name not in all_off()}


if __name__ == "__main__":
    print(" ".join(f"{name}={value}" for name, value in all_off().items()))
