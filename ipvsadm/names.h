// SPDX-License-Identifier: GPL-2.0-or-later
// Names of hosts and services, from and to numbers.
#pragma once

#include <map>
#include <optional>
#include <string>
#include <utility>

#include "model.h"

namespace ipvs {

class Names {
 public:
  virtual ~Names() = default;

  virtual std::optional<Address> find_host(const std::string& name, int family) = 0;
  virtual std::optional<uint16_t> find_port(const std::string& name, uint16_t protocol) = 0;

  virtual std::optional<std::string> host_name(const Address& address) = 0;
  virtual std::optional<std::string> port_name(uint16_t port, uint16_t protocol) = 0;
};

// The system's databases. Asks for each name once. Not for several threads.
class SystemNames : public Names {
 public:
  std::optional<Address> find_host(const std::string& name, int family) override;
  std::optional<uint16_t> find_port(const std::string& name, uint16_t protocol) override;

  std::optional<std::string> host_name(const Address& address) override;
  std::optional<std::string> port_name(uint16_t port, uint16_t protocol) override;

 private:
  std::map<Address, std::optional<std::string>> hosts_;
  std::map<std::pair<uint16_t, uint16_t>, std::optional<std::string>> ports_;
};

}  // namespace ipvs
