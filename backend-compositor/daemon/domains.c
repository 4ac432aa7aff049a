/* SPDX-License-Identifier: MIT */
/* See domains.h. */
#include "domains.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "backend.h"
#include "base/log.h"
#include "link/xen_store.h"
#include "toolstack.h"

#define MODULE "domains"

struct xg_domains {
	struct xg_domains_setup setup;
	struct xg_store *store;
	struct xg_toolstack *toolstack; /* NULL in a driver domain */
	struct xg_backend *backend;
};

struct xg_domains *xg_domains_create(const struct xg_domains_setup *setup)
{
	struct xg_domains *domains = calloc(1, sizeof(*domains));
	uint32_t own_number = 0;

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
	xg_store_read_number(domains->store, "", "domid", &own_number);
	if (own_number == 0)
		domains->toolstack = xg_toolstack_create(domains->store, 0, setup->policy);
	domains->backend = xg_backend_create(domains->store, (uint16_t)own_number, &domains->setup);
	return domains;
}

void xg_domains_destroy(struct xg_domains *domains)
{
	if (!domains)
		return;
	xg_backend_destroy(domains->backend);
	xg_toolstack_destroy(domains->toolstack);
	xg_store_close(domains->store);
	free(domains);
}

int xg_domains_fd(const struct xg_domains *domains)
{
	return xg_store_fd(domains->store);
}

void xg_domains_dispatch(struct xg_domains *domains)
{
	xg_store_clear(domains->store);
	if (domains->toolstack)
		xg_toolstack_dispatch(domains->toolstack);
	xg_backend_dispatch(domains->backend);
}

void xg_domains_host_gone(struct xg_domains *domains, int host)
{
	xg_backend_host_gone(domains->backend, host);
}

void xg_domains_set_ready(struct xg_domains *domains, bool is_ready)
{
	domains->setup.is_ready = is_ready;
	xg_backend_dispatch(domains->backend);
}

void xg_domains_set_policy(struct xg_domains *domains, const struct xg_policy *policy)
{
	domains->setup.policy = policy;
	if (domains->toolstack)
		xg_toolstack_set_policy(domains->toolstack, policy);
	xg_backend_set_policy(domains->backend, policy);
	xg_domains_dispatch(domains);
}

static const char not_here[] = "this is a driver domain: devices are given and taken in dom0";

const char *xg_domains_attach(struct xg_domains *domains, const char *name)
{
	const char *problem =
		domains->toolstack ? xg_toolstack_attach(domains->toolstack, name) : not_here;

	xg_backend_dispatch(domains->backend);
	return problem;
}

const char *xg_domains_detach(struct xg_domains *domains, const char *name)
{
	const char *problem =
		domains->toolstack ? xg_toolstack_detach(domains->toolstack, name) : not_here;

	xg_backend_dispatch(domains->backend);
	return problem;
}

int xg_domains_host(const struct xg_domains *domains, const char *name, const char **problem)
{
	const int host = xg_backend_host(domains->backend, name);

	if (!host)
		*problem = domains->toolstack ? xg_toolstack_explain(domains->toolstack, name)
					      : "this domain is not connected";
	return host;
}

void xg_domains_list(const struct xg_domains *domains, char *text, size_t size)
{
	text[0] = '\0';
	if (domains->toolstack)
		xg_toolstack_list(domains->toolstack, domains->backend, text, size);
	else
		xg_backend_list(domains->backend, text, size);
}
