/* SPDX-License-Identifier: MIT */
/*
 * Commands that take memory for textures and renderbuffers. The driver's own accounting is its
 * own; here a texel is what the guest specified, at least four bytes, a row at least 64, and what
 * glGenerateMipmap makes half as much as what it is made of.
 */
#include "base/checked.h"
#include "context.h"
#include "format.h"
#include "image.h"
#include "names.h"
#include "replay.h"
#include "unpack.h"
#include "xg_thunks.h"

enum {
	TEXEL_MIN = 4,
	ROW_MIN = 64,
	LEVELS_MAX = 32,
	FACES = 6,
	SAMPLES_MAX = 64,
	SLOTS = LEVELS_MAX * FACES,
	GENERATED = 8 * SLOTS
};

/* Where an image of a texture is, for the accounts. */
struct place {
	uint32_t binding; /* GL_TEXTURE_BINDING_*; 0: no such target */
	uint32_t slot;
};

/* The default textures of all targets have the same name, so each target has slots of its own. */
static struct place place_of(uint32_t target, int32_t level)
{
	const uint32_t slot = level >= 0 && level < LEVELS_MAX ? (uint32_t)level : 0;
	const uint32_t face = target - GL_TEXTURE_CUBE_MAP_POSITIVE_X;

	if (face < FACES)
		return (struct place){GL_TEXTURE_BINDING_CUBE_MAP, slot + LEVELS_MAX * face};
	switch (target) {
	case GL_TEXTURE_2D:
		return (struct place){GL_TEXTURE_BINDING_2D, slot + SLOTS};
	case GL_TEXTURE_3D_OES:
		return (struct place){GL_TEXTURE_BINDING_3D_OES, slot + 2 * SLOTS};
	case GL_TEXTURE_2D_ARRAY:
		return (struct place){GL_TEXTURE_BINDING_2D_ARRAY, slot + 3 * SLOTS};
	case GL_TEXTURE_CUBE_MAP_ARRAY:
		return (struct place){GL_TEXTURE_BINDING_CUBE_MAP_ARRAY, slot + 4 * SLOTS};
	case GL_TEXTURE_EXTERNAL_OES:
		return (struct place){GL_TEXTURE_BINDING_EXTERNAL_OES, slot + 5 * SLOTS};
	case GL_TEXTURE_2D_MULTISAMPLE:
		return (struct place){GL_TEXTURE_BINDING_2D_MULTISAMPLE, slot + 6 * SLOTS};
	case GL_TEXTURE_2D_MULTISAMPLE_ARRAY:
		return (struct place){GL_TEXTURE_BINDING_2D_MULTISAMPLE_ARRAY, slot + 7 * SLOTS};
	default:
		return (struct place){0, 0};
	}
}

/* An upper bound of what width × height × depth texels take; UINT64_MAX if it does not fit. */
static uint64_t texel_bytes(int32_t width, int32_t height, int32_t depth, uint32_t texel_size)
{
	size_t bytes;

	if (width <= 0 || height <= 0 || depth <= 0)
		return 0;
	if (!checked_mul((size_t)width, texel_size < TEXEL_MIN ? TEXEL_MIN : texel_size, &bytes) ||
		!checked_align(bytes, ROW_MIN, &bytes) ||
		!checked_mul(bytes, (size_t)height, &bytes) ||
		!checked_mul(bytes, (size_t)depth, &bytes))
		return UINT64_MAX;
	return bytes;
}

/* Whether the driver may have an image of that size. Another one it refuses: that takes nothing,
 * and how it is refused is for the driver to say. */
static bool may_have(const struct xg_replay *r, uint32_t target, int32_t level, int32_t width,
	int32_t height, int32_t depth)
{
	const struct xg_image_limits *limits = &r->context->limits;
	const bool is_volume = target == GL_TEXTURE_3D_OES;
	const int32_t side = is_volume ? limits->volume_side : limits->side;

	return level >= 0 && level < LEVELS_MAX - 1 && width <= side >> level &&
	       height <= side >> level && depth <= (is_volume ? side >> level : limits->layers);
}

/* An upper bound of what an image takes; 0 where the driver refuses it. */
static uint64_t image_bytes(const struct xg_replay *r, uint32_t target, int32_t level,
	int32_t width, int32_t height, int32_t depth, uint32_t texel_size)
{
	return may_have(r, target, level, width, height, depth)
		       ? texel_bytes(width, height, depth, texel_size)
		       : 0;
}

/* What a texel of an internal format takes at most. */
static uint32_t internal_texel_size(uint32_t internal_format)
{
	switch (internal_format) {
	case GL_RGBA32F:
	case GL_RGBA32I:
	case GL_RGBA32UI:
	case GL_RGB32F:
	case GL_RGB32I:
	case GL_RGB32UI:
		return 16;
	case GL_RGBA16F:
	case GL_RGBA16I:
	case GL_RGBA16UI:
	case GL_RGBA16_EXT:
	case GL_RGBA16_SNORM_EXT:
	case GL_RGB16F:
	case GL_RGB16I:
	case GL_RGB16UI:
	case GL_RGB16_EXT:
	case GL_RGB16_SNORM_EXT:
	case GL_RG32F:
	case GL_RG32I:
	case GL_RG32UI:
	case GL_DEPTH32F_STENCIL8:
		return 8;
	default:
		return TEXEL_MIN;
	}
}

/* A sized internal format says what is kept; an unsized one leaves it to what is given. */
static uint32_t specified_size(uint32_t internal_format, uint32_t format, uint32_t type)
{
	const uint32_t given = xg_format_texel_size(format, type);
	const uint32_t kept = internal_texel_size(internal_format);

	return given > kept ? given : kept;
}

/* True if the driver may be asked for an image of that many bytes at that target. */
static bool begin_image(struct xg_replay *r, uint32_t target, uint64_t bytes)
{
	xg_replay_collect_error(r);
	if (!place_of(target, 0).binding) {
		xg_replay_error(r, GL_INVALID_ENUM);
		return false;
	}
	return xg_names_reserve(r, XG_CLASS_TEXTURE, bytes);
}

/* The driver was asked: books the image, or not if it refused. */
static void end_image(struct xg_replay *r, struct place place, uint64_t bytes)
{
	GLint name = 0;

	if (xg_replay_collect_error(r)) {
		xg_names_release(r, XG_CLASS_TEXTURE, bytes);
		return;
	}
	xg_replay_gl(r)->glGetIntegerv(place.binding, &name);
	xg_names_charge(r, XG_CLASS_TEXTURE, (uint32_t)name, place.slot, bytes);
}

void xg_replay_glTexImage2D(
	struct xg_replay *r, const struct xg_cmd_glTexImage2D *c, const struct xg_payload *p)
{
	const struct xg_pixels pixels = xg_pixels_begin(r, &p[0]);
	const bool is_image = p[0].is_known || pixels.is_in_buffer;
	const int32_t width = is_image ? c->width : 0;
	const int32_t height = is_image ? c->height : 0;
	const uint64_t bytes = image_bytes(r, c->target, c->level, width, height, 1,
		specified_size((uint32_t)c->internalformat, c->format, c->type));

	if (begin_image(r, c->target, bytes)) {
		xg_replay_gl(r)->glTexImage2D(c->target, c->level, c->internalformat, width, height,
			c->border, c->format, c->type, pixels.data);
		end_image(r, place_of(c->target, c->level), bytes);
	}
	xg_pixels_end(r, &pixels);
}

void xg_replay_glTexImage3DOES(
	struct xg_replay *r, const struct xg_cmd_glTexImage3DOES *c, const struct xg_payload *p)
{
	const struct xg_pixels pixels = xg_pixels_begin(r, &p[0]);
	const bool is_image = p[0].is_known || pixels.is_in_buffer;
	const int32_t width = is_image ? c->width : 0;
	const int32_t height = is_image ? c->height : 0;
	const int32_t depth = is_image ? c->depth : 0;
	const uint64_t bytes = image_bytes(r, c->target, c->level, width, height, depth,
		specified_size((uint32_t)c->internalformat, c->format, c->type));

	if (begin_image(r, c->target, bytes)) {
		xg_replay_gl(r)->glTexImage3DOES(c->target, c->level, c->internalformat, width,
			height, depth, c->border, c->format, c->type, pixels.data);
		end_image(r, place_of(c->target, c->level), bytes);
	}
	xg_pixels_end(r, &pixels);
}

void xg_replay_glCopyTexImage2D(
	struct xg_replay *r, const struct xg_cmd_glCopyTexImage2D *c, const struct xg_payload *p)
{
	const uint64_t bytes = image_bytes(r, c->target, c->level, c->width, c->height, 1,
		internal_texel_size(c->internalformat));

	if (!begin_image(r, c->target, bytes))
		return;
	xg_replay_gl(r)->glCopyTexImage2D(
		c->target, c->level, c->internalformat, c->x, c->y, c->width, c->height, c->border);
	end_image(r, place_of(c->target, c->level), bytes);
}

/* An image of all levels at once; a cube map's faces are counted with the first. */
struct storage {
	uint32_t target; /* of the first face */
	int32_t levels;
	uint32_t texel_size;
	int32_t width, height, depth;
	bool is_volume; /* the depth, too, is halved from level to level */
	bool is_refused;
};

static uint64_t storage_bytes(const struct storage *s, int32_t level)
{
	const int32_t width = s->width >> level, height = s->height >> level;
	const int32_t depth = s->is_volume ? s->depth >> level : s->depth;

	if (s->is_refused || s->width <= 0 || s->height <= 0 || s->depth <= 0)
		return 0; /* the driver refuses it */
	return texel_bytes(width > 1 ? width : 1, height > 1 ? height : 1, depth > 1 ? depth : 1,
		s->texel_size);
}

/* What a texture without an end would take. */
static uint64_t all_storage_bytes(const struct storage *s)
{
	uint64_t all = 0;

	for (int32_t level = 0; level < s->levels && level < LEVELS_MAX - 1; level++) {
		const uint64_t bytes = storage_bytes(s, level);

		all = bytes > UINT64_MAX - all ? UINT64_MAX : all + bytes;
	}
	return all;
}

static bool begin_storage(struct xg_replay *r, const struct storage *s)
{
	return begin_image(r, s->target, all_storage_bytes(s));
}

static void end_storage(struct xg_replay *r, const struct storage *s)
{
	const struct place place = place_of(s->target, 0);
	GLint name = 0;

	if (xg_replay_collect_error(r)) {
		xg_names_release(r, XG_CLASS_TEXTURE, all_storage_bytes(s));
		return;
	}
	xg_replay_gl(r)->glGetIntegerv(place.binding, &name);
	for (int32_t level = 0; level < s->levels && level < LEVELS_MAX - 1; level++)
		xg_names_charge(r, XG_CLASS_TEXTURE, (uint32_t)name, place.slot + (uint32_t)level,
			storage_bytes(s, level));
}

void xg_replay_glTexStorage2D(
	struct xg_replay *r, const struct xg_cmd_glTexStorage2D *c, const struct xg_payload *p)
{
	const bool is_cube = c->target == GL_TEXTURE_CUBE_MAP;
	const struct storage storage = {
		.target = is_cube ? GL_TEXTURE_CUBE_MAP_POSITIVE_X : c->target,
		.levels = c->levels,
		.texel_size = internal_texel_size(c->internalformat),
		.width = c->width,
		.height = c->height,
		.depth = is_cube ? FACES : 1,
		.is_refused = !may_have(r, c->target, 0, c->width, c->height, 1),
	};

	if (!begin_storage(r, &storage))
		return;
	xg_replay_gl(r)->glTexStorage2D(
		c->target, c->levels, c->internalformat, c->width, c->height);
	end_storage(r, &storage);
}

void xg_replay_glTexStorage3D(
	struct xg_replay *r, const struct xg_cmd_glTexStorage3D *c, const struct xg_payload *p)
{
	const struct storage storage = {
		.target = c->target,
		.levels = c->levels,
		.texel_size = internal_texel_size(c->internalformat),
		.width = c->width,
		.height = c->height,
		.depth = c->depth,
		.is_volume = c->target == GL_TEXTURE_3D_OES,
		.is_refused = !may_have(r, c->target, 0, c->width, c->height, c->depth),
	};

	if (!begin_storage(r, &storage))
		return;
	xg_replay_gl(r)->glTexStorage3D(
		c->target, c->levels, c->internalformat, c->width, c->height, c->depth);
	end_storage(r, &storage);
}

/* How many samples a driver may make of those that were asked for. */
static int32_t sample_count(int32_t untrusted_samples)
{
	int32_t count = 1;

	while (count < untrusted_samples && count < SAMPLES_MAX)
		count *= 2;
	return count == 2 ? 4 : count;
}

void xg_replay_glTexStorage2DMultisample(struct xg_replay *r,
	const struct xg_cmd_glTexStorage2DMultisample *c, const struct xg_payload *p)
{
	const struct storage storage = {
		.target = c->target,
		.levels = 1,
		.texel_size = internal_texel_size(c->internalformat),
		.width = c->width,
		.height = c->height,
		.depth = sample_count(c->samples),
		.is_refused = !may_have(r, c->target, 0, c->width, c->height, 1),
	};

	if (!begin_storage(r, &storage))
		return;
	xg_replay_gl(r)->glTexStorage2DMultisample(c->target, c->samples, c->internalformat,
		c->width, c->height, c->fixedsamplelocations != 0);
	end_storage(r, &storage);
}

/* Layers × samples, which are one image for the accounts. */
static int32_t layers_of_samples(int32_t depth, int32_t samples)
{
	return depth > INT32_MAX / SAMPLES_MAX ? INT32_MAX : depth * sample_count(samples);
}

void xg_replay_glTexStorage3DMultisampleOES(struct xg_replay *r,
	const struct xg_cmd_glTexStorage3DMultisampleOES *c, const struct xg_payload *p)
{
	const struct storage storage = {
		.target = c->target,
		.levels = 1,
		.texel_size = internal_texel_size(c->internalformat),
		.width = c->width,
		.height = c->height,
		.depth = layers_of_samples(c->depth, c->samples),
		.is_refused = !may_have(r, c->target, 0, c->width, c->height, c->depth),
	};

	if (!begin_storage(r, &storage))
		return;
	xg_replay_gl(r)->glTexStorage3DMultisampleOES(c->target, c->samples, c->internalformat,
		c->width, c->height, c->depth, c->fixedsamplelocations != 0);
	end_storage(r, &storage);
}

void xg_replay_glCompressedTexImage2D(struct xg_replay *r,
	const struct xg_cmd_glCompressedTexImage2D *c, const struct xg_payload *p)
{
	/* A driver may keep compressed images decompressed. */
	const uint64_t bytes =
		image_bytes(r, c->target, c->level, c->width, c->height, 1, TEXEL_MIN);
	const struct xg_pixels pixels = xg_pixels_begin(r, &p[0]);

	if (begin_image(r, c->target, bytes)) {
		xg_replay_gl(r)->glCompressedTexImage2D(c->target, c->level, c->internalformat,
			c->width, c->height, c->border, c->imageSize, pixels.data);
		end_image(r, place_of(c->target, c->level), bytes);
	}
	xg_pixels_end(r, &pixels);
}

void xg_replay_glCompressedTexImage3DOES(struct xg_replay *r,
	const struct xg_cmd_glCompressedTexImage3DOES *c, const struct xg_payload *p)
{
	const uint64_t bytes =
		image_bytes(r, c->target, c->level, c->width, c->height, c->depth, TEXEL_MIN);
	const struct xg_pixels pixels = xg_pixels_begin(r, &p[0]);

	if (begin_image(r, c->target, bytes)) {
		xg_replay_gl(r)->glCompressedTexImage3DOES(c->target, c->level, c->internalformat,
			c->width, c->height, c->depth, c->border, c->imageSize, pixels.data);
		end_image(r, place_of(c->target, c->level), bytes);
	}
	xg_pixels_end(r, &pixels);
}

/* The driver was asked: books the renderbuffer's memory, or not if it refused. */
static void end_renderbuffer(struct xg_replay *r, uint64_t bytes)
{
	GLint name = 0;

	if (xg_replay_collect_error(r)) {
		xg_names_release(r, XG_CLASS_RENDERBUFFER, bytes);
		return;
	}
	xg_replay_gl(r)->glGetIntegerv(GL_RENDERBUFFER_BINDING, &name);
	xg_names_charge(r, XG_CLASS_RENDERBUFFER, (uint32_t)name, 0, bytes);
}

void xg_replay_glRenderbufferStorage(struct xg_replay *r,
	const struct xg_cmd_glRenderbufferStorage *c, const struct xg_payload *p)
{
	const uint64_t bytes = image_bytes(
		r, c->target, 0, c->width, c->height, 1, internal_texel_size(c->internalformat));

	xg_replay_collect_error(r);
	if (!xg_names_reserve(r, XG_CLASS_RENDERBUFFER, bytes))
		return;
	xg_replay_gl(r)->glRenderbufferStorage(c->target, c->internalformat, c->width, c->height);
	end_renderbuffer(r, bytes);
}

void xg_replay_glRenderbufferStorageMultisample(struct xg_replay *r,
	const struct xg_cmd_glRenderbufferStorageMultisample *c, const struct xg_payload *p)
{
	const uint64_t bytes = !may_have(r, c->target, 0, c->width, c->height, 1)
				       ? 0
				       : texel_bytes(c->width, c->height, sample_count(c->samples),
						 internal_texel_size(c->internalformat));

	xg_replay_collect_error(r);
	if (!xg_names_reserve(r, XG_CLASS_RENDERBUFFER, bytes))
		return;
	xg_replay_gl(r)->glRenderbufferStorageMultisample(
		c->target, c->samples, c->internalformat, c->width, c->height);
	end_renderbuffer(r, bytes);
}

static uint64_t level_bytes(
	const struct xg_replay *r, uint32_t name, uint32_t target, int32_t level)
{
	return xg_names_slot_bytes(r->names, XG_CLASS_TEXTURE, name, place_of(target, level).slot);
}

void xg_replay_glGenerateMipmap(
	struct xg_replay *r, const struct xg_cmd_glGenerateMipmap *c, const struct xg_payload *p)
{
	const bool is_cube = c->target == GL_TEXTURE_CUBE_MAP;
	const uint32_t first = is_cube ? GL_TEXTURE_CUBE_MAP_POSITIVE_X : c->target;
	const struct place place = place_of(first, 0);
	uint64_t bytes = 0;
	GLint name = 0;

	xg_replay_collect_error(r);
	if (place.binding)
		xg_replay_gl(r)->glGetIntegerv(place.binding, &name);
	for (uint32_t face = 0; face < (is_cube ? FACES : 1); face++)
		bytes += level_bytes(r, (uint32_t)name, first + face, 0) / 2;
	if (!xg_names_reserve(r, XG_CLASS_TEXTURE, bytes))
		return;
	xg_replay_gl(r)->glGenerateMipmap(c->target);
	if (xg_replay_collect_error(r))
		xg_names_release(r, XG_CLASS_TEXTURE, bytes);
	else
		xg_names_charge(r, XG_CLASS_TEXTURE, (uint32_t)name, place.slot + GENERATED, bytes);
}

void xg_replay_charge_sibling(struct xg_replay *r, uint32_t target, uint64_t bytes)
{
	const struct place place = place_of(target, 0);
	GLint name = 0;

	xg_replay_gl(r)->glGetIntegerv(place.binding, &name);
	xg_names_charge(r, XG_CLASS_TEXTURE, (uint32_t)name, place.slot, bytes);
}

void xg_replay_glEGLImageTargetTexture2DOES(struct xg_replay *r,
	const struct xg_cmd_glEGLImageTargetTexture2DOES *c, const struct xg_payload *p)
{
	struct xg_host_image *image = xg_host_image_find(r, c->image);
	const uint64_t bytes = image ? image->bytes : 0;

	if (begin_image(r, c->target, bytes)) {
		xg_replay_gl(r)->glEGLImageTargetTexture2DOES(c->target, image ? image->egl : NULL);
		end_image(r, place_of(c->target, 0), bytes);
	}
	if (image)
		xg_host_object_unref(&image->object);
}

/* Images are flat, but the driver would take one for a texture of any target. */
void xg_replay_glEGLImageTargetTexStorageEXT(struct xg_replay *r,
	const struct xg_cmd_glEGLImageTargetTexStorageEXT *c, const struct xg_payload *p)
{
	struct xg_host_image *image = xg_host_image_find(r, c->image);
	const uint64_t bytes = image ? image->bytes : 0;

	if (c->target != GL_TEXTURE_2D && c->target != GL_TEXTURE_EXTERNAL_OES) {
		xg_replay_error(r, GL_INVALID_OPERATION);
	} else if (begin_image(r, c->target, bytes)) {
		xg_replay_gl(r)->glEGLImageTargetTexStorageEXT(
			c->target, image ? image->egl : NULL, NULL);
		end_image(r, place_of(c->target, 0), bytes);
	}
	if (image)
		xg_host_object_unref(&image->object);
}

static void share_renderbuffer(
	struct xg_replay *r, uint32_t target, const struct xg_host_image *image)
{
	const uint64_t bytes = image ? image->bytes : 0;

	xg_replay_collect_error(r);
	if (!xg_names_reserve(r, XG_CLASS_RENDERBUFFER, bytes))
		return;
	xg_replay_gl(r)->glEGLImageTargetRenderbufferStorageOES(target, image ? image->egl : NULL);
	end_renderbuffer(r, bytes);
}

void xg_replay_glEGLImageTargetRenderbufferStorageOES(struct xg_replay *r,
	const struct xg_cmd_glEGLImageTargetRenderbufferStorageOES *c, const struct xg_payload *p)
{
	struct xg_host_image *image = xg_host_image_find(r, c->image);

	share_renderbuffer(r, c->target, image);
	if (image)
		xg_host_object_unref(&image->object);
}
