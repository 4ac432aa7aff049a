/* SPDX-License-Identifier: MIT */
/* See stub_driver.h. The functions of GL that need an answer, or more than the registry knows. */
#include "stub_driver.h"

#include "size.h"

struct xg_stub xg_stub;

static volatile uint8_t sink;
static uint8_t mapped[65536];

void xg_stub_call(const char *name)
{
	xg_stub.trace[xg_stub.calls++ % XG_STUB_TRACE] = name;
}

void xg_stub_read(const void *bytes, size_t size)
{
	const uint8_t *at = bytes;
	uint8_t sum = 0;

	for (size_t i = 0; i < size; i++)
		sum = (uint8_t)(sum + at[i]);
	sink = sum;
	xg_stub.last_input = bytes;
}

void xg_stub_write(void *bytes, size_t size)
{
	memset(bytes, 0, size);
}

static void gen(GLsizei count, GLuint *names)
{
	for (GLsizei i = 0; i < count; i++)
		names[i] = ++xg_stub.next_name;
}

static GLuint create_shader(GLenum type)
{
	return type ? ++xg_stub.next_name : 0;
}

static GLuint create_program(void)
{
	return ++xg_stub.next_name;
}

static GLuint create_shader_program(GLenum type, GLsizei count, const GLchar **strings)
{
	xg_stub.source_length = 0;
	for (GLsizei i = 0; i < count; i++)
		xg_stub.source_length += strlen(strings[i]);
	return type ? ++xg_stub.next_name : 0;
}

static void get_pipeline(GLuint pipeline, GLenum pname, GLint *params)
{
	xg_stub.pipeline = pipeline;
	*params = pname == GL_VALIDATE_STATUS ? 1 : (GLint)xg_stub.next_name;
}

static void delete_shader(GLuint name)
{
	xg_stub.deleted_shader = name;
}

static GLboolean is_shader(GLuint name)
{
	return name && name <= xg_stub.next_name &&
	       (name != xg_stub.deleted_shader || xg_stub.is_deletion_pending);
}

static void delete_buffers(GLsizei count, const GLuint *names)
{
	xg_stub_read(names, (size_t)count * sizeof(*names));
}

static void active_texture(GLenum unit)
{
	xg_stub.unit = unit - GL_TEXTURE0;
}

static void bind_texture(GLenum target, GLuint name)
{
	if (target == GL_TEXTURE_2D)
		xg_stub.texture = name;
	if (target == GL_TEXTURE_BUFFER)
		xg_stub.buffer_texture = name;
}

static void bind_framebuffer(GLenum target, GLuint name)
{
	xg_stub.framebuffer = name;
}

/* What the bound framebuffer has. */
static uint32_t *attached(void)
{
	return &xg_stub.attached[xg_stub.framebuffer % XG_STUB_FRAMEBUFFERS];
}

static void framebuffer_texture(
	GLenum target, GLenum attachment, GLenum texture_target, GLuint name, GLint level)
{
	*attached() = name;
}

static void get_attachment(GLenum target, GLenum attachment, GLenum pname, GLint *value)
{
	*value = pname == GL_FRAMEBUFFER_ATTACHMENT_OBJECT_NAME ? (GLint)*attached()
		 : *attached()					? GL_TEXTURE
								: GL_NONE;
}

/* As in GL, they leave what is bound, and stay in what is not. */
static void delete_textures(GLsizei count, const GLuint *names)
{
	xg_stub_read(names, (size_t)count * sizeof(*names));
	for (GLsizei i = 0; i < count; i++) {
		if (xg_stub.texture == names[i])
			xg_stub.texture = 0;
		if (xg_stub.buffer_texture == names[i])
			xg_stub.buffer_texture = 0;
		if (*attached() == names[i])
			*attached() = 0;
	}
}

static GLenum get_error(void)
{
	const uint32_t error = xg_stub.error;

	xg_stub.error = GL_NO_ERROR;
	return error;
}

static const GLubyte *get_string(GLenum name)
{
	switch (name) {
	case GL_VERSION:
		return (const GLubyte *)"OpenGL ES 3.2 stub";
	case GL_EXTENSIONS:
		return (const GLubyte *)"GL_EXT_multi_draw_arrays";
	default:
		return (const GLubyte *)"stub";
	}
}

static void get_integerv(GLenum pname, GLint *values)
{
	xg_stub.asked_parameter = pname;
	switch (pname) {
	case GL_MAX_VERTEX_ATTRIBS:
		*values = XG_STUB_ATTRIBS;
		break;
	case GL_ACTIVE_TEXTURE:
		*values = (GLint)(GL_TEXTURE0 + xg_stub.unit);
		break;
	case GL_TEXTURE_BINDING_2D:
		*values = (GLint)xg_stub.texture;
		break;
	case GL_TEXTURE_BINDING_BUFFER:
		*values = (GLint)xg_stub.buffer_texture;
		break;
	case GL_FRAMEBUFFER_BINDING:
	case GL_READ_FRAMEBUFFER_BINDING:
		*values = (GLint)xg_stub.framebuffer;
		break;
	case GL_PIXEL_UNPACK_BUFFER_BINDING:
		*values = (GLint)xg_stub.unpack_buffer;
		break;
	case GL_PIXEL_PACK_BUFFER_BINDING:
		*values = (GLint)xg_stub.pack_buffer;
		break;
	case GL_TRANSFORM_FEEDBACK_BUFFER_BINDING:
	case GL_UNIFORM_BUFFER_BINDING:
	case GL_SHADER_STORAGE_BUFFER_BINDING:
	case GL_ATOMIC_COUNTER_BUFFER_BINDING:
	case GL_TRANSFORM_FEEDBACK_BINDING:
		*values = 0;
		break;
	default:
		*values = 1;
		break;
	}
}

static void bind_buffer(GLenum target, GLuint name)
{
	if (target == GL_PIXEL_UNPACK_BUFFER)
		xg_stub.unpack_buffer = name;
	if (target == GL_PIXEL_PACK_BUFFER)
		xg_stub.pack_buffer = name;
}

static void bind_buffer_base(GLenum target, GLuint index, GLuint name)
{
	if (xg_stub.refuses_parts && name)
		xg_stub.error = GL_INVALID_VALUE;
	else if (target == GL_TRANSFORM_FEEDBACK_BUFFER)
		xg_stub.feedback_buffer = name;
	else if (index < 4)
		xg_stub.points[index] = name;
}

static void bind_buffer_range(
	GLenum target, GLuint index, GLuint name, GLintptr offset, GLsizeiptr size)
{
	bind_buffer_base(target, index, name);
}

static void bind_vertex_buffer(GLuint index, GLuint name, GLintptr offset, GLsizei stride)
{
	xg_stub_call("glBindVertexBuffer");
	if (xg_stub.refuses_vertex_buffers)
		xg_stub.error = GL_INVALID_OPERATION;
}

static void get_integeri_v(GLenum target, GLuint index, GLint *value)
{
	if (target == GL_TRANSFORM_FEEDBACK_BUFFER_BINDING)
		*value = (GLint)xg_stub.feedback_buffer;
	else
		*value = index < 4 ? (GLint)xg_stub.points[index] : 0;
}

static void get_buffer_parameter(GLenum target, GLenum pname, GLint *value)
{
	*value = pname == GL_BUFFER_SIZE ? xg_stub.buffer_size : 0;
}

static void query_counter(GLuint id, GLenum target)
{
	xg_stub.query = id;
}

static void pixel_store(GLenum pname, GLint value)
{
	if (pname == GL_UNPACK_ROW_LENGTH)
		xg_stub.unpack_row_length = value;
	if (pname == GL_PACK_ROW_LENGTH)
		xg_stub.pack_row_length = value;
	if (pname == GL_PACK_SKIP_ROWS)
		xg_stub.pack_skip_rows = value;
}

static GLboolean is_feedback(GLuint name)
{
	return xg_stub.is_feedback_active;
}

static void feedback_varyings(
	GLuint program, GLsizei count, const GLchar *const *names, GLenum mode)
{
	xg_stub.varyings = (uint32_t)count;
	for (GLsizei i = 0; i < count; i++)
		xg_stub_read(names[i], strlen(names[i]) + 1);
}

static int fence;

static GLsync fence_sync(GLenum condition, GLbitfield flags)
{
	xg_stub.syncs++;
	return (GLsync)&fence;
}

static void delete_sync(GLsync sync)
{
	if (sync == (GLsync)&fence)
		xg_stub.syncs--;
}

static GLenum client_wait_sync(GLsync sync, GLbitfield flags, GLuint64 timeout)
{
	return sync != (GLsync)&fence ? GL_WAIT_FAILED
	       : xg_stub.is_stuck     ? GL_TIMEOUT_EXPIRED
				      : GL_ALREADY_SIGNALED;
}

static void get_floatv(GLenum pname, GLfloat *values)
{
	*values = 1;
}

static void get_booleanv(GLenum pname, GLboolean *values)
{
	*values = 1;
}

static void get_programiv(GLuint program, GLenum pname, GLint *value)
{
	xg_stub.was_asked_for_varyings |= pname == GL_TRANSFORM_FEEDBACK_VARYINGS;
	*value = pname == GL_INFO_LOG_LENGTH			  ? 5
		 : pname == GL_LINK_STATUS && xg_stub.is_unlinked ? 0
								  : 2;
}

/* Each block has two members. */
static void get_block(GLuint program, GLuint index, GLenum pname, GLint *values)
{
	values[0] = pname == GL_UNIFORM_BLOCK_ACTIVE_UNIFORMS ? 2 : 0;
	if (pname == GL_UNIFORM_BLOCK_ACTIVE_UNIFORM_INDICES)
		values[1] = 1;
}

static void get_interface(GLuint program, GLenum interface, GLenum pname, GLint *value)
{
	*value = 0;
}

/* Each program has variables of one name, an array of three. */
static void get_active(GLuint program, GLuint index, GLsizei room, GLsizei *length, GLint *size,
	GLenum *type, GLchar *name)
{
	if (name && room > 0)
		memset(name, 0, (size_t)room);
	if (name && room > 4)
		memcpy(name, "v[0]", 4);
	xg_stub.last_length = length;
	if (length)
		*length = room > 4 ? 4 : 0;
	*size = 3;
	*type = GL_FLOAT_VEC4;
}

static void get_uniform(GLuint program, GLint location, GLuint *value)
{
	xg_stub.asked_location = location;
}

/* The locations of "v[0]" and so on are 3, 4 and 5. */
static GLint get_uniform_location(GLuint program, const GLchar *name)
{
	const size_t length = strlen(name);

	xg_stub_read(name, length + 1);
	return length == 4 ? name[2] - '0' + 3 : -1;
}

static void shader_source(
	GLuint shader, GLsizei count, const GLchar *const *strings, const GLint *lengths)
{
	for (GLsizei i = 0; i < count; i++)
		xg_stub_read(strings[i], (size_t)lengths[i]);
}

static void program_binary(GLuint program, GLenum format, const void *binary, GLint length)
{
	xg_stub.binary_length = length;
	xg_stub_read(binary, length > 0 ? (size_t)length : 0);
}

static void shader_binary(
	GLsizei count, const GLuint *shaders, GLenum format, const void *binary, GLsizei length)
{
	xg_stub_read(shaders, count > 0 ? (size_t)count * sizeof(*shaders) : 0);
	xg_stub_read(binary, length > 0 ? (size_t)length : 0);
}

static void read_image(GLenum format, GLenum type, GLsizei width, GLsizei height, GLsizei depth,
	const void *pixels)
{
	size_t size;

	if (pixels && xg_size_image(format, type, width, height, depth, &size))
		xg_stub_read(pixels, size);
}

static void tex_image_2d(GLenum target, GLint level, GLint internal_format, GLsizei width,
	GLsizei height, GLint border, GLenum format, GLenum type, const void *pixels)
{
	read_image(format, type, width, height, 1, pixels);
}

static void tex_sub_image_2d(GLenum target, GLint level, GLint x, GLint y, GLsizei width,
	GLsizei height, GLenum format, GLenum type, const void *pixels)
{
	xg_stub.images++;
	if (xg_stub.refuses_image)
		xg_stub.error = GL_INVALID_VALUE;
	xg_stub.refuses_image = false;
	xg_stub.pixels = pixels;
	xg_stub.width = width;
	xg_stub.row_length_then = xg_stub.unpack_row_length;
	if (!xg_stub.unpack_buffer)
		read_image(format, type, width, height, 1, pixels);
}

static void tex_image_3d(GLenum target, GLint level, GLenum internal_format, GLsizei width,
	GLsizei height, GLsizei depth, GLint border, GLenum format, GLenum type, const void *pixels)
{
	read_image(format, type, width, height, depth, pixels);
}

static void tex_sub_image_3d(GLenum target, GLint level, GLint x, GLint y, GLint z, GLsizei width,
	GLsizei height, GLsizei depth, GLenum format, GLenum type, const void *pixels)
{
	read_image(format, type, width, height, depth, pixels);
}

static void compressed_2d(GLenum target, GLint level, GLenum format, GLsizei width, GLsizei height,
	GLint border, GLsizei size, const void *data)
{
	if (data)
		xg_stub_read(data, size > 0 ? (size_t)size : 0);
}

static void compressed_3d(GLenum target, GLint level, GLenum format, GLsizei width, GLsizei height,
	GLsizei depth, GLint border, GLsizei size, const void *data)
{
	if (data)
		xg_stub_read(data, size > 0 ? (size_t)size : 0);
}

static void compressed_sub_2d(GLenum target, GLint level, GLint x, GLint y, GLsizei width,
	GLsizei height, GLenum format, GLsizei size, const void *data)
{
	xg_stub.image_size = size;
	if (data)
		xg_stub_read(data, size > 0 ? (size_t)size : 0);
}

static void compressed_sub_3d(GLenum target, GLint level, GLint x, GLint y, GLint z, GLsizei width,
	GLsizei height, GLsizei depth, GLenum format, GLsizei size, const void *data)
{
	if (data)
		xg_stub_read(data, size > 0 ? (size_t)size : 0);
}

static void read_pixels(
	GLint x, GLint y, GLsizei width, GLsizei height, GLenum format, GLenum type, void *pixels)
{
	size_t size;

	xg_stub.pixels = pixels;
	xg_stub.row_length_then = xg_stub.pack_row_length;
	if (xg_stub.pack_buffer && height > 0) {
		xg_stub.pixel_rows += (uint32_t)height;
		xg_stub.pixel_place = (uint64_t)xg_stub.pack_skip_rows;
	}
	if (!xg_stub.pack_buffer && pixels && xg_size_image(format, type, width, height, 1, &size))
		xg_stub_write(pixels, size);
}

static void *map_buffer(GLenum target, GLintptr offset, GLsizeiptr size, GLbitfield access)
{
	return size > 0 && (size_t)size <= sizeof(mapped) ? mapped : NULL;
}

static void enable_array(GLuint index)
{
	if (index < XG_STUB_ATTRIBS)
		xg_stub.enabled |= 1u << index;
}

static void disable_array(GLuint index)
{
	if (index < XG_STUB_ATTRIBS)
		xg_stub.enabled &= ~(1u << index);
}

static void attrib_pointer(GLuint index, GLint size, GLenum type, GLboolean normalized,
	GLsizei stride, const void *pointer)
{
	if (index < XG_STUB_ATTRIBS)
		xg_stub.pointers[index] = pointer;
}

static void draw_arrays(GLenum mode, GLint first, GLsizei count)
{
	xg_stub.enabled_at_draw = xg_stub.enabled;
	xg_stub.drawn = count;
}

static void draw_elements(GLenum mode, GLsizei count, GLenum type, const void *indices)
{
	xg_stub.enabled_at_draw = xg_stub.enabled;
	xg_stub.drawn = count;
}

static void multi_draw_elements(
	GLenum mode, const GLsizei *counts, GLenum type, const void *const *indices, GLsizei draws)
{
	xg_stub.enabled_at_draw = xg_stub.enabled;
	xg_stub.drawn = 0;
	for (GLsizei i = 0; i < draws; i++)
		xg_stub.drawn += counts[i];
	xg_stub.joined = draws;
}

static void draw_elements_base(
	GLenum mode, GLsizei count, GLenum type, const void *indices, GLint base)
{
	draw_elements(mode, count, type, indices);
	xg_stub.base = base;
}

static void draw_instances_base(
	GLenum mode, GLsizei count, GLenum type, const void *indices, GLsizei instances, GLint base)
{
	draw_elements_base(mode, count, type, indices, base);
}

static void texture_buffer(GLenum target, GLenum format, GLuint buffer)
{
	if (xg_stub.refuses_texture_buffers)
		xg_stub.error = GL_INVALID_OPERATION;
}

static void copy_image(GLuint from, GLenum from_target, GLint from_level, GLint from_x,
	GLint from_y, GLint from_z, GLuint to, GLenum to_target, GLint to_level, GLint to_x,
	GLint to_y, GLint to_z, GLsizei width, GLsizei height, GLsizei depth)
{
	xg_stub.copy = (struct xg_stub_copy){
		from, to, {from_x, from_y, from_z, to_x, to_y, to_z}, {width, height, depth}};
}

static void debug_callback(GLDEBUGPROCKHR callback, const void *user)
{
	xg_stub.debug_callback = callback;
	xg_stub.debug_user = user;
}

void xg_stub_init(struct xg_gl_table *table)
{
	xg_stub = (struct xg_stub){0};
	*table = (struct xg_gl_table){
		.glActiveTexture = active_texture,
		.glBindBuffer = bind_buffer,
		.glBindBufferBase = bind_buffer_base,
		.glBindBufferRange = bind_buffer_range,
		.glBindVertexBuffer = bind_vertex_buffer,
		.glBindFramebuffer = bind_framebuffer,
		.glBindTexture = bind_texture,
		.glClientWaitSync = client_wait_sync,
		.glCompressedTexImage2D = compressed_2d,
		.glCompressedTexImage3DOES = compressed_3d,
		.glCompressedTexSubImage2D = compressed_sub_2d,
		.glCompressedTexSubImage3DOES = compressed_sub_3d,
		.glCopyImageSubDataEXT = copy_image,
		.glCreateProgram = create_program,
		.glCreateShader = create_shader,
		.glCreateShaderProgramvEXT = create_shader_program,
		.glDebugMessageCallbackKHR = debug_callback,
		.glDeleteBuffers = delete_buffers,
		.glDeleteProgram = delete_shader,
		.glDeleteShader = delete_shader,
		.glDeleteSync = delete_sync,
		.glDeleteTextures = delete_textures,
		.glDisableVertexAttribArray = disable_array,
		.glDrawArrays = draw_arrays,
		.glDrawElements = draw_elements,
		.glMultiDrawElementsEXT = multi_draw_elements,
		.glDrawElementsBaseVertexEXT = draw_elements_base,
		.glDrawElementsInstancedBaseVertexEXT = draw_instances_base,
		.glEnableVertexAttribArray = enable_array,
		.glFenceSync = fence_sync,
		.glFramebufferTexture2D = framebuffer_texture,
		.glGenBuffers = gen,
		.glGenFramebuffers = gen,
		.glGenProgramPipelinesEXT = gen,
		.glGenQueriesEXT = gen,
		.glGenRenderbuffers = gen,
		.glGenSamplers = gen,
		.glGenTextures = gen,
		.glGenTransformFeedbacks = gen,
		.glGenVertexArraysOES = gen,
		.glGetActiveAttrib = get_active,
		.glGetActiveUniform = get_active,
		.glGetActiveUniformBlockiv = get_block,
		.glGetBooleanv = get_booleanv,
		.glGetBufferParameteriv = get_buffer_parameter,
		.glGetError = get_error,
		.glGetFloatv = get_floatv,
		.glGetFramebufferAttachmentParameteriv = get_attachment,
		.glGetIntegeri_v = get_integeri_v,
		.glGetIntegerv = get_integerv,
		.glGetProgramInterfaceiv = get_interface,
		.glGetProgramPipelineivEXT = get_pipeline,
		.glGetProgramiv = get_programiv,
		.glGetString = get_string,
		.glGetUniformLocation = get_uniform_location,
		.glGetUniformuiv = get_uniform,
		.glIsProgram = is_shader,
		.glIsShader = is_shader,
		.glIsTransformFeedback = is_feedback,
		.glMapBufferRangeEXT = map_buffer,
		.glPixelStorei = pixel_store,
		.glProgramBinaryOES = program_binary,
		.glTexBufferEXT = texture_buffer,
		.glQueryCounterEXT = query_counter,
		.glReadPixels = read_pixels,
		.glShaderBinary = shader_binary,
		.glShaderSource = shader_source,
		.glTexImage2D = tex_image_2d,
		.glTexImage3DOES = tex_image_3d,
		.glTexSubImage2D = tex_sub_image_2d,
		.glTexSubImage3DOES = tex_sub_image_3d,
		.glTransformFeedbackVaryings = feedback_varyings,
		.glVertexAttribPointer = attrib_pointer,
	};
	xg_stub_fill(table);
}
