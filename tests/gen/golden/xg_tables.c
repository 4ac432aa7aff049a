/* SPDX-License-Identifier: MIT */
/* What is known about each command. Generated from the registry: see protocol/README.md. */
#include "xg_tables.h"

#include "size.h"
#include "xg_cmd.h"

static const struct xg_payload_info payloads_glBindAttribLocation[] = {
	{"name", 16, XG_RULE_STRING, 0, 0, 0, 1, NULL},
};

static const struct xg_payload_info payloads_glBufferData[] = {
	{"data", 24, XG_RULE_COUNTED, XG_PAYLOAD_NULLABLE, 16, 8, 1, NULL},
};

static const struct xg_payload_info payloads_glDeleteTextures[] = {
	{"textures", 12, XG_RULE_COUNTED, 0, 8, 4, 4, NULL},
};

static const struct xg_payload_info payloads_glGenTextures[] = {
	{"textures", 12, XG_RULE_COUNTED, 0, 8, 4, 4, NULL},
};

static const struct xg_payload_info payloads_glGetShaderInfoLog[] = {
	{"length", 16, XG_RULE_FIXED, XG_PAYLOAD_OUTPUT|XG_PAYLOAD_NULLABLE, 0, 0, 4, NULL},
	{"infoLog", 24, XG_RULE_COUNTED, XG_PAYLOAD_OUTPUT, 12, 4, 1, NULL},
};

static bool size_glGetTexParameteriv_params(const void *command, size_t *size)
{
	const struct xg_cmd_glGetTexParameteriv *c = command;

	return xg_size_tex_parameter(c->pname, size);
}

static const struct xg_payload_info payloads_glGetTexParameteriv[] = {
	{"params", 16, XG_RULE_SIZED, XG_PAYLOAD_OUTPUT, 0, 0, 4, size_glGetTexParameteriv_params},
};

static bool size_glTexSubImage2D_pixels(const void *command, size_t *size)
{
	const struct xg_cmd_glTexSubImage2D *c = command;

	return xg_size_image(c->format, c->type, c->width, c->height, 1, size);
}

static const struct xg_payload_info payloads_glTexSubImage2D[] = {
	{"pixels", 40, XG_RULE_SIZED, XG_PAYLOAD_NULLABLE, 0, 0, 1, size_glTexSubImage2D_pixels},
};

static const struct xg_payload_info payloads_glUniform4fv[] = {
	{"value", 16, XG_RULE_COUNTED, 0, 12, 4, 16, NULL},
};

static const struct xg_payload_info payloads_glObjectLabelKHR[] = {
	{"label", 20, XG_RULE_TEXT, XG_PAYLOAD_NULLABLE, 16, 4, 1, NULL},
};

static const struct xg_payload_info payloads_xgQuerySurface[] = {
	{"value", 12, XG_RULE_FIXED, XG_PAYLOAD_OUTPUT, 0, 0, 4, NULL},
};

const struct xg_call_info xg_calls[XG_OPCODE_LAST + 1] = {
	[XG_OP_glBindAttribLocation] = {"glBindAttribLocation", 24, XG_CALL_GL, 1, 0x0, payloads_glBindAttribLocation},
	[XG_OP_glBindTexture] = {"glBindTexture", 16, XG_CALL_GL, 0, 0x0, NULL},
	[XG_OP_glBufferData] = {"glBufferData", 40, XG_CALL_GL, 1, 0x208, payloads_glBufferData},
	[XG_OP_glClear] = {"glClear", 16, XG_CALL_GL, 0, 0x8, NULL},
	[XG_OP_glCreateShader] = {"glCreateShader", 16, XG_CALL_GL, 0, 0x0, NULL},
	[XG_OP_glDeleteTextures] = {"glDeleteTextures", 24, XG_CALL_GL, 1, 0x20, payloads_glDeleteTextures},
	[XG_OP_glDrawElements] = {"glDrawElements", 32, XG_CALL_GL, 0, 0x20, NULL},
	[XG_OP_glFlush] = {"glFlush", 8, XG_CALL_GL, 0, 0x0, NULL},
	[XG_OP_glGenTextures] = {"glGenTextures", 24, XG_CALL_GL, 1, 0x20, payloads_glGenTextures},
	[XG_OP_glGetShaderInfoLog] = {"glGetShaderInfoLog", 32, XG_CALL_REPLY|XG_CALL_GL|XG_CALL_SUCCESS, 2, 0x0, payloads_glGetShaderInfoLog},
	[XG_OP_glGetTexParameteriv] = {"glGetTexParameteriv", 24, XG_CALL_REPLY|XG_CALL_GL|XG_CALL_SUCCESS, 1, 0x0, payloads_glGetTexParameteriv},
	[XG_OP_glIsEnabled] = {"glIsEnabled", 16, XG_CALL_REPLY|XG_CALL_GL, 0, 0x8, NULL},
	[XG_OP_glTexSubImage2D] = {"glTexSubImage2D", 48, XG_CALL_GL, 1, 0x0, payloads_glTexSubImage2D},
	[XG_OP_glUniform4fv] = {"glUniform4fv", 24, XG_CALL_GL, 1, 0x0, payloads_glUniform4fv},
	[XG_OP_glObjectLabelKHR] = {"glObjectLabelKHR", 32, XG_CALL_GL, 1, 0x80, payloads_glObjectLabelKHR},
	[XG_OP_xgQuerySurface] = {"xgQuerySurface", 24, XG_CALL_REPLY, 1, 0x20, payloads_xgQuerySurface},
	[XG_OP_xgError] = {"xgError", 16, XG_CALL_GL, 0, 0x8, NULL},
};

const uint64_t xg_ledger_hash[XG_OPCODE_LAST + 1] = {
	0xcbf29ce484222325ull,
	0x28047ea8a61f9a19ull,
	0x9ca6f455477260eaull,
	0xc3b8d20218e253b7ull,
	0x85ea6cb9a267ec94ull,
	0x7e0a1ab725c88ce5ull,
	0xc3aa20d61dedca90ull,
	0xa59f67ffba3b5eddull,
	0xb9471ac42089d93eull,
	0x4a9343fa30e9ec89ull,
	0x305cb6586e1b4d44ull,
	0x70af15af8ff38b73ull,
	0x0a493598fb5a947cull,
	0xcebc5afde730f4dbull,
	0x530f13c360f05bf3ull,
	0x3b447211df55fa19ull,
	0xefc3000d4c385050ull,
	0x95d4966138a3a54cull,
};

const bool xg_class_is_shared[XG_CLASS_COUNT] = {
	[XG_CLASS_PROGRAM] = true,
	[XG_CLASS_SHADER] = true,
	[XG_CLASS_TEXTURE] = true,
};
