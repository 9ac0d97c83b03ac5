// SPDX-License-Identifier: GPL-2.0-or-later
// A kernel in memory. It refuses what the kernel's own module refuses, by the
// same errno, and whatever else a test tells it to.
#pragma once

#include <iosfwd>
#include <map>
#include <set>
#include <string>
#include <vector>

#include "kernel.h"
#include "names.h"

namespace ipvs {

class FakeKernel : public Kernel {
 public:
  Answer<Info> info() override;

  Answer<std::vector<Service>> services() override;
  Answer<Service> find_service(const ServiceId& id) override;
  Answer<std::vector<Dest>> dests(const ServiceId& id) override;

  Answer<Done> change_service(Change change, const Service& service) override;
  Answer<Done> change_dest(Change change, const ServiceId& id, const Dest& dest) override;
  Answer<Done> clear() override;
  Answer<Done> zero(const std::optional<ServiceId>& id) override;

  Answer<Timeouts> timeouts() override;
  Answer<Done> set_timeouts(const Timeouts& timeouts) override;

  Answer<std::vector<Daemon>> daemons() override;
  Answer<Done> start_daemon(const Daemon& daemon) override;
  Answer<Done> stop_daemon(uint32_t state) override;

  Answer<Done> connections(const std::function<void(const Connection&)>& take) override;

  // A verb of the above, and how it shall fail from now on.
  void refuse(const std::string& verb, Refusal refusal) { refusals_[verb] = refusal; }

  // Text of one record a line: commands as for restore, and lines that begin
  // with "%", see fake_state.cpp.
  void load(std::istream& in, Names& names);
  void save(std::ostream& out, Names& names) const;

 private:
  struct Entry {
    Service service;
    std::vector<Dest> dests;
  };

  bool load_extra(const std::vector<std::string>& words, const std::string& line);
  Entry* find(const ServiceId& id);
  std::optional<Refusal> refused(const std::string& verb) const;
  Refusal refusal(int code, const std::string& sentence) const;
  std::optional<Refusal> bad_service(const Service& service) const;
  std::optional<Refusal> bad_dest(const Service& service, const Dest& dest) const;

  Info info_{0x010201, 4096, 0};
  Timeouts timeouts_{900, 120, 300};
  std::vector<Entry> entries_;
  std::map<uint32_t, Daemon> daemons_;
  std::vector<std::string> connections_;
  std::map<std::string, Refusal> refusals_;
};

// A handful of names, the same everywhere.
class FakeNames : public Names {
 public:
  std::optional<Address> find_host(const std::string& name, int family) override;
  std::optional<uint16_t> find_port(const std::string& name, uint16_t protocol) override;
  std::optional<std::string> host_name(const Address& address) override;
  std::optional<std::string> port_name(uint16_t port, uint16_t protocol) override;
};

}  // namespace ipvs
