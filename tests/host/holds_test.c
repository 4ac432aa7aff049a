/* SPDX-License-Identifier: MIT */
/* What is deleted while something holds it stays counted, and contexts that share take turns. */
#include <pthread.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdlib.h>
#include <time.h>

#include <cmocka.h>

#include <EGL/egl.h>

#include "guest.h"
#include "replay.h"

enum { SIDE = 64, TEXTURE_BYTES = SIDE * SIDE * 4, OTHER_CONTEXT = 3 };

static const struct xg_data integer = {.size = 4, .place = XG_PLACE_INLINE};

static void make_texture(struct guest *guest, uint32_t name)
{
	SEND(guest, glBindTexture, .target = GL_TEXTURE_2D, .texture = name);
	SEND(guest, glTexImage2D, .target = GL_TEXTURE_2D, .internalformat = GL_RGBA, .width = SIDE,
		.height = SIDE, .format = GL_RGBA, .type = GL_UNSIGNED_BYTE);
}

static void delete_texture(struct guest *guest, uint32_t name)
{
	WORDS(guest, glDeleteTextures, ((const uint32_t[]){name}), .n = 1, .textures = integer);
}

static void bind_framebuffer(struct guest *guest, uint32_t name)
{
	SEND(guest, glBindFramebuffer, .target = GL_FRAMEBUFFER, .framebuffer = name);
}

static void attach(struct guest *guest, uint32_t texture)
{
	SEND(guest, glFramebufferTexture2D, .target = GL_FRAMEBUFFER,
		.attachment = GL_COLOR_ATTACHMENT0, .textarget = GL_TEXTURE_2D, .texture = texture);
}

static void make_current(struct guest *guest, uint32_t context)
{
	ASK(guest, xgMakeCurrent, .display = GUEST_DISPLAY, .context = context, .error = integer);
}

static void make_other_context(struct guest *guest)
{
	ASK(guest, xgCreateContext, .display = GUEST_DISPLAY, .context = OTHER_CONTEXT,
		.share = GUEST_CONTEXT, .config = 1, .error = integer);
}

static uint64_t texture_bytes(const struct guest *guest)
{
	return guest->client->quota.used[XG_QUOTA_TEXTURE_BYTES];
}

/* A texture fits only once everything else has been let go. */
static void expect_room(struct guest *guest, uint32_t context)
{
	guest->client->quota.limit[XG_QUOTA_TEXTURE_BYTES] = TEXTURE_BYTES;
	make_current(guest, context);
	make_texture(guest, 50);
	ASK(guest, glGetError);
	assert_null(guest_run(guest));
	assert_int_equal(xg_fake_stream_result(guest->stream), GL_NO_ERROR);
	assert_int_equal(texture_bytes(guest), TEXTURE_BYTES);
}

static void texture_in_a_framebuffer_is_counted_after_it_was_deleted(void **state)
{
	struct guest *guest = *state;

	make_texture(guest, 1);
	bind_framebuffer(guest, 1);
	attach(guest, 1);
	bind_framebuffer(guest, 0);
	delete_texture(guest, 1);
	assert_null(guest_run(guest));
	assert_int_equal(texture_bytes(guest), TEXTURE_BYTES);

	make_current(guest, GUEST_CONTEXT);
	WORDS(guest, glDeleteFramebuffers, ((const uint32_t[]){1}), .n = 1,
		.framebuffers = integer);
	assert_null(guest_run(guest));
	expect_room(guest, GUEST_CONTEXT);
}

static void texture_in_the_bound_framebuffer_goes_at_once(void **state)
{
	struct guest *guest = *state;

	make_texture(guest, 1);
	bind_framebuffer(guest, 1);
	attach(guest, 1);
	delete_texture(guest, 1);
	assert_null(guest_run(guest));
	assert_int_equal(texture_bytes(guest), 0);
}

static void texture_that_another_context_has_bound_is_counted(void **state)
{
	struct guest *guest = *state;

	make_texture(guest, 1);
	make_other_context(guest);
	assert_null(guest_run(guest));
	make_current(guest, OTHER_CONTEXT);
	SEND(guest, glBindTexture, .target = GL_TEXTURE_2D, .texture = 1);
	SEND(guest, glActiveTexture, .texture = GL_TEXTURE1);
	assert_null(guest_run(guest));
	xg_stub.texture = 0;
	make_current(guest, GUEST_CONTEXT);
	delete_texture(guest, 1);
	assert_null(guest_run(guest));
	assert_int_equal(texture_bytes(guest), TEXTURE_BYTES);
	guest->client->quota.limit[XG_QUOTA_TEXTURE_BYTES] = TEXTURE_BYTES;
	make_current(guest, GUEST_CONTEXT);
	make_texture(guest, 50);
	ASK(guest, glGetError);
	assert_null(guest_run(guest));
	assert_int_equal(xg_fake_stream_result(guest->stream), GL_OUT_OF_MEMORY);

	/* What the ghost is given more is counted, and nothing of it comes back meanwhile. */
	xg_stub.texture = 101;
	SEND(guest, xgDestroyContext, .display = GUEST_DISPLAY, .context = OTHER_CONTEXT);
	assert_null(guest_run(guest));
	xg_stub.texture = 0;
	expect_room(guest, GUEST_CONTEXT);
}

static void textures_that_stream_through_a_framebuffer_never_fill_the_quota(void **state)
{
	struct guest *guest = *state;

	guest->client->quota.limit[XG_QUOTA_TEXTURE_BYTES] = 3 * TEXTURE_BYTES;
	bind_framebuffer(guest, 1);
	for (uint32_t i = 0; i < 300; i++) {
		bind_framebuffer(guest, 0);
		make_texture(guest, 1 + i % 2);
		if (i)
			delete_texture(guest, 1 + (i + 1) % 2);
		bind_framebuffer(guest, 1);
		attach(guest, 1 + i % 2);
	}
	ASK(guest, glGetError);
	assert_null(guest_run(guest));
	assert_int_equal(xg_fake_stream_result(guest->stream), GL_NO_ERROR);
}

static void buffer_in_a_vertex_array_is_counted_after_it_was_deleted(void **state)
{
	struct guest *guest = *state;
	_Atomic uint64_t *used = &guest->client->quota.used[XG_QUOTA_BUFFER_BYTES];

	WORDS(guest, glGenVertexArraysOES, ((const uint32_t[]){1}), .n = 1, .arrays = integer);
	SEND(guest, glBindVertexArrayOES, .array = 1);
	SEND(guest, glBindBuffer, .target = GL_ARRAY_BUFFER, .buffer = 1);
	SEND(guest, glBufferData, .target = GL_ARRAY_BUFFER, .size = 1000, .usage = GL_STATIC_DRAW);
	SEND(guest, glVertexAttribPointer, .index = 0, .size = 4, .type = GL_FLOAT);
	SEND(guest, glBindVertexArrayOES, .array = 0);
	WORDS(guest, glDeleteBuffers, ((const uint32_t[]){1}), .n = 1, .buffers = integer);
	assert_null(guest_run(guest));
	assert_int_equal(*used, 1000);

	make_current(guest, GUEST_CONTEXT);
	WORDS(guest, glDeleteVertexArraysOES, ((const uint32_t[]){1}), .n = 1, .arrays = integer);
	guest->client->quota.limit[XG_QUOTA_BUFFER_BYTES] = 1000;
	SEND(guest, glBindBuffer, .target = GL_ARRAY_BUFFER, .buffer = 2);
	SEND(guest, glBufferData, .target = GL_ARRAY_BUFFER, .size = 900, .usage = GL_STATIC_DRAW);
	assert_null(guest_run(guest));
	assert_int_equal(*used, 900);
}

static void image_is_counted_though_its_texture_was_deleted(void **state)
{
	struct guest *guest = *state;

	make_texture(guest, 1);
	ASK(guest, xgCreateImage, .display = GUEST_DISPLAY, .image = 9, .context = GUEST_CONTEXT,
		.target = EGL_GL_TEXTURE_2D, .buffer = 1, .error = integer);
	delete_texture(guest, 1);
	assert_null(guest_run(guest));
	assert_int_equal(texture_bytes(guest), TEXTURE_BYTES);
	SEND(guest, xgDestroyImage, .display = GUEST_DISPLAY, .image = 9);
	assert_null(guest_run(guest));
	assert_int_equal(texture_bytes(guest), 0);
}

static void generated_levels_are_counted(void **state)
{
	struct guest *guest = *state;

	make_texture(guest, 1);
	for (int i = 0; i < 2; i++)
		SEND(guest, glGenerateMipmap, .target = GL_TEXTURE_2D);
	assert_null(guest_run(guest));
	assert_int_equal(texture_bytes(guest), TEXTURE_BYTES + TEXTURE_BYTES / 2);
	make_current(guest, GUEST_CONTEXT);
	delete_texture(guest, 1);
	assert_null(guest_run(guest));
	assert_int_equal(texture_bytes(guest), 0);
}

static uint32_t bound;

static void GL_APIENTRY note_binding(GLenum target, GLuint name)
{
	if (target == GL_ARRAY_BUFFER)
		bound = name;
}

/* The driver would make a new object of that name, of which nobody knows. */
static void buffer_that_another_context_deleted_is_not_bound_again(void **state)
{
	struct guest *guest = *state;

	guest->host.gl.glBindBuffer = note_binding;
	SEND(guest, glBindBuffer, .target = GL_ARRAY_BUFFER, .buffer = 1);
	make_other_context(guest);
	make_current(guest, OTHER_CONTEXT);
	WORDS(guest, glDeleteBuffers, ((const uint32_t[]){1}), .n = 1, .buffers = integer);
	make_current(guest, GUEST_CONTEXT);
	WORDS(guest, xgVertexData, ((const uint32_t[]){1}), .components = 1, .type = GL_FLOAT,
		.size = 4, .data = integer);
	assert_null(guest_run(guest));
	assert_int_equal(bound, 0);
}

static void pbuffer_whose_size_wraps_is_refused(void **state)
{
	/* 8 octets a pixel: 2^64 and a little */
	const int32_t attributes[] = {EGL_WIDTH, 1073763499, EGL_HEIGHT, 2147440299};
	struct xg_cmd_xgCreatePbufferSurface command = {.display = GUEST_DISPLAY,
		.surface = 9,
		.config = 1,
		.attrib_count = 4,
		.attribs = {.size = sizeof(attributes), .place = XG_PLACE_INLINE},
		.error = integer};
	struct guest *guest = *state;

	guest_send(guest, XG_OP_xgCreatePbufferSurface, true, &command, sizeof(command), attributes,
		sizeof(attributes));
	assert_null(guest_run(guest));
	assert_int_equal(xg_fake_stream_result(guest->stream), EGL_FALSE);
}

/* Two threads in one driver function, if they are let. */
static pthread_mutex_t meeting_lock = PTHREAD_MUTEX_INITIALIZER;
static pthread_cond_t meeting_changed = PTHREAD_COND_INITIALIZER;
static unsigned inside, inside_most;
static time_t patience_s;

static void GL_APIENTRY meet(GLfloat width)
{
	struct timespec end;

	clock_gettime(CLOCK_REALTIME, &end);
	end.tv_sec += patience_s;
	pthread_mutex_lock(&meeting_lock);
	inside++;
	if (inside > inside_most)
		inside_most = inside;
	pthread_cond_broadcast(&meeting_changed);
	while (inside_most < 2 &&
		pthread_cond_timedwait(&meeting_changed, &meeting_lock, &end) == 0)
		;
	inside--;
	pthread_mutex_unlock(&meeting_lock);
}

static void *replay_other(void *data)
{
	struct guest *guest = data;

	return (void *)(uintptr_t)xg_replay_run(guest->client, guest->stream);
}

/* How many contexts were in the driver at once. */
static unsigned count_at_once(struct guest *guest, uint32_t share, time_t wait_s)
{
	struct xg_host_stream *const first = guest->stream;
	struct xg_host_stream *const second = xg_fake_stream_create(guest->bulk);
	pthread_t thread;
	void *fault;

	inside_most = 0;
	patience_s = wait_s;
	guest->host.gl.glLineWidth = meet;
	ASK(guest, xgCreateContext, .display = GUEST_DISPLAY, .context = OTHER_CONTEXT,
		.share = share, .config = 1, .error = integer);
	assert_null(guest_run(guest));
	make_current(guest, GUEST_CONTEXT);
	SEND(guest, glLineWidth, .width = 1);
	guest->stream = second;
	make_current(guest, OTHER_CONTEXT);
	SEND(guest, glLineWidth, .width = 1);
	pthread_create(&thread, NULL, replay_other, guest);
	assert_null(xg_replay_run(guest->client, first));
	pthread_join(thread, &fault);
	assert_null(fault);
	guest->stream = first;
	xg_fake_stream_destroy(second);
	return inside_most;
}

static void contexts_that_share_take_turns_in_the_driver(void **state)
{
	assert_int_equal(count_at_once(*state, GUEST_CONTEXT, 1), 1);
}

static void contexts_that_do_not_share_are_in_the_driver_together(void **state)
{
	assert_int_equal(count_at_once(*state, 0, 60), 2);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
#define TEST(name) cmocka_unit_test_setup_teardown(name, guest_setup, guest_teardown)
		TEST(texture_in_a_framebuffer_is_counted_after_it_was_deleted),
		TEST(texture_in_the_bound_framebuffer_goes_at_once),
		TEST(texture_that_another_context_has_bound_is_counted),
		TEST(textures_that_stream_through_a_framebuffer_never_fill_the_quota),
		TEST(buffer_in_a_vertex_array_is_counted_after_it_was_deleted),
		TEST(image_is_counted_though_its_texture_was_deleted),
		TEST(generated_levels_are_counted),
		TEST(buffer_that_another_context_deleted_is_not_bound_again),
		TEST(pbuffer_whose_size_wraps_is_refused),
		TEST(contexts_that_share_take_turns_in_the_driver),
		TEST(contexts_that_do_not_share_are_in_the_driver_together),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
