/* SPDX-License-Identifier: MIT */
/* What shaders of GLES 3.2 can say, and by the extensions that it came from. */
#include "../stages.h"

#include <stdio.h>

static const struct {
	const char *declarations, *body;
} bodies[] = {
	{"", "color = vec4(fma(t.x, 0.5, t.y), frexp(t.x * 8.0, e), float(e) / 8.0, 1);"},
	{"uniform sampler2D s[4];", "color = texture(s[int(t.x * 0.0)], t) + vec4(t, 0, 1);"},
	{"", "color = vec4(float(bitfieldExtract(uint(t.x * 255.0), 2, 4)) / 16.0,"
	     " unpackUnorm4x8(packUnorm4x8(vec4(t, t))).xy, 1);"},
	{"precise out vec4 unused;", "unused = vec4(1); color = vec4(t, 0.5, 1);"},
	{"shared float nothing;", "color = vec4(1);"},
};
static const char *const extensions[] = {"EXT_gpu_shader5", "OES_gpu_shader5",
	"EXT_geometry_shader", "OES_geometry_shader", "EXT_geometry_point_size",
	"OES_geometry_point_size", "EXT_tessellation_shader", "OES_tessellation_shader",
	"EXT_tessellation_point_size", "OES_tessellation_point_size", "EXT_shader_io_blocks",
	"OES_shader_io_blocks", "EXT_texture_buffer", "OES_texture_buffer",
	"EXT_texture_cube_map_array", "OES_texture_cube_map_array", "EXT_primitive_bounding_box",
	"OES_primitive_bounding_box", "OES_shader_image_atomic",
	"OES_texture_storage_multisample_2d_array", "ANDROID_extension_pack_es31a",
	"EXT_copy_image", "OES_copy_image", "EXT_draw_buffers_indexed", "OES_draw_buffers_indexed",
	"EXT_draw_elements_base_vertex", "OES_draw_elements_base_vertex",
	"EXT_texture_border_clamp", "OES_texture_border_clamp", "OES_texture_stencil8",
	"OES_sample_shading", "KHR_blend_equation_advanced", "KHR_debug", "KHR_robustness"};
static const struct {
	const char *extension, *declarations, *body;
} words[] = {
	{"OES_shader_image_atomic", "layout(r32ui, binding = 0) uniform highp uimage2D i;",
		"color = vec4(float(imageAtomicAdd(i, ivec2(0), 1u)));"},
	{"EXT_gpu_shader5", "", "color = vec4(fma(t.x, t.y, 0.25));"},
	{"OES_texture_storage_multisample_2d_array", "uniform highp sampler2DMSArray s;",
		"color = texelFetch(s, ivec3(0), 0);"},
	{"ANDROID_extension_pack_es31a", "uniform highp samplerBuffer s;",
		"color = texelFetch(s, 0) + vec4(fma(t.x, t.y, 0.5));"},
	{"OES_texture_cube_map_array", "uniform highp samplerCubeArray s;",
		"color = texture(s, vec4(t, 1, 0));"},
};

/* Blocks between stages, which a shader may name as it likes. */
static void draw_blocks(void)
{
	const GLuint program = LINK(
		{GL_VERTEX_SHADER, ES32
			"out Block { vec2 t; flat int n; } made;\n"
			"void main() { made.t = vec2(gl_VertexID & 1, gl_VertexID >> 1);"
			"  made.n = gl_VertexID; gl_Position = vec4(made.t * 2.0 - 1.0, 0, 1); }"},
		{GL_FRAGMENT_SHADER,
			ES32 "in Block { vec2 t; flat int n; } got; out vec4 color;\n"
			     "void main() { color = vec4(got.t, float(got.n) / 4.0, 1); }"});

	glUseProgram(program);
	glClear(GL_COLOR_BUFFER_BIT);
	DO(glDrawArrays(GL_TRIANGLE_STRIP, 0, 4));
	say_picture("blocks");
	glDeleteProgram(program);
}

XG_CASE_ES32(words_es32)
{
	char text[1024];

	for (size_t i = 0; i < COUNT(extensions); i++) {
		snprintf(text, sizeof(text), "GL_%s", extensions[i]);
		say("%s: %d", text, has_extension(text));
	}
	for (size_t i = 0; i < COUNT(bodies); i++) {
		snprintf(text, sizeof(text), "int e; %s", bodies[i].body);
		const GLuint program = use_quad(bodies[i].declarations, text);
		glClear(GL_COLOR_BUFFER_BIT);
		glDrawArrays(GL_TRIANGLE_STRIP, 0, 4);
		say_picture("drawn");
		glDeleteProgram(program);
	}
	draw_blocks();
	for (size_t i = 0; i < COUNT(words); i++) {
		snprintf(text, sizeof(text),
			"#version 310 es\n#extension GL_%s : require\nprecision highp float;\n%s\n"
			"in vec2 t; layout(location = 0) out vec4 color; void main() { %s }",
			words[i].extension, words[i].declarations, words[i].body);
		say("%s", words[i].extension);
		glDeleteShader(make_shader(GL_FRAGMENT_SHADER, text));
	}
}
