/* SPDX-License-Identifier: MIT */
/* See domains.h. Whatever changes in xenstore, all domains are looked at again: they are few. */
#include "domains.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/log.h"
#include "link/xen_store.h"
#include "xenglass/xenstore.h"

#define MODULE "domains"

#define ROOT "/local/domain"

struct domain {
	struct domain *next;
	uint16_t number;
	const struct xg_policy_guest *policy;
	char frontend[64];
	char backend[64];
	bool is_there;		    /* in the list that is being read */
	bool has_device;	    /* its nodes are written, and watched */
	bool is_detached;	    /* by hand */
	enum xg_xenbus_state state; /* ours */
	int host;		    /* process, or 0 */
};

struct xg_domains {
	struct xg_domains_setup setup;
	struct xg_store *store;
	uint32_t own_number;
	struct domain *domains;
};

static void set_state(struct xg_domains *domains, struct domain *domain, enum xg_xenbus_state state)
{
	domain->state = state;
	xg_store_write_number(domains->store, domain->backend, XG_XENSTORE_STATE, (uint32_t)state);
}

/* Says that the frontend may come. */
static void offer(struct xg_domains *domains, struct domain *domain)
{
	struct xg_store *store = domains->store;

	xg_store_write_number(store, domain->backend, XG_XENSTORE_VERSIONS, XG_XENSTORE_VERSION);
	xg_store_write_number(
		store, domain->backend, XG_XENSTORE_PRESENT, domains->setup.has_screen);
	xg_store_write_number(store, domain->backend, XG_XENSTORE_MAX_PAGES, XG_XEN_PAGES_MAX);
	set_state(domains, domain, XG_XENBUS_INIT_WAIT);
}

/*
 * As the toolstack writes them: both folders with the right permissions, then what is in them. A
 * device that was there before keeps its frontend's state, and its backend was Closed by our end.
 */
static void write_device(struct xg_domains *domains, struct domain *domain)
{
	struct xg_store *store = domains->store;
	const uint16_t own = (uint16_t)domains->own_number;
	const enum xg_xenbus_state before = xg_store_read_state(store, domain->frontend);

	xg_store_write(store, "", domain->backend, "");
	xg_store_permit(store, domain->backend, own, domain->number);
	xg_store_write(store, domain->backend, XG_XENSTORE_FRONTEND, domain->frontend);
	xg_store_write_number(store, domain->backend, XG_XENSTORE_FRONTEND_ID, domain->number);
	xg_store_write_number(store, domain->backend, XG_XENSTORE_ONLINE, 1);
	set_state(domains, domain,
		before == XG_XENBUS_UNKNOWN ? XG_XENBUS_INITIALISING : XG_XENBUS_CLOSED);

	xg_store_write(store, "", domain->frontend, "");
	xg_store_permit(store, domain->frontend, domain->number, own);
	xg_store_write(store, domain->frontend, XG_XENSTORE_BACKEND, domain->backend);
	xg_store_write_number(store, domain->frontend, XG_XENSTORE_BACKEND_ID, own);
	if (before == XG_XENBUS_UNKNOWN)
		xg_store_write_number(
			store, domain->frontend, XG_XENSTORE_STATE, XG_XENBUS_INITIALISING);
	xg_store_watch(store, domain->frontend);
	domain->has_device = true;
}

static void remove_device(struct xg_domains *domains, struct domain *domain)
{
	if (!domain->has_device)
		return;
	xg_store_unwatch(domains->store, domain->frontend);
	xg_store_remove(domains->store, domain->backend);
	*strrchr(domain->backend, '/') = '\0';
	xg_store_remove(domains->store, domain->backend);
	strcat(domain->backend, "/0");
	if (domain->is_there)
		xg_store_remove(domains->store, domain->frontend);
	domain->has_device = false;
}

static void refuse(struct xg_domains *domains, struct domain *domain, const char *why)
{
	xg_log(XG_LOG_WARNING, MODULE, "%s: %s", domain->policy->name, why);
	set_state(domains, domain, XG_XENBUS_CLOSED);
}

/* The frontend says that it is ready. */
static void connect_frontend(struct xg_domains *domains, struct domain *domain)
{
	struct xg_store *store = domains->store;
	uint32_t version = 0;
	struct xg_domain_call call = {.policy = domain->policy, .number = domain->number};

	if (!xg_store_read_number(store, domain->frontend, XG_XENSTORE_CHOSEN, &version) ||
		version != XG_XENSTORE_VERSION) {
		refuse(domains, domain, "its daemon speaks another version of the device");
		return;
	}
	if (!xg_store_read_number(
		    store, domain->frontend, XG_XENSTORE_RING_REF, &call.untrusted_ring_ref) ||
		!xg_store_read_number(store, domain->frontend, XG_XENSTORE_EVENT_CHANNEL,
			&call.untrusted_event_channel)) {
		refuse(domains, domain, "ring-ref or event-channel is no number");
		return;
	}
	domain->host = domains->setup.start(domains->setup.data, &call);
	set_state(domains, domain, domain->host ? XG_XENBUS_CONNECTED : XG_XENBUS_CLOSED);
}

static bool is_wanted(const struct domain *domain)
{
	return domain->is_there && !domain->is_detached;
}

/* Has the host process end; what comes then is xg_domains_host_gone's. */
static void disconnect(struct xg_domains *domains, struct domain *domain)
{
	if (domain->state == XG_XENBUS_CLOSING)
		return;
	domains->setup.stop(domains->setup.data, domain->host);
	set_state(domains, domain, XG_XENBUS_CLOSING);
}

/* Follows what has changed. */
static void step(struct xg_domains *domains, struct domain *domain)
{
	if (domain->host && !is_wanted(domain)) {
		disconnect(domains, domain);
		return;
	}
	if (!is_wanted(domain)) {
		remove_device(domains, domain);
		return;
	}
	if (!domain->has_device)
		write_device(domains, domain);

	const enum xg_xenbus_state theirs = xg_store_read_state(domains->store, domain->frontend);

	switch (domain->state) {
	case XG_XENBUS_INITIALISING:
	case XG_XENBUS_CLOSED:
		if (theirs == XG_XENBUS_INITIALISING && domains->setup.is_ready)
			offer(domains, domain);
		break;
	case XG_XENBUS_INIT_WAIT:
		if (!domains->setup.is_ready)
			set_state(domains, domain, XG_XENBUS_CLOSED);
		else if (theirs == XG_XENBUS_INITIALISED)
			connect_frontend(domains, domain);
		break;
	case XG_XENBUS_CONNECTED:
		if (theirs != XG_XENBUS_INITIALISED && theirs != XG_XENBUS_CONNECTED)
			disconnect(domains, domain);
		break;
	default:
		break;
	}
}

static struct domain *find_number(struct xg_domains *domains, uint16_t number)
{
	struct domain *domain = domains->domains;

	while (domain && domain->number != number)
		domain = domain->next;
	return domain;
}

/* A domain's number is never that of an earlier one while we know that. */
static void take_domain(void *data, const char *name)
{
	struct xg_domains *domains = data;
	char path[64];
	const unsigned long number = strtoul(name, NULL, 10);
	struct domain *domain = find_number(domains, (uint16_t)number);

	if (number == domains->own_number || number == 0 || number > INT16_MAX)
		return;
	if (domain) {
		domain->is_there = true;
		return;
	}
	snprintf(path, sizeof(path), ROOT "/%lu", number);

	char *called = xg_store_read(domains->store, path, "name");
	const struct xg_policy_guest *policy =
		called ? xg_policy_find(domains->setup.policy, called) : NULL;

	free(called);
	if (!policy)
		return;
	domain = calloc(1, sizeof(*domain));
	if (!domain)
		abort();
	domain->number = (uint16_t)number;
	domain->policy = policy;
	domain->is_there = true;
	domain->is_detached = !policy->is_attached;
	snprintf(domain->frontend, sizeof(domain->frontend),
		ROOT "/%lu/device/" XG_XENSTORE_CLASS "/0", number);
	snprintf(domain->backend, sizeof(domain->backend),
		ROOT "/%u/backend/" XG_XENSTORE_CLASS "/%lu/0", domains->own_number, number);
	domain->next = domains->domains;
	domains->domains = domain;
}

static void forget_gone(struct xg_domains *domains)
{
	for (struct domain **at = &domains->domains; *at;) {
		struct domain *domain = *at;

		if (domain->is_there || domain->host || domain->has_device) {
			at = &domain->next;
			continue;
		}
		*at = domain->next;
		free(domain);
	}
}

void xg_domains_dispatch(struct xg_domains *domains)
{
	xg_store_clear(domains->store);
	for (struct domain *domain = domains->domains; domain; domain = domain->next)
		domain->is_there = false;
	xg_store_list(domains->store, ROOT, take_domain, domains);
	for (struct domain *domain = domains->domains; domain; domain = domain->next)
		step(domains, domain);
	forget_gone(domains);
}

void xg_domains_host_gone(struct xg_domains *domains, int host)
{
	for (struct domain *domain = domains->domains; domain; domain = domain->next) {
		if (domain->host != host)
			continue;
		domain->host = 0;
		set_state(domains, domain, XG_XENBUS_CLOSED);
		step(domains, domain);
	}
	forget_gone(domains);
}

void xg_domains_set_ready(struct xg_domains *domains, bool is_ready)
{
	domains->setup.is_ready = is_ready;
	for (struct domain *domain = domains->domains; domain; domain = domain->next)
		step(domains, domain);
}

struct xg_domains *xg_domains_create(const struct xg_domains_setup *setup)
{
	struct xg_domains *domains = calloc(1, sizeof(*domains));

	if (!domains)
		abort();
	domains->setup = *setup;
	domains->store = xg_store_open();
	if (!domains->store) {
		xg_log(XG_LOG_ERROR, MODULE,
			errno == ENOSYS ? "this build knows no Xen" : "cannot reach xenstore: %s",
			strerror(errno));
		free(domains);
		return NULL;
	}
	/* Dom0's, where it has not been told. */
	xg_store_read_number(domains->store, "", "domid", &domains->own_number);
	xg_store_watch(domains->store, "@introduceDomain");
	xg_store_watch(domains->store, "@releaseDomain");
	return domains;
}

void xg_domains_destroy(struct xg_domains *domains)
{
	if (!domains)
		return;
	while (domains->domains) {
		struct domain *domain = domains->domains;

		/* A frontend that is there may go on with who comes after us. */
		if (domain->has_device && domain->is_there)
			set_state(domains, domain, XG_XENBUS_CLOSED);
		else
			remove_device(domains, domain);
		domains->domains = domain->next;
		free(domain);
	}
	xg_store_close(domains->store);
	free(domains);
}

int xg_domains_fd(const struct xg_domains *domains)
{
	return xg_store_fd(domains->store);
}

static struct domain *find_name(struct xg_domains *domains, const char *name)
{
	struct domain *domain = domains->domains;

	while (domain && (strcmp(domain->policy->name, name) != 0 || !domain->is_there))
		domain = domain->next;
	return domain;
}

static const char *set_detached(struct xg_domains *domains, const char *name, bool is_detached)
{
	struct domain *domain = find_name(domains, name);

	if (!domain)
		return "the policy names no such domain, or it is not there";
	domain->is_detached = is_detached;
	step(domains, domain);
	return NULL;
}

const char *xg_domains_attach(struct xg_domains *domains, const char *name)
{
	return set_detached(domains, name, false);
}

const char *xg_domains_detach(struct xg_domains *domains, const char *name)
{
	return set_detached(domains, name, true);
}

int xg_domains_host(struct xg_domains *domains, const char *name)
{
	const struct domain *domain = find_name(domains, name);

	return domain ? domain->host : 0;
}

static const char *describe(const struct domain *domain)
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

	return domain->has_device ? names[domain->state] : "detached";
}

void xg_domains_list(const struct xg_domains *domains, char *text, size_t size)
{
	size_t used = 0;

	text[0] = '\0';
	for (const struct domain *domain = domains->domains; domain && used < size;
		domain = domain->next)
		used += (size_t)snprintf(text + used, size - used, "%s %u %s %d\n",
			domain->policy->name, domain->number, describe(domain), domain->host);
}
