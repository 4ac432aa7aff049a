/* SPDX-License-Identifier: MIT */
/* A window of xdg-shell on an application's own connection, for cases that draw in one. */
#ifndef XG_TESTS_EGL_TOPLEVEL_H
#define XG_TESTS_EGL_TOPLEVEL_H

struct wl_display;
struct wl_surface;
struct toplevel;

/* Opens a configured toplevel, with nothing attached yet; NULL if the compositor has none to give.
 */
struct toplevel *toplevel_create(struct wl_display *display);
void toplevel_destroy(struct toplevel *toplevel);

struct wl_surface *toplevel_surface(struct toplevel *toplevel);

#endif
