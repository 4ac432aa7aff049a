/* SPDX-License-Identifier: MIT */
/* EGLImages as textures and renderbuffers: the application's handle becomes the image's wire id. */
#include <GLES2/gl2.h>
#include <GLES2/gl2ext.h>

#include "egl/handle.h"
#include "gles/current.h"
#include "xg_encode.h"
#include "xg_entry.h"

/* 0, which the host refuses, if it is no image of the context's display. */
static uint32_t image_id(GLeglImageOES image)
{
	uint32_t id = 0;

	xg_egl_lock();
	struct xg_handle *handle =
		xg_handle_find(xg_current_context()->handle.display, XG_KIND_IMAGE, image);
	if (handle)
		id = handle->id;
	xg_egl_unlock();
	xg_handle_unref(handle);
	return id;
}

void xg_gl_glEGLImageTargetTexture2DOES(GLenum target, GLeglImageOES image)
{
	struct xg_gl gl = xg_gl_current();

	if (gl.stream)
		xg_encode_glEGLImageTargetTexture2DOES(gl.stream, target, image_id(image));
}

void xg_gl_glEGLImageTargetRenderbufferStorageOES(GLenum target, GLeglImageOES image)
{
	struct xg_gl gl = xg_gl_current();

	if (gl.stream)
		xg_encode_glEGLImageTargetRenderbufferStorageOES(
			gl.stream, target, image_id(image));
}

/* There are no attributes yet (EXT_EGL_image_storage). */
void xg_gl_glEGLImageTargetTexStorageEXT(
	GLenum target, GLeglImageOES image, const GLint *attributes)
{
	static const GLint none[] = {GL_NONE};
	struct xg_gl gl = xg_gl_current();

	if (gl.stream && attributes && attributes[0] != GL_NONE)
		xg_gl_error(gl, GL_INVALID_VALUE);
	else if (gl.stream)
		xg_encode_glEGLImageTargetTexStorageEXT(
			gl.stream, target, image_id(image), none, sizeof(none));
}

/* Of GL with direct state access, which GLES has not. */
void xg_gl_glEGLImageTargetTextureStorageEXT(
	GLuint texture, GLeglImageOES image, const GLint *attributes)
{
	struct xg_gl gl = xg_gl_current();

	if (gl.stream)
		xg_gl_error(gl, GL_INVALID_OPERATION);
}
