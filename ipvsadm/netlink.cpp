// SPDX-License-Identifier: GPL-2.0-or-later
#include "netlink.h"

#include <linux/ip_vs.h>
#include <linux/netlink.h>
#include <netlink/genl/ctrl.h>
#include <netlink/genl/genl.h>
#include <netlink/netlink.h>
#include <sys/socket.h>

#include <cerrno>
#include <cstdlib>

namespace ipvs {

namespace {

constexpr size_t receive_size = 1 << 16;  // no kernel sends more at once
constexpr int dump_attempts = 16;

struct FreeMessage {
  void operator()(nl_msg* message) const { nlmsg_free(message); }
};

struct FreeBuffer {
  void operator()(unsigned char* buffer) const { std::free(buffer); }
};

Refusal library_refusal(int code) {
  return {errno ? errno : EPROTO, nl_geterror(code)};
}

// Sentences for refusals, without the request sent back. Kernels that know
// neither lose nothing but the sentences.
void ask_for_sentences(nl_sock* socket) {
  int on = 1;

  setsockopt(nl_socket_get_fd(socket), SOL_NETLINK, NETLINK_EXT_ACK, &on, sizeof(on));
  setsockopt(nl_socket_get_fd(socket), SOL_NETLINK, NETLINK_CAP_ACK, &on, sizeof(on));
}

}  // namespace

void Netlink::Close::operator()(nl_sock* socket) const {
  nl_socket_free(socket);
}

Answer<Netlink> Netlink::open(const std::string& family) {
  Socket socket(nl_socket_alloc());
  if (!socket)
    return Refusal{ENOMEM, {}};

  errno = 0;
  if (int failed = genl_connect(socket.get()); failed < 0)
    return library_refusal(failed);
  int number = genl_ctrl_resolve(socket.get(), family.c_str());
  if (number < 0)
    return Refusal{ENOPROTOOPT, {}};

  nl_socket_set_msg_buf_size(socket.get(), receive_size);
  ask_for_sentences(socket.get());
  return Netlink(std::move(socket), number);
}

Answer<uint32_t> Netlink::send(Kind kind, int command, const Bytes& attributes) {
  std::unique_ptr<nl_msg, FreeMessage> message(nlmsg_alloc());
  int flags = kind == Kind::dump ? NLM_F_DUMP : 0;

  if (!message || !genlmsg_put(message.get(), NL_AUTO_PORT, NL_AUTO_SEQ, family_, 0, flags,
                               static_cast<uint8_t>(command), IPVS_GENL_VERSION))
    return Refusal{ENOMEM, {}};
  std::vector<uint8_t> copy = attributes;
  if (!copy.empty() && nlmsg_append(message.get(), copy.data(), copy.size(), 0) < 0)
    return Refusal{ENOMEM, {}};
  if (kind == Kind::dump && nla_put_flag(message.get(), IPVS_CMD_ATTR_CONSISTENT) < 0)
    return Refusal{ENOMEM, {}};

  errno = 0;
  if (int sent = nl_send_auto(socket_.get(), message.get()); sent < 0)
    return library_refusal(sent);
  return nlmsg_hdr(message.get())->nlmsg_seq;
}

Answer<Reply> Netlink::receive(uint32_t seq) {
  Reply reply;

  while (!reply.complete) {
    unsigned char* raw = nullptr;
    sockaddr_nl sender{};
    errno = 0;
    int length = nl_recv(socket_.get(), &sender, &raw, nullptr);
    std::unique_ptr<unsigned char, FreeBuffer> buffer(raw);
    if (length <= 0)
      return library_refusal(length);
    if (sender.nl_pid == 0)
      absorb(View(raw, static_cast<size_t>(length)), seq, reply);
  }
  return reply;
}

Answer<std::vector<Bytes>> Netlink::request(Kind kind, int command, const Bytes& attributes) {
  for (int attempt = 0; attempt < dump_attempts; attempt++) {
    auto seq = send(kind, command, attributes);
    if (!seq)
      return seq.error();
    auto reply = receive(*seq);
    if (!reply)
      return reply.error();
    if (reply->refusal.code)
      return reply->refusal;
    if (!reply->interrupted)
      return std::move(reply->payloads);
  }
  return Refusal{EAGAIN, "the table changes faster than it can be read"};
}

}  // namespace ipvs
