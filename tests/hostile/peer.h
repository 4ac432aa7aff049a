/* SPDX-License-Identifier: MIT */
/*
 * A hostile guest: the program at the other end of a real xenglass-host's link, in place of
 * xenglass-guestd and of the applications behind it. It can write anything anywhere a guest can.
 * Nothing here trusts the host either: every wait ends.
 */
#ifndef XG_TESTS_HOSTILE_PEER_H
#define XG_TESTS_HOSTILE_PEER_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <sys/types.h>

#include "channel.h"
#include "link/link.h"
#include "ring.h"
#include "xenglass/control.h"
#include "xg_cmd.h"

struct peer {
	pid_t host;
	int log_fd; /* the host's standard error, not blocking */
	size_t log_used;
	char log[16384]; /* what it has said, terminated */
	struct xg_link *link;
	struct xg_channel *channel;
	uint32_t last_client, last_stream;
};

/* What a guest holds of one stream. */
struct stream {
	struct peer *peer;
	uint32_t client, id;
	struct xg_region region, bulk;
	struct xg_port port;
	struct xg_stream_page *page;
	uint8_t *ring, *reply;
	struct xg_producer producer;
	uint32_t replies;
};

enum { RING_SIZE = XG_RING_SIZE_MIN, REPLY_SIZE = 65536, BULK_SIZE = 1 << 20, WAIT_MS = 600000 };
enum { DISPLAY = 1, CONTEXT = 100 /* and the next: no number that a sweep makes */ };

/* Starts a host of its own, with a quota of 256 MiB for textures, and greets it. program:
 * xenglass-host's path. */
void peer_start(struct peer *peer, const char *program);

/* Hangs up and waits for the host's end: its wait status. */
int peer_finish(struct peer *peer);

/* True while the host's process runs. */
bool peer_is_alive(struct peer *peer);

/* How often the host's log has said this by now; reads what is there. */
unsigned peer_count_log(struct peer *peer, const char *text);

/* Waits for a control message of that type about the stream (0: any); false if none comes. */
bool peer_expect(struct peer *peer, uint32_t type, uint32_t stream);

uint32_t peer_open_client(struct peer *peer);
void peer_close_client(struct peer *peer, uint32_t client);

/* A stream with a ring, a reply area and a bulk region, that the host has taken. */
void stream_open(struct stream *stream, struct peer *peer, uint32_t client);

/* Lets go of the memory; the host need not know. */
void stream_finish(struct stream *stream);

/* Publishes octets as they are, at the ring's tail; size is a multiple of 8. False: there was no
 * room, because the host reads no more. */
bool stream_write(struct stream *stream, const void *octets, uint32_t size);

/* Publishes a command with its inline payloads, and fills in the header. */
bool stream_send(struct stream *stream, uint16_t opcode, uint16_t flags, void *command,
	uint32_t size, const void *tail, uint32_t tail_size);

/* Waits for the answer to the last command; false if the stream is lost instead. */
bool stream_wait(struct stream *stream, uint64_t *result);

/* True once the host has marked the stream lost, for which it has some time. */
bool stream_is_lost(struct stream *stream);

/* Wakes the host. */
void stream_notify(struct stream *stream);

/* A display without windows, and a context of version 2 or 3, made current. */
bool stream_make_current(struct stream *stream, int version);

/* Draws, reads back, and looks at the answer: does the stream still work? */
bool stream_works(struct stream *stream);

#define SEND(stream, name, ...)                                                                    \
	do {                                                                                       \
		struct xg_cmd_##name command_ = {__VA_ARGS__};                                     \
		stream_send(stream, XG_OP_##name, 0, &command_, sizeof(command_), NULL, 0);        \
	} while (0)

#define ASK(stream, name, result, ...)                                                             \
	({                                                                                         \
		struct xg_cmd_##name command_ = {__VA_ARGS__};                                     \
		stream_send(stream, XG_OP_##name, XG_RECORD_REPLY, &command_, sizeof(command_),    \
			NULL, 0) &&                                                                \
			stream_wait(stream, result);                                               \
	})

#endif
