/* SPDX-License-Identifier: MIT */
/* OES_standard_derivatives and other extensions of the shading language. */
#include "../case.h"

XG_CASE(derivatives)
{
	need_extension("GL_OES_standard_derivatives");
	glUseProgram(make_program("attribute vec4 position; varying vec2 t; void main() { "
				  "gl_Position = position; t = position.xy * position.yx * 3.0; }",
		"#extension GL_OES_standard_derivatives : enable\n"
		"precision highp float; varying vec2 t;"
		"void main() { gl_FragColor = vec4(abs(dFdx(t)) * 4.0, fwidth(t) * 2.0); }"));
	draw_quad();
	say_picture("derivatives");
	glUseProgram(make_program(
		"attribute vec4 position; void main() { gl_Position = position; }",
		"#extension GL_EXT_frag_depth : enable\n"
		"precision highp float; void main() { gl_FragColor = vec4(1.0, 0.0, 0.0, 1.0);"
		" gl_FragDepthEXT = gl_FragCoord.x / 32.0; }"));
	glEnable(GL_DEPTH_TEST);
	glClear(GL_COLOR_BUFFER_BIT | GL_DEPTH_BUFFER_BIT);
	draw_quad();
	use_flat(0, 1, 0, 1);
	draw_quad();
	say_picture("fragment depth");
	make_program("attribute vec4 position; void main() { gl_Position = position; }",
		"#extension GL_no_such_thing : require\nvoid main() { gl_FragColor = vec4(1.0); }");
}
