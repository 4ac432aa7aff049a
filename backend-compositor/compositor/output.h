/* SPDX-License-Identifier: MIT */
/*
 * A screen: its canvas, its scene, its clock. How the canvas gets to be seen is an
 * implementation's matter (headless: not at all; nested: in a window; KMS: on a CRTC).
 *
 * The clock sleeps until somebody calls xg_output_schedule(). Then one frame is made at the next
 * multiple of the refresh period, and after it the clock sleeps again: a screen on which nothing
 * happens costs no wakeup. The one exception is a second's tick while surfaces that cannot be seen
 * wait for a frame callback: they get it that slowly, so that a client that blocks in it still
 * comes to answer for itself.
 */
#ifndef XG_COMPOSITOR_OUTPUT_H
#define XG_COMPOSITOR_OUTPUT_H

#include <stdbool.h>
#include <stdint.h>
#include <pixman.h>
#include <wayland-server-core.h>

#include "box.h"
#include "renderer.h"
#include "scene.h"

struct xg_output;
struct xg_server;
struct xg_surface;

struct xg_output_impl {
	const char *name;
	/*
	 * Shows the canvas, of which damage has been painted anew. Returns true when it is on show
	 * at once; else the implementation calls xg_output_presented() when it is, and until then
	 * no other frame is made.
	 */
	bool (*present)(struct xg_output *output, const pixman_region32_t *damage);
	void (*destroy)(struct xg_output *output);
};

enum xg_output_phase {
	XG_OUTPUT_ASLEEP,
	XG_OUTPUT_SCHEDULED,  /* the clock is set */
	XG_OUTPUT_PRESENTING, /* waits for xg_output_presented() */
};

struct xg_output {
	struct xg_server *server;
	const struct xg_output_impl *impl;
	struct wl_global *global;
	struct wl_list resources; /* of wl_output, by their links */
	struct wl_list xdg_outputs;
	int32_t width, height;
	int32_t refresh_mhz;

	struct xg_canvas canvas;
	struct xg_scene scene;	  /* of the last frame; its pointers are stale */
	pixman_region32_t damage; /* of contents, since the last frame */

	enum xg_output_phase phase;
	bool again; /* a frame is wanted after the one that is being presented */
	int clock_fd;
	struct wl_event_source *clock, *slow_clock;
	bool slow_clock_runs;
	/* When the frame that the clock is set for is due, and the last one was. */
	uint64_t next_frame_ns, last_frame_ns;
	uint64_t presented_ns; /* when that was on show */
	uint64_t sequence;     /* refresh periods until then */
	/* Of the frame that is being presented. */
	struct wl_list frame_callbacks, feedbacks;
	struct wl_list captures; /* xg_capture.link: screencopy frames that wait */
};

/* The makers of outputs. NULL after one line in the log; the server's renderer is made by them. */
struct xg_output *xg_output_headless_create(
	struct xg_server *server, int32_t width, int32_t height, int32_t refresh_mhz);
struct xg_output *xg_output_nested_create(
	struct xg_server *server, int32_t width, int32_t height, int32_t refresh_mhz);

/* For implementations: the common part. False, and nothing made, after one line in the log. */
bool xg_output_init(struct xg_output *output, struct xg_server *server,
	const struct xg_output_impl *impl, int32_t width, int32_t height, int32_t refresh_mhz);
void xg_output_finish(struct xg_output *output);

void xg_output_destroy(struct xg_output *output);

/* The box of the layout that the output shows. */
struct xg_box xg_output_box(const struct xg_output *output);

/* Makes a frame at the next tick: something may look different. NULL is legal. */
void xg_output_schedule(struct xg_output *output);

/* The content of a surface has changed within damage (surface coordinates). NULL is legal. */
void xg_output_damage_surface(
	struct xg_output *output, const struct xg_surface *surface, pixman_region32_t *damage);

/* For implementations: the canvas given to present() is on show. */
void xg_output_presented(struct xg_output *output);

/* For implementations: the screen has another size now. False if the driver refuses it. */
bool xg_output_resize(struct xg_output *output, int32_t width, int32_t height);

#endif
