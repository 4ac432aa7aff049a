/* SPDX-License-Identifier: MIT */
/* wp_presentation: when a commit's content came to be seen. */
#ifndef XG_COMPOSITOR_PRESENTATION_H
#define XG_COMPOSITOR_PRESENTATION_H

#include <stdbool.h>
#include <wayland-server-core.h>

struct xg_output;
struct xg_server;

bool xg_presentation_init(struct xg_server *server);

/* The feedbacks of the list have been seen, on the output's last frame; empties it. */
void xg_presentation_presented(struct wl_list *feedbacks, struct xg_output *output);

/* They never will be; empties the list. */
void xg_presentation_discard(struct wl_list *feedbacks);

#endif
