#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""What ./xg piglit makes of a test's words, and of a guest whose host process ends."""
import pathlib
import sys
import tempfile
import unittest
import unittest.mock

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[1] / "harness"))
import piglit_test  # noqa: E402
import result  # noqa: E402
import stack  # noqa: E402
from catalogue import Test  # noqa: E402

PASS = 'PIGLIT: {"result": "pass" }\n'


def shell(script):
    return Test("a test", "a group", ("/bin/sh", "-c", script), "wayland")


class ResultTest(unittest.TestCase):
    def test_what_passes_passes_with_its_subtests(self):
        said = 'PIGLIT: {"subtest": {"one" : "fail"}}\n' + PASS
        self.assertEqual(result.read(said, 0), result.Result("pass", {"one": "fail"}))

    def test_an_end_says_more_than_words(self):
        self.assertEqual(result.read(PASS, -11).word, "crash")
        self.assertEqual(result.read(PASS, 1).word, "warn")
        self.assertEqual(result.read(PASS, None).word, "timeout")

    def test_silence_is_a_failure(self):
        self.assertEqual(result.read("no word\n", 0).word, "fail")

    def test_a_subtest_that_only_one_side_has_is_a_difference(self):
        sides = result.Result("pass", {"one": "pass"}), result.Result("pass")
        self.assertNotEqual(*sides)
        self.assertEqual(sides[0].differences(sides[1]), [("one", "pass", "none")])

    def test_a_driver_that_crashes_natively_too_is_the_same(self):
        ended = result.Result(result.HOST_ENDED)
        self.assertTrue(result.Result("crash", {"one": "pass"}).is_like(ended))
        self.assertFalse(result.Result("pass").is_like(ended))


class SideTest(unittest.TestCase):
    def setUp(self):
        self.log = self.enterContext(tempfile.TemporaryFile("w"))
        self.run_of_it = self.enterContext(stack.Run())
        self.enterContext(unittest.mock.patch.object(piglit_test.catalogue, "HOME", "/"))

    def side(self, command):
        return piglit_test.Side(self.run_of_it, command, {}, self.log)

    def test_a_crash_of_a_test_is_its_result(self):
        side = self.side(piglit_test.WORKER)
        self.assertEqual(side.test(shell("kill -SEGV $$"), "").word, "crash")
        self.assertEqual(side.test(shell(f"echo '{PASS.strip()}'"), "").word, "pass")
        side.end()

    def test_after_the_end_of_a_host_the_next_test_has_a_new_guest(self):
        side = self.side(piglit_test.WORKER)
        self.assertEqual(side.test(shell("kill -9 $PPID"), "").word, result.HOST_ENDED)
        self.assertEqual(side.test(shell(f"echo '{PASS.strip()}'"), "").word, "pass")
        side.end()


if __name__ == "__main__":
    unittest.main()
