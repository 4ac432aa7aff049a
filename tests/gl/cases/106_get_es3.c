/* SPDX-License-Identifier: MIT */
/* glGet* of GLES 3.0: limits and defaults, by each getter. */
#include "../case.h"

#define P(name)                                                                                    \
	{                                                                                          \
		GL_##name, #name                                                                   \
	}
static const struct {
	GLenum pname;
	const char *name;
} all[] = {P(COPY_READ_BUFFER_BINDING), P(COPY_WRITE_BUFFER_BINDING), P(DRAW_BUFFER0),
	P(DRAW_BUFFER1), P(DRAW_BUFFER3), P(DRAW_FRAMEBUFFER_BINDING), P(READ_FRAMEBUFFER_BINDING),
	P(FRAGMENT_SHADER_DERIVATIVE_HINT), P(MAX_3D_TEXTURE_SIZE), P(MAX_ARRAY_TEXTURE_LAYERS),
	P(MAX_COLOR_ATTACHMENTS), P(MAX_COMBINED_FRAGMENT_UNIFORM_COMPONENTS),
	P(MAX_COMBINED_UNIFORM_BLOCKS), P(MAX_COMBINED_VERTEX_UNIFORM_COMPONENTS),
	P(MAX_DRAW_BUFFERS), P(MAX_ELEMENT_INDEX), P(MAX_ELEMENTS_INDICES),
	P(MAX_ELEMENTS_VERTICES), P(MAX_FRAGMENT_INPUT_COMPONENTS), P(MAX_FRAGMENT_UNIFORM_BLOCKS),
	P(MAX_FRAGMENT_UNIFORM_COMPONENTS), P(MAX_PROGRAM_TEXEL_OFFSET), P(MAX_SAMPLES),
	P(MAX_SERVER_WAIT_TIMEOUT), P(MAX_TEXTURE_LOD_BIAS),
	P(MAX_TRANSFORM_FEEDBACK_INTERLEAVED_COMPONENTS),
	P(MAX_TRANSFORM_FEEDBACK_SEPARATE_ATTRIBS), P(MAX_TRANSFORM_FEEDBACK_SEPARATE_COMPONENTS),
	P(MAX_UNIFORM_BLOCK_SIZE), P(MAX_UNIFORM_BUFFER_BINDINGS), P(MAX_VARYING_COMPONENTS),
	P(MAX_VERTEX_OUTPUT_COMPONENTS), P(MAX_VERTEX_UNIFORM_BLOCKS),
	P(MAX_VERTEX_UNIFORM_COMPONENTS), P(MIN_PROGRAM_TEXEL_OFFSET), P(PACK_ROW_LENGTH),
	P(PACK_SKIP_PIXELS), P(PACK_SKIP_ROWS), P(PIXEL_PACK_BUFFER_BINDING),
	P(PIXEL_UNPACK_BUFFER_BINDING), P(PRIMITIVE_RESTART_FIXED_INDEX), P(RASTERIZER_DISCARD),
	P(READ_BUFFER), P(SAMPLER_BINDING), P(TEXTURE_BINDING_2D_ARRAY), P(TEXTURE_BINDING_3D),
	P(TRANSFORM_FEEDBACK_ACTIVE), P(TRANSFORM_FEEDBACK_BINDING),
	P(TRANSFORM_FEEDBACK_BUFFER_BINDING), P(TRANSFORM_FEEDBACK_PAUSED),
	P(UNIFORM_BUFFER_BINDING), P(UNIFORM_BUFFER_OFFSET_ALIGNMENT), P(UNPACK_IMAGE_HEIGHT),
	P(UNPACK_SKIP_IMAGES), P(VERTEX_ARRAY_BINDING), P(VIEWPORT), P(TEXTURE_BINDING_2D)};

XG_CASE_ES3(get_es3)
{
	GLint ints[6];
	GLint64 longs[6];
	GLfloat floats[6];
	GLboolean booleans[8];

	for (size_t i = 0; i < COUNT(all); i++) {
		untouched(ints, sizeof(ints));
		glGetIntegerv(all[i].pname, ints);
		say_ints(all[i].name, ints, 6);
		for (int round = 0; round < 2; round++) {
			untouched(longs, sizeof(longs));
			glGetInteger64v(all[i].pname, longs);
			say_bytes("  long", longs, sizeof(longs));
		}
		untouched(floats, sizeof(floats));
		glGetFloatv(all[i].pname, floats);
		say_floats("  float", floats, 6);
		untouched(booleans, sizeof(booleans));
		glGetBooleanv(all[i].pname, booleans);
		say_bytes("  boolean", booleans, sizeof(booleans));
		say_error(all[i].name);
	}
	untouched(longs, sizeof(longs));
	DO(glGetInteger64v(0, longs));
	say_bytes("unknown", longs, sizeof(longs));
	static GLint64 formats[256];
	glGetIntegerv(GL_NUM_COMPRESSED_TEXTURE_FORMATS, ints);
	DO(glGetInteger64v(GL_COMPRESSED_TEXTURE_FORMATS, formats));
	for (int i = 0; i < ints[0]; i++)
		say("format 0x%llx", (long long)formats[i]);
}
