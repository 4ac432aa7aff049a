/* SPDX-License-Identifier: MIT */
/* What each kind of link does for link.h's functions of the same names. */
#ifndef XG_LINK_LINK_PRIVATE_H
#define XG_LINK_LINK_PRIVATE_H

#include "link/link.h"

struct xg_link_kind {
	void (*destroy)(struct xg_link *link);
	/* Looks for news; false: the peer is gone, or broke a rule. */
	bool (*dispatch)(struct xg_link *link);
	void (*end)(struct xg_link *link, int timeout_ms); /* NULL: there is nothing to wait for */
	bool (*share)(struct xg_link *link, size_t size, struct xg_region *region);
	void (*publish)(struct xg_link *link, uint32_t region, uint32_t port);
	void (*root)(struct xg_link *link, uint32_t *untrusted_region, uint32_t *untrusted_port);
	void *(*map)(struct xg_link *link, uint32_t untrusted_number, size_t untrusted_size);
	void (*unmap)(struct xg_link *link, void *memory, size_t size);
	bool (*port_create)(struct xg_link *link, struct xg_port *port, uint32_t *number);
	bool (*port_bind)(struct xg_link *link, uint32_t untrusted_number, struct xg_port *port);
};

/* The first member of each kind's own. */
struct xg_link {
	const struct xg_link_kind *kind;
	int fd; /* xg_link_fd's */
	bool is_dead;
};

#endif
