/* SPDX-License-Identifier: MIT */
/* See image.h. */
#include "egl/image.h"

#include <stdlib.h>

#include "egl/attributes.h"
#include "egl/context.h"
#include "egl/display.h"
#include "egl/error.h"
#include "stream.h"
#include "xg_egl_entry.h"
#include "xg_encode.h"

void xg_image_destroy(struct xg_image *image)
{
	const struct xg_handle *const handle = &image->handle;
	struct xg_stream *const stream = xg_session_stream(handle->session);

	if (stream && image->is_on_host)
		xg_encode_xgDestroyImage(stream, handle->session->id, handle->id);
	free(image);
}

/* What an image may be made from, and the extension without which it may not. */
static const char *needed_extension(EGLenum target)
{
	switch (target) {
	case EGL_GL_TEXTURE_2D:
		return "EGL_KHR_gl_texture_2D_image";
	case EGL_GL_TEXTURE_3D:
		return "EGL_KHR_gl_texture_3D_image";
	case EGL_GL_TEXTURE_CUBE_MAP_POSITIVE_X:
	case EGL_GL_TEXTURE_CUBE_MAP_NEGATIVE_X:
	case EGL_GL_TEXTURE_CUBE_MAP_POSITIVE_Y:
	case EGL_GL_TEXTURE_CUBE_MAP_NEGATIVE_Y:
	case EGL_GL_TEXTURE_CUBE_MAP_POSITIVE_Z:
	case EGL_GL_TEXTURE_CUBE_MAP_NEGATIVE_Z:
		return "EGL_KHR_gl_texture_cubemap_image";
	case EGL_GL_RENDERBUFFER:
		return "EGL_KHR_gl_renderbuffer_image";
	default:
		return NULL;
	}
}

/* Makes the image, on the host too. NULL with the thread's error set. */
static struct xg_image *create(struct xg_display *display, const struct xg_context *context,
	EGLenum target, EGLClientBuffer buffer, const struct xg_attributes *attributes)
{
	struct xg_stream *const stream = xg_display_stream(display);
	struct xg_image *image = stream ? calloc(1, sizeof(*image)) : NULL;
	EGLint error = EGL_SUCCESS;

	if (!image || !xg_handle_init(&image->handle, display, XG_KIND_IMAGE)) {
		free(image);
		if (stream)
			xg_call_fail(EGL_BAD_ALLOC, NULL);
		return NULL;
	}
	image->is_on_host = xg_encode_xgCreateImage(stream, image->handle.session->id,
		image->handle.id, context->handle.id, target, (uintptr_t)buffer, attributes->count,
		attributes->values, &error);
	if (image->is_on_host) {
		xg_handle_link(&image->handle);
		return image;
	}
	xg_handle_unref(&image->handle);
	xg_call_fail_from_host(error);
	return NULL;
}

static EGLImage create_checked(struct xg_display *display, EGLContext name, EGLenum target,
	EGLClientBuffer buffer, const struct xg_attributes *attributes)
{
	const char *const extension = needed_extension(target);
	struct xg_context *context;
	struct xg_image *image;

	if (!extension || !xg_display_has(display, extension)) {
		xg_call_fail(EGL_BAD_PARAMETER, "images cannot be made from that");
		return EGL_NO_IMAGE;
	}
	context = xg_context_get(display, name);
	if (!context) {
		xg_call_fail(EGL_BAD_CONTEXT, "not a context");
		return EGL_NO_IMAGE;
	}
	image = create(display, context, target, buffer, attributes);
	xg_handle_unref(&context->handle);
	return image;
}

EGLImage xg_eglCreateImage(EGLDisplay dpy, EGLContext context, EGLenum target,
	EGLClientBuffer buffer, const EGLAttrib *list)
{
	struct xg_display *display = xg_call_begin_on("eglCreateImage", dpy);
	struct xg_attributes attributes;

	if (!display)
		return EGL_NO_IMAGE;
	if (!xg_attributes_from_attribs(&attributes, list)) {
		xg_call_fail(EGL_BAD_PARAMETER, "the list of attributes is not valid");
		return EGL_NO_IMAGE;
	}
	return create_checked(display, context, target, buffer, &attributes);
}

EGLImageKHR xg_eglCreateImageKHR(EGLDisplay dpy, EGLContext context, EGLenum target,
	EGLClientBuffer buffer, const EGLint *list)
{
	struct xg_display *display = xg_call_begin_on("eglCreateImageKHR", dpy);
	struct xg_attributes attributes;

	if (!display)
		return EGL_NO_IMAGE_KHR;
	if (!xg_attributes_from_ints(&attributes, list)) {
		xg_call_fail(EGL_BAD_PARAMETER, "the list of attributes is too long");
		return EGL_NO_IMAGE_KHR;
	}
	return create_checked(display, context, target, buffer, &attributes);
}

EGLBoolean xg_eglDestroyImage(EGLDisplay dpy, EGLImage name)
{
	struct xg_display *display = xg_call_begin_for("eglDestroyImage", dpy, XG_KIND_IMAGE, name);
	struct xg_handle *handle;

	if (!display)
		return EGL_FALSE;
	handle = xg_handle_take(display, XG_KIND_IMAGE, name);
	if (!handle)
		return xg_call_fail(EGL_BAD_PARAMETER, "not an image");
	xg_handle_unref(handle);
	return EGL_TRUE;
}
