/* SPDX-License-Identifier: MIT */
/*
 * A GL stream as the daemon holds it: its memory and its port, from an application's request until
 * both the application and the host have let go of it. (What a guest of Xen ends while its host has
 * it mapped, its kernel takes back late and slowly: link.h.) Streams stand in lists.
 */
#ifndef XG_GUESTD_GL_STREAM_H
#define XG_GUESTD_GL_STREAM_H

#include <stdbool.h>
#include <stdint.h>

#include "link/link.h"
#include "xenglass/limits.h"

struct xg_gl_stream {
	struct xg_gl_stream *next;
	uint32_t id;
	bool is_host_done; /* it has nothing of this mapped, and never will */
	struct xg_region region;
	struct xg_region bulk;
	struct xg_port port; /* the application's end, until it has it */
};

/* Memory and a port, known to the link but not yet to the host. NULL without, with errno set. */
struct xg_gl_stream *xg_gl_stream_create(
	struct xg_link *link, const struct xg_limits *limits, uint32_t id, uint32_t *port);

/* Takes back the memory. The stream is in no list any more. */
void xg_gl_stream_destroy(struct xg_gl_stream *stream);

/* Closes the descriptors. The mappings stay, which keep the memory. */
void xg_gl_stream_hand_over(struct xg_gl_stream *stream);

/* The application is told once it looks; if it sleeps, the host or the hang-up wakes it. */
void xg_gl_stream_mark_lost(const struct xg_gl_stream *stream);

/* The stream of that number in the list; NULL without. */
struct xg_gl_stream *xg_gl_stream_find(struct xg_gl_stream *list, uint32_t id);
void xg_gl_stream_unlink(struct xg_gl_stream **list, const struct xg_gl_stream *stream);

/*
 * Answers the request for a stream (NULL: there is none), or for its bulk region; what is answered
 * with XG_APP_OK goes with its descriptors. False: the application does not take its answers.
 */
bool xg_gl_stream_answer(int app_fd, uint32_t status, const struct xg_gl_stream *stream,
	const struct xg_limits *limits);
bool xg_gl_stream_answer_bulk(int app_fd, uint32_t status, const struct xg_gl_stream *stream);

#endif
