// SPDX-License-Identifier: GPL-2.0-or-later
// usage: unpack udp|ip|netlink PCAP PREFIX
// Write what a capture of tcpdump holds, each different one to a file of its own:
// of frames of Ethernet the payload of UDP or the IP packet, of those of nlmon the
// datagram of generic netlink.
#include <linux/netlink.h>

#include <cstdint>
#include <cstring>
#include <fstream>
#include <iostream>
#include <iterator>
#include <set>
#include <stdexcept>
#include <string>
#include <vector>

namespace {

using Bytes = std::vector<std::uint8_t>;

constexpr std::size_t kFileHeader = 24, kRecordHeader = 16;
constexpr std::size_t kEthernet = 14, kUdp = 8, kCooked = 16;

std::uint32_t Word(const Bytes& bytes, std::size_t at) {
  std::uint32_t value;
  if (at + sizeof(value) > bytes.size()) throw std::runtime_error("cut off");
  std::memcpy(&value, &bytes[at], sizeof(value));
  return value;
}

std::size_t Big16(const Bytes& bytes, std::size_t at) { return bytes.at(at) << 8 | bytes.at(at + 1); }

Bytes Part(const Bytes& bytes, std::size_t from, std::size_t to) {
  if (from > to || to > bytes.size()) return {};
  return {bytes.begin() + from, bytes.begin() + to};
}

// The frames of a little-endian capture.
std::vector<Bytes> Frames(const Bytes& file) {
  std::vector<Bytes> frames;
  for (std::size_t at = kFileHeader; at < file.size();) {
    std::size_t length = Word(file, at + 8);
    at += kRecordHeader;
    frames.push_back(Part(file, at, at + length));
    at += length;
  }
  return frames;
}

Bytes Ip(const Bytes& frame) {
  if (Big16(frame, 12) == 0x86dd)
    return Part(frame, kEthernet, kEthernet + 40 + Big16(frame, kEthernet + 4));
  if (Big16(frame, 12) != 0x0800) return {};
  return Part(frame, kEthernet, kEthernet + Big16(frame, kEthernet + 2));
}

Bytes Udp(const Bytes& frame) {
  Bytes ip = Ip(frame);
  if (ip.empty() || ip[0] >> 4 != 4 || ip[9] != 17) return {};
  return Part(ip, (ip[0] & 15) * 4 + kUdp, ip.size());
}

Bytes Netlink(const Bytes& frame) {
  if (Big16(frame, 14) != NETLINK_GENERIC) return {};
  return Part(frame, kCooked, frame.size());
}

Bytes Content(const std::string& what, const Bytes& frame) {
  if (what == "udp") return Udp(frame);
  if (what == "ip") return Ip(frame);
  if (what == "netlink") return Netlink(frame);
  throw std::runtime_error("unknown: " + what);
}

int Unpack(const std::string& what, const std::string& pcap, const std::string& prefix) {
  std::ifstream in(pcap, std::ios::binary);
  Bytes file((std::istreambuf_iterator<char>(in)), std::istreambuf_iterator<char>());
  std::set<Bytes> all;
  for (const Bytes& frame : Frames(file)) all.insert(Content(what, frame));
  all.erase(Bytes());
  int number = 0;
  for (const Bytes& one : all)
    std::ofstream(prefix + std::to_string(number++), std::ios::binary)
        .write(reinterpret_cast<const char*>(one.data()), one.size());
  std::cout << pcap << ": " << number << std::endl;
  return number ? 0 : 1;
}

}  // namespace

int main(int argc, char** argv) {
  try {
    if (argc == 4) return Unpack(argv[1], argv[2], argv[3]);
    throw std::runtime_error("bad usage, see the head of this file");
  } catch (const std::exception& error) {
    std::cerr << "unpack: " << error.what() << std::endl;
    return 2;
  }
}
