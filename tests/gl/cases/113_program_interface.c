/* SPDX-License-Identifier: MIT */
/* What a program has of everything: interfaces, resources, their properties and names. */
#include "../case.h"

static const char vertex[] =
	"#version 310 es\n"
	"layout(location = 1) in vec4 position; layout(location = 3) in vec4 colors[2];\n"
	"struct Part { float q[2]; mat3 r; }; struct Item { vec4 a[2]; int k; };\n"
	"uniform mat4 turn[3];\n"
	"layout(std140) uniform Frame { vec4 x; Part parts[2]; } frames[2];\n"
	"layout(std430, binding = 1) buffer Store { uint n; Item items[4]; vec2 rest[]; } store;\n"
	"out vec4 paint; flat out ivec2 number;\n"
	"void main() {\n"
	"  paint = colors[0] * colors[1] * store.items[1].a[1].x * float(store.n);\n"
	"  number = ivec2(store.items[0].k, store.rest.length());\n"
	"  store.rest[3] = paint.xy;\n"
	"  gl_Position = turn[1] * position * frames[1].parts[1].r[0][0] * frames[0].x;\n"
	"}";
static const char fragment[] =
	"#version 310 es\n"
	"precision highp float; precision highp image2D;\n"
	"in vec4 paint; flat in ivec2 number;\n"
	"layout(binding = 0, offset = 8) uniform atomic_uint counters[2];\n"
	"layout(binding = 2) uniform atomic_uint other;\n"
	"layout(rgba8, binding = 2) writeonly uniform image2D images[2];\n"
	"layout(location = 11) uniform sampler2D tex[3];\n"
	"layout(location = 0) out vec4 first; layout(location = 1) out ivec2 second;\n"
	"void main() {\n"
	"  first = paint + texture(tex[1], paint.xy); second = number;\n"
	"  atomicCounterIncrement(counters[1]); atomicCounterIncrement(other);\n"
	"  imageStore(images[0], ivec2(0), first);\n"
	"}";

static const GLenum interfaces[] = {GL_UNIFORM, GL_UNIFORM_BLOCK, GL_PROGRAM_INPUT,
	GL_PROGRAM_OUTPUT, GL_BUFFER_VARIABLE, GL_SHADER_STORAGE_BLOCK, GL_ATOMIC_COUNTER_BUFFER,
	GL_TRANSFORM_FEEDBACK_VARYING, GL_BLEND};
static const GLenum properties[] = {GL_NAME_LENGTH, GL_TYPE, GL_ARRAY_SIZE, GL_OFFSET,
	GL_BLOCK_INDEX, GL_ARRAY_STRIDE, GL_MATRIX_STRIDE, GL_IS_ROW_MAJOR,
	GL_ATOMIC_COUNTER_BUFFER_INDEX, GL_BUFFER_BINDING, GL_BUFFER_DATA_SIZE,
	GL_NUM_ACTIVE_VARIABLES, GL_ACTIVE_VARIABLES, GL_REFERENCED_BY_VERTEX_SHADER,
	GL_REFERENCED_BY_FRAGMENT_SHADER, GL_REFERENCED_BY_COMPUTE_SHADER, GL_TOP_LEVEL_ARRAY_SIZE,
	GL_TOP_LEVEL_ARRAY_STRIDE, GL_LOCATION, GL_BLEND};

static void say_resource(GLuint program, GLenum interface, GLuint index)
{
	static const GLsizei rooms[] = {-1, 0, 1, 3, 64};
	GLint values[24];
	GLsizei length;
	char name[64];

	for (size_t i = 0; i < COUNT(properties); i++) {
		length = -5;
		untouched(values, sizeof(values));
		glGetProgramResourceiv(
			program, interface, index, 1, &properties[i], 16, &length, values);
		say("   %s: %d", enum_name(properties[i]), length);
		say_ints("    ", values, length > 0 ? length + 1 : 2);
		say_error("    ");
	}
	for (size_t i = 0; i < COUNT(rooms); i++) {
		length = -5;
		untouched(name, sizeof(name));
		DO(glGetProgramResourceName(program, interface, index, rooms[i], &length, name));
		say("   length %d", length);
		say_bytes("   name", name, 12);
	}
	name[63] = '\0';
	say("   %.20s", length > 0 ? name : "");
	DO(glGetProgramResourceName(program, interface, index, 64, NULL, name));
}

static void say_interface(GLuint program, GLenum interface)
{
	static const GLenum pnames[] = {
		GL_ACTIVE_RESOURCES, GL_MAX_NAME_LENGTH, GL_MAX_NUM_ACTIVE_VARIABLES, GL_BLEND};
	GLint count = 0, value[2];

	say("%s", enum_name(interface));
	for (size_t i = 0; i < COUNT(pnames); i++) {
		untouched(value, sizeof(value));
		DO(glGetProgramInterfaceiv(program, interface, pnames[i], value));
		say_ints(" value", value, 2);
	}
	glGetProgramInterfaceiv(program, interface, GL_ACTIVE_RESOURCES, &count);
	for (GLint i = 0; i <= count; i++) {
		say("  %d of them", i);
		say_resource(program, interface, (GLuint)i);
	}
}

static void say_named(GLuint program)
{
	static const char *const names[] = {"turn", "turn[0]", "turn[2]", "turn[3]", "turn[01]",
		"turn[-1]", "turn[", "turn]", "Frame", "Frame[0]", "Frame[1]", "Frame[2]",
		"Frame.x", "Frame.parts[1].r", "Store", "Store.items[0].k", "Store.items[1].k",
		"Store.rest", "Store.rest[0]", "position", "colors", "colors[1]", "colors[2]",
		"paint", "first", "second", "second[0]", "counters", "counters[1]", "other",
		"images[1]", "tex", "tex[2]", "gl_Position", ""};

	for (size_t i = 0; i < COUNT(interfaces); i++) {
		for (size_t k = 0; k < COUNT(names); k++) {
			say("%s %s: %u at %d", enum_name(interfaces[i]), names[k],
				glGetProgramResourceIndex(program, interfaces[i], names[k]),
				glGetProgramResourceLocation(program, interfaces[i], names[k]));
			say_error("  ");
		}
	}
}

static void say_several(GLuint program)
{
	static const GLenum some[] = {GL_TYPE, GL_NAME_LENGTH, GL_ACTIVE_VARIABLES, GL_LOCATION};
	GLint values[8];
	GLsizei length;

	for (GLsizei room = -1; room < 6; room++) {
		length = -5;
		untouched(values, sizeof(values));
		DO(glGetProgramResourceiv(program, GL_UNIFORM, 0, 2, some, room, &length, values));
		say_ints("  values", values, 8);
		say("  length %d", length);
	}
	for (GLsizei count = -1; count < 5; count++) {
		untouched(values, sizeof(values));
		DO(glGetProgramResourceiv(program, GL_UNIFORM, 0, count, some, 8, NULL, values));
		say_ints("  values", values, 8);
	}
}

static void ask_others(void)
{
	const GLuint empty = glCreateProgram(), shader = make_shader(GL_VERTEX_SHADER, vertex);
	const GLuint others[] = {0, 999, shader, empty};
	const GLenum property = GL_TYPE;
	GLint value = -7;

	for (size_t i = 0; i < COUNT(others); i++) {
		DO(glGetProgramInterfaceiv(others[i], GL_UNIFORM, GL_ACTIVE_RESOURCES, &value));
		ASK(glGetProgramResourceIndex(others[i], GL_UNIFORM, "turn"));
		ASK(glGetProgramResourceLocation(others[i], GL_UNIFORM, "turn"));
		DO(glGetProgramResourceiv(others[i], GL_UNIFORM, 0, 1, &property, 1, NULL, &value));
		DO(glGetProgramResourceName(others[i], GL_UNIFORM, 0, 0, NULL, NULL));
		say("value %d", value);
	}
	glAttachShader(empty, shader);
	glLinkProgram(empty);
	DO(glGetProgramInterfaceiv(empty, GL_UNIFORM, GL_ACTIVE_RESOURCES, &value));
	say("of one that did not link: %d", value);
	ASK(glGetProgramResourceLocation(empty, GL_UNIFORM, "turn"));
}

XG_CASE_ES31(program_interface)
{
	GLuint program = make_program(vertex, fragment);

	for (size_t i = 0; i < COUNT(interfaces); i++)
		say_interface(program, interfaces[i]);
	say_named(program);
	say_several(program);
	ask_others();
	/* Linked anew it has other resources. */
	glDetachShader(program, 2);
	static const char *const varyings[] = {"paint", "number", "gl_Position"};
	DO(glTransformFeedbackVaryings(program, 3, varyings, GL_INTERLEAVED_ATTRIBS));
	glLinkProgram(program);
	say_interface(program, GL_TRANSFORM_FEEDBACK_VARYING);
	ASK(glGetProgramResourceIndex(program, GL_TRANSFORM_FEEDBACK_VARYING, "number"));
	/* A binding that was changed. */
	glUniformBlockBinding(program, 1, 5);
	say_resource(program, GL_UNIFORM_BLOCK, 1);
}
