/* SPDX-License-Identifier: MIT */
/* See track.h; and the entry points that only set what is kept here. */
#include "gles/track.h"

#include <GLES3/gl32.h>
#include <GLES2/gl2ext.h>
#include <string.h>

#include "gles/current.h"
#include "gles/query.h"
#include "xg_encode.h"
#include "xg_entry.h"

/* Every implementation has as many, and viewports as large. */
#define UNITS_CERTAIN	 8
#define VIEWPORT_CERTAIN 4096

/* The bit of a capability that is kept; 0 for others. */
static inline uint32_t cap_bit(uint32_t cap)
{
	switch (cap) {
	case GL_DITHER:
		return 1 << 0;
	case GL_BLEND:
		return 1 << 1;
	case GL_CULL_FACE:
		return 1 << 2;
	case GL_DEPTH_TEST:
		return 1 << 3;
	case GL_POLYGON_OFFSET_FILL:
		return 1 << 4;
	case GL_SAMPLE_ALPHA_TO_COVERAGE:
		return 1 << 5;
	case GL_SAMPLE_COVERAGE:
		return 1 << 6;
	case GL_SCISSOR_TEST:
		return 1 << 7;
	case GL_STENCIL_TEST:
		return 1 << 8;
	default:
		return 0;
	}
}

/* The targets that a texture can be made for; its place + 1 is kept for the name. The first is
 * XG_TRACK_2D. */
static const uint16_t texture_targets[] = {
	GL_TEXTURE_2D,
	GL_TEXTURE_CUBE_MAP,
	GL_TEXTURE_3D,
	GL_TEXTURE_2D_ARRAY,
	GL_TEXTURE_EXTERNAL_OES,
	GL_TEXTURE_CUBE_MAP_ARRAY,
	GL_TEXTURE_BUFFER,
	GL_TEXTURE_2D_MULTISAMPLE,
	GL_TEXTURE_2D_MULTISAMPLE_ARRAY,
};

/* The place of a value, or count. */
static uint32_t place_of(const uint16_t *values, uint32_t count, uint32_t value)
{
	uint32_t at = 0;

	while (at < count && values[at] != value)
		at++;
	return at;
}

#define COUNT(array) (sizeof(array) / sizeof((array)[0]))

void xg_track_init(struct xg_track *track)
{
	*track = (struct xg_track){
		.enabled = cap_bit(GL_DITHER),
		.program = {.is_known = true},
		.blend_func = {.is_known = true, .values = {GL_ONE, GL_ZERO, GL_ONE, GL_ZERO}},
		.blend_equation = {.is_known = true, .values = {GL_FUNC_ADD, GL_FUNC_ADD}},
	};
}

/* Larger ones may be clamped; what is negative was refused. */
static bool is_viewport(const int32_t box[4])
{
	return box[0] >= -VIEWPORT_CERTAIN && box[0] <= VIEWPORT_CERTAIN &&
	       box[1] >= -VIEWPORT_CERTAIN && box[1] <= VIEWPORT_CERTAIN && box[2] >= 0 &&
	       box[2] <= VIEWPORT_CERTAIN && box[3] >= 0 && box[3] <= VIEWPORT_CERTAIN;
}

static bool is_scissor(const int32_t box[4])
{
	return box[2] >= 0 && box[3] >= 0;
}

/* Factors that every version takes, and those of which it depends. */
static bool is_factor(int32_t factor, bool is_source)
{
	return factor == GL_ZERO || factor == GL_ONE ||
	       (factor >= GL_SRC_COLOR && factor <= GL_ONE_MINUS_DST_COLOR) ||
	       (factor == GL_SRC_ALPHA_SATURATE && is_source) ||
	       (factor >= GL_CONSTANT_COLOR && factor <= GL_ONE_MINUS_CONSTANT_ALPHA);
}

static bool is_blend_func(const int32_t factors[4])
{
	return is_factor(factors[0], true) && is_factor(factors[1], false) &&
	       is_factor(factors[2], true) && is_factor(factors[3], false);
}

static bool is_equation(int32_t mode)
{
	return mode == GL_FUNC_ADD || mode == GL_FUNC_SUBTRACT || mode == GL_FUNC_REVERSE_SUBTRACT;
}

static bool is_blend_equation(const int32_t modes[4])
{
	return is_equation(modes[0]) && is_equation(modes[1]);
}

static uint32_t get_box(const struct xg_tracked *box, bool is_certain, int32_t values[4])
{
	memcpy(values, box->values, sizeof(box->values));
	return box->is_known && is_certain ? 4 : 0;
}

static uint32_t get_one(const struct xg_tracked *tracked, uint32_t at, int32_t values[4])
{
	values[0] = tracked->values[at];
	return tracked->is_known;
}

static uint32_t get_blend_func(const struct xg_track *track, uint32_t at, int32_t values[4])
{
	return is_blend_func(track->blend_func.values) ? get_one(&track->blend_func, at, values)
						       : 0;
}

static uint32_t get_blend_equation(const struct xg_track *track, uint32_t at, int32_t values[4])
{
	return is_blend_equation(track->blend_equation.values)
		       ? get_one(&track->blend_equation, at, values)
		       : 0;
}

static uint32_t get_texture(const struct xg_track *track, const uint32_t *bound, int32_t values[4])
{
	if (track->unit >= XG_TRACK_UNITS)
		return 0;
	values[0] = (int32_t)bound[track->unit];
	return 1;
}

static uint32_t get_name(uint32_t name, int32_t values[4])
{
	values[0] = (int32_t)name;
	return 1;
}

uint32_t xg_track_get(const struct xg_track *track, uint32_t pname, int32_t values[4])
{
	const uint32_t cap = cap_bit(pname);

	if (cap)
		return get_name((track->enabled & cap) != 0, values);
	switch (pname) {
	case GL_ACTIVE_TEXTURE:
		return get_name(GL_TEXTURE0 + track->unit, values);
	case GL_TEXTURE_BINDING_2D:
		return get_texture(track, track->textures_2d, values);
	case GL_TEXTURE_BINDING_CUBE_MAP:
		return get_texture(track, track->textures_cube, values);
	case GL_DRAW_FRAMEBUFFER_BINDING:
		return get_name(track->draw_framebuffer, values);
	case GL_READ_FRAMEBUFFER_BINDING:
		return get_name(track->read_framebuffer, values);
	case GL_RENDERBUFFER_BINDING:
		return get_name(track->renderbuffer, values);
	case GL_CURRENT_PROGRAM:
		return get_one(&track->program, 0, values);
	case GL_PROGRAM_PIPELINE_BINDING:
		return get_one(&track->pipeline, 0, values);
	case GL_VIEWPORT:
		return get_box(&track->viewport, is_viewport(track->viewport.values), values);
	case GL_SCISSOR_BOX:
		return get_box(&track->scissor, is_scissor(track->scissor.values), values);
	case GL_BLEND_SRC_RGB:
		return get_blend_func(track, 0, values);
	case GL_BLEND_DST_RGB:
		return get_blend_func(track, 1, values);
	case GL_BLEND_SRC_ALPHA:
		return get_blend_func(track, 2, values);
	case GL_BLEND_DST_ALPHA:
		return get_blend_func(track, 3, values);
	case GL_BLEND_EQUATION_RGB:
		return get_blend_equation(track, 0, values);
	case GL_BLEND_EQUATION_ALPHA:
		return get_blend_equation(track, 1, values);
	default:
		return 0;
	}
}

void xg_track_bind_texture(
	struct xg_track *track, struct xg_share *share, uint32_t target, uint32_t name)
{
	const uint32_t place = place_of(texture_targets, COUNT(texture_targets), target);

	if (place == COUNT(texture_targets) || name >= XG_GLES_NAME_LIMIT ||
		!xg_share_texture_target(share, name, (uint8_t)(place + 1)))
		return;
	if (track->unit < XG_TRACK_UNITS && target == GL_TEXTURE_2D)
		track->textures_2d[track->unit] = name;
	else if (track->unit < XG_TRACK_UNITS && target == GL_TEXTURE_CUBE_MAP)
		track->textures_cube[track->unit] = name;
}

void xg_track_make_texture(struct xg_share *share, uint32_t target, uint32_t name)
{
	const uint32_t place = place_of(texture_targets, COUNT(texture_targets), target);

	if (place < COUNT(texture_targets) && name < XG_GLES_NAME_LIMIT)
		xg_share_texture_target(share, name, (uint8_t)(place + 1));
}

void xg_track_delete_texture(struct xg_track *track, struct xg_share *share, uint32_t name)
{
	if (!name)
		return;
	xg_share_forget_texture(share, name);
	for (uint32_t unit = 0; unit < XG_TRACK_UNITS; unit++) {
		if (track->textures_2d[unit] == name)
			track->textures_2d[unit] = 0;
		if (track->textures_cube[unit] == name)
			track->textures_cube[unit] = 0;
	}
}

void xg_track_bind_framebuffer(struct xg_track *track, uint32_t target, uint32_t name)
{
	if (name >= XG_GLES_NAME_LIMIT)
		return;
	if (target == GL_FRAMEBUFFER || target == GL_DRAW_FRAMEBUFFER)
		track->draw_framebuffer = name;
	if (target == GL_FRAMEBUFFER || target == GL_READ_FRAMEBUFFER)
		track->read_framebuffer = name;
}

void xg_track_delete_framebuffer(struct xg_track *track, uint32_t name)
{
	if (track->draw_framebuffer == name)
		track->draw_framebuffer = 0;
	if (track->read_framebuffer == name)
		track->read_framebuffer = 0;
}

void xg_track_bind_renderbuffer(struct xg_track *track, uint32_t name)
{
	if (name < XG_GLES_NAME_LIMIT)
		track->renderbuffer = name;
}

void xg_track_delete_renderbuffer(struct xg_track *track, uint32_t name)
{
	if (track->renderbuffer == name)
		track->renderbuffer = 0;
}

void xg_track_enable(struct xg_track *track, uint32_t cap, bool is_enabled)
{
	if (is_enabled)
		track->enabled |= cap_bit(cap);
	else
		track->enabled &= ~cap_bit(cap);
}

void xg_gl_glActiveTexture(GLenum texture)
{
	struct xg_gl gl = xg_gl_current();

	if (!gl.stream)
		return;
	const uint32_t unit = texture - GL_TEXTURE0;
	if (unit == gl.state->track.unit && gl.state->skips_repeats)
		return;
	xg_encode_glActiveTexture(gl.stream, texture);
	if (unit < UNITS_CERTAIN ||
		unit < (uint32_t)xg_gl_limit(gl, GL_MAX_COMBINED_TEXTURE_IMAGE_UNITS))
		gl.state->track.unit = unit;
}

void xg_gl_glViewport(GLint x, GLint y, GLsizei width, GLsizei height)
{
	struct xg_gl gl = xg_gl_current();

	if (!gl.stream)
		return;
	xg_encode_glViewport(gl.stream, x, y, width, height);
	gl.state->track.viewport = (struct xg_tracked){
		.is_known = true,
		.values = {x, y, width, height},
	};
}

void xg_gl_glScissor(GLint x, GLint y, GLsizei width, GLsizei height)
{
	struct xg_gl gl = xg_gl_current();

	if (!gl.stream)
		return;
	xg_encode_glScissor(gl.stream, x, y, width, height);
	gl.state->track.scissor = (struct xg_tracked){
		.is_known = true,
		.values = {x, y, width, height},
	};
}

void xg_track_blend_func(struct xg_track *track, uint32_t src_rgb, uint32_t dst_rgb,
	uint32_t src_alpha, uint32_t dst_alpha)
{
	track->blend_func = (struct xg_tracked){
		.is_known = true,
		.values = {(GLint)src_rgb, (GLint)dst_rgb, (GLint)src_alpha, (GLint)dst_alpha},
	};
}

void xg_gl_glBlendFunc(GLenum source, GLenum destination)
{
	struct xg_gl gl = xg_gl_current();

	if (!gl.stream)
		return;
	xg_encode_glBlendFunc(gl.stream, source, destination);
	xg_track_blend_func(&gl.state->track, source, destination, source, destination);
}

void xg_gl_glBlendFuncSeparate(GLenum src_rgb, GLenum dst_rgb, GLenum src_alpha, GLenum dst_alpha)
{
	struct xg_gl gl = xg_gl_current();

	if (!gl.stream)
		return;
	xg_encode_glBlendFuncSeparate(gl.stream, src_rgb, dst_rgb, src_alpha, dst_alpha);
	xg_track_blend_func(&gl.state->track, src_rgb, dst_rgb, src_alpha, dst_alpha);
}

void xg_track_blend_equation(struct xg_track *track, uint32_t rgb, uint32_t alpha)
{
	track->blend_equation = (struct xg_tracked){
		.is_known = true,
		.values = {(GLint)rgb, (GLint)alpha},
	};
}

void xg_gl_glBlendEquation(GLenum mode)
{
	struct xg_gl gl = xg_gl_current();

	if (!gl.stream)
		return;
	xg_encode_glBlendEquation(gl.stream, mode);
	xg_track_blend_equation(&gl.state->track, mode, mode);
}

void xg_gl_glBlendEquationSeparate(GLenum rgb, GLenum alpha)
{
	struct xg_gl gl = xg_gl_current();

	if (!gl.stream)
		return;
	xg_encode_glBlendEquationSeparate(gl.stream, rgb, alpha);
	xg_track_blend_equation(&gl.state->track, rgb, alpha);
}

/* glEnable or glDisable of what more than a bit is kept for. */
static inline void enable_other(struct xg_gl gl, GLenum cap, bool is_enabled)
{
	switch (cap) {
	case GL_DEBUG_OUTPUT:
	case GL_DEBUG_OUTPUT_SYNCHRONOUS:
		xg_gl_debug_changed(gl);
		break;
	case GL_BLEND:
		gl.state->track.blends = is_enabled ? UINT32_MAX : 0;
		break;
	case GL_PRIMITIVE_RESTART_FIXED_INDEX:
		/* It decides which indices an index scan may pass over. */
		gl.state->has_restart = is_enabled;
		break;
	default:
		break;
	}
}

void xg_gl_glEnable(GLenum cap)
{
	struct xg_gl gl = xg_gl_current();

	if (!gl.stream)
		return;
	xg_encode_glEnable(gl.stream, cap);
	xg_track_enable(&gl.state->track, cap, true);
	enable_other(gl, cap, true);
}

void xg_gl_glDisable(GLenum cap)
{
	struct xg_gl gl = xg_gl_current();

	if (!gl.stream)
		return;
	xg_encode_glDisable(gl.stream, cap);
	xg_track_enable(&gl.state->track, cap, false);
	enable_other(gl, cap, false);
}

GLboolean xg_gl_glIsEnabled(GLenum cap)
{
	struct xg_gl gl = xg_gl_current();

	if (!gl.stream)
		return GL_FALSE;
	if (cap_bit(cap))
		return (gl.state->track.enabled & cap_bit(cap)) != 0;
	return (GLboolean)xg_encode_glIsEnabled(gl.stream, cap);
}
