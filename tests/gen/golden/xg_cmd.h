/* SPDX-License-Identifier: MIT */
/* The fixed part of each command. Generated from the registry: see protocol/README.md. */
#ifndef XG_CMD_H
#define XG_CMD_H

#include <stdint.h>

#include "xenglass/wire.h"

struct xg_cmd_glBindAttribLocation {
	struct xg_record record;
	uint32_t program;
	uint32_t index;
	struct xg_data name;
};
_Static_assert(sizeof(struct xg_cmd_glBindAttribLocation) == 24, "glBindAttribLocation: size on the wire");

struct xg_cmd_glBindTexture {
	struct xg_record record;
	uint32_t target;
	uint32_t texture;
};
_Static_assert(sizeof(struct xg_cmd_glBindTexture) == 16, "glBindTexture: size on the wire");

struct xg_cmd_glBufferData {
	struct xg_record record;
	uint32_t target;
	uint32_t zero_12;
	int64_t size;
	struct xg_data data;
	uint32_t usage;
	uint32_t zero_36;
};
_Static_assert(sizeof(struct xg_cmd_glBufferData) == 40, "glBufferData: size on the wire");

struct xg_cmd_glClear {
	struct xg_record record;
	uint32_t mask;
	uint32_t zero_12;
};
_Static_assert(sizeof(struct xg_cmd_glClear) == 16, "glClear: size on the wire");

struct xg_cmd_glCreateShader {
	struct xg_record record;
	uint32_t type;
	uint32_t name;
};
_Static_assert(sizeof(struct xg_cmd_glCreateShader) == 16, "glCreateShader: size on the wire");

struct xg_cmd_glDeleteTextures {
	struct xg_record record;
	int32_t n;
	struct xg_data textures;
	uint32_t zero_20;
};
_Static_assert(sizeof(struct xg_cmd_glDeleteTextures) == 24, "glDeleteTextures: size on the wire");

struct xg_cmd_glDrawElements {
	struct xg_record record;
	uint32_t mode;
	int32_t count;
	uint32_t type;
	uint32_t zero_20;
	uint64_t indices;
};
_Static_assert(sizeof(struct xg_cmd_glDrawElements) == 32, "glDrawElements: size on the wire");

struct xg_cmd_glFlush {
	struct xg_record record;
};
_Static_assert(sizeof(struct xg_cmd_glFlush) == 8, "glFlush: size on the wire");

struct xg_cmd_glGenTextures {
	struct xg_record record;
	int32_t n;
	struct xg_data textures;
	uint32_t zero_20;
};
_Static_assert(sizeof(struct xg_cmd_glGenTextures) == 24, "glGenTextures: size on the wire");

struct xg_cmd_glGetShaderInfoLog {
	struct xg_record record;
	uint32_t shader;
	int32_t bufSize;
	struct xg_data length;
	struct xg_data infoLog;
};
_Static_assert(sizeof(struct xg_cmd_glGetShaderInfoLog) == 32, "glGetShaderInfoLog: size on the wire");

struct xg_cmd_glGetTexParameteriv {
	struct xg_record record;
	uint32_t target;
	uint32_t pname;
	struct xg_data params;
};
_Static_assert(sizeof(struct xg_cmd_glGetTexParameteriv) == 24, "glGetTexParameteriv: size on the wire");

struct xg_cmd_glIsEnabled {
	struct xg_record record;
	uint32_t cap;
	uint32_t zero_12;
};
_Static_assert(sizeof(struct xg_cmd_glIsEnabled) == 16, "glIsEnabled: size on the wire");

struct xg_cmd_glTexSubImage2D {
	struct xg_record record;
	uint32_t target;
	int32_t level;
	int32_t xoffset;
	int32_t yoffset;
	int32_t width;
	int32_t height;
	uint32_t format;
	uint32_t type;
	struct xg_data pixels;
};
_Static_assert(sizeof(struct xg_cmd_glTexSubImage2D) == 48, "glTexSubImage2D: size on the wire");

struct xg_cmd_glUniform4fv {
	struct xg_record record;
	int32_t location;
	int32_t count;
	struct xg_data value;
};
_Static_assert(sizeof(struct xg_cmd_glUniform4fv) == 24, "glUniform4fv: size on the wire");

struct xg_cmd_glObjectLabelKHR {
	struct xg_record record;
	uint32_t identifier;
	uint32_t name;
	int32_t length;
	struct xg_data label;
	uint32_t zero_28;
};
_Static_assert(sizeof(struct xg_cmd_glObjectLabelKHR) == 32, "glObjectLabelKHR: size on the wire");

struct xg_cmd_xgQuerySurface {
	struct xg_record record;
	uint32_t surface;
	struct xg_data value;
	uint32_t zero_20;
};
_Static_assert(sizeof(struct xg_cmd_xgQuerySurface) == 24, "xgQuerySurface: size on the wire");

struct xg_cmd_xgError {
	struct xg_record record;
	uint32_t error;
	uint32_t zero_12;
};
_Static_assert(sizeof(struct xg_cmd_xgError) == 16, "xgError: size on the wire");

#endif
