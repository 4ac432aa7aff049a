/* SPDX-License-Identifier: MIT */
/* See frontend.h. */
#include "frontend.h"

#include <errno.h>
#include <poll.h>
#include <stdlib.h>
#include <string.h>

#include "base/log.h"
#include "link/xen_link.h"
#include "link/xen_store.h"
#include "xenglass/xenstore.h"

#define MODULE "frontend"

/* A domain's own nodes are found without its path. */
#define FOLDER "device/" XG_XENSTORE_CLASS "/0"

struct xg_frontend {
	struct xg_store *store;
	char *backend; /* its folder */
	uint32_t backend_domain;
	uint32_t own_domain;
};

/* Waits for a change in the store. False: a signal came. */
static bool wait_for_change(struct xg_store *store, int signal_fd)
{
	struct pollfd fds[] = {
		{xg_store_fd(store), POLLIN, 0},
		{signal_fd, POLLIN, 0},
	};

	while (poll(fds, 2, -1) < 0 && errno == EINTR)
		;
	xg_store_clear(store);
	return fds[1].revents == 0;
}

/* Watches the backend's folder; NULL: there is none. Takes the path over. */
static void set_backend(struct xg_frontend *frontend, char *backend)
{
	char *before = frontend->backend;

	if (before && backend && strcmp(before, backend) == 0) {
		free(backend);
		return;
	}
	frontend->backend = backend;
	if (before)
		xg_store_unwatch(frontend->store, before);
	if (backend)
		xg_store_watch(frontend->store, backend);
	free(before);
}

/* The device's nodes, once the toolstack has written all of them. It may make the device anew. */
static bool find_device(struct xg_frontend *frontend)
{
	struct xg_store *store = frontend->store;

	set_backend(frontend, xg_store_read(store, FOLDER, XG_XENSTORE_BACKEND));
	return frontend->backend &&
	       xg_store_read_number(store, "", "domid", &frontend->own_domain) &&
	       xg_store_read_number(
		       store, FOLDER, XG_XENSTORE_BACKEND_ID, &frontend->backend_domain) &&
	       xg_store_read_state(store, FOLDER) != XG_XENBUS_UNKNOWN;
}

/* True if our version is among the backend's: numbers with commas between. */
static bool is_version_known(const struct xg_frontend *frontend)
{
	char *versions = xg_store_read(frontend->store, frontend->backend, XG_XENSTORE_VERSIONS);
	char *rest = versions;
	bool is_known = false;

	for (const char *word; (word = strsep(&rest, ","));)
		is_known |= strtoul(word, NULL, 10) == XG_XENSTORE_VERSION;
	if (!is_known)
		xg_log(XG_LOG_ERROR, MODULE, "the host speaks versions %s of the device, not %u",
			versions ? versions : "unknown", XG_XENSTORE_VERSION);
	free(versions);
	return is_known;
}

/* Whatever was there before: a daemon that was killed leaves its state behind. */
static bool wait_for_backend(struct xg_frontend *frontend, int signal_fd)
{
	struct xg_store *store = frontend->store;

	for (;;) {
		const bool is_there = find_device(frontend);

		if (is_there && xg_store_read_state(store, FOLDER) != XG_XENBUS_INITIALISING)
			xg_store_write_number(
				store, FOLDER, XG_XENSTORE_STATE, XG_XENBUS_INITIALISING);
		if (is_there &&
			xg_store_read_state(store, frontend->backend) == XG_XENBUS_INIT_WAIT)
			return is_version_known(frontend);
		if (!wait_for_change(store, signal_fd))
			return false;
	}
}

struct xg_frontend *xg_frontend_open(int signal_fd)
{
	struct xg_frontend *frontend = calloc(1, sizeof(*frontend));

	if (!frontend)
		return NULL;
	frontend->store = xg_store_open();
	if (!frontend->store) {
		xg_log(XG_LOG_ERROR, MODULE,
			errno == ENOSYS ? "this build knows no Xen" : "cannot reach xenstore: %s",
			strerror(errno));
		goto err;
	}
	xg_store_watch(frontend->store, "device/" XG_XENSTORE_CLASS);
	if (wait_for_backend(frontend, signal_fd))
		return frontend;
err:
	xg_frontend_close(frontend);
	return NULL;
}

struct xg_link *xg_frontend_link(const struct xg_frontend *frontend, uint32_t pages_max)
{
	uint32_t theirs;

	if (xg_store_read_number(
		    frontend->store, frontend->backend, XG_XENSTORE_MAX_PAGES, &theirs) &&
		pages_max > theirs)
		pages_max = theirs;
	return xg_link_xen_create_guest(
		(uint16_t)frontend->backend_domain, (uint16_t)frontend->own_domain, pages_max);
}

bool xg_frontend_connect(struct xg_frontend *frontend, const struct xg_link *link, int signal_fd)
{
	struct xg_store *store = frontend->store;
	enum xg_xenbus_state state;
	uint32_t ring_ref, event_channel;

	xg_link_xen_address(link, &ring_ref, &event_channel);
	if (!xg_store_write_number(store, FOLDER, XG_XENSTORE_CHOSEN, XG_XENSTORE_VERSION) ||
		!xg_store_write_number(store, FOLDER, XG_XENSTORE_RING_REF, ring_ref) ||
		!xg_store_write_number(store, FOLDER, XG_XENSTORE_EVENT_CHANNEL, event_channel) ||
		!xg_store_write_number(store, FOLDER, XG_XENSTORE_STATE, XG_XENBUS_INITIALISED)) {
		xg_log(XG_LOG_ERROR, MODULE, "cannot write to xenstore: %s", strerror(errno));
		return false;
	}
	while ((state = xg_store_read_state(store, frontend->backend)) == XG_XENBUS_INIT_WAIT) {
		if (!wait_for_change(store, signal_fd))
			return false;
	}
	if (state == XG_XENBUS_CONNECTED)
		return xg_store_write_number(store, FOLDER, XG_XENSTORE_STATE, XG_XENBUS_CONNECTED);
	xg_log(XG_LOG_ERROR, MODULE, "the host does not take this guest; its log says why");
	return false;
}

int xg_frontend_fd(const struct xg_frontend *frontend)
{
	return xg_store_fd(frontend->store);
}

bool xg_frontend_is_served(struct xg_frontend *frontend)
{
	xg_store_clear(frontend->store);
	return xg_store_read_state(frontend->store, frontend->backend) == XG_XENBUS_CONNECTED;
}

enum xg_channel_state xg_frontend_receive_wait(struct xg_frontend *frontend,
	struct xg_channel *channel, struct xg_message *message, int timeout_ms)
{
	struct pollfd fds[] = {
		{xg_channel_fd(channel), POLLIN, 0},
		{xg_frontend_fd(frontend), POLLIN, 0},
	};
	enum xg_channel_state state;

	while ((state = xg_channel_receive(channel, message)) == XG_CHANNEL_EMPTY) {
		if (!xg_frontend_is_served(frontend))
			return XG_CHANNEL_CLOSED;
		if (poll(fds, 2, timeout_ms) == 0)
			return XG_CHANNEL_EMPTY;
		xg_channel_wake(channel);
	}
	return state;
}

void xg_frontend_close(struct xg_frontend *frontend)
{
	if (!frontend)
		return;
	if (frontend->store && frontend->backend)
		xg_store_write_number(frontend->store, FOLDER, XG_XENSTORE_STATE, XG_XENBUS_CLOSED);
	xg_store_close(frontend->store);
	free(frontend->backend);
	free(frontend);
}
