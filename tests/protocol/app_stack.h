/* SPDX-License-Identifier: MIT */
/*
 * An application's way to the host in one process: the daemon and the host each in a thread, over a
 * link of the kind that the test was built for (links.h). The test is the application.
 */
#ifndef XG_TESTS_APP_STACK_H
#define XG_TESTS_APP_STACK_H

#include <pthread.h>
#include <stdatomic.h>
#include <stdbool.h>
#include <stdint.h>

#include "channel.h"
#include "gl_socket.h"
#include "host/stream.h"
#include "stream.h"

#define STREAMS_MAX 32

enum {
	OP_ADD = 2,  /* reply: the argument plus 1 */
	OP_TURN = 4, /* the argument is one more than that of any stream before */
	OP_HASH = 3, /* reply: the first and the last byte of the input, which is in bulk */
};

/* The host: serves control messages in one thread, and each stream in one of its own. */
struct stack;

struct served {
	struct stack *stack;
	struct xg_host_stream *stream;
	pthread_t thread;
	uint32_t client;
	void *region, *bulk;
	size_t region_size, bulk_size;
};

struct stack {
	char folder[64];
	char path[80];
	struct xg_limits limits;
	struct xg_link *guest_link, *host_link;
	struct xg_channel *guest, *host;
	struct xg_gl_socket *socket;
	pthread_t daemon_thread, host_thread;
	int stop_fd;
	_Atomic bool is_host_dead;
	_Atomic uint32_t gone; /* applications that the host was told have hung up */
	_Atomic uint64_t last_cookie;
	_Atomic uint64_t turn;
	_Atomic bool is_out_of_turn;
	struct xg_stream_group *group; /* of all clients: it is one process */
	struct served served[STREAMS_MAX];
	uint32_t served_count;
	uint32_t refuse_streams_from;
};

/* Of a test; its state is a struct stack. */
int stack_set_up(void **state);
int stack_tear_down(void **state);

/* The end of one side, before the test's. */
void stack_stop_daemon(struct stack *stack);
void stack_stop_host(struct stack *stack);

/* The host adds 1 to the argument. False: the stream is lost. */
bool stack_call(struct xg_stream *stream, uint64_t argument, uint64_t *result);

#endif
