/* SPDX-License-Identifier: MIT */
/* Runs a fuzzer's function over the files of a folder: the corpus as a plain test. */
#include <dirent.h>
#include <fcntl.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

enum { FILE_SIZE_MAX = 1 << 20 };

int main(int argc, char **argv)
{
	DIR *folder = argc == 2 ? opendir(argv[1]) : NULL;
	uint8_t *bytes = malloc(FILE_SIZE_MAX);
	struct dirent *entry;
	int count = 0;

	if (!folder || !bytes) {
		fprintf(stderr, "usage: %s FOLDER\n", argv[0]);
		return 2;
	}
	while ((entry = readdir(folder))) {
		const int fd = openat(dirfd(folder), entry->d_name, O_RDONLY | O_CLOEXEC);
		const ssize_t size = entry->d_name[0] == '.' ? -1 : read(fd, bytes, FILE_SIZE_MAX);

		close(fd);
		if (size < 0)
			continue;
		/* A copy of its own, so that a sanitizer sees what reads beyond. */
		uint8_t *copy = malloc((size_t)size + 1);
		if (!copy)
			return 2;
		for (ssize_t i = 0; i < size; i++)
			copy[i] = bytes[i];
		LLVMFuzzerTestOneInput(copy, (size_t)size);
		free(copy);
		count++;
	}
	closedir(folder);
	free(bytes);
	printf("%d inputs\n", count);
	return count ? 0 : 1;
}
