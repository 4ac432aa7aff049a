/* SPDX-License-Identifier: MIT */
/* Encodes each command once. Generated from the registry: see protocol/README.md. */
#ifndef XG_ROUNDTRIP_H
#define XG_ROUNDTRIP_H

static void roundtrip_glBindAttribLocation(struct wire *wire)
{
	const uint32_t program = 4660;
	const GLuint index = 4661;
	const size_t name_octets = wire_string_size(wire);
	const void *name = wire_string(wire, name_octets);

	xg_encode_glBindAttribLocation(wire_stream(wire), program, index, name);
	const struct xg_cmd_glBindAttribLocation *c = wire_record(wire, XG_OP_glBindAttribLocation);
	wire_expect(wire, c->program == (uint32_t)program);
	wire_expect(wire, c->index == (uint32_t)index);
	wire_check_input(wire, 0, name, name_octets);
}

static void roundtrip_glBindTexture(struct wire *wire)
{
	const GLenum target = 4660;
	const uint32_t texture = 4661;

	xg_encode_glBindTexture(wire_stream(wire), target, texture);
	const struct xg_cmd_glBindTexture *c = wire_record(wire, XG_OP_glBindTexture);
	wire_expect(wire, c->target == (uint32_t)target);
	wire_expect(wire, c->texture == (uint32_t)texture);
}

static void roundtrip_glBufferData(struct wire *wire)
{
	const GLenum target = 4660;
	const GLsizeiptr size = wire_count(wire);
	const GLenum usage = 4662;
	const size_t data_octets = (size_t)size * 1;
	const void *data = wire_input(wire, data_octets);

	xg_encode_glBufferData(wire_stream(wire), target, size, data, usage);
	const struct xg_cmd_glBufferData *c = wire_record(wire, XG_OP_glBufferData);
	wire_expect(wire, c->target == (uint32_t)target);
	wire_expect(wire, c->size == (int64_t)size);
	wire_expect(wire, c->usage == (uint32_t)usage);
	wire_check_input(wire, 0, data, data_octets);
}

static void roundtrip_glClear(struct wire *wire)
{
	const GLbitfield mask = 4660;

	xg_encode_glClear(wire_stream(wire), mask);
	const struct xg_cmd_glClear *c = wire_record(wire, XG_OP_glClear);
	wire_expect(wire, c->mask == (uint32_t)mask);
}

static void roundtrip_glCreateShader(struct wire *wire)
{
	const GLenum type = 4660;
	const uint32_t name = 4661;

	xg_encode_glCreateShader(wire_stream(wire), type, name);
	const struct xg_cmd_glCreateShader *c = wire_record(wire, XG_OP_glCreateShader);
	wire_expect(wire, c->type == (uint32_t)type);
	wire_expect(wire, c->name == (uint32_t)name);
}

static void roundtrip_glDeleteTextures(struct wire *wire)
{
	const GLsizei n = wire_count(wire);
	const size_t textures_octets = (size_t)n * 4;
	const void *textures = wire_input(wire, textures_octets);

	xg_encode_glDeleteTextures(wire_stream(wire), n, textures);
	const struct xg_cmd_glDeleteTextures *c = wire_record(wire, XG_OP_glDeleteTextures);
	wire_expect(wire, c->n == (int32_t)n);
	wire_check_input(wire, 0, textures, textures_octets);
}

static void roundtrip_glDrawElements(struct wire *wire)
{
	const GLenum mode = 4660;
	const GLsizei count = -76;
	const GLenum type = 4662;
	const uint64_t indices = 78187493533;

	xg_encode_glDrawElements(wire_stream(wire), mode, count, type, indices);
	const struct xg_cmd_glDrawElements *c = wire_record(wire, XG_OP_glDrawElements);
	wire_expect(wire, c->mode == (uint32_t)mode);
	wire_expect(wire, c->count == (int32_t)count);
	wire_expect(wire, c->type == (uint32_t)type);
	wire_expect(wire, c->indices == (uint64_t)indices);
}

static void roundtrip_glFlush(struct wire *wire)
{

	xg_encode_glFlush(wire_stream(wire));
	wire_record(wire, XG_OP_glFlush);
}

static void roundtrip_glGenTextures(struct wire *wire)
{
	const GLsizei n = wire_count(wire);
	const size_t textures_octets = (size_t)n * 4;
	const void *textures = wire_input(wire, textures_octets);

	xg_encode_glGenTextures(wire_stream(wire), n, textures);
	const struct xg_cmd_glGenTextures *c = wire_record(wire, XG_OP_glGenTextures);
	wire_expect(wire, c->n == (int32_t)n);
	wire_check_input(wire, 0, textures, textures_octets);
}

static void roundtrip_glGetShaderInfoLog(struct wire *wire)
{
	const uint32_t shader = 4660;
	const GLsizei bufSize = wire_count(wire);
	const size_t length_octets = 4;
	void *length = wire_output(wire, length_octets);
	const size_t infoLog_octets = (size_t)bufSize * 1;
	void *infoLog = wire_output(wire, infoLog_octets);

	xg_encode_glGetShaderInfoLog(wire_stream(wire), shader, bufSize, length, infoLog);
	const struct xg_cmd_glGetShaderInfoLog *c = wire_record(wire, XG_OP_glGetShaderInfoLog);
	wire_expect(wire, c->shader == (uint32_t)shader);
	wire_expect(wire, c->bufSize == (int32_t)bufSize);
	wire_check_output(wire, 0, length, length_octets);
	wire_check_output(wire, 1, infoLog, infoLog_octets);
}

static void roundtrip_glGetTexParameteriv(struct wire *wire)
{
	const GLenum target = 4660;
	const GLenum pname = GL_TEXTURE_BORDER_COLOR;
	size_t params_octets;
	xg_size_tex_parameter(pname, &params_octets);
	params_octets *= 4;
	void *params = wire_output(wire, params_octets);

	xg_encode_glGetTexParameteriv(wire_stream(wire), target, pname, params);
	const struct xg_cmd_glGetTexParameteriv *c = wire_record(wire, XG_OP_glGetTexParameteriv);
	wire_expect(wire, c->target == (uint32_t)target);
	wire_expect(wire, c->pname == (uint32_t)pname);
	wire_check_output(wire, 0, params, params_octets);
}

static void roundtrip_glIsEnabled(struct wire *wire)
{
	const GLenum cap = 4660;

	wire_expect(wire, xg_encode_glIsEnabled(wire_stream(wire), cap) == (GLboolean)WIRE_RESULT);
	const struct xg_cmd_glIsEnabled *c = wire_record(wire, XG_OP_glIsEnabled);
	wire_expect(wire, c->cap == (uint32_t)cap);
}

static void roundtrip_glTexSubImage2D(struct wire *wire)
{
	const GLenum target = 4660;
	const GLint level = -76;
	const GLint xoffset = -75;
	const GLint yoffset = -74;
	const GLsizei width = 3;
	const GLsizei height = 2;
	const GLenum format = GL_RGBA;
	const GLenum type = GL_UNSIGNED_BYTE;
	size_t pixels_octets;
	xg_size_image(format, type, width, height, 1, &pixels_octets);
	const void *pixels = wire_input(wire, pixels_octets);

	xg_encode_glTexSubImage2D(wire_stream(wire), target, level, xoffset, yoffset, width, height, format, type, pixels);
	const struct xg_cmd_glTexSubImage2D *c = wire_record(wire, XG_OP_glTexSubImage2D);
	wire_expect(wire, c->target == (uint32_t)target);
	wire_expect(wire, c->level == (int32_t)level);
	wire_expect(wire, c->xoffset == (int32_t)xoffset);
	wire_expect(wire, c->yoffset == (int32_t)yoffset);
	wire_expect(wire, c->width == (int32_t)width);
	wire_expect(wire, c->height == (int32_t)height);
	wire_expect(wire, c->format == (uint32_t)format);
	wire_expect(wire, c->type == (uint32_t)type);
	wire_check_input(wire, 0, pixels, pixels_octets);
}

static void roundtrip_glUniform4fv(struct wire *wire)
{
	const GLint location = -77;
	const GLsizei count = wire_count(wire);
	const size_t value_octets = (size_t)count * 16;
	const void *value = wire_input(wire, value_octets);

	xg_encode_glUniform4fv(wire_stream(wire), location, count, value);
	const struct xg_cmd_glUniform4fv *c = wire_record(wire, XG_OP_glUniform4fv);
	wire_expect(wire, c->location == (int32_t)location);
	wire_expect(wire, c->count == (int32_t)count);
	wire_check_input(wire, 0, value, value_octets);
}

static void roundtrip_glObjectLabelKHR(struct wire *wire)
{
	const GLenum identifier = 4660;
	const GLuint name = 4661;
	const GLsizei length = wire_count(wire);
	const size_t label_octets = (size_t)length * 1;
	const void *label = wire_input(wire, label_octets);

	xg_encode_glObjectLabelKHR(wire_stream(wire), identifier, name, length, label);
	const struct xg_cmd_glObjectLabelKHR *c = wire_record(wire, XG_OP_glObjectLabelKHR);
	wire_expect(wire, c->identifier == (uint32_t)identifier);
	wire_expect(wire, c->name == (uint32_t)name);
	wire_expect(wire, c->length == (int32_t)length);
	wire_check_input(wire, 0, label, label_octets);
}

static void roundtrip_xgQuerySurface(struct wire *wire)
{
	const uint32_t surface = 4660;
	const size_t value_octets = 4;
	void *value = wire_output(wire, value_octets);

	wire_expect(wire, xg_encode_xgQuerySurface(wire_stream(wire), surface, value) == (uint32_t)WIRE_RESULT);
	const struct xg_cmd_xgQuerySurface *c = wire_record(wire, XG_OP_xgQuerySurface);
	wire_expect(wire, c->surface == (uint32_t)surface);
	wire_check_output(wire, 0, value, value_octets);
}

static void roundtrip_xgError(struct wire *wire)
{
	const uint32_t error = 4660;

	xg_encode_xgError(wire_stream(wire), error);
	const struct xg_cmd_xgError *c = wire_record(wire, XG_OP_xgError);
	wire_expect(wire, c->error == (uint32_t)error);
}

static const struct {
	const char *name;
	uint16_t opcode;
	void (*run)(struct wire *wire);
} roundtrips[] = {
	{"glBindAttribLocation", XG_OP_glBindAttribLocation, roundtrip_glBindAttribLocation},
	{"glBindTexture", XG_OP_glBindTexture, roundtrip_glBindTexture},
	{"glBufferData", XG_OP_glBufferData, roundtrip_glBufferData},
	{"glClear", XG_OP_glClear, roundtrip_glClear},
	{"glCreateShader", XG_OP_glCreateShader, roundtrip_glCreateShader},
	{"glDeleteTextures", XG_OP_glDeleteTextures, roundtrip_glDeleteTextures},
	{"glDrawElements", XG_OP_glDrawElements, roundtrip_glDrawElements},
	{"glFlush", XG_OP_glFlush, roundtrip_glFlush},
	{"glGenTextures", XG_OP_glGenTextures, roundtrip_glGenTextures},
	{"glGetShaderInfoLog", XG_OP_glGetShaderInfoLog, roundtrip_glGetShaderInfoLog},
	{"glGetTexParameteriv", XG_OP_glGetTexParameteriv, roundtrip_glGetTexParameteriv},
	{"glIsEnabled", XG_OP_glIsEnabled, roundtrip_glIsEnabled},
	{"glTexSubImage2D", XG_OP_glTexSubImage2D, roundtrip_glTexSubImage2D},
	{"glUniform4fv", XG_OP_glUniform4fv, roundtrip_glUniform4fv},
	{"glObjectLabelKHR", XG_OP_glObjectLabelKHR, roundtrip_glObjectLabelKHR},
	{"xgQuerySurface", XG_OP_xgQuerySurface, roundtrip_xgQuerySurface},
	{"xgError", XG_OP_xgError, roundtrip_xgError},
};

#endif
