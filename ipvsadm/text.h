// SPDX-License-Identifier: GPL-2.0-or-later
// Numbers, addresses and words to and from text. Pure.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "model.h"
#include "result.h"

namespace ipvs {

// Decimal digits only; nothing if empty, too long or above max.
std::optional<uint64_t> parse_number(std::string_view text, uint64_t max);
std::optional<uint64_t> parse_hex(std::string_view text, uint64_t max);

// Numeric addresses, IPv4 in all forms of inet_aton(3); IPv6 without brackets.
std::optional<Address> parse_address(const std::string& text, int family);
std::string address_text(const Address& address);

// "10.0.0.1:80", "[2001:db8::1]:80".
std::string join_host_port(const std::string& host, int family, const std::string& port);

// TCP, UDP, SCTP; nothing for others.
const char* protocol_name(uint16_t protocol);
std::optional<uint16_t> protocol_number(std::string_view name);

std::string pad_right(std::string text, size_t width);
std::string pad_left(std::string text, size_t width);

// Nine columns: eight digits, then thousands with K, M, G or T.
std::string short_number(uint64_t number);
// A blank and at least eight columns.
std::string exact_number(uint64_t number);

// The words of a line as a shell would see them: blanks separate, quotes and
// backslashes protect. The error is the reason alone.
Result<std::vector<std::string>, std::string> split_words(std::string_view line);

std::vector<std::string_view> split(std::string_view text, char separator);

}  // namespace ipvs
