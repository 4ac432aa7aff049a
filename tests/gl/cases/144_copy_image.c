/* SPDX-License-Identifier: MIT */
/* glCopyImageSubData: between formats, targets and levels; what is refused, and how. */
#include "../stages.h"

static const GLenum formats[] = {GL_RGBA8, GL_RGBA8UI, GL_RGBA8I, GL_RGBA8_SNORM, GL_SRGB8_ALPHA8,
	GL_R32F, GL_R32UI, GL_RG16F, GL_RG16I, GL_RGB10_A2, GL_R11F_G11F_B10F, GL_RGB9_E5, GL_R8,
	GL_RG8UI, GL_R16UI, GL_RGB8, GL_RGBA16F, GL_RG32UI, GL_RGBA32F, GL_RGBA32UI,
	GL_COMPRESSED_RGB8_ETC2, GL_COMPRESSED_RGBA8_ETC2_EAC, GL_COMPRESSED_R11_EAC,
	GL_COMPRESSED_RG11_EAC, GL_DEPTH24_STENCIL8, GL_DEPTH_COMPONENT16, GL_STENCIL_INDEX8};

static GLuint make(GLenum format)
{
	GLuint texture;

	glGenTextures(1, &texture);
	glBindTexture(GL_TEXTURE_2D, texture);
	glTexStorage2D(GL_TEXTURE_2D, 1, format, 16, 16);
	glTexParameteri(GL_TEXTURE_2D, GL_TEXTURE_MIN_FILTER, GL_NEAREST);
	glTexParameteri(GL_TEXTURE_2D, GL_TEXTURE_MAG_FILTER, GL_NEAREST);
	return texture;
}

/* Which formats go together. */
static void pair_formats(void)
{
	GLuint textures[2][COUNT(formats)];

	for (size_t i = 0; i < COUNT(formats); i++) {
		textures[0][i] = make(formats[i]);
		textures[1][i] = make(formats[i]);
	}
	say_error("formats");
	for (size_t from = 0; from < COUNT(formats); from++) {
		for (size_t to = 0; to < COUNT(formats); to++) {
			glCopyImageSubData(textures[0][from], GL_TEXTURE_2D, 0, 0, 0, 0,
				textures[1][to], GL_TEXTURE_2D, 0, 0, 0, 0, 4, 4, 1);
			say("0x%04x to 0x%04x: %s", formats[from], formats[to],
				enum_name(glGetError()));
		}
	}
	glDeleteTextures(COUNT(formats), textures[0]);
	glDeleteTextures(COUNT(formats), textures[1]);
}

/* A texture's bits as another format's. */
static void reinterpret(void)
{
	const uint8_t *bytes = random_bytes(16 * 16 * 4, 144);
	const GLuint from = make(GL_RGBA8), to = make(GL_R32UI), block = make(GL_RGBA32UI),
		     etc = make(GL_COMPRESSED_RGBA8_ETC2_EAC);

	glBindTexture(GL_TEXTURE_2D, from);
	glTexSubImage2D(GL_TEXTURE_2D, 0, 0, 0, 16, 16, GL_RGBA, GL_UNSIGNED_BYTE, bytes);
	DO(glCopyImageSubData(
		from, GL_TEXTURE_2D, 0, 2, 3, 0, to, GL_TEXTURE_2D, 0, 1, 1, 0, 10, 9, 1));
	glBindTexture(GL_TEXTURE_2D, to);
	use_quad("uniform highp usampler2D s;",
		"uint v = texture(s, t).r; color = vec4(v & 255u, v >> 8u & 255u, v >> 16u & 255u, "
		"v >> 24u) / 255.0;");
	glDrawArrays(GL_TRIANGLE_STRIP, 0, 4);
	say_picture("bits");
	glBindTexture(GL_TEXTURE_2D, block);
	glTexSubImage2D(GL_TEXTURE_2D, 0, 0, 0, 4, 4, GL_RGBA_INTEGER, GL_UNSIGNED_INT, bytes);
	DO(glCopyImageSubData(
		block, GL_TEXTURE_2D, 0, 0, 0, 0, etc, GL_TEXTURE_2D, 0, 0, 0, 0, 4, 4, 1));
	use_textured();
	glBindTexture(GL_TEXTURE_2D, etc);
	draw_quad();
	say_picture("blocks");
	DO(glCopyImageSubData(
		etc, GL_TEXTURE_2D, 0, 4, 0, 0, block, GL_TEXTURE_2D, 0, 9, 9, 0, 12, 16, 1));
	DO(glCopyImageSubData(
		etc, GL_TEXTURE_2D, 0, 2, 0, 0, block, GL_TEXTURE_2D, 0, 0, 0, 0, 4, 4, 1));
	DO(glCopyImageSubData(
		etc, GL_TEXTURE_2D, 0, 0, 0, 0, block, GL_TEXTURE_2D, 0, 0, 0, 0, 3, 4, 1));
	DO(glCopyImageSubData(
		block, GL_TEXTURE_2D, 0, 0, 0, 0, etc, GL_TEXTURE_2D, 0, 0, 0, 0, 5, 5, 1));
	glDeleteTextures(4, (const GLuint[]){from, to, block, etc});
}

struct image {
	GLuint name;
	GLenum target;
};

static struct image make_target(GLenum target)
{
	struct image image = {0, target};

	if (target == GL_RENDERBUFFER) {
		glGenRenderbuffers(1, &image.name);
		glBindRenderbuffer(target, image.name);
		glRenderbufferStorage(target, GL_RGBA8, 8, 8);
		return image;
	}
	glGenTextures(1, &image.name);
	glBindTexture(target, image.name);
	if (target == GL_TEXTURE_2D_MULTISAMPLE)
		glTexStorage2DMultisample(target, 4, GL_RGBA8, 8, 8, GL_TRUE);
	else if (target == GL_TEXTURE_2D || target == GL_TEXTURE_CUBE_MAP)
		glTexStorage2D(target, 3, GL_RGBA8, 8, 8);
	else if (target != GL_TEXTURE_BUFFER)
		glTexStorage3D(target, 3, GL_RGBA8, 8, 8, 12);
	return image;
}

static const GLenum targets[] = {GL_TEXTURE_2D, GL_TEXTURE_3D, GL_TEXTURE_2D_ARRAY,
	GL_TEXTURE_CUBE_MAP, GL_TEXTURE_CUBE_MAP_ARRAY, GL_TEXTURE_2D_MULTISAMPLE, GL_RENDERBUFFER,
	GL_TEXTURE_BUFFER};

static void pair_targets(void)
{
	struct image images[2][COUNT(targets)];

	for (size_t i = 0; i < COUNT(targets); i++) {
		images[0][i] = make_target(targets[i]);
		images[1][i] = make_target(targets[i]);
	}
	say_error("targets");
	for (size_t from = 0; from < COUNT(targets); from++) {
		for (size_t to = 0; to < COUNT(targets); to++) {
			const struct image *a = &images[0][from], *b = &images[1][to];

			for (GLint z = 0; z < 6; z += 3) {
				glCopyImageSubData(a->name, a->target, 0, 1, 1, z, b->name,
					b->target, 0, 2, 2, z, 3, 4, 1);
				say("0x%04x to 0x%04x at %d: %s", a->target, b->target, z,
					enum_name(glGetError()));
			}
			glCopyImageSubData(a->name, a->target, 1, 0, 0, 0, b->name, b->target, 2, 0,
				0, 0, 2, 2, 2);
			say("levels: %s", enum_name(glGetError()));
			glCopyImageSubData(a->name, b->target, 0, 0, 0, 0, b->name, a->target, 0, 0,
				0, 0, 2, 2, 1);
			say("targets of each other: %s", enum_name(glGetError()));
		}
	}
	for (size_t i = 0; i < COUNT(targets); i++) {
		if (targets[i] == GL_RENDERBUFFER)
			continue;
		glDeleteTextures(1, &images[0][i].name);
		glDeleteTextures(1, &images[1][i].name);
	}
}

/* From a renderbuffer to a cube map's face, and back. */
static void through_renderbuffer(void)
{
	const struct image buffer = make_target(GL_RENDERBUFFER);
	const struct image cube = make_target(GL_TEXTURE_CUBE_MAP);
	GLuint framebuffer;

	glGenFramebuffers(1, &framebuffer);
	glBindFramebuffer(GL_FRAMEBUFFER, framebuffer);
	glFramebufferRenderbuffer(
		GL_FRAMEBUFFER, GL_COLOR_ATTACHMENT0, GL_RENDERBUFFER, buffer.name);
	glClearColor(0.2f, 0.9f, 0.4f, 1);
	glClear(GL_COLOR_BUFFER_BIT);
	DO(glCopyImageSubData(buffer.name, GL_RENDERBUFFER, 0, 0, 0, 0, cube.name,
		GL_TEXTURE_CUBE_MAP, 0, 3, 1, 4, 5, 4, 1));
	glFramebufferTexture2D(
		GL_FRAMEBUFFER, GL_COLOR_ATTACHMENT0, GL_TEXTURE_CUBE_MAP_POSITIVE_Z, cube.name, 0);
	say_pixels("face", 0, 0, 8, 8);
	DO(glCopyImageSubData(cube.name, GL_TEXTURE_CUBE_MAP, 0, 2, 0, 4, buffer.name,
		GL_RENDERBUFFER, 0, 0, 0, 0, 6, 6, 1));
	glFramebufferRenderbuffer(
		GL_FRAMEBUFFER, GL_COLOR_ATTACHMENT0, GL_RENDERBUFFER, buffer.name);
	say_pixels("renderbuffer", 0, 0, 8, 8);
	glBindFramebuffer(GL_FRAMEBUFFER, 0);
	glDeleteFramebuffers(1, &framebuffer);
	glDeleteRenderbuffers(1, &buffer.name);
	glDeleteTextures(1, &cube.name);
	glClearColor(0, 0, 0, 0);
}

static void refuse(void)
{
	const GLuint a = make(GL_RGBA8), b = make(GL_RGBA8);
	GLuint incomplete;

#define COPY(from, level, x, y, z, to, w, h, d)                                                    \
	DO(glCopyImageSubData(                                                                     \
		from, GL_TEXTURE_2D, level, x, y, z, to, GL_TEXTURE_2D, 0, 0, 0, 0, w, h, d))
	COPY(a, 0, 0, 0, 0, b, 16, 16, 1);
	COPY(a, 0, 1, 0, 0, b, 16, 16, 1);
	COPY(a, 0, 0, 9, 0, b, 16, 8, 1);
	COPY(a, 0, 0, 0, 1, b, 1, 1, 1);
	COPY(a, 0, 0, 0, 0, b, 1, 1, 2);
	COPY(a, 1, 0, 0, 0, b, 1, 1, 1);
	COPY(a, -1, 0, 0, 0, b, 1, 1, 1);
	COPY(a, 99, 0, 0, 0, b, 1, 1, 1);
	COPY(a, 0, -1, 0, 0, b, 1, 1, 1);
	COPY(a, 0, 0, -1, 0, b, 1, 1, 1);
	COPY(a, 0, 0, 0, 0, b, -1, 1, 1);
	COPY(a, 0, 0, 0, 0, b, 1, -1, 1);
	COPY(a, 0, 0, 0, 0, b, 1, 1, -1);
	COPY(0, 0, 0, 0, 0, b, 1, 1, 1);
	COPY(a, 0, 0, 0, 0, 0, 1, 1, 1);
	COPY(4711, 0, 0, 0, 0, b, 1, 1, 1);
	COPY(a, 0, 0, 0, 0, 4711, 1, 1, 1);
	COPY(a, 0, 0, 0, 0, b, 0, 4, 1);
	COPY(a, 0, 0, 0, 0, b, 4, 4, 0);
	DO(glCopyImageSubData(a, GL_TEXTURE_CUBE_MAP_POSITIVE_X, 0, 0, 0, 0, b, GL_TEXTURE_2D, 0, 0,
		0, 0, 1, 1, 1));
	DO(glCopyImageSubData(a, GL_TEXTURE_2D, 0, 0, 0, 0, b, GL_BLEND, 0, 0, 0, 0, 1, 1, 1));
	DO(glCopyImageSubData(a, GL_TEXTURE_3D, 0, 0, 0, 0, b, GL_TEXTURE_2D, 0, 0, 0, 0, 1, 1, 1));
	/* Onto itself, without an overlap. */
	DO(glCopyImageSubData(a, GL_TEXTURE_2D, 0, 0, 0, 0, a, GL_TEXTURE_2D, 0, 8, 8, 0, 8, 8, 1));
	glGenTextures(1, &incomplete);
	glBindTexture(GL_TEXTURE_2D, incomplete);
	glTexImage2D(GL_TEXTURE_2D, 0, GL_RGBA8, 16, 16, 0, GL_RGBA, GL_UNSIGNED_BYTE, NULL);
	COPY(incomplete, 0, 0, 0, 0, b, 4, 4, 1);
	glTexParameteri(GL_TEXTURE_2D, GL_TEXTURE_MIN_FILTER, GL_LINEAR);
	COPY(incomplete, 0, 0, 0, 0, b, 4, 4, 1);
	glDeleteTextures(3, (const GLuint[]){a, b, incomplete});
}

/* Nothing, from and to places that there are and that there are not. */
static void nothing(void)
{
	static const GLint sizes[][3] = {{0, 4, 1}, {4, 0, 1}, {4, 4, 0}, {0, 0, 0}, {0, 4, 9}};
	static const GLint places[][3] = {{0, 0, 0}, {8, 8, 0}, {9, 0, 0}, {0, 9, 0}, {0, 0, 5},
		{0, 0, 6}, {0, 0, 13}, {-1, 0, 0}, {0, 0, -1}};

	for (size_t i = 0; i < COUNT(targets) * COUNT(sizes) * COUNT(places); i++) {
		const struct image image = make_target(targets[i / COUNT(places) / COUNT(sizes)]);
		const GLint *n = sizes[i / COUNT(places) % COUNT(sizes)],
			    *p = places[i % COUNT(places)];

		/* Mesa 22.3 takes a cube map's faces by their numbers before it looks at these. */
		if (image.target == GL_TEXTURE_CUBE_MAP && (p[2] < 0 || p[2] + n[2] > 6))
			continue;
		say("0x%04x: %d %d %d of %d %d %d", image.target, n[0], n[1], n[2], p[0], p[1],
			p[2]);
		DO(glCopyImageSubData(image.name, image.target, 0, p[0], p[1], p[2], image.name,
			image.target, 0, 0, 0, 0, n[0], n[1], n[2]));
		DO(glCopyImageSubData(image.name, image.target, 0, 0, 0, 0, image.name,
			image.target, 0, p[0], p[1], p[2], n[0], n[1], n[2]));
	}
}

XG_CASE_ES32(copy_image)
{
	pair_formats();
	reinterpret();
	pair_targets();
	through_renderbuffer();
	refuse();
	nothing();
}
