/* SPDX-License-Identifier: MIT */
/*
 * A guest for tests of the host's relay: it sends messages by hand, right or wrong ones, to a relay
 * whose compositor is the test's own (server.h), all on one thread. Wayland objects are numbered by
 * the test: 1 is the wl_display.
 */
#ifndef XG_TEST_GUEST_H
#define XG_TEST_GUEST_H

#include <stdbool.h>
#include <stdint.h>

#include "relay/relay.h"
#include "server.h"
#include "xenglass/control_wayland.h"

struct test_guest {
	struct test_server server;
	struct xg_relay *relay;
	int epoll;   /* the relay's */
	int kept_fd; /* of the last connection to the compositor, as another process may have it */
	/* What the relay has sent. */
	uint32_t events, credit_bytes;
	uint32_t closed;     /* the last connection that was closed; 0: none */
	uint32_t error_code; /* of the last XG_WL_ERROR */
	uint64_t error_object;
	char error_text[256];
	uint32_t compositor_name, shm_name; /* of the globals */
	int stderr_fd;			    /* while the log is caught: the real one; else -1 */
	int log_fd;
};

void test_guest_init(struct test_guest *guest, const struct xg_relay_limits *limits);
void test_guest_finish(struct test_guest *guest);

/* Turns the relay and the compositor until nothing moves. */
void test_guest_pump(struct test_guest *guest);

/* Hands one message to the relay. Returns what xg_relay_receive() does. */
bool test_guest_send(struct test_guest *guest, uint32_t type, const void *payload, size_t size);

/*
 * Sends a request. The arguments follow the letters: u (uint32_t), o (uint64_t: objects too), s
 * (const char *).
 */
bool test_guest_request(struct test_guest *guest, uint32_t connection, uint64_t object,
	uint32_t opcode, const char *letters, ...);

/* Opens a connection and makes object 2 its registry, 3 wl_compositor, 4 wl_shm. */
void test_guest_open(struct test_guest *guest, uint32_t connection);

/* Catches the log from here; the second writes it to text (terminated) and ends that. */
void test_guest_catch_log(struct test_guest *guest);
void test_guest_caught_log(struct test_guest *guest, char *text, size_t size);

#endif
