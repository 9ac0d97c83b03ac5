// SPDX-License-Identifier: GPL-2.0-or-later
#include <array>

#include "fake_kernel.h"
#include "text.h"

namespace ipvs {

namespace {

struct Host {
  const char* name;
  const char* address;
  int family;
};

constexpr std::array<Host, 3> hosts{{
    {"localhost", "127.0.0.1", AF_INET},
    {"a.very.long.host.name.example.org", "10.9.9.9", AF_INET},
    {"six.example", "2001:db8::99", AF_INET6},
}};

struct Port {
  const char* name;
  uint16_t port;
  uint16_t protocol;
};

constexpr std::array<Port, 6> ports{{
    {"http", 80, IPPROTO_TCP},
    {"https", 443, IPPROTO_TCP},
    {"http-alt", 8080, IPPROTO_TCP},
    {"domain", 53, IPPROTO_TCP},
    {"domain", 53, IPPROTO_UDP},
    {"sip", 5060, IPPROTO_UDP},
}};

}  // namespace

std::optional<Address> FakeNames::find_host(const std::string& name, int family) {
  for (const Host& host : hosts)
    if (name == host.name && family == host.family)
      return parse_address(host.address, family);
  return std::nullopt;
}

std::optional<uint16_t> FakeNames::find_port(const std::string& name, uint16_t protocol) {
  for (const Port& port : ports)
    if (name == port.name && protocol == port.protocol)
      return port.port;
  return std::nullopt;
}

std::optional<std::string> FakeNames::host_name(const Address& address) {
  for (const Host& host : hosts)
    if (address_text(address) == host.address)
      return host.name;
  return std::nullopt;
}

std::optional<std::string> FakeNames::port_name(uint16_t number, uint16_t protocol) {
  for (const Port& port : ports)
    if (number == port.port && protocol == port.protocol)
      return port.name;
  return std::nullopt;
}

}  // namespace ipvs
