/* SPDX-License-Identifier: MIT */
/* What is common to the vendor libraries that stand before Mesa's: see layer_base.h. */
#include "layer_base.h"

#include <dlfcn.h>
#include <string.h>

void *(*layer_below)(const char *name);

static void *get_proc_address(const char *name)
{
	for (const struct layer_function *ours = layer_functions; ours->name; ours++) {
		if (strcmp(ours->name, name) == 0)
			return (void *)ours->function;
	}
	return layer_below(name);
}

__attribute__((visibility("default"))) EGLBoolean __egl_Main(uint32_t version,
	const __EGLapiExports *exports, __EGLvendorInfo *vendor, __EGLapiImports *imports)
{
	void *const mesa = dlopen("libEGL_mesa.so.0", RTLD_NOW | RTLD_LOCAL);
	__PFNEGLMAINPROC main_below =
		mesa ? (__PFNEGLMAINPROC)(layer_any)dlsym(mesa, "__egl_Main") : NULL;

	if (!main_below || !main_below(version, exports, vendor, imports))
		return EGL_FALSE;
	layer_below = imports->getProcAddress;
	imports->getProcAddress = get_proc_address;
	layer_begin(imports);
	return EGL_TRUE;
}
