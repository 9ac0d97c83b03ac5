// SPDX-License-Identifier: GPL-2.0-or-later
#include "socket.h"

#include <linux/genetlink.h>
#include <linux/netlink.h>
#include <sys/socket.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <map>
#include <stdexcept>
#include <system_error>

namespace genl {

namespace {

std::map<int, View> Attributes(View data) {
  std::map<int, View> found;
  while (data.size() >= sizeof(nlattr)) {
    nlattr header;
    std::memcpy(&header, data.data(), sizeof(header));
    if (header.nla_len < sizeof(header) || header.nla_len > data.size()) break;
    found[header.nla_type & NLA_TYPE_MASK] =
        data.subspan(sizeof(header), header.nla_len - sizeof(header));
    data = data.subspan(std::min<std::size_t>(NLA_ALIGN(header.nla_len), data.size()));
  }
  return found;
}

std::uint32_t U32(View view) {
  std::uint32_t value = 0;
  std::memcpy(&value, view.data(), std::min(sizeof(value), view.size()));
  return value;
}

// The kernel gives the offset in our message at which the attribute stands.
std::string Blamed(const std::map<int, View>& tlvs, View sent) {
  auto offset = tlvs.find(NLMSGERR_ATTR_OFFS), missing = tlvs.find(NLMSGERR_ATTR_MISS_TYPE);
  if (missing != tlvs.end()) return "-" + std::to_string(U32(missing->second));
  if (offset == tlvs.end()) return "";
  nlattr attribute;
  std::memcpy(&attribute, sent.data() + U32(offset->second), sizeof(attribute));
  return "@" + std::to_string(attribute.nla_type & NLA_TYPE_MASK);
}

void ReadError(Answer& answer, View payload, View sent) {
  answer.error = -static_cast<int>(U32(payload));
  if (payload.size() < sizeof(nlmsgerr)) return;
  auto tlvs = Attributes(payload.subspan(sizeof(nlmsgerr)));
  if (tlvs.contains(NLMSGERR_ATTR_MSG)) {
    View text = tlvs[NLMSGERR_ATTR_MSG];
    answer.sentence.assign(reinterpret_cast<const char*>(text.data()), text.size() - 1);
  }
  answer.blamed = Blamed(tlvs, sent);
}

}  // namespace

Socket::Socket() : fd_(socket(AF_NETLINK, SOCK_RAW | SOCK_CLOEXEC, NETLINK_GENERIC)) {
  int one = 1;
  setsockopt(fd_, SOL_NETLINK, NETLINK_EXT_ACK, &one, sizeof(one));
  setsockopt(fd_, SOL_NETLINK, NETLINK_CAP_ACK, &one, sizeof(one));
  Wait(100000);
  family_ = Resolve();
}

Socket::~Socket() {
  close(fd_);
}

void Socket::Wait(int milliseconds) {
  timeval patience{milliseconds / 1000, milliseconds % 1000 * 1000};
  setsockopt(fd_, SOL_SOCKET, SO_RCVTIMEO, &patience, sizeof(patience));
}

void Socket::Send(std::uint16_t type, const Request& request) {
  genlmsghdr genl{request.command, 1, 0};
  nlmsghdr header{};
  header.nlmsg_len = NLMSG_LENGTH(sizeof(genl)) + request.attributes.size();
  header.nlmsg_type = type;
  header.nlmsg_flags = NLM_F_REQUEST | NLM_F_ACK | request.flags | (request.dump ? NLM_F_DUMP : 0);
  header.nlmsg_seq = ++sequence_;
  sent_ = Raw(header);
  Append(sent_, Raw(genl));
  Append(sent_, request.attributes);
  if (send(fd_, sent_.data(), sent_.size(), 0) < 0)
    throw std::system_error(errno, std::generic_category(), "send");
}

// What an earlier request was still answered is passed over.
bool Socket::Receive(Answer& answer) {
  Bytes buffer(1 << 16);
  ssize_t length = recv(fd_, buffer.data(), buffer.size(), 0);
  if (length < 0 && errno == ENOBUFS) {
    answer.lost = true;
    return false;
  }
  if (length < 0) throw std::system_error(errno, std::generic_category(), "recv");
  View data(buffer.data(), length);
  while (data.size() >= sizeof(nlmsghdr)) {
    nlmsghdr header;
    std::memcpy(&header, data.data(), sizeof(header));
    if (header.nlmsg_len < NLMSG_HDRLEN || header.nlmsg_len > data.size())
      throw std::runtime_error("a message of a wrong length");
    View payload = data.subspan(NLMSG_HDRLEN, header.nlmsg_len - NLMSG_HDRLEN);
    data = data.subspan(std::min<std::size_t>(NLMSG_ALIGN(header.nlmsg_len), data.size()));
    if (header.nlmsg_seq != sequence_) continue;
    if (header.nlmsg_flags & NLM_F_DUMP_INTR && header.nlmsg_type != NLMSG_ERROR)
      answer.interrupted = true;
    if (!Message(answer, header.nlmsg_type, payload)) return false;
  }
  return true;
}

bool Socket::Message(Answer& answer, std::uint16_t type, View payload) {
  if (type == NLMSG_ERROR || type == NLMSG_DONE) {
    ReadError(answer, payload, sent_);
    return false;
  }
  View body = payload.subspan(GENL_HDRLEN);
  answer.messages.emplace_back(body.begin(), body.end());
  return true;
}

Answer Socket::Exchange(std::uint16_t type, const Request& request) {
  Answer answer;
  Send(type, request);
  while (Receive(answer)) {
  }
  return answer;
}

std::uint16_t Socket::Resolve() {
  Request request;
  request.command = CTRL_CMD_GETFAMILY;
  PutAttribute(request.attributes, CTRL_ATTR_FAMILY_NAME, Text("IPVS"));
  Answer answer = Exchange(GENL_ID_CTRL, request);
  if (answer.error || answer.messages.empty()) throw std::runtime_error("no family IPVS");
  return U32(Attributes(answer.messages[0]).at(CTRL_ATTR_FAMILY_ID)) & 0xffff;
}

Bytes Snapshot(Socket& socket) {
  Bytes all;
  for (const char* what : {"dump get-service", "dump get-daemon", "get-config"})
    for (const Bytes& message : socket.Ask(Parse(what)).messages) Append(all, message);
  Request dests = Parse("dump get-dest");
  for (const Bytes& service : socket.Ask(Parse("dump get-service")).messages) {
    dests.attributes = service;
    for (const Bytes& message : socket.Ask(dests).messages) Append(all, message);
  }
  return all;
}

}  // namespace genl
