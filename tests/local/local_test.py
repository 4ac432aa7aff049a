#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""What xenglass-local does with processes: starts, watches, ends, tells, and leaves nothing behind.

The other programs are stand-ins here, a few lines each, so that each way to fail can be had at
will. A copy of xenglass-local lies beside them, where it looks first.
"""
import json
import os
import pathlib
import shutil
import signal
import subprocess
import sys
import unittest

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[1] / "harness"))
import stack  # noqa: E402

# Says that it is ready, and waits for its end. What NAME.fault says happens instead.
STAND_IN = """#!/bin/sh
name=${0##*/}
fault=$(cat "$0.fault" 2>/dev/null)
echo "$*" >"$0.words"
[ "$fault" = exit ] && exit 7
[ "$fault" = hang ] && exec sleep 1000
while [ $# -gt 1 ]; do
	[ "$1" = --ready-fd ] && fd=$2
	[ "$1" = --name ] && guest=$2
	shift
done
[ "$fault" = "end ${guest:-}" ] && { echo $$ >"$0.id"; eval "echo >&$fd"; sleep 0.3; exit 8; }
[ "$fault" = child ] && { sleep 1000 & setsid sleep 1001 & }
eval "echo >&$fd; exec $fd>&-"
exec sleep 1000
"""
PROGRAMS = ("xenglass-compositor", "xenglass-host", "xenglass-guestd")


class Local(unittest.TestCase):
    def setUp(self):
        self.run_ = stack.Run()
        self.addCleanup(self.run_.__exit__, None, None, None)
        self.programs = self.run_.folder / "programs"
        self.programs.mkdir()
        shutil.copy(stack.LOCAL, self.programs)
        (self.programs / "20_xenglass.json").write_text("{}")
        for name in PROGRAMS:
            path = self.programs / name
            path.write_text(STAND_IN)
            path.chmod(0o755)
        self.report = self.run_.folder / "report.json"

    def fault(self, program, what):
        (self.programs / f"{program}.fault").write_text(what)

    def start(self, *arguments, **options):
        """Starts xenglass-local in a process group of its own, as a shell would."""
        command = [self.programs / "xenglass-local", *arguments]
        return self.run_.start(
            command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, process_group=0,
            **options
        )  # fmt: skip

    def finish(self, process):
        """(exit status, output, errors) of a run that must leave nothing behind."""
        out, errors = process.communicate(timeout=stack.DEADLINE_S)
        self.run_.check_nothing_left()
        return process.returncode, out, errors

    def run_local(self, *arguments, **options):
        return self.finish(self.start(*arguments, **options))

    def start_and_wait(self, *arguments):
        """Starts a run, and waits until its command runs. Answers (process, the command's id)."""
        process = self.start(*arguments, "sh", "-c", "echo $$; exec sleep 1000")
        return process, int(process.stdout.readline())

    def keeper_of(self, process):
        with open(f"/proc/{process.pid}/task/{process.pid}/children") as children:
            return int(children.read().split()[0])

    def test_a_wrong_command_line_gives_one_line_and_status_125(self):
        for arguments, word in (
            (["--bogus", "true"], "--bogus"),
            (["--guests"], "--guests"),
            (["--guests", "0", "true"], "--guests"),
            (["--guests", "9", "true"], "--guests"),
            (["--guests", "2x", "true"], "--guests"),
            (["--headless", "800", "true"], "--headless"),
            (["--headless", "0x600", "true"], "--headless"),
            (["--headless", "800x99999", "true"], "--headless"),
            (["--headless", "800x600x2", "true"], "--headless"),
            (["--nested", "true"], "WAYLAND_DISPLAY"),
            (["--headless", "800x600", "--wayland", "x", "true"], "exclude"),
            (["--headless", "800x600", "--no-screen", "true"], "exclude"),
            (["--no-screen", "--screenshot", "shot.png", "true"], "--no-screen"),
            (["--screenshot-after", "soon", "true"], "--screenshot-after"),
            (["--report", "/no/such/report.json", "true"], "cannot write /no/such/report.json"),
            (["--screenshot", "/no/such/shot.png", "true"], "cannot write /no/such/shot.png"),
            (["--report", "/", "true"], "cannot write /"),
            ([], "no command"),
        ):
            status, out, errors = self.run_local(*arguments)
            self.assertEqual(status, 125, arguments)
            self.assertEqual(out, "")
            self.assertEqual(errors.count("\n"), 1, errors)
            self.assertIn(word, errors)

    def test_help_and_version_go_to_standard_output(self):
        for option in ("--help", "--version"):
            status, out, errors = self.run_local(option)
            self.assertEqual((status, errors), (0, ""))
            self.assertIn("xenglass-local", out)

    def test_the_exit_status_is_the_commands(self):
        self.assertEqual(self.run_local("true")[0], 0)
        self.assertEqual(self.run_local("--", "sh", "-c", "exit 42")[0], 42)
        self.assertEqual(self.run_local("sh", "-c", "kill -SEGV $$")[0], 128 + signal.SIGSEGV)

    def test_a_command_that_cannot_run_gives_127_or_126(self):
        status, _, errors = self.run_local("no-such-program-here")
        self.assertEqual(status, 127)
        self.assertIn("no-such-program-here", errors)
        self.assertEqual(self.run_local(str(self.programs / "20_xenglass.json"))[0], 126)

    def test_each_guest_has_sockets_of_its_own(self):
        script = 'test -z "$DISPLAY" && echo "$WAYLAND_DISPLAY $XDG_RUNTIME_DIR $XENGLASS_SOCKET"'
        self.run_.environment["DISPLAY"] = ":0"
        status, out, _ = self.run_local("--guests", "3", "sh", "-c", script)
        self.assertEqual(status, 0)
        lines = sorted(out.splitlines())
        self.assertEqual(len(set(lines)), 3)
        for number, line in enumerate(lines, 1):
            display, runtime, socket = line.split()
            self.assertEqual(display, "wayland-0")
            self.assertTrue(runtime.endswith(f"/guest{number}"))
            self.assertEqual(socket, f"{runtime}/gl.sock")

    def test_the_report_tells_of_each_guest(self):
        script = (
            'echo "{\\"swaps\\": 5}" > "${XENGLASS_STATS}7.json"; '
            'case $XDG_RUNTIME_DIR in *2) exit 3;; esac'
        )  # fmt: skip
        command = ["sh", "-c", script]
        status, _, _ = self.run_local("--guests", "2", "--report", str(self.report), *command)
        report = json.loads(self.report.read_text())
        self.assertEqual(status, 3)
        self.assertEqual(report["status"], 3)
        self.assertEqual(report["command"], command)
        self.assertIsNone(report["error"])
        self.assertEqual([guest["status"] for guest in report["guests"]], [0, 3])
        processes = [guest["processes"] for guest in report["guests"]]
        self.assertEqual(processes, [[{"swaps": 5}]] * 2)

    def test_what_the_command_leaves_running_ends_with_it(self):
        status, _, _ = self.run_local("sh", "-c", "setsid sleep 1000 & sleep 1000 & exit 0")
        self.assertEqual(status, 0)

    def test_what_a_daemon_leaves_running_ends_with_it(self):
        self.fault("xenglass-guestd", "child")
        self.assertEqual(self.run_local("true")[0], 0)

    def test_ctrl_c_ends_all_of_it(self):
        process, _ = self.start_and_wait()
        os.killpg(process.pid, signal.SIGINT)
        self.assertEqual(self.finish(process)[0], 128 + signal.SIGINT)

    def test_ctrl_c_ends_a_stack_that_still_starts(self):
        self.fault("xenglass-host", "hang")
        process = self.start("true")
        words = self.programs / "xenglass-host.words"
        stack.wait_until(words.exists, "xenglass-host to start")
        os.killpg(process.pid, signal.SIGINT)
        self.assertEqual(self.finish(process)[0], 128 + signal.SIGINT)

    def test_a_compositors_name_is_looked_up_before_the_hosts_get_it(self):
        socket = pathlib.Path(self.run_.environment["XDG_RUNTIME_DIR"]) / "other-0"
        socket.touch()
        self.addCleanup(socket.unlink)
        status = self.start("--wayland", "other-0", "true").wait(stack.DEADLINE_S)
        self.assertEqual(status, 0)
        words = (self.programs / "xenglass-host.words").read_text()
        self.assertIn(f"--wayland {socket} ", words)

    def test_a_compositor_that_is_not_there_gives_one_line(self):
        status, _, errors = self.run_local("--wayland", "/nonexistent/wayland-0", "true")
        self.assertEqual(status, 125)
        self.assertEqual(errors.count("\n"), 1, errors)
        self.assertIn("cannot reach a compositor at /nonexistent/wayland-0", errors)

    def test_without_a_screen_there_is_no_compositor_and_no_display(self):
        (self.programs / "xenglass-compositor").unlink()
        script = 'echo "${WAYLAND_DISPLAY-none} ${XDG_SESSION_TYPE-none}"'
        status, out, errors = self.run_local("--no-screen", "sh", "-c", script)
        self.assertEqual((status, out, errors), (0, "none none\n", ""))
        words = (self.programs / "xenglass-host.words").read_text()
        self.assertNotIn("--wayland", words)
        self.assertNotIn("--no-jail", words)

    def test_hosts_are_confined_unless_it_is_asked_for(self):
        self.assertEqual(self.run_local("--no-jail", "true")[0], 0)
        self.assertIn("--no-jail", (self.programs / "xenglass-host.words").read_text())

    def test_sigterm_ends_all_of_it(self):
        process, _ = self.start_and_wait("--guests", "2")
        process.terminate()
        self.assertEqual(self.finish(process)[0], 128 + signal.SIGTERM)

    def test_a_command_that_ignores_signals_is_killed(self):
        process = self.start("sh", "-c", "trap '' TERM; echo; while :; do sleep 1; done")
        process.stdout.readline()
        process.terminate()
        self.assertEqual(self.finish(process)[0], 128 + signal.SIGTERM)

    def test_kill_9_of_itself_leaves_nothing(self):
        process, _ = self.start_and_wait("--guests", "2")
        process.kill()
        self.assertEqual(self.finish(process)[0], -signal.SIGKILL)

    def test_kill_9_of_its_keeper_leaves_nothing(self):
        process, _ = self.start_and_wait("--guests", "2")
        os.kill(self.keeper_of(process), signal.SIGKILL)
        status, _, errors = self.finish(process)
        self.assertEqual(status, 125)
        self.assertEqual(errors.count("\n"), 1, errors)

    def test_a_daemon_that_cannot_start_gives_one_line(self):
        for program in PROGRAMS:
            self.fault(program, "exit")
            status, _, errors = self.run_local("--report", str(self.report), "true")
            self.assertEqual(status, 125)
            self.assertEqual(errors.count("\n"), 1, errors)
            self.assertIn(program, errors)
            self.assertIn(program, json.loads(self.report.read_text())["error"])
            self.fault(program, "")

    def test_a_missing_program_gives_one_line(self):
        (self.programs / "xenglass-host").unlink()
        status, _, errors = self.run_local("true")
        self.assertEqual(status, 125)
        self.assertEqual(errors.count("\n"), 1, errors)
        self.assertIn("xenglass-host is missing", errors)

    def test_the_compositors_death_ends_the_run(self):
        self.fault("xenglass-compositor", "end ")
        status, _, errors = self.run_local("sleep", "1000")
        self.assertEqual(status, 125)
        self.assertIn("xenglass-compositor ended with exit status 8", errors)

    def test_the_death_of_one_guests_host_leaves_the_others_alone(self):
        self.fault("xenglass-host", "end guest1")
        wait = f"while kill -0 $(cat {self.programs}/xenglass-host.id); do sleep 0.1; done 2>&-"
        status, out, errors = self.run_local("--guests", "2", "sh", "-c", f"{wait}; echo done")
        self.assertEqual(status, 0)
        self.assertEqual(out, "done\ndone\n")
        self.assertIn("guest1: xenglass-host ended with exit status 8", errors)


if __name__ == "__main__":
    unittest.main(verbosity=2)
