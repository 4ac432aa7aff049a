/* SPDX-License-Identifier: MIT */
/* A compositor of the build, headless, with a runtime folder of its own, for one test. */
#ifndef TEST_COMPOSITOR_SERVER_H
#define TEST_COMPOSITOR_SERVER_H

#include <sys/types.h>

struct server {
	pid_t pid;
	pid_t remover; /* of the folder, once alive_fd closes */
	int alive_fd;
	char folder[64];
	char red[96], blue[96]; /* the sockets of two guests */
	char control[96];
};

#define RED_RGB	 0xcc3333
#define BLUE_RGB 0x3355cc

/*
 * Starts it, 800 × 600, and waits until it takes clients. Guests are "red" and "blue"; each may
 * hold 32 MiB of pixels.
 */
void server_start(struct server *server);

/* The same in a window of another, 400 × 300, without guests. */
void server_start_nested(struct server *server, const struct server *around);

/* Ends it with SIGTERM. The test fails if it does not end well, or leaves anything behind. */
void server_stop(struct server *server);

/* For cmocka: a started server in *state, and its end. */
int server_setup(void **state);
int server_teardown(void **state);

#endif
