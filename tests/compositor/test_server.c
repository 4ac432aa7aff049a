/* SPDX-License-Identifier: MIT */
/* See test_server.h. */
#include "test_server.h"

#include <fcntl.h>
#include <setjmp.h>
#include <signal.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/wait.h>
#include <unistd.h>
#include <cmocka.h>

static void prepare(const struct server *server)
{
	prctl(PR_SET_PDEATHSIG, SIGKILL);
	setenv("XDG_RUNTIME_DIR", server->folder, 1);
	setenv("XENGLASS_LOG", "error", 0);
	/* The tests let go of what they have by disconnecting; the compositor must not. */
	setenv("ASAN_OPTIONS", "detect_leaks=1:abort_on_error=1", 1);
}

static void run(const struct server *server, const char *ready_fd)
{
	char red[160], blue[160];

	snprintf(red, sizeof(red), "red:%06x:%s", RED_RGB, server->red);
	snprintf(blue, sizeof(blue), "blue:%06x:%s", BLUE_RGB, server->blue);
	prepare(server);
	execl(getenv("XENGLASS_COMPOSITOR"), "xenglass-compositor", "--headless", "800x600",
		"--socket", "dom0", "--guest", red, "--guest", blue, "--control", server->control,
		"--pixels", "32", "--test-input", "--ready-fd", ready_fd, NULL);
	_exit(127);
}

static void run_nested(
	const struct server *server, const char *ready_fd, const struct server *around)
{
	char display[96];

	snprintf(display, sizeof(display), "%s/dom0", around->folder);
	setenv("WAYLAND_DISPLAY", display, 1);
	prepare(server);
	execl(getenv("XENGLASS_COMPOSITOR"), "xenglass-compositor", "--nested=400x300", "--socket",
		"dom0", "--ready-fd", ready_fd, NULL);
	_exit(127);
}

/*
 * Removes the folder once this test has ended, however that comes: a process in a session of its
 * own, which nobody kills along with the test, waits for the pipe to close.
 */
static void remove_at_the_end(struct server *server)
{
	int alive[2];

	assert_int_equal(pipe2(alive, O_CLOEXEC), 0);

	const pid_t child = fork();

	assert_true(child >= 0);
	if (child == 0) {
		setsid();
		dup2(alive[0], STDIN_FILENO);
		/* Nobody waits for its output either. */
		close_range(STDOUT_FILENO, ~0u, 0);
		execlp("sh", "sh", "-c", "read end; exec rm -rf \"$0\"", server->folder, NULL);
		_exit(127);
	}
	close(alive[0]);
	server->alive_fd = alive[1];
	server->remover = child;
}

static void start(struct server *server, const struct server *around)
{
	char line[64] = "", ready_fd[16];
	int ready[2];

	strcpy(server->folder, "/tmp/xenglass-test-XXXXXX");
	assert_non_null(mkdtemp(server->folder));
	remove_at_the_end(server);
	snprintf(server->red, sizeof(server->red), "%s/red", server->folder);
	snprintf(server->blue, sizeof(server->blue), "%s/blue", server->folder);
	snprintf(server->control, sizeof(server->control), "%s/control", server->folder);
	assert_int_equal(pipe(ready), 0);
	snprintf(ready_fd, sizeof(ready_fd), "%d", ready[1]);
	server->pid = fork();
	assert_true(server->pid >= 0);
	if (server->pid == 0) {
		close(ready[0]);
		if (around)
			run_nested(server, ready_fd, around);
		run(server, ready_fd);
	}
	close(ready[1]);
	assert_true(read(ready[0], line, sizeof(line) - 1) > 0);
	assert_string_equal(line, "WAYLAND_DISPLAY=dom0\n");
	close(ready[0]);
}

void server_start(struct server *server)
{
	start(server, NULL);
}

void server_start_nested(struct server *server, const struct server *around)
{
	start(server, around);
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
	close(server->alive_fd);
	assert_int_equal(waitpid(server->remover, &status, 0), server->remover);
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
