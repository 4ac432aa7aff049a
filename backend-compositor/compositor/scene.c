/* SPDX-License-Identifier: MIT */
/* The list of nodes and what can be computed from it alone; see scene_build.c for the filling. */
#include "scene.h"

#include <stdlib.h>
#include <string.h>

void xg_scene_init(struct xg_scene *scene)
{
	*scene = (struct xg_scene){0};
}

void xg_scene_clear(struct xg_scene *scene)
{
	for (size_t i = 0; i < scene->count; i++) {
		pixman_region32_fini(&scene->nodes[i].opaque);
		pixman_region32_fini(&scene->nodes[i].visible);
	}
	scene->count = 0;
}

void xg_scene_finish(struct xg_scene *scene)
{
	xg_scene_clear(scene);
	free(scene->nodes);
	*scene = (struct xg_scene){0};
}

struct xg_node *xg_scene_add(
	struct xg_scene *scene, uint64_t id, const struct xg_box *box, const struct xg_box *clip)
{
	const struct xg_box seen = xg_box_intersect(box, clip);

	if (xg_box_is_empty(&seen))
		return NULL;
	if (scene->count == scene->capacity) {
		const size_t capacity = scene->capacity ? 2 * scene->capacity : 32;
		struct xg_node *nodes = reallocarray(scene->nodes, capacity, sizeof(*nodes));

		if (!nodes)
			abort();
		scene->nodes = nodes;
		scene->capacity = capacity;
	}

	struct xg_node *node = &scene->nodes[scene->count++];
	*node = (struct xg_node){
		.id = id, .box = *box, .clip = seen, .sampling = XG_AFFINE_IDENTITY};
	pixman_region32_init(&node->opaque);
	pixman_region32_init(&node->visible);
	return node;
}

void xg_scene_add_colour(
	struct xg_scene *scene, uint64_t id, const struct xg_box *box, const float rgb[3])
{
	struct xg_node *node = xg_scene_add(scene, id, box, box);

	if (!node)
		return;
	node->kind = XG_NODE_COLOUR;
	memcpy(node->colour, rgb, 3 * sizeof(*rgb));
	node->colour[3] = 1;
	/* The colour is the content: another one is another version. */
	for (int i = 0; i < 3; i++)
		node->version = node->version << 8 | (uint64_t)(rgb[i] * 255.0f + 0.5f);
	pixman_region32_union_rect(&node->opaque, &node->opaque, box->x, box->y,
		(unsigned)box->width, (unsigned)box->height);
}

void xg_scene_add_shadow(struct xg_scene *scene, uint64_t id, const struct xg_box *box, float depth)
{
	const struct xg_box around = xg_box_grown(box, XG_SHADOW_REACH);
	struct xg_node *node = xg_scene_add(scene, id, &around, &around);

	if (!node)
		return;
	node->kind = XG_NODE_SHADOW;
	node->colour[3] = depth;
	node->version = (uint64_t)(depth * 255.0f);
}

void xg_scene_occlude(struct xg_scene *scene, const struct xg_box *bounds)
{
	pixman_region32_t free_area;

	pixman_region32_init_rect(&free_area, bounds->x, bounds->y, (unsigned)bounds->width,
		(unsigned)bounds->height);
	for (size_t i = 0; i < scene->count; i++) {
		struct xg_node *node = &scene->nodes[i];
		const struct xg_box *clip = &node->clip;

		pixman_region32_intersect_rect(&node->visible, &free_area, clip->x, clip->y,
			(unsigned)clip->width, (unsigned)clip->height);
		pixman_region32_subtract(&free_area, &free_area, &node->opaque);
	}
	pixman_region32_fini(&free_area);
}

static bool shows_the_same(const struct xg_node *a, const struct xg_node *b)
{
	return a->version == b->version && xg_box_equal(&a->box, &b->box) &&
	       xg_box_equal(&a->clip, &b->clip) &&
	       memcmp(&a->sampling, &b->sampling, sizeof(a->sampling)) == 0 &&
	       pixman_region32_equal(
		       (pixman_region32_t *)&a->opaque, (pixman_region32_t *)&b->opaque);
}

static void add_box(pixman_region32_t *damage, const struct xg_box *box)
{
	pixman_region32_union_rect(
		damage, damage, box->x, box->y, (unsigned)box->width, (unsigned)box->height);
}

struct place {
	uint64_t id;
	size_t index;
};

static int compare_places(const void *a, const void *b)
{
	const struct place *left = a, *right = b;

	return (left->id > right->id) - (left->id < right->id);
}

/* The places of a scene's nodes in the order of their ids; the caller frees them. */
static struct place *places_by_id(const struct xg_scene *scene)
{
	struct place *places = calloc(scene->count + 1, sizeof(*places));

	if (!places)
		abort();
	for (size_t i = 0; i < scene->count; i++)
		places[i] = (struct place){scene->nodes[i].id, i};
	qsort(places, scene->count, sizeof(*places), compare_places);
	return places;
}

/*
 * Two nodes that change order show differently where they overlap. Walking the new order, a node
 * that stood above one already passed is the second of each such pair, so damaging those nodes
 * damages every overlap.
 */
void xg_scene_difference(
	const struct xg_scene *before, const struct xg_scene *now, pixman_region32_t *damage)
{
	struct place *places = places_by_id(before);
	bool *kept = calloc(before->count + 1, sizeof(*kept));
	size_t lowest = 0;

	if (!kept)
		abort();
	for (size_t i = 0; i < now->count; i++) {
		const struct xg_node *node = &now->nodes[i];
		const struct place key = {.id = node->id};
		const struct place *place =
			bsearch(&key, places, before->count, sizeof(*places), compare_places);

		if (!place || !shows_the_same(&before->nodes[place->index], node)) {
			add_box(damage, &node->clip);
			continue;
		}
		kept[place->index] = true;
		if (place->index < lowest)
			add_box(damage, &node->clip);
		else
			lowest = place->index;
	}
	for (size_t i = 0; i < before->count; i++) {
		if (!kept[i])
			add_box(damage, &before->nodes[i].clip);
	}
	free(kept);
	free(places);
}
