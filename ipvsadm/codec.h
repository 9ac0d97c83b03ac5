// SPDX-License-Identifier: GPL-2.0-or-later
// Bytes to values and back: the attributes of the IPVS family, the messages
// they travel in, the lines of /proc/net/ip_vs_conn. Pure; any bytes will do.
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "kernel.h"
#include "model.h"

namespace ipvs {

using Bytes = std::vector<uint8_t>;
using View = std::span<const uint8_t>;

// Top-level attributes of requests.
enum class Detail { id, full };
Bytes encode_service(const Service& service, Detail detail);
Bytes encode_dest(const ServiceId& id, const Dest& dest, Detail detail);
Bytes encode_daemon(const Daemon& daemon);
Bytes encode_timeouts(const Timeouts& timeouts);

// Top-level attributes of replies; nothing if one is malformed, or one is
// missing without which the value has no meaning.
std::optional<Info> decode_info(View attributes);
std::optional<Service> decode_service(View attributes);
std::optional<Dest> decode_dest(View attributes, int service_family);
std::optional<Daemon> decode_daemon(View attributes);
std::optional<Timeouts> decode_timeouts(View attributes);

std::optional<Connection> decode_connection(std::string_view line);

// What came back for one request so far.
struct Reply {
  std::vector<Bytes> payloads;  // top-level attributes, one a message
  bool complete = false;
  bool interrupted = false;  // the dump is not consistent
  Refusal refusal{};         // code 0: none
};

// Takes what belongs to the request seq out of one datagram; ignores the rest.
void absorb(View datagram, uint32_t seq, Reply& reply);

}  // namespace ipvs
