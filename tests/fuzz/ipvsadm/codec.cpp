// SPDX-License-Identifier: GPL-2.0-or-later
// What the kernel answers. The input is a datagram of netlink. Any bytes will do,
// and a value that was read can be sent and is the same then.
// executions: 200000
#include "codec.h"

#include <linux/netlink.h>

#include <cstring>
#include <string>

#include "../require.h"
#include "fake_kernel.h"
#include "format.h"

namespace ipvs {
namespace {

// Longer ones than a request has room for are no names.
constexpr size_t longest_name = 1000;

Style style_of(Names& names, Layout layout) {
  return {names, true, true, layout};
}

constexpr std::array layouts{Layout::plain,      Layout::stats,      Layout::rate,
                             Layout::thresholds, Layout::persistent, Layout::tunnel};

void service(View bytes) {
  FakeNames names;
  auto service = decode_service(bytes);

  if (!service)
    return;
  for (Layout layout : layouts)
    service_line(*service, style_of(names, layout));
  save_service(*service, style_of(names, Layout::plain));
  if (service->scheduler.size() + service->engine.size() > longest_name)
    return;
  auto again = decode_service(encode_service(*service, Detail::full));
  // A mark of zero is none to the kernel, and is sent as an address.
  require(again.has_value(), "a service can be sent");
  require(again->scheduler == service->scheduler && again->engine == service->engine &&
              again->flags == service->flags && again->timeout == service->timeout &&
              again->netmask == service->netmask,
          "a service comes back");
  require(again->id == service->id, "its name too");
}

void dest(View bytes) {
  FakeNames names;

  for (int family : {AF_INET, AF_INET6}) {
    auto dest = decode_dest(bytes, family);
    if (!dest)
      continue;
    Service service;
    service.id.endpoint.address.family = family;
    for (Layout layout : layouts)
      dest_line(service, *dest, style_of(names, layout));
    save_dest(service, *dest, style_of(names, Layout::plain));
    auto again = decode_dest(encode_dest(service.id, *dest, Detail::full), family);
    require(again && again->endpoint == dest->endpoint && again->forward == dest->forward &&
                again->weight == dest->weight && again->upper == dest->upper &&
                again->lower == dest->lower && again->tunnel.type == dest->tunnel.type &&
                again->tunnel.port == dest->tunnel.port &&
                again->tunnel.flags == dest->tunnel.flags,
            "a server comes back");
  }
}

void daemon(View bytes) {
  auto daemon = decode_daemon(bytes);

  if (!daemon)
    return;
  daemon_line(*daemon);
  daemon_counters(*daemon);
  if (daemon->interface.empty() || daemon->interface.size() > longest_name)
    return;
  auto again = decode_daemon(encode_daemon(*daemon));
  require(again && again->state == daemon->state && again->interface == daemon->interface &&
              again->syncid == daemon->syncid && again->maxlen == daemon->maxlen &&
              again->group == daemon->group && again->port == daemon->port &&
              again->ttl == daemon->ttl,
          "a daemon comes back");
}

void numbers(View bytes) {
  if (auto info = decode_info(bytes))
    version_line(*info);
  auto timeouts = decode_timeouts(bytes);
  if (!timeouts)
    return;
  timeouts_line(*timeouts);
  auto again = decode_timeouts(encode_timeouts(*timeouts));
  require(again && again->tcp == timeouts->tcp && again->fin == timeouts->fin &&
              again->udp == timeouts->udp,
          "timeouts come back");
}

void attributes(View bytes) {
  service(bytes);
  dest(bytes);
  daemon(bytes);
  numbers(bytes);
}

}  // namespace
}  // namespace ipvs

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
  ipvs::View datagram(data, size);
  ipvs::Reply reply;
  nlmsghdr header{};

  if (size >= sizeof(header))
    std::memcpy(&header, data, sizeof(header));
  ipvs::absorb(datagram, header.nlmsg_seq, reply);
  require(!reply.refusal.code || reply.complete, "a refusal ends an answer");
  require(reply.refusal.code >= 0, "an errno is positive");
  for (const ipvs::Bytes& payload : reply.payloads)
    ipvs::attributes(payload);
  return 0;
}
