/* SPDX-License-Identifier: MIT */
/* See toolstack.h. All domains are kept, since each may be one whose device another waits for. */
#include "toolstack.h"

#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "backend.h"
#include "link/xen_store.h"
#include "policy.h"
#include "xenglass/xenstore.h"

struct domain {
	struct domain *next;
	uint16_t number;
	char *name;			      /* NULL: not yet known */
	const struct xg_policy_guest *policy; /* NULL: no guest */
	bool is_there;			      /* in the list that is being read */
	bool is_detached;		      /* by hand */
	bool has_device;		      /* its nodes are written */
	uint16_t backend_number;	      /* if it has: where */
	char frontend[64], backend[64];
};

struct xg_toolstack {
	struct xg_store *store;
	const struct xg_policy *policy;
	uint16_t own_number;
	struct domain *domains;
};

static struct domain *find_number(const struct xg_toolstack *toolstack, unsigned long number)
{
	struct domain *domain = toolstack->domains;

	while (domain && domain->number != number)
		domain = domain->next;
	return domain;
}

static struct domain *find_name(const struct xg_toolstack *toolstack, const char *name)
{
	struct domain *domain = toolstack->domains;

	while (domain && (!domain->is_there || !domain->name || strcmp(domain->name, name) != 0))
		domain = domain->next;
	return domain;
}

static bool is_text(struct xg_store *store, const char *folder, const char *node, const char *text)
{
	char *found = xg_store_read(store, folder, node);
	const bool is_it = found && strcmp(found, text) == 0;

	free(found);
	return is_it;
}

/* From a toolstack before us. */
static bool is_written(struct xg_store *store, const struct domain *domain)
{
	return is_text(store, domain->frontend, XG_XENSTORE_BACKEND, domain->backend) &&
	       is_text(store, domain->backend, XG_XENSTORE_FRONTEND, domain->frontend) &&
	       is_text(store, domain->backend, XG_XENSTORE_DOMAIN, domain->name) &&
	       xg_store_read_state(store, domain->frontend) != XG_XENBUS_UNKNOWN &&
	       xg_store_read_state(store, domain->backend) != XG_XENBUS_UNKNOWN;
}

/* Both folders with the right permissions, which what is in them inherits; the states last. */
static void write_device(struct xg_store *store, const struct domain *domain)
{
	const uint16_t guest = domain->number, backend = domain->backend_number;

	xg_store_remove(store, domain->backend);
	xg_store_write(store, "", domain->backend, "");
	xg_store_permit(store, domain->backend, backend, guest);
	xg_store_remove(store, domain->frontend);
	xg_store_write(store, "", domain->frontend, "");
	xg_store_permit(store, domain->frontend, guest, backend);

	xg_store_write(store, domain->backend, XG_XENSTORE_FRONTEND, domain->frontend);
	xg_store_write_number(store, domain->backend, XG_XENSTORE_FRONTEND_ID, guest);
	xg_store_write(store, domain->backend, XG_XENSTORE_DOMAIN, domain->name);
	xg_store_write(store, domain->frontend, XG_XENSTORE_BACKEND, domain->backend);
	xg_store_write_number(store, domain->frontend, XG_XENSTORE_BACKEND_ID, backend);
	xg_store_write_number(store, domain->frontend, XG_XENSTORE_STATE, XG_XENBUS_INITIALISING);
	xg_store_write_number(store, domain->backend, XG_XENSTORE_STATE, XG_XENBUS_INITIALISING);
}

static void set_paths(struct domain *domain, uint16_t backend_number)
{
	domain->backend_number = backend_number;
	snprintf(domain->frontend, sizeof(domain->frontend),
		XG_XENSTORE_DOMAINS "/%u/device/" XG_XENSTORE_CLASS "/0", domain->number);
	snprintf(domain->backend, sizeof(domain->backend),
		XG_XENSTORE_DOMAINS "/%u/backend/" XG_XENSTORE_CLASS "/%u/0", backend_number,
		domain->number);
}

static void give_device(
	struct xg_toolstack *toolstack, struct domain *domain, const struct domain *backend)
{
	set_paths(domain, backend->number);
	if (!is_written(toolstack->store, domain))
		write_device(toolstack->store, domain);
	domain->has_device = true;
}

static void remove_device(struct xg_toolstack *toolstack, struct domain *domain)
{
	*strrchr(domain->backend, '/') = '\0';
	xg_store_remove(toolstack->store, domain->backend);
	if (domain->is_there)
		xg_store_remove(toolstack->store, domain->frontend);
	domain->has_device = false;
}

/* Whom the policy says that a domain is served by; NULL: nobody, or it is not there. */
static const struct domain *find_backend(
	const struct xg_toolstack *toolstack, const struct domain *domain)
{
	const struct domain *backend;

	if (!domain->is_there || !domain->policy)
		return NULL;
	backend = domain->policy->backend ? find_name(toolstack, domain->policy->backend)
					  : find_number(toolstack, toolstack->own_number);
	return backend != domain ? backend : NULL;
}

static void step(struct xg_toolstack *toolstack, struct domain *domain)
{
	const struct domain *backend = domain->is_detached ? NULL : find_backend(toolstack, domain);

	if (domain->has_device && (!backend || backend->number != domain->backend_number))
		remove_device(toolstack, domain);
	if (!domain->has_device && backend)
		give_device(toolstack, domain, backend);
}

static void find_policy(struct xg_toolstack *toolstack, struct domain *domain)
{
	const bool was_guest = domain->policy != NULL;

	if (domain->number == toolstack->own_number || !domain->name)
		return;
	domain->policy = xg_policy_find(toolstack->policy, domain->name);
	if (domain->policy && !was_guest)
		domain->is_detached = !domain->policy->is_attached;
}

/* A domain's number is never that of an earlier one while we know that. */
static void take_domain(void *data, const char *text)
{
	struct xg_toolstack *toolstack = data;
	const unsigned long number = strtoul(text, NULL, 10);
	struct domain *domain = find_number(toolstack, number);
	char path[64];

	if (number > INT16_MAX)
		return;
	if (!domain) {
		domain = calloc(1, sizeof(*domain));
		if (!domain)
			abort();
		domain->number = (uint16_t)number;
		domain->next = toolstack->domains;
		toolstack->domains = domain;
	}
	domain->is_there = true;
	if (domain->name)
		return;
	snprintf(path, sizeof(path), XG_XENSTORE_DOMAINS "/%lu", number);
	domain->name = xg_store_read(toolstack->store, path, "name");
	find_policy(toolstack, domain);
}

static void forget_gone(struct xg_toolstack *toolstack)
{
	for (struct domain **at = &toolstack->domains; *at;) {
		struct domain *domain = *at;

		if (domain->is_there) {
			at = &domain->next;
			continue;
		}
		*at = domain->next;
		free(domain->name);
		free(domain);
	}
}

void xg_toolstack_dispatch(struct xg_toolstack *toolstack)
{
	for (struct domain *domain = toolstack->domains; domain; domain = domain->next)
		domain->is_there = false;
	xg_store_list(toolstack->store, XG_XENSTORE_DOMAINS, take_domain, toolstack);
	for (struct domain *domain = toolstack->domains; domain; domain = domain->next)
		step(toolstack, domain);
	forget_gone(toolstack);
}

void xg_toolstack_set_policy(struct xg_toolstack *toolstack, const struct xg_policy *policy)
{
	toolstack->policy = policy;
	for (struct domain *domain = toolstack->domains; domain; domain = domain->next)
		find_policy(toolstack, domain);
}

/* A folder of backends, as far as it is not what we would write. */
struct folder {
	struct xg_toolstack *toolstack;
	const struct domain *backend;
	char path[48];
};

static void remove_stray(void *data, const char *text)
{
	const struct folder *folder = data;
	struct xg_toolstack *toolstack = folder->toolstack;
	const struct domain *domain = find_number(toolstack, strtoul(text, NULL, 10));
	char path[64];

	if (domain && !domain->is_detached && find_backend(toolstack, domain) == folder->backend)
		return;
	snprintf(path, sizeof(path), "%s/%.8s", folder->path, text);
	xg_store_remove(toolstack->store, path);
}

/*
 * A daemon before us may have had another policy, and domains may have gone after it. What was
 * attached by hand stays so.
 */
static void take_over(struct xg_toolstack *toolstack)
{
	for (struct domain *domain = toolstack->domains; domain; domain = domain->next) {
		const struct domain *backend = find_backend(toolstack, domain);

		set_paths(domain, backend ? backend->number : toolstack->own_number);
		if (backend && domain->is_detached)
			domain->is_detached = !is_written(toolstack->store, domain);
		if (!backend || domain->is_detached)
			xg_store_remove(toolstack->store, domain->frontend);
	}
	for (const struct domain *backend = toolstack->domains; backend; backend = backend->next) {
		struct folder folder = {.toolstack = toolstack, .backend = backend};

		snprintf(folder.path, sizeof(folder.path),
			XG_XENSTORE_DOMAINS "/%u/backend/" XG_XENSTORE_CLASS, backend->number);
		xg_store_list(toolstack->store, folder.path, remove_stray, &folder);
	}
}

struct xg_toolstack *xg_toolstack_create(
	struct xg_store *store, uint16_t own_number, const struct xg_policy *policy)
{
	struct xg_toolstack *toolstack = calloc(1, sizeof(*toolstack));

	if (!toolstack)
		abort();
	toolstack->store = store;
	toolstack->own_number = own_number;
	toolstack->policy = policy;
	xg_store_watch(store, "@introduceDomain");
	xg_store_watch(store, "@releaseDomain");
	xg_store_list(store, XG_XENSTORE_DOMAINS, take_domain, toolstack);
	take_over(toolstack);
	return toolstack;
}

void xg_toolstack_destroy(struct xg_toolstack *toolstack)
{
	if (!toolstack)
		return;
	for (struct domain *domain = toolstack->domains; domain; domain = domain->next)
		domain->is_there = false;
	forget_gone(toolstack);
	free(toolstack);
}

static const char *set_detached(struct xg_toolstack *toolstack, const char *name, bool is_detached)
{
	struct domain *domain = find_name(toolstack, name);

	if (!domain)
		return "there is no such domain";
	if (!domain->policy)
		return "the policy does not name this domain";
	domain->is_detached = is_detached;
	step(toolstack, domain);
	if (!is_detached && !domain->has_device)
		return "the domain that is to serve it is not there";
	return NULL;
}

const char *xg_toolstack_attach(struct xg_toolstack *toolstack, const char *name)
{
	return set_detached(toolstack, name, false);
}

const char *xg_toolstack_detach(struct xg_toolstack *toolstack, const char *name)
{
	return set_detached(toolstack, name, true);
}

const char *xg_toolstack_explain(const struct xg_toolstack *toolstack, const char *name)
{
	const struct domain *domain = find_name(toolstack, name);

	if (!domain)
		return "there is no such domain";
	if (!domain->policy)
		return "the policy does not name this domain";
	if (domain->has_device && domain->backend_number != toolstack->own_number)
		return "a driver domain serves this domain: ask there";
	return "this domain is not connected";
}

void xg_toolstack_list(
	const struct xg_toolstack *toolstack, const struct xg_backend *own, char *text, size_t size)
{
	size_t used = strlen(text);

	for (const struct domain *domain = toolstack->domains; domain; domain = domain->next) {
		const char *state = "detached";
		char host[16] = "0";
		int process = 0;

		if (!domain->policy || used >= size)
			continue;
		if (domain->has_device && domain->backend_number != toolstack->own_number) {
			state = xg_backend_describe(
				xg_store_read_state(toolstack->store, domain->backend));
			snprintf(host, sizeof(host), "%s", domain->policy->backend);
		} else if (domain->has_device) {
			state = xg_backend_state(own, domain->number, &process);
			snprintf(host, sizeof(host), "%d", process);
		} else if (!domain->is_detached) {
			state = "unserved";
		}
		used += (size_t)snprintf(text + used, size - used, "%s %u %s %s\n", domain->name,
			domain->number, state ? state : "waiting", host);
	}
}
