# SPDX-License-Identifier: MIT
"""xg_tables.h and .c: what the validator and both ends know about each command, as data."""

import cfile
from classify import BOUNDED, SHARED, WIDTH

HEADER = """\
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "xg_opcodes.h"

/* Classes of GL objects, as the registry names them. */
enum xg_class {
%(classes)s
	XG_CLASS_COUNT = %(class_count)d,
};

enum xg_rule {
	XG_RULE_FIXED = 1,    /* factor octets */
	XG_RULE_COUNTED = 2,  /* the argument at count_offset × factor; a negative one counts 0 */
	XG_RULE_SIZED = 3,    /* what size() says × factor */
	XG_RULE_STRING = 4,   /* ends with a NUL */
	XG_RULE_TEXT = 5,     /* the argument at count_offset, which is not negative */
	XG_RULE_ARGUMENT = 6, /* anything: hand-written code at both ends knows */
};

#define XG_PAYLOAD_OUTPUT   0x1u
#define XG_PAYLOAD_NULLABLE 0x2u
#define XG_PAYLOAD_KEPT     0x4u /* the driver writes a part: the rest is as the guest laid it */
#define XG_PAYLOAD_UNSIGNED 0x8u /* the argument that counts is never negative */

struct xg_payload_info {
	const char *name;
	uint16_t offset; /* of its struct xg_data in the command's struct */
	uint8_t rule;    /* enum xg_rule */
	uint8_t flags;   /* XG_PAYLOAD_* */
	uint16_t count_offset;
	uint8_t count_size; /* 4 or 8 octets */
	uint32_t factor;
	/* False if the arguments say nothing that is known: the size is 0 then. */
	bool (*size)(const void *command, size_t *size);
};

#define XG_CALL_REPLY	0x1u /* synchronous */
#define XG_CALL_GL	0x2u /* wants a current context */
#define XG_CALL_SUCCESS 0x4u /* the result says whether the outputs are filled */
#define XG_CALL_BOUNDED 0x8u /* it has extents, positions or ranges */

struct xg_call_info {
	const char *name; /* NULL: no such opcode */
	uint16_t size;	  /* of the command's struct */
	uint8_t flags;	  /* XG_CALL_* */
	uint8_t payload_count;
	bool has_input; /* XG_CALL_GL alone, with one payload, an input that 32 bits count */
	/* Bit n stands for the struct's n-th 32-bit word. */
	uint64_t padding;			    /* is zero */
	uint64_t extents, positions, ranges; /* the host bounds; a range has two words */
	const struct xg_payload_info *payloads;
	uint64_t head; /* a record's first 8 octets, if XG_CALL_GL alone and no payloads; else 0 */
};

#define XG_PAYLOAD_MAX %(payload_max)d /* payloads of one command, at most */

extern const struct xg_call_info xg_calls[XG_OPCODE_LAST + 1];

/* What two ends have in common: the hash of the ledger's first n lines and the wire form of
 * their commands is xg_ledger_hash[n]. */
extern const uint64_t xg_ledger_hash[XG_OPCODE_LAST + 1];

/* True if contexts of a share group have these objects in common. */
extern const bool xg_class_is_shared[XG_CLASS_COUNT];
"""


def fnv1a(text, state):
    for octet in text.encode():
        state = ((state ^ octet) * 0x100000001B3) & 0xFFFFFFFFFFFFFFFF
    return state


def signature(call):
    """The wire form in words: a change of it is a change of the protocol."""
    fields = " ".join(f"{f.wire}@{f.offset}" + (">" if f.payload and f.payload.is_output else "")
                      for f in call.fields)
    return f"{call.opcode} {call.name} {call.size} {int(call.is_sync)} {fields}\n"


def ledger_hashes(model):
    by_name = {call.name: call for call in model.wire_calls}
    hashes, state = [0xCBF29CE484222325], 0xCBF29CE484222325
    for name, number in model.opcodes.items():
        text = signature(by_name[name]) if name in by_name else f"{number} {name}\n"
        state = fnv1a(text, state)
        hashes.append(state)
    return hashes


def size_function(call, f):
    rule = f.payload.rule
    arguments = ", ".join(a if a.isdigit() else f"c->{a}" for a in rule.arguments)
    return (f"static bool size_{call.name}_{f.name}(const void *command, size_t *size)\n{{\n"
            f"\tconst struct xg_cmd_{call.name} *c = command;\n\n"
            f"\treturn xg_size_{rule.function}({arguments}, size);\n}}\n")


def payload_entry(call, f):
    rule, payload = f.payload.rule, f.payload
    count = next((g for g in call.fields if g.name == rule.argument), None)
    flags = "|".join(name for name, is_set in (
        ("XG_PAYLOAD_OUTPUT", payload.is_output), ("XG_PAYLOAD_NULLABLE", payload.is_nullable),
        ("XG_PAYLOAD_KEPT", payload.is_kept),
        ("XG_PAYLOAD_UNSIGNED", count and count.wire in ("u32", "u64")),
    ) if is_set) or "0"
    parts = [f'"{f.name}", {f.offset}, XG_RULE_{rule.kind.upper()}, {flags}']
    parts.append(f"{count.offset}, {WIDTH[count.wire]}" if count else "0, 0")
    parts.append(str(rule.factor))
    parts.append(f"size_{call.name}_{f.name}" if rule.kind == "sized" else "NULL")
    return "\t{" + ", ".join(parts) + "},\n"


def mask(offsets):
    return f"{sum(1 << (at // 4) for at in offsets):#x}"


def call_entry(call):
    flags = "|".join(name for name, is_set in (
        ("XG_CALL_REPLY", call.is_sync), ("XG_CALL_GL", call.wants_context),
        ("XG_CALL_SUCCESS", call.reports_success),
        ("XG_CALL_BOUNDED", any(call.bounded(kind) for kind in BOUNDED)),
    ) if is_set) or "0"
    counts = {f.name: f.wire for f in call.fields}
    has_input = flags == "XG_CALL_GL" and len(call.payloads) == 1 and any(
        f.payload.rule.kind == "counted" and not f.payload.is_output
        and WIDTH[counts[f.payload.rule.argument]] == 4 for f in call.payloads)
    masks = [mask(call.padding)]
    masks += [mask(f.offset for f in call.bounded(kind)) for kind in BOUNDED]
    payloads = f"payloads_{call.name}" if call.payloads else "NULL"
    head = call.opcode | call.size << 32 if flags == "XG_CALL_GL" and not call.payloads else 0
    return (f'\t[XG_OP_{call.name}] = {{"{call.name}", {call.size}, {flags}, '
            f"{len(call.payloads)}, {str(has_input).lower()}, {', '.join(masks)}, {payloads}, {head:#x}}},\n")


def emit(model):
    classes = sorted(model.classes)
    header = HEADER % {
        "classes": "\n".join(f"\t{cfile.class_name(c)} = {i}," for i, c in enumerate(classes)),
        "class_count": len(classes),
        "payload_max": max(len(call.payloads) for call in model.wire_calls),
    }
    title = "What is known about each command."
    out = [cfile.head(title),
           '#include "xg_tables.h"\n\n#include "size.h"\n#include "xg_cmd.h"\n\n']
    for call in model.wire_calls:
        out += [size_function(call, f) + "\n" for f in call.payloads
                if f.payload.rule.kind == "sized"]
        if call.payloads:
            out.append(f"static const struct xg_payload_info payloads_{call.name}[] = {{\n")
            out += [payload_entry(call, f) for f in call.payloads]
            out.append("};\n\n")
    out.append("const struct xg_call_info xg_calls[XG_OPCODE_LAST + 1] = {\n")
    out += [call_entry(call) for call in model.wire_calls]
    out.append("};\n\nconst uint64_t xg_ledger_hash[XG_OPCODE_LAST + 1] = {\n")
    out += [f"\t{value:#018x}ull,\n" for value in ledger_hashes(model)]
    out.append("};\n\nconst bool xg_class_is_shared[XG_CLASS_COUNT] = {\n")
    out += [f"\t[{cfile.class_name(c)}] = true,\n" for c in classes if c in SHARED]
    out.append("};\n")
    return {"xg_tables.h": cfile.guarded("xg_tables.h", title, header),
            "xg_tables.c": "".join(out)}
