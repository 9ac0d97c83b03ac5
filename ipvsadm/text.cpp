// SPDX-License-Identifier: GPL-2.0-or-later
#include "text.h"

#include <arpa/inet.h>

#include <array>
#include <charconv>
#include <cstring>

namespace ipvs {

namespace {

std::optional<uint64_t> parse_base(std::string_view text, int base, uint64_t max) {
  uint64_t value = 0;
  const char* end = text.data() + text.size();
  auto [rest, error] = std::from_chars(text.data(), end, value, base);

  if (text.empty() || error != std::errc() || rest != end || value > max)
    return std::nullopt;
  return value;
}

bool is_blank(char c) {
  return c == ' ' || c == '\t' || c == '\r' || c == '\n';
}

// One word, from its first character on; leaves line behind it.
std::optional<std::string> take_word(std::string_view& line) {
  std::string word;
  char quote = 0;

  while (!line.empty() && (quote || !is_blank(line.front()))) {
    char c = line.front();
    line.remove_prefix(1);
    if (c == '\\' && quote != '\'' && !line.empty()) {
      word += line.front();
      line.remove_prefix(1);
    } else if (quote ? c == quote : c == '"' || c == '\'') {
      quote = quote ? 0 : c;
    } else {
      word += c;
    }
  }
  if (quote)
    return std::nullopt;
  return word;
}

struct ProtocolName {
  uint16_t number;
  const char* name;
};

constexpr std::array<ProtocolName, 3> protocols{{
    {IPPROTO_TCP, "TCP"},
    {IPPROTO_UDP, "UDP"},
    {IPPROTO_SCTP, "SCTP"},
}};

// The steps are those of ipvsadm 1.31.
struct Unit {
  uint64_t from;
  uint64_t size;
  char letter;
};

constexpr std::array<Unit, 4> units{{
    {100'000'000'000'000, 1'000'000'000'000, 'T'},
    {100'000'000'000, 1'000'000'000, 'G'},
    {1'000'000'000, 1'000'000, 'M'},
    {100'000'000, 1'000, 'K'},
}};

}  // namespace

std::optional<uint64_t> parse_number(std::string_view text, uint64_t max) {
  return parse_base(text, 10, max);
}

std::optional<uint64_t> parse_hex(std::string_view text, uint64_t max) {
  return parse_base(text, 16, max);
}

std::optional<Address> parse_address(const std::string& text, int family) {
  Address address{family, {}};
  in_addr four{};

  if (family == AF_INET6) {
    if (inet_pton(AF_INET6, text.c_str(), address.bytes.data()) != 1)
      return std::nullopt;
    return address;
  }
  if (!inet_aton(text.c_str(), &four))
    return std::nullopt;
  std::memcpy(address.bytes.data(), &four, sizeof(four));
  return address;
}

std::string address_text(const Address& address) {
  std::array<char, INET6_ADDRSTRLEN> text{};

  inet_ntop(address.family, address.bytes.data(), text.data(), text.size());
  return text.data();
}

std::string join_host_port(const std::string& host, int family, const std::string& port) {
  if (family == AF_INET6)
    return "[" + host + "]:" + port;
  return host + ":" + port;
}

const char* protocol_name(uint16_t protocol) {
  for (const auto& known : protocols)
    if (known.number == protocol)
      return known.name;
  return nullptr;
}

std::optional<uint16_t> protocol_number(std::string_view name) {
  for (const auto& known : protocols)
    if (known.name == name)
      return known.number;
  return std::nullopt;
}

std::string pad_right(std::string text, size_t width) {
  if (text.size() < width)
    text.append(width - text.size(), ' ');
  return text;
}

std::string pad_left(std::string text, size_t width) {
  if (text.size() < width)
    text.insert(0, width - text.size(), ' ');
  return text;
}

std::string short_number(uint64_t number) {
  for (const auto& unit : units)
    if (number >= unit.from)
      return pad_left(std::to_string(number / unit.size) + unit.letter, 9);
  return pad_left(std::to_string(number), 9);
}

std::string exact_number(uint64_t number) {
  return " " + pad_left(std::to_string(number), 8);
}

Result<std::vector<std::string>, std::string> split_words(std::string_view line) {
  std::vector<std::string> words;

  for (;;) {
    while (!line.empty() && is_blank(line.front()))
      line.remove_prefix(1);
    if (line.empty())
      return words;
    auto word = take_word(line);
    if (!word)
      return std::string("a quote is not closed");
    words.push_back(*word);
  }
}

std::vector<std::string_view> split(std::string_view text, char separator) {
  std::vector<std::string_view> parts;
  size_t end;

  while ((end = text.find(separator)) != std::string_view::npos) {
    parts.push_back(text.substr(0, end));
    text.remove_prefix(end + 1);
  }
  parts.push_back(text);
  return parts;
}

}  // namespace ipvs
