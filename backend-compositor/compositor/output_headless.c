/* SPDX-License-Identifier: MIT */
/* An output that nobody looks at but screencopy. */
#include <stdlib.h>
#include <EGL/egl.h>
#include <EGL/eglext.h>

#include "output.h"
#include "server.h"

static bool present(struct xg_output *output, const pixman_region32_t *damage)
{
	return true;
}

static void destroy(struct xg_output *output)
{
	xg_output_finish(output);
	free(output);
}

static const struct xg_output_impl headless = {
	.name = "HEADLESS-1",
	.present = present,
	.destroy = destroy,
};

struct xg_output *xg_output_headless_create(
	struct xg_server *server, int32_t width, int32_t height, int32_t refresh_mhz)
{
	struct xg_output *output = calloc(1, sizeof(*output));

	if (!output)
		return NULL;
	server->renderer =
		xg_renderer_create(EGL_PLATFORM_SURFACELESS_MESA, EGL_DEFAULT_DISPLAY, false);
	if (server->renderer &&
		xg_output_init(output, server, &headless, width, height, refresh_mhz))
		return output;
	free(output);
	return NULL;
}
