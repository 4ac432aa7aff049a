#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""bench/gpu.sh here, on the processor: what it packs runs from where it lies, as on another machine.

How fast anything is decides nothing. That the pictures are the same natively and in a guest does.
"""
import json
import os
import pathlib
import shutil
import subprocess
import sys
import unittest

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[1] / "tests" / "harness"))
import stack  # noqa: E402

SCRIPT = pathlib.Path(__file__).resolve().parent / "gpu.sh"
QUICK = ("--software", "--runs", "1", "--seconds", "0.01")
# In the place of the program that draws: another picture for a guest than natively.
WRONG = """#!/bin/sh
[ "$1" = renderer ] && { echo 'a driver; of a vendor; OpenGL ES 3.2'; exit; }
echo "scene 60.0 ${XENGLASS_SOCKET:+other}picture"
"""
# A kind of copy that a guest cannot do.
BROKEN = """#!/bin/sh
[ "$1" != texture ] || [ -z "$XENGLASS_SOCKET" ] || exit 3
echo 5
"""


class Gpu(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        if sys.platform != "linux" or not shutil.which("objdump"):
            stack.skip("no objdump here")
        cls.folder, cls.remover = stack.make_folder()
        cls.pack = cls.folder / "a machine without a network"
        said = cls.call(SCRIPT, "pack", cls.pack)
        if said.returncode:
            raise stack.Failure(said.stderr)

    @classmethod
    def tearDownClass(cls):
        cls.remover.communicate()

    @classmethod
    def call(cls, *command, **environment):
        return subprocess.run(
            [str(word) for word in command], cwd=cls.folder, capture_output=True, text=True,
            env={**os.environ, "XENGLASS_BUILD": str(stack.BUILD), **environment},
        )  # fmt: skip

    def run_there(self, *arguments, **environment):
        return self.call(self.pack / "gpu.sh", "run", *arguments, **environment)

    def test_the_pictures_are_the_same_and_the_figures_are_kept(self):
        said = self.run_there(*QUICK, "--only", "scenes", OUT=str(self.folder))
        self.assertEqual(said.returncode, 0, said.stdout + said.stderr)
        for word in ("geometric mean", "jail: on", "in a guest: xenglass ("):
            self.assertIn(word, said.stdout)
        found = json.loads((self.folder / "gpu.json").read_text())
        self.assertGreater(len(found["rows"]), 8)
        for row in found["rows"]:
            self.assertTrue(row["same_picture"], row)
            self.assertGreater(min(row["native"] + row["xenglass"]), 0)

    def test_each_other_part_measures_something(self):
        for part, rows in (("through", 1), ("sync", 1), ("copies", 5)):
            said = self.run_there(*QUICK, "--only", part, "--json", f"{part}.json")
            self.assertEqual(said.returncode, 0, said.stdout + said.stderr)
            found = json.loads((self.folder / f"{part}.json").read_text())["rows"]
            self.assertEqual(len(found), rows)
            for row in found:
                self.assertGreater(min(row["native"] + row["xenglass"]), 0, row)

    def test_a_wrong_picture_ends_with_a_failure(self):
        program = self.pack / "bin" / "bench-scenes"
        kept = program.read_bytes()
        program.write_text(WRONG)
        try:
            said = self.run_there(*QUICK, "--only", "scenes")
        finally:
            program.write_bytes(kept)
        self.assertEqual(said.returncode, 1, said.stdout + said.stderr)
        self.assertIn("WRONG PICTURE: scene differs", said.stdout)

    def test_what_fails_in_a_guest_leaves_the_other_rows(self):
        program = self.pack / "bin" / "bench-copies"
        shutil.move(program, program.with_suffix(".kept"))
        program.write_text(BROKEN)
        program.chmod(0o755)
        try:
            said = self.run_there(*QUICK, "--only", "copies", "--json", "broken.json")
        finally:
            shutil.move(program.with_suffix(".kept"), program)
        self.assertEqual(said.returncode, 1, said.stdout + said.stderr)
        self.assertIn("failed on the side xenglass", said.stderr)
        rows = json.loads((self.folder / "broken.json").read_text())["rows"]
        self.assertEqual([row["ratio"] is None for row in rows], [True, False, False, False, False])

    def test_without_a_gpu_it_says_what_it_has_tried(self):
        said = self.run_there("--json", "none.json")
        self.assertEqual(said.returncode, 1)
        self.assertIn("no GPU can be drawn with", said.stderr)
        self.assertIn("by the processor", said.stderr)

    def test_a_driver_that_is_not_there_is_named(self):
        (self.folder / "none.json").write_text('{"ICD": {"library_path": "libEGL_none.so.0"}}')
        file = str(self.folder / "none.json")
        said = self.run_there(*QUICK, __EGL_VENDOR_LIBRARY_FILENAMES=file)
        self.assertEqual(said.returncode, 1)
        self.assertIn("its library, libEGL_none.so.0, is not there", said.stderr)

    def test_without_the_jail_the_table_says_so(self):
        said = self.run_there(*QUICK, "--only", "sync", "--no-jail", "--json", "free.json")
        self.assertIn("jail: OFF, by --no-jail", said.stdout)

    def test_wrong_arguments_give_one_line(self):
        for arguments, word in (
            (["--bogus"], "'--bogus'"),
            (["--runs"], "--runs"),
            (["--runs", "0"], "--runs"),
            (["--runs", "many"], "--runs"),
            (["--seconds", "1s"], "--seconds"),
            (["--only", "everything"], "everything"),
            (["--json", "/no/such/file"], "cannot write /no/such/file"),
        ):
            said = self.run_there(*arguments)
            self.assertEqual(said.returncode, 1, arguments)
            self.assertEqual(said.stderr.count("\n"), 1, said.stderr)
            self.assertIn(word, said.stderr)
        said = self.call(SCRIPT, "pack", self.folder)
        self.assertIn("is not empty", said.stderr)


if __name__ == "__main__":
    unittest.main(verbosity=2)
