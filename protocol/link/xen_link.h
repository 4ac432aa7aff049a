/* SPDX-License-Identifier: MIT */
/*
 * The link between two domains of Xen: the guest grants its pages and offers event channels, the
 * host maps and binds them by number. include/xenglass/xenstore.h says what lies in those pages;
 * what is said in xenstore is no business of the link's.
 */
#ifndef XG_LINK_XEN_LINK_H
#define XG_LINK_XEN_LINK_H

#include "link/link.h"

/*
 * Guest: grants to the domain of the backend. own_domain is the guest's own number; pages_max is
 * the pool: so many pages are granted at once at most, and xg_link_share fails with ENOMEM beyond.
 * NULL with errno set on failure; EOPNOTSUPP: this kernel's pages are not of XG_XEN_PAGE_SIZE.
 */
struct xg_link *xg_link_xen_create_guest(uint16_t backend, uint16_t own_domain, uint32_t pages_max);

/* Guest: what a host needs to know to come. */
void xg_link_xen_address(const struct xg_link *link, uint32_t *ring_ref, uint32_t *event_channel);

struct xg_link_xen_host {
	uint16_t domain; /* the guest's */
	uint32_t untrusted_ring_ref;
	uint32_t untrusted_event_channel;
	uint32_t pages_max; /* so many are mapped at once at most */
	/*
	 * Brings a descriptor of /dev/xen/evtchn that is restricted to the domain, or -1 with errno
	 * set: a process that may open nothing has it from another.
	 */
	int (*open_event_channel)(void *data);
	void *data;
};

/*
 * Host: maps the guest's root page, reading nothing of it yet. NULL with errno set on failure;
 * ENOSYS: built without Xen's libraries. Afterwards nothing is opened but by open_event_channel.
 */
struct xg_link *xg_link_xen_create_host(const struct xg_link_xen_host *setup);

#endif
