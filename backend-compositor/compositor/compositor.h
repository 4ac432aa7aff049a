/* SPDX-License-Identifier: MIT */
/* wl_compositor, and wl_region, whose user data is a pixman_region32_t. */
#ifndef XG_COMPOSITOR_COMPOSITOR_H
#define XG_COMPOSITOR_COMPOSITOR_H

#include <stdbool.h>

struct xg_server;

bool xg_compositor_init(struct xg_server *server);

#endif
