#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""Runs applications at a compositor directly and through the relay, and compares.

    relay_test.py SERVER CLIENT JOINED HOST GUESTD VENDOR [CLASS...]

SERVER is the tests' own compositor, which prints what it is shown; CLIENT an application that
prints what it sees, scenario by scenario. Both outputs must be the same with the relay and without.
The relay is once JOINED, both its ends in one process, and once the real thing: HOST and GUESTD are
xenglass-host and xenglass-guestd, VENDOR the JSON file of the EGL library. Without classes all tests
run.
"""

import os
import pathlib
import re
import shutil
import signal
import subprocess
import sys
import tempfile
import time
import unittest

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[1] / "harness"))
import stack  # noqa: E402

SERVER, CLIENT, JOINED, HOST, GUESTD, VENDOR = (os.path.abspath(path) for path in sys.argv[1:7])
TIMEOUT_S = 600
KINDS = ("joined", "processes")


class World:
    """A compositor, and if wanted a relay of that kind before it, in a folder of their own."""

    def __init__(self, kind=None, server=None):
        self.folder = tempfile.TemporaryDirectory(prefix="xg-relay-")
        self.environment = dict(os.environ, XDG_RUNTIME_DIR=self.folder.name)
        self.environment.pop("WAYLAND_SOCKET", None)
        self.relay = []
        if server:
            self.server = self.start_server(server)
        else:
            self.server = self.start_ready([SERVER, "compositor"])
        self.environment["WAYLAND_DISPLAY"] = self.path("compositor")
        if kind == "joined":
            joined = self.start_ready([JOINED, self.path("compositor"), self.path("wayland-0")])
            self.relay = [joined]
        elif kind == "processes":
            host = self.start_with_fd([HOST, "--listen", self.path("link"), "--wayland",
                                       self.path("compositor")])
            guestd = self.start_with_fd([GUESTD, "--link", self.path("link"), "--runtime-dir",
                                         self.folder.name])
            self.relay = [guestd, host]
        if kind:
            self.environment["WAYLAND_DISPLAY"] = self.path("wayland-0")
            self.environment["XENGLASS_SOCKET"] = self.path("gl.sock")
            self.environment["__EGL_VENDOR_LIBRARY_FILENAMES"] = VENDOR

    def path(self, name):
        return os.path.join(self.folder.name, name)

    def start_ready(self, command):
        """Starts what writes a line when it is ready."""
        process = subprocess.Popen(command, env=self.environment, stdout=subprocess.PIPE,
                                   stderr=subprocess.PIPE)
        assert process.stdout.readline() == b"ready\n"
        return process

    def start_server(self, command):
        """Starts a compositor that only listens when it is ready."""
        process = subprocess.Popen(command, env=self.environment, stdout=subprocess.DEVNULL,
                                   stderr=subprocess.DEVNULL)
        while not stack.listens(self.path("compositor")):
            assert process.poll() is None, command
            time.sleep(0.01)
        return process

    def start_with_fd(self, command):
        """Starts a daemon that writes to --ready-fd when it is ready."""
        ours, theirs = os.pipe()
        process = subprocess.Popen(command + ["--ready-fd", str(theirs)], env=self.environment,
                                   pass_fds=(theirs,), stdout=subprocess.PIPE,
                                   stderr=subprocess.PIPE)
        os.close(theirs)
        with open(ours, "rb") as ready:
            assert ready.readline(), process.stderr.read()
        return process

    def client_environment(self):
        # As most applications it leaves its objects to the end; that is not what is tested.
        return dict(self.environment, ASAN_OPTIONS="detect_leaks=0")

    def run(self, command):
        return subprocess.run(command, env=self.client_environment(), timeout=TIMEOUT_S,
                              stdout=subprocess.PIPE, stderr=subprocess.STDOUT, check=False)

    def client(self, scenario):
        return self.run([CLIENT, scenario])

    def descriptors(self):
        """How many descriptors the relay has open."""
        return sum(len(os.listdir(f"/proc/{process.pid}/fd")) for process in self.relay)

    def finish(self):
        """Ends all; returns what the compositor printed. A relay that failed is a failure."""
        ends = []
        for process in self.relay:
            process.terminate()
            _, log = process.communicate(timeout=TIMEOUT_S)
            ends.append((process.args[0], process.returncode, log))
        assert all(status == 0 for _, status, _ in ends), ends
        self.server.terminate()
        printed, _ = self.server.communicate(timeout=TIMEOUT_S)
        self.folder.cleanup()
        return printed


def is_held(pid):
    """True if nothing wakes the process for a while."""
    def switches():
        with open(f"/proc/{pid}/status", encoding="ascii") as file:
            return [line for line in file if "ctxt_switches" in line]

    before = switches()
    time.sleep(0.2)
    return before == switches()


def observe(scenario, kind=None):
    """What the client saw and the compositor was shown."""
    world = World(kind)
    try:
        result = world.client(scenario)
    finally:
        printed = world.finish()
    return result.returncode, result.stdout.decode(), printed.decode()


class Same(unittest.TestCase):
    """One test for each scenario is added below."""

    maxDiff = 2000

    def compare(self, scenario, least_commits=0):
        native = observe(scenario)
        self.assertEqual(native[0], 0, native)
        self.assertGreaterEqual(native[2].count("commit"), least_commits)
        for kind in KINDS:
            with self.subTest(scenario, kind=kind):
                self.assertEqual(observe(scenario, kind), native)

    def test_pixels_are_the_same_whatever_is_told_of_damage(self):
        self.compare("damage", 200)

    def test_damage_is_understood_on_scaled_and_turned_surfaces(self):
        self.compare("coordinates", 24)

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

    def test_what_is_dragged_can_be_dropped(self):
        self.compare("drag")

    def test_a_reader_that_leaves_is_seen_by_the_writer(self):
        self.compare("broken-pipe")

    def test_errors_have_code_interface_and_text(self):
        for scenario in ("error-scale", "error-stride", "error-format", "error-global",
                         "error-pool-size", "error-pool-file", "error-destroyed"):
            self.compare(scenario)


class Relay:
    """What only the relay can do wrong; once for each kind."""

    kind = None

    def setUp(self):
        self.world = World(self.kind)

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
        for process in self.world.relay:
            self.assertIsNone(process.poll())
        self.assertNotEqual(self.world.client("keymap").returncode, 0)

    def test_the_death_of_the_relay_reaches_the_applications(self):
        client = self.stay()
        self.world.relay[0].terminate()
        out, _ = client.communicate(timeout=TIMEOUT_S)
        self.assertIn(b"the connection ended", out)

    def test_the_death_of_an_application_overtakes_its_requests(self):
        other = self.stay()
        before = self.world.descriptors()
        # The compositor does not read, so the application's requests pile up until it is held.
        self.world.server.send_signal(signal.SIGSTOP)
        client = subprocess.Popen([CLIENT, "flood"], env=self.world.client_environment(),
                                  stdout=subprocess.PIPE)
        while not is_held(client.pid):
            time.sleep(0.01)
        self.end(client)
        while self.world.descriptors() > before:
            time.sleep(0.01)
        self.world.server.send_signal(signal.SIGCONT)
        self.assertEqual(self.world.client("keymap").returncode, 0)
        self.end(other)

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


class JoinedRelay(Relay, unittest.TestCase):
    """Both ends in one process."""

    kind = "joined"


class RealRelay(Relay, unittest.TestCase):
    """The programs that users run."""

    kind = "processes"

    def test_the_death_of_the_host_ends_the_daemon_and_reaches_the_applications(self):
        client = self.stay()
        guestd, host = self.world.relay
        host.kill()
        host.communicate()
        out, _ = client.communicate(timeout=TIMEOUT_S)
        self.assertIn(b"the connection ended", out)
        _, log = guestd.communicate(timeout=TIMEOUT_S)
        self.assertEqual(guestd.returncode, 1)
        self.assertEqual(log.count(b"\n"), 1, log)
        self.assertIn(b"the host process has ended", log)
        self.assertFalse(os.path.exists(self.world.path("wayland-0")))
        self.assertFalse(os.path.exists(self.world.path("gl.sock")))
        self.world.relay = []


@unittest.skipUnless(shutil.which("weston"), "weston is not installed")
class UnderWeston(unittest.TestCase):
    """A compositor that is not ours."""

    def setUp(self):
        self.world = World("processes", server=[
            "weston", "--backend=headless-backend.so", "--use-pixman", "--idle-time=0",
            "--socket=compositor"])

    def tearDown(self):
        self.world.finish()

    def test_the_globals_are_those_of_the_list_and_the_private_one(self):
        relayed = self.globals()
        self.world.environment["WAYLAND_DISPLAY"] = self.world.path("compositor")
        native = self.globals()
        self.assertIn("weston_screenshooter", native)
        self.assertNotIn("weston_screenshooter", relayed)
        self.assertNotIn("weston_desktop_shell", relayed)
        self.assertEqual(relayed.pop("xg_swap_v1"), "1")
        for interface, version in relayed.items():
            self.assertLessEqual(int(version), int(native[interface]))
        for interface in ("wl_compositor", "wl_shm", "wl_output", "xdg_wm_base", "wp_viewporter",
                          "wl_subcompositor", "wp_presentation", "zxdg_output_manager_v1"):
            self.assertIn(interface, relayed)

    def globals(self):
        text = self.world.run(["wayland-info"]).stdout.decode()
        return dict(re.findall(r"interface: '(\w+)', +version: +(\d+)", text))

    def test_gl_programs_draw_what_they_should(self):
        result = self.world.run(["glmark2-es2-wayland", "--validate", "-b", "build"])
        self.assertEqual(result.returncode, 0, result.stdout)
        self.assertIn(b"Validation: Success", result.stdout)
        self.assertIn(b"xenglass", result.stdout)


if __name__ == "__main__":
    unittest.main(argv=sys.argv[:1] + sys.argv[7:], verbosity=2)
