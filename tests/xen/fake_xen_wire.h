/* SPDX-License-Identifier: MIT */
/*
 * What the fakes in a test's process (fake_xen.c) ask the hypervisor's process (fake_hypervisor.c).
 * A connection carries one request and its answer, each a packet, with descriptors beside them.
 */
#ifndef XG_TESTS_XEN_FAKE_XEN_WIRE_H
#define XG_TESTS_XEN_FAKE_XEN_WIRE_H

#include <stdint.h>

#define FAKE_ITEMS_MAX	 33000u
#define FAKE_REGIONS_MAX 16u /* that one mapping takes pages of */
#define FAKE_PAGE_SIZE	 4096u

enum fake_op {
	FAKE_PORT_OPEN = 1, /* answer: the device's descriptor */
	FAKE_PORT_RESTRICT, /* to domain args[0] */
	FAKE_PORT_OFFER,    /* to domain args[0]; answer: number */
	FAKE_PORT_BIND,	    /* domain args[0], number args[1]; answer: number */
	FAKE_PORT_NOTIFY,   /* number args[0] */
	FAKE_GRANT,	    /* to domain args[0], writable args[1], from page args[2] on, args[3]
			       pages, of the file beside; answer: references */
	FAKE_GRANT_NOTIFY,  /* octet args[0], port args[1] */
	FAKE_MAPPER_OPEN,   /* answer: the device's descriptor */
	FAKE_MAP,   /* of domain args[0], writable args[1], octet args[2] and port args[3] of
		       the notification, or -1; items: references; answer: number; items:
		       index of the file << 24 | page */
	FAKE_UNMAP, /* number args[0] */
	FAKE_LIMIT, /* pages of gntalloc args[0] */
	FAKE_COUNT, /* answer: items: struct fake_xen_counts */
};

struct fake_request {
	uint32_t op;
	uint32_t domain; /* who asks */
	uint64_t object; /* the device's socket or file; 0: none */
	uint32_t args[4];
	uint32_t count;
	uint32_t items[FAKE_ITEMS_MAX];
};

struct fake_answer {
	int32_t error; /* of errno's; 0: done */
	uint32_t value;
	uint32_t count;
	uint32_t items[FAKE_ITEMS_MAX];
};

/* Serves until nobody holds the other end of life_fd. Never returns. */
_Noreturn void fake_hypervisor_run(int listen_fd, int life_fd);

#endif
