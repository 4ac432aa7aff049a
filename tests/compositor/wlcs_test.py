#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""Runs wlcs on the compositor: wlcs_test.py RUNNER MODULE

What is left out, by a pattern of gtest's, is left out for the reason that stands beside it. wlcs
itself skips the tests of protocols that the module does not name.
"""
import os
import subprocess
import sys
import tempfile

LEFT_OUT = {
    "*Edges/*input_inside_region_seen/*": "some of them look for input outside the window geometry, "
    "which is cut off here so that no guest reaches over its frame",
    "*SurfaceInputCombinations*/6": "the same: a surface larger than its geometry",
    "*SurfaceInputCombinations*/7": "the same",
    "*by_subsurface_after_parent_unmapped_and_remapped/4:"
    "*by_subsurface_after_parent_unmapped_and_remapped/5": "the same: a subsurface beside the geometry",
    "XdgSurfaceStableTest.gets_configure_event": "wants a configure before any commit",
    "XdgSurfaceStableTest.attaching_buffer*": "the module takes buffers at any time, since wlcs "
    "attaches them so in most of its tests",
    "XdgToplevelStableTest.surface_can_be_resized_interactively": "its client does not follow",
    "CopyCutPaste.given_sink_has_focus*": "copies from a window that has not the keyboard",
    "BadBufferTest.client_lies_about_buffer_size": "damages nothing, so nothing is read",
    "ClientSurfaceEventsTest.frame_timestamp_increases": "waits for a buffer never committed",
    "*SubsurfaceTest.place_*_simple/*": "moves the pointer before it flushes its requests",
    "ForeignToplevel*:VirtualPointer*:Layer/*:PointerConstraints*": "protocols not offered",
    "*RelativePointer*:*TextInput*:*InputMethod*": "protocols not offered",
}


def main(runner, module):
    with tempfile.TemporaryDirectory(prefix="xenglass-test-") as folder:
        environment = dict(os.environ, XDG_RUNTIME_DIR=folder)
        command = [runner, module, "--gtest_filter=-" + ":".join(LEFT_OUT)]
        return subprocess.run(command, env=environment, check=False).returncode


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
