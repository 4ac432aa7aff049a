/* SPDX-License-Identifier: MIT */
/* Painting; see renderer_egl.c for how the context comes to be. */
#include "renderer_private.h"

#include <stdlib.h>
#include <string.h>
#include <GLES3/gl3.h>
#include <GLES2/gl2ext.h>

#include "texture.h"

static bool allocate(const struct xg_canvas *canvas, GLenum format)
{
	glTexImage2D(GL_TEXTURE_2D, 0, (GLint)format, canvas->width, canvas->height, 0, format,
		GL_UNSIGNED_BYTE, NULL);
	glFramebufferTexture2D(
		GL_FRAMEBUFFER, GL_COLOR_ATTACHMENT0, GL_TEXTURE_2D, canvas->texture, 0);
	return glCheckFramebufferStatus(GL_FRAMEBUFFER) == GL_FRAMEBUFFER_COMPLETE;
}

bool xg_canvas_init(struct xg_canvas *canvas, int32_t width, int32_t height)
{
	*canvas = (struct xg_canvas){.width = width, .height = height};
	glGenTextures(1, &canvas->texture);
	glBindTexture(GL_TEXTURE_2D, canvas->texture);
	glTexParameteri(GL_TEXTURE_2D, GL_TEXTURE_MIN_FILTER, GL_NEAREST);
	glTexParameteri(GL_TEXTURE_2D, GL_TEXTURE_MAG_FILTER, GL_NEAREST);
	glTexParameteri(GL_TEXTURE_2D, GL_TEXTURE_WRAP_S, GL_CLAMP_TO_EDGE);
	glTexParameteri(GL_TEXTURE_2D, GL_TEXTURE_WRAP_T, GL_CLAMP_TO_EDGE);
	glGenFramebuffers(1, &canvas->framebuffer);
	glBindFramebuffer(GL_FRAMEBUFFER, canvas->framebuffer);
	/* The format of what most clients show, and of what is read from the canvas. */
	if (!allocate(canvas, GL_BGRA_EXT) && !allocate(canvas, GL_RGBA)) {
		xg_canvas_finish(canvas);
		return false;
	}
	glClearColor(0, 0, 0, 1);
	glClear(GL_COLOR_BUFFER_BIT);
	return true;
}

void xg_canvas_finish(struct xg_canvas *canvas)
{
	glDeleteFramebuffers(1, &canvas->framebuffer);
	glDeleteTextures(1, &canvas->texture);
	*canvas = (struct xg_canvas){0};
}

/* Six corners, two triangles, for each rectangle. */
struct corner {
	GLfloat x, y;
};

static size_t fill_corners(struct corner *corners, pixman_region32_t *region)
{
	int count;
	const pixman_box32_t *box = pixman_region32_rectangles(region, &count);

	for (int i = 0; i < count; i++, box++) {
		const struct corner top_left = {(GLfloat)box->x1, (GLfloat)box->y1};
		const struct corner top_right = {(GLfloat)box->x2, (GLfloat)box->y1};
		const struct corner bottom_left = {(GLfloat)box->x1, (GLfloat)box->y2};
		const struct corner bottom_right = {(GLfloat)box->x2, (GLfloat)box->y2};
		const struct corner both[6] = {
			top_left, top_right, bottom_left, bottom_left, top_right, bottom_right};
		memcpy(corners + 6 * (size_t)i, both, sizeof(both));
	}
	return 6 * (size_t)count;
}

static struct corner *reserve_corners(struct xg_renderer *renderer, pixman_region32_t *region)
{
	const size_t needed = 6 * (size_t)pixman_region32_n_rects(region) * sizeof(struct corner);

	if (renderer->corners.size < needed &&
		!wl_array_add(&renderer->corners, needed - renderer->corners.size))
		abort();
	return renderer->corners.data;
}

static const struct xg_program *use_program(
	struct xg_renderer *renderer, enum xg_program_kind kind, const struct xg_canvas *canvas)
{
	const struct xg_program *program = &renderer->programs[kind];

	glUseProgram(program->name);
	glUniform2f(program->size, (GLfloat)canvas->width, (GLfloat)canvas->height);
	return program;
}

static void set_sampling(
	const struct xg_program *program, const struct xg_affine *map, int32_t x, int32_t y)
{
	glUniform2f(program->corner, (GLfloat)x, (GLfloat)y);
	glUniform3f(program->across, (GLfloat)map->a, (GLfloat)map->b, (GLfloat)map->c);
	glUniform3f(program->down, (GLfloat)map->d, (GLfloat)map->e, (GLfloat)map->f);
}

static void draw_corners(const struct corner *corners, size_t count)
{
	glVertexAttribPointer(
		XG_ATTRIBUTE_POSITION, 2, GL_FLOAT, GL_FALSE, sizeof(*corners), corners);
	glDrawArrays(GL_TRIANGLES, 0, (GLsizei)count);
}

static void use_texture(const struct xg_program *program, const struct xg_node *node)
{
	const GLint filter = node->smooth ? GL_LINEAR : GL_NEAREST;

	glBindTexture(GL_TEXTURE_2D, node->texture->name);
	glTexParameteri(GL_TEXTURE_2D, GL_TEXTURE_MIN_FILTER, filter);
	glTexParameteri(GL_TEXTURE_2D, GL_TEXTURE_MAG_FILTER, filter);
	set_sampling(program, &node->sampling, node->box.x, node->box.y);
}

static void use_shadow(const struct xg_program *program, const struct xg_node *node)
{
	const struct xg_box inner = xg_box_grown(&node->box, -XG_SHADOW_REACH);

	glUniform4fv(program->colour, 1, node->colour);
	glUniform2f(program->corner, (GLfloat)inner.x, (GLfloat)inner.y);
	glUniform2f(program->extent, (GLfloat)inner.width, (GLfloat)inner.height);
	glUniform1f(program->reach, XG_SHADOW_REACH);
}

static void paint_node(struct xg_renderer *renderer, const struct xg_canvas *canvas,
	const struct xg_node *node, pixman_region32_t *region)
{
	static const enum xg_program_kind kinds[] = {
		[XG_NODE_PICTURE] = XG_PROGRAM_RGBX,
		[XG_NODE_COLOUR] = XG_PROGRAM_SOLID,
		[XG_NODE_SHADOW] = XG_PROGRAM_SHADOW,
		[XG_NODE_BACKGROUND] = XG_PROGRAM_BACKGROUND,
	};
	const bool has_alpha = node->texture && node->texture->has_alpha;
	const enum xg_program_kind kind = !has_alpha	 ? kinds[node->kind]
					  : node->smooth ? XG_PROGRAM_RGBA
							 : XG_PROGRAM_PLAIN;
	const struct xg_program *program = use_program(renderer, kind, canvas);

	if (node->kind == XG_NODE_PICTURE)
		use_texture(program, node);
	else if (node->kind == XG_NODE_SHADOW)
		use_shadow(program, node);
	else if (node->kind == XG_NODE_COLOUR)
		glUniform4fv(program->colour, 1, node->colour);
	if (has_alpha || node->kind == XG_NODE_SHADOW)
		glEnable(GL_BLEND);
	else
		glDisable(GL_BLEND);
	struct corner *corners = reserve_corners(renderer, region);
	draw_corners(corners, fill_corners(corners, region));
}

/* Takes out of region, and copies, where the picture hides what is below and lies as it is. */
static void copy_node(
	struct xg_renderer *renderer, const struct xg_node *node, pixman_region32_t *region)
{
	pixman_region32_t copied;
	int count;

	pixman_region32_init(&copied);
	pixman_region32_intersect(&copied, region, (pixman_region32_t *)&node->opaque);
	pixman_region32_subtract(region, region, &copied);

	const pixman_box32_t *box = pixman_region32_rectangles(&copied, &count);
	const int32_t x = node->box.x, y = node->box.y;

	if (count > 0) {
		glBindFramebuffer(GL_READ_FRAMEBUFFER, renderer->copied);
		glFramebufferTexture2D(GL_READ_FRAMEBUFFER, GL_COLOR_ATTACHMENT0, GL_TEXTURE_2D,
			node->texture->name, 0);
	}
	for (int i = 0; i < count; i++, box++)
		glBlitFramebuffer(box->x1 - x, box->y1 - y, box->x2 - x, box->y2 - y, box->x1,
			box->y1, box->x2, box->y2, GL_COLOR_BUFFER_BIT, GL_NEAREST);
	/* Or the framebuffer would keep the texture. */
	if (count > 0)
		glFramebufferTexture2D(
			GL_READ_FRAMEBUFFER, GL_COLOR_ATTACHMENT0, GL_TEXTURE_2D, 0, 0);
	pixman_region32_fini(&copied);
}

void xg_renderer_paint(struct xg_renderer *renderer, const struct xg_canvas *canvas,
	const struct xg_scene *scene, const pixman_region32_t *damage)
{
	pixman_region32_t region;

	glBindFramebuffer(GL_FRAMEBUFFER, canvas->framebuffer);
	glViewport(0, 0, canvas->width, canvas->height);
	glBlendFunc(GL_ONE, GL_ONE_MINUS_SRC_ALPHA);
	pixman_region32_init(&region);
	for (size_t i = scene->count; i-- > 0;) {
		struct xg_node *node = &scene->nodes[i];

		pixman_region32_intersect(&region, &node->visible, (pixman_region32_t *)damage);
		if (renderer->copied && node->is_plain)
			copy_node(renderer, node, &region);
		if (pixman_region32_not_empty(&region))
			paint_node(renderer, canvas, node, &region);
	}
	pixman_region32_fini(&region);
	glFlush();
}

void xg_renderer_show(struct xg_renderer *renderer, const struct xg_canvas *canvas)
{
	const GLfloat w = (GLfloat)canvas->width, h = (GLfloat)canvas->height;
	const struct corner corners[] = {{0, 0}, {w, 0}, {0, h}, {0, h}, {w, 0}, {w, h}};
	/* Row 0 of a window is its bottom. */
	const struct xg_affine map = {
		.a = 1.0 / canvas->width, .e = -1.0 / canvas->height, .f = 1.0};

	glBindFramebuffer(GL_FRAMEBUFFER, 0);
	glViewport(0, 0, canvas->width, canvas->height);
	glDisable(GL_BLEND);
	set_sampling(use_program(renderer, XG_PROGRAM_RGBX, canvas), &map, 0, 0);
	glBindTexture(GL_TEXTURE_2D, canvas->texture);
	draw_corners(corners, 6);
}

static void swap_red_and_blue(uint8_t *pixel, int32_t count)
{
	for (int32_t i = 0; i < count; i++, pixel += 4) {
		const uint8_t red = pixel[0];

		pixel[0] = pixel[2];
		pixel[2] = red;
	}
}

void xg_renderer_read(struct xg_renderer *renderer, const struct xg_canvas *canvas,
	const struct xg_box *box, void *data, int32_t stride_bytes)
{
	const GLenum format = renderer->reads_bgra ? GL_BGRA_EXT : GL_RGBA;
	const bool packed = stride_bytes == 4 * box->width;
	const int32_t rows_at_once = packed ? box->height : 1;

	glBindFramebuffer(GL_FRAMEBUFFER, canvas->framebuffer);
	for (int32_t y = 0; y < box->height; y += rows_at_once) {
		uint8_t *row = (uint8_t *)data + (size_t)y * (size_t)stride_bytes;

		glReadPixels(box->x, box->y + y, box->width, rows_at_once, format, GL_UNSIGNED_BYTE,
			row);
		if (!renderer->reads_bgra)
			swap_red_and_blue(row, box->width * rows_at_once);
	}
}
