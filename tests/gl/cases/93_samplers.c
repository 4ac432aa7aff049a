/* SPDX-License-Identifier: MIT */
/* Sampler objects: parameters, units, what they override. */
#include "../case.h"

XG_CASE_ES3(samplers)
{
	static const struct {
		GLenum pname;
		GLint value;
	} sets[] = {{GL_TEXTURE_MIN_FILTER, GL_LINEAR}, {GL_TEXTURE_MIN_FILTER, 7},
		{GL_TEXTURE_MAG_FILTER, GL_NEAREST}, {GL_TEXTURE_WRAP_S, GL_CLAMP_TO_EDGE},
		{GL_TEXTURE_WRAP_T, GL_MIRRORED_REPEAT}, {GL_TEXTURE_WRAP_R, GL_REPEAT},
		{GL_TEXTURE_WRAP_R, GL_CLAMP_TO_EDGE + 77}, {GL_TEXTURE_MIN_LOD, -7},
		{GL_TEXTURE_MAX_LOD, 12}, {GL_TEXTURE_COMPARE_MODE, GL_COMPARE_REF_TO_TEXTURE},
		{GL_TEXTURE_COMPARE_FUNC, GL_GREATER}, {GL_TEXTURE_SWIZZLE_R, GL_RED}};
	GLuint ids[3], texture;
	GLint ints[2];
	GLfloat floats[2];
	uint8_t *data = random_bytes(4 * 4 * 4, 93);

	DO(glGenSamplers(3, ids));
	say_ints("ids", (GLint *)ids, 3);
	ASK(glIsSampler(ids[0]));
	ASK(glIsSampler(0));
	ASK(glIsSampler(99));
	for (size_t i = 0; i < COUNT(sets); i++) {
		const GLfloat value = (GLfloat)sets[i].value;

		say("0x%x := %d", sets[i].pname, sets[i].value);
		DO(glSamplerParameteri(ids[0], sets[i].pname, sets[i].value));
		DO(glSamplerParameteriv(ids[1], sets[i].pname, &sets[i].value));
		DO(glSamplerParameterf(ids[2], sets[i].pname, value));
		DO(glSamplerParameterfv(ids[2], sets[i].pname, &value));
		for (int k = 0; k < 3; k++) {
			untouched(ints, sizeof(ints));
			untouched(floats, sizeof(floats));
			DO(glGetSamplerParameteriv(ids[k], sets[i].pname, ints));
			DO(glGetSamplerParameterfv(ids[k], sets[i].pname, floats));
			say_ints("int", ints, 2);
			say_floats("float", floats, 2);
		}
	}
	DO(glSamplerParameteri(99, GL_TEXTURE_MIN_FILTER, GL_LINEAR));
	DO(glGetSamplerParameteriv(99, GL_TEXTURE_MIN_FILTER, ints));
	use_textured();
	texture = make_texture();
	glTexImage2D(GL_TEXTURE_2D, 0, GL_RGBA, 4, 4, 0, GL_RGBA, GL_UNSIGNED_BYTE, data);
	draw_quad();
	say_picture("texture's own");
	DO(glSamplerParameteri(ids[0], GL_TEXTURE_MAG_FILTER, GL_LINEAR));
	DO(glSamplerParameteri(ids[0], GL_TEXTURE_COMPARE_MODE, GL_NONE));
	DO(glBindSampler(0, ids[0]));
	glGetIntegerv(GL_SAMPLER_BINDING, ints);
	say("bound %d", ints[0]);
	draw_quad();
	say_picture("sampler's");
	DO(glBindSampler(1, ids[1]));
	glGetIntegerv(GL_SAMPLER_BINDING, ints);
	say("bound %d", ints[0]);
	DO(glBindSampler(1000, ids[1]));
	DO(glBindSampler(0, 99));
	DO(glDeleteSamplers(2, ids));
	glGetIntegerv(GL_SAMPLER_BINDING, ints);
	say("bound %d", ints[0]);
	ASK(glIsSampler(ids[0]));
	draw_quad();
	say_picture("texture's own again");
	DO(glBindSampler(0, ids[0]));
	DO(glGenSamplers(-1, ids));
	DO(glDeleteSamplers(-1, ids));
	glDeleteTextures(1, &texture);
}
