/* SPDX-License-Identifier: MIT */
/* wp_viewporter: cropping and scaling of a surface. */
#ifndef XG_COMPOSITOR_VIEWPORTER_H
#define XG_COMPOSITOR_VIEWPORTER_H

#include <stdbool.h>

struct xg_server;

bool xg_viewporter_init(struct xg_server *server);

#endif
