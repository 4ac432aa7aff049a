/* SPDX-License-Identifier: MIT */
/*
 * hostile_guest.c against the real host process, over the fake store and hypervisor: the two are
 * one program here, which forks. A thread stands in for xenglassd.
 */
#include <pthread.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

#include "fake_store.h"
#include "fake_xen.h"
#include "link/xen_store.h"

#define FRONTEND "/local/domain/5/device/xenglass/0"
#define BACKEND	 "/local/domain/0/backend/xenglass/5/0"

/* The programs' main functions, by the names that meson.build gives them. */
int host_main(int argc, char **argv);
int hostile_guest_main(int argc, char **argv);

/* ThreadSanitizer's: the host process is forked beside a thread, and starts threads of its own. */
const char *__tsan_default_options(void);
const char *__tsan_default_options(void)
{
	return "die_after_fork=0";
}

struct backend {
	struct xg_store *store;
	enum xg_xenbus_state state;
	pid_t host; /* or 0 */
	bool has_crashed;
};

static void set_state(struct backend *backend, enum xg_xenbus_state state)
{
	backend->state = state;
	xg_store_write_number(backend->store, BACKEND, XG_XENSTORE_STATE, (uint32_t)state);
}

static void start_host(struct backend *backend)
{
	uint32_t ring_ref, event_channel;
	char address[64];
	char *arguments[] = {"xenglass-host", "--xen", address, "--name", "one", "--no-jail", NULL};

	xg_store_read_number(backend->store, FRONTEND, XG_XENSTORE_RING_REF, &ring_ref);
	xg_store_read_number(backend->store, FRONTEND, XG_XENSTORE_EVENT_CHANNEL, &event_channel);
	snprintf(address, sizeof(address), "5:%u:%u", ring_ref, event_channel);
	backend->host = fork();
	if (backend->host == 0) {
		fake_xen_become(FAKE_XEN_HOST);
		exit(host_main(6, arguments));
	}
	set_state(backend, XG_XENBUS_CONNECTED);
}

static void step(struct backend *backend)
{
	const enum xg_xenbus_state theirs = xg_store_read_state(backend->store, FRONTEND);
	int status;

	if (backend->host && waitpid(backend->host, &status, WNOHANG) == backend->host) {
		backend->has_crashed |= WIFSIGNALED(status) && WTERMSIG(status) != SIGTERM;
		backend->host = 0;
		set_state(backend, XG_XENBUS_CLOSED);
	} else if (backend->host && theirs == XG_XENBUS_CLOSING) {
		kill(backend->host, SIGTERM);
	} else if (backend->state == XG_XENBUS_CLOSED && theirs == XG_XENBUS_INITIALISING) {
		set_state(backend, XG_XENBUS_INIT_WAIT);
	} else if (backend->state == XG_XENBUS_INIT_WAIT && theirs == XG_XENBUS_INITIALISED) {
		start_host(backend);
	}
}

static void *run_backend(void *data)
{
	for (;; usleep(3000))
		step(data);
	return NULL;
}

/* The nodes that the toolstack writes. */
static void make_device(struct backend *backend)
{
	fake_store_set("/local/domain/5/domid", "5");
	fake_store_set(FRONTEND, "");
	fake_store_set(BACKEND, "");
	fake_store_become(0);
	backend->store = xg_store_open();
	xg_store_permit(backend->store, FRONTEND, 5, 0);
	xg_store_permit(backend->store, BACKEND, 0, 5);
	xg_store_write(backend->store, FRONTEND, XG_XENSTORE_BACKEND, BACKEND);
	xg_store_write_number(backend->store, FRONTEND, XG_XENSTORE_BACKEND_ID, 0);
	set_state(backend, XG_XENBUS_CLOSED);
	fake_store_become(5);
}

int main(int argc, char **argv)
{
	static struct backend backend;
	pthread_t thread;

	fake_xen_count();
	make_device(&backend);
	pthread_create(&thread, NULL, run_backend, &backend);
	if (hostile_guest_main(argc, argv) != EXIT_SUCCESS)
		return EXIT_FAILURE;

	const uint32_t mapped = fake_xen_count().mapped;

	printf("%u pages are mapped yet, and the host process has%s crashed\n", mapped,
		backend.has_crashed ? "" : " not");
	return mapped == 0 && !backend.has_crashed ? EXIT_SUCCESS : EXIT_FAILURE;
}
