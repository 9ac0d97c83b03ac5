// SPDX-License-Identifier: GPL-2.0-or-later
// The verbs the kernel understands. The one seam to the outside world, behind
// which tests put a kernel of their own.
#pragma once

#include <functional>
#include <optional>
#include <string>
#include <vector>

#include "model.h"
#include "result.h"

namespace ipvs {

// Why not: an errno, and the kernel's own sentence if it sent one.
struct Refusal {
  int code;
  std::string sentence;
};

template <typename T>
using Answer = Result<T, Refusal>;

enum class Change { add, edit, remove };

class Kernel {
 public:
  virtual ~Kernel() = default;

  virtual Answer<Info> info() = 0;

  virtual Answer<std::vector<Service>> services() = 0;
  virtual Answer<Service> find_service(const ServiceId& id) = 0;
  // Those of an unknown service are none.
  virtual Answer<std::vector<Dest>> dests(const ServiceId& id) = 0;

  virtual Answer<Done> change_service(Change change, const Service& service) = 0;
  virtual Answer<Done> change_dest(Change change, const ServiceId& id, const Dest& dest) = 0;
  virtual Answer<Done> clear() = 0;
  virtual Answer<Done> zero(const std::optional<ServiceId>& id) = 0;

  virtual Answer<Timeouts> timeouts() = 0;
  virtual Answer<Done> set_timeouts(const Timeouts& timeouts) = 0;

  virtual Answer<std::vector<Daemon>> daemons() = 0;
  virtual Answer<Done> start_daemon(const Daemon& daemon) = 0;
  virtual Answer<Done> stop_daemon(uint32_t state) = 0;

  // Calls take for one after the other; there may be millions.
  virtual Answer<Done> connections(const std::function<void(const Connection&)>& take) = 0;
};

}  // namespace ipvs
