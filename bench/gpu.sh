#!/bin/sh
# SPDX-License-Identifier: MIT
#
# The bench for a machine that has a GPU, and may have neither a network nor a display nor anything
# of ours. `pack` makes a folder that holds all it takes; there, `run` measures natively and in a
# guest, in turn, off the screen, and prints one table. What it needs of that machine is the GPU's
# driver, with EGL, and a plain userland: sh, awk, sed, ldd.
#
# The driver is the machine's, so the C library is, too: two of them cannot be in one process. Other
# libraries are carried, and each is used only if the machine has none of that name: a driver may be
# younger than what is carried, and want its own.
set -eu

usage() {
	cat <<'END'
usage: bench/gpu.sh pack FOLDER
       FOLDER/gpu.sh run [OPTION]...

  pack FOLDER        make FOLDER, from what is built in build/ (or in XENGLASS_BUILD)
  run                measure on this machine: natively and in a guest, in turn

  --runs N           how often each side (default 5)
  --seconds S        for each scene, and each kind of copy (default 0.5)
  --only PART        one of scenes, calls, through, sync, copies
  --json FILE        where the figures go (default: gpu.json in OUT's folder, or in this one)
  --software         be content with a driver that draws by the processor
  --no-jail          do not confine the host process; the table says so

The first driver of libglvnd's that draws by a GPU is taken, or the one that
__EGL_VENDOR_LIBRARY_FILENAMES names. The folder may be read-only, and anywhere.
END
}

fail() {
	echo "gpu.sh: $*" >&2
	exit 1
}

here=$(cd "$(dirname "$0")" && pwd)
# One that is not there, or is not libglvnd's, is replaced with all: these belong together.
glvnd='libEGL.so.1 libGLESv2.so.2 libGLdispatch.so.0'
programs='bin/xenglass-local bin/xenglass-host bin/xenglass-guestd bin/bench-scenes bin/bench-calls bin/bench-copies'

# --- pack ---

# The carried libraries: all but the C library's, and what NVIDIA's driver has been seen to want.
needed_libraries() {
	{
		(cd "$1" && ldd $programs lib/libEGL_xenglass.so.0)
		ldconfig -p | grep -E 'libX11\.so\.6|libXext\.so\.6' | while read -r line; do
			echo "$line"
			ldd "${line##* }"
		done
	} | sed -n 's/.* => \(\/[^ ]*\).*/\1/p' | sort -u |
		grep -vE '/(libc|libm|libdl|librt|libpthread|libresolv|libutil|libgcc_s|ld-linux[^/]*)\.so'
}

pack() {
	folder=$1
	top=$(cd "$here/.." && pwd)
	build=${XENGLASS_BUILD:-$top/build}
	[ ! -e "$folder" ] || [ -z "$(ls -A "$folder")" ] || fail "$folder is not empty"
	mkdir -p "$folder/bin" "$folder/lib/carried"
	for file in backend-compositor/local/xenglass-local backend-compositor/host/xenglass-host \
		frontend-egl/guestd/xenglass-guestd bench/bench-scenes bench/bench-calls bench/bench-copies; do
		[ -x "$build/$file" ] || fail "$build/$file is missing: run ./xg build first"
		cp "$build/$file" "$folder/bin"
	done
	cp "$build/frontend-egl/libEGL_xenglass.so.0" "$folder/lib"
	cp "$here/gpu.sh" "$here/gpu.awk" "$folder"
	# By its name alone, for the loader to find wherever the folder lies.
	sed 's|"library_path": *"[^"]*"|"library_path": "libEGL_xenglass.so.0"|' \
		"$build/frontend-egl/20_xenglass.json" >"$folder/bin/20_xenglass.json"
	needed_libraries "$folder" | while read -r library; do
		cp "$library" "$folder/lib/carried"
	done
	(cd "$folder" && strip --strip-debug $programs lib/libEGL_xenglass.so.0)
	(cd "$folder" && objdump -T $programs lib/libEGL_xenglass.so.0 lib/carried/* | grep UND) |
		sed -n 's/.*(GLIBC_\([0-9.]*\)).*/\1/p' | sort -uV | tail -1 >"$folder/glibc"
	git -C "$top" describe --always --dirty >"$folder/version" 2>/dev/null || echo unknown >"$folder/version"
	echo "$folder: $(du -sh "$folder" | cut -f1), for $(uname -m) with glibc $(cat "$folder/glibc") or later"
}

# --- run ---

check_machine() {
	[ -x "$here/bin/bench-scenes" ] || fail "nothing is packed here; make a folder with: bench/gpu.sh pack FOLDER"
	case $here in *[:\;]*) fail "the loader's lists cannot hold the folder's name: $here" ;; esac
	for tool in awk sed ldd sort mktemp timeout; do
		command -v $tool >/dev/null || fail "there is no $tool here"
	done
	have=$(ldd --version 2>&1 | sed -n '1s/.* //p')
	need=$(cat "$here/glibc")
	[ "$(printf '%s\n' "$need" "$have" | sort -V | head -1)" = "$need" ] ||
		fail "this machine has glibc '$have', and what was packed needs $need: build and pack it on an older system"
}

make_work() {
	work=$(mktemp -d /tmp/xg-gpu.XXXXXX 2>/dev/null || mktemp -d) || fail "no folder can be made in /tmp"
	trap 'rm -rf "$work"' EXIT
	trap 'exit 130' INT TERM HUP
	mkdir "$work/lib"
	: >"$work/results"
	: >"$work/hung"
}

missing() {
	(cd "$here" && LD_LIBRARY_PATH=$libraries ldd $programs lib/libEGL_xenglass.so.0 "$@") 2>/dev/null |
		sed -n 's/^[[:space:]]*\([^ ]*\) => not found$/\1/p' | sort -u
}

has_glvnd() {
	for name in $glvnd; do
		! missing | grep -qx "$name" || return 1
	done
	path=$(cd "$here" && LD_LIBRARY_PATH=$libraries ldd bin/bench-scenes | sed -n 's/.*libEGL\.so\.1 => \([^ ]*\).*/\1/p')
	grep -q __EGL_VENDOR_LIBRARY_FILENAMES "$path"
}

use_carried() {
	[ -e "$here/lib/carried/$1" ] || fail "the machine has no $1, and it is not carried"
	ln -sf "$here/lib/carried/$1" "$work/lib/$1"
}

# Ours before the machine's are those in $work/lib, which it does not have.
find_libraries() {
	libraries=$work/lib:$here/lib${LD_LIBRARY_PATH:+:$LD_LIBRARY_PATH}
	has_glvnd || for name in $glvnd; do use_carried "$name"; done
	while lacks=$(missing) && [ -n "$lacks" ]; do
		for name in $lacks; do use_carried "$name"; done
	done
}

# The files that name drivers to libglvnd; one of our own where NVIDIA's lies without one.
list_drivers() {
	if [ -n "${__EGL_VENDOR_LIBRARY_FILENAMES:-}" ]; then
		echo "$__EGL_VENDOR_LIBRARY_FILENAMES"
		return
	fi
	for folder in /etc/glvnd /usr/share/glvnd /usr/local/share/glvnd /usr/local/nvidia/share/glvnd \
		/run/opengl-driver/share/glvnd; do
		for file in "$folder"/egl_vendor.d/*.json; do
			[ ! -e "$file" ] || case $file in *xenglass*) ;; *) echo "$file" ;; esac
		done
	done
	for file in $(ldconfig -p 2>/dev/null | sed -n 's/.*libEGL_nvidia\.so\.0 .*=> //p') \
		/usr/local/nvidia/lib64/libEGL_nvidia.so.0 /usr/lib/*/nvidia/current/libEGL_nvidia.so.0; do
		[ -e "$file" ] || continue
		echo "{\"file_format_version\": \"1.0.0\", \"ICD\": {\"library_path\": \"$file\"}}" >"$work/nvidia.json"
		echo "$work/nvidia.json"
		break
	done
}

# start SIDE COMMAND...: on the driver that was found, with no shaders kept on disk on either side.
start() {
	side=$1
	shift
	[ "$side" = native ] || set -- "$here/bin/xenglass-local" --no-screen $no_jail -- "$@"
	env -u DISPLAY -u WAYLAND_DISPLAY -u WAYLAND_SOCKET -u EGL_PLATFORM -u XENGLASS_SOCKET \
		LD_LIBRARY_PATH="$libraries" __EGL_VENDOR_LIBRARY_FILENAMES="$driver" \
		XDG_RUNTIME_DIR="$work" MESA_SHADER_CACHE_DISABLE=true __GL_SHADER_DISK_CACHE=0 \
		timeout -k 10 "$limit" "$@"
}

is_software() {
	case $1 in *llvmpipe* | *softpipe* | *SWR* | *[Ss]oftware*) return 0 ;; esac
	return 1
}

library_of() {
	sed -n 's/.*"library_path"[^"]*"\([^"]*\)".*/\1/p' "$1" 2>/dev/null
}

# What hinders a driver that is there; $lacks are libraries that it needs.
explain() {
	library=$(library_of "$driver")
	case $library in
	/*) path=$library ;;
	*) path=$(ldconfig -p 2>/dev/null | sed -n "s|.*$library .*=> ||p" | head -1) ;;
	esac
	lacks=$([ -z "$path" ] || missing "$path")
	[ -n "$path" ] && [ -e "$path" ] || echo "      its library, $library, is not there"
	[ -z "$lacks" ] || echo "      its library lacks $(echo $lacks)"
	sed 's/^/      /' "$work/errors" | tail -5
}

find_driver() {
	: >"$work/tried"
	: >"$work/software"
	list_drivers >"$work/drivers"
	while read -r driver; do
		if renderer=$(start native "$here/bin/bench-scenes" renderer 2>"$work/errors" </dev/null) &&
			[ -n "$renderer" ]; then
			is_software "$renderer" || return 0
			[ -s "$work/software" ] || printf '%s\n%s\n' "$driver" "$renderer" >"$work/software"
			echo "  $driver: $renderer, by the processor" >>"$work/tried"
			continue
		fi
		{ echo "  $driver:"; explain; } >>"$work/tried"
		# What the driver wants, and the machine lacks, may be carried.
		for name in $lacks; do
			[ ! -e "$here/lib/carried/$name" ] || { use_carried "$name"; retry=1; }
		done
	done <"$work/drivers"
	return 1
}

choose_driver() {
	retry=
	find_driver && return 0
	# Once more with what is carried for it; the second may show what the first needs in turn.
	while [ -n "$retry" ]; do
		retry=
		find_driver && return 0
	done
	if [ -n "$software" ] && [ -s "$work/software" ]; then
		driver=$(sed -n 1p "$work/software")
		renderer=$(sed -n 2p "$work/software")
		return 0
	fi
	[ -s "$work/tried" ] || echo "  libglvnd knows of no driver here" >"$work/tried"
	fail "no GPU can be drawn with. Devices: $(ls -d /dev/nvidia* /dev/dri/render* 2>/dev/null | tr '\n' ' ')
$(cat "$work/tried")
(NVIDIA's containers need NVIDIA_DRIVER_CAPABILITIES with graphics. --software takes a driver that draws by the processor.)"
}

# Whether a guest draws at all, and how its host process is confined.
try_guest() {
	if guest=$(start xenglass "$here/bin/bench-scenes" renderer 2>"$work/errors"); then
		jail="on: system calls and files"
		! grep -q 'no Landlock' "$work/errors" || jail="on: system calls; this kernel cannot close files (no Landlock)"
		[ -z "$no_jail" ] || jail="OFF, by --no-jail"
		return
	fi
	cat "$work/errors" >&2
	if [ -z "$no_jail" ]; then
		no_jail=--no-jail
		! start xenglass "$here/bin/bench-scenes" renderer >/dev/null 2>&1 ||
			fail "a guest cannot draw on $renderer; without the jail it can (--no-jail)"
	fi
	fail "a guest cannot draw on $renderer"
}

# The commands that measure a part: a row's name, or - where the program names its rows; program and
# arguments.
list_commands() {
	case $1 in
	scenes) echo "- bench-scenes $seconds" ;;
	calls) echo "- bench-calls all 500" ;;
	through) echo "through bench-calls through 1000000" ;;
	sync) echo "sync bench-calls sync 2000" ;;
	copies)
		for what in texture buffer mapped pixels pack; do
			echo "$what bench-copies $what 1048576 $seconds"
		done
		;;
	esac
}

# measure PART NUMBER: both sides of it; who comes first alternates. What fails is told, and leaves
# the other rows alone: such a machine may not be had again. What hangs is not tried again.
measure() {
	sides='native xenglass'
	[ $(($2 % 2)) = 1 ] || sides='xenglass native'
	list_commands "$1" >"$work/commands"
	while read -r name program arguments; do
		! grep -qxF "$program $arguments" "$work/hung" || continue
		for side in $sides; do
			# shellcheck disable=SC2086
			start "$side" "$here/bin/$program" $arguments >"$work/out" 2>"$work/errors" </dev/null || {
				status=$?
				echo "gpu.sh: $program $arguments: failed on the side $side ($status)" >&2
				tail -5 "$work/errors" >&2
				[ $status != 124 ] || echo "$program $arguments" >>"$work/hung"
			}
			sed "s/^/$1 $side $2 ${name#-} /" "$work/out" >>"$work/results"
		done
	done <"$work/commands"
}

describe() {
	cpu=$(sed -n 's/^model name[^:]*: //p' /proc/cpuinfo | head -1)
	cat <<END
xenglass	$(cat "$here/version")
machine	${cpu:-$(uname -m)}, $(getconf _NPROCESSORS_ONLN) processors, Linux $(uname -r), glibc $have
driver	$renderer
in a guest	$guest
driver file	$driver
jail	$jail
runs	$runs of each side, in turn; a scene takes $seconds s of each
END
}

run() {
	runs=5
	seconds=0.5
	only=
	software=
	no_jail=
	limit=150
	json=${OUT:-.}/gpu.json
	while [ $# -gt 0 ]; do
		case $1 in
		--runs | --seconds | --only | --json)
			[ $# -ge 2 ] || fail "$1 takes a value"
			;;
		esac
		case $1 in
		--runs) runs=$2; shift ;;
		--seconds) seconds=$2; shift ;;
		--only) only=$2; shift ;;
		--json) json=$2; shift ;;
		--software) software=1 ;;
		--no-jail) no_jail=--no-jail ;;
		*) fail "run has no option '$1'; see --help" ;;
		esac
		shift
	done
	case $runs in '' | *[!0-9]* | 0) fail "--runs takes a number, not '$runs'" ;; esac
	case $seconds in '' | *[!0-9.]* | *.*.*) fail "--seconds takes a number, not '$seconds'" ;; esac
	case $only in '' | scenes | calls | through | sync | copies) ;; *) fail "there is no part '$only'" ;; esac
	check_machine
	(: >>"$json") 2>/dev/null || fail "cannot write $json"
	make_work
	find_libraries
	choose_driver
	# The jail lets be read what the loader is told to search.
	case $(library_of "$driver") in
	/*) libraries=$libraries:$(dirname "$(library_of "$driver")") ;;
	esac
	try_guest
	describe | tee "$work/machine" | sed 's/	/: /'
	number=1
	while [ "$number" -le "$runs" ]; do
		for part in ${only:-scenes calls through sync copies}; do
			measure "$part" "$number"
		done
		echo "  $number of $runs" >&2
		number=$((number + 1))
	done
	awk -v json="$json" -f "$here/gpu.awk" "$work/machine" "$work/results"
}

command=${1:-run}
[ $# -eq 0 ] || shift
case $command in
pack)
	[ $# -eq 1 ] || fail "pack takes the folder to make"
	pack "$1"
	;;
run) run "$@" ;;
help | -h | --help) usage ;;
-*) run "$command" "$@" ;;
*)
	usage >&2
	fail "no command '$command'"
	;;
esac
