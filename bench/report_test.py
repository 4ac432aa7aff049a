#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""The bench's parts, goals, results and plots fit each other, whatever is measured.

Each part runs with programs that say at once what the real ones would; so no figure of these says
anything of the machine.
"""
import contextlib
import io
import json
import pathlib
import sys
import tempfile
import types
import unittest
import unittest.mock
import xml.etree.ElementTree

TOP = pathlib.Path(__file__).resolve().parents[1]
sys.path.insert(0, str(TOP / "tests" / "harness"))
import bench as program  # noqa: E402
import contenders  # noqa: E402
import figures  # noqa: E402
import goals  # noqa: E402
import instructions  # noqa: E402
import machine  # noqa: E402
import parts  # noqa: E402
import peers  # noqa: E402
import plots  # noqa: E402
import stack  # noqa: E402
import timeline  # noqa: E402
from parts import octets  # noqa: E402

RECORD = "xenglass-host[replay] info: 1/1 %s, %d octets\n"
SAYS = {
    "glmark2-es2-wayland": "    GL_VERSION:    OpenGL ES\n[x] y=z: FPS: 100 FrameTime: 10.000 ms\n",
    "bench-calls": "12.50\n",
    "bench-copies": "1000000000\n",
    "bench-crowd": "60\n",
    "bench-floor": "5000.00\n",
    "bench-latency": "9000.0\n12000.0\n10000.0\n",
    "bench-replay": "  glUniform4f   40.0 ns a call,  25.0 million calls a second\n"
    "  glUniformMatrix4fv   100.0 ns a call,  10.0 million calls a second\n",
    "bench-ring": "awake    300.0 ns   250.0 ns   1.20\nasleep  300.0 ns   250.0 ns   1.20\n",
}


class Process:
    """A program that has said all already."""

    returncode = 0

    def __init__(self, text):
        self.stdin, self.stdout = io.StringIO(), io.StringIO(text)

    def communicate(self):
        return self.stdout.getvalue(), None


def start(guest, command, local=(), environment=None, **options):
    if "--report" in local:
        counters = dict.fromkeys(("sync_at_swap", "bytes_at_swap", "notifications_at_swap"), range(9))
        processes = [{name: list(counts) for name, counts in counters.items()}]
        local[1].write_text(json.dumps({"guests": [{"processes": processes}]}))
    if environment and octets.TRACE.items() <= environment.items():
        burst = RECORD % ("glDrawArrays", 24) * octets.BURST + RECORD % ("glFinish", 8)
        return Process(burst * 3)
    return Process(SAYS.get(pathlib.Path(command[0]).name, "drawn\n"))


class Bench(contenders.Bench):
    """Starts what says at once what the real programs would."""

    def __init__(self, folder, plan):
        run = types.SimpleNamespace(folder=folder, alive=lambda: [], environment={})
        compositor = types.SimpleNamespace(native=start, guest=start, process=None)
        super().__init__(run, compositor, plan)

    @contextlib.contextmanager
    def apart(self, *arguments, **options):
        yield self


def measure_all(plan):
    """What bench.py keeps of each part, when it is run by that."""
    peer = contextlib.contextmanager(lambda run, compositor: iter([start]))
    counts = dict.fromkeys(instructions.NAMES.values(), 50)
    patches = (
        unittest.mock.patch("time.sleep"),
        unittest.mock.patch.object(stack, "end"),
        unittest.mock.patch.object(peers, "PEERS", dict.fromkeys(peers.PEERS, peer)),
        unittest.mock.patch.object(peers, "PROGRAMS", ()),
        unittest.mock.patch.object(instructions, "count", lambda start, folder: counts),
    )
    with contextlib.ExitStack() as ends:
        folder = pathlib.Path(ends.enter_context(tempfile.TemporaryDirectory()))
        for patch in patches:
            ends.enter_context(patch)
        bench = Bench(folder, plan)
        return {name: program.measure_part(bench, name) for name in parts.ALL}


class Report(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.said = io.StringIO()
        with contextlib.redirect_stdout(cls.said):
            cls.parts = measure_all(contenders.Plan(runs=3))

    def test_each_goal_is_of_a_figure_that_a_part_gives(self):
        for goal in goals.GOALS:
            self.assertIn(goal.part, parts.ALL)
            self.assertIn(goal.figure, parts.ALL[goal.part].GIVES)
            self.assertIn(goal.relation, ("≥", "≤"))
        self.assertEqual(len({goal[:2] for goal in goals.GOALS}), len(goals.GOALS))

    def test_each_part_gives_the_figures_that_it_names(self):
        for name, part in parts.ALL.items():
            self.assertEqual(set(part.figures(self.parts[name]["raw"])), set(part.GIVES), name)

    def test_each_goal_is_judged_when_all_parts_are_measured(self):
        for row in goals.judge(self.parts):
            self.assertIsNotNone(row["is_reached"], row["meaning"])

    def test_a_call_with_a_payload_is_told_and_not_held_against_the_goal_of_small_ones(self):
        figure = figures.Figure(**self.parts["replay"]["figures"]["million_per_s"])
        self.assertEqual(figure.value, 25)
        self.assertIn("glUniformMatrix4fv 10.0", figure.note)

    def test_the_small_calls_are_among_those_that_are_measured(self):
        self.assertLessEqual(instructions.SMALL, set(instructions.NAMES.values()))

    def test_natives_own_ratio_to_virgl_stands_beside_ours(self):
        for name in ("virgl_mean", "virgl_least"):
            self.assertIn("native's own: 1.00", self.parts["peers"]["figures"][name]["note"])

    def test_what_is_left_out_of_a_table_is_named_with_its_reason(self):
        for name in self.parts["noop"]["raw"]["left_out"]:
            self.assertNotIn(name, self.parts["noop"]["raw"]["ms_a_frame"])
        self.assertEqual(len(self.parts["noop"]["raw"]["left_out"]), 4)

    def test_a_part_tells_how_long_it_takes_and_a_quick_run_is_short(self):
        for plan in (contenders.Plan(), contenders.QUICK):
            self.assertTrue(all(part.seconds(plan) > 0 for part in parts.ALL.values()))
        quick = sum(part.seconds(contenders.QUICK) for part in parts.ALL.values())
        self.assertLess(quick, 6 * 60)

    def test_results_are_the_same_when_they_are_read_again(self):
        results = {"format": program.FORMAT, "machine": self.describe(), "parts": self.parts}
        with tempfile.TemporaryDirectory() as folder:
            path = pathlib.Path(folder) / "results.json"
            path.write_text(json.dumps(results))
            with contextlib.redirect_stdout(io.StringIO()) as shown:
                self.assertEqual(program.read(path), results)
        for name in parts.ALL:
            self.assertIn(f"== {name}: ", shown.getvalue())

    def test_another_build_takes_the_place_of_native(self):
        with contextlib.redirect_stdout(io.StringIO()) as said:
            found = measure_all(contenders.Plan(runs=3, versus="NAME=VALUE"))
        self.assertEqual(set(found), set(parts.ALL))
        self.assertNotIn("native  ", said.getvalue())
        self.assertEqual(found["glmark2"]["figures"], self.parts["glmark2"]["figures"])

    def test_results_of_another_shape_are_refused(self):
        with tempfile.NamedTemporaryFile("w+", suffix=".json") as file:
            file.write(json.dumps({"format": program.FORMAT + 1}))
            file.flush()
            self.assertRaises(stack.Failure, program.read, pathlib.Path(file.name))

    def describe(self):
        return machine.describe(types.SimpleNamespace(native=start))

    def test_the_machine_is_described(self):
        known = self.describe()
        for name in ("cpu", "cpus", "kernel", "memory_mib", "load", "commit", "is_dirty"):
            self.assertIn(name, known)
        self.assertEqual(known["driver"], {"GL_VERSION": "OpenGL ES"})

    def test_each_part_is_told_of(self):
        told = pathlib.Path(__file__).with_name("README.md").read_text()
        for name in parts.ALL:
            self.assertIn(f"| {name} |", told)

    def test_a_part_that_fails_costs_no_other(self):
        def fail(bench):
            raise OSError("gone")

        with contextlib.redirect_stdout(io.StringIO()) as said:
            with unittest.mock.patch.object(parts.ALL["ring"], "measure", fail):
                found = measure_all(contenders.Plan(runs=1))
        self.assertIsNone(found["ring"])
        self.assertIsNotNone(found["replay"])
        self.assertIn("ring has failed: OSError('gone')", said.getvalue())

    def test_a_plot_lacks_what_did_not_run(self):
        self.assertIn(" NaN", plots.block("cells", [["name", *plots.middle_and_quartiles([None])]]))


class Files(unittest.TestCase):
    def say(self, *arguments):
        with contextlib.redirect_stdout(io.StringIO()) as said:
            with unittest.mock.patch.object(sys, "argv", ["bench", *map(str, arguments)]):
                with self.assertRaises(SystemExit) as end:
                    program.main()
        return end.exception.code, said.getvalue()

    def test_what_cannot_be_written_or_read_is_said_at_once(self):
        with tempfile.TemporaryDirectory() as folder:
            file = pathlib.Path(folder) / "file"
            file.write_text("no JSON")
            for arguments, why in (
                (["--plots", file], f"{file}: File exists"),
                (["--json", folder], f"{folder}: Is a directory"),
                (["--plots", folder, "--json", f"{file}s", "--scene", "none"], "no scene of glmark2 has none"),
                (["--plots", folder, "--show", f"{file}t"], f"{file}t: No such file or directory"),
                (["--plots", folder, "--show", file], f"{file}: Expecting value: line 1"),
            ):
                code, said = self.say("--only", "ring", *arguments)
                self.assertEqual(code, 1)
                self.assertTrue(said.startswith(f"failed: {why}"), said)
                self.assertEqual(said.count("\n"), 1)


class Plots(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        stack.need("gnuplot")
        with contextlib.redirect_stdout(io.StringIO()):
            cls.parts = measure_all(contenders.Plan(runs=3))

    def test_each_plot_is_drawn(self):
        with tempfile.TemporaryDirectory() as folder:
            drawn = plots.draw(self.parts, pathlib.Path(folder) / "plots")
            self.assertEqual({path.stem for path in drawn}, set(plots.PLOTS))
            for path in drawn:
                self.assertTrue(xml.etree.ElementTree.parse(path).getroot().tag.endswith("svg"))
                self.assertGreater(path.read_text().count("<path"), 3)

    def test_where_no_scene_ran_there_is_no_plot(self):
        with tempfile.TemporaryDirectory() as folder:
            self.assertEqual(plots.draw({"noop": {"raw": {"ms_a_frame": {}}}}, folder), [])


class Judgement(unittest.TestCase):
    goal = goals.GOALS[0]

    def doubts(self, low, high, runs=5, others=0.0, is_timed=True):
        figure = figures.Figure(self.goal.limit, low, high, runs)
        return goals.doubts(self.goal, figure, {"others": others, "is_timed": is_timed})

    def test_a_limit_itself_is_reached(self):
        for goal in goals.GOALS:
            worse = goal.limit + (-0.01 if goal.relation == "≥" else 0.01)
            self.assertTrue(goals.is_reached(goal, goal.limit))
            self.assertFalse(goals.is_reached(goal, worse))

    def test_what_was_not_measured_is_neither_reached_nor_missed(self):
        self.assertTrue(all(goals.verdict(row) == "not measured" for row in goals.judge({})))

    def test_a_quiet_figure_is_not_doubted(self):
        self.assertEqual(self.doubts(1.0, 1.1), [])

    def test_quartiles_on_both_sides_of_a_goal_are_told(self):
        self.assertEqual(self.doubts(0.95, 1.05), ["the goal lies between the quartiles"])

    def test_a_spread_on_one_side_of_a_goal_is_no_doubt(self):
        self.assertEqual(self.doubts(1.0, 1.5), [])

    def test_few_runs_are_told(self):
        self.assertEqual(self.doubts(1.0, 1.0, runs=1), ["few runs"])

    def test_a_busy_machine_is_told_of_times_alone(self):
        self.assertEqual(self.doubts(1.0, 1.0, others=0.5), ["busy machine"])
        self.assertEqual(self.doubts(1.0, 1.0, others=0.5, is_timed=False), [])


class Figures(unittest.TestCase):
    def test_a_ratio_is_of_neighbouring_runs(self):
        cell = {"native": [4, 9, None], "xenglass": [2, 3, 1]}
        self.assertEqual(figures.ratios(cell), [2, 3])

    def test_the_mean_is_of_medians_and_its_spread_of_whole_runs(self):
        self.assertEqual(
            figures.mean_of_runs([[1, 1, 4], [4, 4, 4], []]), figures.Figure(2, 2, 4, 3)
        )

    def test_the_least_is_named(self):
        self.assertEqual(figures.least({"a": [2, 3], "b": [1, 2]}), figures.Figure(1.5, 1, 2, 2, "b"))

    def test_a_run_whose_host_has_ended_gives_no_figure(self):
        says = "[x] y: FPS: 9 FrameTime: 9 ms\nxenglass-local[keeper] error: guest1: gone\n"
        with tempfile.TemporaryDirectory() as folder:
            bench = Bench(pathlib.Path(folder), contenders.Plan())
            bench.sides["xenglass"] = lambda *arguments, **options: Process(says)
            with contextlib.redirect_stdout(io.StringIO()):
                self.assertIsNone(bench.frame_ms("xenglass", ["glmark2-es2-wayland"]))

    def test_what_a_program_waits_for_after_its_last_frame_is_of_no_frame(self):
        def span(name, begin_us, long_us):
            return {"ph": "X", "pid": 1, "tid": 1, "name": name, "ts": begin_us, "dur": long_us}

        program = {"ph": "M", "name": "process_name", "pid": 1, "args": {"name": "program"}}
        swaps = [span("swap", 1000, 1000), span("swap", 10000, 1000)]
        waits = [span("wait for room", 3000, 2000), span("wait for an answer", 20000, 50000)]
        frames, found = timeline.split([program, *swaps, *waits])
        self.assertEqual((frames, found["guest", "between swaps"]), (2, 3.0))

    def test_turns_alternate(self):
        turns = []
        ways = {name: lambda name=name: turns.append(name) for name in "ab"}
        Bench(pathlib.Path(), contenders.Plan(runs=3)).in_turn(ways)
        self.assertEqual("".join(turns), "abbaab")


if __name__ == "__main__":
    unittest.main()
