// SPDX-License-Identifier: GPL-2.0-or-later
// One generic netlink socket. Nothing else touches a socket.
#pragma once

#include <memory>
#include <string>
#include <vector>

#include "codec.h"
#include "kernel.h"

struct nl_sock;

namespace ipvs {

class Netlink {
 public:
  // Resolving the name makes the kernel load the module. ENOPROTOOPT: it has
  // none.
  static Answer<Netlink> open(const std::string& family);

  enum class Kind { act, dump };
  // The top-level attributes of every reply. An interrupted dump is repeated.
  Answer<std::vector<Bytes>> request(Kind kind, int command, const Bytes& attributes);

 private:
  struct Close {
    void operator()(nl_sock* socket) const;
  };
  using Socket = std::unique_ptr<nl_sock, Close>;

  Netlink(Socket socket, int family) : socket_(std::move(socket)), family_(family) {}

  Answer<uint32_t> send(Kind kind, int command, const Bytes& attributes);
  Answer<Reply> receive(uint32_t seq);

  Socket socket_;
  int family_;
};

}  // namespace ipvs
