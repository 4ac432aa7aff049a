/* SPDX-License-Identifier: MIT */
/* A small scene as programs draw it: buffers, matrices, a texture, depth, many frames. */
#include "../case.h"

XG_CASE(scene)
{
	static const GLfloat cube[] = {
		-1, -1, -1, 1, -1, -1, -1, 1, -1, 1, 1, -1, -1, -1, 1, 1, -1, 1, -1, 1, 1, 1, 1, 1};
	static const GLushort indices[] = {0, 2, 1, 1, 2, 3, 4, 5, 6, 5, 7, 6, 0, 1, 4, 1, 5, 4, 2,
		6, 3, 3, 6, 7, 0, 4, 2, 2, 4, 6, 1, 3, 5, 3, 7, 5};
	GLuint program, buffers[2];

	program = make_program("attribute vec4 position; uniform mat4 m; varying vec3 t;"
			       "void main() { gl_Position = m * position; t = position.xyz; }",
		"precision highp float; uniform sampler2D tex; varying vec3 t;"
		"void main() { gl_FragColor = texture2D(tex, t.xy + t.z * 0.3) * vec4(abs(t) * 0.5 "
		"+ 0.5, 1.0); }");
	glUseProgram(program);
	const GLint m = glGetUniformLocation(program, "m");
	glGenBuffers(2, buffers);
	glBindBuffer(GL_ARRAY_BUFFER, buffers[0]);
	glBufferData(GL_ARRAY_BUFFER, sizeof(cube), cube, GL_STATIC_DRAW);
	glBindBuffer(GL_ELEMENT_ARRAY_BUFFER, buffers[1]);
	glBufferData(GL_ELEMENT_ARRAY_BUFFER, sizeof(indices), indices, GL_STATIC_DRAW);
	glVertexAttribPointer(0, 3, GL_FLOAT, GL_FALSE, 0, NULL);
	glEnableVertexAttribArray(0);
	make_texture();
	glTexImage2D(GL_TEXTURE_2D, 0, GL_RGB, 16, 16, 0, GL_RGB, GL_UNSIGNED_BYTE,
		random_bytes(768, 80));
	glTexParameteri(GL_TEXTURE_2D, GL_TEXTURE_WRAP_S, GL_REPEAT);
	glTexParameteri(GL_TEXTURE_2D, GL_TEXTURE_WRAP_T, GL_MIRRORED_REPEAT);
	glGenerateMipmap(GL_TEXTURE_2D);
	glEnable(GL_DEPTH_TEST);
	glEnable(GL_CULL_FACE);
	for (int frame = 0; frame < 40; frame++) {
		const GLfloat s = (GLfloat)(frame % 20) / 20, c = 1 - s * s / 2;
		const GLfloat matrix[16] = {c * 0.5f, s * 0.3f, s * 0.4f, s * 0.2f, -s * 0.3f,
			c * 0.5f, 0.1f, 0.1f, s * 0.2f, -0.2f, c * 0.5f, 0, 0.05f, -0.1f, 0, 1.1f};
		glClear(GL_COLOR_BUFFER_BIT | GL_DEPTH_BUFFER_BIT);
		glUniformMatrix4fv(m, 1, GL_FALSE, matrix);
		glDrawElements(GL_TRIANGLES, 36, GL_UNSIGNED_SHORT, NULL);
		if (frame % 5 == 0)
			say_picture("frame");
		else
			eglSwapBuffers(egl.display, egl.surface);
	}
}
