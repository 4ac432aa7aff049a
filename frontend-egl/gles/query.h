/* SPDX-License-Identifier: MIT */
/* glGet* for other entry points, and the strings that a context answers. */
#ifndef XG_GLES_QUERY_H
#define XG_GLES_QUERY_H

#include <stdbool.h>
#include <stdint.h>

#include "gles/current.h"

struct xg_strings;

/* NULL is legal. */
void xg_strings_destroy(struct xg_strings *strings);

/* glGetIntegerv. */
void xg_gl_get_integers(struct xg_gl gl, uint32_t pname, int32_t *values);

/* The value of a glPixelStorei pname; false if it is none. */
bool xg_gl_pixel_store(struct xg_gl gl, uint32_t pname, int32_t *value);

/* Hands debug messages that the host has collected to the application's callback, if it set one. */
void xg_gl_pump_debug(struct xg_gl gl);

/* The callback, or whether and how there is debug output, has changed. */
void xg_gl_debug_changed(struct xg_gl gl);

/* The context of that state is current with that stream from now on; NULL: none is. */
void xg_gl_watch_debug(struct xg_stream *stream, const struct xg_gles *state);

#endif
