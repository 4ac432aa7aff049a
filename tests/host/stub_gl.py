#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""Writes a GL driver that does nothing but use its arguments.

Each function reads every input to its end and fills every output, as long as the registry says
they are, so that a sanitizer sees a payload that is too short. What the registry cannot say, and
what must have an answer, is written by hand in stub_driver.c; only the rest of the table is filled.

    stub_gl.py --protocol DIR --registry gl.xml --output FILE
"""

import argparse
import os
import re
import sys

HEAD = """\
/* Written by stub_gl.py: a driver that only uses its arguments. */
#include "stub_driver.h"

#define COUNT(n) ((n) > 0 ? (size_t)(n) : 0)

"""


def octets(param, widths):
    """C text of how many octets a pointer leads to, or None if the registry does not say."""
    width = widths.get(param.base, 1)
    length = param.length
    if length is None:
        return None
    if re.fullmatch(r"\d+", length):
        return str(int(length) * width)
    match = re.fullmatch(r"(\w+)(?:\*(\d+))?", length)
    if match:
        return f"COUNT({match[1]}) * {int(match[2] or 1) * width}"
    return str(4 * width) if "pname" in length else None


def use(param, widths, names):
    """The statement that uses a pointer parameter, if there is something to use."""
    if param.pointers != 1:
        return []
    size = octets(param, widths)
    if not param.is_const:
        return [f"\tif ({param.name})", f"\t\txg_stub_write({param.name}, {size});"] if size else []
    if size:
        return [f"\tif ({param.name})", f"\t\txg_stub_read({param.name}, {size});"]
    if param.base == "GLchar" and "length" in names:
        return [f"\tif ({param.name})", f"\t\txg_stub_read({param.name}, COUNT(length));"]
    if param.base == "GLchar":
        return [f"\txg_stub_read({param.name}, strlen({param.name}) + 1);"]
    return []


def function(command, widths):
    arguments = ", ".join(f"{p.type}{'' if p.type.endswith('*') else ' '}{p.name}"
                          for p in command.params) or "void"
    result = command.result.type
    body = [f"\txg_stub_call(\"{command.name}\");"]
    for param in command.params:
        body += use(param, widths, [p.name for p in command.params])
    if result != "void":
        body.append("\treturn 0;")
    return "\n".join([f"static {result} GL_APIENTRY stub_{command.name}({arguments})", "{", *body,
                      "}", ""])


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--protocol", required=True)
    parser.add_argument("--registry", required=True)
    parser.add_argument("--output", required=True)
    arguments = parser.parse_args()
    sys.path.insert(0, os.path.join(arguments.protocol, "gen"))
    import main as generator  # pylint: disable=import-outside-toplevel
    from classify import BYTES, SCALARS  # pylint: disable=import-outside-toplevel

    widths = {**{name: size for name, (_, size) in SCALARS.items()}, **BYTES}
    model = generator.build_model(arguments.registry, arguments.protocol)
    calls = [call for call in model.calls if call.name.startswith("gl")]
    text = HEAD + "\n".join(function(call.command, widths) for call in calls)
    text += "\nvoid xg_stub_fill(struct xg_gl_table *table)\n{\n"
    text += "".join(f"\tif (!table->{call.name})\n\t\ttable->{call.name} = stub_{call.name};\n"
                    for call in calls) + "}\n"
    with open(arguments.output, "w", encoding="utf-8") as file:
        file.write(text)


if __name__ == "__main__":
    main()
