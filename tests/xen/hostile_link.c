/* SPDX-License-Identifier: MIT */
/* See hostile_link.h. The link of link.h that the honest channel needs stands on the same pages. */
#include "hostile_link.h"

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/mman.h>
#include <unistd.h>

#include <xen/gntalloc.h>

#include "link/link_private.h"
#include "link/xen_event_channel.h"

#define FOLDER "device/" XG_XENSTORE_CLASS "/0"

struct base {
	struct xg_link link;
	struct hostile_link *owner;
};

_Noreturn void fail(const char *what)
{
	printf("failed: %s: %s\n", what, strerror(errno));
	exit(EXIT_FAILURE);
}

void pages_grant(struct pages *pages, uint16_t domain, uint32_t count)
{
	struct ioctl_gntalloc_alloc_gref *request =
		calloc(1, sizeof(*request) + count * sizeof(uint32_t));

	*pages = (struct pages){
		.fd = open("/dev/xen/gntalloc", O_RDWR | O_CLOEXEC),
		.count = count,
		.refs = calloc(count, sizeof(uint32_t)),
	};
	request->domid = domain;
	request->flags = GNTALLOC_FLAG_WRITABLE;
	request->count = count;
	if (ioctl(pages->fd, IOCTL_GNTALLOC_ALLOC_GREF, request) != 0)
		fail("grants");
	memcpy(pages->refs, request->gref_ids, count * sizeof(uint32_t));
	free(request);
	pages->memory = mmap(NULL, (size_t)count * XG_XEN_PAGE_SIZE, PROT_READ | PROT_WRITE,
		MAP_SHARED, pages->fd, 0);
	if (pages->memory == MAP_FAILED)
		fail("pages");
}

void pages_revoke(struct pages *pages)
{
	munmap(pages->memory, (size_t)pages->count * XG_XEN_PAGE_SIZE);
	close(pages->fd);
	free(pages->refs);
	*pages = (struct pages){.fd = -1};
}

uint32_t pages_repeat(struct pages *pages, uint32_t few, uint32_t count)
{
	const uint32_t directory_pages = xg_xen_directory_pages(count);
	struct xg_xen_directory *directory =
		(void *)((uint8_t *)pages->memory + (size_t)few * XG_XEN_PAGE_SIZE);

	for (uint32_t i = 0; i < count; i++)
		directory[i / XG_XEN_REFS_PER_PAGE].refs[i % XG_XEN_REFS_PER_PAGE] =
			pages->refs[i % few];
	for (uint32_t i = 0; i < directory_pages; i++)
		directory[i].next = i + 1 < directory_pages ? pages->refs[few + i + 1] : 0;
	return pages->refs[few];
}

static bool share(struct xg_link *base, size_t size, struct xg_region *region)
{
	const struct hostile_link *link = ((struct base *)base)->owner;
	const uint32_t count = (uint32_t)(size / XG_XEN_PAGE_SIZE);
	struct pages pages;

	pages_grant(&pages, (uint16_t)link->backend_domain, count + xg_xen_directory_pages(count));
	*region = (struct xg_region){
		.memory = pages.memory,
		.size = (size_t)pages.count * XG_XEN_PAGE_SIZE,
		.number = pages_repeat(&pages, count, count),
		.fd = pages.fd,
	};
	free(pages.refs);
	return true;
}

struct xg_port hostile_port(uint16_t domain)
{
	struct xg_port port = {.wait_fd = xg_event_channel_open()};

	port.event_channel = xg_event_channel_offer(port.wait_fd, domain);
	port.notify_fd = fcntl(port.wait_fd, F_DUPFD_CLOEXEC, 0);
	if (port.event_channel == 0 || port.notify_fd < 0)
		fail("event channel");
	return port;
}

static bool port_create(struct xg_link *base, struct xg_port *port, uint32_t *number)
{
	struct hostile_link *link = ((struct base *)base)->owner;

	*port = hostile_port((uint16_t)link->backend_domain);
	*number = port->event_channel;
	if (link->control_port.event_channel == 0)
		link->control_port = *port;
	return true;
}

static void publish(struct xg_link *base, uint32_t region, uint32_t port)
{
	struct xg_xen_root *root = ((struct base *)base)->owner->root;

	atomic_store(&root->control_region, region);
	atomic_store(&root->control_port, port);
}

static bool dispatch(struct xg_link *base)
{
	xg_port_clear(&((struct base *)base)->owner->port);
	return true;
}

static void destroy(struct xg_link *base)
{
	free(base);
}

static const struct xg_link_kind kind = {
	.destroy = destroy,
	.dispatch = dispatch,
	.share = share,
	.publish = publish,
	.port_create = port_create,
};

static void make_root(struct hostile_link *link)
{
	struct base *base = calloc(1, sizeof(*base));

	link->port = hostile_port((uint16_t)link->backend_domain);
	pages_grant(&link->root_pages, (uint16_t)link->backend_domain, 1);
	link->root = link->root_pages.memory;

	struct ioctl_gntalloc_unmap_notify notify = {
		.index = offsetof(struct xg_xen_root, guest_lives),
		.action = UNMAP_NOTIFY_CLEAR_BYTE | UNMAP_NOTIFY_SEND_EVENT,
		.event_channel_port = link->port.event_channel,
	};

	atomic_store(&link->root->guest_lives, 1);
	if (ioctl(link->root_pages.fd, IOCTL_GNTALLOC_SET_UNMAP_NOTIFY, &notify) != 0)
		fail("notice of the root page's end");
	*base = (struct base){{.kind = &kind, .fd = link->port.wait_fd}, link};
	link->link = &base->link;
}

bool hostile_link_wait(struct hostile_link *link, enum xg_xenbus_state state)
{
	struct pollfd change = {.fd = xg_store_fd(link->store), .events = POLLIN};
	enum xg_xenbus_state theirs;

	while ((theirs = xg_store_read_state(link->store, link->backend)) != state) {
		if (theirs == XG_XENBUS_CLOSED && state == XG_XENBUS_CONNECTED)
			return false;
		poll(&change, 1, -1);
		xg_store_clear(link->store);
	}
	return true;
}

void hostile_link_set_state(struct hostile_link *link, enum xg_xenbus_state state)
{
	xg_store_write_number(link->store, FOLDER, XG_XENSTORE_STATE, (uint32_t)state);
}

void hostile_link_connect(struct hostile_link *link)
{
	*link = (struct hostile_link){.store = xg_store_open()};
	if (!link->store)
		fail("xenstore");
	link->backend = xg_store_read(link->store, FOLDER, XG_XENSTORE_BACKEND);
	if (!link->backend || !xg_store_read_number(link->store, "", "domid", &link->own_domain) ||
		!xg_store_read_number(
			link->store, FOLDER, XG_XENSTORE_BACKEND_ID, &link->backend_domain))
		fail("device");
	xg_store_watch(link->store, link->backend);
	make_root(link);
	hostile_link_set_state(link, XG_XENBUS_INITIALISING);
	hostile_link_wait(link, XG_XENBUS_INIT_WAIT);
	xg_store_write_number(link->store, FOLDER, XG_XENSTORE_CHOSEN, XG_XENSTORE_VERSION);
	xg_store_write_number(link->store, FOLDER, XG_XENSTORE_RING_REF, link->root_pages.refs[0]);
	xg_store_write_number(
		link->store, FOLDER, XG_XENSTORE_EVENT_CHANNEL, link->port.event_channel);
	hostile_link_set_state(link, XG_XENBUS_INITIALISED);
	if (!hostile_link_wait(link, XG_XENBUS_CONNECTED))
		fail("connection");
}
