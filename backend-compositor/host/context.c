/* SPDX-License-Identifier: MIT */
/*
 * See context.h. Contexts get robust buffer access and reset notification wherever the driver has
 * them, whatever the guest asked for: what an index or a texture coordinate of a guest's may reach
 * is then the driver's promise. A guest that asks for a context without error checking gets one
 * with it.
 */
#include "context.h"

#include <stdlib.h>

#include "client.h"
#include "display.h"
#include "egl_args.h"
#include "debug_messages.h"
#include "holds.h"
#include "host.h"
#include "names.h"
#include "replay.h"
#include "surface.h"
#include "xg_gl_table.h"

/* What images may have at least, whatever a driver says. */
#define SIDE_LEAST  16384
#define DEPTH_LEAST 2048

#define RESET_STRATEGY_NONE GL_NO_RESET_NOTIFICATION_EXT
#define RESET_STRATEGY_LOSE GL_LOSE_CONTEXT_ON_RESET_EXT

static void destroy_context(struct xg_host_object *object)
{
	struct xg_host_context *context = (struct xg_host_context *)object;

	if (context->names) {
		xg_names_enter_last(context->names);
		eglDestroyContext(object->display->egl, context->egl);
		xg_debug_messages_destroy(context->messages);
		xg_vertex_finish(&context->vertex);
		xg_streaming_finish(&context->vertices, context);
		xg_streaming_finish(&context->elements, context);
		xg_names_leave(context->names);
		xg_names_destroy(context->names);
	}
	xg_quota_give(context->quota, XG_QUOTA_CONTEXTS, 1);
	free(context);
}

struct xg_host_context *xg_host_context_find(struct xg_replay *r, uint32_t untrusted_id)
{
	if (!untrusted_id)
		return NULL;
	return (struct xg_host_context *)xg_host_objects_find(
		&r->client->objects, XG_HOST_CONTEXT, untrusted_id);
}

static void unref_context(struct xg_host_context *context)
{
	if (context)
		xg_host_object_unref(&context->object);
}

static void unref_surface(struct xg_host_surface *surface)
{
	if (surface)
		xg_host_object_unref(&surface->object);
}

/* Remembers what the guest asked for, for its questions and for who shares with it. */
static void note_wishes(struct xg_host_context *context, const struct xg_egl_attributes *attributes)
{
	EGLint access =
		xg_egl_attributes_get(attributes, EGL_CONTEXT_OPENGL_ROBUST_ACCESS_EXT, EGL_FALSE);
	EGLint strategy = xg_egl_attributes_get(attributes,
		EGL_CONTEXT_OPENGL_RESET_NOTIFICATION_STRATEGY_EXT, EGL_NO_RESET_NOTIFICATION);

	access = xg_egl_attributes_get(attributes, EGL_CONTEXT_OPENGL_ROBUST_ACCESS, access);
	strategy = xg_egl_attributes_get(
		attributes, EGL_CONTEXT_OPENGL_RESET_NOTIFICATION_STRATEGY, strategy);
	context->is_robust = access == EGL_TRUE;
	context->reset_strategy =
		strategy == EGL_LOSE_CONTEXT_ON_RESET ? RESET_STRATEGY_LOSE : RESET_STRATEGY_NONE;
	context->wants_no_error = xg_egl_attributes_get(attributes, EGL_CONTEXT_OPENGL_NO_ERROR_KHR,
					  EGL_FALSE) != EGL_FALSE;
}

static bool may_share(const struct xg_host_context *context, const struct xg_host_context *share)
{
	return !share || (share->reset_strategy == context->reset_strategy &&
				 share->wants_no_error == context->wants_no_error);
}

/* What is wrong with the guest's attributes, the driver says: by a context as it was asked for,
 * which nobody gets. */
static EGLint try_attributes(const struct xg_host_display *display, EGLConfig config,
	const struct xg_egl_attributes *attributes)
{
	const EGLContext context =
		eglCreateContext(display->egl, config, EGL_NO_CONTEXT, attributes->values);

	if (context == EGL_NO_CONTEXT)
		return xg_egl_error();
	eglDestroyContext(display->egl, context);
	return EGL_SUCCESS;
}

/* Puts what the host wants in place of what the guest asked for in robustness and error checking.
 * The driver no longer sees that, nor what the share group was asked for: so whether it would have
 * refused is found out here. */
static EGLint harden(struct xg_host_context *context, const struct xg_host_display *display,
	EGLConfig config, const struct xg_host_context *share, struct xg_egl_attributes *attributes)
{
	static const EGLint replaced[] = {
		EGL_CONTEXT_OPENGL_NO_ERROR_KHR,
		EGL_CONTEXT_OPENGL_ROBUST_ACCESS,
		EGL_CONTEXT_OPENGL_ROBUST_ACCESS_EXT,
		EGL_CONTEXT_OPENGL_RESET_NOTIFICATION_STRATEGY,
		EGL_CONTEXT_OPENGL_RESET_NOTIFICATION_STRATEGY_EXT,
	};
	const struct xg_egl_attributes asked = *attributes;
	EGLint error = EGL_SUCCESS;

	note_wishes(context, attributes);
	for (size_t i = 0; i < sizeof(replaced) / sizeof(replaced[0]); i++)
		xg_egl_attributes_drop(attributes, replaced[i]);
	if (attributes->count != asked.count || !may_share(context, share))
		error = try_attributes(display, config, &asked);
	if (display->has_robustness) {
		xg_egl_attributes_add(attributes, EGL_CONTEXT_OPENGL_ROBUST_ACCESS_EXT, EGL_TRUE);
		xg_egl_attributes_add(attributes,
			EGL_CONTEXT_OPENGL_RESET_NOTIFICATION_STRATEGY_EXT,
			EGL_LOSE_CONTEXT_ON_RESET_EXT);
	}
	if (error == EGL_SUCCESS && !may_share(context, share))
		error = EGL_BAD_MATCH;
	return error;
}

/* Fills in a new context; an EGL error if the driver or the rules refuse it. */
static EGLint fill_context(struct xg_host_context *context, struct xg_host_display *display,
	uint32_t config_id, struct xg_host_context *share, struct xg_egl_attributes *attributes)
{
	EGLConfig config;
	EGLint error;

	if (!xg_host_display_config(display, config_id, &config))
		return EGL_BAD_CONFIG;
	error = harden(context, display, config, share, attributes);
	if (error != EGL_SUCCESS)
		return error;
	xg_vertex_init(&context->vertex);
	if (share)
		xg_names_enter(share->names);

	const EGLContext egl = eglCreateContext(
		display->egl, config, share ? share->egl : EGL_NO_CONTEXT, attributes->values);

	error = egl == EGL_NO_CONTEXT ? xg_egl_error() : EGL_SUCCESS;
	if (error == EGL_SUCCESS) {
		context->egl = egl;
		context->names = xg_names_create(context->quota, share ? share->names : NULL);
		xg_names_holds(context->names)->vertex = &context->vertex;
	}
	if (share)
		xg_names_leave(share->names);
	return error;
}

static EGLint create_context(struct xg_replay *r, struct xg_host_display *display,
	const struct xg_cmd_xgCreateContext *c, const struct xg_payload *attribs)
{
	struct xg_client *client = r->client;
	struct xg_host_context *share = xg_host_context_find(r, c->share);
	struct xg_egl_attributes attributes;
	EGLint error = EGL_BAD_ATTRIBUTE;

	if (c->share && (!share || share->object.display->egl != display->egl))
		error = EGL_BAD_CONTEXT;
	else if (xg_egl_attributes_read(&attributes, attribs))
		error = xg_quota_take(&client->quota, XG_QUOTA_CONTEXTS, 1) ? EGL_SUCCESS
									    : EGL_BAD_ALLOC;
	if (error != EGL_SUCCESS) {
		unref_context(share);
		return error;
	}

	struct xg_host_context *context = calloc(1, sizeof(*context));
	if (!context)
		abort();
	xg_host_object_init(&context->object, XG_HOST_CONTEXT, display, destroy_context);
	context->egl = EGL_NO_CONTEXT;
	context->quota = &client->quota;
	error = fill_context(context, display, c->config, share, &attributes);
	if (error == EGL_SUCCESS &&
		!xg_host_objects_add(&client->objects, &context->object, c->context))
		error = EGL_BAD_ALLOC;
	unref_context(context);
	unref_context(share);
	return error;
}

void xg_replay_xgCreateContext(
	struct xg_replay *r, const struct xg_cmd_xgCreateContext *c, const struct xg_payload *p)
{
	struct xg_host_display *display = xg_host_display_find(r, c->display);
	const EGLint error = display ? create_context(r, display, c, &p[0]) : EGL_BAD_DISPLAY;

	*xg_replay_result(r) = error == EGL_SUCCESS;
	xg_put_int(&p[1], error);
	xg_host_display_unref(display);
}

void xg_replay_xgDestroyContext(
	struct xg_replay *r, const struct xg_cmd_xgDestroyContext *c, const struct xg_payload *p)
{
	xg_host_objects_remove(&r->client->objects, XG_HOST_CONTEXT, c->context);
}

void xg_replay_xgQueryContext(
	struct xg_replay *r, const struct xg_cmd_xgQueryContext *c, const struct xg_payload *p)
{
	struct xg_host_display *display = xg_host_display_find(r, c->display);
	struct xg_host_context *context = xg_host_context_find(r, c->context);
	EGLint error = EGL_SUCCESS, value = 0;

	if (!display)
		error = EGL_BAD_DISPLAY;
	else if (!context || context->object.display->egl != display->egl)
		error = EGL_BAD_CONTEXT;
	else if (!eglQueryContext(display->egl, context->egl, (EGLint)c->attribute, &value))
		error = xg_egl_error();
	*xg_replay_result(r) = error == EGL_SUCCESS;
	xg_put_int(&p[0], value);
	xg_put_int(&p[1], error);
	unref_context(context);
	xg_host_display_unref(display);
}

/* The thread has this context and these surfaces now, with the references given. */
static void set_current(struct xg_replay *r, struct xg_host_context *context,
	struct xg_host_surface *draw, struct xg_host_surface *read)
{
	unref_context(r->context);
	unref_surface(r->draw);
	unref_surface(r->read);
	r->context = context;
	r->names = context ? context->names : NULL;
	r->turn = context ? xg_names_turn(context->names) : NULL;
	r->holds = context ? xg_names_holds(context->names) : NULL;
	r->draw = draw;
	r->read = read;
}

void xg_replay_release_current(struct xg_replay *r)
{
	if (r->context)
		eglMakeCurrent(r->context->object.display->egl, EGL_NO_SURFACE, EGL_NO_SURFACE,
			EGL_NO_CONTEXT);
	set_current(r, NULL, NULL, NULL);
}

/* A limit of the driver's; that least where it is less, or not known. */
static int32_t find_limit(const struct xg_gl_table *gl, GLenum pname, int32_t least)
{
	GLint number = 0;

	gl->glGetIntegerv(pname, &number);
	return number > least ? number : least;
}

static struct xg_image_limits find_limits(const struct xg_gl_table *gl)
{
	struct xg_image_limits limits = {
		.side = find_limit(gl, GL_MAX_TEXTURE_SIZE, SIDE_LEAST),
		.volume_side = find_limit(gl, GL_MAX_3D_TEXTURE_SIZE_OES, DEPTH_LEAST),
		.layers = find_limit(gl, GL_MAX_ARRAY_TEXTURE_LAYERS, DEPTH_LEAST),
	};

	limits.side = find_limit(gl, GL_MAX_CUBE_MAP_TEXTURE_SIZE, limits.side);
	limits.side = find_limit(gl, GL_MAX_RENDERBUFFER_SIZE, limits.side);
	gl->glGetError(); /* a version without such images has no such limit */
	return limits;
}

/* Right after the context was made current. */
static void prepare_context(struct xg_replay *r)
{
	const struct xg_gl_table *gl = xg_replay_gl(r);
	struct xg_host_context *context = r->context;

	xg_names_collect(r);
	if (context->is_ready)
		return;
	/* Pixels travel tightly packed; the guest's own pixel store never comes here. */
	gl->glPixelStorei(GL_PACK_ALIGNMENT, 1);
	gl->glPixelStorei(GL_UNPACK_ALIGNMENT, 1);

	GLint attribs = 0;

	gl->glGetIntegerv(GL_MAX_VERTEX_ATTRIBS, &attribs);
	context->vertex.attrib_count =
		(uint32_t)(attribs < XG_VERTEX_ATTRIBS_MAX ? attribs : XG_VERTEX_ATTRIBS_MAX);
	context->limits = find_limits(gl);
	context->joins_draws = !r->client->host->draws_each &&
			       xg_extension_is_in((const char *)gl->glGetString(GL_EXTENSIONS),
				       "GL_EXT_multi_draw_arrays");
	context->is_ready = true;
}

static EGLint bind(struct xg_replay *r, struct xg_host_display *display,
	struct xg_host_context *context, struct xg_host_surface *draw, struct xg_host_surface *read)
{
	if (!eglMakeCurrent(display->egl, draw ? draw->egl : EGL_NO_SURFACE,
		    read ? read->egl : EGL_NO_SURFACE, context->egl))
		return xg_egl_error();
	xg_host_object_ref(&context->object);
	if (draw)
		xg_host_object_ref(&draw->object);
	if (read)
		xg_host_object_ref(&read->object);
	set_current(r, context, draw, read);
	xg_names_enter_own(context->names);
	prepare_context(r);
	xg_names_leave_own(context->names);
	if (draw)
		xg_host_surface_made_current(draw);
	return EGL_SUCCESS;
}

static EGLint make_current(
	struct xg_replay *r, uint32_t display_id, uint32_t draw_id, uint32_t read_id, uint32_t id)
{
	if (!id) {
		xg_replay_release_current(r);
		return EGL_SUCCESS;
	}

	struct xg_host_display *display = xg_host_display_find(r, display_id);
	struct xg_host_context *context = xg_host_context_find(r, id);
	struct xg_host_surface *draw = xg_host_surface_find(r, draw_id);
	struct xg_host_surface *read = xg_host_surface_find(r, read_id);
	EGLint error;

	if (!display)
		error = EGL_BAD_DISPLAY;
	else if (!context)
		error = EGL_BAD_CONTEXT;
	else if ((draw_id && !draw) || (read_id && !read))
		error = EGL_BAD_SURFACE;
	else
		error = bind(r, display, context, draw, read);
	xg_host_display_unref(display);
	unref_context(context);
	unref_surface(draw);
	unref_surface(read);
	return error;
}

void xg_replay_xgMakeCurrent(
	struct xg_replay *r, const struct xg_cmd_xgMakeCurrent *c, const struct xg_payload *p)
{
	const EGLint error = make_current(r, c->display, c->draw, c->read, c->context);

	if (error == EGL_SUCCESS)
		r->is_unbound = false;
	*xg_replay_result(r) = error == EGL_SUCCESS;
	xg_put_int(&p[0], error);
}

/* The guest does not wait for the answer. If a combination that once was possible no longer is
 * (its window is gone), what the guest draws until it asks again goes nowhere. */
void xg_replay_xgMakeCurrentAgain(
	struct xg_replay *r, const struct xg_cmd_xgMakeCurrentAgain *c, const struct xg_payload *p)
{
	const EGLint error = make_current(r, c->display, c->draw, c->read, c->context);

	if (error != EGL_SUCCESS)
		xg_replay_release_current(r);
	r->is_unbound = error != EGL_SUCCESS;
}
