/* SPDX-License-Identifier: MIT */
/* What GLES 3.2 adds to ask for: limits and defaults by each getter, precisions, formats. */
#include "../stages.h"

#define P(name)                                                                                    \
	{                                                                                          \
		GL_##name, #name                                                                   \
	}
static const struct {
	GLenum pname;
	const char *name;
} all[] = {P(MAJOR_VERSION), P(MINOR_VERSION), P(CONTEXT_FLAGS), P(CONTEXT_ROBUST_ACCESS_EXT),
	P(DEBUG_OUTPUT), P(DEBUG_OUTPUT_SYNCHRONOUS), P(DEBUG_LOGGED_MESSAGES),
	P(DEBUG_NEXT_LOGGED_MESSAGE_LENGTH), P(DEBUG_GROUP_STACK_DEPTH),
	P(MAX_DEBUG_MESSAGE_LENGTH), P(MAX_DEBUG_LOGGED_MESSAGES), P(MAX_DEBUG_GROUP_STACK_DEPTH),
	P(MAX_LABEL_LENGTH), P(FRAGMENT_INTERPOLATION_OFFSET_BITS),
	P(MIN_FRAGMENT_INTERPOLATION_OFFSET), P(MAX_FRAGMENT_INTERPOLATION_OFFSET),
	P(LAYER_PROVOKING_VERTEX), P(MAX_COMBINED_GEOMETRY_UNIFORM_COMPONENTS),
	P(MAX_COMBINED_TESS_CONTROL_UNIFORM_COMPONENTS),
	P(MAX_COMBINED_TESS_EVALUATION_UNIFORM_COMPONENTS), P(MAX_FRAMEBUFFER_LAYERS),
	P(MAX_GEOMETRY_ATOMIC_COUNTERS), P(MAX_GEOMETRY_ATOMIC_COUNTER_BUFFERS),
	P(MAX_GEOMETRY_IMAGE_UNIFORMS), P(MAX_GEOMETRY_INPUT_COMPONENTS),
	P(MAX_GEOMETRY_OUTPUT_COMPONENTS), P(MAX_GEOMETRY_OUTPUT_VERTICES),
	P(MAX_GEOMETRY_SHADER_INVOCATIONS), P(MAX_GEOMETRY_SHADER_STORAGE_BLOCKS),
	P(MAX_GEOMETRY_TEXTURE_IMAGE_UNITS), P(MAX_GEOMETRY_TOTAL_OUTPUT_COMPONENTS),
	P(MAX_GEOMETRY_UNIFORM_BLOCKS), P(MAX_GEOMETRY_UNIFORM_COMPONENTS), P(MAX_PATCH_VERTICES),
	P(MAX_TESS_CONTROL_ATOMIC_COUNTERS), P(MAX_TESS_CONTROL_ATOMIC_COUNTER_BUFFERS),
	P(MAX_TESS_CONTROL_IMAGE_UNIFORMS), P(MAX_TESS_CONTROL_INPUT_COMPONENTS),
	P(MAX_TESS_CONTROL_OUTPUT_COMPONENTS), P(MAX_TESS_CONTROL_SHADER_STORAGE_BLOCKS),
	P(MAX_TESS_CONTROL_TEXTURE_IMAGE_UNITS), P(MAX_TESS_CONTROL_TOTAL_OUTPUT_COMPONENTS),
	P(MAX_TESS_CONTROL_UNIFORM_BLOCKS), P(MAX_TESS_CONTROL_UNIFORM_COMPONENTS),
	P(MAX_TESS_EVALUATION_ATOMIC_COUNTERS), P(MAX_TESS_EVALUATION_ATOMIC_COUNTER_BUFFERS),
	P(MAX_TESS_EVALUATION_IMAGE_UNIFORMS), P(MAX_TESS_EVALUATION_INPUT_COMPONENTS),
	P(MAX_TESS_EVALUATION_OUTPUT_COMPONENTS), P(MAX_TESS_EVALUATION_SHADER_STORAGE_BLOCKS),
	P(MAX_TESS_EVALUATION_TEXTURE_IMAGE_UNITS), P(MAX_TESS_EVALUATION_UNIFORM_BLOCKS),
	P(MAX_TESS_EVALUATION_UNIFORM_COMPONENTS), P(MAX_TESS_GEN_LEVEL),
	P(MAX_TESS_PATCH_COMPONENTS), P(MAX_TEXTURE_BUFFER_SIZE), P(MIN_SAMPLE_SHADING_VALUE),
	P(MULTISAMPLE_LINE_WIDTH_GRANULARITY), P(MULTISAMPLE_LINE_WIDTH_RANGE), P(PATCH_VERTICES),
	P(PRIMITIVE_BOUNDING_BOX), P(PRIMITIVE_RESTART_FOR_PATCHES_SUPPORTED),
	P(RESET_NOTIFICATION_STRATEGY), P(SAMPLE_SHADING), P(TEXTURE_BINDING_2D_MULTISAMPLE_ARRAY),
	P(TEXTURE_BINDING_BUFFER), P(TEXTURE_BINDING_CUBE_MAP_ARRAY), P(TEXTURE_BUFFER_BINDING),
	P(TEXTURE_BUFFER_OFFSET_ALIGNMENT), P(MAX_COMBINED_UNIFORM_BLOCKS),
	P(MAX_UNIFORM_BUFFER_BINDINGS), P(MAX_COMBINED_TEXTURE_IMAGE_UNITS),
	P(MAX_COLOR_ATTACHMENTS), P(MAX_DRAW_BUFFERS)};

static void say_all(void)
{
	GLint ints[10];
	GLint64 longs[10];
	GLfloat floats[10];
	GLboolean booleans[12];

	for (size_t i = 0; i < COUNT(all); i++) {
		untouched(ints, sizeof(ints));
		glGetIntegerv(all[i].pname, ints);
		say_ints(all[i].name, ints, 10);
		for (int round = 0; round < 2; round++) {
			untouched(longs, sizeof(longs));
			glGetInteger64v(all[i].pname, longs);
			say_bytes("  long", longs, sizeof(longs));
		}
		untouched(floats, sizeof(floats));
		glGetFloatv(all[i].pname, floats);
		say_floats("  float", floats, 10);
		untouched(booleans, sizeof(booleans));
		glGetBooleanv(all[i].pname, booleans);
		say_bytes("  boolean", booleans, sizeof(booleans));
		say_error(all[i].name);
	}
}

static void say_formats(void)
{
	static const GLenum targets[] = {
		GL_RENDERBUFFER, GL_TEXTURE_2D_MULTISAMPLE, GL_TEXTURE_2D_MULTISAMPLE_ARRAY};
	static const GLenum formats[] = {GL_RGBA8, GL_RGBA32F, GL_R16F, GL_R11F_G11F_B10F,
		GL_RGBA8_SNORM, GL_RGB9_E5, GL_RGBA32UI, GL_STENCIL_INDEX8, GL_DEPTH24_STENCIL8,
		GL_COMPRESSED_RGBA_ASTC_4x4, GL_RGB32F};
	GLint values[8];

	for (size_t t = 0; t < COUNT(targets); t++) {
		for (size_t i = 0; i < COUNT(formats); i++) {
			untouched(values, sizeof(values));
			DO(glGetInternalformativ(
				targets[t], formats[i], GL_NUM_SAMPLE_COUNTS, 1, values));
			DO(glGetInternalformativ(
				targets[t], formats[i], GL_SAMPLES, 6, values + 1));
			say_ints("samples", values, 8);
		}
	}
}

static void say_precisions(void)
{
	static const GLenum shaders[] = {GL_VERTEX_SHADER, GL_FRAGMENT_SHADER, GL_GEOMETRY_SHADER,
		GL_TESS_CONTROL_SHADER, GL_TESS_EVALUATION_SHADER, GL_COMPUTE_SHADER};
	GLint range[2], precision;

	for (size_t i = 0; i < COUNT(shaders); i++) {
		for (GLenum type = GL_LOW_FLOAT; type <= GL_HIGH_INT; type++) {
			untouched(range, sizeof(range));
			untouched(&precision, sizeof(precision));
			DO(glGetShaderPrecisionFormat(shaders[i], type, range, &precision));
			say_ints("range", range, 2);
			say_ints("precision", &precision, 1);
		}
	}
}

/* Colours that draws can be made in without an extension. */
static void say_targets(void)
{
	static const GLenum formats[] = {GL_RGBA32F, GL_RGBA16F, GL_RG32F, GL_RG16F, GL_R32F,
		GL_R16F, GL_R11F_G11F_B10F, GL_STENCIL_INDEX8};
	GLuint framebuffer, buffer;

	glGenFramebuffers(1, &framebuffer);
	glGenRenderbuffers(1, &buffer);
	glBindFramebuffer(GL_FRAMEBUFFER, framebuffer);
	glBindRenderbuffer(GL_RENDERBUFFER, buffer);
	for (size_t i = 0; i < COUNT(formats); i++) {
		DO(glRenderbufferStorage(GL_RENDERBUFFER, formats[i], 4, 4));
		glFramebufferRenderbuffer(GL_FRAMEBUFFER,
			formats[i] == GL_STENCIL_INDEX8 ? GL_STENCIL_ATTACHMENT
							: GL_COLOR_ATTACHMENT0,
			GL_RENDERBUFFER, buffer);
		say("0x%04x: %s", formats[i], enum_name(glCheckFramebufferStatus(GL_FRAMEBUFFER)));
	}
	glDeleteFramebuffers(1, &framebuffer);
	glDeleteRenderbuffers(1, &buffer);
}

XG_CASE_ES32(get_es32)
{
	say("%s", (const char *)glGetString(GL_VERSION));
	say("%s", (const char *)glGetString(GL_SHADING_LANGUAGE_VERSION));
	say_all();
	say_formats();
	say_precisions();
	say_targets();
}
