/* SPDX-License-Identifier: MIT */
/* glEnable, glDisable, glIsEnabled of all that can be, and of what cannot. */
#include "../case.h"

XG_CASE(enable)
{
	static const GLenum caps[] = {GL_BLEND, GL_CULL_FACE, GL_DEPTH_TEST, GL_DITHER,
		GL_POLYGON_OFFSET_FILL, GL_SAMPLE_ALPHA_TO_COVERAGE, GL_SAMPLE_COVERAGE,
		GL_SCISSOR_TEST, GL_STENCIL_TEST, GL_TEXTURE_2D, GL_VERTEX_SHADER, 0, 0xffffffff};

	for (size_t i = 0; i < COUNT(caps); i++) {
		say("cap %s", enum_name(caps[i]));
		ASK(glIsEnabled(caps[i]));
		DO(glEnable(caps[i]));
		ASK(glIsEnabled(caps[i]));
		DO(glDisable(caps[i]));
		ASK(glIsEnabled(caps[i]));
	}
}
