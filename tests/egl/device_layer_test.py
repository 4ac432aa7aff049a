#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""A driver that has nothing but a device, as NVIDIA's without a display: device_layer.c.

usage: device_layer_test.py CASE_PROGRAM LAYER_JSON

On the device a program is told the same by the driver and through the stack. And a guest has the
platform without a device all the same: what cases say there is what the driver says of its device.
"""
import pathlib
import sys

import parity
from parity import stack

CASES = ["configs", "contexts", "current", "image", "share", "surfaces", "sync", "terminate",
         "versions"]  # fmt: skip


def test():
    program, json = (pathlib.Path(path).resolve() for path in sys.argv[1:3])
    environment = parity.behind_layer(json)
    with stack.Run() as run:
        # For the host too: the guest's own vendor library is set for it.
        run.environment |= environment

        def natively(command):
            return run.start(command)

        def in_guest(command):
            return run.start([stack.LOCAL, "--no-screen", "--", *command])

        def run_all(name, start, platform):
            return parity.run_all(run, run.folder / name, start, program, platform, CASES)

        native = run_all("native", natively, "device")
        if "no display" not in " ".join(run_all("none", natively, "surfaceless").values()):
            raise stack.Failure("the layer is not loaded")
        wrong = {
            platform: parity.compare(native, run_all(platform, in_guest, platform))
            for platform in ("device", "surfaceless")
        }
    for platform, cases in wrong.items():
        if cases:
            raise stack.Failure(f"on the platform {platform} cases differ: {' '.join(cases)}")


if __name__ == "__main__":
    stack.main(test)
