// SPDX-License-Identifier: GPL-2.0-or-later
// The rules and their order are those of ipvsadm 1.31, found by experiment.
#include "command.h"

#include <array>
#include <initializer_list>
#include <optional>

namespace ipvs {

namespace {

Error usage(std::string text) {
  return {exit_usage, std::move(text)};
}

std::string quoted(const char* name) {
  return "'" + std::string(name) + "'";
}

constexpr size_t index(Opt opt) {
  return static_cast<size_t>(opt);
}

OptSet set_of(std::initializer_list<Opt> opts) {
  OptSet set;

  for (Opt opt : opts)
    set.set(index(opt));
  return set;
}

OptSet required(Verb verb) {
  switch (verb) {
    case Verb::add_service:
    case Verb::edit_service:
    case Verb::delete_service:
      return set_of({Opt::service});
    case Verb::add_server:
    case Verb::edit_server:
    case Verb::delete_server:
      return set_of({Opt::service, Opt::server});
    default:
      return {};
  }
}

OptSet optional(Verb verb) {
  switch (verb) {
    case Verb::add_service:
    case Verb::edit_service:
      return set_of({Opt::scheduler, Opt::engine, Opt::persistent, Opt::netmask, Opt::ops,
                     Opt::sched_flags});
    case Verb::add_server:
    case Verb::edit_server:
      return set_of({Opt::forward, Opt::weight, Opt::upper, Opt::lower, Opt::tun_type,
                     Opt::tun_port, Opt::tun_nocsum, Opt::tun_csum, Opt::tun_remcsum});
    case Verb::save:
      return set_of({Opt::numeric});
    case Verb::list:
      return set_of({Opt::service, Opt::connection, Opt::timeout, Opt::daemon, Opt::stats,
                     Opt::rate, Opt::exact, Opt::thresholds, Opt::persistent_conn, Opt::tun_info,
                     Opt::nosort, Opt::numeric, Opt::syncid});
    case Verb::zero:
      return set_of({Opt::service});
    case Verb::start_daemon:
      return set_of({Opt::syncid, Opt::maxlen, Opt::interface, Opt::group, Opt::port, Opt::ttl});
    case Verb::stop_daemon:
      return set_of({Opt::syncid});
    default:
      return {};
  }
}

std::optional<Error> check_matrix(const Request& request) {
  OptSet need = required(request.verb);
  OptSet allowed = need | optional(request.verb) | set_of({Opt::ipv6, Opt::sort});
  std::string verb = quoted(verb_name(request.verb));

  for (size_t i = 0; i < need.size(); i++) {
    Opt opt = static_cast<Opt>(i);
    if (need.test(i) && !request.has(opt))
      return usage("You need to supply the " + quoted(option_name(opt)) + " option for the " +
                   verb + " command");
    if (!allowed.test(i) && request.has(opt))
      return usage("Illegal " + quoted(option_name(opt)) + " option with the " + verb +
                   " command");
  }
  return std::nullopt;
}

struct Pair {
  Opt first, second;
};

constexpr std::array<Pair, 16> list_conflicts{{
    {Opt::service, Opt::connection},     {Opt::timeout, Opt::connection},
    {Opt::timeout, Opt::service},        {Opt::daemon, Opt::connection},
    {Opt::daemon, Opt::service},         {Opt::daemon, Opt::timeout},
    {Opt::stats, Opt::connection},       {Opt::rate, Opt::connection},
    {Opt::thresholds, Opt::connection},  {Opt::stats, Opt::timeout},
    {Opt::rate, Opt::timeout},           {Opt::thresholds, Opt::timeout},
    {Opt::persistent_conn, Opt::timeout}, {Opt::rate, Opt::daemon},
    {Opt::thresholds, Opt::daemon},      {Opt::persistent_conn, Opt::daemon},
}};

std::optional<Error> check_list(const Request& request) {
  for (auto [first, second] : list_conflicts)
    if (request.has(first) && request.has(second))
      return usage("The option " + quoted(option_name(first)) + " conflicts with the " +
                   quoted(option_name(second)) + " option in the 'list' command");
  return std::nullopt;
}

std::optional<Error> check_words(const Request& request) {
  size_t wanted = request.verb == Verb::set ? 3 : 0;

  if (request.words.size() < wanted)
    return usage("--set option requires 3 timeout values: tcp tcpfin udp");
  if (request.words.size() > wanted)
    return usage("unexpected argument " + request.words[wanted]);
  return std::nullopt;
}

}  // namespace

const char* verb_name(Verb verb) {
  static constexpr std::array names{
      "",     "add-service",  "edit-service", "delete-service", "flush", "restore",
      "save", "add-server",   "edit-server",  "delete-server",  "list",  "zero",
      "set",  "start-daemon", "stop-daemon",  "help",           "version"};

  return names.at(static_cast<size_t>(verb));
}

const char* option_name(Opt opt) {
  static constexpr std::array names{
      "service-address", "ipv6",        "scheduler",       "pe",
      "persistent",      "netmask",     "real-server",     "forwarding-method",
      "tun-type",        "tun-port",    "tun-nocsum",      "tun-csum",
      "tun-remcsum",     "weight",      "u-threshold",     "l-threshold",
      "connection",      "timeout",     "daemon",          "stats",
      "rate",            "exact",       "thresholds",      "persistent-conn",
      "tun-info",        "nosort",      "sort",            "ops",
      "numeric",         "sched-flags", "syncid",          "sync-maxlen",
      "mcast-interface", "mcast-group", "mcast-port",      "mcast-ttl"};

  static_assert(names.size() == static_cast<size_t>(Opt::count));
  return names.at(index(opt));
}

Result<Done> check_rules(const Request& request) {
  if (request.verb == Verb::help || request.verb == Verb::version)
    return Done{};
  for (auto check : {check_words, check_matrix})
    if (auto error = check(request))
      return *error;
  if (request.verb == Verb::list)
    if (auto error = check_list(request))
      return *error;
  return Done{};
}

}  // namespace ipvs
