#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""Runs applications at a compositor directly and through the relay, and compares.

    relay_test.py SERVER CLIENT JOINED

SERVER is the tests' own compositor, which prints what it is shown; CLIENT an application that
prints what it sees, scenario by scenario; JOINED the relay with both its ends in one process. Both
outputs must be the same with the relay and without.
"""

import os
import subprocess
import sys
import tempfile
import unittest

SERVER, CLIENT, JOINED = (os.path.abspath(path) for path in sys.argv[1:4])
TIMEOUT_S = 60


class World:
    """A compositor, and if wanted the relay before it, in a folder of their own."""

    def __init__(self, is_relayed):
        self.folder = tempfile.TemporaryDirectory(prefix="xg-relay-")
        self.environment = dict(os.environ, XDG_RUNTIME_DIR=self.folder.name)
        self.environment.pop("WAYLAND_SOCKET", None)
        self.server = self.start([SERVER, "compositor"], stdout=subprocess.PIPE)
        assert self.server.stdout.readline() == b"ready\n"
        self.joined = None
        self.environment["WAYLAND_DISPLAY"] = self.path("compositor")
        if is_relayed:
            self.joined = self.start([JOINED, self.path("compositor"), self.path("relay")],
                                     stdout=subprocess.PIPE, stderr=subprocess.PIPE)
            assert self.joined.stdout.readline() == b"ready\n"
            self.environment["WAYLAND_DISPLAY"] = self.path("relay")

    def path(self, name):
        return os.path.join(self.folder.name, name)

    def start(self, command, **options):
        return subprocess.Popen(command, env=self.environment, **options)

    def client_environment(self):
        # As most applications it leaves its objects to the end; that is not what is tested.
        return dict(self.environment, ASAN_OPTIONS="detect_leaks=0")

    def client(self, scenario):
        return subprocess.run([CLIENT, scenario], env=self.client_environment(),
                              timeout=TIMEOUT_S, stdout=subprocess.PIPE,
                              stderr=subprocess.STDOUT, check=False)

    def descriptors(self):
        """How many descriptors the relay has open, once it has nothing left to do."""
        return len(os.listdir(f"/proc/{self.joined.pid}/fd"))

    def finish(self):
        """Ends all; returns what the compositor printed. A relay that failed is a failure."""
        log = b""
        if self.joined:
            self.joined.terminate()
            _, log = self.joined.communicate(timeout=TIMEOUT_S)
            assert self.joined.returncode == 0, (self.joined.returncode, log)
        self.server.terminate()
        printed, _ = self.server.communicate(timeout=TIMEOUT_S)
        self.folder.cleanup()
        return printed, log


def observe(scenario, is_relayed):
    """What the client saw and the compositor was shown."""
    world = World(is_relayed)
    try:
        result = world.client(scenario)
    finally:
        printed, _ = world.finish()
    return result.returncode, result.stdout.decode(), printed.decode()


class Same(unittest.TestCase):
    """One test for each scenario is added below."""

    maxDiff = 2000

    def compare(self, scenario, least_commits=0):
        native = observe(scenario, False)
        self.assertEqual(native[0], 0, native)
        self.assertGreaterEqual(native[2].count("commit"), least_commits)
        self.assertEqual(observe(scenario, True), native)

    def test_pixels_are_the_same_whatever_is_told_of_damage(self):
        self.compare("damage", 200)

    def test_buffers_may_be_destroyed_at_any_time(self):
        self.compare("lifetimes", 60)

    def test_buffers_of_all_sizes_arrive(self):
        self.compare("sizes", 12)

    def test_a_flood_of_requests_is_held_up_and_carried_out(self):
        self.compare("flood", 300)

    def test_callbacks_keep_their_order(self):
        self.compare("order")

    def test_keymaps_arrive(self):
        self.compare("keymap")

    def test_the_clipboard_carries_a_million_bytes(self):
        self.compare("clipboard")

    def test_a_reader_that_leaves_is_seen_by_the_writer(self):
        self.compare("broken-pipe")

    def test_errors_have_code_interface_and_text(self):
        for scenario in ("error-scale", "error-stride", "error-format", "error-global",
                         "error-pool-size", "error-pool-file", "error-destroyed"):
            with self.subTest(scenario):
                self.compare(scenario)


class Relay(unittest.TestCase):
    """What only the relay can do wrong."""

    def setUp(self):
        self.world = World(True)

    def tearDown(self):
        self.world.finish()

    def stay(self):
        client = subprocess.Popen([CLIENT, "stay"], env=self.world.client_environment(),
                                  stdout=subprocess.PIPE)
        self.assertEqual(client.stdout.readline(), b"here\n")
        return client

    def end(self, client):
        client.kill()
        client.communicate()

    def test_a_file_that_shrinks_harms_nobody_else(self):
        other = self.stay()
        self.world.client("shrunk-file")
        self.assertEqual(self.world.client("keymap").returncode, 0)
        self.assertIsNone(other.poll())
        self.end(other)

    def test_an_error_of_one_application_is_not_anothers(self):
        other = self.stay()
        self.world.client("error-scale")
        self.assertEqual(self.world.client("keymap").returncode, 0)
        self.assertIsNone(other.poll())
        self.end(other)

    def test_the_death_of_the_compositor_reaches_the_applications(self):
        clients = [self.stay() for _ in range(3)]
        self.world.server.kill()
        for client in clients:
            out, _ = client.communicate(timeout=TIMEOUT_S)
            self.assertIn(b"the connection ended", out)
        self.assertIsNone(self.world.joined.poll())
        self.assertNotEqual(self.world.client("keymap").returncode, 0)

    def test_the_death_of_the_relay_reaches_the_applications(self):
        client = self.stay()
        self.world.joined.terminate()
        out, _ = client.communicate(timeout=TIMEOUT_S)
        self.assertIn(b"the connection ended", out)

    def test_dead_applications_leave_no_descriptor(self):
        self.end(self.stay())
        self.assertEqual(self.world.client("keymap").returncode, 0)
        self.assertEqual(self.world.client("keymap").returncode, 0)
        witness = self.stay()
        before = self.world.descriptors()
        for _ in range(20):
            self.end(self.stay())
        for scenario in ("clipboard", "keymap", "damage", "broken-pipe", "error-stride"):
            self.world.client(scenario)
        # Whoever comes now finds the ones before gone: the relay looks after the dead first.
        self.end(self.stay())
        self.assertEqual(self.world.client("keymap").returncode, 0)
        self.assertEqual(self.world.client("keymap").returncode, 0)
        self.assertLessEqual(self.world.descriptors(), before + 12)
        self.end(witness)


if __name__ == "__main__":
    unittest.main(argv=sys.argv[:1], verbosity=2)
