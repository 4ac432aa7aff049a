/* SPDX-License-Identifier: MIT */
/* glGetShaderPrecisionFormat, the compiler, binaries. */
#include "../case.h"

XG_CASE(precision)
{
	static const GLenum shaders[] = {GL_VERTEX_SHADER, GL_FRAGMENT_SHADER, GL_BLEND};
	static const GLenum precisions[] = {GL_LOW_FLOAT, GL_MEDIUM_FLOAT, GL_HIGH_FLOAT,
		GL_LOW_INT, GL_MEDIUM_INT, GL_HIGH_INT, GL_BLEND};
	GLuint shader = glCreateShader(GL_VERTEX_SHADER);
	GLint values[5];

	for (size_t i = 0; i < COUNT(shaders); i++) {
		for (size_t k = 0; k < COUNT(precisions); k++) {
			untouched(values, sizeof(values));
			say("%s %s", enum_name(shaders[i]), enum_name(precisions[k]));
			DO(glGetShaderPrecisionFormat(
				shaders[i], precisions[k], values, values + 2));
			say_ints("range, precision", values, 5);
		}
	}
	DO(glReleaseShaderCompiler());
	make_program("attribute vec4 position; void main() { gl_Position = position; }",
		"void main() { gl_FragColor = vec4(1.0); }");
	DO(glShaderBinary(1, &shader, GL_BLEND, "1234", 4));
	DO(glShaderBinary(0, NULL, GL_BLEND, "1234", 4));
	DO(glShaderBinary(-1, &shader, GL_BLEND, "1234", 4));
	DO(glShaderBinary(1, &shader, GL_BLEND, "1234", -4));
}
