// SPDX-License-Identifier: GPL-2.0-or-later
// Network namespaces by name (as "ip netns" keeps them), and their interfaces.
#pragma once

#include "packet.h"

#include <array>
#include <deque>
#include <filesystem>

namespace wire {

class File {
public:
	explicit File(int fd = -1) : fd_(fd) {}
	File(File &&other) noexcept : fd_(other.fd_) { other.fd_ = -1; }
	File &operator=(File &&other) noexcept
	{
		std::swap(fd_, other.fd_);
		return *this;
	}
	~File();
	[[nodiscard]] int get() const { return fd_; }

private:
	int fd_;
};

// While it lives, this thread is in that network namespace.
class Visit {
public:
	explicit Visit(const std::string &name);
	Visit(const Visit &) = delete;
	~Visit();

private:
	File home_;
};

[[nodiscard]] std::string read_in(const std::string &name, const std::filesystem::path &path);
void write_in(const std::string &name, const std::filesystem::path &path, const std::string &text);

// What neighbours say among themselves: ARP, and its like of IPv6 (RFC 4861) with
// reports of multicast groups (RFC 2710, RFC 3810). @packet is what is in @frame.
[[nodiscard]] bool housekeeping(const Frame &frame, const Packet &packet);

// A packet socket on an interface: sends to one neighbour, sees what arrives.
class Port {
public:
	Port(const std::string &space, const std::string &interface);
	void send_to(const std::string &space, const std::string &interface);
	void send_to(const std::string &mac);
	void send(const Frame &frame);
	// The next frame that has arrived, of whatever EtherType.
	[[nodiscard]] std::optional<Frame> receive();
	// Takes the packets that have arrived by now, waiting for the first that
	// long at most.
	void collect(int milliseconds);

	std::deque<Packet> seen; // oldest first

private:
	using Mac = std::array<std::uint8_t, 6>;
	File socket_;
	int index_ = 0;
	Mac own_{}, peer_{};
};

} // namespace wire
