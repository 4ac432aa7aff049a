/* SPDX-License-Identifier: MIT */
/* glGetFloatv of every pname: defaults and limits, each as often as asked, and what is beyond
 * stays. */
#include "../case.h"

#include "../pnames.h"

XG_CASE(get_float)
{
	GLfloat values[84];

	for (int round = 0; round < 2; round++) {
		for (size_t i = 0; i < COUNT(pnames); i++) {
			untouched(values, sizeof(values));
			glGetFloatv(pnames[i].pname, values);
			say_floats(pnames[i].name, values, pnames[i].count + 2);
			say_error(pnames[i].name);
		}
	}
	untouched(values, sizeof(values));
	DO(glGetFloatv(0, values));
	DO(glGetFloatv(GL_TEXTURE_2D + 0x4000, values));
	say_floats("unknown", values, 4);
}
