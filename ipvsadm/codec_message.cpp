// SPDX-License-Identifier: GPL-2.0-or-later
// Netlink messages and acknowledgements.
#include <linux/genetlink.h>
#include <linux/netlink.h>

#include <algorithm>
#include <cstring>

#include "attributes.h"
#include "codec.h"

namespace ipvs {

namespace {

struct Message {
  nlmsghdr header;
  View payload;
};

// Shortens bytes by the message; nothing if there is no whole one.
std::optional<Message> next_message(View& bytes) {
  Message message;

  if (bytes.size() < NLMSG_HDRLEN)
    return std::nullopt;
  std::memcpy(&message.header, bytes.data(), sizeof(message.header));
  size_t length = message.header.nlmsg_len;
  if (length < NLMSG_HDRLEN || length > bytes.size())
    return std::nullopt;
  message.payload = bytes.subspan(NLMSG_HDRLEN, length - NLMSG_HDRLEN);
  bytes = bytes.subspan(std::min<size_t>(NLMSG_ALIGN(length), bytes.size()));
  return message;
}

std::string sentence_of(const Message& message, size_t offset) {
  if (!(message.header.nlmsg_flags & NLM_F_ACK_TLVS) || offset > message.payload.size())
    return {};
  auto attributes = Attributes::parse(message.payload.subspan(offset));
  return attributes ? attributes->text(NLMSGERR_ATTR_MSG) : std::string();
}

// Where the attributes of an acknowledgement begin: behind a copy of the
// request, unless that was left out.
size_t error_size(const Message& message) {
  nlmsghdr request;
  size_t size = sizeof(nlmsgerr);

  if (message.header.nlmsg_flags & NLM_F_CAPPED)
    return size;
  std::memcpy(&request, message.payload.data() + offsetof(nlmsgerr, msg), sizeof(request));
  if (request.nlmsg_len < NLMSG_HDRLEN)
    return size;
  return size + NLMSG_ALIGN(request.nlmsg_len - NLMSG_HDRLEN);
}

Refusal refusal_of(const Message& message, size_t offset) {
  int32_t error = 0;

  if (message.payload.size() >= sizeof(error))
    std::memcpy(&error, message.payload.data(), sizeof(error));
  if (error >= 0)
    return {};
  // The most negative number has no positive counterpart.
  return {error == INT32_MIN ? EPROTO : -error, sentence_of(message, offset)};
}

void finish(const Message& message, Reply& reply) {
  reply.complete = true;
  if (message.header.nlmsg_type == NLMSG_DONE)
    reply.refusal = refusal_of(message, sizeof(int32_t));
  else if (message.payload.size() < sizeof(nlmsgerr))
    reply.refusal = {EPROTO, "truncated acknowledgement"};
  else
    reply.refusal = refusal_of(message, error_size(message));
}

}  // namespace

void absorb(View datagram, uint32_t seq, Reply& reply) {
  while (auto message = next_message(datagram)) {
    const nlmsghdr& header = message->header;
    if (header.nlmsg_seq != seq || reply.complete)
      continue;
    if (header.nlmsg_flags & NLM_F_DUMP_INTR)
      reply.interrupted = true;
    if (header.nlmsg_type == NLMSG_ERROR || header.nlmsg_type == NLMSG_DONE) {
      finish(*message, reply);
    } else if (header.nlmsg_type >= NLMSG_MIN_TYPE && message->payload.size() >= GENL_HDRLEN) {
      View attributes = message->payload.subspan(GENL_HDRLEN);
      reply.payloads.emplace_back(attributes.begin(), attributes.end());
    }
  }
}

}  // namespace ipvs
