#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""From entries.txt, EGL's entry points as C.

usage: gen_entries.py header|source entries.txt OUTPUT

header  declares the function behind each entry point.
source  the table of entry points by name, and for each that libEGL.so.1 does not dispatch itself
        a stub that finds the vendor of the display or device and calls it through libEGL's table.
"""
import re
import sys

ROW = re.compile(
    r"(?P<how>core|display|device)\s+(?P<type>.*?[\s*])(?P<name>egl\w+)"
    r"\((?P<parameters>[^()]*)\)(?:\s*=\s*(?P<same>egl\w+))?$"
)


def read(path):
    """The rows as dictionaries, in the file's order."""
    rows = []
    with open(path, encoding="utf-8") as file:
        for number, line in enumerate(file, 1):
            line = line.strip()
            if not line or line.startswith("#"):
                continue
            match = ROW.match(line)
            if not match:
                sys.exit(f"{path}:{number}: not a row: HOW TYPE NAME(PARAMETERS) [= NAME]")
            row = match.groupdict()
            row["where"] = f"{path}:{number}"
            row["type"] = row["type"].strip()
            rows.append(row)
    check(rows)
    return rows


def check(rows):
    names = {}
    for row in rows:
        if row["name"] in names:
            sys.exit(f"{row['where']}: {row['name']} stands twice, see {names[row['name']]}")
        names[row["name"]] = row["where"]
        first = {"display": "EGLDisplay ", "device": "EGLDeviceEXT ", "core": ""}[row["how"]]
        if not row["parameters"].startswith(first):
            sys.exit(f"{row['where']}: a {row['how']} row's first parameter is an {first.strip()}")
    for row in rows:
        if row["same"] and row["same"] not in names:
            sys.exit(f"{row['where']}: there is no row for {row['same']}")


def arguments(row):
    return [part.split()[-1].lstrip("*") for part in row["parameters"].split(",")]


def header(rows):
    out = [
        "/* Generated from entries.txt: the functions behind EGL's entry points. */",
        "#ifndef XG_EGL_ENTRY_H",
        "#define XG_EGL_ENTRY_H",
        "",
        "#include <EGL/egl.h>",
        "#include <EGL/eglext.h>",
        "",
        "typedef __eglMustCastToProperFunctionPointerType EGLProc;",
        "",
    ]
    for row in rows:
        if not row["same"]:
            out.append(f"{row['type']} xg_{row['name']}({row['parameters']});")
    return out + ["", "#endif"]


def stub(row, index):
    args = ", ".join(arguments(row))
    return [
        f"static {row['type']} stub_{row['name']}({row['parameters']})",
        "{",
        f"\ttypedef {row['type']} (*function)({row['parameters']});",
        f"\tconst function call =",
        f"\t\t(function)xg_vendor_fetch_by_{row['how']}({arguments(row)[0]}, {index});",
        "",
        f"\treturn call ? call({args}) : 0;",
        "}",
        "",
    ]


def source(rows):
    rows = sorted(rows, key=lambda row: row["name"])
    out = [
        "/* Generated from entries.txt: EGL's entry points by name, sorted. */",
        '#include "xg_egl_entry.h"',
        '#include "vendor.h"',
        "",
    ]
    for index, row in enumerate(rows):
        if row["how"] != "core":
            out += stub(row, index)
    out.append("struct xg_vendor_entry xg_vendor_entries[] = {")
    for row in rows:
        target = row["same"] or row["name"]
        stub_name = "NULL" if row["how"] == "core" else f"(EGLProc)stub_{row['name']}"
        out.append(f'\t{{"{row["name"]}", (EGLProc)xg_{target}, {stub_name}, -1}},')
    out += ["};", "", f"const size_t xg_vendor_entry_count = {len(rows)};"]
    return out


def main():
    if len(sys.argv) != 4 or sys.argv[1] not in ("header", "source"):
        sys.exit(__doc__)
    lines = {"header": header, "source": source}[sys.argv[1]](read(sys.argv[2]))
    with open(sys.argv[3], "w", encoding="utf-8") as file:
        file.write("\n".join(lines) + "\n")


if __name__ == "__main__":
    main()
