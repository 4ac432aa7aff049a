/* SPDX-License-Identifier: MIT */
/* glHint and glSampleCoverage. */
#include "../case.h"

XG_CASE(hints_coverage)
{
	static const GLenum targets[] = {
		GL_GENERATE_MIPMAP_HINT, GL_FRAGMENT_SHADER_DERIVATIVE_HINT_OES, GL_BLEND};
	static const GLenum modes[] = {GL_FASTEST, GL_NICEST, GL_DONT_CARE, GL_BLEND};
	static const GLfloat coverages[] = {0, 0.25f, 1, 2, -1};

	for (size_t i = 0; i < COUNT(targets); i++) {
		for (size_t k = 0; k < COUNT(modes); k++) {
			GLint value = -1;
			DO(glHint(targets[i], modes[k]));
			DO(glGetIntegerv(targets[i], &value));
			say("now %d", value);
		}
	}
	glEnable(GL_SAMPLE_COVERAGE);
	glEnable(GL_SAMPLE_ALPHA_TO_COVERAGE);
	use_flat(1, 0, 1, 0.5f);
	for (size_t i = 0; i < COUNT(coverages); i++) {
		GLfloat value;
		GLint invert;
		DO(glSampleCoverage(coverages[i], i % 2));
		glGetFloatv(GL_SAMPLE_COVERAGE_VALUE, &value);
		glGetIntegerv(GL_SAMPLE_COVERAGE_INVERT, &invert);
		say("coverage %g invert %d", (double)value, invert);
		draw_quad();
		say_picture("drawn");
	}
}
