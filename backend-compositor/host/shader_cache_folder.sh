#!/bin/sh
# SPDX-License-Identifier: MIT
#
# Makes, in the folder that is given, the one in which Mesa keeps what it compiles: its files are
# links to descriptors of the process that opens them, see shader_cache.c. Their numbers are so large
# that nobody comes to them by opening one after another, and small enough for the usual limit of 1024.
set -eu

folder=$1/xenglass-shader-cache/mesa_shader_cache_db
mkdir -p "$folder"
number=1000
for file in index mesa_cache.db mesa_cache.idx; do
	ln -sfn "/proc/self/fd/$number" "$folder/$file"
	number=$((number + 1))
done
