// SPDX-License-Identifier: GPL-2.0-or-later
#include "tap.h"

#include "frame.h"
#include "system.h"

#include <cerrno>
#include <cstring>
#include <fcntl.h>
#include <linux/if_tun.h>
#include <net/if.h>
#include <stdexcept>
#include <sys/ioctl.h>

namespace bench {

namespace {

Fd open_tap()
{
	Fd fd(open("/dev/net/tun", O_RDWR | O_CLOEXEC));
	ifreq request{};

	request.ifr_flags = IFF_TAP | IFF_NO_PI;
	std::strcpy(request.ifr_name, "tap0");
	if (fd.get() < 0 || ioctl(fd.get(), TUNSETIFF, &request) < 0)
		throw std::runtime_error(std::string("tap0: ") + strerror(errno));
	return fd;
}

void write_to(const Fd &fd, const Frame &frame)
{
	if (write(fd.get(), frame.data(), frame.size()) != ssize_t(frame.size()))
		throw std::runtime_error(std::string("tap0: ") + strerror(errno));
}

} // namespace

// Making a frame costs the same in every run and goes with the base.
std::uint64_t tap_send(const Stream &stream, unsigned count, To to)
{
	Fd fd = open_tap();
	std::uint64_t begin = nanoseconds();

	for (unsigned i = 0; i < count; i++)
		for (const Frame &frame : frames(stream, i, to))
			write_to(fd, frame);
	return nanoseconds() - begin;
}

} // namespace bench
