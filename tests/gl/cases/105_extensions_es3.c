/* SPDX-License-Identifier: MIT */
/* Extensions of GLES 3.0 that bring no command: words of shaders, and formats. */
#include "../case.h"

#include <stdio.h>

#define VERTEX                                                                                     \
	"#version 300 es\nin vec4 position; in vec2 texcoord; out vec2 t;\n"                       \
	"void main() { gl_Position = position; t = texcoord; }"

static const struct {
	const char *name, *vertex, *fragment;
} words[] = {
	{"GL_OES_EGL_image_external_essl3", VERTEX,
		"uniform samplerExternalOES e; void main() { color = texture(e, t); }"},
	{"GL_EXT_texture_shadow_lod", VERTEX,
		"uniform highp sampler2DArrayShadow e;"
		"void main() { color = vec4(textureLod(e, vec4(t, 0, 0.5), 0.0)); }"},
	{"GL_NV_shader_noperspective_interpolation",
		"#version 300 es\n#extension GL_NV_shader_noperspective_interpolation : require\n"
		"in vec4 position; in vec2 texcoord; noperspective out vec2 t;\n"
		"void main() { gl_Position = position * (1.5 + position.x); t = texcoord; }",
		"void main() { color = vec4(t, 0, 1); }"},
	{"GL_EXT_texture_query_lod", VERTEX,
		"uniform sampler2D e; void main() { color = vec4(textureQueryLOD(e, t), 0, 1); }"},
	{"GL_OES_sample_variables", VERTEX,
		"void main() { color = vec4(float(gl_NumSamples) / 8.0, gl_SamplePosition, 1); }"},
	{"GL_OES_shader_multisample_interpolation", VERTEX,
		"void main() { color = vec4(interpolateAtOffset(t, vec2(0.25)), 0, 1); }"},
	{"GL_EXT_clip_cull_distance",
		"#version 300 es\n#extension GL_EXT_clip_cull_distance : require\n"
		"in vec4 position; in vec2 texcoord; out vec2 t; out highp float "
		"gl_ClipDistance[1];\n"
		"void main() { gl_Position = position; t = texcoord;"
		"  gl_ClipDistance[0] = position.x + 0.25; }",
		"void main() { color = vec4(t, 0, 1); }"},
	{"GL_NO_such_words", VERTEX, "void main() { color = vec4(1); }"},
};

static void say_target(GLenum internal, GLenum format, GLenum type)
{
	GLuint framebuffer, texture = make_texture();
	GLfloat value[4];

	glGenFramebuffers(1, &framebuffer);
	DO(glTexImage2D(GL_TEXTURE_2D, 0, (GLint)internal, 4, 4, 0, format, type, NULL));
	glBindFramebuffer(GL_FRAMEBUFFER, framebuffer);
	glFramebufferTexture2D(GL_FRAMEBUFFER, GL_COLOR_ATTACHMENT0, GL_TEXTURE_2D, texture, 0);
	say("0x%04x %s", internal, enum_name(glCheckFramebufferStatus(GL_FRAMEBUFFER)));
	glClearColor(-2.5f, 0.3f, 70000, 1);
	DO(glClear(GL_COLOR_BUFFER_BIT));
	untouched(value, sizeof(value));
	DO(glReadPixels(1, 1, 1, 1, GL_RGBA, GL_FLOAT, value));
	say_floats("value", value, 4);
	glBindFramebuffer(GL_FRAMEBUFFER, 0);
	glDeleteFramebuffers(1, &framebuffer);
	glDeleteTextures(1, &texture);
	glClearColor(0, 0, 0, 0);
}

XG_CASE_ES3(extensions_es3)
{
	uint8_t *data = random_bytes(256, 105);
	char text[1024];

	glEnable(0x3000 /* GL_CLIP_DISTANCE0_EXT */);
	say_error("clip distance");
	for (size_t i = 0; i < COUNT(words); i++) {
		say("%s: %d", words[i].name, has_extension(words[i].name));
		snprintf(text, sizeof(text),
			"#version 300 es\n#extension %s : require\n"
			"precision highp float; %s in vec2 t; out vec4 color;\n%s",
			words[i].name,
			strstr(words[i].vertex, "noperspective") ? "noperspective" : "",
			words[i].fragment);
		const GLuint program = make_program(words[i].vertex, text);
		if (!program)
			continue;
		glUseProgram(program);
		glClear(GL_COLOR_BUFFER_BIT);
		draw_quad();
		say_picture("drawn");
	}
	glDisable(0x3000);
	say("float targets: %d", has_extension("GL_EXT_color_buffer_float"));
	say_target(GL_RGBA32F, GL_RGBA, GL_FLOAT);
	say_target(GL_RGBA16F, GL_RGBA, GL_HALF_FLOAT);
	say_target(GL_R11F_G11F_B10F, GL_RGB, GL_FLOAT);
	say_target(GL_R32F, GL_RED, GL_FLOAT);
	use_textured();
	for (int i = 0; i < 2; i++) {
		static const char *const names[] = {
			"GL_EXT_texture_sRGB_R8", "GL_EXT_texture_sRGB_RG8"};
		GLuint texture = make_texture();

		say("%s: %d", names[i], has_extension(names[i]));
		DO(glTexImage2D(GL_TEXTURE_2D, 0, i ? 0x8fbe /* SRG8 */ : 0x8fbd /* SR8 */, 8, 8, 0,
			i ? GL_RG : GL_RED, GL_UNSIGNED_BYTE, data));
		draw_quad();
		say_picture("sRGB");
		glDeleteTextures(1, &texture);
	}
	say("pixel buffers: %d", has_extension("GL_NV_pixel_buffer_object"));
}
