# SPDX-License-Identifier: MIT
"""Draws what the bench has found: an SVG, and the gnuplot script that made it, for each plot."""
import itertools
import pathlib
import shutil
import subprocess

import figures
import glmark2
import goals
import instructions
import stack

from parts import copies, guests

COLOURS = {"native": "#7f7f7f", "other": "#7f7f7f", "xenglass": "#0072b2", "virgl": "#d55e00", "waypipe": "#009e73"}
KINDS = dict(zip(copies.KINDS, ("#0072b2", "#56b4e9", "#009e73", "#d55e00", "#e69f00")))
HEAD = """set terminal svg size {width},{height} noenhanced font "DejaVu Sans,12" background "white"
set output "{name}.svg"
set title "{title}"
set border 3
set tics nomirror out
set grid lc "#dddddd" lt 1
set key outside top center horizontal
"""


def block(name, rows):
    """A table of gnuplot's; words are quoted, and what is missing is a NaN."""
    lines = [
        " ".join(f'"{word}"' if isinstance(word, str) else "NaN" if word is None else f"{word:.6g}"
                 for word in row)
        for row in rows
    ]  # fmt: skip
    return "\n".join([f"${name} << END", *lines, "END", ""])


def middle_and_quartiles(values):
    found = figures.figure(values)
    return [found.value, found.low, found.high] if found else [None, None, None]


def limit(part, figure):
    return next(goal.limit for goal in goals.GOALS if (goal.part, goal.figure) == (part, figure))


def draw_ratios(cells, sides):
    """For each scene how many times as fast as other sides xenglass is, quartiles as bars."""
    step = 0.8 / len(sides)
    script, lines = "", []
    for i, side in enumerate(sides):
        rows = [
            [glmark2.short(name), n + (i - (len(sides) - 1) / 2) * step,
             *middle_and_quartiles(figures.ratios(cell, side))]
            for n, (name, cell) in enumerate(cells.items())
        ]  # fmt: skip
        script += block(side, rows)
        colour = COLOURS["xenglass" if len(sides) == 1 else side]
        lines.append(f'${side} using 3:2:4:5 with xerrorbars pt 7 ps 0.6 lc "{colour}"'
                     f' title "to {side}"')  # fmt: skip
    tics = ", ".join(f'"{glmark2.short(name)}" {n}' for n, name in enumerate(cells))
    script += f"set ytics ({tics})\nset yrange [{len(cells) - 0.5}:-0.5]\n"
    script += "set xrange [*<0.5:1.5<*]\n"
    script += "set arrow from 1,graph 0 to 1,graph 1 nohead lw 2\n"
    script += 'set xlabel "times as fast: right of 1, xenglass is faster"\n'
    return script + "plot " + ", ".join(lines) + "\n"


def draw_to_reference(cells):
    return draw_ratios(cells, [figures.reference(next(iter(cells.values())))])


def draw_glmark2(raw):
    least = limit("glmark2", "least")
    goal = f'set arrow from {least},graph 0 to {least},graph 1 nohead dt 2 lc "#cc0000"\n'
    return goal + draw_to_reference(raw["ms_a_frame"])


def draw_noop(raw):
    return draw_to_reference(raw["ms_a_frame"])


def draw_peers(raw):
    cells = raw["ms_a_frame"]
    sides = [side for side in next(iter(cells.values())) if side != "xenglass"]
    return "set logscale x 2\n" + draw_ratios(cells, sides)


def draw_guests(raw):
    script, lines = "", []
    for side in guests.sides_of(raw):
        rows = []
        for count, cell in raw["frames_per_s"].items():
            totals = [sum(rates) for rates in cell[side] if rates]
            rows.append([float(count), *middle_and_quartiles(totals)])
        script += block(side, rows)
        lines.append(f'${side} with yerrorlines pt 7 lw 2 lc "{COLOURS[side]}" title "{side}"')
    tics = ", ".join(f'"{count}" {count}' for count in guests.COUNTS)
    script += f"set logscale x 2\nset xtics ({tics})\nset xrange [0.9:18]\nset yrange [0:*]\n"
    script += 'set xlabel "guests, or programs, at once"\nset ylabel "frames/s of all together"\n'
    return script + "plot " + ", ".join(lines) + "\n"


def draw_latency(raw):
    script, lines = "", []
    for side, runs in raw["ms"].items():
        ordered = sorted(ms for run in runs for ms in run)
        script += block(side, [[ms, 100 * (i + 1) / len(ordered)] for i, ms in enumerate(ordered)])
        if ordered:
            lines.append(f'${side} with steps lw 2 lc "{COLOURS[side]}" title "{side}"')
    script += 'set xlabel "ms from eglSwapBuffers to the screen"\nset xrange [0:*]\n'
    script += 'set ylabel "% of the frames"\nset yrange [0:100]\n'
    return script + "plot " + ", ".join(lines) + "\n"


def draw_calls(raw):
    rows = [
        [instructions.NAMES[name],
         *itertools.chain(*(middle_and_quartiles(cell[side]) for side in figures.sides(cell)))]
        for name, cell in raw["ns"].items()
    ]  # fmt: skip
    script = block("calls", rows)
    script += "set style data histograms\nset style histogram errorbars gap 1 lw 1\n"
    script += "set style fill solid noborder\nset boxwidth 0.9\nset xtics rotate by -35\nset rmargin 10\nset errorbars lc \"black\"\n"
    script += 'set ylabel "ns in the program\'s thread"\nset logscale y\nset yrange [1:*]\n'
    goal = limit("calls", "small_ns")
    lines = [f'$calls using {column}:{column + 1}:{column + 2}:xtic(1) lc "{COLOURS[side]}"'
             f' title "{side}"' for side, column in zip(figures.sides(raw["through_per_s"]), (2, 5))]  # fmt: skip
    lines.append(f'{goal} with lines dt 2 lc "#cc0000" title "goal of a small call"')
    return script + "plot " + ", ".join(lines) + "\n"


def draw_copies(raw):
    script, lines = "", []
    for kind, sizes in raw["octets_per_s"].items():
        rows = [[int(size) / copies.KIB, *middle_and_quartiles(copies.ratios(cell))]
                for size, cell in sizes.items()]  # fmt: skip
        script += block(kind, rows)
        lines.append(f'${kind} with yerrorlines pt 7 lw 2 lc "{KINDS[kind]}"'
                     f' title "{copies.KINDS[kind]}"')  # fmt: skip
    lines.append(f'{limit("copies", "texture")} with lines dt 2 lc "#cc0000" title "goal"')
    script += 'set logscale x 2\nset xlabel "KiB at a time"\nset yrange [0:*]\n'
    script += 'set ylabel "octets/s, times the other side\'s"\n'
    return script + "plot " + ", ".join(lines) + "\n"


# part: (how, points for each scene, title); without these, all are as high.
PLOTS = {
    "glmark2": (draw_glmark2, 22, "glmark2 in a window"),
    "noop": (draw_noop, 22, "glmark2 with a driver that draws nothing"),
    "peers": (draw_peers, 44, "glmark2 at highp: xenglass to its peers"),
    "guests": (draw_guests, None, "many guests at once"),
    "latency": (draw_latency, None, "from eglSwapBuffers to the screen"),
    "calls": (draw_calls, None, "what a call costs the program, with a driver that does nothing"),
    "copies": (draw_copies, None, "uploads and read-back: xenglass to the other side"),
}
WIDTH, HEIGHT, AROUND = 900, 600, 140


def height_of(raw, a_scene):
    return AROUND + a_scene * len(raw["ms_a_frame"]) if a_scene else HEIGHT


def draw(parts, folder):
    """The paths of the plots of those parts that were measured; none without gnuplot."""
    if not shutil.which("gnuplot"):
        print("no gnuplot here: install gnuplot-nox")
        return []
    folder = pathlib.Path(folder)
    folder.mkdir(parents=True, exist_ok=True)
    drawn = []
    for name in PLOTS.keys() & parts.keys():
        how, a_scene, title = PLOTS[name]
        if a_scene and not parts[name]["raw"]["ms_a_frame"]:
            continue
        height = height_of(parts[name]["raw"], a_scene)
        script = folder / f"{name}.gnuplot"
        head = HEAD.format(name=name, width=WIDTH, height=height, title=title)
        script.write_text(head + how(parts[name]["raw"]))
        out = subprocess.run(["gnuplot", script.name], cwd=folder, stderr=subprocess.PIPE, text=True)
        if out.returncode != 0:
            raise stack.Failure(f"gnuplot cannot draw {script}:\n{out.stderr}")
        drawn.append(folder / f"{name}.svg")
    return sorted(drawn)
