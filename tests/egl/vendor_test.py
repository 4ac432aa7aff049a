#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""What libglvnd sees of the vendor library: one exported name; and, outside a guest, nothing at all.

usage: vendor_test.py LIBRARY CASE_PROGRAM
"""
import json
import os
import pathlib
import subprocess
import sys
import tempfile
import unittest

LIBRARY, PROGRAM = (pathlib.Path(path).resolve() for path in sys.argv[1:3])
MESA = "/usr/share/glvnd/egl_vendor.d/50_mesa.json"


def run(folder, socket, vendors):
    """Runs a case on surfaceless and answers how it ended, its transcript, and what it said."""
    ours = pathlib.Path(folder, "20_xenglass.json")
    ours.write_text(json.dumps(
        {"file_format_version": "1.0.0", "ICD": {"library_path": str(LIBRARY)}}))
    environment = os.environ | {
        "__EGL_VENDOR_LIBRARY_FILENAMES": ":".join(v if v == MESA else str(ours) for v in vendors),
        "XENGLASS_SOCKET": str(socket),
    }
    done = subprocess.run([PROGRAM, "current", "surfaceless"], env=environment, text=True,
                          stdout=subprocess.PIPE, stderr=subprocess.PIPE, timeout=600)
    return done.returncode, done.stdout, done.stderr


class Vendor(unittest.TestCase):
    def test_only_the_vendor_interface_is_exported(self):
        names = subprocess.run(["nm", "-D", "--defined-only", "--format=posix", LIBRARY],
                               stdout=subprocess.PIPE, text=True, check=True).stdout
        self.assertEqual([line.split()[0] for line in names.splitlines()], ["__egl_Main"])

    def test_without_a_socket_the_next_vendor_is_taken_silently(self):
        with tempfile.TemporaryDirectory() as folder:
            alone = run(folder, pathlib.Path(folder, "none"), [MESA])
            behind_us = run(folder, pathlib.Path(folder, "none"), ["ours", MESA])
        self.assertEqual(behind_us, alone)
        self.assertEqual(alone[0], 0)

    def test_with_a_dead_socket_the_next_vendor_is_taken_silently(self):
        with tempfile.TemporaryDirectory() as folder:
            dead = pathlib.Path(folder, "dead")
            dead.touch()
            alone = run(folder, dead, [MESA])
            behind_us = run(folder, dead, ["ours", MESA])
        self.assertEqual(behind_us, alone)

    def test_alone_it_gives_no_display(self):
        with tempfile.TemporaryDirectory() as folder:
            status, transcript, said = run(folder, pathlib.Path(folder, "none"), ["ours"])
        self.assertEqual((status, transcript), (1, ""))
        self.assertIn("no display", said)


if __name__ == "__main__":
    unittest.main(argv=sys.argv[:1])
