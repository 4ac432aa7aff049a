/* SPDX-License-Identifier: MIT */
/*
 * glGetString. All strings are the host's, but the renderer is named "xenglass (HOST RENDERER)",
 * a version newer than what is carried is told as that, and the extensions are those of the host's
 * that can be carried: the host may be older than this library, and know fewer commands. They are
 * asked for when the application first wants one and live as long as the context.
 */
#ifndef XG_GLES_STRINGS_H
#define XG_GLES_STRINGS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "gles/current.h"

struct xg_extension_list {
	const char *const *names;
	size_t count;
	const char *all; /* with a space behind each, as Mesa gives them */
};

/*
 * True if the library carries the extension, and a host whose ledger has that length knows all its
 * commands.
 */
bool xg_gl_extension_is_carried(const char *name, uint32_t ledger_length);

/* The newest version of GLES that the library and the host carry, major * 10 + minor. */
int xg_gl_carried_version(void);

/* The context's extensions; none while the host cannot say. Valid as long as the context. */
const struct xg_extension_list *xg_gl_extension_list(struct xg_gl gl);

/* True if the context's extensions have that one. */
bool xg_gl_has_extension(struct xg_gl gl, const char *name);

#endif
