/* SPDX-License-Identifier: MIT */
/*
 * Frame buffer configurations (EGL 1.5, section 3.4): the host's, fetched as one table when a
 * display is first initialized. A config's handle is its address in that table.
 */
#ifndef XG_EGL_CONFIG_H
#define XG_EGL_CONFIG_H

#include <stdbool.h>
#include <stdint.h>

#include <EGL/egl.h>

struct xg_display;
struct xg_stream;

enum { XG_CONFIG_ATTRIBUTES = 33 };

struct xg_config {
	EGLint values[XG_CONFIG_ATTRIBUTES]; /* in the order of config.c's list */
};

struct xg_configs {
	struct xg_config *table;
	EGLint count;
};

/*
 * Fetches the table of the host's display of that id; has_float: it has EGL_EXT_pixel_format_float.
 * False if it could not be fetched. Blocks.
 */
bool xg_configs_fetch(
	struct xg_configs *configs, struct xg_stream *stream, uint32_t display_id, bool has_float);

/* The config of that handle, NULL if the display has none such. */
const struct xg_config *xg_config_find(const struct xg_display *display, EGLConfig handle);

/* The value of an attribute that the list has. */
EGLint xg_config_get(const struct xg_config *config, EGLint attribute);

/* The config's number on the wire. */
static inline uint32_t xg_config_id(const struct xg_config *config)
{
	return config ? (uint32_t)xg_config_get(config, EGL_CONFIG_ID) : 0;
}

#endif
