# SPDX-License-Identifier: MIT
"""A machine in QEMU that runs Xen, with a dom0 that does what it is told, and guests.

There is no hardware help: the processor is emulated, so everything takes some thirty times longer.
Hence a machine that has booted, its guests waiting, is kept as a snapshot, and each test starts
from there. What changes with our code lies on a disk that nothing has looked at by then.
"""
import hashlib
import json
import pathlib
import re
import shlex
import shutil
import socket
import subprocess
import tempfile
import time

GUESTS = {"one": "pv", "two": "pv"}
MEMORY_MB = 192
# Only guards against what hangs: no machine is so slow.
BOOT_S = 900
DEADLINE_S = 600
GUEST_CONFIG = """\
name = "{name}"
type = "{kind}"
kernel = "/run/vmlinux"
ramdisk = "/run/guest.cpio"
extra = "console=hvc0 quiet mitigations=off gntalloc=4096"
memory = {memory}
vcpus = 1
disk = [ "phy:/dev/vdb,xvda,r", "phy:/dev/vdc,xvdb,r" ]
on_poweroff = "destroy"
on_crash = "destroy"
"""
NODE_SCRIPT = """\
mkfifo /run/wait.$$
timeout {seconds} xenstore-watch {node} >/run/wait.$$ &
status=1
while read -r _; do
	value=$(xenstore-read {node} 2>/dev/null)
	case $value in {pattern}) status=0; break;; esac
done </run/wait.$$
kill $! 2>/dev/null
rm /run/wait.$$
echo "$value"
exit $status
"""


class Failure(Exception):
    """What was asked for did not happen; the text says what."""


class Died(Failure):
    """The machine is no more."""


def forget_snapshots(images):
    """Has the next machine boot."""
    for snapshot in images.glob("snapshot-*"):
        snapshot.unlink()


class Machine:
    """Used by `with`. images is the folder that images.py fills; guests are up when it is."""

    def __init__(self, images):
        self.images = pathlib.Path(images)
        self.folder = pathlib.Path(tempfile.mkdtemp(prefix="xg-xen-"))
        self.log = self.images / "serial.log"
        self.guests = {name: Guest(self, name, kind) for name, kind in GUESTS.items()}

    def __enter__(self):
        try:
            key = hashlib.sha256(
                "\n".join([*map(str, self._command()),
                           *(guest.config() for guest in self.guests.values()),
                           (self.images / "stamp").read_text()])
                .replace(str(self.folder), "").encode()
            ).hexdigest()[:16]
            snapshot = self.images / f"snapshot-{key}"
            if not snapshot.exists():
                forget_snapshots(self.images)
                self._boot(snapshot)
            self._start("-incoming", f"exec:cat {snapshot}")
            self._wait_running()
            for guest in self.guests.values():
                guest.number = int(self.dom0(f"xl domid {guest.name}"))
        except BaseException:
            self.__exit__()
            raise
        return self

    def __exit__(self, *_):
        if self.qemu.poll() is None:
            self.qemu.kill()
        self.qemu.wait()
        shutil.rmtree(self.folder)

    def _command(self):
        i = self.images
        disks = []
        for name in ("host", "guest", "programs"):
            disks += [
                "-drive", f"file={i}/{name}.ext2,format=raw,if=none,id={name},readonly=on",
                "-device", f"virtio-blk-pci,drive={name}",
            ]  # fmt: skip
        return [
            "qemu-system-x86_64", "-accel", "tcg,thread=multi", "-machine", "q35",
            # With SMAP a PV dom0 does not start; with XSAVE domains lose vector registers.
            "-cpu", "max,-smap,-xsave", "-smp", "1", "-m", "2048", "-nodefaults", "-no-reboot",
            "-display", "none", "-serial", "stdio",
            "-qmp", f"unix:{self.folder}/qmp,server=on,wait=off",
            "-kernel", i / "xen",
            "-append", "console=com1 com1=115200,8n1 dom0_mem=1152M,max:1152M dom0_max_vcpus=1"
                       " spec-ctrl=no loglvl=warning guest_loglvl=warning conring_size=4M",
            "-initrd", f"{i}/vmlinux console=hvc0 quiet mitigations=off,{i}/dom0.cpio.gz",
            *disks,
            "-device", "virtio-serial-pci",
            "-chardev", f"socket,id=dom0,path={self.folder}/dom0,server=on,wait=off",
            "-device", "virtserialport,chardev=dom0,name=dom0",
        ]  # fmt: skip

    def _start(self, *more):
        self.qemu = subprocess.Popen(
            # It must not outlive us, even if we are killed.
            ["setpriv", "--pdeathsig", "KILL", *self._command(), *more],
            stdin=subprocess.DEVNULL, stdout=open(self.log, "ab"), stderr=subprocess.STDOUT,
        )  # fmt: skip
        _, self.qmp = self._connect("qmp")
        self.qmp.readline()
        self._ask("qmp_capabilities")
        self.agent_socket, self.agent = self._connect("dom0")

    def _connect(self, name):
        end = time.monotonic() + 30
        while True:
            connection = socket.socket(socket.AF_UNIX)
            try:
                connection.connect(f"{self.folder}/{name}")
                connection.settimeout(BOOT_S)
                return connection, connection.makefile("rwb")
            except OSError:
                if self.qemu.poll() is not None or time.monotonic() > end:
                    raise Failure(f"QEMU does not start: see {self.log}") from None
                time.sleep(0.05)

    def _ask(self, command, **arguments):
        """A command of QEMU's monitor; answers what that returns."""
        line = {"execute": command, "arguments": arguments} if arguments else {"execute": command}
        self.qmp.write(json.dumps(line).encode() + b"\n")
        self.qmp.flush()
        while True:
            answer = json.loads(self.qmp.readline() or "{}")
            if "return" in answer:
                return answer["return"]
            if "event" not in answer:
                raise Failure(f"QEMU refuses {command}: {answer}")

    def _wait_running(self):
        while self._ask("query-status")["status"] == "inmigrate":
            time.sleep(0.05)
        self._ask("cont")

    def _boot(self, snapshot):
        """Boots, starts the guests, and keeps all that."""
        self.log.write_bytes(b"")
        self._start()
        for name, guest in self.guests.items():
            self.dom0(f"cat >/run/{name}.cfg <<'END'\n{guest.config()}END\n"
                      f"xl create -q /run/{name}.cfg", BOOT_S)  # fmt: skip
            guest.number = int(self.dom0(f"xl domid {name}"))
            self.wait_for(f"xenstore-read {guest.path}/data/done", f"{name} up", BOOT_S)
        self.dom0("echo 3 >/proc/sys/vm/drop_caches; sleep 1")
        part = snapshot.with_suffix(".part")
        # A machine that runs meanwhile is kept with pages that are too old, now and then: Xen then
        # dies in its timers.
        self._ask("stop")
        self._ask("migrate-set-parameters", **{"max-bandwidth": 1 << 40})
        self._ask("migrate", uri=f"exec:cat >{part}")
        while (state := self._ask("query-migrate").get("status")) != "completed":
            if state == "failed":
                raise Failure("QEMU cannot keep a snapshot")
            time.sleep(0.1)
        self.qemu.kill()
        self.qemu.wait()
        for name in ("qmp", "dom0"):
            (self.folder / name).unlink(missing_ok=True)
        part.rename(snapshot)

    def try_dom0(self, script, seconds=DEADLINE_S):
        """Runs a shell script in dom0; answers its exit status and its output, in bytes."""
        body = script.encode() + b"\n"
        self.agent_socket.settimeout(seconds)
        try:
            self.agent.write(f"{len(body)}\n".encode() + body)
            self.agent.flush()
            head = self.agent.readline().split()
            if len(head) == 2:
                return int(head[0]), self.agent.read(int(head[1]))
        except TimeoutError:
            raise Failure(f"after {seconds} s dom0 is not done with: {script}") from None
        except ConnectionError:
            pass
        raise Died("the machine died")

    def dom0(self, script, seconds=DEADLINE_S):
        """The same, and answers its output alone, as text; fails if the script does."""
        status, output = self.try_dom0(script, seconds)
        text = output.decode(errors="replace")
        if status != 0:
            raise Failure(f"dom0: status {status} of: {script}\n{text}")
        return text.strip()

    def fetch(self, path):
        """A file of dom0's."""
        status, content = self.try_dom0(f"cat {path}")
        if status != 0:
            raise Failure(f"dom0 has no {path}")
        return content

    def wait_for(self, condition, what, seconds=DEADLINE_S):
        """Asks dom0 by a shell condition again and again."""
        loop = f"end=$(($(date +%s) + {seconds})); until {condition}; do " \
               "[ $(date +%s) -lt $end ] || exit 1; usleep 300000; done"  # fmt: skip
        if self.try_dom0(loop, seconds + 60)[0] != 0:
            raise Failure(f"after {seconds} s still not: {what}")

    def wait_for_node(self, node, pattern, what, seconds=DEADLINE_S):
        """Waits until a node of xenstore matches a pattern of the shell's; answers its value. A
        watch tells of each change, so that nothing runs meanwhile."""
        script = NODE_SCRIPT.format(node=node, pattern=pattern, seconds=seconds)
        status, output = self.try_dom0(script, seconds + 60)
        if status != 0:
            raise Failure(f"after {seconds} s still not: {what}")
        return output.decode(errors="replace").strip()


class Guest:
    """A domain, which runs what it is told over its console; guest-init says how."""

    def __init__(self, machine, name, kind="pv"):
        self.machine = machine
        self.name = name
        self.kind = kind
        self.number = None
        self.tty = None
        self.commands = 0

    @property
    def path(self):
        return f"/local/domain/{self.number}"

    def config(self):
        return GUEST_CONFIG.format(name=self.name, kind=self.kind, memory=MEMORY_MB)

    def console(self):
        return self.machine.dom0(f"cat /var/log/xen/console/guest-{self.name}.log")

    def _say(self, command):
        if not self.tty:
            self.tty = self.machine.dom0(f"xenstore-read {self.path}/console/tty")
        self.commands += 1
        # Not by the script itself, of whose session this would become the terminal.
        return f"(echo {shlex.quote(f'{self.commands} {command}')} >{self.tty})\n"

    def _hear(self, seconds):
        """A script that says what the guest does until it is done with the last command."""
        return f"timeout {seconds} awk '{{ print }} /<.{self.commands}> [0-9]/ {{ exit }}' <{self.tty}"

    def _read(self, answer):
        mark = self.commands
        found = re.search(rf"<{mark}>\n(.*?)</{mark}> (\d+)$", answer.replace("\r", ""), re.DOTALL)
        if not found:
            raise Failure(f"{self.name} is not done with its command: {answer}")
        return int(found[2]), found[1]

    def begin(self, command):
        """Has the guest run a command, which it does when the one before is done."""
        self.machine.dom0(self._say(command))

    def finish(self, seconds=DEADLINE_S):
        """Waits for the last command; answers its exit status and its output."""
        return self._read(self.machine.dom0(self._hear(seconds), seconds + 60))

    def run(self, command, seconds=DEADLINE_S):
        script = self._say(command) + self._hear(seconds)
        return self._read(self.machine.dom0(script, seconds + 60))
