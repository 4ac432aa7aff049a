/* SPDX-License-Identifier: MIT */
/*
 * The guest's end of a link over Xen. Pages come from the kernel's /dev/xen/gntalloc, of which each
 * region has a descriptor of its own: who gets it can map that region and no other, and when it is
 * closed and nothing is mapped the grants end. (libxengnttab forgets where its pages can be mapped,
 * so that no second process could map them; hence the kernel's own calls.)
 *
 * A region's directory stands in the same grants, behind its pages.
 */
#include "link/xen_link.h"

#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/mman.h>
#include <unistd.h>

#include <xen/gntalloc.h>

#include "link/xen_event_channel.h"
#include "link/link_private.h"
#include "xenglass/xenstore.h"

struct guest_link {
	struct xg_link base;
	uint16_t backend;
	uint16_t own_domain;
	uint32_t pages_max;
	uint32_t pages; /* granted now */
	struct xg_port port;
	struct xg_region root;
};

/* Grants count new pages by a descriptor of their own; -1 with errno set on failure. */
static int grant(const struct guest_link *link, uint32_t count, uint32_t *refs)
{
	const size_t size = sizeof(struct ioctl_gntalloc_alloc_gref) + count * sizeof(uint32_t);
	struct ioctl_gntalloc_alloc_gref *request = calloc(1, size);
	const int fd = open("/dev/xen/gntalloc", O_RDWR | O_CLOEXEC);

	if (!request || fd < 0)
		goto err;
	request->domid = link->backend;
	request->flags = GNTALLOC_FLAG_WRITABLE;
	request->count = count;
	/* The index at which a descriptor's first pages are mapped is 0. */
	if (ioctl(fd, IOCTL_GNTALLOC_ALLOC_GREF, request) != 0 || request->index != 0)
		goto err;
	memcpy(refs, request->gref_ids, count * sizeof(uint32_t));
	free(request);
	return fd;

err:
	free(request);
	if (fd >= 0)
		close(fd);
	return -1;
}

static void *map_pages(int fd, uint32_t first, uint32_t count)
{
	void *memory = mmap(NULL, (size_t)count * XG_XEN_PAGE_SIZE, PROT_READ | PROT_WRITE,
		MAP_SHARED, fd, (off_t)first * XG_XEN_PAGE_SIZE);

	return memory == MAP_FAILED ? NULL : memory;
}

static bool fill_directory(int fd, const uint32_t *refs, uint32_t pages)
{
	const uint32_t count = xg_xen_directory_pages(pages);
	struct xg_xen_directory *directory = map_pages(fd, pages, count);

	if (!directory)
		return false;
	for (uint32_t i = 0; i < count; i++) {
		const uint32_t first = i * XG_XEN_REFS_PER_PAGE;
		const uint32_t rest = pages - first;

		directory[i].next = i + 1 < count ? refs[pages + i + 1] : 0;
		memcpy(directory[i].refs, refs + first,
			(rest < XG_XEN_REFS_PER_PAGE ? rest : XG_XEN_REFS_PER_PAGE) *
				sizeof(*refs));
	}
	munmap(directory, (size_t)count * XG_XEN_PAGE_SIZE);
	return true;
}

/* Grants a region, with pages of the pool; its number is the directory's, or without one the ref
 * of its only page. */
static bool share_pages(
	struct guest_link *link, uint32_t pages, bool has_directory, struct xg_region *region)
{
	const uint32_t all = pages + (has_directory ? xg_xen_directory_pages(pages) : 0);
	uint32_t *refs = NULL;
	int fd = -1;

	if (all > link->pages_max - link->pages) {
		errno = ENOMEM;
		return false;
	}
	refs = calloc(all, sizeof(*refs));
	fd = refs ? grant(link, all, refs) : -1;
	if (fd < 0 || (has_directory && !fill_directory(fd, refs, pages)))
		goto err;

	void *memory = map_pages(fd, 0, pages);

	if (!memory)
		goto err;
	link->pages += all;
	*region = (struct xg_region){
		.memory = memory,
		.size = (size_t)pages * XG_XEN_PAGE_SIZE,
		.number = refs[has_directory ? pages : 0],
		.fd = fd,
		.pages_granted = &link->pages,
		.pages = all,
	};
	free(refs);
	return true;

err:
	if (fd >= 0)
		close(fd);
	free(refs);
	return false;
}

static bool share(struct xg_link *base, size_t size, struct xg_region *region)
{
	struct guest_link *link = (struct guest_link *)base;
	const size_t pages = size / XG_XEN_PAGE_SIZE;

	if (size % XG_XEN_PAGE_SIZE == 0 && pages <= link->pages_max)
		return share_pages(link, (uint32_t)pages, true, region);
	errno = ENOMEM;
	return false;
}

/* An event channel that the backend can bind to, and through whose fd nothing else can be bound. */
static bool offer_port(const struct guest_link *link, struct xg_port *port, uint32_t *number)
{
	const int fd = xg_event_channel_open();
	const int copy = fd < 0 ? -1 : fcntl(fd, F_DUPFD_CLOEXEC, 0);

	if (copy < 0)
		goto err;
	*number = xg_event_channel_offer(fd, link->backend);
	if (*number == 0 || !xg_event_channel_restrict(fd, link->own_domain))
		goto err;
	*port = (struct xg_port){.wait_fd = fd, .notify_fd = copy, .event_channel = *number};
	return true;

err:
	if (copy >= 0)
		close(copy);
	if (fd >= 0)
		close(fd);
	return false;
}

static bool port_create(struct xg_link *base, struct xg_port *port, uint32_t *number)
{
	return offer_port((struct guest_link *)base, port, number);
}

static void publish(struct xg_link *base, uint32_t region, uint32_t port)
{
	struct xg_xen_root *root = ((struct guest_link *)base)->root.memory;

	atomic_store(&root->control_region, region);
	atomic_store(&root->control_port, port);
}

/* False: the host has gone, of which this may be the only news. */
static bool dispatch(struct xg_link *base)
{
	const struct guest_link *link = (struct guest_link *)base;
	const struct xg_xen_root *root = link->root.memory;

	xg_port_clear(&link->port);
	return atomic_load(&root->host_lives) != 0;
}

static void end(struct xg_link *base, int timeout_ms)
{
	const struct guest_link *link = (struct guest_link *)base;
	struct xg_xen_root *root = link->root.memory;

	atomic_store(&root->guest_lives, 0);
	xg_port_notify(&link->port);
	while (atomic_load(&root->host_lives) == 1) {
		if (xg_port_wait(&link->port, -1, 0, timeout_ms) != XG_PORT_NOTIFIED)
			return;
	}
}

static void destroy(struct xg_link *base)
{
	struct guest_link *link = (struct guest_link *)base;

	/* The page first: its end is told through the port. */
	xg_region_finish(&link->root);
	xg_port_finish(&link->port);
	free(link);
}

static const struct xg_link_kind guest_kind = {
	.destroy = destroy,
	.dispatch = dispatch,
	.end = end,
	.share = share,
	.publish = publish,
	.port_create = port_create,
};

/* Has the kernel tell the host when this process has gone. */
static bool watch_own_end(const struct guest_link *link)
{
	struct xg_xen_root *root = link->root.memory;
	struct ioctl_gntalloc_unmap_notify notify = {
		.index = offsetof(struct xg_xen_root, guest_lives),
		.action = UNMAP_NOTIFY_CLEAR_BYTE | UNMAP_NOTIFY_SEND_EVENT,
		.event_channel_port = link->port.event_channel,
	};

	atomic_store(&root->guest_lives, 1);
	atomic_store(&root->host_lives, XG_XEN_HOST_AWAITED);
	return ioctl(link->root.fd, IOCTL_GNTALLOC_SET_UNMAP_NOTIFY, &notify) == 0;
}

struct xg_link *xg_link_xen_create_guest(uint16_t backend, uint16_t own_domain, uint32_t pages_max)
{
	struct guest_link *link;
	uint32_t number;

	/* A grant is 4 KiB of a kernel's page, and what the kernel maps is whole ones. */
	if (getpagesize() != (int)XG_XEN_PAGE_SIZE) {
		errno = EOPNOTSUPP;
		return NULL;
	}
	link = calloc(1, sizeof(*link));
	if (!link)
		return NULL;
	link->backend = backend;
	link->own_domain = own_domain;
	link->pages_max = pages_max;
	if (!offer_port(link, &link->port, &number))
		goto err_link;
	if (!share_pages(link, 1, false, &link->root))
		goto err_port;
	if (!watch_own_end(link))
		goto err_root;
	link->base = (struct xg_link){.kind = &guest_kind, .fd = link->port.wait_fd};
	return &link->base;

err_root:
	xg_region_finish(&link->root);
err_port:
	xg_port_finish(&link->port);
err_link:
	free(link);
	return NULL;
}

void xg_link_xen_address(const struct xg_link *base, uint32_t *ring_ref, uint32_t *event_channel)
{
	const struct guest_link *link = (const struct guest_link *)base;

	*ring_ref = link->root.number;
	*event_channel = link->port.event_channel;
}
