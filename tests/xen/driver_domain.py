# SPDX-License-Identifier: MIT
"""A driver domain: the compositor, xenglassd and the host process are in a domain of their own,
which sees no other's nodes in xenstore but those that dom0's xenglassd lets it see."""
import time

from machine import DEADLINE_S, Failure, Guest
from stack import COLOURS, RUNTIME, check

NAME = "gpu"
# dom0's userland is its disk.
CONFIG = f"""\
name = "{NAME}"
type = "pv"
kernel = "/run/vmlinux"
ramdisk = "/run/guest.cpio"
extra = "console=hvc0 quiet mitigations=off gntalloc=1024"
memory = 320
vcpus = 1
disk = [ "phy:/dev/vda,xvda,r", "phy:/dev/vdc,xvdb,r" ]
on_poweroff = "destroy"
on_crash = "destroy"
"""
COMPOSITOR = ("/programs/xenglass-compositor --headless 320x240 --refresh 5 --socket wl"
              f" --control {RUNTIME}/control")  # fmt: skip
DAEMON = (f"/programs/xenglassd --xen /run/policy --runtime-dir {RUNTIME}"
          f" --control {RUNTIME}/control --socket {RUNTIME}/daemon"
          " --host /programs/xenglass-host")  # fmt: skip
CASE = "/programs/xg-gl-case clear"


def start(stack, guest):
    """The domain, and in it all that dom0 runs else. The daemon waits for the compositor."""
    machine = stack.machine
    domain = Guest(machine, NAME)
    machine.dom0(f"cat >/run/{NAME}.cfg <<'END'\n{CONFIG}END\nxl create -q /run/{NAME}.cfg")
    domain.number = int(machine.dom0(f"xl domid {NAME}"))
    machine.wait_for(f"xenstore-read {domain.path}/data/done", f"{NAME} up")
    colour = "%02x%02x%02x" % COLOURS[guest.name]
    domain.run("programs")
    domain.run("chroot /proc/1/root modprobe xen-gntdev")
    domain.run(f"mkdir -m 700 {RUNTIME}; echo {guest.name} colour={colour} >/run/policy;"
               f" export XDG_RUNTIME_DIR={RUNTIME} MESA_SHADER_CACHE_DISABLE=true"
               f" GALLIVM_PERF=nopt XENGLASS_LOG=info; {DAEMON} >/dev/hvc0 2>&1 &"
               f" {COMPOSITOR} >/dev/hvc0 2>&1 &")  # fmt: skip
    return domain


def set_policy(stack, text):
    stack.machine.dom0(f"cat >/run/policy <<END\n{text}\nEND\nkill -HUP $(pidof xenglassd)")


def check_served(stack, guest, domain):
    """The guest is connected to that domain, and a new program draws what dom0's driver does."""
    backend = f"{domain.path}/backend/xenglass/{guest.number}/0"
    for path in (backend, stack.frontend(guest)):
        stack.machine.wait_for_node(f"{path}/state", "4", f"{path} connected")
    guest.run("until [ -S /run/xenglass/gl.sock ]; do sleep 1; done")
    status, text = guest.run(f"/programs/app {CASE}")
    native = stack.machine.dom0(stack.host(CASE))
    check(status == 0 and text.strip() == native, f"it draws:\n{text}\nand not\n{native}")


def swaps(domain, guest):
    """How many frames the driver domain's host process has shown, as xenglassctl says."""
    status, text = domain.run(f"/programs/xenglassctl --socket {RUNTIME}/daemon stats {guest.name}")
    counts = {line.split()[0]: line.split()[1] for line in text.splitlines() if " " in line}
    check(status == 0 and "swaps" in counts, f"xenglassctl says in {NAME}: {text}")
    return int(counts["swaps"])


def driver_domain_serves_a_guest(stack):
    """It draws for one guest while dom0 does for the other; destroyed in the midst of a frame, it
    leaves nothing, and the guest goes on with the next one of that name."""
    machine, guest = stack.machine, stack.two
    policy = machine.dom0("cat /run/policy")
    domain = start(stack, guest)
    try:
        set_policy(stack, f"{stack.one.name}\n{guest.name} backend={NAME}")
        check_served(stack, guest, domain)
        line = f"{guest.name} {guest.number} connected {NAME}"
        check(line in stack.control("list").splitlines(), f"dom0 does not list: {line}")
        guest.run("/programs/app weston-simple-egl >/dev/null 2>&1 &")
        end = time.monotonic() + DEADLINE_S
        while swaps(domain, guest) < 10:
            check(time.monotonic() < end, "the driver domain shows no frames")
        machine.dom0(f"xl destroy {NAME}")
        machine.wait_for(f"! xenstore-read {stack.frontend(guest)}/state", "the device is gone")
        machine.wait_for("! xl list | grep -q null", "nothing holds the destroyed domain")
        print("#   it drew, and was destroyed")
        domain = start(stack, guest)
        check_served(stack, guest, domain)
        stack.wait_connected(stack.one)
    except Failure:
        print(machine.try_dom0(f"tail -n 30 /var/log/xen/console/guest-{NAME}.log; xenstore-ls -f"
                               f" {domain.path}/backend")[1].decode(errors="replace"))
        raise
    finally:
        machine.try_dom0(f"xl destroy {NAME}")
        set_policy(stack, policy)
    stack.wait_connected(guest)
