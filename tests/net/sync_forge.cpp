// SPDX-License-Identifier: GPL-2.0-or-later
// Forge datagrams of the sync protocol. usage:
//   sync_forge list                         one line a case: NAME ADDED WHOSE COUNTER
//   sync_forge send INTERFACE NAME|all      send that one, or one after the other
//   sync_forge mutate INTERFACE SEED COUNT  send COUNT messages with random damage
// ADDED is how many connections a receiver takes from it, COUNTER what ipvsadm
// calls the reason it counts once, WHOSE "any", or "ours" where the kernel's own
// module takes the connection. The syncid is 7. Every connection is one of the
// client 198.51.100.N, where N is the number of the case.
#include <arpa/inet.h>
#include <net/if.h>
#include <netinet/in.h>
#include <sys/socket.h>
#include <unistd.h>

#include <cerrno>
#include <cstdint>
#include <iostream>
#include <random>
#include <stdexcept>
#include <string>
#include <system_error>
#include <vector>

namespace {

using Bytes = std::vector<std::uint8_t>;

constexpr std::uint8_t kSyncid = 7;
constexpr std::uint16_t kPort = 8848;
constexpr std::uint32_t kGroup = 0xe0000051;   // 224.0.0.81
constexpr std::uint32_t kClient = 0xc6336400;  // 198.51.100.0
constexpr std::uint32_t kVirtual = 0x0a000164;  // 10.0.1.100
constexpr std::uint32_t kReal = 0x0a00020b;     // 10.0.2.11
constexpr std::uint32_t kElsewhere = 0x0a080005;  // 10.8.0.5
constexpr std::uint32_t kTunnel = 2, kDirect = 3, kBypass = 4, kShifted = 0x0600, kPortless = 0x0800,
                        kTemplate = 0x1000, kOnePacket = 0x2000;

void Put16(Bytes& to, std::uint16_t value) {
  to.push_back(value >> 8);
  to.push_back(value & 0xff);
}

void Put32(Bytes& to, std::uint32_t value) {
  Put16(to, value >> 16);
  Put16(to, value & 0xffff);
}

void Set16(Bytes& in, std::size_t at, std::uint16_t value) {
  in.at(at) = value >> 8;
  in.at(at + 1) = value & 0xff;
}

void Append(Bytes& to, const Bytes& more) { to.insert(to.end(), more.begin(), more.end()); }

struct Conn {
  std::uint32_t client = kClient;
  std::uint16_t port = 4000;
  std::uint32_t service = kVirtual;
  std::uint32_t server = kReal;
  std::uint16_t server_port = 80;
  std::uint8_t type = 0;
  std::uint8_t protocol = IPPROTO_TCP;
  std::uint32_t flags = kDirect;
  std::uint16_t state = 1;  // ESTABLISHED
  Bytes options = {};
  int version = 0;
  int lie = 0;  // added to the size it gives itself
};

Bytes Wire0(const Conn& c) {
  Bytes wire = {0, c.protocol};
  Put16(wire, c.port);
  Put16(wire, 80);
  Put16(wire, c.server_port);
  for (const auto address : {c.client, c.service, c.server}) Put32(wire, address);
  Put16(wire, c.flags & 0xffff);
  Put16(wire, c.state);
  return wire;
}

Bytes Wire1(const Conn& c) {
  Bytes wire = {c.type, c.protocol};
  const bool six = c.type == 1;
  const int size = (six ? 72 : 36) + static_cast<int>(c.options.size()) + c.lie;
  Put16(wire, static_cast<std::uint16_t>(c.version << 12 | size));
  Put32(wire, c.flags);
  Put16(wire, c.state);
  Put16(wire, c.port);
  Put16(wire, 80);
  Put16(wire, c.server_port);
  Put32(wire, 0);
  Put32(wire, 60);
  for (const auto address : {c.client, c.service, c.server}) {
    if (six) Append(wire, {0x20, 0x01, 0x0d, 0xb8, 0, 0, 0, 0, 0, 0, 0, 0});
    Put32(wire, address);
  }
  Append(wire, c.options);
  return wire;
}

Bytes Message0(const std::vector<Conn>& conns) {
  Bytes message = {static_cast<std::uint8_t>(conns.size()), kSyncid, 0, 0};
  for (const auto& conn : conns) Append(message, Wire0(conn));
  Set16(message, 2, static_cast<std::uint16_t>(message.size()));
  return message;
}

Bytes Message1(const std::vector<Conn>& conns) {
  Bytes message = {0, kSyncid, 0, 0, static_cast<std::uint8_t>(conns.size()), 1, 0, 0};
  for (const auto& conn : conns) {
    message.resize((message.size() + 3) & ~std::size_t{3});
    Append(message, Wire1(conn));
  }
  Set16(message, 2, static_cast<std::uint16_t>(message.size()));
  return message;
}

// The message with that octet changed, or that many octets long, and its size
// field right.
Bytes With(Bytes message, std::size_t at, std::uint8_t value) {
  message.at(at) = value;
  return message;
}

Bytes Cut(Bytes message, std::size_t size) {
  message.resize(size);
  if (size >= 4) Set16(message, 2, static_cast<std::uint16_t>(size));
  return message;
}

struct Case {
  std::string name;
  int added;
  std::string whose;
  std::string counter;
  Bytes bytes;
};

// Fills the list; each case has a client of its own.
class Cases {
 public:
  Conn Next() {
    Conn conn;
    conn.client = kClient + static_cast<std::uint32_t>(list_.size()) + 1;
    return conn;
  }
  Conn Other() {
    Conn conn = Next();
    conn.port = 4001;
    return conn;
  }
  void Add(const std::string& name, int added, const std::string& counter, Bytes bytes,
           const std::string& whose = "any") {
    list_.push_back({name, added, whose, counter, std::move(bytes)});
  }
  std::vector<Case> Take() { return std::move(list_); }

 private:
  std::vector<Case> list_;
};

const std::string kGood = "connections received";
const std::string kTooShort = "messages refused, too short";
const std::string kWrongSize = "messages refused, wrong size";
const std::string kVersion = "messages refused, unknown version";
const std::string kLength = "connections refused, wrong length";
const std::string kOption = "connections refused, bad option";
const std::string kProtocol = "connections refused, unknown protocol";
const std::string kState = "connections refused, unknown state";
const std::string kFlags = "connections refused, bad flags";
const std::string kUnsupported = "connections refused, not supported";

void AddHeaders(Cases& all) {
  all.Add("good-1", 1, kGood, Message1({all.Next()}));
  all.Add("good-0", 1, kGood, Message0({all.Next()}));
  all.Add("empty", 0, kTooShort, {});
  all.Add("three-octets", 0, kTooShort, {0, kSyncid, 0});
  all.Add("half-a-header", 0, "messages received", Cut(Message1({}), 6));
  all.Add("size-too-large", 0, kWrongSize, With(Message1({all.Next()}), 3, 48));
  all.Add("size-too-small", 0, kWrongSize, With(Message1({all.Next()}), 3, 40));
  all.Add("other-syncid", 0, "messages refused, other syncid", With(Message1({all.Next()}), 1, 8));
  all.Add("version-2", 0, kVersion, With(Message1({all.Next()}), 5, 2));
  all.Add("spare-set", 0, kVersion, With(Message1({all.Next()}), 7, 1));
  all.Add("count-too-large", 1, kLength, With(Message1({all.Next()}), 4, 200));
  all.Add("count-too-large-0", 1, kLength, With(Message0({all.Next()}), 0, 200));
}

void AddSizes(Cases& all) {
  auto conn = all.Next();
  all.Add("cut-in-the-middle", 0, kLength, Cut(Message1({conn}), 30));
  all.Add("cut-in-the-middle-0", 0, kLength, Cut(Message0({all.Next()}), 20));
  conn = all.Next();
  conn.lie = -16;
  all.Add("smaller-than-itself", 0, kLength, Message1({conn}));
  conn = all.Next();
  conn.lie = 400;
  all.Add("larger-than-the-message", 0, kLength, Message1({conn}));
  conn = all.Next();
  conn.version = 1;
  all.Add("connection-version-1", 0, kVersion, Message1({conn}));
  conn = all.Next();
  conn.type = 2;
  all.Add("unknown-type", 0, kLength, Message1({conn}));
  conn = all.Next();
  conn.flags |= kShifted;
  all.Add("no-sequence-numbers-0", 0, kLength, Message0({conn}));
}

void AddOption(Cases& all, const std::string& name, int added, const std::string& why,
               const Bytes& options) {
  auto conn = all.Next();
  conn.options = options;
  all.Add(name, added, why, Message1({conn}));
}

void AddOptions(Cases& all) {
  AddOption(all, "option-of-nothing", 0, kOption, {1, 0});
  AddOption(all, "option-too-long", 0, kOption, {1, 200, 0, 0});
  AddOption(all, "half-an-option", 0, kOption, {1});
  AddOption(all, "sequence-too-short", 0, kOption, {1, 4, 0, 0, 0, 0});
  AddOption(all, "engine-twice", 0, kOption, {3, 1, 'a', 3, 1, 'b'});
  AddOption(all, "engine-name-too-long", 0, kOption,
            {3, 17, 'a', 'a', 'a', 'a', 'a', 'a', 'a', 'a', 'a', 'a', 'a', 'a', 'a', 'a', 'a', 'a',
             'a'});
  AddOption(all, "engine-without-name", 0, kOption, {2, 1, 'a'});
  AddOption(all, "sequence-numbers", 1, kGood,
            {1, 24, 0, 0, 1, 0, 0, 0, 0, 1, 0, 0, 0, 0, 0, 0, 2, 0, 0, 0, 0, 2, 0, 0, 0, 1});
  AddOption(all, "ignorable-option", 1, kGood, {0x40 | 9, 2, 0, 0});
  auto conn = all.Next();
  conn.options = {9, 2, 0, 0};
  all.Add("unknown-option-then-good", 1, kOption, Message1({conn, all.Other()}));
}

template <typename Change>
void AddThenGood(Cases& all, const std::string& name, const std::string& why, Change change,
                 const std::string& whose = "any") {
  auto conn = all.Next();
  change(conn);
  all.Add(name, 1, why, Message1({conn, all.Other()}), whose);
}

void AddContents(Cases& all) {
  AddThenGood(all, "protocol-200", kProtocol, [](Conn& c) { c.protocol = 200; });
  AddThenGood(all, "state-99", kState, [](Conn& c) { c.state = 99; });
  AddThenGood(all, "state-of-template", kState, [](Conn& c) {
    c.flags |= kTemplate;
    c.state = 2;
  });
  AddThenGood(all, "portless-template", kFlags, [](Conn& c) { c.flags |= kPortless | kTemplate; });
  auto portless = all.Next();
  portless.flags |= kPortless;
  portless.port = 0;
  all.Add("portless", 1, kGood, Message1({portless}));
  auto bypass = all.Next();
  bypass.flags = kBypass;
  bypass.service = kElsewhere;
  bypass.server = bypass.server_port = 0;
  all.Add("bypass", 1, kGood, Message1({bypass}));
  AddThenGood(all, "engine-not-there", kUnsupported, [](Conn& c) {
    c.flags |= kTemplate;
    c.options = {2, 1, 'a', 3, 1, 'b'};
  });
  AddThenGood(all, "one-packet", kFlags, [](Conn& c) { c.flags |= kOnePacket; });
  AddThenGood(all, "method-6", kFlags, [](Conn& c) { c.flags = 6; }, "ours");
  AddThenGood(all, "ipv6", kGood, [](Conn& c) { c.type = 1; });
  AddThenGood(all, "sctp-state-14", kState, [](Conn& c) {
    c.protocol = IPPROTO_SCTP;
    c.state = 14;
  });
  AddThenGood(all, "esp", kUnsupported, [](Conn& c) { c.protocol = IPPROTO_ESP; }, "ours");
  auto conn = all.Next();
  conn.protocol = 200;
  all.Add("protocol-200-0", 1, kProtocol, Message0({conn, all.Other()}));
  conn = all.Next();
  conn.state = 99;
  all.Add("state-99-0", 1, kState, Message0({conn, all.Other()}));
  conn = all.Next();
  conn.flags = 0;
  conn.server_port = 8080;
  all.Add("masquerade", 1, kGood, Message1({conn}));
  conn = all.Next();
  conn.flags = kTunnel;
  all.Add("tunnel", 1, kGood, Message1({conn}));
}

std::vector<Case> AllCases() {
  Cases all;
  AddHeaders(all);
  AddSizes(all);
  AddOptions(all);
  AddContents(all);
  return all.Take();
}

class Sender {
 public:
  explicit Sender(const std::string& interface) : socket_(socket(AF_INET, SOCK_DGRAM, 0)) {
    ip_mreqn via{};
    via.imr_ifindex = static_cast<int>(if_nametoindex(interface.c_str()));
    sockaddr_in to{};
    to.sin_family = AF_INET;
    to.sin_port = htons(kPort);
    to.sin_addr.s_addr = htonl(kGroup);
    Check(socket_);
    Check(setsockopt(socket_, IPPROTO_IP, IP_MULTICAST_IF, &via, sizeof via));
    Check(connect(socket_, reinterpret_cast<sockaddr*>(&to), sizeof to));
  }
  ~Sender() { close(socket_); }
  Sender(const Sender&) = delete;
  Sender& operator=(const Sender&) = delete;

  void Send(const Bytes& bytes) const {
    Check(static_cast<int>(send(socket_, bytes.data(), bytes.size(), 0)));
  }

 private:
  static void Check(int result) {
    if (result < 0) throw std::system_error(errno, std::generic_category());
  }

  int socket_;
};

void List() {
  for (const auto& c : AllCases())
    std::cout << c.name << ' ' << c.added << ' ' << c.whose << ' ' << c.counter << '\n';
}

void SendCase(const std::string& interface, const std::string& name) {
  const Sender sender(interface);
  bool found = false;
  for (const auto& c : AllCases()) {
    if (c.name != name && name != "all") continue;
    sender.Send(c.bytes);
    found = true;
  }
  if (!found) throw std::invalid_argument("no case " + name);
}

// Damage: octets changed, the end cut off. The size field is mostly put right,
// else nothing but that would be tested.
Bytes Damage(Bytes message, std::mt19937& random) {
  for (auto changes = random() % 8; changes > 0; --changes)
    message[random() % message.size()] = static_cast<std::uint8_t>(random());
  if (random() % 4 == 0) message.resize(random() % message.size());
  if (message.size() >= 4 && random() % 8 != 0) {
    message[1] = kSyncid;
    Set16(message, 2, static_cast<std::uint16_t>(message.size()));
  }
  return message;
}

void Mutate(const std::string& interface, unsigned seed, int count) {
  const Sender sender(interface);
  const auto cases = AllCases();
  std::mt19937 random(seed);
  while (count-- > 0) {
    const auto& c = cases[random() % cases.size()];
    sender.Send(c.bytes.empty() ? c.bytes : Damage(c.bytes, random));
    if (count % 16 == 0) usleep(5000);
  }
}

}  // namespace

int main(int argc, char** argv) try {
  const std::vector<std::string> words(argv + 1, argv + argc);
  if (words.size() == 1 && words[0] == "list")
    List();
  else if (words.size() == 3 && words[0] == "send")
    SendCase(words[1], words[2]);
  else if (words.size() == 4 && words[0] == "mutate")
    Mutate(words[1], static_cast<unsigned>(std::stoul(words[2])), std::stoi(words[3]));
  else
    throw std::invalid_argument("usage: list | send INTERFACE NAME | mutate INTERFACE SEED COUNT");
  return 0;
} catch (const std::exception& error) {
  std::cerr << "sync_forge: " << error.what() << '\n';
  return 1;
}
