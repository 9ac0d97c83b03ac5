// SPDX-License-Identifier: GPL-2.0-or-later
// From words to values. Bounds are those of ipvsadm 1.31, found by experiment.
#include <linux/ip_vs.h>

#include <algorithm>
#include <array>
#include <limits>

#include "command.h"
#include "text.h"

namespace ipvs {

namespace {

constexpr uint32_t default_persistence = 360;           // seconds, when -p stands alone
constexpr uint32_t longest_timeout = 31 * 24 * 60 * 60;  // seconds
constexpr uint32_t int_max = std::numeric_limits<int32_t>::max();
constexpr uint32_t longest_message = 65535 - 20 - 8;  // bytes of UDP payload
constexpr const char* default_interface = "eth0";

Error usage(std::string text) {
  return {exit_usage, std::move(text)};
}

std::string in_range(uint64_t min, uint64_t max) {
  return " (" + std::to_string(min) + ".." + std::to_string(max) + ")";
}

// "illegal weight specified: `-1' (0..7)"
Error illegal(const std::string& what, const std::string& argument, const std::string& hint = "") {
  return usage("illegal " + what + " specified: `" + argument + "'" + hint);
}

Result<uint32_t> number(const std::string& what, const std::string& argument, uint64_t min,
                        uint64_t max) {
  auto value = parse_number(argument, max);

  if (!value || *value < min)
    return illegal(what, argument, in_range(min, max));
  return static_cast<uint32_t>(*value);
}

Result<uint32_t> seconds(const std::string& argument, uint32_t min) {
  auto value = parse_number(argument, longest_timeout);

  if (!value || *value < min)
    return usage("invalid timeout value `" + argument + "' specified" +
                 in_range(min, longest_timeout));
  return static_cast<uint32_t>(*value);
}

// No scopes: a service or a server has none.
std::optional<Address> host_of(const std::string& text, int family, Names& names) {
  auto address = parse_address(text, family);

  if (!address && !text.empty() && text.find('%') == std::string::npos)
    address = names.find_host(text, family);
  return address;
}

// It could be an address in one number, but is a mark behind a -t meant for -f.
bool only_digits(const std::string& text) {
  return !text.empty() && text.find_first_not_of("0123456789") == std::string::npos;
}

struct HostPort {
  std::string host;
  std::optional<std::string> port;
  int family;
};

// "host", "host:port", "[host]", "[host]:port", or a bare IPv6 address.
std::optional<HostPort> split_host_port(const std::string& text) {
  if (text.starts_with('[')) {
    size_t end = text.find(']');
    if (end == std::string::npos)
      return std::nullopt;
    std::string host = text.substr(1, end - 1), rest = text.substr(end + 1);
    if (rest.empty())
      return HostPort{host, std::nullopt, AF_INET6};
    if (rest[0] != ':')
      return std::nullopt;
    return HostPort{host, rest.substr(1), AF_INET6};
  }
  if (parse_address(text, AF_INET6))
    return HostPort{text, std::nullopt, AF_INET6};
  size_t colon = text.rfind(':');
  if (colon == std::string::npos)
    return HostPort{text, std::nullopt, AF_INET};
  return HostPort{text.substr(0, colon), text.substr(colon + 1), AF_INET};
}

Result<Endpoint, std::string> endpoint_of(const std::string& text, uint16_t protocol,
                                          Names& names) {
  auto parts = split_host_port(text);
  if (!parts)
    return std::string("brackets do not match");
  if (only_digits(text))
    return "`" + text + "' is not an address or a host";

  auto address = host_of(parts->host, parts->family, names);
  if (!address)
    return "`" + parts->host + "' is not an address or a host";
  if (!parts->port)
    return Endpoint{*address, 0};

  auto port = parse_number(*parts->port, 65535);
  if (!port)
    port = names.find_port(*parts->port, protocol);
  if (!port)
    return "`" + *parts->port + "' is not a port or a service";
  return Endpoint{*address, static_cast<uint16_t>(*port)};
}

// What is being built, and from what.
struct Build {
  const Request& request;
  Names& names;
  Command command;
  bool server_port = false;  // given, with -r

  bool has(Opt opt) const { return request.has(opt); }
  const std::string& argument(Opt opt) const { return request.options.at(opt); }
};

using Step = Result<Done> (*)(Build&);

Result<Done> run_steps(Build& build, std::initializer_list<Step> steps) {
  for (Step step : steps)
    if (auto done = step(build); !done)
      return done;
  return Done{};
}

struct Bounds {
  uint64_t min, max;
};

// Stores the number of an option, if it was given.
template <typename T>
Result<Done> take_number(const Build& build, Opt opt, const char* what, Bounds bounds, T& target) {
  if (!build.has(opt))
    return Done{};
  auto value = number(what, build.argument(opt), bounds.min, bounds.max);
  if (!value)
    return value.error();
  target = static_cast<T>(*value);
  return Done{};
}

Result<Done> take_fwmark(Build& build) {
  const std::string& text = build.argument(Opt::service);
  auto mark = parse_number(text, std::numeric_limits<uint32_t>::max());

  if (!mark || !*mark)
    return usage("invalid fwmark value `" + text + "' specified" +
                 in_range(1, std::numeric_limits<uint32_t>::max()));
  build.command.service.id.fwmark = static_cast<uint32_t>(*mark);
  if (build.has(Opt::ipv6))
    build.command.service.id.endpoint.address.family = AF_INET6;
  return Done{};
}

std::string service_option(const Request& request) {
  switch (request.protocol) {
    case IPPROTO_TCP:
      return "-t ";
    case IPPROTO_UDP:
      return "-u ";
    case IPPROTO_SCTP:
      return "--sctp-service ";
    default:
      return "-f ";
  }
}

Result<Done> take_service(Build& build) {
  const Request& request = build.request;
  Command& command = build.command;

  if (build.has(Opt::ipv6) && (!build.has(Opt::service) || request.protocol))
    return usage("-6 used before -f: it belongs to a firewall mark");
  if (!build.has(Opt::service))
    return Done{};
  const std::string& text = build.argument(Opt::service);
  command.service_text = service_option(request) + text + (build.has(Opt::ipv6) ? " -6" : "");
  if (!request.protocol)
    return take_fwmark(build);

  command.service.id.protocol = static_cast<uint16_t>(request.protocol);
  auto endpoint = endpoint_of(text, command.service.id.protocol, build.names);
  if (!endpoint)
    return illegal("virtual server address[:port]", text, ": " + endpoint.error());
  command.service.id.endpoint = *endpoint;
  return Done{};
}

Result<Done> take_persistence(Build& build) {
  if (!build.has(Opt::persistent))
    return Done{};
  build.command.service.flags |= IP_VS_SVC_F_PERSISTENT;
  build.command.service.timeout = default_persistence;
  if (build.argument(Opt::persistent).empty())
    return Done{};
  auto timeout = seconds(build.argument(Opt::persistent), 1);
  if (!timeout)
    return timeout.error();
  build.command.service.timeout = *timeout;
  return Done{};
}

Result<Done> take_netmask(Build& build) {
  Service& service = build.command.service;
  bool six = service.id.family() == AF_INET6;

  service.netmask = six ? 128 : ~0u;
  if (!build.has(Opt::netmask))
    return Done{};
  const std::string& text = build.argument(Opt::netmask);
  if (six) {
    auto length = parse_number(text, 128);
    if (!length || !*length)
      return illegal("ipv6 netmask", text, in_range(1, 128));
    service.netmask = static_cast<uint32_t>(*length);
    return Done{};
  }
  auto mask = parse_address(text, AF_INET);
  if (!mask)
    return illegal("virtual server persistent mask", text);
  const auto& bytes = mask->bytes;
  service.netmask = uint32_t{bytes[0]} << 24 | bytes[1] << 16 | bytes[2] << 8 | bytes[3];
  return Done{};
}

struct SchedulerFlag {
  const char* name;
  const char* scheduler;  // empty: any
  uint32_t flag;
};

constexpr std::array<SchedulerFlag, 7> scheduler_flags{{
    {"sh-fallback", "sh", IP_VS_SVC_F_SCHED_SH_FALLBACK},
    {"sh-port", "sh", IP_VS_SVC_F_SCHED_SH_PORT},
    {"mh-fallback", "mh", IP_VS_SVC_F_SCHED_MH_FALLBACK},
    {"mh-port", "mh", IP_VS_SVC_F_SCHED_MH_PORT},
    {"flag-1", "", IP_VS_SVC_F_SCHED1},
    {"flag-2", "", IP_VS_SVC_F_SCHED2},
    {"flag-3", "", IP_VS_SVC_F_SCHED3},
}};

Result<uint32_t> scheduler_flag(const std::string& name, const std::string& scheduler) {
  auto known = std::find_if(scheduler_flags.begin(), scheduler_flags.end(),
                            [&](const SchedulerFlag& flag) { return name == flag.name; });

  if (known == scheduler_flags.end())
    return usage("invalid scheduler flag `" + name + "'");
  if (*known->scheduler && scheduler != known->scheduler)
    return usage("incompatible scheduler flag `" + name + "': the scheduler is " + scheduler);
  return known->flag;
}

Result<Done> take_sched_flags(Build& build) {
  Service& service = build.command.service;

  if (!build.has(Opt::sched_flags))
    return Done{};
  for (std::string_view name : split(build.argument(Opt::sched_flags), ',')) {
    if (name.empty())
      continue;
    auto flag = scheduler_flag(std::string(name), service.scheduler);
    if (!flag)
      return flag.error();
    service.flags |= *flag;
  }
  return Done{};
}

Result<Done> take_names(Build& build) {
  Service& service = build.command.service;

  if (build.has(Opt::scheduler))
    service.scheduler = build.argument(Opt::scheduler);
  if (build.has(Opt::engine))
    service.engine = build.argument(Opt::engine);
  if (build.has(Opt::ops))
    service.flags |= IP_VS_SVC_F_ONEPACKET;
  return Done{};
}

Result<Done> check_service(Build& build) {
  const Service& service = build.command.service;

  if (service.id.fwmark)
    return Done{};
  if (build.has(Opt::ops) && service.id.protocol != IPPROTO_UDP)
    return usage("One-Packet Scheduling is only for UDP virtual services");
  if (!service.id.endpoint.port && !(service.flags & IP_VS_SVC_F_PERSISTENT))
    return usage("Zero port specified for non-persistent service: " + build.command.service_text);
  return Done{};
}

Result<Done> take_server(Build& build) {
  const std::string& text = build.argument(Opt::server);
  const ServiceId& service = build.command.service.id;
  uint16_t protocol = service.fwmark ? uint16_t{IPPROTO_TCP} : service.protocol;
  auto endpoint = endpoint_of(text, protocol, build.names);

  if (!endpoint)
    return illegal("real server address[:port]", text, ": " + endpoint.error());
  build.command.dest.endpoint = *endpoint;
  build.server_port = split_host_port(text)->port.has_value();
  build.command.dest_text = "-r " + text;
  if (build.has(Opt::forward))
    build.command.dest.forward = build.request.forward;
  return Done{};
}

// Only address translation can change the port; without a port it is that of
// the service.
Result<Done> settle_port(Build& build) {
  const ServiceId& service = build.command.service.id;
  Dest& dest = build.command.dest;
  bool keeps = build.command.verb == Verb::delete_server || dest.forward == Forward::masq;

  if (!service.fwmark && (!build.server_port || !keeps))
    dest.endpoint.port = service.endpoint.port;
  return Done{};
}

Result<Done> check_family(Build& build) {
  const Dest& dest = build.command.dest;

  if (dest.endpoint.address.family != build.command.service.id.family() &&
      dest.forward != Forward::tunnel && build.command.verb != Verb::delete_server)
    return usage("Different address family is allowed only for tunneling servers: " +
                 build.command.dest_text);
  return Done{};
}

Result<Done> take_weights(Build& build) {
  Dest& dest = build.command.dest;

  if (auto done = take_number(build, Opt::weight, "weight", {0, int_max}, dest.weight); !done)
    return done;
  if (auto done = take_number(build, Opt::upper, "u_threshold", {0, int_max}, dest.upper); !done)
    return done;
  return take_number(build, Opt::lower, "l_threshold", {0, int_max}, dest.lower);
}

struct TunnelType {
  const char* name;
  uint8_t type;
  OptSet allowed;
};

OptSet tunnel_options(std::initializer_list<Opt> opts) {
  OptSet set;

  for (Opt opt : opts)
    set.set(static_cast<size_t>(opt));
  return set;
}

std::optional<TunnelType> tunnel_type(const std::string& name) {
  const std::array<TunnelType, 3> types{{
      {"ipip", IP_VS_CONN_F_TUNNEL_TYPE_IPIP, {}},
      {"gue", IP_VS_CONN_F_TUNNEL_TYPE_GUE,
       tunnel_options({Opt::tun_port, Opt::tun_nocsum, Opt::tun_csum, Opt::tun_remcsum})},
      {"gre", IP_VS_CONN_F_TUNNEL_TYPE_GRE, tunnel_options({Opt::tun_nocsum, Opt::tun_csum})},
  }};

  for (const TunnelType& type : types)
    if (name == type.name)
      return type;
  return std::nullopt;
}

std::string of_tunnel(const TunnelType& type) {
  return "the '" + std::string(type.name) + "' tunnel type";
}

constexpr std::array tunnel_details{Opt::tun_port, Opt::tun_nocsum, Opt::tun_csum,
                                    Opt::tun_remcsum};

Result<Done> check_tunnel(const Build& build, const TunnelType& type) {
  for (Opt opt : tunnel_details)
    if (build.has(opt) && !type.allowed.test(static_cast<size_t>(opt)))
      return usage("Illegal '" + std::string(option_name(opt)) + "' option with " +
                   of_tunnel(type));
  if (type.type == IP_VS_CONN_F_TUNNEL_TYPE_GUE && !build.has(Opt::tun_port))
    return usage("You need to supply the 'tun-port' option for " + of_tunnel(type));

  constexpr std::array<std::pair<Opt, Opt>, 3> conflicts{{{Opt::tun_csum, Opt::tun_nocsum},
                                                          {Opt::tun_remcsum, Opt::tun_csum},
                                                          {Opt::tun_remcsum, Opt::tun_nocsum}}};
  for (auto [first, second] : conflicts)
    if (build.has(first) && build.has(second))
      return usage("The option '" + std::string(option_name(first)) + "' conflicts with the '" +
                   option_name(second) + "' option in " + of_tunnel(type));
  return Done{};
}

Result<Done> take_tunnel(Build& build) {
  Dest& dest = build.command.dest;
  bool details = std::any_of(tunnel_details.begin(), tunnel_details.end(),
                             [&](Opt opt) { return build.has(opt); });

  if (dest.forward != Forward::tunnel) {
    if (details || build.has(Opt::tun_type))
      return usage("Tunnel options conflict with forward method: they need -i");
    return Done{};
  }
  std::string name = build.has(Opt::tun_type) ? build.argument(Opt::tun_type) : "ipip";
  auto type = tunnel_type(name);
  if (!type)
    return illegal("tunnel type", name, " (ipip, gue or gre)");
  if (auto done = check_tunnel(build, *type); !done)
    return done;
  dest.tunnel.type = type->type;
  if (build.has(Opt::tun_csum))
    dest.tunnel.flags = IP_VS_TUNNEL_ENCAP_FLAG_CSUM;
  if (build.has(Opt::tun_remcsum))
    dest.tunnel.flags = IP_VS_TUNNEL_ENCAP_FLAG_REMCSUM;
  return take_number(build, Opt::tun_port, "tunnel port", {1, 65535}, dest.tunnel.port);
}

Result<Done> take_timeouts(Build& build) {
  Timeouts& timeouts = build.command.timeouts;
  size_t next = 0;

  for (uint32_t* target : {&timeouts.tcp, &timeouts.fin, &timeouts.udp}) {
    auto value = seconds(build.request.words.at(next++), 0);
    if (!value)
      return value.error();
    *target = *value;
  }
  return Done{};
}

Result<Done> take_state(Build& build) {
  const std::string& text = build.request.verb_argument;

  if (text == "master") {
    build.command.daemon.state = IP_VS_STATE_MASTER;
  } else if (text == "backup") {
    build.command.daemon.state = IP_VS_STATE_BACKUP;
  } else if (build.command.verb == Verb::start_daemon || !text.empty()) {
    return usage("illegal " + std::string(verb_name(build.command.verb)) +
                 " parameter specified: `" + text + "' (master or backup)");
  }
  return Done{};
}

Result<Done> take_interface(Build& build) {
  std::string& interface = build.command.daemon.interface;

  interface = default_interface;
  if (!build.has(Opt::interface) || build.argument(Opt::interface).empty())
    return Done{};
  interface = build.argument(Opt::interface);
  if (interface.size() >= IP_VS_IFNAME_MAXLEN)
    return illegal("mcast-interface", interface,
                   ": longer than " + std::to_string(IP_VS_IFNAME_MAXLEN - 1) + " characters");
  return Done{};
}

bool is_multicast(const Address& address) {
  if (address.family == AF_INET6)
    return address.bytes[0] == 0xff;
  return (address.bytes[0] & 0xf0) == 0xe0;
}

Result<Done> take_group(Build& build) {
  if (!build.has(Opt::group))
    return Done{};
  const std::string& text = build.argument(Opt::group);
  bool six = text.find(':') != std::string::npos;
  auto address = parse_address(text, six ? AF_INET6 : AF_INET);

  if (!address || !is_multicast(*address))
    return usage("invalid " + std::string(six ? "IPv6" : "IPv4") + " mcast-group `" + text + "'");
  build.command.daemon.group = *address;
  return Done{};
}

Result<Done> take_daemon_numbers(Build& build) {
  Daemon& daemon = build.command.daemon;

  if (auto done = take_number(build, Opt::syncid, "syncid", {0, 255}, daemon.syncid); !done)
    return done;
  constexpr Bounds lengths{1, longest_message};
  if (auto done = take_number(build, Opt::maxlen, "sync-maxlen", lengths, daemon.maxlen); !done)
    return done;
  if (auto done = take_number(build, Opt::port, "mcast-port", {1, 65535}, daemon.port); !done)
    return done;
  return take_number(build, Opt::ttl, "mcast-ttl", {1, 255}, daemon.ttl);
}

Result<Done> build_command(Build& build) {
  switch (build.command.verb) {
    case Verb::add_service:
    case Verb::edit_service:
      return run_steps(build, {take_service, take_names, take_persistence, take_netmask,
                               take_sched_flags, check_service});
    case Verb::add_server:
    case Verb::edit_server:
      return run_steps(build, {take_service, take_server, settle_port, check_family, take_weights,
                               take_tunnel});
    case Verb::delete_server:
      return run_steps(build, {take_service, take_server, settle_port});
    case Verb::set:
      return run_steps(build, {take_service, take_timeouts});
    case Verb::start_daemon:
    case Verb::stop_daemon:
      return run_steps(build, {take_service, take_state, take_interface, take_group,
                               take_daemon_numbers});
    case Verb::list:
      return run_steps(build, {take_service, take_daemon_numbers});
    default:
      return take_service(build);
  }
}

}  // namespace

Result<Command> interpret(const Request& request, Names& names) {
  if (auto done = check_rules(request); !done)
    return done.error();

  Build build{request, names, {}};
  build.command.verb = request.verb;
  for (const auto& [opt, argument] : request.options)
    build.command.given.set(static_cast<size_t>(opt));
  if (auto done = build_command(build); !done)
    return done.error();
  return build.command;
}

}  // namespace ipvs
