// SPDX-License-Identifier: GPL-2.0-or-later
#include "request.h"

#include <arpa/inet.h>
#include <linux/netlink.h>
#include <sys/socket.h>

#include <istream>
#include <map>
#include <sstream>
#include <stdexcept>

namespace genl {

void Append(Bytes& to, View more) { to.insert(to.end(), more.begin(), more.end()); }

Bytes Text(const std::string& text) {
  Bytes bytes(text.begin(), text.end());
  bytes.push_back(0);
  return bytes;
}

void PutAttribute(Bytes& to, int number, View value) {
  nlattr header{static_cast<std::uint16_t>(sizeof(nlattr) + value.size()),
                static_cast<std::uint16_t>(number)};
  Append(to, Raw(header));
  Append(to, value);
  to.resize(NLA_ALIGN(to.size()));
}

namespace {

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

}  // namespace

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

std::vector<Request> ReadAll(std::istream& lines) {
  std::vector<Request> requests;
  std::string line;
  while (std::getline(lines, line)) requests.push_back(Parse(line));
  return requests;
}

}  // namespace genl
