/* SPDX-License-Identifier: MIT */
/* The two ends of a link over the fake hypervisor, one by one. See also protocol/links.h. */
#ifndef XG_TESTS_XEN_LINKS_XEN_H
#define XG_TESTS_XEN_LINKS_XEN_H

#include "link/link.h"

/* The pool of the guests that links_make makes from now on; FAKE_XEN_LIMIT before. */
extern uint32_t links_pages_max;

/* The guest's end, with a pool of so many pages. NULL with errno set. */
struct xg_link *links_make_guest(uint32_t pages_max);

/* The host's end, by numbers of a guest that may be false. NULL with errno set. */
struct xg_link *links_make_host(uint32_t ring_ref, uint32_t event_channel, uint32_t pages_max);

/* The host's end for that guest's end. */
struct xg_link *links_join(const struct xg_link *guest);

#endif
