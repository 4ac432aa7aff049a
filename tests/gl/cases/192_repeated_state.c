/* SPDX-License-Identifier: MIT */
/* What is set already is set again, after all that may have changed it meanwhile. */
#include "../case.h"

static void ask_bound(void)
{
	GLint texture, framebuffer, unit;

	glGetIntegerv(GL_TEXTURE_BINDING_2D, &texture);
	glGetIntegerv(GL_FRAMEBUFFER_BINDING, &framebuffer);
	glGetIntegerv(GL_ACTIVE_TEXTURE, &unit);
	say("unit %d, texture %d, framebuffer %d", unit - GL_TEXTURE0, texture, framebuffer);
}

static void fill_texture(GLubyte grey)
{
	const GLubyte texel[4] = {grey, grey, grey, 255};

	glTexImage2D(GL_TEXTURE_2D, 0, GL_RGBA, 1, 1, 0, GL_RGBA, GL_UNSIGNED_BYTE, texel);
}

static void repeat_textures(void)
{
	const GLuint textures[2] = {make_texture(), make_texture()};

	fill_texture(100);
	DO(glBindTexture(GL_TEXTURE_2D, textures[1]));
	DO(glActiveTexture(GL_TEXTURE0 + 3));
	DO(glActiveTexture(GL_TEXTURE0 + 3));
	DO(glBindTexture(GL_TEXTURE_2D, textures[1]));
	DO(glActiveTexture(GL_TEXTURE0 + 5000));
	DO(glActiveTexture(GL_TEXTURE0 + 5000));
	DO(glActiveTexture(GL_TEXTURE0 - 1));
	ask_bound();
	DO(glActiveTexture(GL_TEXTURE0));
	DO(glBindTexture(GL_TEXTURE_CUBE_MAP, textures[1]));
	DO(glBindTexture(GL_TEXTURE_CUBE_MAP, textures[1]));
	ask_bound();
	glDeleteTextures(1, &textures[1]);
	ask_bound();
	DO(glBindTexture(GL_TEXTURE_2D, 0));
	DO(glBindTexture(GL_TEXTURE_2D, textures[1])); /* a new one of that name */
	ask_bound();
	ASK(glIsTexture(textures[1]));
	glTexParameteri(GL_TEXTURE_2D, GL_TEXTURE_MIN_FILTER, GL_NEAREST);
	fill_texture(200);
	draw_quad();
	say_picture("new texture");
	DO(glBindTexture(GL_TEXTURE_2D, textures[0]));
	DO(glBindTexture(GL_TEXTURE_2D, textures[0]));
	fill_texture(50);
	draw_quad();
	say_picture("other texture");
}

static void repeat_framebuffers(void)
{
	GLuint framebuffer = make_framebuffer(XG_CASE_SIZE, XG_CASE_SIZE);

	glClearColor(1, 0.5f, 0, 1);
	DO(glBindFramebuffer(GL_FRAMEBUFFER, 0));
	DO(glBindFramebuffer(GL_FRAMEBUFFER, 0));
	GLint bound;
	glGetIntegerv(GL_TEXTURE_BINDING_2D, &bound);
	glGenFramebuffers(1, &framebuffer);
	for (int i = 0; i < 2; i++) {
		DO(glBindFramebuffer(GL_FRAMEBUFFER, framebuffer));
		ASK(glCheckFramebufferStatus(GL_FRAMEBUFFER));
		glFramebufferTexture2D(
			GL_FRAMEBUFFER, GL_COLOR_ATTACHMENT0, GL_TEXTURE_2D, (GLuint)bound, 0);
	}
	DO(glClear(GL_COLOR_BUFFER_BIT));
	say_picture("framebuffer");
	glDeleteFramebuffers(1, &framebuffer);
	ask_bound();
	DO(glBindFramebuffer(GL_FRAMEBUFFER, 0));
	say_picture("window");
	DO(glBindFramebuffer(GL_FRAMEBUFFER, framebuffer));
	ASK(glCheckFramebufferStatus(GL_FRAMEBUFFER));
	DO(glBindFramebuffer(GL_TEXTURE_2D, framebuffer));
	DO(glBindFramebuffer(GL_FRAMEBUFFER, 0));
}

/* The same place in client memory, with a buffer at the attribute in between. */
static void repeat_pointers(void)
{
	static GLfloat corners[] = {-1, -1, 1, -1, 0, 1};
	const GLfloat others[] = {0, -1, 1, 1, -1, 1};
	GLuint buffer;

	use_flat(0, 1, 0.5f, 1);
	glEnableVertexAttribArray(0);
	for (int i = 0; i < 5; i++) {
		glClear(GL_COLOR_BUFFER_BIT);
		DO(glVertexAttribPointer(0, 2, GL_FLOAT, GL_FALSE, 0, corners));
		DO(glDrawArrays(GL_TRIANGLES, 0, 3));
		say_picture("client memory");
		corners[4] -= 0.5f;
		if (i == 1)
			DO(glVertexAttribPointer(0, 2, GL_FLOAT, GL_FALSE, -1, corners));
		if (i == 2)
			DO(glVertexAttribPointer(0, 2, GL_FLOAT, GL_FALSE, 16, corners));
		if (i != 3)
			continue;
		glGenBuffers(1, &buffer);
		glBindBuffer(GL_ARRAY_BUFFER, buffer);
		glBufferData(GL_ARRAY_BUFFER, sizeof(others), others, GL_STATIC_DRAW);
		glVertexAttribPointer(0, 2, GL_FLOAT, GL_FALSE, 0, NULL);
		DO(glDrawArrays(GL_TRIANGLES, 0, 3));
		say_picture("buffer");
		glDeleteBuffers(1, &buffer);
	}
}

XG_CASE(repeated_state)
{
	use_textured();
	repeat_textures();
	repeat_framebuffers();
	repeat_pointers();
}
