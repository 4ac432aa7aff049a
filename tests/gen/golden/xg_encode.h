/* SPDX-License-Identifier: MIT */
/* Writes each command into a stream. Generated from the registry: see protocol/README.md. */
#ifndef XG_ENCODE_H
#define XG_ENCODE_H

#include <GLES3/gl32.h>
#include <GLES2/gl2ext.h>
#include <stdbool.h>
#include <stdint.h>
#include <string.h>

#include "size.h"
#include "stream.h"
#include "xg_cmd.h"
#include "xg_opcodes.h"

/*
 * xg_encode_NAME(stream, arguments…): the guest's thread of that stream only. Inputs are copied
 * before it returns. A synchronous one blocks for the host's reply; if the stream is lost, or the
 * driver raised an error, the outputs keep what they held and the result is 0.
 */
static inline size_t xg_encode_count(int64_t count, size_t factor)
{
	return count > 0 ? (size_t)count * factor : 0;
}

static inline void xg_encode_xgError(struct xg_stream *stream, uint32_t error)
{
	const uint32_t octets = (uint32_t)sizeof(struct xg_cmd_xgError);
	struct xg_cmd_xgError *command = xg_stream_begin(stream, octets);
	command->record = (struct xg_record){XG_OP_xgError, 0, octets};
	command->error = (uint32_t)error;
	command->zero_12 = 0;
	xg_stream_end(stream, octets);
}

static inline void xg_encode_glBindAttribLocation(struct xg_stream *stream, GLuint program, GLuint index, const GLchar *name)
{
	xg_stream_order(stream);
	uint32_t inline_octets = 0;
	const size_t name_octets = strlen(name) + 1;
	if (name_octets > XG_INLINE_MAX && !xg_stream_can_put(stream, name_octets)) {
		xg_encode_xgError(stream, GL_OUT_OF_MEMORY);
		return;
	}
	const struct xg_data name_data = xg_stream_put(stream, name, name_octets, &inline_octets);
	const uint32_t octets = (uint32_t)sizeof(struct xg_cmd_glBindAttribLocation) + inline_octets;
	struct xg_cmd_glBindAttribLocation *command = xg_stream_begin(stream, octets);
	command->record = (struct xg_record){XG_OP_glBindAttribLocation, 0, octets};
	command->program = (uint32_t)program;
	command->index = (uint32_t)index;
	command->name = name_data;
	uint8_t *at = (uint8_t *)(command + 1);
	xg_stream_copy(at, name_data, name);
	xg_stream_end(stream, octets);
}

static inline void xg_encode_glBindTexture(struct xg_stream *stream, GLenum target, GLuint texture)
{
	xg_stream_order(stream);
	const uint32_t octets = (uint32_t)sizeof(struct xg_cmd_glBindTexture);
	struct xg_cmd_glBindTexture *command = xg_stream_begin(stream, octets);
	command->record = (struct xg_record){XG_OP_glBindTexture, 0, octets};
	command->target = (uint32_t)target;
	command->texture = (uint32_t)texture;
	xg_stream_end(stream, octets);
}

static inline void xg_encode_glBufferData(struct xg_stream *stream, GLenum target, GLsizeiptr size, const void *data, GLenum usage)
{
	uint32_t inline_octets = 0;
	const size_t data_octets = xg_encode_count(size, 1);
	if (data_octets > XG_INLINE_MAX && !xg_stream_can_put(stream, data_octets)) {
		xg_encode_xgError(stream, GL_OUT_OF_MEMORY);
		return;
	}
	const struct xg_data data_data = xg_stream_put(stream, data, data_octets, &inline_octets);
	const uint32_t octets = (uint32_t)sizeof(struct xg_cmd_glBufferData) + inline_octets;
	struct xg_cmd_glBufferData *command = xg_stream_begin(stream, octets);
	command->record = (struct xg_record){XG_OP_glBufferData, 0, octets};
	command->target = (uint32_t)target;
	command->size = (int64_t)size;
	command->data = data_data;
	command->usage = (uint32_t)usage;
	command->zero_12 = 0;
	command->zero_36 = 0;
	uint8_t *at = (uint8_t *)(command + 1);
	xg_stream_copy(at, data_data, data);
	xg_stream_end(stream, octets);
}

static inline void xg_encode_glClear(struct xg_stream *stream, GLbitfield mask)
{
	const uint32_t octets = (uint32_t)sizeof(struct xg_cmd_glClear);
	struct xg_cmd_glClear *command = xg_stream_begin(stream, octets);
	command->record = (struct xg_record){XG_OP_glClear, 0, octets};
	command->mask = (uint32_t)mask;
	command->zero_12 = 0;
	xg_stream_end(stream, octets);
}

static inline void xg_encode_glCreateShader(struct xg_stream *stream, GLenum type, GLuint name)
{
	xg_stream_order(stream);
	const uint32_t octets = (uint32_t)sizeof(struct xg_cmd_glCreateShader);
	struct xg_cmd_glCreateShader *command = xg_stream_begin(stream, octets);
	command->record = (struct xg_record){XG_OP_glCreateShader, 0, octets};
	command->type = (uint32_t)type;
	command->name = (uint32_t)name;
	xg_stream_end(stream, octets);
}

static inline void xg_encode_glDeleteTextures(struct xg_stream *stream, GLsizei n, const GLuint *textures)
{
	xg_stream_order(stream);
	uint32_t inline_octets = 0;
	const size_t textures_octets = xg_encode_count(n, 4);
	if (textures_octets > XG_INLINE_MAX && !xg_stream_can_put(stream, textures_octets)) {
		xg_encode_xgError(stream, GL_OUT_OF_MEMORY);
		return;
	}
	const struct xg_data textures_data = xg_stream_put(stream, textures, textures_octets, &inline_octets);
	const uint32_t octets = (uint32_t)sizeof(struct xg_cmd_glDeleteTextures) + inline_octets;
	struct xg_cmd_glDeleteTextures *command = xg_stream_begin(stream, octets);
	command->record = (struct xg_record){XG_OP_glDeleteTextures, 0, octets};
	command->n = (int32_t)n;
	command->textures = textures_data;
	command->zero_20 = 0;
	uint8_t *at = (uint8_t *)(command + 1);
	xg_stream_copy(at, textures_data, textures);
	xg_stream_end(stream, octets);
}

static inline void xg_encode_glDrawElements(struct xg_stream *stream, GLenum mode, GLsizei count, GLenum type, uint64_t indices)
{
	const uint32_t octets = (uint32_t)sizeof(struct xg_cmd_glDrawElements);
	struct xg_cmd_glDrawElements *command = xg_stream_begin(stream, octets);
	command->record = (struct xg_record){XG_OP_glDrawElements, 0, octets};
	command->mode = (uint32_t)mode;
	command->count = (int32_t)count;
	command->type = (uint32_t)type;
	command->indices = (uint64_t)indices;
	command->zero_20 = 0;
	xg_stream_end(stream, octets);
}

static inline void xg_encode_glFlush(struct xg_stream *stream)
{
	const uint32_t octets = (uint32_t)sizeof(struct xg_cmd_glFlush);
	struct xg_cmd_glFlush *command = xg_stream_begin(stream, octets);
	command->record = (struct xg_record){XG_OP_glFlush, 0, octets};
	xg_stream_end(stream, octets);
	xg_stream_flush(stream);
}

static inline void xg_encode_glGenTextures(struct xg_stream *stream, GLsizei n, const GLuint *textures)
{
	xg_stream_order(stream);
	uint32_t inline_octets = 0;
	const size_t textures_octets = xg_encode_count(n, 4);
	if (textures_octets > XG_INLINE_MAX && !xg_stream_can_put(stream, textures_octets)) {
		xg_encode_xgError(stream, GL_OUT_OF_MEMORY);
		return;
	}
	const struct xg_data textures_data = xg_stream_put(stream, textures, textures_octets, &inline_octets);
	const uint32_t octets = (uint32_t)sizeof(struct xg_cmd_glGenTextures) + inline_octets;
	struct xg_cmd_glGenTextures *command = xg_stream_begin(stream, octets);
	command->record = (struct xg_record){XG_OP_glGenTextures, 0, octets};
	command->n = (int32_t)n;
	command->textures = textures_data;
	command->zero_20 = 0;
	uint8_t *at = (uint8_t *)(command + 1);
	xg_stream_copy(at, textures_data, textures);
	xg_stream_end(stream, octets);
}

static inline void xg_encode_glGetShaderInfoLog(struct xg_stream *stream, GLuint shader, GLsizei bufSize, GLsizei *length, GLchar *infoLog)
{
	xg_stream_order(stream);
	uint32_t reply_octets = 0;
	GLsizei length_used = 0;
	const size_t length_octets = sizeof(length_used);
	const struct xg_data length_data = xg_stream_want(stream, length_octets, &reply_octets);
	const size_t infoLog_octets = xg_encode_count(bufSize, 1);
	const struct xg_data infoLog_data = infoLog ? xg_stream_want(stream, infoLog_octets, &reply_octets) : (struct xg_data){0, XG_PLACE_NULL};
	const uint32_t octets = (uint32_t)sizeof(struct xg_cmd_glGetShaderInfoLog);
	struct xg_cmd_glGetShaderInfoLog *command = xg_stream_begin(stream, octets);
	command->record = (struct xg_record){XG_OP_glGetShaderInfoLog, XG_RECORD_REPLY, octets};
	command->shader = (uint32_t)shader;
	command->bufSize = (int32_t)bufSize;
	command->length = length_data;
	command->infoLog = infoLog_data;
	xg_stream_end(stream, octets);
	uint64_t result = 0;
	if (!xg_stream_call(stream, &result))
		return;
	if (!result)
		return;
	xg_stream_take(stream, length_data, &length_used, sizeof(length_used));
	if (length)
		*length = length_used;
	const size_t infoLog_filled = xg_encode_count((int64_t)length_used + 1, 1);
	xg_stream_take(stream, infoLog_data, infoLog, infoLog_filled < infoLog_octets ? infoLog_filled : infoLog_octets);
}

static inline void xg_encode_glGetTexParameteriv(struct xg_stream *stream, GLenum target, GLenum pname, GLint *params)
{
	uint32_t reply_octets = 0;
	size_t params_octets = 0;
	xg_size_tex_parameter(pname, &params_octets);
	params_octets *= 4;
	const struct xg_data params_data = params ? xg_stream_want(stream, params_octets, &reply_octets) : (struct xg_data){0, XG_PLACE_NULL};
	const uint32_t octets = (uint32_t)sizeof(struct xg_cmd_glGetTexParameteriv);
	struct xg_cmd_glGetTexParameteriv *command = xg_stream_begin(stream, octets);
	command->record = (struct xg_record){XG_OP_glGetTexParameteriv, XG_RECORD_REPLY, octets};
	command->target = (uint32_t)target;
	command->pname = (uint32_t)pname;
	command->params = params_data;
	xg_stream_end(stream, octets);
	uint64_t result = 0;
	if (!xg_stream_call(stream, &result))
		return;
	if (!result)
		return;
	xg_stream_take(stream, params_data, params, params_octets);
}

static inline GLboolean xg_encode_glIsEnabled(struct xg_stream *stream, GLenum cap)
{
	const uint32_t octets = (uint32_t)sizeof(struct xg_cmd_glIsEnabled);
	struct xg_cmd_glIsEnabled *command = xg_stream_begin(stream, octets);
	command->record = (struct xg_record){XG_OP_glIsEnabled, XG_RECORD_REPLY, octets};
	command->cap = (uint32_t)cap;
	command->zero_12 = 0;
	xg_stream_end(stream, octets);
	uint64_t result = 0;
	if (!xg_stream_call(stream, &result))
		return 0;
	return (GLboolean)result;
}

static inline void xg_encode_glTexSubImage2D(struct xg_stream *stream, GLenum target, GLint level, GLint xoffset, GLint yoffset, GLsizei width, GLsizei height, GLenum format, GLenum type, const void *pixels)
{
	uint32_t inline_octets = 0;
	size_t pixels_octets = 0;
	xg_size_image(format, type, width, height, 1, &pixels_octets);
	if (pixels_octets > XG_INLINE_MAX && !xg_stream_can_put(stream, pixels_octets)) {
		xg_encode_xgError(stream, GL_OUT_OF_MEMORY);
		return;
	}
	const struct xg_data pixels_data = xg_stream_put(stream, pixels, pixels_octets, &inline_octets);
	const uint32_t octets = (uint32_t)sizeof(struct xg_cmd_glTexSubImage2D) + inline_octets;
	struct xg_cmd_glTexSubImage2D *command = xg_stream_begin(stream, octets);
	command->record = (struct xg_record){XG_OP_glTexSubImage2D, 0, octets};
	command->target = (uint32_t)target;
	command->level = (int32_t)level;
	command->xoffset = (int32_t)xoffset;
	command->yoffset = (int32_t)yoffset;
	command->width = (int32_t)width;
	command->height = (int32_t)height;
	command->format = (uint32_t)format;
	command->type = (uint32_t)type;
	command->pixels = pixels_data;
	uint8_t *at = (uint8_t *)(command + 1);
	xg_stream_copy(at, pixels_data, pixels);
	xg_stream_end(stream, octets);
}

static inline void xg_encode_glUniform4fv(struct xg_stream *stream, GLint location, GLsizei count, const GLfloat *value)
{
	uint32_t inline_octets = 0;
	const size_t value_octets = xg_encode_count(count, 16);
	if (value_octets > XG_INLINE_MAX && !xg_stream_can_put(stream, value_octets)) {
		xg_encode_xgError(stream, GL_OUT_OF_MEMORY);
		return;
	}
	const struct xg_data value_data = xg_stream_put(stream, value, value_octets, &inline_octets);
	const uint32_t octets = (uint32_t)sizeof(struct xg_cmd_glUniform4fv) + inline_octets;
	struct xg_cmd_glUniform4fv *command = xg_stream_begin(stream, octets);
	command->record = (struct xg_record){XG_OP_glUniform4fv, 0, octets};
	command->location = (int32_t)location;
	command->count = (int32_t)count;
	command->value = value_data;
	uint8_t *at = (uint8_t *)(command + 1);
	xg_stream_copy(at, value_data, value);
	xg_stream_end(stream, octets);
}

static inline void xg_encode_glObjectLabelKHR(struct xg_stream *stream, GLenum identifier, GLuint name, GLsizei length, const GLchar *label)
{
	uint32_t inline_octets = 0;
	if (length < 0 || !label)
		length = label ? (GLsizei)strlen(label) : 0;
	const size_t label_octets = (size_t)length;
	if (label_octets > XG_INLINE_MAX && !xg_stream_can_put(stream, label_octets)) {
		xg_encode_xgError(stream, GL_OUT_OF_MEMORY);
		return;
	}
	const struct xg_data label_data = xg_stream_put(stream, label, label_octets, &inline_octets);
	const uint32_t octets = (uint32_t)sizeof(struct xg_cmd_glObjectLabelKHR) + inline_octets;
	struct xg_cmd_glObjectLabelKHR *command = xg_stream_begin(stream, octets);
	command->record = (struct xg_record){XG_OP_glObjectLabelKHR, 0, octets};
	command->identifier = (uint32_t)identifier;
	command->name = (uint32_t)name;
	command->length = (int32_t)length;
	command->label = label_data;
	command->zero_28 = 0;
	uint8_t *at = (uint8_t *)(command + 1);
	xg_stream_copy(at, label_data, label);
	xg_stream_end(stream, octets);
}

static inline uint32_t xg_encode_xgQuerySurface(struct xg_stream *stream, uint32_t surface, int32_t *value)
{
	xg_stream_order(stream);
	uint32_t reply_octets = 0;
	const size_t value_octets = 4;
	const struct xg_data value_data = value ? xg_stream_want(stream, value_octets, &reply_octets) : (struct xg_data){0, XG_PLACE_NULL};
	const uint32_t octets = (uint32_t)sizeof(struct xg_cmd_xgQuerySurface);
	struct xg_cmd_xgQuerySurface *command = xg_stream_begin(stream, octets);
	command->record = (struct xg_record){XG_OP_xgQuerySurface, XG_RECORD_REPLY, octets};
	command->surface = (uint32_t)surface;
	command->value = value_data;
	command->zero_20 = 0;
	xg_stream_end(stream, octets);
	uint64_t result = 0;
	if (!xg_stream_call(stream, &result))
		return 0;
	xg_stream_take(stream, value_data, value, value_octets);
	return (uint32_t)result;
}

#endif
