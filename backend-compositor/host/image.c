/* SPDX-License-Identifier: MIT */
/* See image.h. */
#include "image.h"

#include <stdlib.h>

#include "client.h"
#include "display.h"
#include "context.h"
#include "egl_args.h"
#include "names.h"
#include "replay.h"

static void destroy_image(struct xg_host_object *object)
{
	struct xg_host_image *image = (struct xg_host_image *)object;

	if (image->egl != EGL_NO_IMAGE)
		eglDestroyImage(object->display->egl, image->egl);
	xg_quota_give(image->quota, XG_QUOTA_TEXTURE_BYTES, image->bytes);
	xg_quota_give(image->quota, XG_QUOTA_EGL_OBJECTS, 1);
	free(image);
}

struct xg_host_image *xg_host_image_find(struct xg_replay *r, uint32_t untrusted_id)
{
	return (struct xg_host_image *)xg_host_objects_find(
		&r->client->objects, XG_HOST_IMAGE, untrusted_id);
}

/* The class of the objects that an image target names. False for targets that are not carried. */
static bool find_class(uint32_t target, enum xg_class *class)
{
	switch (target) {
	case EGL_GL_TEXTURE_2D:
	case EGL_GL_TEXTURE_3D:
	case EGL_GL_TEXTURE_CUBE_MAP_POSITIVE_X:
	case EGL_GL_TEXTURE_CUBE_MAP_NEGATIVE_X:
	case EGL_GL_TEXTURE_CUBE_MAP_POSITIVE_Y:
	case EGL_GL_TEXTURE_CUBE_MAP_NEGATIVE_Y:
	case EGL_GL_TEXTURE_CUBE_MAP_POSITIVE_Z:
	case EGL_GL_TEXTURE_CUBE_MAP_NEGATIVE_Z:
		*class = XG_CLASS_TEXTURE;
		return true;
	case EGL_GL_RENDERBUFFER:
		*class = XG_CLASS_RENDERBUFFER;
		return true;
	default:
		return false;
	}
}

/* In the context's turn: a driver does not look whether the source is being changed. */
static EGLint fill_image(struct xg_host_image *image, const struct xg_host_context *context,
	const struct xg_cmd_xgCreateImage *c, const struct xg_egl_attributes *attributes)
{
	const EGLDisplay egl = image->object.display->egl;
	EGLAttrib values[XG_EGL_ATTRIBUTES_MAX + 1];
	enum xg_class class;

	if (!find_class(c->target, &class))
		return EGL_BAD_PARAMETER;
	for (size_t i = 0; i <= attributes->count; i++)
		values[i] = attributes->values[i];

	const uint32_t name = c->buffer > UINT32_MAX
				      ? XG_NAME_UNKNOWN
				      : xg_names_find(context->names, class, (uint32_t)c->buffer);
	const uint64_t bytes = xg_names_object_bytes(context->names, class, name);

	if (!xg_quota_take(image->quota, XG_QUOTA_TEXTURE_BYTES, bytes))
		return EGL_BAD_ALLOC;
	image->bytes = bytes;
	image->egl = eglCreateImage(
		egl, context->egl, c->target, (EGLClientBuffer)(uintptr_t)name, values);
	return image->egl == EGL_NO_IMAGE ? xg_egl_error() : EGL_SUCCESS;
}

static EGLint create_image(struct xg_replay *r, struct xg_host_display *display,
	const struct xg_host_context *context, const struct xg_cmd_xgCreateImage *c,
	const struct xg_payload *attribs)
{
	struct xg_client *client = r->client;
	struct xg_egl_attributes attributes;

	if (!xg_egl_attributes_read(&attributes, attribs))
		return EGL_BAD_ATTRIBUTE;
	if (!xg_quota_take(&client->quota, XG_QUOTA_EGL_OBJECTS, 1))
		return EGL_BAD_ALLOC;

	struct xg_host_image *image = calloc(1, sizeof(*image));
	if (!image)
		abort();
	xg_host_object_init(&image->object, XG_HOST_IMAGE, display, destroy_image);
	image->egl = EGL_NO_IMAGE;
	image->quota = &client->quota;

	const bool is_own = context == r->context;
	if (is_own)
		xg_names_enter_own(context->names);
	else
		xg_names_enter(context->names);
	EGLint error = fill_image(image, context, c, &attributes);
	if (is_own)
		xg_names_leave_own(context->names);
	else
		xg_names_leave(context->names);
	if (error == EGL_SUCCESS &&
		!xg_host_objects_add(&client->objects, &image->object, c->image))
		error = EGL_BAD_ALLOC;
	xg_host_object_unref(&image->object);
	return error;
}

void xg_replay_xgCreateImage(
	struct xg_replay *r, const struct xg_cmd_xgCreateImage *c, const struct xg_payload *p)
{
	struct xg_host_display *display = xg_host_display_find(r, c->display);
	struct xg_host_context *context = xg_host_context_find(r, c->context);
	EGLint error;

	if (!display)
		error = EGL_BAD_DISPLAY;
	else if (!context || context->object.display->egl != display->egl)
		error = EGL_BAD_CONTEXT;
	else
		error = create_image(r, display, context, c, &p[0]);
	*xg_replay_result(r) = error == EGL_SUCCESS;
	xg_put_int(&p[1], error);
	xg_host_display_unref(display);
	if (context)
		xg_host_object_unref(&context->object);
}

void xg_replay_xgDestroyImage(
	struct xg_replay *r, const struct xg_cmd_xgDestroyImage *c, const struct xg_payload *p)
{
	xg_host_objects_remove(&r->client->objects, XG_HOST_IMAGE, c->image);
}
