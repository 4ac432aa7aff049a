/* SPDX-License-Identifier: MIT */
/*
 * A toplevel's place on the desktop: where it stands, in what order, how large it is wanted, and
 * which of them has the keyboard. Its frame (window_frame.h) is drawn around it by the compositor.
 */
#ifndef XG_COMPOSITOR_WINDOW_H
#define XG_COMPOSITOR_WINDOW_H

#include <stdbool.h>
#include <stdint.h>
#include <wayland-server-core.h>

#include "box.h"

struct xg_guest;
struct xg_server;
struct xg_surface;
struct xg_texture;
struct xg_toplevel;

enum xg_window_mode {
	XG_WINDOW_NORMAL,
	XG_WINDOW_MAXIMIZED,
	XG_WINDOW_FULLSCREEN,
};

struct xg_window {
	struct xg_server *server;
	struct xg_guest *guest;
	struct xg_toplevel *toplevel;
	struct xg_surface *surface;
	struct wl_list link; /* xg_server.windows while mapped */
	uint64_t id;	     /* and the seven after it, for the parts of the frame */
	bool is_mapped, is_active;
	bool has_place; /* has been mapped before, and stands there when it is again */
	enum xg_window_mode mode;
	/* So wide that the guest's name fits in the title bar. */
	int32_t least_width;
	/* The corner of the frame; in another mode than normal, the one to come back to. */
	int32_t x, y;
	/* The corner of the geometry while the client sets none, as it was at the last commit. */
	int32_t implicit_x, implicit_y;
	/* The content's size that the client is told; 0 × 0: as it likes. */
	int32_t wanted_width, wanted_height;
	int32_t normal_width, normal_height;
	/* While it is resized: enum xdg_toplevel_resize_edge, and where the other edges stay. */
	uint32_t resize_edges;
	int32_t resize_right, resize_bottom;
	struct wl_list popups; /* xg_popup.window_link, mapped ones, topmost first */

	/* The title bar as last drawn, and what it was drawn of. */
	struct xg_texture *title;
	uint64_t title_version;
	bool title_stale;
};

void xg_window_init(struct xg_window *window, struct xg_toplevel *toplevel);
void xg_window_finish(struct xg_window *window);

/*
 * Finds a place for the window, above its parent if it has one, and gives it the keyboard; but if
 * another guest's window has that, below this one: no guest takes what is typed from another.
 */
void xg_window_map(struct xg_window *window, const struct xg_window *parent);
void xg_window_unmap(struct xg_window *window);

/* The client has committed: the content may have another size. */
void xg_window_handle_commit(struct xg_window *window);
void xg_window_handle_title(struct xg_window *window);

/* Puts the window above the others and gives it the keyboard. */
void xg_window_activate(struct xg_window *window);

/* Puts the window below the others. It has the keyboard only if it is alone. */
void xg_window_lower(struct xg_window *window);

/* Moves the frame's corner; the title bar stays within reach. Only in normal mode. */
void xg_window_move(struct xg_window *window, int32_t x, int32_t y);

/* Changes the mode and tells the client, also when there is no change. */
void xg_window_set_mode(struct xg_window *window, enum xg_window_mode mode);

/* Resizing by hand: the edges not named stay where they are. Only in normal mode. */
void xg_window_begin_resize(struct xg_window *window, uint32_t edges);
void xg_window_resize(struct xg_window *window, int32_t width, int32_t height);
void xg_window_end_resize(struct xg_window *window);

/* Where the corner of the window geometry is shown. */
void xg_window_origin(const struct xg_window *window, int32_t *x, int32_t *y);

/* The screen has another size. */
void xg_windows_handle_output(struct xg_server *server);

#endif
