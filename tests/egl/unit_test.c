/* SPDX-License-Identifier: MIT */
/* The parts of the vendor library that need no host: attribute lists, extension lists, the table.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "egl/attributes.h"
#include "egl/query.h"
#include "gles/strings.h"
#include "vendor.h"
#include "xg_entry.h"
#include "xg_opcodes.h"

static void no_list_is_an_empty_list(void **state)
{
	struct xg_attributes attributes = {.count = 9};

	assert_true(xg_attributes_from_ints(&attributes, NULL));
	assert_int_equal(attributes.count, 0);
	assert_true(xg_attributes_from_attribs(&attributes, NULL));
	assert_int_equal(attributes.count, 0);
}

static void a_list_ends_at_its_end(void **state)
{
	static const EGLint list[] = {EGL_WIDTH, 3, EGL_HEIGHT, -1, EGL_NONE, EGL_LEVEL, 7};
	struct xg_attributes attributes;

	assert_true(xg_attributes_from_ints(&attributes, list));
	assert_int_equal(attributes.count, 4);
	assert_int_equal(xg_attributes_get(&attributes, EGL_HEIGHT, 5), -1);
	assert_int_equal(xg_attributes_get(&attributes, EGL_LEVEL, 5), 5);
}

static void the_last_value_of_a_name_counts(void **state)
{
	static const EGLint list[] = {EGL_WIDTH, 3, EGL_WIDTH, 4, EGL_NONE};
	struct xg_attributes attributes;

	assert_true(xg_attributes_from_ints(&attributes, list));
	assert_int_equal(xg_attributes_get(&attributes, EGL_WIDTH, 0), 4);
}

static void a_list_without_end_is_refused(void **state)
{
	EGLint list[XG_ATTRIBUTES_MAX + 3];
	struct xg_attributes attributes;

	for (size_t i = 0; i < sizeof(list) / sizeof(list[0]); i++)
		list[i] = EGL_WIDTH;
	assert_false(xg_attributes_from_ints(&attributes, list));
}

static void a_value_that_does_not_fit_is_refused(void **state)
{
	const EGLAttrib list[] = {EGL_WIDTH, INTPTR_MAX, EGL_NONE};
	struct xg_attributes attributes;

	/* On a 32-bit processor all fit. */
	assert_int_equal(
		xg_attributes_from_attribs(&attributes, list), sizeof(EGLAttrib) == sizeof(EGLint));
}

static void an_extension_is_found_as_a_whole_word_only(void **state)
{
	assert_true(xg_query_list_has("EGL_A EGL_AB EGL_B", "EGL_A"));
	assert_true(xg_query_list_has("EGL_AB EGL_A", "EGL_A"));
	assert_true(xg_query_list_has("EGL_A ", "EGL_A"));
	assert_false(xg_query_list_has("EGL_AB XEGL_A", "EGL_A"));
	assert_false(xg_query_list_has("", "EGL_A"));
}

static void an_older_host_has_no_extension_whose_commands_it_lacks(void **state)
{
	for (size_t i = 0; i < xg_gl_extension_count; i++) {
		const struct xg_gl_extension *extension = &xg_gl_extensions[i];

		assert_true(xg_gl_extension_is_carried(extension->name, XG_OPCODE_LAST));
		if (extension->ledger_length > 0)
			assert_false(xg_gl_extension_is_carried(
				extension->name, extension->ledger_length - 1));
	}
	assert_true(xg_gl_extension_is_carried("GL_EXT_clip_control", XG_OP_glClipControlEXT));
	assert_false(xg_gl_extension_is_carried("GL_EXT_clip_control", XG_OP_glClipControlEXT - 1));
	assert_false(xg_gl_extension_is_carried("GL_NO_such_thing", XG_OPCODE_LAST));
}

static void the_table_is_sorted_and_its_extensions_have_stubs(void **state)
{
	for (size_t i = 0; i < xg_vendor_entry_count; i++) {
		const struct xg_vendor_entry *entry = &xg_vendor_entries[i];

		assert_non_null(entry->function);
		assert_ptr_equal(xg_vendor_proc(entry->name), entry->function);
		if (i > 0)
			assert_true(strcmp(xg_vendor_entries[i - 1].name, entry->name) < 0);
	}
	assert_null(xg_vendor_proc("eglNoSuchThing"));
	assert_null(xg_vendor_proc("glNoSuchThing"));
	assert_non_null(xg_vendor_proc("glClear"));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(no_list_is_an_empty_list),
		cmocka_unit_test(a_list_ends_at_its_end),
		cmocka_unit_test(the_last_value_of_a_name_counts),
		cmocka_unit_test(a_list_without_end_is_refused),
		cmocka_unit_test(a_value_that_does_not_fit_is_refused),
		cmocka_unit_test(an_extension_is_found_as_a_whole_word_only),
		cmocka_unit_test(an_older_host_has_no_extension_whose_commands_it_lacks),
		cmocka_unit_test(the_table_is_sorted_and_its_extensions_have_stubs),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
