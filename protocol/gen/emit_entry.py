# SPDX-License-Identifier: MIT
"""xg_entry.h and .c: the guest's GL entry points; xg_dispatch.c: finding one by its name."""

import cfile

HEADER = """\
#include <GLES3/gl32.h>
#include <GLES2/gl2ext.h>
#include <stddef.h>
#include <stdint.h>

/*
 * xg_gl_NAME is what an application reaches as NAME. Without a current context each does nothing
 * and returns 0.
 */
"""

TAIL = """
/* The entry point of that name, or NULL. Any thread. */
void *xg_gl_proc(const char *name);

/*
 * The extensions that can be carried, sorted; a context has those of them that the host's driver
 * has, if the host's ledger is as long as their commands need.
 */
struct xg_gl_extension {
	const char *name;
	uint32_t ledger_length;
};
extern const struct xg_gl_extension xg_gl_extensions[];
extern const size_t xg_gl_extension_count;

/* The versions of GLES that can be carried, ascending, on the same condition. */
struct xg_gl_version {
	int number; /* major * 10 + minor */
	uint32_t ledger_length;
};
extern const struct xg_gl_version xg_gl_versions[];
extern const size_t xg_gl_version_count;
"""

LOOKUP = """\
static int compare_name(const void *name, const void *entry)
{
	return strcmp(name, ((const struct entry *)entry)->name);
}

void *xg_gl_proc(const char *name)
{
	const size_t count = sizeof(entries) / sizeof(entries[0]);
	const struct entry *found =
		bsearch(name, entries, count, sizeof(entries[0]), compare_name);

	return found ? (void *)found->function : NULL;
}
"""


def prototype(call):
    return (f"{cfile.declare(call.command.result.type, 'xg_gl_' + call.name)}"
            f"({cfile.arguments(call.command.params)})")


def entry(call):
    has_result = call.command.result.type != "void"
    names = ", ".join(["stream"] + [p.name for p in call.command.params])
    encode = f"xg_encode_{call.name}({names});"
    lines = [prototype(call), "{", "\tstruct xg_stream *stream = xg_current_stream();", ""]
    if has_result:
        lines += [f"\treturn stream ? {encode[:-1]} : 0;"]
    else:
        lines += ["\tif (stream)", f"\t\t{encode}"]
    return "\n".join(lines + ["}", ""])


def emit(model):
    entries = [call for call in model.calls if call.guest != "none"]
    header = HEADER + "".join(prototype(call) + ";\n" for call in entries) + TAIL
    source = [cfile.head("Entry points that only encode."),
              '#include "xg_entry.h"\n\n#include "thread.h"\n#include "xg_encode.h"\n\n']
    source += [entry(call) + "\n" for call in entries if call.guest == "auto"]
    find = [cfile.head("Finds an entry point by its name."),
            '#include "xg_entry.h"\n\n#include <stdlib.h>\n#include <string.h>\n\n',
            "static const struct entry {\n\tconst char *name;\n\tvoid (*function)(void);\n}"
            " entries[] = {\n"]
    names = {name: call.name for call in entries for name in (call.name, *call.aliases)}
    find += [f'\t{{"{name}", (void (*)(void))xg_gl_{own}}},\n'
             for name, own in sorted(names.items())]
    find += ["};\n\n", LOOKUP, "\nconst struct xg_gl_extension xg_gl_extensions[] = {\n"]
    find += [f'\t{{"{extension.name}", {extension.ledger_length}}},\n' for extension in model.extensions]
    find += ["};\nconst size_t xg_gl_extension_count = "
             "sizeof(xg_gl_extensions) / sizeof(xg_gl_extensions[0]);\n"]
    find += ["\nconst struct xg_gl_version xg_gl_versions[] = {\n"]
    find += [f"\t{{{version.number}, {version.ledger_length}}},\n" for version in model.versions]
    find += ["};\nconst size_t xg_gl_version_count = "
             "sizeof(xg_gl_versions) / sizeof(xg_gl_versions[0]);\n"]
    return {"xg_entry.h": cfile.guarded("xg_entry.h", "The guest's GL entry points.", header),
            "xg_entry.c": "".join(source), "xg_dispatch.c": "".join(find)}
