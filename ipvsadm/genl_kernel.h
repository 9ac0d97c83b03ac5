// SPDX-License-Identifier: GPL-2.0-or-later
// The kernel of this network namespace.
#pragma once

#include <optional>

#include "kernel.h"
#include "netlink.h"

namespace ipvs {

// Opens its socket when it is first needed.
class GenlKernel : public Kernel {
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

 private:
  Answer<std::vector<Bytes>> call(Netlink::Kind kind, int command, const Bytes& attributes);
  Answer<Done> act(int command, const Bytes& attributes);

  std::optional<Netlink> netlink_;
};

}  // namespace ipvs
