/* SPDX-License-Identifier: MIT */
/* glGet* of GLES 3.1: limits and defaults by each getter, and those with an index. */
#include "../case.h"

#define P(name)                                                                                    \
	{                                                                                          \
		GL_##name, #name                                                                   \
	}
static const struct {
	GLenum pname;
	const char *name;
} all[] = {P(ATOMIC_COUNTER_BUFFER_BINDING), P(DISPATCH_INDIRECT_BUFFER_BINDING),
	P(DRAW_INDIRECT_BUFFER_BINDING), P(MAX_ATOMIC_COUNTER_BUFFER_BINDINGS),
	P(MAX_ATOMIC_COUNTER_BUFFER_SIZE), P(MAX_COLOR_TEXTURE_SAMPLES),
	P(MAX_COMBINED_ATOMIC_COUNTERS), P(MAX_COMBINED_ATOMIC_COUNTER_BUFFERS),
	P(MAX_COMBINED_COMPUTE_UNIFORM_COMPONENTS), P(MAX_COMBINED_IMAGE_UNIFORMS),
	P(MAX_COMBINED_SHADER_OUTPUT_RESOURCES), P(MAX_COMBINED_SHADER_STORAGE_BLOCKS),
	P(MAX_COMPUTE_ATOMIC_COUNTERS), P(MAX_COMPUTE_ATOMIC_COUNTER_BUFFERS),
	P(MAX_COMPUTE_IMAGE_UNIFORMS), P(MAX_COMPUTE_SHADER_STORAGE_BLOCKS),
	P(MAX_COMPUTE_SHARED_MEMORY_SIZE), P(MAX_COMPUTE_TEXTURE_IMAGE_UNITS),
	P(MAX_COMPUTE_UNIFORM_BLOCKS), P(MAX_COMPUTE_UNIFORM_COMPONENTS),
	P(MAX_COMPUTE_WORK_GROUP_COUNT), P(MAX_COMPUTE_WORK_GROUP_INVOCATIONS),
	P(MAX_COMPUTE_WORK_GROUP_SIZE), P(MAX_DEPTH_TEXTURE_SAMPLES),
	P(MAX_FRAGMENT_ATOMIC_COUNTERS), P(MAX_FRAGMENT_ATOMIC_COUNTER_BUFFERS),
	P(MAX_FRAGMENT_IMAGE_UNIFORMS), P(MAX_FRAGMENT_SHADER_STORAGE_BLOCKS),
	P(MAX_FRAMEBUFFER_HEIGHT), P(MAX_FRAMEBUFFER_SAMPLES), P(MAX_FRAMEBUFFER_WIDTH),
	P(MAX_IMAGE_UNITS), P(MAX_INTEGER_SAMPLES), P(MAX_PROGRAM_TEXTURE_GATHER_OFFSET),
	P(MAX_SAMPLE_MASK_WORDS), P(MAX_SHADER_STORAGE_BLOCK_SIZE),
	P(MAX_SHADER_STORAGE_BUFFER_BINDINGS), P(MAX_UNIFORM_LOCATIONS),
	P(MAX_VERTEX_ATOMIC_COUNTERS), P(MAX_VERTEX_ATOMIC_COUNTER_BUFFERS),
	P(MAX_VERTEX_ATTRIB_BINDINGS), P(MAX_VERTEX_ATTRIB_RELATIVE_OFFSET),
	P(MAX_VERTEX_ATTRIB_STRIDE), P(MAX_VERTEX_IMAGE_UNIFORMS),
	P(MAX_VERTEX_SHADER_STORAGE_BLOCKS), P(MIN_PROGRAM_TEXTURE_GATHER_OFFSET),
	P(PROGRAM_PIPELINE_BINDING), P(SAMPLE_MASK), P(SHADER_STORAGE_BUFFER_BINDING),
	P(SHADER_STORAGE_BUFFER_OFFSET_ALIGNMENT), P(TEXTURE_BINDING_2D_MULTISAMPLE),
	P(VERTEX_BINDING_BUFFER), P(IMAGE_BINDING_NAME), P(SAMPLE_MASK_VALUE)};

static void say_indexed(size_t at)
{
	GLint ints[4];
	GLint64 longs[3];
	GLboolean booleans[8];

	for (GLuint i = 0; i < 4; i++) {
		untouched(ints, sizeof(ints));
		glGetIntegeri_v(all[at].pname, i, ints);
		say_ints("  at", ints, 4);
		say_error("  at");
		untouched(longs, sizeof(longs));
		glGetInteger64i_v(all[at].pname, i, longs);
		say_bytes("  long", longs, sizeof(longs));
		say_error("  long");
		untouched(booleans, sizeof(booleans));
		glGetBooleani_v(all[at].pname, i, booleans);
		say_bytes("  boolean", booleans, sizeof(booleans));
		say_error("  boolean");
	}
}

XG_CASE_ES31(get_es31)
{
	GLint ints[6];
	GLint64 longs[3];
	GLfloat floats[4];
	GLboolean booleans[8];

	for (size_t i = 0; i < COUNT(all); i++) {
		for (int round = 0; round < 2; round++) {
			untouched(ints, sizeof(ints));
			glGetIntegerv(all[i].pname, ints);
			say_ints(all[i].name, ints, 6);
		}
		untouched(longs, sizeof(longs));
		glGetInteger64v(all[i].pname, longs);
		say_bytes("  long", longs, sizeof(longs));
		untouched(floats, sizeof(floats));
		glGetFloatv(all[i].pname, floats);
		say_floats("  float", floats, 4);
		untouched(booleans, sizeof(booleans));
		glGetBooleanv(all[i].pname, booleans);
		say_bytes("  boolean", booleans, sizeof(booleans));
		say_error(all[i].name);
		say_indexed(i);
	}
}
