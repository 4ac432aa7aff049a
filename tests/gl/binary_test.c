/* SPDX-License-Identifier: MIT */
/* The layout of program binaries: what is written is read, and nothing else is. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include <GLES3/gl32.h>

#include "gles/binary.h"

enum { CHECKSUM_AT = 16, CHECKED_FROM = 24, SHADERS_AT = 24, HEAD_SIZE = 56, FORGERIES = 20000 };

struct fixture {
	struct xg_recipe recipe;
	struct xg_text *attributes;
	uint8_t *binary;
	size_t size;
};

static struct xg_text *text_of(const char *octets, size_t size)
{
	struct xg_text *text = xg_text_create(size);

	memcpy(text->bytes, octets, size);
	return text;
}

static void add_place(struct xg_text **places, uint32_t location, uint32_t index, const char *name)
{
	const struct xg_place place = {location, index, name};
	struct xg_text *all = xg_place_add(*places, &place);

	assert_non_null(all);
	xg_text_unref(*places);
	*places = all;
}

static int setup(void **state)
{
	struct fixture *f = calloc(1, sizeof(*f));

	f->recipe = (struct xg_recipe){
		.shaders = {{GL_VERTEX_SHADER, text_of("void main() {}", 14)},
			{GL_FRAGMENT_SHADER, text_of("a\0b", 3)}},
		.shader_count = 2,
		.varyings = text_of("v\0number", 9),
		.varying_count = 2,
		.varying_mode = GL_SEPARATE_ATTRIBS,
		.is_separable = true,
	};
	add_place(&f->recipe.outputs, 1, 0, "color");
	add_place(&f->attributes, 3, 0, "position");
	add_place(&f->attributes, 0, 0, "");
	f->size = xg_binary_size(&f->recipe, f->attributes);
	f->binary = malloc(f->size);
	xg_binary_write(&f->recipe, f->attributes, f->binary);
	*state = f;
	return 0;
}

static int teardown(void **state)
{
	struct fixture *f = *state;

	xg_recipe_finish(&f->recipe);
	xg_text_unref(f->attributes);
	free(f->binary);
	free(f);
	return 0;
}

static bool is_read(const uint8_t *binary, size_t size)
{
	struct xg_recipe recipe;
	struct xg_text *attributes;

	if (!xg_binary_read(binary, size, &recipe, &attributes))
		return false;
	xg_recipe_finish(&recipe);
	xg_text_unref(attributes);
	return true;
}

/* Makes the checksum right again, as whoever forges a binary can. */
static void sign(uint8_t *binary, size_t size)
{
	uint64_t hash = UINT64_C(0xcbf29ce484222325);

	for (size_t i = CHECKED_FROM; i < size; i++)
		hash = (hash ^ binary[i]) * UINT64_C(0x100000001b3);
	memcpy(binary + CHECKSUM_AT, &hash, sizeof(hash));
}

static void assert_same(const struct xg_text *a, const struct xg_text *b)
{
	assert_int_equal(a->size, b->size);
	assert_memory_equal(a->bytes, b->bytes, a->size + 1);
}

static void what_is_written_is_read(void **state)
{
	const struct fixture *f = *state;
	struct xg_recipe recipe;
	struct xg_text *attributes;

	assert_true(xg_binary_read(f->binary, f->size, &recipe, &attributes));
	assert_int_equal(recipe.shader_count, 2);
	for (uint32_t i = 0; i < 2; i++) {
		assert_int_equal(recipe.shaders[i].type, f->recipe.shaders[i].type);
		assert_same(recipe.shaders[i].source, f->recipe.shaders[i].source);
	}
	assert_int_equal(recipe.varying_count, 2);
	assert_int_equal(recipe.varying_mode, GL_SEPARATE_ATTRIBS);
	assert_true(recipe.is_separable);
	assert_same(recipe.varyings, f->recipe.varyings);
	assert_same(recipe.outputs, f->recipe.outputs);
	assert_same(attributes, f->attributes);
	xg_recipe_finish(&recipe);
	xg_text_unref(attributes);
}

static void program_of_nothing_is_a_binary_too(void **state)
{
	const struct xg_recipe recipe = {0};
	uint8_t binary[HEAD_SIZE];

	assert_int_equal(xg_binary_size(&recipe, NULL), sizeof(binary));
	xg_binary_write(&recipe, NULL, binary);
	assert_true(is_read(binary, sizeof(binary)));
}

static void spoilt_bit_is_seen(void **state)
{
	const struct fixture *f = *state;

	for (size_t bit = 0; bit < 8 * f->size; bit++) {
		f->binary[bit / 8] ^= (uint8_t)(1u << bit % 8);
		assert_false(is_read(f->binary, f->size));
		f->binary[bit / 8] ^= (uint8_t)(1u << bit % 8);
	}
	assert_true(is_read(f->binary, f->size));
}

static void part_of_a_binary_is_none(void **state)
{
	const struct fixture *f = *state;

	for (size_t size = 0; size < f->size; size++) {
		uint8_t *part = malloc(size + 1);
		const uint32_t said = (uint32_t)size;

		memcpy(part, f->binary, size);
		assert_false(is_read(part, size));
		if (size >= HEAD_SIZE) {
			memcpy(part + 12, &said, sizeof(said));
			sign(part, size);
			assert_false(is_read(part, size));
		}
		free(part);
	}
	assert_false(is_read(NULL, 0));
}

/* Words of the head, and of the shaders', that do not fit, though the checksum does. */
static void false_counts_are_seen(void **state)
{
	static const struct {
		size_t at;
		uint32_t word;
	} lies[] = {
		{8, 2},
		{12, 0},
		{SHADERS_AT, 0},
		{SHADERS_AT, 1},
		{SHADERS_AT, 3},
		{SHADERS_AT, 7},
		{SHADERS_AT, UINT32_MAX},
		{28, 1},
		{28, 3},
		{28, UINT32_MAX},
		{32, GL_BLEND},
		{36, 2},
		{40, 8},
		{40, UINT32_MAX},
		{44, 0},
		{44, 13},
		{44, 0xfffffff0},
		{48, 1},
		{48, UINT32_MAX},
		{52, 1},
		{56, GL_FRAGMENT_SHADER},
		{56, GL_BLEND},
		{60, 13},
		{60, 15},
		{60, UINT32_MAX},
		{68, 0x80000000},
	};
	const struct fixture *f = *state;
	uint8_t *forged = malloc(f->size);

	for (size_t i = 0; i < sizeof(lies) / sizeof(lies[0]); i++) {
		memcpy(forged, f->binary, f->size);
		memcpy(forged + lies[i].at, &lies[i].word, 4);
		sign(forged, f->size);
		if (is_read(forged, f->size))
			fail_msg("%u at %zu is believed", lies[i].word, lies[i].at);
	}
	free(forged);
}

/* A last name without its end. */
static void names_have_an_end(void **state)
{
	const struct fixture *f = *state;

	f->binary[f->size - 1] = 'x';
	sign(f->binary, f->size);
	assert_false(is_read(f->binary, f->size));
}

/* Whatever is forged, nothing outside it is read: for the sanitizers to see. */
static void forged_binaries_stay_within_their_octets(void **state)
{
	const struct fixture *f = *state;
	uint64_t random = 4711;

	for (uint32_t i = 0; i < FORGERIES; i++) {
		uint8_t *forged = malloc(f->size);

		memcpy(forged, f->binary, f->size);
		for (uint32_t j = 0; j < 4; j++) {
			random = random * UINT64_C(6364136223846793005) + 1;
			forged[16 + (random >> 33) % (f->size - 16)] = (uint8_t)(random >> 25);
		}
		sign(forged, f->size);
		is_read(forged, f->size);
		free(forged);
	}
}

static void place_of_a_name_is_its_last(void **state)
{
	struct xg_text *places = NULL;
	struct xg_place place;
	uint32_t at = 0;

	add_place(&places, 1, 0, "a");
	add_place(&places, 2, 1, "bc");
	add_place(&places, 3, 0, "a");
	assert_true(xg_place_next(places, &at, &place));
	assert_string_equal(place.name, "bc");
	assert_int_equal(place.index, 1);
	assert_true(xg_place_next(places, &at, &place));
	assert_string_equal(place.name, "a");
	assert_int_equal(place.location, 3);
	assert_false(xg_place_next(places, &at, &place));
	xg_text_unref(places);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
#define TEST(name) cmocka_unit_test_setup_teardown(name, setup, teardown)
		TEST(what_is_written_is_read),
		TEST(program_of_nothing_is_a_binary_too),
		TEST(spoilt_bit_is_seen),
		TEST(part_of_a_binary_is_none),
		TEST(false_counts_are_seen),
		TEST(names_have_an_end),
		TEST(forged_binaries_stay_within_their_octets),
		TEST(place_of_a_name_is_its_last),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
