// SPDX-License-Identifier: GPL-2.0-or-later
#include "run.h"

#include <linux/ip_vs.h>

#include <algorithm>
#include <istream>
#include <ostream>

#include "format.h"
#include "options.h"
#include "refusal.h"
#include "restore.h"
#include "text.h"

namespace ipvs {

namespace {

int fail(Session& session, int status, const std::string& text) {
  session.err << text << '\n';
  return status;
}

template <typename T>
int settle(Session& session, const Command& command, const Answer<T>& answer) {
  if (answer)
    return exit_ok;
  bool reads = command.verb == Verb::list || command.verb == Verb::save;
  return fail(session, reads ? exit_list : exit_refused, refusal_text(command, answer.error()));
}

Style style_of(const Command& command, Session& session) {
  Layout layout = command.has(Opt::stats)             ? Layout::stats
                  : command.has(Opt::rate)            ? Layout::rate
                  : command.has(Opt::thresholds)      ? Layout::thresholds
                  : command.has(Opt::persistent_conn) ? Layout::persistent
                  : command.has(Opt::tun_info)        ? Layout::tunnel
                                                      : Layout::plain;

  return {session.names, command.has(Opt::numeric), command.has(Opt::exact), layout};
}

// One service with its servers, either way.
using ServicePrinter = std::string (*)(const Service&, const Style&);
using DestPrinter = std::string (*)(const Service&, const Dest&, const Style&);

struct Printer {
  ServicePrinter service;
  DestPrinter dest;
};

int print_service(const Command& command, const Service& service, Printer printer,
                  Session& session) {
  Style style = style_of(command, session);
  auto dests = session.kernel.dests(service.id);

  if (!dests)
    return settle(session, command, dests);
  if (!command.has(Opt::nosort))
    std::stable_sort(dests->begin(), dests->end(), [](const Dest& one, const Dest& other) {
      return one.endpoint < other.endpoint;
    });
  session.out << printer.service(service, style);
  for (const Dest& dest : *dests)
    session.out << printer.dest(service, dest, style);
  return exit_ok;
}

int print_services(const Command& command, Printer printer, Session& session) {
  auto services = session.kernel.services();

  if (!services)
    return settle(session, command, services);
  if (!command.has(Opt::nosort))
    std::stable_sort(services->begin(), services->end(),
                     [](const Service& one, const Service& other) { return one.id < other.id; });
  for (const Service& service : *services)
    if (int status = print_service(command, service, printer, session))
      return status;
  return exit_ok;
}

int list_connections(const Command& command, Session& session) {
  Style style = style_of(command, session);
  bool with_engine = command.has(Opt::persistent_conn);

  session.out << connection_head(with_engine);
  return settle(session, command, session.kernel.connections([&](const Connection& connection) {
    session.out << connection_line(connection, style, with_engine);
  }));
}

int list_timeouts(const Command& command, Session& session) {
  auto timeouts = session.kernel.timeouts();

  if (timeouts)
    session.out << timeouts_line(*timeouts);
  return settle(session, command, timeouts);
}

int list_daemons(const Command& command, const Info& info, Session& session) {
  auto daemons = session.kernel.daemons();
  bool counters = command.has(Opt::stats);

  if (!daemons)
    return settle(session, command, daemons);
  for (const Daemon& daemon : *daemons)
    session.out << daemon_line(daemon) << (counters ? daemon_counters(daemon) : "");
  if (counters && !(info.features & IP_VS_FEATURE_SYNC_COUNTERS))
    return fail(session, exit_list, "This kernel module does not count what its daemons do");
  return exit_ok;
}

int list_one(const Command& command, Session& session) {
  auto service = session.kernel.find_service(command.service.id);

  if (!service)
    return settle(session, command, service);
  session.out << list_head(style_of(command, session).layout);
  return print_service(command, *service, {service_line, dest_line}, session);
}

int list(const Command& command, const Info& info, Session& session) {
  if (command.has(Opt::connection))
    return list_connections(command, session);
  if (command.has(Opt::timeout))
    return list_timeouts(command, session);
  if (command.has(Opt::daemon))
    return list_daemons(command, info, session);
  if (command.has(Opt::service))
    return list_one(command, session);
  session.out << version_line(info) << list_head(style_of(command, session).layout);
  return print_services(command, {service_line, dest_line}, session);
}

int zero(const Command& command, Session& session) {
  std::optional<ServiceId> id;

  if (command.has(Opt::service))
    id = command.service.id;
  return settle(session, command, session.kernel.zero(id));
}

// Both, whichever run. One that ends by itself meanwhile is no failure.
Answer<Done> stop_daemons(Kernel& kernel) {
  auto daemons = kernel.daemons();

  if (!daemons)
    return daemons.error();
  if (daemons->empty())
    return Refusal{ESRCH, {}};
  for (const Daemon& daemon : *daemons)
    if (auto stopped = kernel.stop_daemon(daemon.state);
        !stopped && stopped.error().code != ESRCH)
      return stopped;
  return Done{};
}

Answer<Done> act(const Command& command, Kernel& kernel) {
  const ServiceId& id = command.service.id;

  switch (command.verb) {
    case Verb::add_service:
      return kernel.change_service(Change::add, command.service);
    case Verb::edit_service:
      return kernel.change_service(Change::edit, command.service);
    case Verb::delete_service:
      return kernel.change_service(Change::remove, command.service);
    case Verb::add_server:
      return kernel.change_dest(Change::add, id, command.dest);
    case Verb::edit_server:
      return kernel.change_dest(Change::edit, id, command.dest);
    case Verb::delete_server:
      return kernel.change_dest(Change::remove, id, command.dest);
    case Verb::clear:
      return kernel.clear();
    case Verb::set:
      return kernel.set_timeouts(command.timeouts);
    case Verb::start_daemon:
      return kernel.start_daemon(command.daemon);
    case Verb::stop_daemon:
      return command.daemon.state ? kernel.stop_daemon(command.daemon.state)
                                  : stop_daemons(kernel);
    default:
      return Refusal{EOPNOTSUPP, {}};
  }
}

int restore(const Info& info, Session& session);

int execute(const Command& command, const Info& info, Session& session) {
  switch (command.verb) {
    case Verb::list:
      return list(command, info, session);
    case Verb::save:
      return print_services(command, {save_service, save_dest}, session);
    case Verb::restore:
      return restore(info, session);
    case Verb::zero:
      return zero(command, session);
    default:
      return settle(session, command, act(command, session.kernel));
  }
}

// Help and version need no kernel.
bool speak(const Command& command, Session& session) {
  bool help = command.verb == Verb::help;

  if (!help && command.verb != Verb::version)
    return false;
  session.out << "ipvsadm v" << session.version << " (compiled with popt and IPVS v1.2.1)\n"
              << (help ? help_text(session.program) : "");
  return true;
}

int restore_line(const std::string& line, const Info& info, Session& session) {
  auto words = restore_words(line);

  if (!words)
    return fail(session, exit_usage, words.error());
  if (words->empty())
    return exit_ok;
  auto command = parse(*words, session.names);
  if (!command)
    return fail(session, command.error().status, command.error().text);
  if (command->verb == Verb::restore)
    return fail(session, exit_usage, "a restore cannot contain another one");
  return speak(*command, session) ? exit_ok : execute(*command, info, session);
}

// Puts "line 3: " before whatever a line has to say.
class LineErrors : public std::streambuf {
 public:
  explicit LineErrors(std::ostream& err) : err_(err) {}

  void next_line() { line_++; }

 protected:
  int overflow(int c) override {
    if (c == traits_type::eof())
      return 0;
    if (at_start_)
      err_ << "line " << line_ << ": ";
    at_start_ = c == '\n';
    err_.put(static_cast<char>(c));
    return c;
  }

 private:
  std::ostream& err_;
  size_t line_ = 0;
  bool at_start_ = true;
};

// Goes on after a bad line; the status is that of the first one.
int restore(const Info& info, Session& session) {
  LineErrors errors(session.err);
  std::ostream err(&errors);
  Session inner{session.kernel,  session.names,  session.in, session.out, err,
                session.program, session.version};
  std::string line;
  int status = exit_ok;

  while (std::getline(session.in, line)) {
    errors.next_line();
    int failed = restore_line(line, info, inner);
    if (status == exit_ok)
      status = failed;
  }
  return status;
}

}  // namespace

int run(const std::vector<std::string>& words, Session& session) {
  auto command = parse(words, session.names);
  if (!command)
    return fail(session, command.error().status, command.error().text);
  if (speak(*command, session))
    return exit_ok;

  auto info = session.kernel.info();
  if (!info)
    return fail(session, exit_usage, no_ipvs_text(info.error()));
  return execute(*command, *info, session);
}

}  // namespace ipvs
