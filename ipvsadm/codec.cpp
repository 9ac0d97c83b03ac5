// SPDX-License-Identifier: GPL-2.0-or-later
#include "codec.h"

#include <arpa/inet.h>
#include <linux/ip_vs.h>

#include <array>
#include <limits>

#include "attributes.h"
#include "text.h"

namespace ipvs {

namespace {

Writer service_id(const ServiceId& id) {
  Writer writer;

  writer.put_number<uint16_t>(IPVS_SVC_ATTR_AF, id.family());
  if (id.fwmark) {
    writer.put_number<uint32_t>(IPVS_SVC_ATTR_FWMARK, id.fwmark);
    return writer;
  }
  writer.put_number<uint16_t>(IPVS_SVC_ATTR_PROTOCOL, id.protocol);
  writer.put(IPVS_SVC_ATTR_ADDR, id.endpoint.address.bytes);
  writer.put_number<uint16_t>(IPVS_SVC_ATTR_PORT, htons(id.endpoint.port));
  return writer;
}

std::optional<Address> address_of(View bytes, int family) {
  size_t length = family == AF_INET6 ? 16 : 4;
  Address address{family, {}};

  if ((family != AF_INET && family != AF_INET6) || bytes.size() < length)
    return std::nullopt;
  std::memcpy(address.bytes.data(), bytes.data(), length);
  return address;
}

// 64 bits in the one kind, 32 in most of the other.
uint64_t counter(const Attributes& attributes, int type) {
  if (auto wide = attributes.get<uint64_t>(type))
    return *wide;
  return attributes.get<uint32_t>(type).value_or(0);
}

std::optional<Stats> decode_stats(View bytes) {
  auto attributes = Attributes::parse(bytes);
  Stats stats;

  if (!attributes)
    return std::nullopt;
  const std::array<std::pair<int, uint64_t*>, 10> members{{
      {IPVS_STATS_ATTR_CONNS, &stats.conns},
      {IPVS_STATS_ATTR_INPKTS, &stats.inpkts},
      {IPVS_STATS_ATTR_OUTPKTS, &stats.outpkts},
      {IPVS_STATS_ATTR_INBYTES, &stats.inbytes},
      {IPVS_STATS_ATTR_OUTBYTES, &stats.outbytes},
      {IPVS_STATS_ATTR_CPS, &stats.cps},
      {IPVS_STATS_ATTR_INPPS, &stats.inpps},
      {IPVS_STATS_ATTR_OUTPPS, &stats.outpps},
      {IPVS_STATS_ATTR_INBPS, &stats.inbps},
      {IPVS_STATS_ATTR_OUTBPS, &stats.outbps},
  }};
  for (auto [type, member] : members)
    *member = counter(*attributes, type);
  return stats;
}

// Older kernels have but the narrow kind.
std::optional<Stats> stats_of(const Attributes& attributes, int narrow, int wide) {
  return decode_stats(attributes.view(attributes.has(wide) ? wide : narrow));
}

std::optional<Attributes> nested(View bytes, int type) {
  auto top = Attributes::parse(bytes);

  if (!top || !top->has(type))
    return std::nullopt;
  return Attributes::parse(top->view(type));
}

std::optional<ServiceId> decode_id(const Attributes& attributes) {
  ServiceId id;
  int family = attributes.get<uint16_t>(IPVS_SVC_ATTR_AF).value_or(AF_UNSPEC);

  if (auto mark = attributes.get<uint32_t>(IPVS_SVC_ATTR_FWMARK)) {
    if (family != AF_INET && family != AF_INET6)
      return std::nullopt;
    id.fwmark = *mark;
    id.endpoint.address.family = family;
    return id;
  }
  auto protocol = attributes.get<uint16_t>(IPVS_SVC_ATTR_PROTOCOL);
  auto address = address_of(attributes.view(IPVS_SVC_ATTR_ADDR), family);
  auto port = attributes.get<uint16_t>(IPVS_SVC_ATTR_PORT);
  if (!protocol || !address || !port)
    return std::nullopt;
  id.protocol = *protocol;
  id.endpoint = {*address, ntohs(*port)};
  return id;
}

Tunnel decode_tunnel(const Attributes& attributes) {
  Tunnel tunnel;

  tunnel.type = attributes.get<uint8_t>(IPVS_DEST_ATTR_TUN_TYPE).value_or(0);
  tunnel.port = ntohs(attributes.get<uint16_t>(IPVS_DEST_ATTR_TUN_PORT).value_or(0));
  tunnel.flags = attributes.get<uint16_t>(IPVS_DEST_ATTR_TUN_FLAGS).value_or(0);
  return tunnel;
}

// Older kernels send no family, and some send zero.
std::optional<Endpoint> decode_endpoint(const Attributes& attributes, int service_family) {
  int family = attributes.get<uint16_t>(IPVS_DEST_ATTR_ADDR_FAMILY).value_or(AF_UNSPEC);
  auto address = address_of(attributes.view(IPVS_DEST_ATTR_ADDR),
                            family == AF_UNSPEC ? service_family : family);
  auto port = attributes.get<uint16_t>(IPVS_DEST_ATTR_PORT);

  if (!address || !port)
    return std::nullopt;
  return Endpoint{*address, ntohs(*port)};
}

SyncCounters decode_counters(const Attributes& attributes) {
  SyncCounters counters;

  for (const auto& [type, value] : attributes)
    if (auto count = attributes.get<uint64_t>(type))
      counters[type] = *count;
  return counters;
}

std::optional<Address> decode_group(const Attributes& attributes) {
  if (attributes.has(IPVS_DAEMON_ATTR_MCAST_GROUP6))
    return address_of(attributes.view(IPVS_DAEMON_ATTR_MCAST_GROUP6), AF_INET6);
  return address_of(attributes.view(IPVS_DAEMON_ATTR_MCAST_GROUP), AF_INET);
}

void put_group(Writer& writer, const Address& group) {
  if (group.family == AF_INET6)
    writer.put(IPVS_DAEMON_ATTR_MCAST_GROUP6, group.bytes);
  else
    writer.put(IPVS_DAEMON_ATTR_MCAST_GROUP, View(group.bytes).first(4));
}

Writer wrap(int type, const Writer& content) {
  Writer top;

  top.put_nested(type, content);
  return top;
}

}  // namespace

Bytes encode_service(const Service& service, Detail detail) {
  Writer writer = service_id(service.id);

  if (detail == Detail::full) {
    const ip_vs_flags flags{service.flags, ~0u};
    bool six = service.id.family() == AF_INET6;
    writer.put_text(IPVS_SVC_ATTR_SCHED_NAME, service.scheduler);
    if (!service.engine.empty())
      writer.put_text(IPVS_SVC_ATTR_PE_NAME, service.engine);
    writer.put_number(IPVS_SVC_ATTR_FLAGS, flags);
    writer.put_number<uint32_t>(IPVS_SVC_ATTR_TIMEOUT, service.timeout);
    writer.put_number<uint32_t>(IPVS_SVC_ATTR_NETMASK,
                                six ? service.netmask : htonl(service.netmask));
  }
  return wrap(IPVS_CMD_ATTR_SERVICE, writer).bytes();
}

Bytes encode_dest(const ServiceId& id, const Dest& dest, Detail detail) {
  Writer top = wrap(IPVS_CMD_ATTR_SERVICE, service_id(id)), writer;
  const Endpoint& endpoint = dest.endpoint;

  writer.put(IPVS_DEST_ATTR_ADDR, endpoint.address.bytes);
  writer.put_number<uint16_t>(IPVS_DEST_ATTR_PORT, htons(endpoint.port));
  writer.put_number<uint16_t>(IPVS_DEST_ATTR_ADDR_FAMILY, endpoint.address.family);
  if (detail == Detail::full) {
    writer.put_number(IPVS_DEST_ATTR_FWD_METHOD, static_cast<uint32_t>(dest.forward));
    writer.put_number<uint32_t>(IPVS_DEST_ATTR_WEIGHT, dest.weight);
    writer.put_number<uint8_t>(IPVS_DEST_ATTR_TUN_TYPE, dest.tunnel.type);
    writer.put_number<uint16_t>(IPVS_DEST_ATTR_TUN_PORT, htons(dest.tunnel.port));
    writer.put_number<uint16_t>(IPVS_DEST_ATTR_TUN_FLAGS, dest.tunnel.flags);
    writer.put_number<uint32_t>(IPVS_DEST_ATTR_U_THRESH, dest.upper);
    writer.put_number<uint32_t>(IPVS_DEST_ATTR_L_THRESH, dest.lower);
  }
  top.put_nested(IPVS_CMD_ATTR_DEST, writer);
  return top.bytes();
}

Bytes encode_daemon(const Daemon& daemon) {
  Writer writer;

  writer.put_number<uint32_t>(IPVS_DAEMON_ATTR_STATE, daemon.state);
  if (!daemon.interface.empty())
    writer.put_text(IPVS_DAEMON_ATTR_MCAST_IFN, daemon.interface);
  writer.put_number<uint32_t>(IPVS_DAEMON_ATTR_SYNC_ID, daemon.syncid);
  if (daemon.maxlen)
    writer.put_number(IPVS_DAEMON_ATTR_SYNC_MAXLEN, *daemon.maxlen);
  if (daemon.group)
    put_group(writer, *daemon.group);
  if (daemon.port)
    writer.put_number(IPVS_DAEMON_ATTR_MCAST_PORT, *daemon.port);
  if (daemon.ttl)
    writer.put_number(IPVS_DAEMON_ATTR_MCAST_TTL, *daemon.ttl);
  return wrap(IPVS_CMD_ATTR_DAEMON, writer).bytes();
}

Bytes encode_timeouts(const Timeouts& timeouts) {
  Writer writer;

  writer.put_number(IPVS_CMD_ATTR_TIMEOUT_TCP, timeouts.tcp);
  writer.put_number(IPVS_CMD_ATTR_TIMEOUT_TCP_FIN, timeouts.fin);
  writer.put_number(IPVS_CMD_ATTR_TIMEOUT_UDP, timeouts.udp);
  return writer.bytes();
}

std::optional<Info> decode_info(View bytes) {
  auto attributes = Attributes::parse(bytes);
  if (!attributes)
    return std::nullopt;

  auto version = attributes->get<uint32_t>(IPVS_INFO_ATTR_VERSION);
  auto buckets = attributes->get<uint32_t>(IPVS_INFO_ATTR_CONN_TAB_SIZE);
  if (!version || !buckets)
    return std::nullopt;
  return Info{*version, *buckets, attributes->get<uint64_t>(IPVS_INFO_ATTR_FEATURES).value_or(0)};
}

std::optional<Service> decode_service(View bytes) {
  auto attributes = nested(bytes, IPVS_CMD_ATTR_SERVICE);
  if (!attributes)
    return std::nullopt;

  auto id = decode_id(*attributes);
  auto stats = stats_of(*attributes, IPVS_SVC_ATTR_STATS, IPVS_SVC_ATTR_STATS64);
  if (!id || !stats)
    return std::nullopt;

  Service service;
  service.id = *id;
  service.stats = *stats;
  service.scheduler = attributes->text(IPVS_SVC_ATTR_SCHED_NAME);
  service.engine = attributes->text(IPVS_SVC_ATTR_PE_NAME);
  service.flags = attributes->get<ip_vs_flags>(IPVS_SVC_ATTR_FLAGS).value_or(ip_vs_flags{}).flags;
  service.timeout = attributes->get<uint32_t>(IPVS_SVC_ATTR_TIMEOUT).value_or(0);
  service.netmask = attributes->get<uint32_t>(IPVS_SVC_ATTR_NETMASK).value_or(0);
  if (id->family() == AF_INET)
    service.netmask = ntohl(service.netmask);
  return service;
}

std::optional<Dest> decode_dest(View bytes, int service_family) {
  auto attributes = nested(bytes, IPVS_CMD_ATTR_DEST);
  if (!attributes)
    return std::nullopt;

  auto endpoint = decode_endpoint(*attributes, service_family);
  auto stats = stats_of(*attributes, IPVS_DEST_ATTR_STATS, IPVS_DEST_ATTR_STATS64);
  if (!endpoint || !stats)
    return std::nullopt;

  auto number = [&](int type) { return attributes->get<uint32_t>(type).value_or(0); };
  Dest dest;
  dest.endpoint = *endpoint;
  dest.stats = *stats;
  dest.forward = static_cast<Forward>(number(IPVS_DEST_ATTR_FWD_METHOD) & IP_VS_CONN_F_FWD_MASK);
  dest.weight = number(IPVS_DEST_ATTR_WEIGHT);
  dest.upper = number(IPVS_DEST_ATTR_U_THRESH);
  dest.lower = number(IPVS_DEST_ATTR_L_THRESH);
  dest.active = number(IPVS_DEST_ATTR_ACTIVE_CONNS);
  dest.inactive = number(IPVS_DEST_ATTR_INACT_CONNS);
  dest.persistent = number(IPVS_DEST_ATTR_PERSIST_CONNS);
  dest.tunnel = decode_tunnel(*attributes);
  return dest;
}

std::optional<Daemon> decode_daemon(View bytes) {
  auto attributes = nested(bytes, IPVS_CMD_ATTR_DAEMON);
  if (!attributes)
    return std::nullopt;

  auto state = attributes->get<uint32_t>(IPVS_DAEMON_ATTR_STATE);
  if (!state || !attributes->has(IPVS_DAEMON_ATTR_MCAST_IFN))
    return std::nullopt;

  Daemon daemon;
  daemon.state = *state;
  daemon.interface = attributes->text(IPVS_DAEMON_ATTR_MCAST_IFN);
  daemon.syncid = attributes->get<uint32_t>(IPVS_DAEMON_ATTR_SYNC_ID).value_or(0);
  daemon.maxlen = attributes->get<uint16_t>(IPVS_DAEMON_ATTR_SYNC_MAXLEN);
  daemon.group = decode_group(*attributes);
  daemon.port = attributes->get<uint16_t>(IPVS_DAEMON_ATTR_MCAST_PORT);
  daemon.ttl = attributes->get<uint8_t>(IPVS_DAEMON_ATTR_MCAST_TTL);
  if (auto counters = Attributes::parse(attributes->view(IPVS_DAEMON_ATTR_COUNTERS));
      counters && attributes->has(IPVS_DAEMON_ATTR_COUNTERS))
    daemon.counters = decode_counters(*counters);
  return daemon;
}

std::optional<Timeouts> decode_timeouts(View bytes) {
  auto attributes = Attributes::parse(bytes);
  if (!attributes)
    return std::nullopt;

  auto tcp = attributes->get<uint32_t>(IPVS_CMD_ATTR_TIMEOUT_TCP);
  auto fin = attributes->get<uint32_t>(IPVS_CMD_ATTR_TIMEOUT_TCP_FIN);
  auto udp = attributes->get<uint32_t>(IPVS_CMD_ATTR_TIMEOUT_UDP);
  // A kernel without one of the protocols leaves its own out.
  if (!tcp && !fin && !udp)
    return std::nullopt;
  return Timeouts{tcp.value_or(0), fin.value_or(0), udp.value_or(0)};
}

}  // namespace ipvs
