// SPDX-License-Identifier: GPL-2.0-or-later
// The state of the fake kernel as text. Besides commands:
//   %stats CONNS INPKTS OUTPKTS INBYTES OUTBYTES CPS INPPS OUTPPS INBPS OUTBPS
//                       of the service or server before it
//   %active ACTIVE INACTIVE PERSISTENT     of the server before it
//   %counters MASTER|BACKUP TYPE=COUNT...  of a running daemon, by number
//   %features BITS
//   %conn LINE          a line of /proc/net/ip_vs_conn
//   %refuse VERB ERRNO [SENTENCE]
#include <istream>
#include <ostream>
#include <stdexcept>

#include "fake_kernel.h"
#include "format.h"
#include "options.h"
#include "restore.h"
#include "text.h"

namespace ipvs {

namespace {

constexpr size_t first_stat = 1;

std::vector<uint64_t*> members(Stats& stats) {
  return {&stats.conns, &stats.inpkts, &stats.outpkts, &stats.inbytes, &stats.outbytes,
          &stats.cps,   &stats.inpps,  &stats.outpps,  &stats.inbps,   &stats.outbps};
}

void load_stats(const std::vector<std::string>& words, Stats& stats) {
  size_t next = first_stat;

  for (uint64_t* member : members(stats))
    *member = std::stoull(words.at(next++));
}

void save_stats(Stats stats, std::ostream& out) {
  out << "%stats";
  for (const uint64_t* member : members(stats))
    out << ' ' << *member;
  out << '\n';
}

SyncCounters load_counters(const std::vector<std::string>& words) {
  SyncCounters counters;

  for (size_t i = 2; i < words.size(); i++) {
    auto parts = split(words[i], '=');
    counters[std::stoi(std::string(parts.at(0)))] = std::stoull(std::string(parts.at(1)));
  }
  return counters;
}

std::string rest_after(const std::string& line, size_t words) {
  size_t at = 0;

  while (words-- && at != std::string::npos)
    at = line.find(' ', at + 1);
  return at == std::string::npos ? "" : line.substr(at + 1);
}

void save_daemon(const Daemon& daemon, std::ostream& out) {
  out << "--start-daemon " << (daemon.state == 1 ? "master" : "backup") << " --mcast-interface "
      << daemon.interface << " --syncid " << daemon.syncid << " --sync-maxlen " << *daemon.maxlen
      << " --mcast-group " << address_text(*daemon.group) << " --mcast-port " << *daemon.port
      << " --mcast-ttl " << int{*daemon.ttl} << '\n';
  if (!daemon.counters)
    return;
  out << "%counters " << daemon.state;
  for (auto [type, count] : *daemon.counters)
    out << ' ' << type << '=' << count;
  out << '\n';
}

}  // namespace

bool FakeKernel::load_extra(const std::vector<std::string>& words, const std::string& line) {
  std::vector<Dest>* dests = entries_.empty() ? nullptr : &entries_.back().dests;

  if (words[0] == "%stats" && dests)
    load_stats(words, dests->empty() ? entries_.back().service.stats : dests->back().stats);
  else if (words[0] == "%counters")
    daemons_.at(std::stoul(words.at(1))).counters = load_counters(words);
  else if (words[0] == "%features")
    info_.features = std::stoull(words.at(1));
  else if (words[0] == "%conn")
    connections_.push_back(rest_after(line, 1));
  else if (words[0] == "%refuse")
    refuse(words.at(1), {std::stoi(words.at(2)), rest_after(line, 3)});
  else if (words[0] == "%active" && dests && !dests->empty()) {
    dests->back().active = std::stoul(words.at(1));
    dests->back().inactive = std::stoul(words.at(2));
    dests->back().persistent = std::stoul(words.at(3));
  } else {
    return false;
  }
  return true;
}

void FakeKernel::load(std::istream& in, Names& names) {
  std::map<std::string, Refusal> later;
  std::string line;

  while (std::getline(in, line)) {
    auto words = restore_words(line);
    if (!words || words->empty())
      continue;
    if (load_extra(*words, line)) {
      later.merge(refusals_);
      refusals_.clear();
      continue;
    }
    auto command = parse(*words, names);
    if (!command)
      throw std::runtime_error("state: " + line + ": " + command.error().text);
    auto done = command->verb == Verb::add_service ? change_service(Change::add, command->service)
                : command->verb == Verb::add_server
                    ? change_dest(Change::add, command->service.id, command->dest)
                : command->verb == Verb::start_daemon ? start_daemon(command->daemon)
                                                      : set_timeouts(command->timeouts);
    if (!done)
      throw std::runtime_error("state: " + line);
  }
  refusals_ = later;
}

void FakeKernel::save(std::ostream& out, Names& names) const {
  const Style style{names, true, true};

  for (const Entry& entry : entries_) {
    out << save_service(entry.service, style);
    save_stats(entry.service.stats, out);
    for (const Dest& dest : entry.dests) {
      out << save_dest(entry.service, dest, style);
      save_stats(dest.stats, out);
      out << "%active " << dest.active << ' ' << dest.inactive << ' ' << dest.persistent << '\n';
    }
  }
  out << "--set " << timeouts_.tcp << ' ' << timeouts_.fin << ' ' << timeouts_.udp << '\n';
  for (const auto& [state, daemon] : daemons_)
    save_daemon(daemon, out);
  out << "%features " << info_.features << '\n';
  for (const std::string& line : connections_)
    out << "%conn " << line << '\n';
  for (const auto& [verb, refusal] : refusals_)
    out << "%refuse " << verb << ' ' << refusal.code << ' ' << refusal.sentence << '\n';
}

}  // namespace ipvs
