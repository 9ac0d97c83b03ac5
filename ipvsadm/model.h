// SPDX-License-Identifier: GPL-2.0-or-later
// The nouns: what the kernel balances, as plain values. Ports are in host
// order, addresses in network order.
#pragma once

#include <netinet/in.h>

#include <array>
#include <compare>
#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <tuple>

namespace ipvs {

struct Address {
  int family = AF_INET;
  std::array<uint8_t, 16> bytes{};  // IPv4: the first four, the rest is zero

  auto operator<=>(const Address&) const = default;
};

struct Endpoint {
  Address address;
  uint16_t port = 0;

  auto operator<=>(const Endpoint&) const = default;
};

// Either a firewall mark (not zero), of which only the family is meant too, or
// protocol, address and port.
struct ServiceId {
  uint32_t fwmark = 0;
  uint16_t protocol = IPPROTO_TCP;
  Endpoint endpoint;

  int family() const { return endpoint.address.family; }

  auto operator<=>(const ServiceId& other) const { return key() <=> other.key(); }
  bool operator==(const ServiceId& other) const { return key() == other.key(); }

 private:
  std::tuple<uint32_t, int, uint16_t, Endpoint> key() const {
    return {fwmark, family(), protocol, endpoint};
  }
};

struct Stats {
  uint64_t conns = 0, inpkts = 0, outpkts = 0, inbytes = 0, outbytes = 0;
  uint64_t cps = 0, inpps = 0, outpps = 0, inbps = 0, outbps = 0;
};

struct Service {
  ServiceId id;
  std::string scheduler = "wlc";
  std::string engine;       // persistence engine, empty: none
  uint32_t flags = 0;       // IP_VS_SVC_F_*
  uint32_t timeout = 0;     // of persistence, seconds
  uint32_t netmask = ~0u;   // IPv4: the mask in host order; IPv6: its length
  Stats stats;
};

// Values of the kernel's connection flags.
enum class Forward : uint32_t { masq, local, tunnel, route, bypass };

struct Tunnel {
  uint8_t type = 0;    // IP_VS_CONN_F_TUNNEL_TYPE_*
  uint16_t port = 0;
  uint16_t flags = 0;  // IP_VS_TUNNEL_ENCAP_FLAG_*
};

struct Dest {
  Endpoint endpoint;
  Forward forward = Forward::route;
  uint32_t weight = 1;
  uint32_t upper = 0, lower = 0;  // thresholds, connections
  uint32_t active = 0, inactive = 0, persistent = 0;
  Tunnel tunnel;
  Stats stats;
};

// By IPVS_SYNC_CNT_*.
using SyncCounters = std::map<int, uint64_t>;

// Absent: the kernel's default.
struct Daemon {
  uint32_t state = 0;  // IP_VS_STATE_*
  std::string interface;
  uint32_t syncid = 0;
  std::optional<uint16_t> maxlen;
  std::optional<Address> group;
  std::optional<uint16_t> port;
  std::optional<uint8_t> ttl;
  std::optional<SyncCounters> counters;
};

// Seconds. Zero in a request leaves the value as it is.
struct Timeouts {
  uint32_t tcp = 0, fin = 0, udp = 0;
};

struct Info {
  uint32_t version = 0;
  uint32_t buckets = 0;
  uint64_t features = 0;  // IP_VS_FEATURE_*
};

struct Connection {
  std::string protocol;
  Endpoint client, service, dest;
  std::string state;
  uint64_t expires = 0;  // seconds
  std::string engine, engine_data;
};

}  // namespace ipvs
