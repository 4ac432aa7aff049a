/* SPDX-License-Identifier: MIT */
/* Program pipelines, and programs that are made of a source at once, on the stub driver. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdlib.h>

#include <cmocka.h>

#include "guest.h"
#include "names.h"
#include "replay.h"

enum { OTHER_CONTEXT = 3, PIPELINE = 5, PROGRAM = 9 };

static const struct xg_data word = {.size = 4, .place = XG_PLACE_INLINE};
static const char source[32] = "void main() {}";

static uint64_t used(const struct guest *guest, enum xg_quota_kind kind)
{
	return guest->client->quota.used[kind];
}

static void make_current(struct guest *guest, uint32_t context)
{
	ASK(guest, xgMakeCurrent, .display = GUEST_DISPLAY, .context = context, .error = word);
}

static uint32_t error_of(struct guest *guest)
{
	ASK(guest, glGetError);
	assert_null(guest_run(guest));
	make_current(guest, GUEST_CONTEXT);
	return (uint32_t)xg_fake_stream_result(guest->stream);
}

static void create(struct guest *guest, uint32_t type, uint32_t program)
{
	WORDS(guest, xgCreateShaderProgram, source, .type = type, .program = program,
		.size = sizeof(source), .source = {sizeof(source), XG_PLACE_INLINE});
}

static void program_of_a_source_is_charged_with_it(void **state)
{
	struct guest *guest = *state;

	create(guest, GL_VERTEX_SHADER, PROGRAM);
	assert_int_equal(error_of(guest), GL_NO_ERROR);
	assert_int_equal(xg_stub.source_length, strlen(source));
	assert_int_equal(used(guest, XG_QUOTA_SHADER_BYTES), sizeof(source));
	assert_int_equal(used(guest, XG_QUOTA_OBJECTS), 1);
	SEND(guest, glDeleteProgram, .program = PROGRAM);
	assert_null(guest_run(guest));
	assert_int_equal(used(guest, XG_QUOTA_SHADER_BYTES), 0);
	assert_int_equal(used(guest, XG_QUOTA_OBJECTS), 0);
}

static void program_without_octets_of_source_is_one_of_an_empty_one(void **state)
{
	struct guest *guest = *state;

	SEND(guest, xgCreateShaderProgram, .type = GL_VERTEX_SHADER, .program = PROGRAM);
	xg_stub.source_length = 7;
	assert_null(guest_run(guest));
	assert_int_equal(xg_stub.source_length, 0);
}

static void refused_program_leaves_nothing_counted(void **state)
{
	struct guest *guest = *state;

	create(guest, 0, PROGRAM);
	create(guest, GL_VERTEX_SHADER, 0);
	create(guest, GL_VERTEX_SHADER, XG_NAME_LIMIT);
	assert_int_equal(error_of(guest), GL_OUT_OF_MEMORY);
	guest->client->quota.limit[XG_QUOTA_SHADER_BYTES] = sizeof(source) - 1;
	create(guest, GL_VERTEX_SHADER, PROGRAM);
	assert_int_equal(error_of(guest), GL_OUT_OF_MEMORY);
	guest->host.limits.shader_bytes = sizeof(source) - 1;
	guest->client->quota.limit[XG_QUOTA_SHADER_BYTES] = 1 << 20;
	create(guest, GL_VERTEX_SHADER, PROGRAM);
	assert_int_equal(error_of(guest), GL_OUT_OF_MEMORY);
	assert_int_equal(used(guest, XG_QUOTA_SHADER_BYTES), 0);
	assert_int_equal(used(guest, XG_QUOTA_OBJECTS), 0);
}

static void name_of_a_program_that_lives_is_not_given_again(void **state)
{
	struct guest *guest = *state;

	create(guest, GL_VERTEX_SHADER, PROGRAM);
	create(guest, GL_VERTEX_SHADER, PROGRAM);
	assert_int_equal(error_of(guest), GL_OUT_OF_MEMORY);
	assert_int_equal(used(guest, XG_QUOTA_SHADER_BYTES), sizeof(source));
}

static uint32_t ask_pipeline(struct guest *guest, uint32_t pname)
{
	ASK(guest, glGetProgramPipelineivEXT, .pipeline = PIPELINE, .pname = pname, .params = word);
	assert_null(guest_run(guest));
	make_current(guest, GUEST_CONTEXT);
	return *(const uint32_t *)xg_fake_stream_answer(guest->stream);
}

static void programs_of_a_pipeline_have_the_guests_names(void **state)
{
	static const uint32_t names[] = {PIPELINE};
	struct guest *guest = *state;

	WORDS(guest, glGenProgramPipelinesEXT, names, .n = 1, .pipelines = word);
	SEND(guest, glCreateProgram, .name = PROGRAM);
	assert_int_equal(ask_pipeline(guest, GL_ACTIVE_PROGRAM_EXT), PROGRAM);
	assert_int_equal(xg_stub.pipeline, 1);
	assert_int_equal(ask_pipeline(guest, GL_VALIDATE_STATUS), 1);
}

static void pipeline_is_its_contexts_alone(void **state)
{
	static const uint32_t names[] = {PIPELINE};
	struct guest *guest = *state;

	ASK(guest, xgCreateContext, .display = GUEST_DISPLAY, .context = OTHER_CONTEXT,
		.share = GUEST_CONTEXT, .config = 1, .error = word);
	make_current(guest, OTHER_CONTEXT);
	WORDS(guest, glGenProgramPipelinesEXT, names, .n = 1, .pipelines = word);
	make_current(guest, GUEST_CONTEXT);
	ask_pipeline(guest, GL_VALIDATE_STATUS);
	assert_int_equal(xg_stub.pipeline, XG_NAME_UNKNOWN);
	assert_int_equal(used(guest, XG_QUOTA_OBJECTS), 1);
}

static void pipelines_beyond_the_quota_are_refused(void **state)
{
	static const uint32_t names[] = {1, 2, 3};
	struct guest *guest = *state;

	guest->client->quota.limit[XG_QUOTA_OBJECTS] = 2;
	WORDS(guest, glGenProgramPipelinesEXT, names, .n = 3, .pipelines = {12, XG_PLACE_INLINE});
	assert_int_equal(error_of(guest), GL_OUT_OF_MEMORY);
	WORDS(guest, glDeleteProgramPipelinesEXT, names, .n = 3,
		.pipelines = {12, XG_PLACE_INLINE});
	assert_null(guest_run(guest));
	assert_int_equal(used(guest, XG_QUOTA_OBJECTS), 0);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
#define TEST(name) cmocka_unit_test_setup_teardown(name, guest_setup, guest_teardown)
		TEST(program_of_a_source_is_charged_with_it),
		TEST(program_without_octets_of_source_is_one_of_an_empty_one),
		TEST(refused_program_leaves_nothing_counted),
		TEST(name_of_a_program_that_lives_is_not_given_again),
		TEST(programs_of_a_pipeline_have_the_guests_names),
		TEST(pipeline_is_its_contexts_alone),
		TEST(pipelines_beyond_the_quota_are_refused),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
