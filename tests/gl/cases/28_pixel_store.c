/* SPDX-License-Identifier: MIT */
/* What glPixelStorei takes and refuses. */
#include "../case.h"

XG_CASE(pixel_store)
{
	static const GLenum names[] = {GL_PACK_ALIGNMENT, GL_UNPACK_ALIGNMENT,
		GL_UNPACK_ROW_LENGTH_EXT, GL_UNPACK_SKIP_ROWS_EXT, GL_UNPACK_SKIP_PIXELS_EXT,
		GL_BLEND, 0};
	static const GLint values[] = {-1, 0, 1, 2, 3, 4, 5, 8, 16, 100};

	for (size_t i = 0; i < COUNT(names); i++) {
		for (size_t k = 0; k < COUNT(values); k++) {
			GLint now = -7;
			say("%s %d", enum_name(names[i]), values[k]);
			DO(glPixelStorei(names[i], values[k]));
			DO(glGetIntegerv(names[i], &now));
			say("now %d", now);
		}
	}
}
