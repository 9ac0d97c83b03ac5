// SPDX-License-Identifier: GPL-2.0-or-later
#include "format.h"

#include <linux/ip_vs.h>

#include <array>

#include "text.h"

namespace ipvs {

namespace {

constexpr size_t name_width = 28;

std::string endpoint_text(const Endpoint& endpoint, uint16_t protocol, const Style& style) {
  std::string host = address_text(endpoint.address), port = std::to_string(endpoint.port);

  if (!style.numeric) {
    host = style.names.host_name(endpoint.address).value_or(host);
    port = style.names.port_name(endpoint.port, protocol).value_or(port);
  }
  return join_host_port(host, endpoint.address.family, port);
}

// Services by firewall mark have no protocol to name ports by.
uint16_t port_protocol(const ServiceId& id) {
  return id.fwmark ? 0 : id.protocol;
}

// Only IPv4 is cut to its column.
std::string cell(const Endpoint& endpoint, uint16_t protocol, const Style& style) {
  std::string text = endpoint_text(endpoint, protocol, style);

  return endpoint.address.family == AF_INET ? text.substr(0, name_width) : text;
}

std::string service_cell(const ServiceId& id, const Style& style) {
  if (id.fwmark)
    return std::to_string(id.fwmark) + (id.family() == AF_INET6 ? " IPv6" : "");
  return cell(id.endpoint, id.protocol, style);
}

std::string protocol_cell(const ServiceId& id) {
  const char* name = protocol_name(id.protocol);

  if (id.fwmark)
    return "FWM";
  return name ? name : std::to_string(id.protocol);
}

std::string numbers(const Stats& stats, const Style& style) {
  const bool rate = style.layout == Layout::rate;
  const std::array<uint64_t, 5> row =
      rate ? std::array{stats.cps, stats.inpps, stats.outpps, stats.inbps, stats.outbps}
           : std::array{stats.conns, stats.inpkts, stats.outpkts, stats.inbytes, stats.outbytes};
  std::string text;

  for (uint64_t number : row)
    text += style.exact ? exact_number(number) : short_number(number);
  return text;
}

bool counts(Layout layout) {
  return layout == Layout::stats || layout == Layout::rate;
}

std::string flag_names(const Service& service) {
  bool named = service.scheduler == "sh" || service.scheduler == "mh";
  const std::array<std::pair<uint32_t, std::string>, 3> flags{{
      {IP_VS_SVC_F_SCHED1, named ? service.scheduler + "-fallback" : "flag-1"},
      {IP_VS_SVC_F_SCHED2, named ? service.scheduler + "-port" : "flag-2"},
      {IP_VS_SVC_F_SCHED3, "flag-3"},
  }};
  std::string text;

  for (const auto& [flag, name] : flags)
    if (service.flags & flag)
      text += (text.empty() ? "" : ",") + name;
  return text;
}

// Empty if it says nothing: each client by itself.
std::string netmask_text(const Service& service) {
  uint32_t mask = service.netmask;

  if (service.id.family() == AF_INET6)
    return mask == 128 ? "" : std::to_string(mask);
  if (mask == ~0u)
    return "";
  Address address;
  for (size_t i = 0; i < 4; i++)
    address.bytes[i] = static_cast<uint8_t>(mask >> (24 - 8 * i));
  return address_text(address);
}

struct Words {
  std::string persistent, netmask, engine, ops;
  bool always_engine;  // also without persistence, which it has no effect without
};

std::string with(const std::string& word, const std::string& value) {
  return value.empty() ? "" : word + value;
}

std::string persistence_text(const Service& service, const Words& words) {
  bool persistent = service.flags & IP_VS_SVC_F_PERSISTENT;
  std::string text;

  if (persistent)
    text = words.persistent + std::to_string(service.timeout) +
           with(words.netmask, netmask_text(service));
  if (persistent || words.always_engine)
    text += with(words.engine, service.engine);
  return service.flags & IP_VS_SVC_F_ONEPACKET ? text + words.ops : text;
}

std::string forward_name(Forward forward) {
  switch (forward) {
    case Forward::masq:
      return "Masq";
    case Forward::local:
      return "Local";
    case Forward::tunnel:
      return "Tunnel";
    case Forward::route:
      return "Route";
    case Forward::bypass:
      return "Bypass";
  }
  return "Unknown";
}

std::string tunnel_name(uint8_t type) {
  switch (type) {
    case IP_VS_CONN_F_TUNNEL_TYPE_IPIP:
      return "ipip";
    case IP_VS_CONN_F_TUNNEL_TYPE_GUE:
      return "gue";
    case IP_VS_CONN_F_TUNNEL_TYPE_GRE:
      return "gre";
  }
  return "type-" + std::to_string(type);
}

std::string tunnel_text(const Dest& dest) {
  const Tunnel& tunnel = dest.tunnel;
  std::string text = tunnel_name(tunnel.type), checksum = "-c";

  if (dest.forward != Forward::tunnel)
    return "n/a";
  if (tunnel.type == IP_VS_CONN_F_TUNNEL_TYPE_IPIP)
    return text;
  if (tunnel.type == IP_VS_CONN_F_TUNNEL_TYPE_GUE)
    text += ":" + std::to_string(tunnel.port);
  if (tunnel.flags & IP_VS_TUNNEL_ENCAP_FLAG_CSUM)
    checksum = "+c";
  if (tunnel.flags & IP_VS_TUNNEL_ENCAP_FLAG_REMCSUM)
    checksum = "r+c";
  return text + ":" + checksum;
}

std::string columns(std::initializer_list<std::pair<std::string, size_t>> cells) {
  std::string text;

  for (const auto& [content, width] : cells)
    text += " " + pad_right(content, width);
  return text;
}

std::string dest_columns(const Dest& dest, const Style& style) {
  std::string weight = std::to_string(dest.weight), active = std::to_string(dest.active),
              inactive = std::to_string(dest.inactive);

  switch (style.layout) {
    case Layout::stats:
    case Layout::rate:
      return numbers(dest.stats, style);
    case Layout::thresholds:
      return columns({{std::to_string(dest.upper), 10},
                      {std::to_string(dest.lower), 10},
                      {active, 10},
                      {inactive, 10}});
    case Layout::persistent:
      return columns(
          {{weight, 9}, {std::to_string(dest.persistent), 11}, {active, 10}, {inactive, 10}});
    case Layout::tunnel:
      return columns({{forward_name(dest.forward), 7},
                      {tunnel_text(dest), 13},
                      {weight, 6},
                      {active, 10},
                      {inactive, 10}});
    default:
      return columns(
          {{forward_name(dest.forward), 7}, {weight, 6}, {active, 10}, {inactive, 10}});
  }
}

std::string service_words(const ServiceId& id, const Style& style) {
  if (id.fwmark)
    return "-f " + std::to_string(id.fwmark) + (id.family() == AF_INET6 ? " -6" : "");
  std::string option = id.protocol == IPPROTO_UDP    ? "-u "
                       : id.protocol == IPPROTO_SCTP ? "--sctp-service "
                                                     : "-t ";
  return option + endpoint_text(id.endpoint, id.protocol, style);
}

std::string tunnel_words(const Tunnel& tunnel) {
  std::string text = " --tun-type " + tunnel_name(tunnel.type);

  if (tunnel.type == IP_VS_CONN_F_TUNNEL_TYPE_IPIP)
    return text;
  if (tunnel.type == IP_VS_CONN_F_TUNNEL_TYPE_GUE)
    text += " --tun-port " + std::to_string(tunnel.port);
  if (tunnel.flags & IP_VS_TUNNEL_ENCAP_FLAG_CSUM)
    return text + " --tun-csum";
  if (tunnel.flags & IP_VS_TUNNEL_ENCAP_FLAG_REMCSUM)
    return text + " --tun-remcsum";
  return text + " --tun-nocsum";
}

}  // namespace

std::string version_line(const Info& info) {
  auto part = [&](int shift) { return std::to_string(info.version >> shift & 0xff); };

  return "IP Virtual Server version " + part(16) + "." + part(8) + "." + part(0) +
         " (size=" + std::to_string(info.buckets) + ")\n";
}

std::string list_head(Layout layout) {
  switch (layout) {
    case Layout::stats:
      return "Prot LocalAddress:Port               Conns   InPkts  OutPkts  InBytes OutBytes\n"
             "  -> RemoteAddress:Port\n";
    case Layout::rate:
      return "Prot LocalAddress:Port                 CPS    InPPS   OutPPS    InBPS   OutBPS\n"
             "  -> RemoteAddress:Port\n";
    case Layout::thresholds:
      return "Prot LocalAddress:Port            Uthreshold Lthreshold ActiveConn InActConn \n"
             "  -> RemoteAddress:Port\n";
    case Layout::persistent:
      return "Prot LocalAddress:Port            Weight    PersistConn ActiveConn InActConn \n"
             "  -> RemoteAddress:Port\n";
    case Layout::tunnel:
      return "Prot LocalAddress:Port Scheduler Flags\n"
             "  -> RemoteAddress:Port           Forward TunnelInfo    Weight ActiveConn "
             "InActConn\n";
    default:
      return "Prot LocalAddress:Port Scheduler Flags\n"
             "  -> RemoteAddress:Port           Forward Weight ActiveConn InActConn\n";
  }
}

std::string service_line(const Service& service, const Style& style) {
  std::string text =
      pad_right(protocol_cell(service.id), 4) + " " + service_cell(service.id, style);

  if (counts(style.layout))
    return pad_right(text, 5 + name_width) + numbers(service.stats, style) + "\n";

  std::string flags = flag_names(service);
  text += " " + service.scheduler;
  if (!flags.empty())
    text += " (" + flags + ")";
  return text + persistence_text(service, {" persistent ", " mask ", " pe ", " ops", false}) + "\n";
}

std::string dest_line(const Service& service, const Dest& dest, const Style& style) {
  return "  -> " + pad_right(cell(dest.endpoint, port_protocol(service.id), style), name_width) +
         dest_columns(dest, style) + "\n";
}

std::string save_service(const Service& service, const Style& style) {
  return "-A " + service_words(service.id, style) + " -s " + service.scheduler +
         persistence_text(service, {" -p ", " -M ", " --pe ", " -o", true}) +
         with(" -b ", flag_names(service)) + "\n";
}

std::string save_dest(const Service& service, const Dest& dest, const Style& style) {
  std::string text = "-a " + service_words(service.id, style) + " -r " +
                     endpoint_text(dest.endpoint, port_protocol(service.id), style);

  text += dest.forward == Forward::masq     ? " -m"
          : dest.forward == Forward::tunnel ? " -i"
                                            : " -g";
  text += " -w " + std::to_string(dest.weight);
  if (dest.upper)
    text += " -x " + std::to_string(dest.upper);
  if (dest.lower)
    text += " -y " + std::to_string(dest.lower);
  if (dest.forward == Forward::tunnel)
    text += tunnel_words(dest.tunnel);
  return text + "\n";
}

std::string connection_head(bool with_engine) {
  std::string head = "IPVS connection entries\n"
                     "pro expire state       source             virtual            destination";

  return head + (with_engine ? "        pe name          pe_data\n" : "\n");
}

std::string connection_line(const Connection& connection, const Style& style, bool with_engine) {
  uint16_t protocol = protocol_number(connection.protocol).value_or(0);
  auto text = [&](const Endpoint& endpoint) { return endpoint_text(endpoint, protocol, style); };
  auto two_digits = [](uint64_t number) {
    return (number < 10 ? "0" : "") + std::to_string(number);
  };
  std::string expires =
      two_digits(connection.expires / 60) + ":" + two_digits(connection.expires % 60);
  std::string line = pad_right(connection.protocol, 3) + " " + pad_right(expires, 6) + " " +
                     pad_right(connection.state, 11) + " " +
                     pad_right(text(connection.client), 18) + " " +
                     pad_right(text(connection.service), 18) + " ";

  if (!with_engine || connection.engine.empty())
    return line + text(connection.dest) + "\n";
  return line + pad_right(text(connection.dest), 16) + " " + pad_right(connection.engine, 18) +
         " " + connection.engine_data + "\n";
}

}  // namespace ipvs
