/* SPDX-License-Identifier: MIT */
/* See server.h. */
#include "server.h"

#include <setjmp.h>
#include <signal.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>
#include <cmocka.h>

static void run(const struct server *server, int ready_fd)
{
	char red[160], blue[160], ready[16];

	snprintf(red, sizeof(red), "red:%06x:%s", RED_RGB, server->red);
	snprintf(blue, sizeof(blue), "blue:%06x:%s", BLUE_RGB, server->blue);
	snprintf(ready, sizeof(ready), "%d", ready_fd);
	setenv("XDG_RUNTIME_DIR", server->folder, 1);
	setenv("XENGLASS_LOG", "error", 0);
	/* The tests let go of what they have by disconnecting; the compositor must not. */
	setenv("ASAN_OPTIONS", "detect_leaks=1:abort_on_error=1", 1);
	execl(getenv("XENGLASS_COMPOSITOR"), "xenglass-compositor", "--headless", "800x600",
		"--socket", "dom0", "--guest", red, "--guest", blue, "--control", server->control,
		"--test-input", "--ready-fd", ready, NULL);
	_exit(127);
}

void server_start(struct server *server)
{
	char line[64] = "";
	int ready[2];

	strcpy(server->folder, "/tmp/xenglass-test-XXXXXX");
	assert_non_null(mkdtemp(server->folder));
	snprintf(server->red, sizeof(server->red), "%s/red", server->folder);
	snprintf(server->blue, sizeof(server->blue), "%s/blue", server->folder);
	snprintf(server->control, sizeof(server->control), "%s/control", server->folder);
	assert_int_equal(pipe(ready), 0);
	server->pid = fork();
	assert_true(server->pid >= 0);
	if (server->pid == 0) {
		close(ready[0]);
		run(server, ready[1]);
	}
	close(ready[1]);
	assert_true(read(ready[0], line, sizeof(line) - 1) > 0);
	assert_string_equal(line, "WAYLAND_DISPLAY=dom0\n");
	close(ready[0]);
}

void server_stop(struct server *server)
{
	int status;

	assert_int_equal(kill(server->pid, SIGTERM), 0);
	assert_int_equal(waitpid(server->pid, &status, 0), server->pid);
	assert_true(WIFEXITED(status));
	assert_int_equal(WEXITSTATUS(status), 0);
	/* Only an empty folder can be removed. */
	assert_int_equal(rmdir(server->folder), 0);
}

int server_setup(void **state)
{
	struct server *server = calloc(1, sizeof(*server));

	if (!server)
		return -1;
	server_start(server);
	*state = server;
	return 0;
}

int server_teardown(void **state)
{
	server_stop(*state);
	free(*state);
	return 0;
}
