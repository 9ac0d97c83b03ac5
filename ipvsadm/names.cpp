// SPDX-License-Identifier: GPL-2.0-or-later
#include "names.h"

#include <arpa/inet.h>
#include <netdb.h>

#include <algorithm>
#include <array>
#include <cctype>
#include <cstring>
#include <memory>

#include "text.h"

namespace ipvs {

namespace {

struct FreeAddrinfo {
  void operator()(addrinfo* list) const { freeaddrinfo(list); }
};

std::string database_name(uint16_t protocol) {
  const char* name = protocol_name(protocol);
  std::string lower = name ? name : "";

  std::transform(lower.begin(), lower.end(), lower.begin(),
                 [](unsigned char c) { return std::tolower(c); });
  return lower;
}

Address from_sockaddr(const sockaddr* socket_address) {
  Address address{socket_address->sa_family, {}};

  if (address.family == AF_INET6)
    std::memcpy(address.bytes.data(),
                &reinterpret_cast<const sockaddr_in6*>(socket_address)->sin6_addr, 16);
  else
    std::memcpy(address.bytes.data(),
                &reinterpret_cast<const sockaddr_in*>(socket_address)->sin_addr, 4);
  return address;
}

socklen_t to_sockaddr(const Address& address, sockaddr_storage& storage) {
  storage.ss_family = address.family;
  if (address.family == AF_INET6) {
    std::memcpy(&reinterpret_cast<sockaddr_in6*>(&storage)->sin6_addr, address.bytes.data(), 16);
    return sizeof(sockaddr_in6);
  }
  std::memcpy(&reinterpret_cast<sockaddr_in*>(&storage)->sin_addr, address.bytes.data(), 4);
  return sizeof(sockaddr_in);
}

std::optional<std::string> look_up_host(const Address& address) {
  std::array<char, NI_MAXHOST> host{};
  sockaddr_storage storage{};
  socklen_t length = to_sockaddr(address, storage);

  if (getnameinfo(reinterpret_cast<sockaddr*>(&storage), length, host.data(), host.size(), nullptr,
                  0, NI_NAMEREQD))
    return std::nullopt;
  return std::string(host.data());
}

std::optional<std::string> look_up_port(uint16_t port, uint16_t protocol) {
  std::string database = database_name(protocol);

  if (!port || database.empty())
    return std::nullopt;
  const servent* entry = getservbyport(htons(port), database.c_str());
  if (!entry)
    return std::nullopt;
  return std::string(entry->s_name);
}

}  // namespace

std::optional<Address> SystemNames::find_host(const std::string& name, int family) {
  addrinfo hints{};
  addrinfo* found = nullptr;

  hints.ai_family = family;
  hints.ai_socktype = SOCK_STREAM;
  if (getaddrinfo(name.c_str(), nullptr, &hints, &found))
    return std::nullopt;
  std::unique_ptr<addrinfo, FreeAddrinfo> list(found);
  return from_sockaddr(list->ai_addr);
}

std::optional<uint16_t> SystemNames::find_port(const std::string& name, uint16_t protocol) {
  const servent* entry = getservbyname(name.c_str(), database_name(protocol).c_str());

  if (!entry)
    return std::nullopt;
  return ntohs(static_cast<uint16_t>(entry->s_port));
}

std::optional<std::string> SystemNames::host_name(const Address& address) {
  auto known = hosts_.find(address);

  if (known == hosts_.end())
    known = hosts_.emplace(address, look_up_host(address)).first;
  return known->second;
}

std::optional<std::string> SystemNames::port_name(uint16_t port, uint16_t protocol) {
  auto known = ports_.find({port, protocol});

  if (known == ports_.end())
    known = ports_.emplace(std::pair(port, protocol), look_up_port(port, protocol)).first;
  return known->second;
}

}  // namespace ipvs
