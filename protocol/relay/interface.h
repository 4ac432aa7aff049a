/* SPDX-License-Identifier: MIT */
/*
 * The Wayland interfaces that both ends of the relay are linked with: the allow-list. An interface
 * that is not in this table does not exist for a guest. The table comes from interfaces.txt and the
 * protocols' XML; the message tables themselves are wayland-scanner's.
 */
#ifndef XG_RELAY_INTERFACE_H
#define XG_RELAY_INTERFACE_H

#include <stdbool.h>
#include <stdint.h>
#include <wayland-util.h>

#include "xg_wl_codes.h"

/* What the descriptor in a message of this interface stands for; see control_wayland.h. */
enum xg_descriptor {
	XG_DESCRIPTOR_NONE,
	XG_DESCRIPTOR_POOL,
	XG_DESCRIPTOR_BLOB,
	XG_DESCRIPTOR_SINK,
};

struct xg_interface {
	const struct wl_interface *wayland;
	uint32_t global_version;      /* highest version of the global; 0 if it is none */
	uint32_t request_destructors; /* bit n: request n destroys its object */
	uint32_t event_destructors;
	enum xg_descriptor descriptor;
};

extern const struct xg_interface xg_interfaces[XG_INTERFACE_COUNT];

/* NULL if no interface of that name is linked in. Any thread. */
const struct xg_interface *xg_interface_find(const char *name);

static inline bool xg_interface_is(const struct xg_interface *interface, enum xg_interface_index i)
{
	return interface == &xg_interfaces[i];
}

#endif
