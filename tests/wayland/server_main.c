/* SPDX-License-Identifier: MIT */
/*
 * The tests' compositor (server.h) as a program: "server SOCKET" serves until it is killed, and
 * prints a line for each buffer that is committed.
 */
#include <poll.h>
#include <stdio.h>
#include <stdlib.h>

#include "server.h"

int main(int argc, char *argv[])
{
	static struct test_server server;

	if (argc != 2) {
		fprintf(stderr, "usage: server SOCKET\n");
		return 2;
	}
	setvbuf(stdout, NULL, _IOLBF, 0);
	test_server_init(&server);
	server.prints = true;
	if (wl_display_add_socket(server.display, argv[1]) < 0) {
		perror(argv[1]);
		return 1;
	}
	printf("ready\n");
	for (;;) {
		struct pollfd fd = {
			wl_event_loop_get_fd(wl_display_get_event_loop(server.display)), POLLIN, 0};

		poll(&fd, 1, -1);
		test_server_pump(&server);
	}
}
