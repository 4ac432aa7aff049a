#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""What ./xg test makes of a command that says TAP: whatever ends early, hangs or dies has failed."""
import collections
import contextlib
import io
import unittest

import test as harness


class TapRun(unittest.TestCase):
    def counts(self, script, limit_s=60):
        with contextlib.redirect_stdout(io.StringIO()):
            results, _ = harness.run_tap("xen", ["sh", "-c", script], limit_s)
        counts = collections.Counter(result for _, result in results)
        return counts["passed"], counts["failed"], counts["skipped"]

    def test_each_test_is_counted(self):
        self.assertEqual(self.counts("echo 1..2; echo ok 1 a; echo ok 2 b"), (2, 0, 0))

    def test_a_failure_is_counted_once(self):
        script = "echo 1..2; echo ok 1 a; echo not ok 2 b; exit 1"
        self.assertEqual(self.counts(script), (1, 1, 0))

    def test_what_cannot_be_had_is_skipped(self):
        self.assertEqual(self.counts("echo skipped: there is no QEMU; exit 77"), (0, 0, 1))

    def test_a_skipped_test_is_counted_so(self):
        self.assertEqual(self.counts("echo 1..1; echo 'ok 1 a # SKIP no a'; exit 77"), (0, 0, 1))

    def test_a_run_that_stops_early_has_failed(self):
        self.assertEqual(self.counts("echo 1..2; echo ok 1 a"), (1, 1, 0))

    def test_a_run_that_dies_has_failed(self):
        self.assertEqual(self.counts("kill -9 $$"), (0, 1, 0))

    def test_a_run_that_breaks_before_its_first_test_has_failed(self):
        self.assertEqual(self.counts("exit 1"), (0, 1, 0))

    def test_a_run_whose_tests_pass_but_which_ends_badly_has_failed(self):
        self.assertEqual(self.counts("echo 1..1; echo ok 1 a; exit 1"), (1, 1, 0))

    def test_a_run_that_hangs_has_failed(self):
        self.assertEqual(self.counts("echo 1..1; exec sleep 1000", 1), (0, 1, 0))


if __name__ == "__main__":
    unittest.main()
