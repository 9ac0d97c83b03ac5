// SPDX-License-Identifier: GPL-2.0-or-later
// Ask the generic netlink family IPVS by hand-made messages. usage:
//   genl_ask <REQUESTS           one answer a line: OK, or ERRNO SENTENCE @N, where N
//                                is the attribute blamed, or -N, the one missed; for a
//                                dump how many messages came
//   genl_ask interrupted         does a dump tell that its list changed meanwhile?
//   genl_ask fuzz SEED COUNT <REQUESTS
//                                send COUNT damaged copies; refusals must have a
//                                sentence and change nothing
// A request is [dump] COMMAND [ATTRIBUTE...], an attribute NAME=VALUE or NAME{ ... }.
// In place of a name a number will do, in place of a value #HEX or nothing (empty).
#include <arpa/inet.h>
#include <linux/genetlink.h>
#include <linux/netlink.h>
#include <sys/socket.h>
#include <unistd.h>

#include <cerrno>
#include <cstdint>
#include <cstring>
#include <iostream>
#include <map>
#include <random>
#include <span>
#include <sstream>
#include <stdexcept>
#include <string>
#include <system_error>
#include <vector>

namespace {

using Bytes = std::vector<std::uint8_t>;
using View = std::span<const std::uint8_t>;

// ---- what attributes are called

enum class Type { kU8, kU16, kBe16, kU32, kAddress, kAddress4, kText, kFlags };

struct Field {
  int number;
  Type type;
};

using Fields = std::map<std::string, Field>;

const Fields& FieldsOf(const std::string& nest) {
  static const std::map<std::string, Fields> fields = {
      {"",
       {{"tcp", {4, Type::kU32}}, {"tcpfin", {5, Type::kU32}}, {"udp", {6, Type::kU32}}}},
      {"service",
       {{"af", {1, Type::kU16}},
        {"protocol", {2, Type::kU16}},
        {"addr", {3, Type::kAddress}},
        {"port", {4, Type::kBe16}},
        {"fwmark", {5, Type::kU32}},
        {"sched", {6, Type::kText}},
        {"flags", {7, Type::kFlags}},
        {"timeout", {8, Type::kU32}},
        {"netmask", {9, Type::kAddress4}},
        {"pe", {11, Type::kText}}}},
      {"dest",
       {{"addr", {1, Type::kAddress}},
        {"port", {2, Type::kBe16}},
        {"fwd", {3, Type::kU32}},
        {"weight", {4, Type::kU32}},
        {"upper", {5, Type::kU32}},
        {"lower", {6, Type::kU32}},
        {"family", {11, Type::kU16}},
        {"tuntype", {13, Type::kU8}},
        {"tunport", {14, Type::kBe16}},
        {"tunflags", {15, Type::kU16}}}},
      {"daemon",
       {{"state", {1, Type::kU32}},
        {"ifn", {2, Type::kText}},
        {"syncid", {3, Type::kU32}},
        {"maxlen", {4, Type::kU16}},
        {"group", {5, Type::kAddress4}},
        {"group6", {6, Type::kAddress}},
        {"port", {7, Type::kU16}},
        {"ttl", {8, Type::kU8}}}},
  };
  return fields.at(nest);
}

const std::map<std::string, int>& Nests() {
  static const std::map<std::string, int> nests = {{"service", 1}, {"dest", 2}, {"daemon", 3}};
  return nests;
}

std::uint8_t CommandOf(const std::string& name) {
  static const std::vector<std::string> names = {
      "",         "new-service", "set-service", "del-service", "get-service", "new-dest",
      "set-dest", "del-dest",    "get-dest",    "new-daemon",  "del-daemon",  "get-daemon",
      "set-config", "get-config", "set-info",   "get-info",    "zero",        "flush"};
  for (std::size_t i = 1; i < names.size(); i++)
    if (names[i] == name) return i;
  return std::stoi(name);
}

// ---- requests to bytes

template <typename T>
Bytes Raw(T value) {
  Bytes bytes(sizeof(value));
  std::memcpy(bytes.data(), &value, sizeof(value));
  return bytes;
}

void Append(Bytes& to, View more) { to.insert(to.end(), more.begin(), more.end()); }

Bytes Hex(const std::string& text) {
  Bytes bytes;
  for (std::size_t i = 0; i + 1 < text.size(); i += 2)
    bytes.push_back(std::stoi(text.substr(i, 2), nullptr, 16));
  return bytes;
}

Bytes Address(const std::string& text, std::size_t size) {
  Bytes bytes(16);
  int family = text.find(':') == std::string::npos ? AF_INET : AF_INET6;
  if (inet_pton(family, text.c_str(), bytes.data()) != 1)
    throw std::runtime_error("no address: " + text);
  bytes.resize(size);
  return bytes;
}

Bytes Text(const std::string& text) {
  Bytes bytes(text.begin(), text.end());
  bytes.push_back(0);
  return bytes;
}

// FLAGS/MASK, both hexadecimal
Bytes Flags(const std::string& text) {
  Bytes bytes = Raw<std::uint32_t>(std::stoul(text, nullptr, 16));
  Append(bytes, Raw<std::uint32_t>(std::stoul(text.substr(text.find('/') + 1), nullptr, 16)));
  return bytes;
}

Bytes Value(Type type, const std::string& text) {
  if (text.empty() || text[0] == '#') return Hex(text.substr(text.empty() ? 0 : 1));
  switch (type) {
    case Type::kU8: return Raw<std::uint8_t>(std::stol(text));
    case Type::kU16: return Raw<std::uint16_t>(std::stol(text));
    case Type::kBe16: return Raw<std::uint16_t>(htons(std::stol(text)));
    case Type::kU32: return Raw<std::uint32_t>(std::stol(text));
    case Type::kAddress: return Address(text, 16);
    case Type::kAddress4: return Address(text, 4);
    case Type::kText: return Text(text == "''" ? "" : text);
    case Type::kFlags: return Flags(text);
  }
  throw std::logic_error("type");
}

void PutAttribute(Bytes& to, int number, View value) {
  nlattr header{static_cast<std::uint16_t>(sizeof(nlattr) + value.size()),
                static_cast<std::uint16_t>(number)};
  Append(to, Raw(header));
  Append(to, value);
  to.resize(NLA_ALIGN(to.size()));
}

void PutNamed(Bytes& to, const std::string& nest, const std::string& word) {
  std::size_t equals = word.find('=');
  if (equals == std::string::npos) throw std::runtime_error("neither = nor {: " + word);
  std::string name = word.substr(0, equals), value = word.substr(equals + 1);
  auto field = FieldsOf(nest).find(name);
  if (field != FieldsOf(nest).end())
    PutAttribute(to, field->second.number, Value(field->second.type, value));
  else
    PutAttribute(to, std::stoi(name), Value(Type::kText, value));
}

struct Request {
  bool dump = false;
  std::uint8_t command = 0;
  Bytes attributes;
};

Request Parse(const std::string& line) {
  std::istringstream words(line);
  std::string word, nest;
  Request request;
  Bytes inner;
  words >> word;
  request.dump = word == "dump";
  if (request.dump) words >> word;
  request.command = CommandOf(word);
  while (words >> word) {
    if (word.back() == '{') {
      nest = word.substr(0, word.size() - 1);
      inner.clear();
    } else if (word == "}") {
      PutAttribute(request.attributes, Nests().at(nest), inner);
      nest.clear();
    } else {
      PutNamed(nest.empty() ? request.attributes : inner, nest, word);
    }
  }
  return request;
}

// ---- bytes to answers

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

struct Answer {
  int error = 0;
  std::string sentence;
  std::string blamed;  // "@N", "-N" or nothing
  bool interrupted = false;
  std::vector<Bytes> messages;  // attributes only
};

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

// ---- the socket

class Socket {
 public:
  explicit Socket() : fd_(socket(AF_NETLINK, SOCK_RAW | SOCK_CLOEXEC, NETLINK_GENERIC)) {
    int one = 1;
    setsockopt(fd_, SOL_NETLINK, NETLINK_EXT_ACK, &one, sizeof(one));
    setsockopt(fd_, SOL_NETLINK, NETLINK_CAP_ACK, &one, sizeof(one));
    timeval patience{100, 0};
    setsockopt(fd_, SOL_SOCKET, SO_RCVTIMEO, &patience, sizeof(patience));
    family_ = Resolve();
  }
  Socket(const Socket&) = delete;
  Socket& operator=(const Socket&) = delete;
  ~Socket() { close(fd_); }

  Answer Ask(const Request& request) { return Exchange(family_, request); }

  void Send(std::uint16_t type, const Request& request) {
    genlmsghdr genl{request.command, 1, 0};
    nlmsghdr header{};
    header.nlmsg_len = NLMSG_LENGTH(sizeof(genl)) + request.attributes.size();
    header.nlmsg_type = type;
    header.nlmsg_flags = NLM_F_REQUEST | NLM_F_ACK | (request.dump ? NLM_F_DUMP : 0);
    header.nlmsg_seq = ++sequence_;
    sent_ = Raw(header);
    Append(sent_, Raw(genl));
    Append(sent_, request.attributes);
    if (send(fd_, sent_.data(), sent_.size(), 0) < 0)
      throw std::system_error(errno, std::generic_category(), "send");
  }

  // One datagram; false when it was the last of an answer.
  bool Receive(Answer& answer) {
    Bytes buffer(1 << 16);
    ssize_t length = recv(fd_, buffer.data(), buffer.size(), 0);
    if (length < 0) throw std::system_error(errno, std::generic_category(), "recv");
    View data(buffer.data(), length);
    while (data.size() >= sizeof(nlmsghdr)) {
      nlmsghdr header;
      std::memcpy(&header, data.data(), sizeof(header));
      if (!Message(answer, header, data.subspan(NLMSG_HDRLEN, header.nlmsg_len - NLMSG_HDRLEN)))
        return false;
      data = data.subspan(std::min<std::size_t>(NLMSG_ALIGN(header.nlmsg_len), data.size()));
    }
    return true;
  }

  std::uint16_t family() const { return family_; }

 private:
  bool Message(Answer& answer, const nlmsghdr& header, View payload) {
    if (header.nlmsg_flags & NLM_F_DUMP_INTR && header.nlmsg_type != NLMSG_ERROR)
      answer.interrupted = true;
    if (header.nlmsg_type == NLMSG_ERROR || header.nlmsg_type == NLMSG_DONE) {
      ReadError(answer, payload, sent_);
      return false;
    }
    View body = payload.subspan(GENL_HDRLEN);
    answer.messages.emplace_back(body.begin(), body.end());
    return true;
  }

  Answer Exchange(std::uint16_t type, const Request& request) {
    Answer answer;
    Send(type, request);
    while (Receive(answer)) {
    }
    return answer;
  }

  std::uint16_t Resolve() {
    Request request;
    request.command = CTRL_CMD_GETFAMILY;
    PutAttribute(request.attributes, CTRL_ATTR_FAMILY_NAME, Text("IPVS"));
    Answer answer = Exchange(GENL_ID_CTRL, request);
    if (answer.error || answer.messages.empty()) throw std::runtime_error("no family IPVS");
    return U32(Attributes(answer.messages[0]).at(CTRL_ATTR_FAMILY_ID)) & 0xffff;
  }

  int fd_;
  std::uint32_t sequence_ = 0;
  std::uint16_t family_ = 0;
  Bytes sent_;
};

// ---- the three uses

std::string Show(const Request& request, const Answer& answer) {
  std::string text;
  if (answer.error) {
    const char* name = strerrorname_np(answer.error);
    text = name ? name : std::to_string(answer.error);
    if (!answer.sentence.empty()) text += " " + answer.sentence;
    if (!answer.blamed.empty()) text += " " + answer.blamed;
    return text;
  }
  if (!request.dump) return "OK";
  return std::to_string(answer.messages.size()) + (answer.interrupted ? " interrupted" : "");
}

int AskAll(std::istream& lines) {
  Socket socket;
  std::string line;
  while (std::getline(lines, line)) {
    Request request = Parse(line);
    std::cout << Show(request, socket.Ask(request)) << std::endl;
  }
  return 0;
}

Request NewService(int mark) {
  return Parse("new-service service{ af=2 fwmark=" + std::to_string(mark) +
               " sched=none flags=0/ffffffff timeout=0 netmask=255.255.255.255 }");
}

// A list of 200 needs several datagrams; one more service joins it after the first.
int Interrupted() {
  Socket reader, writer;
  Answer answer;
  for (int mark = 1; mark <= 200; mark++) writer.Ask(NewService(mark));
  reader.Send(reader.family(), Parse("dump get-service"));
  bool more = reader.Receive(answer);
  if (!more || answer.interrupted) throw std::runtime_error("the dump ended too early");
  writer.Ask(NewService(201));
  while (more) more = reader.Receive(answer);
  std::cout << (answer.interrupted ? "interrupted" : "unaware") << std::endl;
  return answer.interrupted ? 0 : 1;
}

// All that users can read, services with their real servers, as bytes.
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

void DamageOnce(Bytes& bytes, std::mt19937& random) {
  if (bytes.empty()) return;
  std::size_t at = random() % bytes.size();
  switch (random() % 6) {
    case 0: bytes[at] ^= 1 << random() % 8; break;
    case 1: bytes[at] = random(); break;
    case 2: bytes[at] = 0; break;
    case 3: bytes[at] = 0xff; break;
    case 4: bytes.resize(at); break;
    case 5: {
      Bytes copy(bytes.begin() + at / 4 * 4, bytes.end());
      Append(bytes, copy);
      break;
    }
  }
}

std::vector<Request> ReadAll(std::istream& lines) {
  std::vector<Request> requests;
  std::string line;
  while (std::getline(lines, line)) requests.push_back(Parse(line));
  return requests;
}

std::string Complaint(const Answer& answer, bool changed) {
  const char* name = strerrorname_np(answer.error);
  if (answer.sentence.empty() && answer.error != EOPNOTSUPP)
    return std::string("no sentence with ") + (name ? name : "?");
  if (changed) return "changed something and was refused: " + answer.sentence;
  return "";
}

int Fuzz(std::uint32_t seed, int count) {
  std::vector<Request> requests = ReadAll(std::cin);
  std::mt19937 random(seed);
  Socket socket;
  int refused = 0, bad = 0;
  Bytes before = Snapshot(socket);
  for (int i = 0; i < count; i++) {
    Request request = requests.at(random() % requests.size());
    for (unsigned n = random() % 4; n > 0; n--) DamageOnce(request.attributes, random);
    if (random() % 16 == 0) request.command = random() % 20;
    if (request.attributes.size() > 4000) continue;
    Answer answer = socket.Ask(request);
    Bytes after = Snapshot(socket);
    if (answer.error) {
      std::string complaint = Complaint(answer, after != before);
      refused++;
      if (!complaint.empty()) bad++;
      if (!complaint.empty()) std::cout << "request " << i << ": " << complaint << std::endl;
    }
    before = std::move(after);
  }
  std::cout << count << " sent, " << refused << " refused, " << bad << " badly" << std::endl;
  return bad || refused * 4 < count;
}

}  // namespace

int main(int argc, char** argv) {
  try {
    std::vector<std::string> words(argv + 1, argv + argc);
    if (words.empty()) return AskAll(std::cin);
    if (words[0] == "interrupted") return Interrupted();
    if (words[0] == "fuzz" && words.size() == 3) return Fuzz(std::stoul(words[1]), std::stoi(words[2]));
    throw std::runtime_error("bad usage, see the head of this file");
  } catch (const std::exception& error) {
    std::cerr << "genl_ask: " << error.what() << std::endl;
    return 2;
  }
}
