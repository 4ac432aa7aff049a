/* SPDX-License-Identifier: MIT */
/*
 * The host's end of a link over Xen. Pages are mapped by libxengnttab, whose descriptor must be
 * this process's own: in a PV dom0 what it maps belongs to the process that opened it. It is hence
 * opened before the jail, and a host process that is taken over could map whatever any guest grants
 * to this domain.
 */
#include "link/xen_link.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <unistd.h>

#include <xengnttab.h>
#include <xentoollog.h>

#include "link/xen_event_channel.h"
#include "link/link_private.h"
#include "xenglass/xenstore.h"

struct host_link {
	struct xg_link base;
	struct xg_link_xen_host setup;
	xentoollog_logger_stdiostream *log; /* says nothing: a guest could make it say much */
	xengnttab_handle *grants;
	uint32_t pages; /* mapped now */
	struct xg_port port;
	struct xg_xen_root *root;
};

static bool open_port(const struct host_link *link, uint32_t untrusted_number, struct xg_port *port)
{
	const int fd = link->setup.open_event_channel(link->setup.data);
	const int copy = fd < 0 ? -1 : fcntl(fd, F_DUPFD_CLOEXEC, 0);
	const uint32_t number =
		copy < 0 ? 0 : xg_event_channel_bind(fd, link->setup.domain, untrusted_number);

	if (number != 0) {
		*port = (struct xg_port){
			.wait_fd = fd,
			.notify_fd = copy,
			.event_channel = number,
			.is_host = true,
		};
		return true;
	}
	if (copy >= 0)
		close(copy);
	if (fd >= 0)
		close(fd);
	return false;
}

static bool port_bind(struct xg_link *base, uint32_t untrusted_number, struct xg_port *port)
{
	return open_port((struct host_link *)base, untrusted_number, port);
}

static void root(struct xg_link *base, uint32_t *untrusted_region, uint32_t *untrusted_port)
{
	const struct host_link *link = (struct host_link *)base;

	*untrusted_region = atomic_load(&link->root->control_region);
	*untrusted_port = atomic_load(&link->root->control_port);
}

/* Copies count references out of a directory. False: it is none. */
static bool read_directory(
	struct host_link *link, uint32_t untrusted_ref, uint32_t *untrusted_refs, uint32_t count)
{
	for (uint32_t done = 0; done < count;) {
		const uint32_t rest = count - done;
		const uint32_t here = rest < XG_XEN_REFS_PER_PAGE ? rest : XG_XEN_REFS_PER_PAGE;
		struct xg_xen_directory *page = xengnttab_map_grant_ref(
			link->grants, link->setup.domain, untrusted_ref, PROT_READ);

		if (!page)
			return false;
		untrusted_ref = *(volatile uint32_t *)&page->next;
		memcpy(untrusted_refs + done, page->refs, here * sizeof(*untrusted_refs));
		xengnttab_unmap(link->grants, page, 1);
		done += here;
	}
	return true;
}

static void *map(struct xg_link *base, uint32_t untrusted_number, size_t untrusted_size)
{
	struct host_link *link = (struct host_link *)base;
	const size_t pages = untrusted_size / XG_XEN_PAGE_SIZE;
	void *memory = NULL;

	if (pages == 0 || untrusted_size % XG_XEN_PAGE_SIZE != 0 ||
		pages > link->setup.pages_max - link->pages)
		return NULL;

	uint32_t *untrusted_refs = calloc(pages, sizeof(*untrusted_refs));

	if (!untrusted_refs)
		abort();
	if (read_directory(link, untrusted_number, untrusted_refs, (uint32_t)pages))
		memory = xengnttab_map_domain_grant_refs(link->grants, (uint32_t)pages,
			link->setup.domain, untrusted_refs, PROT_READ | PROT_WRITE);
	free(untrusted_refs);
	if (memory)
		link->pages += (uint32_t)pages;
	return memory;
}

static void unmap(struct xg_link *base, void *memory, size_t size)
{
	struct host_link *link = (struct host_link *)base;
	const uint32_t pages = (uint32_t)(size / XG_XEN_PAGE_SIZE);

	xengnttab_unmap(link->grants, memory, pages);
	link->pages -= pages;
}

static bool dispatch(struct xg_link *base)
{
	const struct host_link *link = (struct host_link *)base;

	xg_port_clear(&link->port);
	return atomic_load(&link->root->guest_lives) != 0;
}

static void destroy(struct xg_link *base)
{
	struct host_link *link = (struct host_link *)base;

	/* The page first: its end is told through the port. */
	xengnttab_unmap(link->grants, link->root, 1);
	xg_port_finish(&link->port);
	xengnttab_close(link->grants);
	xtl_logger_destroy((xentoollog_logger *)link->log);
	free(link);
}

static const struct xg_link_kind host_kind = {
	.destroy = destroy,
	.dispatch = dispatch,
	.root = root,
	.map = map,
	.unmap = unmap,
	.port_bind = port_bind,
};

struct xg_link *xg_link_xen_create_host(const struct xg_link_xen_host *setup)
{
	struct host_link *link = calloc(1, sizeof(*link));

	if (!link)
		return NULL;
	link->setup = *setup;
	link->log = xtl_createlogger_stdiostream(stderr, XTL_CRITICAL, 0);
	link->grants = xengnttab_open((xentoollog_logger *)link->log, 0);
	if (!link->grants)
		goto err_log;
	if (!open_port(link, setup->untrusted_event_channel, &link->port))
		goto err_grants;
	link->root = xengnttab_map_grant_ref_notify(link->grants, setup->domain,
		setup->untrusted_ring_ref, PROT_READ | PROT_WRITE,
		offsetof(struct xg_xen_root, host_lives), link->port.event_channel);
	if (!link->root)
		goto err_port;
	atomic_store(&link->root->host_lives, 1);
	link->base = (struct xg_link){.kind = &host_kind, .fd = link->port.wait_fd};
	xg_port_notify(&link->port);
	return &link->base;

err_port:
	xg_port_finish(&link->port);
err_grants:
	xengnttab_close(link->grants);
err_log:
	xtl_logger_destroy((xentoollog_logger *)link->log);
	free(link);
	return NULL;
}
