/* SPDX-License-Identifier: MIT */
/*
 * glGet*. Three kinds of answers: what the guest knows itself (client state, and what it tracks),
 * constants of the host, asked for once, and all else, which is a round trip. A constant
 * is kept as the getter gave it, so that the driver's own conversions hold.
 */
#include "gles/query.h"

#include <GLES3/gl32.h>
#include <GLES2/gl2ext.h>
#include <string.h>

#include "gles/bindings.h"
#include "gles/strings.h"
#include "size.h"
#include "xg_encode.h"
#include "xg_entry.h"

enum getter {
	GETTER_INTEGER,
	GETTER_FLOAT,
	GETTER_BOOLEAN,
	GETTER_LONG,
};

/* What never changes in a context's life. Lists of formats are left out: they are long. */
static const uint16_t constants[] = {
	GL_ALIASED_LINE_WIDTH_RANGE,
	GL_ALIASED_POINT_SIZE_RANGE,
	GL_FRAGMENT_INTERPOLATION_OFFSET_BITS,
	GL_LAYER_PROVOKING_VERTEX,
	GL_MAX_3D_TEXTURE_SIZE,
	GL_MAX_ARRAY_TEXTURE_LAYERS,
	GL_MAX_ATOMIC_COUNTER_BUFFER_BINDINGS,
	GL_MAX_ATOMIC_COUNTER_BUFFER_SIZE,
	GL_MAX_COLOR_ATTACHMENTS,
	GL_MAX_COLOR_TEXTURE_SAMPLES,
	GL_MAX_COMBINED_ATOMIC_COUNTERS,
	GL_MAX_COMBINED_ATOMIC_COUNTER_BUFFERS,
	GL_MAX_COMBINED_COMPUTE_UNIFORM_COMPONENTS,
	GL_MAX_COMBINED_FRAGMENT_UNIFORM_COMPONENTS,
	GL_MAX_COMBINED_GEOMETRY_UNIFORM_COMPONENTS,
	GL_MAX_COMBINED_IMAGE_UNIFORMS,
	GL_MAX_COMBINED_SHADER_OUTPUT_RESOURCES,
	GL_MAX_COMBINED_SHADER_STORAGE_BLOCKS,
	GL_MAX_COMBINED_TESS_CONTROL_UNIFORM_COMPONENTS,
	GL_MAX_COMBINED_TESS_EVALUATION_UNIFORM_COMPONENTS,
	GL_MAX_COMBINED_TEXTURE_IMAGE_UNITS,
	GL_MAX_COMBINED_UNIFORM_BLOCKS,
	GL_MAX_COMBINED_VERTEX_UNIFORM_COMPONENTS,
	GL_MAX_COMPUTE_ATOMIC_COUNTERS,
	GL_MAX_COMPUTE_ATOMIC_COUNTER_BUFFERS,
	GL_MAX_COMPUTE_IMAGE_UNIFORMS,
	GL_MAX_COMPUTE_SHADER_STORAGE_BLOCKS,
	GL_MAX_COMPUTE_SHARED_MEMORY_SIZE,
	GL_MAX_COMPUTE_TEXTURE_IMAGE_UNITS,
	GL_MAX_COMPUTE_UNIFORM_BLOCKS,
	GL_MAX_COMPUTE_UNIFORM_COMPONENTS,
	GL_MAX_COMPUTE_WORK_GROUP_INVOCATIONS,
	GL_MAX_CUBE_MAP_TEXTURE_SIZE,
	GL_MAX_DEBUG_GROUP_STACK_DEPTH,
	GL_MAX_DEBUG_LOGGED_MESSAGES,
	GL_MAX_DEBUG_MESSAGE_LENGTH,
	GL_MAX_DEPTH_TEXTURE_SAMPLES,
	GL_MAX_DRAW_BUFFERS,
	GL_MAX_DUAL_SOURCE_DRAW_BUFFERS_EXT,
	GL_MAX_ELEMENTS_INDICES,
	GL_MAX_ELEMENTS_VERTICES,
	GL_MAX_ELEMENT_INDEX,
	GL_MAX_FRAGMENT_ATOMIC_COUNTERS,
	GL_MAX_FRAGMENT_ATOMIC_COUNTER_BUFFERS,
	GL_MAX_FRAGMENT_IMAGE_UNIFORMS,
	GL_MAX_FRAGMENT_INPUT_COMPONENTS,
	GL_MAX_FRAGMENT_INTERPOLATION_OFFSET,
	GL_MAX_FRAGMENT_SHADER_STORAGE_BLOCKS,
	GL_MAX_FRAGMENT_UNIFORM_BLOCKS,
	GL_MAX_FRAGMENT_UNIFORM_COMPONENTS,
	GL_MAX_FRAGMENT_UNIFORM_VECTORS,
	GL_MAX_FRAMEBUFFER_HEIGHT,
	GL_MAX_FRAMEBUFFER_LAYERS,
	GL_MAX_FRAMEBUFFER_SAMPLES,
	GL_MAX_FRAMEBUFFER_WIDTH,
	GL_MAX_GEOMETRY_ATOMIC_COUNTERS,
	GL_MAX_GEOMETRY_ATOMIC_COUNTER_BUFFERS,
	GL_MAX_GEOMETRY_IMAGE_UNIFORMS,
	GL_MAX_GEOMETRY_INPUT_COMPONENTS,
	GL_MAX_GEOMETRY_OUTPUT_COMPONENTS,
	GL_MAX_GEOMETRY_OUTPUT_VERTICES,
	GL_MAX_GEOMETRY_SHADER_INVOCATIONS,
	GL_MAX_GEOMETRY_SHADER_STORAGE_BLOCKS,
	GL_MAX_GEOMETRY_TEXTURE_IMAGE_UNITS,
	GL_MAX_GEOMETRY_TOTAL_OUTPUT_COMPONENTS,
	GL_MAX_GEOMETRY_UNIFORM_BLOCKS,
	GL_MAX_GEOMETRY_UNIFORM_COMPONENTS,
	GL_MAX_IMAGE_UNITS,
	GL_MAX_INTEGER_SAMPLES,
	GL_MAX_LABEL_LENGTH_KHR,
	GL_MAX_PATCH_VERTICES,
	GL_MAX_PROGRAM_TEXEL_OFFSET,
	GL_MAX_PROGRAM_TEXTURE_GATHER_OFFSET,
	GL_MAX_RENDERBUFFER_SIZE,
	GL_MAX_SAMPLES,
	GL_MAX_SAMPLE_MASK_WORDS,
	GL_MAX_SERVER_WAIT_TIMEOUT,
	GL_MAX_SHADER_STORAGE_BLOCK_SIZE,
	GL_MAX_SHADER_STORAGE_BUFFER_BINDINGS,
	GL_MAX_TESS_CONTROL_ATOMIC_COUNTERS,
	GL_MAX_TESS_CONTROL_ATOMIC_COUNTER_BUFFERS,
	GL_MAX_TESS_CONTROL_IMAGE_UNIFORMS,
	GL_MAX_TESS_CONTROL_INPUT_COMPONENTS,
	GL_MAX_TESS_CONTROL_OUTPUT_COMPONENTS,
	GL_MAX_TESS_CONTROL_SHADER_STORAGE_BLOCKS,
	GL_MAX_TESS_CONTROL_TEXTURE_IMAGE_UNITS,
	GL_MAX_TESS_CONTROL_TOTAL_OUTPUT_COMPONENTS,
	GL_MAX_TESS_CONTROL_UNIFORM_BLOCKS,
	GL_MAX_TESS_CONTROL_UNIFORM_COMPONENTS,
	GL_MAX_TESS_EVALUATION_ATOMIC_COUNTERS,
	GL_MAX_TESS_EVALUATION_ATOMIC_COUNTER_BUFFERS,
	GL_MAX_TESS_EVALUATION_IMAGE_UNIFORMS,
	GL_MAX_TESS_EVALUATION_INPUT_COMPONENTS,
	GL_MAX_TESS_EVALUATION_OUTPUT_COMPONENTS,
	GL_MAX_TESS_EVALUATION_SHADER_STORAGE_BLOCKS,
	GL_MAX_TESS_EVALUATION_TEXTURE_IMAGE_UNITS,
	GL_MAX_TESS_EVALUATION_UNIFORM_BLOCKS,
	GL_MAX_TESS_EVALUATION_UNIFORM_COMPONENTS,
	GL_MAX_TESS_GEN_LEVEL,
	GL_MAX_TESS_PATCH_COMPONENTS,
	GL_MAX_TEXTURE_BUFFER_SIZE,
	GL_MAX_TEXTURE_IMAGE_UNITS,
	GL_MAX_TEXTURE_LOD_BIAS,
	GL_MAX_TEXTURE_MAX_ANISOTROPY_EXT,
	GL_MAX_TEXTURE_SIZE,
	GL_MAX_TRANSFORM_FEEDBACK_INTERLEAVED_COMPONENTS,
	GL_MAX_TRANSFORM_FEEDBACK_SEPARATE_ATTRIBS,
	GL_MAX_TRANSFORM_FEEDBACK_SEPARATE_COMPONENTS,
	GL_MAX_UNIFORM_BLOCK_SIZE,
	GL_MAX_UNIFORM_BUFFER_BINDINGS,
	GL_MAX_UNIFORM_LOCATIONS,
	GL_MAX_VARYING_COMPONENTS,
	GL_MAX_VARYING_VECTORS,
	GL_MAX_VERTEX_ATOMIC_COUNTERS,
	GL_MAX_VERTEX_ATOMIC_COUNTER_BUFFERS,
	GL_MAX_VERTEX_ATTRIBS,
	GL_MAX_VERTEX_ATTRIB_BINDINGS,
	GL_MAX_VERTEX_ATTRIB_RELATIVE_OFFSET,
	GL_MAX_VERTEX_ATTRIB_STRIDE,
	GL_MAX_VERTEX_IMAGE_UNIFORMS,
	GL_MAX_VERTEX_OUTPUT_COMPONENTS,
	GL_MAX_VERTEX_SHADER_STORAGE_BLOCKS,
	GL_MAX_VERTEX_TEXTURE_IMAGE_UNITS,
	GL_MAX_VERTEX_UNIFORM_BLOCKS,
	GL_MAX_VERTEX_UNIFORM_COMPONENTS,
	GL_MAX_VERTEX_UNIFORM_VECTORS,
	GL_MAX_VIEWPORTS_OES,
	GL_MAX_VIEWPORT_DIMS,
	GL_MIN_FRAGMENT_INTERPOLATION_OFFSET,
	GL_MIN_PROGRAM_TEXEL_OFFSET,
	GL_MIN_PROGRAM_TEXTURE_GATHER_OFFSET,
	GL_MULTISAMPLE_LINE_WIDTH_GRANULARITY,
	GL_MULTISAMPLE_LINE_WIDTH_RANGE,
	GL_NUM_COMPRESSED_TEXTURE_FORMATS,
	GL_NUM_SHADER_BINARY_FORMATS,
	GL_PRIMITIVE_RESTART_FOR_PATCHES_SUPPORTED,
	GL_SHADER_COMPILER,
	GL_SHADER_STORAGE_BUFFER_OFFSET_ALIGNMENT,
	GL_SUBPIXEL_BITS,
	GL_TEXTURE_BUFFER_OFFSET_ALIGNMENT,
	GL_UNIFORM_BUFFER_OFFSET_ALIGNMENT,
	GL_VIEWPORT_BOUNDS_RANGE_OES,
	GL_VIEWPORT_INDEX_PROVOKING_VERTEX_OES,
	GL_VIEWPORT_SUBPIXEL_BITS_OES,
};

static bool is_constant(GLenum pname)
{
	for (size_t i = 0; i < sizeof(constants) / sizeof(constants[0]); i++) {
		if (constants[i] == pname)
			return true;
	}
	return false;
}

/* Bindings of buffers, and the version that has them where it is newer than 2.0. */
static const struct {
	uint16_t pname, target;
	int version;
} buffer_bindings[] = {
	{GL_ARRAY_BUFFER_BINDING, GL_ARRAY_BUFFER, 20},
	{GL_ELEMENT_ARRAY_BUFFER_BINDING, GL_ELEMENT_ARRAY_BUFFER, 20},
	{GL_PIXEL_PACK_BUFFER_BINDING, GL_PIXEL_PACK_BUFFER, 30},
	{GL_PIXEL_UNPACK_BUFFER_BINDING, GL_PIXEL_UNPACK_BUFFER, 30},
	{GL_ATOMIC_COUNTER_BUFFER_BINDING, GL_ATOMIC_COUNTER_BUFFER, 31},
	{GL_SHADER_STORAGE_BUFFER_BINDING, GL_SHADER_STORAGE_BUFFER, 31},
	{GL_DRAW_INDIRECT_BUFFER_BINDING, GL_DRAW_INDIRECT_BUFFER, 31},
	{GL_DISPATCH_INDIRECT_BUFFER_BINDING, GL_DISPATCH_INDIRECT_BUFFER, 31},
};

static bool get_buffer_binding(struct xg_gl gl, GLenum pname, int32_t *value)
{
	for (size_t i = 0; i < sizeof(buffer_bindings) / sizeof(buffer_bindings[0]); i++) {
		const struct xg_buffer *buffer;

		if (buffer_bindings[i].pname != pname)
			continue;
		buffer = *xg_gl_binding(gl.state, buffer_bindings[i].target);
		*value = buffer ? (int32_t)buffer->name : 0;
		return buffer_bindings[i].version == 20 ||
		       buffer_bindings[i].version <= xg_gl_told_version(gl);
	}
	return false;
}

/* What the guest itself knows: how many values it has written, 0 if it does not know. */
static uint32_t get_own(struct xg_gl gl, GLenum pname, int32_t values[4])
{
	switch (pname) {
	case GL_VERTEX_ARRAY_BINDING:
		values[0] = (int32_t)gl.state->array->name;
		return 1;
	case GL_MAJOR_VERSION:
		values[0] = xg_gl_told_version(gl) / 10; /* as GL_VERSION says */
		return 1;
	case GL_MINOR_VERSION:
		values[0] = xg_gl_told_version(gl) % 10;
		return 1;
	case GL_NUM_PROGRAM_BINARY_FORMATS:
		values[0] = 1; /* of our own, see binary.h */
		return 1;
	case GL_PROGRAM_BINARY_FORMATS:
		values[0] = GL_PROGRAM_BINARY_FORMAT_MESA;
		return 1;
	case GL_NUM_EXTENSIONS:
		values[0] = (int32_t)xg_gl_extension_list(gl)->count;
		return 1;
	default:
		break;
	}
	if (get_buffer_binding(gl, pname, values) || xg_gl_pixel_store(gl, pname, values))
		return 1;
	return xg_track_get(&gl.state->track, pname, values);
}

/* Converts as the specification says (GLES 2.0, section 6.1.2). */
static void put_own(enum getter getter, const int32_t *own, uint32_t count, void *values)
{
	for (uint32_t i = 0; i < count; i++) {
		if (getter == GETTER_INTEGER)
			((GLint *)values)[i] = own[i];
		else if (getter == GETTER_LONG)
			((GLint64 *)values)[i] = own[i];
		else if (getter == GETTER_FLOAT)
			((GLfloat *)values)[i] = (GLfloat)own[i];
		else
			((GLboolean *)values)[i] = own[i] != 0;
	}
}

static size_t value_size(enum getter getter)
{
	switch (getter) {
	case GETTER_BOOLEAN:
		return sizeof(GLboolean);
	case GETTER_LONG:
		return sizeof(GLint64);
	default:
		return sizeof(GLint);
	}
}

/* The host's answer. False, and nothing written, after an error or without a host. */
static bool ask(struct xg_gl gl, enum getter getter, GLenum pname, void *values)
{
	switch (getter) {
	case GETTER_INTEGER:
		return xg_encode_glGetIntegerv(gl.stream, pname, values);
	case GETTER_FLOAT:
		return xg_encode_glGetFloatv(gl.stream, pname, values);
	case GETTER_BOOLEAN:
		return xg_encode_glGetBooleanv(gl.stream, pname, values);
	case GETTER_LONG:
		return xg_encode_glGetInteger64v(gl.stream, pname, values);
	}
	return false;
}

/* A constant, from the host only the first time. False if the host did not know it either. */
static bool get_constant(struct xg_gl gl, enum getter getter, GLenum pname, void *values)
{
	struct xg_gles *state = gl.state;
	struct xg_constant *known;
	size_t count = 1;

	for (uint32_t i = 0; i < state->constant_count; i++) {
		known = &state->constants[i];
		if (known->pname == pname && known->getter == getter) {
			memcpy(values, known->values, known->size);
			return true;
		}
	}
	xg_size_get(pname, &count);
	const size_t size = count * value_size(getter);
	if (state->constant_count == XG_GLES_CONSTANTS_MAX || size > sizeof(known->values))
		return false;
	known = &state->constants[state->constant_count];
	if (!ask(gl, getter, pname, known->values))
		return true;
	memcpy(values, known->values, size);
	known->pname = pname;
	known->getter = (uint16_t)getter;
	known->size = (uint16_t)size;
	state->constant_count++;
	return true;
}

/* The pname that says how many values a list has; 0 if the pname is no list. */
static GLenum list_length(GLenum pname)
{
	switch (pname) {
	case GL_COMPRESSED_TEXTURE_FORMATS:
		return GL_NUM_COMPRESSED_TEXTURE_FORMATS;
	case GL_SHADER_BINARY_FORMATS:
		return GL_NUM_SHADER_BINARY_FORMATS;
	default:
		return 0;
	}
}

static void get_list(
	struct xg_gl gl, enum getter getter, GLenum pname, GLenum length_pname, void *values)
{
	uint8_t all[XG_SIZE_FORMATS_MAX * sizeof(GLint64)];
	size_t count = (size_t)xg_gl_limit(gl, length_pname);

	if (count > XG_SIZE_FORMATS_MAX)
		count = XG_SIZE_FORMATS_MAX;
	if (ask(gl, getter, pname, all))
		memcpy(values, all, count * value_size(getter));
}

static void get(struct xg_gl gl, enum getter getter, GLenum pname, void *values)
{
	const GLenum length_pname = list_length(pname);
	int32_t own[4];

	if (!values)
		return;
	const uint32_t count = get_own(gl, pname, own);
	if (count)
		put_own(getter, own, count, values);
	else if (length_pname)
		get_list(gl, getter, pname, length_pname, values);
	else if (!is_constant(pname) || !get_constant(gl, getter, pname, values))
		ask(gl, getter, pname, values);
}

void xg_gl_get_integers(struct xg_gl gl, uint32_t pname, int32_t *values)
{
	get(gl, GETTER_INTEGER, pname, values);
}

void xg_gl_glGetIntegerv(GLenum pname, GLint *values)
{
	struct xg_gl gl = xg_gl_current();

	if (gl.stream)
		get(gl, GETTER_INTEGER, pname, values);
}

void xg_gl_glGetFloatv(GLenum pname, GLfloat *values)
{
	struct xg_gl gl = xg_gl_current();

	if (gl.stream)
		get(gl, GETTER_FLOAT, pname, values);
}

void xg_gl_glGetBooleanv(GLenum pname, GLboolean *values)
{
	struct xg_gl gl = xg_gl_current();

	if (gl.stream)
		get(gl, GETTER_BOOLEAN, pname, values);
}

void xg_gl_glGetInteger64v(GLenum pname, GLint64 *values)
{
	struct xg_gl gl = xg_gl_current();

	if (gl.stream)
		get(gl, GETTER_LONG, pname, values);
}

/* A driver fills as many values as there are, and leaves the others. */
void xg_gl_glGetInternalformativ(
	GLenum target, GLenum format, GLenum pname, GLsizei count, GLint *params)
{
	struct xg_gl gl = xg_gl_current();

	if (!gl.stream)
		return;
	if (count > (GLsizei)XG_SIZE_FORMATS_MAX)
		count = XG_SIZE_FORMATS_MAX;
	const struct xg_patch before = {0, count > 0 ? (size_t)count * sizeof(*params) : 0, params};
	xg_encode_glGetInternalformativ(
		gl.stream, target, format, pname, count, params, &before, params && count > 0);
}

/*
 * Where the depth of a buffer of framebuffer 0 is kept, which all surfaces of a config have alike;
 * NULL for other questions, among them those that are errors.
 */
static int32_t *surface_bits(struct xg_gl gl, GLenum target, GLenum attachment, GLenum pname)
{
	static const GLenum attachments[XG_SURFACE_BITS] = {
		GL_BACK, GL_BACK, GL_BACK, GL_BACK, GL_DEPTH, GL_STENCIL};
	const uint32_t place = pname - GL_FRAMEBUFFER_ATTACHMENT_RED_SIZE;

	if (gl.state->surface_config == 0 || gl.state->track.draw_framebuffer != 0 ||
		(target != GL_FRAMEBUFFER && target != GL_DRAW_FRAMEBUFFER) ||
		place >= XG_SURFACE_BITS || attachments[place] != attachment)
		return NULL;
	return &gl.state->surface_bits[place];
}

/* GTK asks in each frame how deep its window's colours are. An error answers 0, and is not kept. */
void xg_gl_glGetFramebufferAttachmentParameteriv(
	GLenum target, GLenum attachment, GLenum pname, GLint *params)
{
	struct xg_gl gl = xg_gl_current();
	int32_t *bits;

	if (!gl.stream)
		return;
	bits = params ? surface_bits(gl, target, attachment, pname) : NULL;
	if (bits && *bits > 0) {
		*params = *bits;
		return;
	}
	xg_encode_glGetFramebufferAttachmentParameteriv(
		gl.stream, target, attachment, pname, params);
	if (bits)
		*bits = *params;
}

GLenum xg_gl_glGetError(void)
{
	struct xg_gl gl = xg_gl_current();

	if (!gl.stream)
		return GL_NO_ERROR;
	GLenum error = xg_encode_glGetError(gl.stream);
	xg_gl_pump_debug(gl);
	return error;
}

void xg_gl_glFinish(void)
{
	struct xg_gl gl = xg_gl_current();

	if (!gl.stream)
		return;
	xg_encode_glFinish(gl.stream);
	xg_gl_pump_debug(gl);
}

/* A host that is gone is a reset of which nothing is known (EXT_robustness, KHR_robustness). */
static GLenum reset_status(struct xg_gl gl, GLenum answer)
{
	return xg_stream_is_lost(gl.stream) ? GL_UNKNOWN_CONTEXT_RESET : answer;
}

GLenum xg_gl_glGetGraphicsResetStatusEXT(void)
{
	struct xg_gl gl = xg_gl_current();

	if (!gl.stream)
		return GL_NO_ERROR;
	GLenum answer = xg_encode_glGetGraphicsResetStatusEXT(gl.stream);
	return reset_status(gl, answer);
}

GLenum xg_gl_glGetGraphicsResetStatusKHR(void)
{
	struct xg_gl gl = xg_gl_current();

	if (!gl.stream)
		return GL_NO_ERROR;
	GLenum answer = xg_encode_glGetGraphicsResetStatusKHR(gl.stream);
	return reset_status(gl, answer);
}
