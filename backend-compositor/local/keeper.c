/* SPDX-License-Identifier: MIT */
/*
 * See keeper.h. One thread and one poll(2): on the signals (as a descriptor), on the leash, and
 * while a daemon starts on its ready pipe. The daemons are in process groups of their own, so a
 * Ctrl-C ends the commands first and the stack after them.
 */
#include "keeper.h"

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/signalfd.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#include "base/log.h"
#include "guest.h"
#include "launch/process.h"
#include "report.h"

#define MODULE		 "keeper"
#define SCREEN_SOCKET	 "screen"
#define READY_TIMEOUT_MS 60000 /* for a daemon; no machine is so slow */
#define GRACE_MS	 2000  /* for a command to end by itself once it was asked to */
#define FOREVER		 UINT64_MAX

struct keeper {
	const struct xg_options *options;
	const struct xg_programs *programs;
	pid_t foreground_group;
	int leash_fd, signal_fd;

	char display[PATH_MAX]; /* the compositor that runs already, or "" */
	char screen[PATH_MAX];	/* the socket that shows the whole screen */
	pid_t compositor, screenshooter;
	struct xg_guest guests[XG_LOCAL_GUESTS_MAX];

	int end_signal; /* what asked us to end, or 0 */
	bool leash_broke;
	bool is_done; /* the commands have ended, and the compositor was asked to */
	bool has_screenshot;
	uint64_t screenshot_ms, kill_ms; /* when to; FOREVER: not */
	char error[256];		 /* why the stack failed, or "" */
};

static uint64_t now_ms(void)
{
	struct timespec now;

	clock_gettime(CLOCK_MONOTONIC, &now);
	return (uint64_t)now.tv_sec * 1000 + (uint64_t)now.tv_nsec / 1000000;
}

/* Logs and keeps for the report why the stack failed; the first reason counts. */
__attribute__((format(printf, 2, 3))) static void fail(
	struct keeper *keeper, const char *format, ...)
{
	char text[sizeof(keeper->error)];
	va_list args;

	va_start(args, format);
	vsnprintf(text, sizeof(text), format, args);
	va_end(args);
	xg_log(XG_LOG_ERROR, MODULE, "%s", text);
	if (!keeper->error[0])
		memcpy(keeper->error, text, sizeof(text));
}

static bool is_ending(const struct keeper *keeper)
{
	return keeper->end_signal != 0 || keeper->leash_broke || keeper->error[0] != '\0';
}

static void signal_commands(struct keeper *keeper, int number)
{
	for (unsigned i = 0; i < keeper->options->guests; i++) {
		if (keeper->guests[i].command > 0)
			kill(keeper->guests[i].command, number);
	}
}

/* Asks the commands to end, and sets the time at which they are made to. */
static void begin_end(struct keeper *keeper, int number)
{
	if (keeper->end_signal == 0) {
		keeper->end_signal = number;
		keeper->kill_ms = now_ms() + GRACE_MS;
		signal_commands(keeper, number);
	} else {
		keeper->kill_ms = 0; /* asked twice */
	}
}

/* Notes the end of a guest's process. True if it was this guest's. */
static bool note_guest_end(
	struct keeper *keeper, struct xg_guest *guest, pid_t id, int status, const char *how)
{
	if (id == guest->command) {
		guest->command = 0;
		guest->command_ended = true;
		guest->command_status = status;
		guest->ended_ms = now_ms();
		return true;
	}
	if (id != guest->host && id != guest->guestd)
		return false;
	/* The guest is without its stack now; its programs see that, and the others go on. */
	if (!is_ending(keeper))
		xg_log(XG_LOG_ERROR, MODULE, "%s: %s ended with %s", guest->name,
			id == guest->host ? "xenglass-host" : "xenglass-guestd", how);
	if (id == guest->host)
		guest->host = 0;
	else
		guest->guestd = 0;
	return true;
}

static void note_end(struct keeper *keeper, pid_t id, int status)
{
	char how[64];

	xg_process_describe(status, how, sizeof(how));
	if (id == keeper->compositor) {
		keeper->compositor = 0;
		const bool obeyed =
			status == 0 || (WIFSIGNALED(status) && WTERMSIG(status) == SIGTERM);

		if (!is_ending(keeper) && !(keeper->is_done && obeyed))
			fail(keeper, "xenglass-compositor ended with %s", how);
	} else if (id == keeper->screenshooter) {
		keeper->screenshooter = 0;
		keeper->has_screenshot = status == 0;
		if (status != 0)
			xg_log(XG_LOG_ERROR, MODULE, "no screenshot: grim ended with %s", how);
	}
	for (unsigned i = 0; i < keeper->options->guests; i++) {
		if (note_guest_end(keeper, &keeper->guests[i], id, status, how))
			return;
	}
}

static void reap(struct keeper *keeper)
{
	pid_t id;
	int status;

	while ((id = waitpid(-1, &status, WNOHANG)) > 0)
		note_end(keeper, id, status);
}

static void read_signals(struct keeper *keeper)
{
	struct signalfd_siginfo info;

	while (read(keeper->signal_fd, &info, sizeof(info)) == (ssize_t)sizeof(info)) {
		if (info.ssi_signo == SIGCHLD)
			reap(keeper);
		else
			begin_end(keeper, (int)info.ssi_signo);
	}
}

/*
 * Waits until deadline_ms for something to happen, and deals with it. True if it was that fd
 * (-1: none) became readable or was closed.
 */
static bool turn(struct keeper *keeper, int fd, uint64_t deadline_ms)
{
	struct pollfd fds[] = {
		{.fd = keeper->signal_fd, .events = POLLIN},
		{.fd = keeper->leash_fd, .events = POLLIN},
		{.fd = fd, .events = POLLIN},
	};
	const uint64_t now = now_ms();
	int timeout_ms = -1;

	if (deadline_ms != FOREVER)
		timeout_ms = deadline_ms > now ? (int)(deadline_ms - now) : 0;
	if (poll(fds, 3, timeout_ms) < 0)
		return false;
	if (fds[0].revents)
		read_signals(keeper);
	if (fds[1].revents)
		keeper->leash_broke = true;
	return fds[2].revents != 0;
}

/*
 * Starts a daemon with "--ready-fd N" added to its arguments, and waits until it wrote there.
 * argv has two free places before its NULL. Answers its process id, or 0.
 */
static pid_t start_daemon(struct keeper *keeper, const char **argv, size_t count)
{
	const char *name = strrchr(argv[0], '/') + 1;
	const uint64_t deadline_ms = now_ms() + READY_TIMEOUT_MS;
	char number[16], byte;
	int ready[2], error;

	if (pipe2(ready, O_CLOEXEC) != 0) {
		fail(keeper, "no pipe: %s", strerror(errno));
		return 0;
	}
	snprintf(number, sizeof(number), "%d", ready[1]);
	argv[count++] = "--ready-fd";
	argv[count++] = number;
	argv[count] = NULL;
	const struct xg_spawn spawn = {.argv = (char *const *)argv, .keep_fds = {ready[1], -1}};
	const pid_t child = xg_spawn(&spawn, &error);
	close(ready[1]);
	if (child < 0) {
		fail(keeper, "cannot start %s: %s", argv[0], strerror(error));
		close(ready[0]);
		return 0;
	}

	bool answered = false;
	while (!answered && !is_ending(keeper) && now_ms() < deadline_ms)
		answered = turn(keeper, ready[0], deadline_ms);
	/* A pipe that closes without a byte is a daemon that ended; it has said why. */
	const bool is_ready = answered && read(ready[0], &byte, 1) == 1;
	close(ready[0]);
	if (is_ready)
		return child;
	if (!is_ending(keeper))
		fail(keeper, answered ? "%s could not start" : "%s does not become ready", name);
	return 0;
}

/*
 * Makes our folder the place for the compositor's ordinary socket. What named the user's own
 * compositor relative to the old place becomes an absolute path.
 */
static bool move_runtime_dir(struct keeper *keeper, const struct xg_runtime *runtime)
{
	const struct xg_options *options = keeper->options;
	const char *old = getenv("XDG_RUNTIME_DIR");
	const char *name = options->wayland ? options->wayland : getenv("WAYLAND_DISPLAY");

	if (options->screen == XG_SCREEN_HEADLESS || options->screen == XG_SCREEN_NONE)
		name = NULL;
	if (name && name[0] != '/' && !old) {
		fail(keeper, "XDG_RUNTIME_DIR is not set: give the compositor's socket as a path");
		return false;
	}
	if (name && name[0] == '/')
		snprintf(keeper->display, PATH_MAX, "%s", name);
	else if (name)
		snprintf(keeper->display, PATH_MAX, "%s/%s", old, name);
	if (name && access(keeper->display, R_OK | W_OK) != 0) {
		fail(keeper, "cannot reach a compositor at %s: %s", keeper->display,
			strerror(errno));
		return false;
	}
	if (options->screen == XG_SCREEN_FOREIGN)
		snprintf(keeper->screen, PATH_MAX, "%s", keeper->display);
	else
		snprintf(keeper->screen, PATH_MAX, "%s/%s", runtime->path, SCREEN_SOCKET);
	setenv("WAYLAND_DISPLAY", keeper->display, 1);
	setenv("XDG_RUNTIME_DIR", runtime->path, 1);
	return true;
}

static bool start_compositor(struct keeper *keeper)
{
	const struct xg_options *options = keeper->options;
	const char *argv[10 + 2 * XG_LOCAL_GUESTS_MAX];
	char guests[XG_LOCAL_GUESTS_MAX][PATH_MAX + 64];
	char size[32];
	size_t count = 0;

	argv[count++] = keeper->programs->compositor;
	argv[count++] = "--socket";
	argv[count++] = SCREEN_SOCKET;
	if (options->screen == XG_SCREEN_NESTED) {
		argv[count++] = "--nested";
	} else {
		snprintf(size, sizeof(size), "%ux%u", options->width, options->height);
		argv[count++] = "--headless";
		argv[count++] = size;
	}
	for (unsigned i = 0; i < options->guests; i++) {
		const struct xg_guest *guest = &keeper->guests[i];

		snprintf(guests[i], sizeof(guests[i]), "%s:%s:%s", guest->name, guest->colour,
			guest->wayland);
		argv[count++] = "--guest";
		argv[count++] = guests[i];
	}
	keeper->compositor = start_daemon(keeper, argv, count);
	return keeper->compositor > 0;
}

static bool start_guest(struct keeper *keeper, struct xg_guest *guest)
{
	const struct xg_programs *programs = keeper->programs;
	const enum xg_screen screen = keeper->options->screen;
	const char *host[12] = {programs->host, "--listen", guest->link, "--name", guest->name};
	const char *guestd[8] = {
		programs->guestd, "--link", guest->link, "--runtime-dir", guest->folder};
	size_t count = 5;

	if (screen != XG_SCREEN_NONE) {
		host[count++] = "--wayland";
		host[count++] = screen == XG_SCREEN_FOREIGN ? keeper->display : guest->wayland;
	}
	if (!keeper->options->is_jailed)
		host[count++] = "--no-jail";
	guest->host = start_daemon(keeper, host, count);
	if (guest->host == 0)
		return false;
	guest->guestd = start_daemon(keeper, guestd, 5);
	return guest->guestd > 0;
}

/* Answers the exit status that tells of a command that could not be started, or 0. */
static int start_command(struct keeper *keeper, struct xg_guest *guest)
{
	char *const *command = keeper->options->command;
	char **environment = xg_guest_environment(guest, keeper->programs->vendor_json,
		keeper->options->screen != XG_SCREEN_NONE, keeper->options->report != NULL);
	const struct xg_spawn spawn = {.argv = command,
		.environment = environment,
		.group = keeper->foreground_group,
		.keep_fds = {-1, -1}};
	int error = ENOMEM;

	guest->started_ms = now_ms();
	const pid_t child = environment ? xg_spawn(&spawn, &error) : -1;
	free(environment);
	if (child > 0) {
		guest->command = child;
		return 0;
	}
	fail(keeper, "cannot run %s: %s", command[0], strerror(error));
	return error == ENOENT ? 127 : 126;
}

/* Starts all of it. Answers 0, or the exit status that says what failed. */
static int start_all(struct keeper *keeper)
{
	const struct xg_options *options = keeper->options;

	if (xg_options_needs_compositor(options) && !start_compositor(keeper))
		return XG_STATUS_FAILED;
	for (unsigned i = 0; i < options->guests; i++) {
		if (!start_guest(keeper, &keeper->guests[i]))
			return XG_STATUS_FAILED;
	}
	if (is_ending(keeper))
		return XG_STATUS_FAILED;
	for (unsigned i = 0; i < options->guests; i++) {
		const int status = start_command(keeper, &keeper->guests[i]);

		if (status != 0)
			return status;
	}
	if (options->screenshot)
		keeper->screenshot_ms = now_ms() + options->screenshot_after_ms;
	return 0;
}

/* A picture of the whole screen, by way of the compositor's ordinary socket. */
static void take_screenshot(struct keeper *keeper)
{
	const struct xg_options *options = keeper->options;
	const char *argv[] = {"grim", options->screenshot, NULL};
	const struct xg_spawn spawn = {.argv = (char *const *)argv, .keep_fds = {-1, -1}};
	int error;

	keeper->screenshot_ms = FOREVER;
	setenv("WAYLAND_DISPLAY", keeper->screen, 1);
	const pid_t child = xg_spawn(&spawn, &error);
	if (child > 0)
		keeper->screenshooter = child;
	else
		xg_log(XG_LOG_ERROR, MODULE, "no screenshot: cannot run grim: %s", strerror(error));
}

static bool has_commands(const struct keeper *keeper)
{
	for (unsigned i = 0; i < keeper->options->guests; i++) {
		if (keeper->guests[i].command > 0)
			return true;
	}
	return false;
}

/* Watches until the commands have ended, or all of it has to. */
static void watch(struct keeper *keeper)
{
	while (has_commands(keeper) || keeper->screenshooter > 0) {
		const uint64_t next_ms = keeper->screenshot_ms < keeper->kill_ms
						 ? keeper->screenshot_ms
						 : keeper->kill_ms;

		turn(keeper, -1, next_ms);
		if (keeper->leash_broke || keeper->error[0] || now_ms() >= keeper->kill_ms)
			return;
		if (now_ms() >= keeper->screenshot_ms)
			take_screenshot(keeper);
	}
	if (keeper->screenshot_ms != FOREVER && keeper->end_signal == 0)
		xg_log(XG_LOG_ERROR, MODULE,
			"no screenshot: the command ended before --screenshot-after");
}

static void end_one(pid_t *id)
{
	if (*id > 0) {
		kill(*id, SIGKILL);
		waitpid(*id, NULL, 0);
	}
	*id = 0;
}

/* Ends each before what it would miss, so that none complains. */
static void end_guests(struct keeper *keeper)
{
	for (unsigned i = 0; i < keeper->options->guests; i++) {
		end_one(&keeper->guests[i].command);
		end_one(&keeper->guests[i].guestd);
		end_one(&keeper->guests[i].host);
	}
}

/*
 * Asks the compositor to end. One that was killed instead shows that only now, if the commands
 * heard of its death before we did.
 */
static void end_compositor(struct keeper *keeper)
{
	const uint64_t deadline_ms = now_ms() + GRACE_MS;

	keeper->is_done = true;
	if (keeper->compositor > 0)
		kill(keeper->compositor, SIGTERM);
	while (keeper->compositor > 0 && !is_ending(keeper) && now_ms() < deadline_ms)
		turn(keeper, -1, deadline_ms);
}

static int exit_status(const struct keeper *keeper)
{
	if (keeper->error[0] || keeper->leash_broke)
		return XG_STATUS_FAILED;
	for (unsigned i = 0; i < keeper->options->guests; i++) {
		const struct xg_guest *guest = &keeper->guests[i];

		if (!guest->command_ended)
			return 128 + keeper->end_signal;
		if (guest->command_status != 0)
			return xg_process_exit_code(guest->command_status);
	}
	return keeper->end_signal ? 128 + keeper->end_signal : 0;
}

int xg_keeper_run(const struct xg_options *options, const struct xg_programs *programs,
	const struct xg_runtime *runtime, int leash_fd, pid_t foreground_group)
{
	struct keeper keeper = {.options = options,
		.programs = programs,
		.foreground_group = foreground_group,
		.leash_fd = leash_fd,
		.screenshot_ms = FOREVER,
		.kill_ms = FOREVER};
	int status = XG_STATUS_FAILED;
	sigset_t blocked;

	sigprocmask(SIG_SETMASK, NULL, &blocked);
	keeper.signal_fd = signalfd(-1, &blocked, SFD_CLOEXEC | SFD_NONBLOCK);
	if (keeper.signal_fd < 0 || !xg_process_adopt_orphans()) {
		fail(&keeper, "cannot watch processes: %s", strerror(errno));
		return status;
	}
	for (unsigned i = 0; i < options->guests; i++) {
		if (!xg_guest_init(&keeper.guests[i], i, runtime))
			return status;
	}

	if (move_runtime_dir(&keeper, runtime))
		status = start_all(&keeper);
	if (status == 0)
		watch(&keeper);
	end_guests(&keeper);
	if (status == 0) {
		end_compositor(&keeper);
		status = exit_status(&keeper);
	} else if (keeper.end_signal && !keeper.error[0] && !keeper.leash_broke) {
		status = 128 + keeper.end_signal;
	}
	xg_process_kill_all();
	if (options->report && !keeper.leash_broke)
		xg_report_write(options, keeper.guests, status,
			keeper.error[0] ? keeper.error : NULL, keeper.has_screenshot);
	close(keeper.signal_fd);
	return status;
}
