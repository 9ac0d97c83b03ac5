// SPDX-License-Identifier: GPL-2.0-or-later
#include "ballast.h"

#include <arpa/inet.h>
#include <array>
#include <cerrno>
#include <cstring>
#include <stdexcept>
#include <sys/socket.h>

namespace bench {

namespace {

void check(int result)
{
	if (result < 0)
		throw std::runtime_error(std::string("ballast: ") + strerror(errno));
}

} // namespace

// A socket that talks to itself.
Ballast::Ballast() : socket_(socket(AF_INET, SOCK_DGRAM | SOCK_NONBLOCK | SOCK_CLOEXEC, 0))
{
	sockaddr_in self{};
	socklen_t size = sizeof(self);
	auto *address = reinterpret_cast<sockaddr *>(&self);

	self.sin_family = AF_INET;
	self.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
	check(socket_.get());
	check(bind(socket_.get(), address, size));
	check(getsockname(socket_.get(), address, &size));
	check(connect(socket_.get(), address, size));
}

void Ballast::drop()
{
	char octet;

	while (recv(socket_.get(), &octet, 1, 0) >= 0)
		continue;
}

void Ballast::hold(unsigned datagrams, std::size_t size)
{
	const std::array<char, 512> data{};

	for (unsigned i = 0; i < datagrams; i++)
		check(int(::send(socket_.get(), data.data(), size, 0)));
}

// The two sizes of data that a forwarded packet has, and their skbs; numbers
// without a common factor with what fits into a slab.
void Ballast::shift()
{
	turn_++;
	drop();
	hold(turn_ * 5 % 13, 1);
	hold(turn_ * 3 % 11, 300);
}

} // namespace bench
