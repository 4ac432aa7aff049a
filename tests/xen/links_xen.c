/* SPDX-License-Identifier: MIT */
/* See protocol/links.h, and links_xen.h. */
#include "links_xen.h"

#include <assert.h>
#include <unistd.h>

#include "fake_xen.h"
#include "link/xen_event_channel.h"
#include "link/xen_link.h"
#include "links.h"
#include "xenglass/xenstore.h"

uint32_t links_pages_max = FAKE_XEN_LIMIT;

/* As the door of a host process. */
static int open_event_channel(void *data)
{
	fake_xen_become(FAKE_XEN_HOST);

	int fd = xg_event_channel_open();

	if (fd >= 0 && !xg_event_channel_restrict(fd, FAKE_XEN_GUEST)) {
		close(fd);
		fd = -1;
	}
	fake_xen_become(FAKE_XEN_GUEST);
	return fd;
}

struct xg_link *links_make_guest(uint32_t pages_max)
{
	return xg_link_xen_create_guest(FAKE_XEN_HOST, FAKE_XEN_GUEST, pages_max);
}

struct xg_link *links_make_host(uint32_t ring_ref, uint32_t event_channel, uint32_t pages_max)
{
	const struct xg_link_xen_host setup = {
		.domain = FAKE_XEN_GUEST,
		.untrusted_ring_ref = ring_ref,
		.untrusted_event_channel = event_channel,
		.pages_max = pages_max,
		.open_event_channel = open_event_channel,
	};

	fake_xen_become(FAKE_XEN_HOST);

	struct xg_link *link = xg_link_xen_create_host(&setup);

	fake_xen_become(FAKE_XEN_GUEST);
	return link;
}

struct xg_link *links_join(const struct xg_link *guest)
{
	uint32_t ring_ref, event_channel;

	xg_link_xen_address(guest, &ring_ref, &event_channel);
	return links_make_host(ring_ref, event_channel, XG_XEN_PAGES_MAX);
}

void links_make(struct xg_link **guest, struct xg_link **host)
{
	*guest = links_make_guest(links_pages_max);
	assert(*guest);
	*host = links_join(*guest);
	assert(*host);
}
