// SPDX-License-Identifier: GPL-2.0-or-later
// usage: queue_accept NUMBER
// Let everything pass that netfilter puts into this queue (nfnetlink_queue), until
// killed: what follows in the kernel is done in our system call.
#include <arpa/inet.h>
#include <linux/netfilter.h>
#include <linux/netfilter/nfnetlink.h>
#include <linux/netfilter/nfnetlink_queue.h>
#include <linux/netlink.h>
#include <sys/socket.h>
#include <unistd.h>

#include <array>
#include <cerrno>
#include <cstdint>
#include <cstring>
#include <string>
#include <system_error>
#include <vector>

namespace {

class Queue {
 public:
  explicit Queue(std::uint16_t number)
      : socket_(socket(AF_NETLINK, SOCK_RAW, NETLINK_NETFILTER)), number_(number) {
    Check(socket_);
    nfqnl_msg_config_cmd bind{NFQNL_CFG_CMD_BIND, 0, htons(AF_INET)};
    Send(NFQNL_MSG_CONFIG, NFQA_CFG_CMD, bind);
    nfqnl_msg_config_params params{htonl(0xffff), NFQNL_COPY_META};
    Send(NFQNL_MSG_CONFIG, NFQA_CFG_PARAMS, params);
  }

  void AcceptNext() {
    alignas(nlmsghdr) std::array<char, 65536> buffer;
    ssize_t size = recv(socket_, buffer.data(), buffer.size(), 0);
    Check(size);
    auto left = static_cast<unsigned int>(size);
    for (auto* header = reinterpret_cast<nlmsghdr*>(buffer.data()); NLMSG_OK(header, left);
         header = NLMSG_NEXT(header, left))
      if (header->nlmsg_type == Type(NFQNL_MSG_PACKET)) Accept(header);
  }

 private:
  static void Check(ssize_t result) {
    if (result < 0) throw std::system_error(errno, std::generic_category());
  }
  static std::uint16_t Type(int message) { return NFNL_SUBSYS_QUEUE << 8 | message; }

  template <typename Value>
  void Send(int message, int attribute, const Value& value) {
    struct {
      nlmsghdr header;
      nfgenmsg family;
      nlattr attribute;
      Value value;
      char padding[NLA_ALIGNTO];
    } all{};
    all.header.nlmsg_len = NLMSG_LENGTH(sizeof(nfgenmsg)) + NLA_ALIGN(NLA_HDRLEN + sizeof(value));
    all.header.nlmsg_type = Type(message);
    all.header.nlmsg_flags = NLM_F_REQUEST;
    all.family.version = NFNETLINK_V0;
    all.family.res_id = htons(number_);
    all.attribute.nla_len = NLA_HDRLEN + sizeof(value);
    all.attribute.nla_type = attribute;
    all.value = value;
    Check(send(socket_, &all, all.header.nlmsg_len, 0));
  }

  // What the kernel says of a packet begins with its number.
  void Accept(const nlmsghdr* header) {
    auto* attribute = reinterpret_cast<const char*>(NLMSG_DATA(header)) + sizeof(nfgenmsg);
    nfqnl_msg_packet_hdr packet;
    std::memcpy(&packet, attribute + NLA_HDRLEN, sizeof(packet));
    nfqnl_msg_verdict_hdr verdict{htonl(NF_ACCEPT), packet.packet_id};
    Send(NFQNL_MSG_VERDICT, NFQA_VERDICT_HDR, verdict);
  }

  int socket_;
  std::uint16_t number_;
};

}  // namespace

int main(int argc, char** argv) {
  Queue queue(argc > 1 ? std::stoi(argv[1]) : 0);
  for (;;) queue.AcceptNext();
}
