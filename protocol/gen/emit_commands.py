# SPDX-License-Identifier: MIT
"""xg_cmd.h: the fixed part of each command as a struct."""

import cfile
from classify import C_TYPE


def struct(call):
    lines = [f"struct xg_cmd_{call.name} {{", "\tstruct xg_record record;"]
    members = [(f.offset, f"{C_TYPE[f.wire]} {f.name}" if f.wire != "data"
                else f"struct xg_data {f.name}") for f in call.fields]
    members += [(at, f"uint32_t zero_{at}") for at in call.padding]
    lines += [f"\t{text};" for _, text in sorted(members)]
    lines.append("};")
    lines.append(f"_Static_assert(sizeof(struct xg_cmd_{call.name}) == {call.size}, "
                 f'"{call.name}: size on the wire");\n')
    return "\n".join(lines)


def emit(model):
    body = "#include <stdint.h>\n\n#include \"xenglass/wire.h\"\n\n"
    body += "\n".join(struct(call) for call in model.wire_calls)
    return {"xg_cmd.h": cfile.guarded("xg_cmd.h", "The fixed part of each command.", body)}
