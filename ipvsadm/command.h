// SPDX-License-Identifier: GPL-2.0-or-later
// What is to be done: the words of the command line as a value, the rules
// which of them go together, and their meaning. Pure but for Names.
#pragma once

#include <bitset>
#include <map>
#include <string>
#include <vector>

#include "model.h"
#include "names.h"
#include "result.h"

namespace ipvs {

enum class Verb {
  none,  // no command: list if there is nothing else either
  add_service,
  edit_service,
  delete_service,
  clear,
  restore,
  save,
  add_server,
  edit_server,
  delete_server,
  list,
  zero,
  set,
  start_daemon,
  stop_daemon,
  help,
  version,
};

enum class Opt {
  service,
  ipv6,
  scheduler,
  engine,
  persistent,
  netmask,
  server,
  forward,
  tun_type,
  tun_port,
  tun_nocsum,
  tun_csum,
  tun_remcsum,
  weight,
  upper,
  lower,
  connection,
  timeout,
  daemon,
  stats,
  rate,
  exact,
  thresholds,
  persistent_conn,
  tun_info,
  nosort,
  sort,
  ops,
  numeric,
  sched_flags,
  syncid,
  maxlen,
  interface,
  group,
  port,
  ttl,
  count,
};

using OptSet = std::bitset<static_cast<size_t>(Opt::count)>;

// The command line, sorted into words.
struct Request {
  Verb verb = Verb::none;
  std::string verb_argument;               // of --start-daemon, --stop-daemon
  std::map<Opt, std::string> options;      // with their arguments, "" if none
  int protocol = 0;                        // of Opt::service, 0: a firewall mark
  Forward forward = Forward::route;        // of Opt::forward
  std::vector<std::string> words;          // the rest

  bool has(Opt opt) const { return options.count(opt) > 0; }
};

struct Command {
  Verb verb = Verb::list;
  OptSet given;
  Service service;
  Dest dest;
  Daemon daemon;  // state none: both
  Timeouts timeouts;
  std::string service_text, dest_text;  // as typed, for messages

  bool has(Opt opt) const { return given.test(static_cast<size_t>(opt)); }
};

// Names for messages: 'add-service', 'real-server'.
const char* verb_name(Verb verb);
const char* option_name(Opt opt);

// Which options go with which command, and with each other.
Result<Done> check_rules(const Request& request);

Result<Command> interpret(const Request& request, Names& names);

}  // namespace ipvs
