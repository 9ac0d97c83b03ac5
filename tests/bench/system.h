// SPDX-License-Identifier: GPL-2.0-or-later
// The machine underneath: files, programs, numbers. Everything throws
// std::runtime_error with a sentence when it fails.
#pragma once

#include <cstdint>
#include <string>
#include <unistd.h>
#include <utility>
#include <vector>

namespace bench {

using Words = std::vector<std::string>;

class Fd {
public:
	explicit Fd(int fd) : fd_(fd) {}
	Fd(Fd &&other) noexcept : fd_(std::exchange(other.fd_, -1)) {}
	Fd &operator=(Fd &&) = delete;
	~Fd() { if (fd_ >= 0) close(fd_); }
	[[nodiscard]] int get() const { return fd_; }

private:
	int fd_;
};

[[nodiscard]] std::string read_file(const std::string &path);
void write_file(const std::string &path, const std::string &text);

// Run a program and wait; its standard output. Fails when it does.
std::string run(const Words &command);

// The number after `key` at the start of a line (0 when there is none).
[[nodiscard]] std::uint64_t number_after(const std::string &text, const std::string &key);

[[nodiscard]] std::vector<std::string> split(const std::string &line);

// "10.0.0.1" as a number in host order.
[[nodiscard]] std::uint32_t address(const std::string &text);

[[nodiscard]] std::uint64_t packets_sent(const std::string &device);

// UDP that came as far as a socket, which was full.
[[nodiscard]] std::uint64_t datagrams_without_room();

// TCP that came as far as this host, which had no socket for it.
[[nodiscard]] std::uint64_t resets_sent();

[[nodiscard]] std::uint64_t nanoseconds();

} // namespace bench
