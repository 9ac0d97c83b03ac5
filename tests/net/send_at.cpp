// SPDX-License-Identifier: GPL-2.0-or-later
// usage: send_at IPV4-ADDRESS PORT SECONDS
// One datagram, which is to leave the host only so many seconds from now (SO_TXTIME).
#include <arpa/inet.h>
#include <linux/net_tstamp.h>
#include <sys/socket.h>

#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <ctime>

namespace {

int failed(const char *what)
{
	std::perror(what);
	return 1;
}

} // namespace

int main(int argc, char **argv)
{
	const sock_txtime clock{ .clockid = CLOCK_MONOTONIC, .flags = 0 };
	alignas(cmsghdr) char control[CMSG_SPACE(sizeof(__u64))]{};
	sockaddr_in to{};
	timespec now{};
	char octet = 'x';

	if (argc != 4 || inet_pton(AF_INET, argv[1], &to.sin_addr) != 1) {
		std::fprintf(stderr, "usage: send_at IPV4-ADDRESS PORT SECONDS\n");
		return 2;
	}
	to.sin_family = AF_INET;
	to.sin_port = htons(std::strtoul(argv[2], nullptr, 10));
	const int out = socket(AF_INET, SOCK_DGRAM, 0);
	if (setsockopt(out, SOL_SOCKET, SO_TXTIME, &clock, sizeof(clock)) != 0)
		return failed("SO_TXTIME");
	clock_gettime(CLOCK_MONOTONIC, &now);
	const __u64 when = (now.tv_sec + std::strtoull(argv[3], nullptr, 10)) * 1'000'000'000;
	iovec data{ &octet, 1 };
	msghdr message{ &to, sizeof(to), &data, 1, control, sizeof(control), 0 };
	cmsghdr *header = CMSG_FIRSTHDR(&message);
	header->cmsg_level = SOL_SOCKET;
	header->cmsg_type = SCM_TXTIME;
	header->cmsg_len = CMSG_LEN(sizeof(when));
	std::memcpy(CMSG_DATA(header), &when, sizeof(when));
	return sendmsg(out, &message, 0) == 1 ? 0 : failed("sendmsg");
}
