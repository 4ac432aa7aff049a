/* SPDX-License-Identifier: MIT */
/* See sweep.h. */
#include "sweep.h"

void sweep_end(struct sweep *sweep)
{
	if (!sweep->is_begun)
		return;
	/* As many bits of the answer as every processor has. */
	say("%s, 0x%04x to 0x%04x: %s 0x%x, error 0x%04x", sweep->what, (unsigned)sweep->first,
		(unsigned)sweep->last, sweep->is_success ? "yes" : "no", (unsigned)sweep->answer,
		(unsigned)sweep->error);
	sweep->is_begun = false;
}

void sweep_add(struct sweep *sweep, EGLint value, bool is_success, EGLAttrib answer)
{
	const EGLint error = eglGetError();

	if (sweep->is_begun && (value != sweep->last + 1 || is_success != sweep->is_success ||
				       error != sweep->error || answer != sweep->answer))
		sweep_end(sweep);
	if (!sweep->is_begun)
		sweep->first = value;
	sweep->is_begun = true;
	sweep->last = value;
	sweep->is_success = is_success;
	sweep->error = error;
	sweep->answer = answer;
}
