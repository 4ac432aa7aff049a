/* SPDX-License-Identifier: MIT */
/* See display.h. The list of the driver's displays also serialises eglInitialize and eglTerminate,
 * which drivers do not all survive in two threads at once. */
#include "display.h"

#include <stdlib.h>
#include <string.h>

#include "base/log.h"
#include "client.h"
#include "host.h"
#include "egl_args.h"
#include "relay/window.h"
#include "replay.h"
#include "stream.h"
#include "xenglass/driver.h"
#include "xg_thunks.h"

enum { CONFIGS_MAX = 4096, CONFIG_ATTRIBUTES_MAX = 64 };

/* One of the driver's displays, initialised. */
struct xg_driver_display {
	struct xg_driver_display *next;
	struct xg_driver_displays *list;
	unsigned references;
	EGLDisplay egl;
	EGLint major, minor;
	struct xg_windows *windows;
	struct wl_display *wayland; /* NULL: not the relay's */
};

bool xg_extension_is_in(const char *list, const char *extension)
{
	const size_t length = strlen(extension);

	for (const char *at = list; at && (at = strstr(at, extension)); at += length) {
		if ((at == list || at[-1] == ' ') && (at[length] == ' ' || at[length] == '\0'))
			return true;
	}
	return false;
}

void xg_driver_displays_init(struct xg_driver_displays *list)
{
	list->first = NULL;
	list->has_complained = false;
	pthread_mutex_init(&list->lock, NULL);
}

void xg_driver_displays_finish(struct xg_driver_displays *list)
{
	pthread_mutex_destroy(&list->lock);
}

/* The first device; EGL_NO_DEVICE_EXT without one. */
static EGLDeviceEXT find_device(void)
{
	PFNEGLQUERYDEVICESEXTPROC query_devices =
		(PFNEGLQUERYDEVICESEXTPROC)eglGetProcAddress("eglQueryDevicesEXT");
	EGLDeviceEXT device;
	EGLint count = 0;

	if (!query_devices || !query_devices(1, &device, &count) || count < 1)
		return EGL_NO_DEVICE_EXT;
	return device;
}

static EGLDisplay get_device_display(void)
{
	const EGLDeviceEXT device = find_device();

	return device == EGL_NO_DEVICE_EXT
		       ? EGL_NO_DISPLAY
		       : eglGetPlatformDisplay(EGL_PLATFORM_DEVICE_EXT, device, NULL);
}

/* Not every driver has that platform. Without a window system a device's display can do the same.
 */
static EGLDisplay get_surfaceless_display(void)
{
	const EGLDisplay egl =
		eglGetPlatformDisplay(EGL_PLATFORM_SURFACELESS_MESA, EGL_DEFAULT_DISPLAY, NULL);

	return egl != EGL_NO_DISPLAY ? egl : get_device_display();
}

/* The list's lock is held. */
static void complain(struct xg_driver_displays *list, EGLint error)
{
	if (list->has_complained)
		return;
	list->has_complained = true;
	xg_log(XG_LOG_ERROR, "display",
		"EGL gives no display (error 0x%x), so guests see none: is a GLES driver "
		"installed?",
		(unsigned)error);
}

/* The list's lock is held. */
static struct xg_driver_display *get_driver_display(struct xg_driver_displays *list, EGLDisplay egl)
{
	struct xg_driver_display *driver;

	for (driver = list->first; driver && driver->egl != egl; driver = driver->next) {
	}
	if (driver) {
		driver->references++;
		return driver;
	}
	driver = calloc(1, sizeof(*driver));
	if (!driver)
		abort();
	if (!eglInitialize(egl, &driver->major, &driver->minor)) {
		complain(list, eglGetError());
		free(driver);
		return NULL;
	}
	driver->egl = egl;
	driver->references = 1;
	driver->list = list;
	driver->next = list->first;
	list->first = driver;
	return driver;
}

static void unref_driver_display(struct xg_driver_display *driver)
{
	struct xg_driver_displays *list = driver->list;
	struct xg_driver_display **link = &list->first;

	pthread_mutex_lock(&list->lock);
	if (--driver->references == 0) {
		while (*link != driver)
			link = &(*link)->next;
		*link = driver->next;
		eglTerminate(driver->egl);
		xg_windows_release_display(driver->windows, driver->wayland);
		free(driver);
	}
	pthread_mutex_unlock(&list->lock);
}

/* What a Wayland connection's display is for the driver; it is released with the driver's. */
static struct xg_driver_display *open_wayland(struct xg_replay *r, uint32_t display_id)
{
	const struct xg_client *client = r->client;
	struct xg_driver_displays *list = &client->host->displays;
	struct xg_driver_display *driver = NULL;
	struct wl_display *wayland = NULL;

	if (client->host->windows)
		wayland = xg_windows_wait_display(client->host->windows, client->id,
			xg_host_stream_id(r->stream), client->cookie, display_id);
	if (!wayland)
		return NULL;
	pthread_mutex_lock(&list->lock);
	EGLDisplay egl = eglGetPlatformDisplay(EGL_PLATFORM_WAYLAND_KHR, wayland, NULL);
	if (egl != EGL_NO_DISPLAY)
		driver = get_driver_display(list, egl);
	else
		complain(list, eglGetError());
	const bool is_ours = driver && !driver->wayland;
	if (is_ours) {
		driver->wayland = wayland;
		driver->windows = client->host->windows;
	}
	pthread_mutex_unlock(&list->lock);
	if (!is_ours)
		xg_windows_release_display(client->host->windows, wayland);
	return driver;
}

static struct xg_driver_display *open_driver_display(
	struct xg_replay *r, uint32_t platform, uint32_t display_id)
{
	struct xg_driver_displays *list = &r->client->host->displays;
	struct xg_driver_display *driver = NULL;
	EGLDisplay egl = EGL_NO_DISPLAY;

	if (platform == EGL_PLATFORM_WAYLAND_KHR)
		return open_wayland(r, display_id);
	pthread_mutex_lock(&list->lock);
	if (platform == EGL_PLATFORM_DEVICE_EXT)
		egl = get_device_display();
	else if (platform == EGL_PLATFORM_SURFACELESS_MESA)
		egl = get_surfaceless_display();
	if (egl != EGL_NO_DISPLAY)
		driver = get_driver_display(list, egl);
	else
		complain(list, eglGetError());
	pthread_mutex_unlock(&list->lock);
	return driver;
}

static void destroy_display(struct xg_host_object *object)
{
	struct xg_host_display *display = (struct xg_host_display *)object;

	unref_driver_display(display->driver);
	xg_quota_give(display->quota, XG_QUOTA_DISPLAYS, 1);
	free(display);
}

static void find_features(struct xg_host_display *display)
{
	const char *extensions = eglQueryString(display->egl, EGL_EXTENSIONS);

	display->has_robustness =
		xg_extension_is_in(extensions, "EGL_EXT_create_context_robustness");
	if (xg_extension_is_in(extensions, "EGL_KHR_swap_buffers_with_damage"))
		display->swap_with_damage = (PFNEGLSWAPBUFFERSWITHDAMAGEKHRPROC)eglGetProcAddress(
			"eglSwapBuffersWithDamageKHR");
	else if (xg_extension_is_in(extensions, "EGL_EXT_swap_buffers_with_damage"))
		display->swap_with_damage = (PFNEGLSWAPBUFFERSWITHDAMAGEKHRPROC)eglGetProcAddress(
			"eglSwapBuffersWithDamageEXT");
	if (xg_extension_is_in(extensions, "EGL_KHR_partial_update"))
		display->set_damage_region =
			(PFNEGLSETDAMAGEREGIONKHRPROC)eglGetProcAddress("eglSetDamageRegionKHR");
}

struct xg_host_display *xg_host_display_find(struct xg_replay *r, uint32_t untrusted_id)
{
	return (struct xg_host_display *)xg_host_objects_find(
		&r->client->objects, XG_HOST_DISPLAY, untrusted_id);
}

void xg_host_display_unref(struct xg_host_display *display)
{
	if (display)
		xg_host_object_unref(&display->object);
}

bool xg_host_display_config(
	const struct xg_host_display *display, uint32_t untrusted_id, EGLConfig *config)
{
	const EGLint attributes[] = {EGL_CONFIG_ID, (EGLint)untrusted_id, EGL_NONE};
	EGLint count = 0;

	*config = EGL_NO_CONFIG_KHR;
	if (!untrusted_id)
		return true;
	return eglChooseConfig(display->egl, attributes, config, 1, &count) && count == 1;
}

/* Makes the display for a client; NULL with the EGL error otherwise. */
static struct xg_host_display *create_display(
	struct xg_replay *r, uint32_t platform, uint32_t id, EGLint *error)
{
	struct xg_client *client = r->client;

	*error = EGL_BAD_ALLOC;
	if (!xg_quota_take(&client->quota, XG_QUOTA_DISPLAYS, 1))
		return NULL;

	struct xg_driver_display *driver = open_driver_display(r, platform, id);
	if (!driver) {
		*error = EGL_NOT_INITIALIZED;
		xg_quota_give(&client->quota, XG_QUOTA_DISPLAYS, 1);
		return NULL;
	}

	struct xg_host_display *display = calloc(1, sizeof(*display));
	if (!display)
		abort();
	xg_host_object_init(&display->object, XG_HOST_DISPLAY, NULL, destroy_display);
	display->driver = driver;
	display->egl = driver->egl;
	display->wayland = driver->wayland;
	display->quota = &client->quota;
	find_features(display);
	if (!xg_host_objects_add(&client->objects, &display->object, id)) {
		*error = EGL_BAD_DISPLAY;
		xg_host_display_unref(display);
		return NULL;
	}
	*error = EGL_SUCCESS;
	return display;
}

void xg_replay_xgInitialize(
	struct xg_replay *r, const struct xg_cmd_xgInitialize *c, const struct xg_payload *p)
{
	struct xg_host_display *display = xg_host_display_find(r, c->display);
	EGLint error = EGL_SUCCESS;

	if (!display && c->platform == EGL_PLATFORM_WAYLAND_KHR && c->cookie != r->client->cookie)
		error = EGL_BAD_DISPLAY;
	else if (!display)
		display = create_display(r, c->platform, c->display, &error);
	if (display) {
		xg_put_int(&p[0], display->driver->major);
		xg_put_int(&p[1], display->driver->minor);
		*xg_replay_result(r) = EGL_TRUE;
	}
	xg_put_int(&p[2], error);
	xg_host_display_unref(display);
}

void xg_replay_xgTerminate(
	struct xg_replay *r, const struct xg_cmd_xgTerminate *c, const struct xg_payload *p)
{
	struct xg_host_display *display = xg_host_display_find(r, c->display);

	if (!display)
		return;
	xg_host_objects_clear(&r->client->objects, display);
	xg_host_objects_remove(&r->client->objects, XG_HOST_DISPLAY, c->display);
	xg_host_display_unref(display);
	*xg_replay_result(r) = EGL_TRUE;
}

/* One of EGL_MESA_query_driver's, on the heap; NULL without it. */
static char *find_driver_string(const struct xg_host_display *display, uint32_t what)
{
	const char *name;

	if (!xg_extension_is_in(
		    eglQueryString(display->egl, EGL_EXTENSIONS), "EGL_MESA_query_driver"))
		return NULL;
	if (what == XG_STRING_DRIVER_CONFIG) {
		const PFNEGLGETDISPLAYDRIVERCONFIGPROC get_config =
			(PFNEGLGETDISPLAYDRIVERCONFIGPROC)eglGetProcAddress(
				"eglGetDisplayDriverConfig");

		return get_config ? get_config(display->egl) : NULL;
	}
	const PFNEGLGETDISPLAYDRIVERNAMEPROC get_name =
		(PFNEGLGETDISPLAYDRIVERNAMEPROC)eglGetProcAddress("eglGetDisplayDriverName");

	name = get_name ? get_name(display->egl) : NULL;
	return name ? strdup(name) : NULL;
}

static const char *find_device_extensions(void)
{
	const PFNEGLQUERYDEVICESTRINGEXTPROC query_string =
		(PFNEGLQUERYDEVICESTRINGEXTPROC)eglGetProcAddress("eglQueryDeviceStringEXT");
	const EGLDeviceEXT device = find_device();

	return query_string && device != EGL_NO_DEVICE_EXT ? query_string(device, EGL_EXTENSIONS)
							   : NULL;
}

/* The result is the string's size with its NUL, 0 if there is none. */
void xg_replay_xgQueryString(
	struct xg_replay *r, const struct xg_cmd_xgQueryString *c, const struct xg_payload *p)
{
	struct xg_host_display *display = c->display ? xg_host_display_find(r, c->display) : NULL;
	const char *string = NULL;
	char *own = NULL;

	if (display && (c->what == XG_STRING_DRIVER_NAME || c->what == XG_STRING_DRIVER_CONFIG))
		string = own = find_driver_string(display, c->what);
	else if (display)
		string = eglQueryString(display->egl, (EGLint)c->what);
	else if (!c->display && c->what == XG_STRING_DEVICE_EXTENSIONS)
		string = find_device_extensions();
	else if (!c->display)
		string = eglQueryString(EGL_NO_DISPLAY, (EGLint)c->what);
	if (string) {
		const size_t size = strlen(string) + 1;

		if (p[0].data)
			memcpy(p[0].data, string, size < p[0].size ? size : p[0].size);
		*xg_replay_result(r) = size;
	}
	free(own);
	xg_host_display_unref(display);
}

/* The result is the number of configurations; as many as there is room for are described. */
void xg_replay_xgGetConfigs(
	struct xg_replay *r, const struct xg_cmd_xgGetConfigs *c, const struct xg_payload *p)
{
	struct xg_host_display *display = xg_host_display_find(r, c->display);
	const uint32_t attribute_count = (uint32_t)(p[0].size / sizeof(EGLint));
	const EGLint *attributes = p[0].data;
	EGLint *values = p[1].data;
	size_t room = values ? p[1].size / sizeof(EGLint) : 0;
	EGLConfig configs[CONFIGS_MAX];
	EGLint count = 0;

	if (!display || !attribute_count || attribute_count > CONFIG_ATTRIBUTES_MAX ||
		!eglGetConfigs(display->egl, configs, CONFIGS_MAX, &count)) {
		xg_host_display_unref(display);
		return;
	}
	for (EGLint i = 0; i < count && room >= attribute_count; i++, room -= attribute_count) {
		for (uint32_t j = 0; j < attribute_count; j++) {
			EGLint value = 0;

			eglGetConfigAttrib(display->egl, configs[i], attributes[j], &value);
			*values++ = value;
		}
	}
	*xg_replay_result(r) = (uint32_t)count;
	xg_host_display_unref(display);
}

/* The result is the number of configurations that match; their ids come as room allows. */
void xg_replay_xgChooseConfig(
	struct xg_replay *r, const struct xg_cmd_xgChooseConfig *c, const struct xg_payload *p)
{
	struct xg_host_display *display = xg_host_display_find(r, c->display);
	struct xg_egl_attributes attributes;
	EGLConfig configs[CONFIGS_MAX];
	EGLint *ids = p[1].data;
	const size_t room = ids ? p[1].size / sizeof(EGLint) : 0;
	EGLint count = 0;

	if (!display) {
		xg_put_int(&p[2], EGL_BAD_DISPLAY);
		return;
	}
	if (xg_egl_attributes_read(&attributes, &p[0]) &&
		eglChooseConfig(display->egl, attributes.values, configs, CONFIGS_MAX, &count)) {
		for (size_t i = 0; i < (size_t)count && i < room; i++)
			eglGetConfigAttrib(display->egl, configs[i], EGL_CONFIG_ID, &ids[i]);
		*xg_replay_result(r) = (uint32_t)count;
		xg_put_int(&p[2], EGL_SUCCESS);
	} else {
		xg_put_int(&p[2], EGL_BAD_ATTRIBUTE);
	}
	xg_host_display_unref(display);
}
