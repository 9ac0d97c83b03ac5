// SPDX-License-Identifier: GPL-2.0-or-later
// usage: enter NAMESPACE COMMAND [ARGUMENT...]
// Run it in that network namespace, like "ip netns exec" but for /sys, which stays
// as it is: processes are dear in the machines, and this is the least of one.
#include <fcntl.h>
#include <sched.h>
#include <unistd.h>

#include <cstdio>

namespace {

int failed(const char *what)
{
	std::perror(what);
	return 127;
}

} // namespace

int main(int argc, char **argv)
{
	char path[64];

	if (argc < 3) {
		std::fprintf(stderr, "usage: enter NAMESPACE COMMAND [ARGUMENT...]\n");
		return 127;
	}
	std::snprintf(path, sizeof(path), "/run/netns/%s", argv[1]);
	const int space = open(path, O_RDONLY | O_CLOEXEC);
	if (space < 0 || setns(space, CLONE_NEWNET) != 0)
		return failed(path);
	execvp(argv[2], argv + 2);
	return failed(argv[2]);
}
