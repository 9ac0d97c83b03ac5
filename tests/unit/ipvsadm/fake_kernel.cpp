// SPDX-License-Identifier: GPL-2.0-or-later
#include "fake_kernel.h"

#include <linux/ip_vs.h>

#include <algorithm>
#include <cerrno>

#include "codec.h"

namespace ipvs {

namespace {

const std::set<std::string> schedulers{"rr", "wrr", "lc", "wlc", "lblc", "lblcr", "dh",
                                       "sh", "sed", "nq", "fo",  "ovf",  "mh",    "none"};
const std::set<std::string> interfaces{"lo", "eth0", "eth1"};

bool is_unicast(const Address& address) {
  if (address.family == AF_INET6)
    return address.bytes[0] != 0xff && address.bytes != Address{AF_INET6, {}}.bytes;
  return address.bytes[0] != 0 && address.bytes[0] < 224;
}

void set_defaults(Daemon& daemon) {
  const Address group{AF_INET, {224, 0, 0, 81}};

  daemon.group = daemon.group.value_or(group);
  daemon.maxlen = daemon.maxlen.value_or(daemon.group->family == AF_INET6 ? 1452 : 1472);
  daemon.port = daemon.port.value_or(8848);
  daemon.ttl = daemon.ttl.value_or(1);
}

}  // namespace

Refusal FakeKernel::refusal(int code, const std::string& sentence) const {
  return {code, info_.features & IP_VS_FEATURE_EXTACK ? sentence : ""};
}

std::optional<Refusal> FakeKernel::refused(const std::string& verb) const {
  auto found = refusals_.find(verb);

  if (found == refusals_.end())
    return std::nullopt;
  return found->second;
}

FakeKernel::Entry* FakeKernel::find(const ServiceId& id) {
  auto found = std::find_if(entries_.begin(), entries_.end(),
                            [&](const Entry& entry) { return entry.service.id == id; });

  return found == entries_.end() ? nullptr : &*found;
}

std::optional<Refusal> FakeKernel::bad_service(const Service& service) const {
  if (!schedulers.count(service.scheduler))
    return refusal(ENOENT, "there is no scheduler " + service.scheduler);
  if (!service.engine.empty() && service.engine != "sip")
    return refusal(ENOENT, "there is no persistence engine " + service.engine);
  return std::nullopt;
}

std::optional<Refusal> FakeKernel::bad_dest(const Service& service, const Dest& dest) const {
  if (dest.lower > dest.upper)
    return refusal(ERANGE, "the lower threshold is above the upper one");
  if (!is_unicast(dest.endpoint.address))
    return refusal(EINVAL, "the address is not unicast");
  if (dest.endpoint.address.family != service.id.family() && dest.forward != Forward::tunnel)
    return refusal(EINVAL, "the families differ");
  return std::nullopt;
}

Answer<Info> FakeKernel::info() {
  if (auto no = refused("info"))
    return *no;
  return info_;
}

Answer<std::vector<Service>> FakeKernel::services() {
  std::vector<Service> services;

  if (auto no = refused("services"))
    return *no;
  for (const Entry& entry : entries_)
    services.push_back(entry.service);
  return services;
}

Answer<Service> FakeKernel::find_service(const ServiceId& id) {
  if (Entry* entry = find(id))
    return entry->service;
  return refusal(ESRCH, "there is no such service");
}

Answer<std::vector<Dest>> FakeKernel::dests(const ServiceId& id) {
  if (auto no = refused("dests"))
    return *no;
  if (Entry* entry = find(id))
    return entry->dests;
  return std::vector<Dest>();
}

Answer<Done> FakeKernel::change_service(Change change, const Service& service) {
  Entry* entry = find(service.id);

  if (auto no = refused("change_service"))
    return *no;
  if (change == Change::add && entry)
    return refusal(EEXIST, "the service is there already");
  if (change != Change::add && !entry)
    return refusal(ESRCH, "there is no such service");
  if (change == Change::remove) {
    entries_.erase(entries_.begin() + (entry - entries_.data()));
    return Done{};
  }
  if (auto no = bad_service(service))
    return *no;
  if (!entry)
    entry = &entries_.emplace_back();
  entry->service = service;
  entry->service.flags |= IP_VS_SVC_F_HASHED;
  return Done{};
}

Answer<Done> FakeKernel::change_dest(Change change, const ServiceId& id, const Dest& dest) {
  Entry* entry = find(id);

  if (!entry)
    return refusal(ESRCH, "there is no such service");
  auto found = std::find_if(entry->dests.begin(), entry->dests.end(), [&](const Dest& other) {
    return other.endpoint == dest.endpoint;
  });
  bool there = found != entry->dests.end();
  if (change == Change::add && there)
    return refusal(EEXIST, "the server is there already");
  if (change != Change::add && !there)
    return refusal(ENOENT, "the service has no such server");
  if (change == Change::remove) {
    entry->dests.erase(found);
    return Done{};
  }
  if (auto no = bad_dest(entry->service, dest))
    return *no;
  if (!there)
    entry->dests.push_back(dest);
  else
    *found = dest;
  return Done{};
}

Answer<Done> FakeKernel::clear() {
  entries_.clear();
  return Done{};
}

Answer<Done> FakeKernel::zero(const std::optional<ServiceId>& id) {
  if (id && !find(*id))
    return refusal(ESRCH, "there is no such service");
  for (Entry& entry : entries_) {
    if (id && entry.service.id != *id)
      continue;
    entry.service.stats = {};
    for (Dest& dest : entry.dests)
      dest.stats = {};
  }
  return Done{};
}

Answer<Timeouts> FakeKernel::timeouts() {
  return timeouts_;
}

Answer<Done> FakeKernel::set_timeouts(const Timeouts& timeouts) {
  auto set = [](uint32_t& target, uint32_t value) { target = value ? value : target; };

  set(timeouts_.tcp, timeouts.tcp);
  set(timeouts_.fin, timeouts.fin);
  set(timeouts_.udp, timeouts.udp);
  return Done{};
}

Answer<std::vector<Daemon>> FakeKernel::daemons() {
  std::vector<Daemon> daemons;

  if (auto no = refused("daemons"))
    return *no;
  for (const auto& [state, daemon] : daemons_)
    daemons.push_back(daemon);
  return daemons;
}

Answer<Done> FakeKernel::start_daemon(const Daemon& daemon) {
  Daemon started = daemon;

  if (!interfaces.count(daemon.interface))
    return refusal(ENODEV, "there is no such interface");
  if (daemons_.count(daemon.state))
    return refusal(EEXIST, "it runs already");
  set_defaults(started);
  daemons_[daemon.state] = started;
  return Done{};
}

Answer<Done> FakeKernel::stop_daemon(uint32_t state) {
  if (auto no = refused("stop_daemon"))
    return *no;
  if (!daemons_.erase(state))
    return refusal(ESRCH, "it does not run");
  return Done{};
}

Answer<Done> FakeKernel::connections(const std::function<void(const Connection&)>& take) {
  if (auto no = refused("connections"))
    return *no;
  for (const std::string& line : connections_)
    if (auto connection = decode_connection(line))
      take(*connection);
  return Done{};
}

}  // namespace ipvs
