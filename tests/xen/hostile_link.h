/* SPDX-License-Identifier: MIT */
/*
 * The guest's end of a link over Xen, of which every part may be wrong: pages and ports are made as
 * anybody can who is root in a guest, and what they are said to be is the attacker's to choose.
 * What cannot be made is the test's own failure: it ends the program.
 */
#ifndef XG_TESTS_XEN_HOSTILE_LINK_H
#define XG_TESTS_XEN_HOSTILE_LINK_H

#include <stdint.h>

#include "link/link.h"
#include "link/xen_store.h"
#include "xenglass/xenstore.h"

/* Pages that the kernel has granted to a domain. */
struct pages {
	int fd;
	uint32_t count;
	uint32_t *refs;
	void *memory;
};

void pages_grant(struct pages *pages, uint16_t domain, uint32_t count);

/* Has the kernel take them back, though the other domain may hold them. */
void pages_revoke(struct pages *pages);

/* The number of a region of count pages, which are the first few of these again and again; its
 * directory stands in the pages behind those. */
uint32_t pages_repeat(struct pages *pages, uint32_t few, uint32_t count);

struct hostile_link {
	struct xg_link *link;
	struct xg_port port;
	struct xg_port control_port; /* the first that the link makes; its fds are the channel's */
	struct xg_xen_root *root;
	struct pages root_pages;
	struct xg_store *store;
	char *backend; /* its folder */
	uint32_t backend_domain, own_domain;
};

/* Goes through the device's states up to Connected, with a root page that is still empty. */
void hostile_link_connect(struct hostile_link *link);

/* Waits for the backend's state. False: it has Closed instead. */
bool hostile_link_wait(struct hostile_link *link, enum xg_xenbus_state state);
void hostile_link_set_state(struct hostile_link *link, enum xg_xenbus_state state);

/* A port for any domain. */
struct xg_port hostile_port(uint16_t domain);

_Noreturn void fail(const char *what);

#endif
