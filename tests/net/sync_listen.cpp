// SPDX-License-Identifier: GPL-2.0-or-later
// usage: sync_listen INTERFACE [PORT]
// Print the messages of the sync protocol that arrive on the group, until killed:
// a line "message VERSION SYNCID OCTETS CONNECTIONS", then one for each connection:
//   PROTOCOL CLIENT VIRTUAL REAL state N flags 0xN [mark N timeout N [engine NAME DATA]]
// What does not keep to the format, padding included, is "malformed".
#include <arpa/inet.h>
#include <net/if.h>
#include <netinet/in.h>
#include <sys/socket.h>

#include <array>
#include <cerrno>
#include <cstdint>
#include <cstdio>
#include <iostream>
#include <span>
#include <stdexcept>
#include <string>
#include <system_error>

namespace {

constexpr std::uint32_t kGroup = 0xe0000051;  // 224.0.0.81

struct Malformed : std::runtime_error {
  using runtime_error::runtime_error;
};

// Reads from the front; throws where there is nothing left.
class Reader {
 public:
  explicit Reader(std::span<const std::uint8_t> data) : all_(data), data_(data) {}

  std::uint32_t Take(std::size_t octets) {
    if (data_.size() < octets) throw Malformed("cut off");
    std::uint32_t value = 0;
    for (const auto octet : data_.first(octets)) value = value << 8 | octet;
    data_ = data_.subspan(octets);
    return value;
  }
  void SkipPadding() {
    while ((all_.size() - data_.size()) % 4 != 0)
      if (Take(1) != 0) throw Malformed("padding");
  }
  [[nodiscard]] bool AtEnd() const { return data_.empty(); }

 private:
  std::span<const std::uint8_t> all_;
  std::span<const std::uint8_t> data_;
};

std::string Endpoint(std::uint32_t address, std::uint32_t port) {
  const in_addr in{htonl(address)};
  std::array<char, INET_ADDRSTRLEN> text{};
  inet_ntop(AF_INET, &in, text.data(), text.size());
  return std::string(text.data()) + ':' + std::to_string(port);
}

std::string Protocol(std::uint32_t number) {
  if (number == IPPROTO_TCP) return "TCP";
  if (number == IPPROTO_UDP) return "UDP";
  return number == IPPROTO_IP ? "IP" : std::to_string(number);
}

std::string Hex(std::uint32_t value) {
  std::array<char, 12> text{};
  std::snprintf(text.data(), text.size(), "0x%x", value);
  return text.data();
}

struct Ports {
  std::uint32_t client, virtual_, real;
};

Ports TakePorts(Reader& reader) {
  Ports ports{};
  ports.client = reader.Take(2);
  ports.virtual_ = reader.Take(2);
  ports.real = reader.Take(2);
  return ports;
}

std::string TakeEndpoints(Reader& reader, const Ports& ports) {
  std::string text;
  for (const auto port : {ports.client, ports.virtual_, ports.real})
    text += ' ' + Endpoint(reader.Take(4), port);
  return text;
}

std::string StateAndFlags(std::uint32_t state, std::uint32_t flags) {
  return " state " + std::to_string(state) + " flags " + Hex(flags);
}

std::string Conn0(Reader& reader) {
  if (reader.Take(1) != 0) throw Malformed("reserved");
  const auto protocol = Protocol(reader.Take(1));
  const auto ports = TakePorts(reader);
  const auto endpoints = TakeEndpoints(reader, ports);
  const auto flags = reader.Take(2);
  return protocol + endpoints + StateAndFlags(reader.Take(2), flags);
}

std::string TakeText(Reader& reader) {
  std::string text;
  for (auto octets = reader.Take(1); octets > 0; octets--)
    text += static_cast<char>(reader.Take(1));
  return text;
}

// Data, type 2, then name, type 3; nothing else is sent.
std::string TakeOptions(Reader& reader, std::size_t octets) {
  if (octets == 0) return "";
  if (reader.Take(1) != 2) throw Malformed("engine's data");
  const auto data = TakeText(reader);
  if (reader.Take(1) != 3) throw Malformed("engine's name");
  const auto name = TakeText(reader);
  if (octets != 4 + data.size() + name.size()) throw Malformed("options");
  return " engine " + name + ' ' + data;
}

std::string Conn1(Reader& reader) {
  reader.SkipPadding();
  if (reader.Take(1) != 0) throw Malformed("type");
  const auto protocol = Protocol(reader.Take(1));
  const auto size = reader.Take(2);
  if (size < 36 || size > 0xfff) throw Malformed("version and size");
  const auto flags = reader.Take(4);
  const auto state = reader.Take(2);
  const auto ports = TakePorts(reader);
  const auto mark = reader.Take(4);
  const auto timeout = reader.Take(4);
  auto text = protocol + TakeEndpoints(reader, ports) + StateAndFlags(state, flags) + " mark " +
              std::to_string(mark) + " timeout " + std::to_string(timeout);
  return text + TakeOptions(reader, size - 36);
}

std::string Message(std::span<const std::uint8_t> data) {
  Reader reader(data);
  auto count = reader.Take(1);
  const bool version1 = count == 0;
  const auto syncid = reader.Take(1);
  if (reader.Take(2) != data.size()) throw Malformed("size");
  if (version1) {
    count = reader.Take(1);
    if (reader.Take(1) != 1) throw Malformed("version");
    if (reader.Take(2) != 0) throw Malformed("spare");
  }
  std::string text = std::string("message ") + (version1 ? "1 " : "0 ") + std::to_string(syncid) +
                     ' ' + std::to_string(data.size()) + ' ' + std::to_string(count) + '\n';
  while (count-- > 0) text += (version1 ? Conn1(reader) : Conn0(reader)) + '\n';
  if (!reader.AtEnd()) throw Malformed("more than announced");
  return text;
}

int Check(int result) {
  if (result < 0) throw std::system_error(errno, std::generic_category());
  return result;
}

int Join(const char* interface, std::uint16_t port) {
  const int group = Check(socket(AF_INET, SOCK_DGRAM, 0));
  const int on = 1;
  sockaddr_in at{};
  at.sin_family = AF_INET;
  at.sin_port = htons(port);
  at.sin_addr.s_addr = htonl(kGroup);
  ip_mreqn join{};
  join.imr_multiaddr = at.sin_addr;
  join.imr_ifindex = static_cast<int>(if_nametoindex(interface));
  Check(setsockopt(group, SOL_SOCKET, SO_REUSEADDR, &on, sizeof on));
  Check(bind(group, reinterpret_cast<sockaddr*>(&at), sizeof at));
  Check(setsockopt(group, IPPROTO_IP, IP_ADD_MEMBERSHIP, &join, sizeof join));
  return group;
}

void Print(std::span<const std::uint8_t> data) try {
  std::cout << Message(data) << std::flush;
} catch (const Malformed& error) {
  std::cout << "malformed: " << error.what() << std::endl;
}

}  // namespace

int main(int argc, char** argv) try {
  if (argc < 2) throw std::invalid_argument("usage: sync_listen INTERFACE [PORT]");
  const int group = Join(argv[1], static_cast<std::uint16_t>(argc > 2 ? std::stoi(argv[2]) : 8848));
  std::array<std::uint8_t, 65536> buffer{};
  std::cout << "listening" << std::endl;
  while (true) {
    const auto size = Check(static_cast<int>(recv(group, buffer.data(), buffer.size(), 0)));
    Print(std::span(buffer).first(static_cast<std::size_t>(size)));
  }
} catch (const std::exception& error) {
  std::cerr << "sync_listen: " << error.what() << '\n';
  return 1;
}
