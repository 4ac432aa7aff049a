/* SPDX-License-Identifier: MIT */
/* EGL's strings (EGL 1.5, section 3.3). */
#ifndef XG_EGL_QUERY_H
#define XG_EGL_QUERY_H

#include <stdbool.h>
#include <stdint.h>

struct xg_stream;

/* Whether a list of names, separated by spaces, has that one. */
bool xg_query_list_has(const char *list, const char *name);

/*
 * One of the host's strings, on the heap: of its display of that id, or with 0 of no display. NULL
 * without memory, host, or such a string. Blocks.
 */
char *xg_query_fetch_string(struct xg_stream *stream, uint32_t display_id, uint32_t name);

/*
 * The extension string of a display: those of the host's display that we carry, on the heap. NULL
 * without memory or host. Blocks.
 */
char *xg_query_fetch_extensions(struct xg_stream *stream, uint32_t display_id);

#endif
