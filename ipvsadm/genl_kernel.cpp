// SPDX-License-Identifier: GPL-2.0-or-later
#include "genl_kernel.h"

#include <linux/ip_vs.h>

#include <cerrno>
#include <fstream>

namespace ipvs {

namespace {

constexpr const char* connection_file = "/proc/net/ip_vs_conn";

Refusal malformed() {
  return {EPROTO, "the kernel's answer makes no sense"};
}

// The first message, decoded.
template <typename Decode>
auto decode_one(const Answer<std::vector<Bytes>>& messages, Decode decode)
    -> Answer<typename std::invoke_result_t<Decode, View>::value_type> {
  if (!messages)
    return messages.error();
  auto value = messages->empty() ? std::nullopt : decode(View(messages->front()));
  if (!value)
    return malformed();
  return *value;
}

template <typename Decode>
auto decode_all(const Answer<std::vector<Bytes>>& messages, Decode decode)
    -> Answer<std::vector<typename std::invoke_result_t<Decode, View>::value_type>> {
  std::vector<typename std::invoke_result_t<Decode, View>::value_type> values;

  if (!messages)
    return messages.error();
  for (const Bytes& message : *messages) {
    auto value = decode(View(message));
    if (!value)
      return malformed();
    values.push_back(*value);
  }
  return values;
}

Service identified(const ServiceId& id) {
  Service service;

  service.id = id;
  return service;
}

}  // namespace

Answer<std::vector<Bytes>> GenlKernel::call(Netlink::Kind kind, int command,
                                            const Bytes& attributes) {
  if (!netlink_) {
    auto opened = Netlink::open(IPVS_GENL_NAME);
    if (!opened)
      return opened.error();
    netlink_ = std::move(*opened);
  }
  return netlink_->request(kind, command, attributes);
}

Answer<Done> GenlKernel::act(int command, const Bytes& attributes) {
  auto messages = call(Netlink::Kind::act, command, attributes);

  if (!messages)
    return messages.error();
  return Done{};
}

Answer<Info> GenlKernel::info() {
  return decode_one(call(Netlink::Kind::act, IPVS_CMD_GET_INFO, {}), decode_info);
}

Answer<std::vector<Service>> GenlKernel::services() {
  return decode_all(call(Netlink::Kind::dump, IPVS_CMD_GET_SERVICE, {}), decode_service);
}

Answer<Service> GenlKernel::find_service(const ServiceId& id) {
  Bytes attributes = encode_service(identified(id), Detail::id);

  return decode_one(call(Netlink::Kind::act, IPVS_CMD_GET_SERVICE, attributes), decode_service);
}

Answer<std::vector<Dest>> GenlKernel::dests(const ServiceId& id) {
  Bytes attributes = encode_service(identified(id), Detail::id);

  return decode_all(call(Netlink::Kind::dump, IPVS_CMD_GET_DEST, attributes),
                    [&](View view) { return decode_dest(view, id.family()); });
}

Answer<Done> GenlKernel::change_service(Change change, const Service& service) {
  switch (change) {
    case Change::add:
      return act(IPVS_CMD_NEW_SERVICE, encode_service(service, Detail::full));
    case Change::edit:
      return act(IPVS_CMD_SET_SERVICE, encode_service(service, Detail::full));
    default:
      return act(IPVS_CMD_DEL_SERVICE, encode_service(service, Detail::id));
  }
}

Answer<Done> GenlKernel::change_dest(Change change, const ServiceId& id, const Dest& dest) {
  switch (change) {
    case Change::add:
      return act(IPVS_CMD_NEW_DEST, encode_dest(id, dest, Detail::full));
    case Change::edit:
      return act(IPVS_CMD_SET_DEST, encode_dest(id, dest, Detail::full));
    default:
      return act(IPVS_CMD_DEL_DEST, encode_dest(id, dest, Detail::id));
  }
}

Answer<Done> GenlKernel::clear() {
  return act(IPVS_CMD_FLUSH, {});
}

Answer<Done> GenlKernel::zero(const std::optional<ServiceId>& id) {
  return act(IPVS_CMD_ZERO, id ? encode_service(identified(*id), Detail::id) : Bytes());
}

Answer<Timeouts> GenlKernel::timeouts() {
  return decode_one(call(Netlink::Kind::act, IPVS_CMD_GET_CONFIG, {}), decode_timeouts);
}

Answer<Done> GenlKernel::set_timeouts(const Timeouts& timeouts) {
  return act(IPVS_CMD_SET_CONFIG, encode_timeouts(timeouts));
}

Answer<std::vector<Daemon>> GenlKernel::daemons() {
  return decode_all(call(Netlink::Kind::dump, IPVS_CMD_GET_DAEMON, {}), decode_daemon);
}

Answer<Done> GenlKernel::start_daemon(const Daemon& daemon) {
  return act(IPVS_CMD_NEW_DAEMON, encode_daemon(daemon));
}

Answer<Done> GenlKernel::stop_daemon(uint32_t state) {
  Daemon daemon;

  daemon.state = state;
  return act(IPVS_CMD_DEL_DAEMON, encode_daemon(daemon));
}

Answer<Done> GenlKernel::connections(const std::function<void(const Connection&)>& take) {
  std::ifstream file(connection_file);
  std::string line;

  if (!file)
    return Refusal{errno ? errno : ENOENT, connection_file};
  while (std::getline(file, line))
    if (auto connection = decode_connection(line))
      take(*connection);
  return Done{};
}

}  // namespace ipvs
