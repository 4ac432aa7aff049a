/* SPDX-License-Identifier: MIT */
/* xg_test_input_v1: devices played by a test. */
#ifndef XG_COMPOSITOR_TEST_INPUT_H
#define XG_COMPOSITOR_TEST_INPUT_H

#include <stdbool.h>
#include <wayland-server-core.h>

struct xg_server;

bool xg_test_input_init(struct xg_server *server);

/* Whether the global is this one, which is for dom0 alone. */
bool xg_test_input_is_global(const struct wl_global *global);

#endif
