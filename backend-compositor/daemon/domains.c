/* SPDX-License-Identifier: MIT */
/* See domains.h. */
#include "domains.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <sys/epoll.h>
#include <sys/timerfd.h>
#include <unistd.h>

#include "backend.h"
#include "base/log.h"
#include "link/xen_store.h"
#include "toolstack.h"

#define MODULE "domains"

struct xg_domains {
	struct xg_domains_setup setup;
	struct xg_store *store;
	struct xg_toolstack *toolstack; /* NULL in a driver domain */
	struct xg_backend *backend;
	int timer_fd;	 /* for the backend's next due time */
	int epoll_fd;	 /* of the store's and the timer's */
	int64_t look_ms; /* no look before that */
};

static bool add_to_epoll(const struct xg_domains *domains, int fd)
{
	struct epoll_event event = {.events = EPOLLIN};

	return epoll_ctl(domains->epoll_fd, EPOLL_CTL_ADD, fd, &event) == 0;
}

static void dispatch_backend(struct xg_domains *domains)
{
	struct itimerspec timer = {0};

	xg_backend_dispatch(domains->backend);

	const int64_t due_ms = xg_backend_due_ms(domains->backend);

	if (due_ms != INT64_MAX) {
		timer.it_value.tv_sec = due_ms / 1000;
		timer.it_value.tv_nsec = due_ms % 1000 * 1000000;
	}
	timerfd_settime(domains->timer_fd, TFD_TIMER_ABSTIME, &timer, NULL);
}

struct xg_domains *xg_domains_create(const struct xg_domains_setup *setup)
{
	struct xg_domains *domains = calloc(1, sizeof(*domains));
	uint32_t own_number = 0;

	if (!domains)
		abort();
	domains->setup = *setup;
	domains->timer_fd = timerfd_create(CLOCK_MONOTONIC, TFD_CLOEXEC | TFD_NONBLOCK);
	domains->epoll_fd = epoll_create1(EPOLL_CLOEXEC);
	domains->store = xg_store_open();
	if (!domains->store) {
		xg_log(XG_LOG_ERROR, MODULE,
			errno == ENOSYS ? "this build knows no Xen" : "cannot reach xenstore: %s",
			strerror(errno));
		goto err;
	}
	if (!add_to_epoll(domains, xg_store_fd(domains->store)) ||
		!add_to_epoll(domains, domains->timer_fd)) {
		xg_log(XG_LOG_ERROR, MODULE, "no descriptors: %s", strerror(errno));
		goto err;
	}
	/* Dom0's, where it has not been told. */
	xg_store_read_number(domains->store, "", "domid", &own_number);
	if (own_number == 0)
		domains->toolstack = xg_toolstack_create(domains->store, 0, setup->policy);
	domains->backend = xg_backend_create(domains->store, (uint16_t)own_number, &domains->setup);
	return domains;

err:
	xg_store_close(domains->store);
	close(domains->epoll_fd);
	close(domains->timer_fd);
	free(domains);
	return NULL;
}

void xg_domains_destroy(struct xg_domains *domains)
{
	if (!domains)
		return;
	xg_backend_destroy(domains->backend);
	xg_toolstack_destroy(domains->toolstack);
	xg_store_close(domains->store);
	close(domains->epoll_fd);
	close(domains->timer_fd);
	free(domains);
}

int xg_domains_fd(const struct xg_domains *domains)
{
	return domains->epoll_fd;
}

/* Until the next look is due: whatever happens meanwhile is seen then. */
static void wait_to_look(struct xg_domains *domains)
{
	const int64_t rest_ms = domains->look_ms - xg_backend_now_ms();

	if (rest_ms > 0)
		usleep((useconds_t)rest_ms * 1000);
}

void xg_domains_dispatch(struct xg_domains *domains)
{
	wait_to_look(domains);
	xg_store_clear(domains->store);
	if (domains->toolstack)
		xg_toolstack_dispatch(domains->toolstack);
	dispatch_backend(domains);
	domains->look_ms = xg_backend_now_ms() + domains->setup.look_ms;
}

void xg_domains_host_gone(struct xg_domains *domains, int host)
{
	xg_backend_host_gone(domains->backend, host);
	dispatch_backend(domains);
}

void xg_domains_set_ready(struct xg_domains *domains, bool is_ready)
{
	domains->setup.is_ready = is_ready;
	dispatch_backend(domains);
}

void xg_domains_set_policy(struct xg_domains *domains, const struct xg_policy *policy)
{
	domains->setup.policy = policy;
	if (domains->toolstack)
		xg_toolstack_set_policy(domains->toolstack, policy);
	xg_backend_set_policy(domains->backend, policy);
	xg_domains_dispatch(domains);
}

static const char not_here[] = "this is a driver domain: devices are given and taken in dom0";

const char *xg_domains_attach(struct xg_domains *domains, const char *name)
{
	const char *problem =
		domains->toolstack ? xg_toolstack_attach(domains->toolstack, name) : not_here;

	dispatch_backend(domains);
	return problem;
}

const char *xg_domains_detach(struct xg_domains *domains, const char *name)
{
	const char *problem =
		domains->toolstack ? xg_toolstack_detach(domains->toolstack, name) : not_here;

	dispatch_backend(domains);
	return problem;
}

int xg_domains_host(const struct xg_domains *domains, const char *name, const char **problem)
{
	const int host = xg_backend_host(domains->backend, name);

	if (!host)
		*problem = domains->toolstack ? xg_toolstack_explain(domains->toolstack, name)
					      : "this domain is not connected";
	return host;
}

void xg_domains_list(const struct xg_domains *domains, char *text, size_t size)
{
	text[0] = '\0';
	if (domains->toolstack)
		xg_toolstack_list(domains->toolstack, domains->backend, text, size);
	else
		xg_backend_list(domains->backend, text, size);
}
