#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""Bad usage and bad surroundings: one clear line, a status that is not 0, and nothing left."""
import os
import signal
import socket
import subprocess
import tempfile
import unittest

COMPOSITOR = os.environ["XENGLASS_COMPOSITOR"]
HEADLESS = ["--headless", "100x100"]


class CommandLine(unittest.TestCase):
    def setUp(self):
        self.folder = tempfile.TemporaryDirectory(prefix="xenglass-test-")
        self.environment = dict(os.environ, XDG_RUNTIME_DIR=self.folder.name)
        self.environment.pop("WAYLAND_DISPLAY", None)
        self.environment.pop("XENGLASS_LOG", None)

    def tearDown(self):
        self.folder.cleanup()

    def run_it(self, *arguments):
        return subprocess.run(
            [COMPOSITOR, *arguments],
            env=self.environment,
            capture_output=True,
            text=True,
            timeout=600,
        )

    def refuse(self, *arguments, because):
        """It must end at once, with one line in which that stands."""
        result = self.run_it(*arguments)
        self.assertNotEqual(result.returncode, 0)
        self.assertEqual(result.stdout, "")
        self.assertIn(because, result.stderr)
        self.assertEqual(result.stderr.count("\n"), 1, result.stderr)
        self.assertEqual(os.listdir(self.folder.name), [])

    def start(self, *arguments):
        """Starts it and waits until it is ready; returns it and the line that it wrote."""
        ready, theirs = os.pipe()
        process = subprocess.Popen(
            [COMPOSITOR, *HEADLESS, "--ready-fd", str(theirs), *arguments],
            env=self.environment,
            pass_fds=[theirs],
        )
        os.close(theirs)
        with os.fdopen(ready) as pipe:
            return process, pipe.read()

    def test_help_and_version(self):
        for option in ("--help", "--version"):
            result = self.run_it(option)
            self.assertEqual((result.returncode, result.stderr), (0, ""))
            self.assertIn("xenglass-compositor", result.stdout)

    def test_unknown_option(self):
        self.refuse("--sing", because="--sing")

    def test_argument(self):
        self.refuse(*HEADLESS, "more", because="more")

    def test_bad_size(self):
        for size in ("0x10", "10", "10x", "10x10x10", "99999x10", "-5x5"):
            self.refuse("--headless", size, because="WIDTHxHEIGHT")

    def test_bad_refresh(self):
        for rate in ("0", "fast", "nan", "1e9"):
            self.refuse(*HEADLESS, "--refresh", rate, because="1 to 1000")

    def test_bad_guest(self):
        self.refuse(*HEADLESS, "--guest", "a", because="NAME:RRGGBB")
        self.refuse(*HEADLESS, "--guest", "a:12345:/x", because="RRGGBB")
        self.refuse(*HEADLESS, "--guest", "a b:123456:/x", because="a name has")
        self.refuse(*HEADLESS, "--guest", "dom0:123456:/x", because="taken")
        self.refuse(*HEADLESS, "--guest", "a:123456:0", because="no listening socket")
        self.refuse(*HEADLESS, "--guest", "a:123456:/no/such/place", because="/no/such/place")

    def test_guest_path_in_use(self):
        path = os.path.join(self.folder.name, "taken")
        with open(path, "w"):
            result = self.run_it(*HEADLESS, "--guest", f"a:123456:{path}")
        self.assertEqual(result.returncode, 1)
        self.assertIn("in use", result.stderr)
        self.assertEqual(os.listdir(self.folder.name), ["taken"])

    def test_bad_ready_fd(self):
        self.refuse(*HEADLESS, "--ready-fd", "77", because="file descriptor")

    def test_no_runtime_folder(self):
        del self.environment["XDG_RUNTIME_DIR"]
        self.refuse(*HEADLESS, because="XDG_RUNTIME_DIR")

    def test_runtime_folder_that_is_not_there(self):
        self.environment["XDG_RUNTIME_DIR"] = self.folder.name + "/none"
        self.refuse(*HEADLESS, "--socket", "x", because="cannot listen at x")

    def test_no_compositor_to_nest_in(self):
        self.refuse(because="no compositor to nest in")
        self.environment["WAYLAND_DISPLAY"] = "nobody"
        self.refuse("--nested", because="WAYLAND_DISPLAY=nobody")

    def test_no_egl_driver(self):
        self.environment["__EGL_VENDOR_LIBRARY_FILENAMES"] = "/nonexistent.json"
        self.refuse(*HEADLESS, because="no EGL display")

    def test_socket_taken(self):
        first, _ = self.start("--socket", "here")
        result = self.run_it(*HEADLESS, "--socket", "here")
        self.assertEqual(result.returncode, 1)
        self.assertIn("cannot listen at here", result.stderr)
        first.terminate()
        self.assertEqual(first.wait(60), 0)
        self.assertEqual(os.listdir(self.folder.name), [])

    def test_signals_end_it_cleanly(self):
        for number in (signal.SIGINT, signal.SIGTERM):
            guest = os.path.join(self.folder.name, "guest")
            control = os.path.join(self.folder.name, "control")
            process, line = self.start("--guest", f"a:123456:{guest}", "--control", control)
            self.assertEqual(line, "WAYLAND_DISPLAY=wayland-0\n")
            with socket.socket(socket.AF_UNIX) as client:
                client.connect(guest)
                process.send_signal(number)
                self.assertEqual(process.wait(60), 0)
            self.assertEqual(os.listdir(self.folder.name), [])


if __name__ == "__main__":
    unittest.main()
