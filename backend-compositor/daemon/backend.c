/* SPDX-License-Identifier: MIT */
/* See backend.h. Whatever changes in xenstore, all devices are looked at again: they are few. */
#include "backend.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "base/log.h"
#include "domains.h"
#include "link/xen_store.h"
#include "policy.h"
#include "xenglass/xenstore.h"

#define MODULE "backend"

struct device {
	struct device *next;
	uint16_t number;		      /* the frontend's domain */
	char *name;			      /* that domain's */
	const struct xg_policy_guest *policy; /* NULL: it names no such domain */
	char folder[64], frontend[64];
	bool is_there;
	enum xg_xenbus_state state; /* ours */
	int host;		    /* process, or 0 */
	int64_t due_ms;		    /* not offered, or not made to end, before that */
};

struct xg_backend {
	struct xg_store *store;
	const struct xg_domains_setup *setup;
	char folder[48];
	struct device *devices;
};

int64_t xg_backend_now_ms(void)
{
	struct timespec now;

	clock_gettime(CLOCK_MONOTONIC, &now);
	return now.tv_sec * INT64_C(1000) + now.tv_nsec / 1000000;
}

int64_t xg_backend_due_ms(const struct xg_backend *backend)
{
	const int64_t now_ms = xg_backend_now_ms();
	int64_t first_ms = INT64_MAX;

	for (const struct device *device = backend->devices; device; device = device->next) {
		if (device->due_ms > now_ms && device->due_ms < first_ms)
			first_ms = device->due_ms;
	}
	return first_ms;
}

/* A folder that is gone must not come to be again. */
static void set_state(struct xg_backend *backend, struct device *device, enum xg_xenbus_state state)
{
	device->state = state;
	if (xg_store_read_state(backend->store, device->folder) != XG_XENBUS_UNKNOWN)
		xg_store_write_number(
			backend->store, device->folder, XG_XENSTORE_STATE, (uint32_t)state);
}

/* Says that the frontend may come. */
static void offer(struct xg_backend *backend, struct device *device)
{
	struct xg_store *store = backend->store;

	xg_store_write_number(store, device->folder, XG_XENSTORE_VERSIONS, XG_XENSTORE_VERSION);
	xg_store_write_number(
		store, device->folder, XG_XENSTORE_PRESENT, backend->setup->has_screen);
	xg_store_write_number(store, device->folder, XG_XENSTORE_MAX_PAGES, XG_XEN_PAGES_MAX);
	set_state(backend, device, XG_XENBUS_INIT_WAIT);
}

/* The frontend may come again, but not at once. */
static void close_device(struct xg_backend *backend, struct device *device)
{
	device->due_ms = xg_backend_now_ms() + backend->setup->pause_ms;
	set_state(backend, device, XG_XENBUS_CLOSED);
}

static void refuse(struct xg_backend *backend, struct device *device, const char *why)
{
	xg_log(XG_LOG_WARNING, MODULE, "%s: %s", device->name, why);
	close_device(backend, device);
}

/* The frontend says that it is ready. */
static void connect_frontend(struct xg_backend *backend, struct device *device)
{
	struct xg_store *store = backend->store;
	uint32_t version = 0;
	struct xg_domain_call call = {.policy = device->policy, .number = device->number};

	if (!xg_store_read_number(store, device->frontend, XG_XENSTORE_CHOSEN, &version) ||
		version != XG_XENSTORE_VERSION) {
		refuse(backend, device, "its daemon speaks another version of the device");
		return;
	}
	if (!xg_store_read_number(
		    store, device->frontend, XG_XENSTORE_RING_REF, &call.untrusted_ring_ref) ||
		!xg_store_read_number(store, device->frontend, XG_XENSTORE_EVENT_CHANNEL,
			&call.untrusted_event_channel)) {
		refuse(backend, device, "ring-ref or event-channel is no number");
		return;
	}
	device->host = backend->setup->start(backend->setup->data, &call);
	if (device->host)
		set_state(backend, device, XG_XENBUS_CONNECTED);
	else
		close_device(backend, device);
}

/* Has the host process end; what comes then is xg_backend_host_gone's. */
static void disconnect(struct xg_backend *backend, struct device *device)
{
	const struct xg_domains_setup *setup = backend->setup;
	const bool asks = device->state != XG_XENBUS_CLOSING;

	if (!asks && (setup->patience_ms == 0 || xg_backend_now_ms() < device->due_ms))
		return;
	device->due_ms = xg_backend_now_ms() + setup->patience_ms;
	setup->stop(setup->data, device->host, asks);
	set_state(backend, device, XG_XENBUS_CLOSING);
}

/* The toolstack has made the device anew: nobody else writes that state. */
static void begin_anew(struct xg_backend *backend, struct device *device)
{
	if (device->host)
		disconnect(backend, device);
	else
		device->state = XG_XENBUS_INITIALISING;
}

/* Follows what has changed. */
static void step(struct xg_backend *backend, struct device *device)
{
	const bool is_wanted = device->is_there && device->policy;

	if (device->host && !is_wanted) {
		disconnect(backend, device);
		return;
	}
	if (!is_wanted) {
		if (device->state != XG_XENBUS_CLOSED)
			set_state(backend, device, XG_XENBUS_CLOSED);
		return;
	}

	const enum xg_xenbus_state theirs = xg_store_read_state(backend->store, device->frontend);

	switch (device->state) {
	case XG_XENBUS_INITIALISING:
	case XG_XENBUS_CLOSED:
		if (theirs == XG_XENBUS_INITIALISING && backend->setup->is_ready &&
			xg_backend_now_ms() >= device->due_ms)
			offer(backend, device);
		break;
	case XG_XENBUS_INIT_WAIT:
		if (!backend->setup->is_ready)
			set_state(backend, device, XG_XENBUS_CLOSED);
		else if (theirs == XG_XENBUS_INITIALISED)
			connect_frontend(backend, device);
		break;
	case XG_XENBUS_CONNECTED:
		if (theirs != XG_XENBUS_INITIALISED && theirs != XG_XENBUS_CONNECTED)
			disconnect(backend, device);
		break;
	case XG_XENBUS_CLOSING:
		disconnect(backend, device);
		break;
	default:
		break;
	}
}

static void find_policy(struct device *device, const struct xg_policy *policy)
{
	device->policy = xg_policy_find(policy, device->name);
	if (!device->policy)
		xg_log(XG_LOG_WARNING, MODULE, "%s: it has a device, but the policy names it not",
			device->name);
}

/* A device that one before us has served may be in any state: its host process is gone. */
static void add_device(struct xg_backend *backend, const char *folder, uint16_t number, char *name,
	enum xg_xenbus_state state)
{
	struct device *device = calloc(1, sizeof(*device));

	if (!device)
		abort();
	device->number = number;
	device->name = name;
	device->is_there = true;
	device->state = state;
	strcpy(device->folder, folder);
	snprintf(device->frontend, sizeof(device->frontend),
		XG_XENSTORE_DOMAINS "/%u/device/" XG_XENSTORE_CLASS "/0", number);
	find_policy(device, backend->setup->policy);
	if (state != XG_XENBUS_INITIALISING)
		set_state(backend, device, XG_XENBUS_CLOSED);
	xg_store_watch(backend->store, device->frontend);
	device->next = backend->devices;
	backend->devices = device;
}

/* The state is written last of what the toolstack writes. */
static void take_device(void *data, const char *text)
{
	struct xg_backend *backend = data;
	const unsigned long number = strtoul(text, NULL, 10);
	struct device *device = backend->devices;
	enum xg_xenbus_state state;
	char folder[sizeof(device->folder)];
	char *name;

	if (number == 0 || number > INT16_MAX)
		return;
	snprintf(folder, sizeof(folder), "%s/%lu/0", backend->folder, number);
	state = xg_store_read_state(backend->store, folder);
	if (state == XG_XENBUS_UNKNOWN)
		return;
	while (device && device->number != number)
		device = device->next;
	if (device) {
		device->is_there = true;
		if (state == XG_XENBUS_INITIALISING)
			begin_anew(backend, device);
		return;
	}
	name = xg_store_read(backend->store, folder, XG_XENSTORE_DOMAIN);
	if (name)
		add_device(backend, folder, (uint16_t)number, name, state);
}

static void forget_gone(struct xg_backend *backend)
{
	for (struct device **at = &backend->devices; *at;) {
		struct device *device = *at;

		if (device->is_there || device->host) {
			at = &device->next;
			continue;
		}
		xg_store_unwatch(backend->store, device->frontend);
		*at = device->next;
		free(device->name);
		free(device);
	}
}

void xg_backend_dispatch(struct xg_backend *backend)
{
	for (struct device *device = backend->devices; device; device = device->next)
		device->is_there = false;
	xg_store_list(backend->store, backend->folder, take_device, backend);
	for (struct device *device = backend->devices; device; device = device->next)
		step(backend, device);
	forget_gone(backend);
}

void xg_backend_host_gone(struct xg_backend *backend, int host)
{
	for (struct device *device = backend->devices; device; device = device->next) {
		if (device->host != host)
			continue;
		device->host = 0;
		close_device(backend, device);
		step(backend, device);
	}
	forget_gone(backend);
}

void xg_backend_set_policy(struct xg_backend *backend, const struct xg_policy *policy)
{
	for (struct device *device = backend->devices; device; device = device->next)
		find_policy(device, policy);
}

struct xg_backend *xg_backend_create(
	struct xg_store *store, uint16_t own_number, const struct xg_domains_setup *setup)
{
	struct xg_backend *backend = calloc(1, sizeof(*backend));

	if (!backend)
		abort();
	backend->store = store;
	backend->setup = setup;
	snprintf(backend->folder, sizeof(backend->folder),
		XG_XENSTORE_DOMAINS "/%u/backend/" XG_XENSTORE_CLASS, own_number);
	xg_store_watch(store, backend->folder);
	return backend;
}

void xg_backend_destroy(struct xg_backend *backend)
{
	if (!backend)
		return;
	while (backend->devices) {
		struct device *device = backend->devices;

		/* A frontend that is there may go on with who comes after us. */
		set_state(backend, device, XG_XENBUS_CLOSED);
		backend->devices = device->next;
		free(device->name);
		free(device);
	}
	free(backend);
}

const char *xg_backend_describe(enum xg_xenbus_state state)
{
	static const char *const names[] = {
		[XG_XENBUS_UNKNOWN] = "unknown",
		[XG_XENBUS_INITIALISING] = "waiting",
		[XG_XENBUS_INIT_WAIT] = "offered",
		[XG_XENBUS_INITIALISED] = "connecting",
		[XG_XENBUS_CONNECTED] = "connected",
		[XG_XENBUS_CLOSING] = "closing",
		[XG_XENBUS_CLOSED] = "closed",
	};

	return names[state];
}

static const char *describe(const struct device *device)
{
	return device->policy ? xg_backend_describe(device->state) : "refused";
}

const char *xg_backend_state(const struct xg_backend *backend, uint16_t number, int *host)
{
	for (const struct device *device = backend->devices; device; device = device->next) {
		if (device->number != number || !device->is_there)
			continue;
		*host = device->host;
		return describe(device);
	}
	return NULL;
}

int xg_backend_host(const struct xg_backend *backend, const char *name)
{
	for (const struct device *device = backend->devices; device; device = device->next) {
		if (device->is_there && strcmp(device->name, name) == 0)
			return device->host;
	}
	return 0;
}

void xg_backend_list(const struct xg_backend *backend, char *text, size_t size)
{
	size_t used = strlen(text);

	for (const struct device *device = backend->devices; device && used < size;
		device = device->next)
		used += (size_t)snprintf(text + used, size - used, "%s %u %s %d\n", device->name,
			device->number, describe(device), device->host);
}
