// SPDX-License-Identifier: GPL-2.0-or-later
#include "options.h"

#include <popt.h>

#include <array>
#include <cstdlib>
#include <memory>

namespace ipvs {

namespace {

enum class Kind { verb, option, address, method };

// One spelling of a command or an option. The last two say what it means.
struct Spelling {
  const char* name;
  char letter;
  int argument;  // POPT_ARG_*
  Kind kind;
  int meaning;      // Verb or Opt
  int detail = 0;   // protocol, Forward
};

constexpr int optional_string = POPT_ARG_STRING | POPT_ARGFLAG_OPTIONAL;

constexpr Spelling verb(const char* name, char letter, Verb verb, int argument = POPT_ARG_NONE) {
  return {name, letter, argument, Kind::verb, static_cast<int>(verb)};
}

constexpr Spelling flag(const char* name, char letter, Opt opt) {
  return {name, letter, POPT_ARG_NONE, Kind::option, static_cast<int>(opt)};
}

constexpr Spelling text(const char* name, char letter, Opt opt, int argument = POPT_ARG_STRING) {
  return {name, letter, argument, Kind::option, static_cast<int>(opt)};
}

constexpr Spelling service(const char* name, char letter, int protocol) {
  return {name, letter, POPT_ARG_STRING, Kind::address, static_cast<int>(Opt::service), protocol};
}

constexpr Spelling method(const char* name, char letter, Forward forward) {
  return {name, letter, POPT_ARG_NONE, Kind::method, static_cast<int>(Opt::forward),
          static_cast<int>(forward)};
}

constexpr std::array spellings{
    verb("add-service", 'A', Verb::add_service),
    verb("edit-service", 'E', Verb::edit_service),
    verb("delete-service", 'D', Verb::delete_service),
    verb("clear", 'C', Verb::clear),
    verb("restore", 'R', Verb::restore),
    verb("save", 'S', Verb::save),
    verb("add-server", 'a', Verb::add_server),
    verb("edit-server", 'e', Verb::edit_server),
    verb("delete-server", 'd', Verb::delete_server),
    verb("list", 'L', Verb::list),
    verb(nullptr, 'l', Verb::list),
    verb("zero", 'Z', Verb::zero),
    verb("set", '\0', Verb::set),
    verb("start-daemon", '\0', Verb::start_daemon, POPT_ARG_STRING),
    verb("stop-daemon", '\0', Verb::stop_daemon, optional_string),
    verb("help", 'h', Verb::help),
    verb("version", 'v', Verb::version),
    service("tcp-service", 't', IPPROTO_TCP),
    service("udp-service", 'u', IPPROTO_UDP),
    service("sctp-service", '\0', IPPROTO_SCTP),
    service("fwmark-service", 'f', 0),
    flag("ipv6", '6', Opt::ipv6),
    text("scheduler", 's', Opt::scheduler),
    text("pe", '\0', Opt::engine),
    text("persistent", 'p', Opt::persistent, optional_string),
    text("netmask", 'M', Opt::netmask),
    text("real-server", 'r', Opt::server),
    method("masquerading", 'm', Forward::masq),
    method("ipip", 'i', Forward::tunnel),
    method("gatewaying", 'g', Forward::route),
    text("tun-type", '\0', Opt::tun_type),
    text("tun-port", '\0', Opt::tun_port),
    flag("tun-nocsum", '\0', Opt::tun_nocsum),
    flag("tun-csum", '\0', Opt::tun_csum),
    flag("tun-remcsum", '\0', Opt::tun_remcsum),
    text("weight", 'w', Opt::weight),
    text("u-threshold", 'x', Opt::upper),
    text("l-threshold", 'y', Opt::lower),
    flag("connection", 'c', Opt::connection),
    flag("timeout", '\0', Opt::timeout),
    flag("daemon", '\0', Opt::daemon),
    flag("stats", '\0', Opt::stats),
    flag("rate", '\0', Opt::rate),
    flag("exact", 'X', Opt::exact),
    flag("thresholds", '\0', Opt::thresholds),
    flag("persistent-conn", '\0', Opt::persistent_conn),
    flag("tun-info", '\0', Opt::tun_info),
    flag("nosort", '\0', Opt::nosort),
    flag("sort", '\0', Opt::sort),
    flag("ops", 'o', Opt::ops),
    flag("numeric", 'n', Opt::numeric),
    text("sched-flags", 'b', Opt::sched_flags),
    text("syncid", '\0', Opt::syncid),
    text("sync-maxlen", '\0', Opt::maxlen),
    text("mcast-interface", '\0', Opt::interface),
    text("mcast-group", '\0', Opt::group),
    text("mcast-port", '\0', Opt::port),
    text("mcast-ttl", '\0', Opt::ttl),
};

struct FreeContext {
  void operator()(poptContext context) const { poptFreeContext(context); }
};
using Context = std::unique_ptr<poptContext_s, FreeContext>;

struct FreeText {
  void operator()(char* text) const { std::free(text); }
};

// popt's own table, with the place in ours, from 1 on, as the value.
std::vector<poptOption> popt_table() {
  std::vector<poptOption> table;

  for (size_t i = 0; i < spellings.size(); i++)
    table.push_back({spellings[i].name, spellings[i].letter,
                     static_cast<unsigned int>(spellings[i].argument), nullptr,
                     static_cast<int>(i + 1), nullptr, nullptr});
  table.push_back(POPT_TABLEEND);
  return table;
}

std::string take_argument(poptContext context) {
  std::unique_ptr<char, FreeText> text(poptGetOptArg(context));

  return text ? text.get() : "";
}

std::string spelling_text(const Spelling& spelling) {
  if (spelling.letter)
    return std::string("-") + spelling.letter;
  return std::string("--") + spelling.name;
}

Result<Done> take_verb(Request& request, const Spelling& spelling, std::string argument) {
  if (request.verb != Verb::none)
    return Error{exit_usage, "invalid option `" + spelling_text(spelling) +
                                 "': there is a command already, '" + verb_name(request.verb) +
                                 "'"};
  request.verb = static_cast<Verb>(spelling.meaning);
  request.verb_argument = std::move(argument);
  return Done{};
}

Result<Done> take_option(Request& request, const Spelling& spelling, std::string argument) {
  Opt opt = static_cast<Opt>(spelling.meaning);

  if (spelling.kind == Kind::verb)
    return take_verb(request, spelling, std::move(argument));
  if (opt == Opt::sort)
    return Done{};
  if (!request.options.emplace(opt, std::move(argument)).second)
    return Error{exit_usage,
                 "multiple '" + std::string(option_name(opt)) + "' options specified"};
  if (spelling.kind == Kind::address)
    request.protocol = spelling.detail;
  if (spelling.kind == Kind::method)
    request.forward = static_cast<Forward>(spelling.detail);
  return Done{};
}

Result<Done> take_options(Request& request, poptContext context) {
  int next;

  while ((next = poptGetNextOpt(context)) > 0) {
    auto done = take_option(request, spellings.at(next - 1), take_argument(context));
    if (!done)
      return done;
  }
  if (next < -1)
    return Error{exit_refused, std::string(poptBadOption(context, POPT_BADOPTION_NOALIAS)) + ": " +
                                   poptStrerror(next)};
  return Done{};
}

Result<Done> settle_verb(Request& request) {
  if (request.verb != Verb::none)
    return Done{};
  if (request.options.empty() && request.words.empty()) {
    request.verb = Verb::list;
    return Done{};
  }
  std::string culprit = request.words.empty() ? "no command given"
                                              : "`" + request.words[0] + "' is not a command";
  return Error{exit_refused,
               culprit + ". Try `ipvsadm -h' or `ipvsadm --help' for more information."};
}

}  // namespace

Result<Request> sort_words(const std::vector<std::string>& words) {
  std::vector<const char*> argv{"ipvsadm"};
  std::vector<poptOption> table = popt_table();
  Request request;

  for (const std::string& word : words)
    argv.push_back(word.c_str());
  argv.push_back(nullptr);
  Context context(poptGetContext(nullptr, static_cast<int>(argv.size() - 1), argv.data(),
                                 table.data(), 0));
  if (auto done = take_options(request, context.get()); !done)
    return done.error();
  while (const char* word = poptGetArg(context.get()))
    request.words.emplace_back(word);
  if (auto done = settle_verb(request); !done)
    return done.error();
  return request;
}

Result<Command> parse(const std::vector<std::string>& words, Names& names) {
  auto request = sort_words(words);

  if (!request)
    return request.error();
  return interpret(*request, names);
}

}  // namespace ipvs
