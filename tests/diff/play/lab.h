// SPDX-License-Identifier: GPL-2.0-or-later
// A director between two cables, whose far ends are ours: no other host takes part.
//
//   front: director 10.0.1.1 with the virtual address 10.0.1.100; by its neighbour
//     10.0.1.10 it reaches everybody else, among them the clients, 10.9.0.0/16
//   back: director 10.0.2.1; servers 10.0.2.8 to .15, and by 10.0.2.254 10.8.0.0/16
//
// IPv6 has the same numbers: fd00:1::1, fd00:2::8, fd08::/16, fd09::/16.
#pragma once

#include "tests/net/wire/place.h"

#include <chrono>
#include <functional>

namespace diff {

enum class Side { front, back };
inline constexpr std::array sides{ Side::front, Side::back };

using Time = std::chrono::milliseconds;

[[nodiscard]] std::string name_of(Side side);

class Lab {
public:
	Lab(); // with the far ends' namespace, once
	// A new director, with these lines of ipvsadm --restore.
	void build(const std::string &rules);
	// A command of the shell in the director, with its input.
	void run(const std::string &command, const std::string &input = "");
	void set(const std::string &sysctl, const std::string &value);
	[[nodiscard]] bool has(const std::string &file); // in /proc/net
	[[nodiscard]] std::string read(const std::string &file);
	void send(Side from, const wire::Frame &frame);
	// What has come out when that time has passed.
	void drain(Time pause, const std::function<void(Side, const wire::Frame &)> &take);

private:
	void connect();

	bool built_ = false;
	std::vector<wire::Port> ports_;
};

} // namespace diff
