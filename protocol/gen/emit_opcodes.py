# SPDX-License-Identifier: MIT
"""xg_opcodes.h: the ledger as an enum."""

import cfile


def emit(model):
    lines = [f"\tXG_OP_{name} = {number}," for name, number in model.opcodes.items()]
    body = "enum xg_opcode {\n\tXG_OP_NONE = 0,\n" + "\n".join(lines) + "\n};\n\n"
    body += "/* The length of the ledger: opcodes are 1 … XG_OPCODE_LAST. */\n"
    body += f"#define XG_OPCODE_LAST {len(model.opcodes)}\n"
    return {"xg_opcodes.h": cfile.guarded("xg_opcodes.h", "The number of each command.", body)}
