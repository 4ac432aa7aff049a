/* SPDX-License-Identifier: MIT */
/*
 * Clipboard and drag-and-drop pipes across the control channel. Both ends run the same code: one
 * holds the sink, the descriptor into which an application or the compositor wants data written;
 * the other made a pipe in its place and sends what comes out of it. A window of bytes per pipe
 * keeps either from flooding the other. One thread; nothing here blocks. SIGPIPE must be ignored.
 */
#ifndef XG_RELAY_PIPE_H
#define XG_RELAY_PIPE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct xg_pipes;

struct xg_pipes_setup {
	/* Sends a message of control_wayland.h; the payload is in two parts. */
	bool (*send)(void *data, uint32_t type, const void *head, size_t head_size,
		const void *tail, size_t tail_size);
	void *data;
	uint32_t first_sink; /* the first number for a sink at this end */
	uint64_t limit;	     /* how many pipes there may be at once */
};

/* NULL without memory or descriptors. */
struct xg_pipes *xg_pipes_create(const struct xg_pipes_setup *setup);

/* Closes all pipes. NULL is legal. */
void xg_pipes_destroy(struct xg_pipes *pipes);

/* Readable when xg_pipes_dispatch() has work. Owned by the pipes. */
int xg_pipes_fd(const struct xg_pipes *pipes);
void xg_pipes_dispatch(struct xg_pipes *pipes);

/* How many pipes there are, of both ends. */
uint32_t xg_pipes_count(const struct xg_pipes *pipes);

/* Takes the descriptor as a sink and returns the new pipe's number; 0 on failure (it is closed). */
uint32_t xg_pipes_add_sink(struct xg_pipes *pipes, int fd);

/*
 * Makes the pipe that the peer numbered, and returns its writing end, which is the caller's; -1
 * without descriptors or if the number is not a new one of the peer's range. Above the limit the
 * pipe is made with nobody to read it.
 */
int xg_pipes_add_source(struct xg_pipes *pipes, uint32_t untrusted_number);

/*
 * Takes a message of type XG_WL_PIPE_*. One for a pipe that has ended is ignored. False if it
 * breaks a rule, which *rule then names.
 */
bool xg_pipes_receive(struct xg_pipes *pipes, uint32_t type, const void *untrusted_payload,
	size_t size, const char **rule);

#endif
