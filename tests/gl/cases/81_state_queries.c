/* SPDX-License-Identifier: MIT */
/*
 * State that is asked for after each change and after each refused change, through all getters:
 * what a program does that saves and puts back the state of another.
 */
#include "../case.h"

static void say_state(void)
{
	static const GLenum names[] = {GL_ACTIVE_TEXTURE, GL_TEXTURE_BINDING_2D,
		GL_TEXTURE_BINDING_CUBE_MAP, GL_FRAMEBUFFER_BINDING, GL_RENDERBUFFER_BINDING,
		GL_CURRENT_PROGRAM, GL_VIEWPORT, GL_SCISSOR_BOX, GL_BLEND_SRC_RGB, GL_BLEND_DST_RGB,
		GL_BLEND_SRC_ALPHA, GL_BLEND_DST_ALPHA, GL_BLEND_EQUATION_RGB,
		GL_BLEND_EQUATION_ALPHA, GL_BLEND, GL_CULL_FACE, GL_DEPTH_TEST, GL_DITHER,
		GL_SCISSOR_TEST, GL_STENCIL_TEST, GL_POLYGON_OFFSET_FILL, GL_SAMPLE_COVERAGE};

	for (size_t i = 0; i < COUNT(names); i++) {
		GLint ints[5];
		GLfloat floats[5];
		GLboolean booleans[5];
		untouched(ints, sizeof(ints));
		untouched(floats, sizeof(floats));
		untouched(booleans, sizeof(booleans));
		glGetIntegerv(names[i], ints);
		glGetFloatv(names[i], floats);
		glGetBooleanv(names[i], booleans);
		say_ints(enum_name(names[i]), ints, 5);
		say_floats(enum_name(names[i]), floats, 5);
		say_bytes(enum_name(names[i]), booleans, 5);
	}
	say_error("state");
}

/* Makes the call, says its error, and all state. */
#define TRY(...)                                                                                   \
	do {                                                                                       \
		DO(__VA_ARGS__);                                                                   \
		say_state();                                                                       \
	} while (0)

static void try_textures(void)
{
	GLuint textures[3];
	GLint limit;

	glGetIntegerv(GL_MAX_COMBINED_TEXTURE_IMAGE_UNITS, &limit);
	glGenTextures(3, textures);
	TRY(glBindTexture(GL_TEXTURE_2D, textures[0]));
	TRY(glBindTexture(GL_TEXTURE_CUBE_MAP, textures[0]));
	TRY(glBindTexture(GL_TEXTURE_CUBE_MAP, textures[1]));
	TRY(glBindTexture(GL_TEXTURE_2D, textures[1]));
	TRY(glBindTexture(GL_BLEND, textures[2]));
	TRY(glActiveTexture(GL_TEXTURE0 + 5));
	TRY(glBindTexture(GL_TEXTURE_2D, textures[2]));
	TRY(glActiveTexture(GL_TEXTURE0 + (GLenum)limit));
	TRY(glActiveTexture(GL_TEXTURE0 - 1));
	TRY(glActiveTexture(GL_TEXTURE0 + (GLenum)limit - 1));
	TRY(glBindTexture(GL_TEXTURE_2D, textures[0]));
	TRY(glActiveTexture(GL_TEXTURE0));
	TRY(glDeleteTextures(1, textures));
	TRY(glBindTexture(GL_TEXTURE_CUBE_MAP, textures[0]));
	TRY(glDeleteTextures(-1, textures));
	TRY(glDeleteTextures(3, textures));
	TRY(glBindTexture(GL_TEXTURE_2D, 500));
}

static void try_framebuffers(void)
{
	GLuint names[2];

	glGenFramebuffers(2, names);
	TRY(glBindFramebuffer(GL_FRAMEBUFFER, names[1]));
	TRY(glBindFramebuffer(GL_BLEND, names[0]));
	TRY(glBindFramebuffer(GL_FRAMEBUFFER, 77));
	TRY(glDeleteFramebuffers(2, names));
	TRY(glDeleteFramebuffers(1, (const GLuint[]){77}));
	glGenRenderbuffers(2, names);
	TRY(glBindRenderbuffer(GL_RENDERBUFFER, names[1]));
	TRY(glBindRenderbuffer(GL_BLEND, names[0]));
	TRY(glDeleteRenderbuffers(2, names));
	TRY(glBindRenderbuffer(GL_RENDERBUFFER, 88));
}

static void try_programs(void)
{
	GLuint program = use_flat(1, 0, 0, 1), unlinked = glCreateProgram();
	GLuint shader = glCreateShader(GL_VERTEX_SHADER);

	say_state();
	TRY(glUseProgram(unlinked));
	TRY(glUseProgram(999));
	TRY(glUseProgram(shader));
	TRY(glDeleteProgram(program));
	TRY(glUseProgram(program));
	TRY(glUseProgram(0));
	TRY(glUseProgram(program));
	DO(glAttachShader(unlinked, shader));
	DO(glLinkProgram(unlinked));
	TRY(glUseProgram(unlinked));
}

static void try_boxes(void)
{
	TRY(glViewport(1, 2, 30, 40));
	TRY(glViewport(1, 2, -1, 40));
	TRY(glViewport(-100000, 100000, 20000, 1000000));
	TRY(glViewport(-5, -6, 0, 0));
	TRY(glScissor(1, 2, 3, 4));
	TRY(glScissor(1, 2, 3, -4));
	TRY(glScissor(-1000000, 2, 1000000, 1000000));
}

static void try_blending(void)
{
	TRY(glBlendFunc(GL_SRC_ALPHA, GL_ONE_MINUS_SRC_ALPHA));
	TRY(glBlendFunc(GL_SRC_ALPHA, GL_BLEND));
	TRY(glBlendFunc(GL_BLEND, GL_SRC_ALPHA));
	TRY(glBlendFunc(GL_SRC_ALPHA_SATURATE, GL_SRC_ALPHA_SATURATE));
	TRY(glBlendFuncSeparate(GL_ZERO, GL_CONSTANT_COLOR, GL_ONE_MINUS_DST_ALPHA, GL_ONE));
	TRY(glBlendFuncSeparate(GL_ZERO, GL_CONSTANT_COLOR, GL_ONE, GL_BLEND));
	TRY(glBlendEquation(GL_FUNC_SUBTRACT));
	TRY(glBlendEquation(GL_MIN_EXT));
	TRY(glBlendEquation(GL_BLEND));
	TRY(glBlendEquationSeparate(GL_FUNC_REVERSE_SUBTRACT, GL_FUNC_ADD));
	TRY(glBlendEquationSeparate(GL_FUNC_ADD, GL_BLEND));
}

XG_CASE(state_queries)
{
	say_state();
	try_textures();
	try_framebuffers();
	try_programs();
	try_boxes();
	try_blending();
	TRY(glEnable(GL_BLEND));
	TRY(glDisable(GL_DITHER));
	TRY(glEnable(GL_TEXTURE_2D));
	TRY(glEnable(GL_SAMPLE_COVERAGE));
}
