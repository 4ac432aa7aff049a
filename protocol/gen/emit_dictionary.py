# SPDX-License-Identifier: MIT
"""xg_wire.dict: words for a fuzzer: each command's head, payload places, and GL's enums."""

import struct


def word(name, octets):
    return f'{name}="' + "".join(f"\\x{octet:02x}" for octet in octets) + '"\n'


def emit(model):
    out = ["# SPDX-License-Identifier: MIT\n"
           "# Words of the wire. Generated: see protocol/README.md.\n"]
    for call in model.wire_calls:
        head = struct.pack("<HHI", call.opcode, int(call.is_sync), call.size)
        out.append(word(call.name, head))
    for name, place in (("inline", 1), ("staged", 2), ("bulk", 64)):
        out.append(word(name, struct.pack("<II", 8, place)))
    for name, value in sorted(model.enums.items()):
        out.append(word(name, struct.pack("<I" if value < 1 << 32 else "<Q", value)))
    return {"xg_wire.dict": "".join(out)}
