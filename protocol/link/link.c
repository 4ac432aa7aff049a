/* SPDX-License-Identifier: MIT */
/* What is the same for all kinds of link. See link.h. */
#include "link/link.h"

#include <sys/mman.h>
#include <unistd.h>

#include "link/link_private.h"

void xg_link_destroy(struct xg_link *link)
{
	if (link)
		link->kind->destroy(link);
}

int xg_link_fd(const struct xg_link *link)
{
	return link->fd;
}

bool xg_link_dispatch(struct xg_link *link)
{
	if (!link->is_dead)
		link->is_dead = !link->kind->dispatch(link);
	return !link->is_dead;
}

bool xg_link_is_dead(const struct xg_link *link)
{
	return link->is_dead;
}

void xg_link_end(struct xg_link *link, int timeout_ms)
{
	if (!link->is_dead && link->kind->end)
		link->kind->end(link, timeout_ms);
}

bool xg_link_share(struct xg_link *link, size_t size, struct xg_region *region)
{
	return link->kind->share(link, size, region);
}

void xg_region_finish(struct xg_region *region)
{
	if (region->memory)
		munmap(region->memory, region->size);
	if (region->fd >= 0)
		close(region->fd);
	if (region->pages_granted)
		*region->pages_granted -= region->pages;
	*region = (struct xg_region){.fd = -1};
}

void xg_link_publish(struct xg_link *link, uint32_t region, uint32_t port)
{
	link->kind->publish(link, region, port);
}

void xg_link_root(struct xg_link *link, uint32_t *untrusted_region, uint32_t *untrusted_port)
{
	link->kind->root(link, untrusted_region, untrusted_port);
}

void *xg_link_map(struct xg_link *link, uint32_t untrusted_number, size_t untrusted_size)
{
	return link->kind->map(link, untrusted_number, untrusted_size);
}

void xg_link_unmap(struct xg_link *link, void *memory, size_t size)
{
	link->kind->unmap(link, memory, size);
}

bool xg_link_port_create(struct xg_link *link, struct xg_port *port, uint32_t *number)
{
	return link->kind->port_create(link, port, number);
}

bool xg_link_port_bind(struct xg_link *link, uint32_t untrusted_number, struct xg_port *port)
{
	return link->kind->port_bind(link, untrusted_number, port);
}
