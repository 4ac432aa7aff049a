/* SPDX-License-Identifier: MIT */
/* glGetBooleanv of every pname. */
#include "../case.h"

#include "../pnames.h"

XG_CASE(get_boolean)
{
	GLboolean values[84];

	for (size_t i = 0; i < COUNT(pnames); i++) {
		untouched(values, sizeof(values));
		glGetBooleanv(pnames[i].pname, values);
		say_bytes(pnames[i].name, values, (size_t)pnames[i].count + 2);
		say_error(pnames[i].name);
	}
	untouched(values, sizeof(values));
	DO(glGetBooleanv(0xffff, values));
	say_bytes("unknown", values, 4);
}
