/* SPDX-License-Identifier: MIT */
/* glGet* after the state was changed: every kind of state, through all three getters. */
#include "../case.h"

#include "../pnames.h"

XG_CASE(get_changed)
{
	GLuint names[4];

	glGenBuffers(2, names);
	glBindBuffer(GL_ARRAY_BUFFER, names[0]);
	glBindBuffer(GL_ELEMENT_ARRAY_BUFFER, names[1]);
	glViewport(1, 2, 3, 4);
	glDepthRangef(0.25f, 0.75f);
	glLineWidth(3.5f);
	glEnable(GL_CULL_FACE);
	glCullFace(GL_FRONT_AND_BACK);
	glFrontFace(GL_CW);
	glPolygonOffset(1.5f, -2.5f);
	glEnable(GL_POLYGON_OFFSET_FILL);
	glEnable(GL_SAMPLE_ALPHA_TO_COVERAGE);
	glEnable(GL_SAMPLE_COVERAGE);
	glSampleCoverage(0.3f, GL_TRUE);
	glGenTextures(2, names);
	glActiveTexture(GL_TEXTURE3);
	glBindTexture(GL_TEXTURE_2D, names[0]);
	glBindTexture(GL_TEXTURE_CUBE_MAP, names[1]);
	glColorMask(GL_TRUE, GL_FALSE, GL_TRUE, GL_FALSE);
	glDepthMask(GL_FALSE);
	glStencilMaskSeparate(GL_FRONT, 0xdeadbeef);
	glStencilMaskSeparate(GL_BACK, 0x7fffffff);
	glClearColor(0.1f, 0.2f, 0.3f, 0.4f);
	glClearDepthf(0.3f);
	glClearStencil(77);
	glEnable(GL_SCISSOR_TEST);
	glScissor(5, 6, 7, 8);
	glEnable(GL_STENCIL_TEST);
	glStencilFuncSeparate(GL_FRONT, GL_LESS, 3, 0x0f);
	glStencilFuncSeparate(GL_BACK, GL_GEQUAL, 4, 0xffffffff);
	glStencilOpSeparate(GL_FRONT, GL_ZERO, GL_INCR, GL_DECR);
	glStencilOpSeparate(GL_BACK, GL_INVERT, GL_INCR_WRAP, GL_DECR_WRAP);
	glEnable(GL_DEPTH_TEST);
	glDepthFunc(GL_NOTEQUAL);
	glEnable(GL_BLEND);
	glBlendFuncSeparate(GL_SRC_ALPHA, GL_ONE, GL_DST_COLOR, GL_CONSTANT_ALPHA);
	glBlendEquationSeparate(GL_FUNC_SUBTRACT, GL_FUNC_REVERSE_SUBTRACT);
	glBlendColor(0.5f, 1.5f, -0.5f, 0.9f);
	glDisable(GL_DITHER);
	make_framebuffer(8, 4);
	glGenRenderbuffers(1, names);
	glBindRenderbuffer(GL_RENDERBUFFER, names[0]);
	use_flat(1, 0, 0, 1);
	glPixelStorei(GL_UNPACK_ALIGNMENT, 8);
	glPixelStorei(GL_PACK_ALIGNMENT, 2);
	glPixelStorei(GL_UNPACK_ROW_LENGTH_EXT, 100);
	glPixelStorei(GL_UNPACK_SKIP_ROWS_EXT, 3);
	glPixelStorei(GL_UNPACK_SKIP_PIXELS_EXT, 2);
	glHint(GL_GENERATE_MIPMAP_HINT, GL_NICEST);
	say_error("changes");
	for (size_t i = 0; i < COUNT(pnames); i++) {
		GLint ints[84];
		GLfloat floats[84];
		GLboolean booleans[84];
		untouched(ints, sizeof(ints));
		untouched(floats, sizeof(floats));
		untouched(booleans, sizeof(booleans));
		glGetIntegerv(pnames[i].pname, ints);
		glGetFloatv(pnames[i].pname, floats);
		glGetBooleanv(pnames[i].pname, booleans);
		say_ints(pnames[i].name, ints, pnames[i].count + 1);
		say_floats(pnames[i].name, floats, pnames[i].count + 1);
		say_bytes(pnames[i].name, booleans, (size_t)pnames[i].count + 1);
		say_error(pnames[i].name);
	}
}
