/* SPDX-License-Identifier: MIT */
/*
 * Flattens what is on show, from the cursor down. Within a window the order is title bar, popups,
 * border, content: nothing of a guest's can stand above its own title bar, and a window's popups
 * stand above another window only when their window does.
 */
#include "scene.h"

#include "output.h"
#include "seat.h"
#include "server.h"
#include "surface.h"
#include "texture.h"
#include "window.h"
#include "window_frame.h"
#include "xdg_popup.h"
#include "xdg_toplevel.h"

struct surface_target {
	struct xg_scene *scene;
	const struct xg_box *clip;
};

static bool add_surface(struct xg_surface *surface, int32_t x, int32_t y, void *data)
{
	const struct surface_target *target = data;
	const struct xg_box box = {x, y, surface->width, surface->height};
	const struct xg_texture *texture = surface->texture;
	struct xg_node *node = xg_scene_add(target->scene, surface->id, &box, target->clip);

	if (!node)
		return true;

	const struct xg_affine to_unit = {.a = 1.0 / texture->width, .e = 1.0 / texture->height};
	node->surface = surface;
	node->texture = surface->texture;
	node->sampling = xg_affine_then(&surface->to_buffer, &to_unit);
	node->smooth = surface->is_scaled;
	node->is_plain = xg_affine_is_identity(&surface->to_buffer);
	if (texture->has_alpha) {
		pixman_region32_copy(&node->opaque, &surface->current.opaque);
		pixman_region32_translate(&node->opaque, x, y);
		pixman_region32_intersect_rect(&node->opaque, &node->opaque, node->clip.x,
			node->clip.y, (unsigned)node->clip.width, (unsigned)node->clip.height);
	} else {
		pixman_region32_union_rect(&node->opaque, &node->opaque, node->clip.x, node->clip.y,
			(unsigned)node->clip.width, (unsigned)node->clip.height);
	}
	return true;
}

void xg_scene_add_surface(struct xg_scene *scene, struct xg_surface *surface, int32_t x, int32_t y,
	const struct xg_box *clip)
{
	struct surface_target target = {scene, clip};

	xg_surface_for_each(surface, x, y, add_surface, &target);
}

static void add_popup(struct xg_scene *scene, struct xg_popup *popup)
{
	const struct xg_box *geometry = &popup->xdg->geometry;
	const struct xg_box box = xg_popup_box(popup), clip = xg_popup_clip(popup);

	xg_popup_add_border(popup, scene);
	xg_scene_add_surface(
		scene, popup->xdg->surface, box.x - geometry->x, box.y - geometry->y, &clip);
	xg_popup_add_backdrop(popup, scene);
	if (!xg_box_is_empty(&clip))
		xg_scene_add_shadow(scene, popup->id + 5, &clip, 0.4f);
}

static void add_window(struct xg_scene *scene, struct xg_window *window)
{
	const struct xg_box content = xg_frame_content(window);
	const struct xg_box *geometry = &window->toplevel->xdg->geometry;
	struct xg_popup *popup;
	int32_t x, y;

	xg_frame_add_title(window, scene);
	wl_list_for_each (popup, &window->popups, window_link)
		add_popup(scene, popup);
	xg_frame_add_border(window, scene);
	xg_window_origin(window, &x, &y);

	const struct xg_box shown = {x, y, geometry->width, geometry->height};
	const struct xg_box clip = xg_box_intersect(&shown, &content);
	xg_scene_add_surface(scene, window->surface, x - geometry->x, y - geometry->y, &clip);
	xg_frame_add_backdrop(window, scene);

	const struct xg_box outer = xg_frame_outer(window);
	xg_scene_add_shadow(scene, window->id + 5, &outer, window->is_active ? 0.6f : 0.3f);
}

void xg_scene_build(struct xg_scene *scene, struct xg_output *output, bool with_cursor)
{
	struct xg_server *server = output->server;
	const struct xg_box box = xg_output_box(output);
	struct xg_window *window;

	if (with_cursor)
		xg_seat_add_to_scene(server->seat, scene);
	wl_list_for_each (window, &server->windows, link)
		add_window(scene, window);

	struct xg_node *background = xg_scene_add(scene, 0, &box, &box);
	background->kind = XG_NODE_BACKGROUND;
}
