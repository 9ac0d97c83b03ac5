// SPDX-License-Identifier: GPL-2.0-or-later
#include "fuzz.h"

#include <linux/netlink.h>

#include <array>
#include <cerrno>
#include <chrono>
#include <cstring>
#include <iostream>
#include <map>
#include <random>

#include "socket.h"

namespace genl {

namespace {

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

constexpr std::size_t kLongest = 4000;
constexpr int kCommands = 20;  // some more than there are

Bytes Noise(std::mt19937& random, std::size_t size) {
  Bytes bytes(size);
  for (auto& byte : bytes) byte = random();
  return bytes;
}

// Values that are nearly right: of the sizes that attributes have, full of one octet.
Bytes Value(std::mt19937& random) {
  constexpr std::array<std::size_t, 10> sizes{0, 1, 2, 3, 4, 5, 8, 15, 16, 17};
  if (random() % 4 == 0) return Noise(random, random() % 64);
  return Bytes(sizes[random() % sizes.size()], std::array{0, 1, 2, 10, 0xff}[random() % 5]);
}

// A tree of attributes that nobody has asked for.
Bytes Tree(std::mt19937& random, int depth) {
  Bytes bytes;
  for (unsigned n = random() % 6; n > 0; n--) {
    int type = random() % 18 + (random() % 8 ? 0 : 60);
    if (random() % 4 == 0) type |= NLA_F_NESTED;
    PutAttribute(bytes, type, depth && random() % 3 ? Tree(random, depth - 1) : Value(random));
  }
  return bytes;
}

// One of the examples, damaged, or a tree out of nothing.
Request Damaged(const std::vector<Request>& examples, std::mt19937& random) {
  Request request;
  if (random() % 4) {
    request = examples.at(random() % examples.size());
  } else {
    request.command = random() % kCommands;
    request.attributes = Tree(random, 3);
  }
  for (unsigned n = random() % 4; n > 0; n--) DamageOnce(request.attributes, random);
  if (random() % 16 == 0) request.command = random() % kCommands;
  if (random() % 8 == 0) request.dump = !request.dump;
  // Replace, exclusive, create, append: nothing that the family asks for.
  if (random() % 8 == 0 && !request.dump) request.flags = random() & 0xf00 & ~NLM_F_DUMP;
  if (request.attributes.size() > kLongest) request.attributes.resize(kLongest);
  return request;
}

std::string Complaint(const Answer& answer, bool changed) {
  const char* name = strerrorname_np(answer.error);
  if (answer.sentence.empty() && answer.error != EOPNOTSUPP)
    return std::string("no sentence with ") + (name ? name : "?");
  if (changed) return "changed something and was refused: " + answer.sentence;
  return "";
}

}  // namespace

int Fuzz(std::uint32_t seed, int count, std::istream& in) {
  std::vector<Request> examples = ReadAll(in);
  std::mt19937 random(seed);
  Socket socket;
  int refused = 0, bad = 0;
  Bytes before = Snapshot(socket);
  for (int i = 0; i < count; i++) {
    Answer answer = socket.Ask(Damaged(examples, random));
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
  return bad || refused * 4 < count || refused == count;
}

int Denied(std::uint32_t seed, int count, std::istream& in) {
  std::vector<Request> examples = ReadAll(in);
  std::mt19937 random(seed);
  Socket socket;
  int accepted = 0;
  for (int i = 0; i < count; i++) {
    Answer answer = socket.Ask(Damaged(examples, random));
    if (answer.error && answer.messages.empty()) continue;
    accepted++;
    std::cout << "request " << i << " was accepted" << std::endl;
  }
  std::cout << count << " sent, " << accepted << " accepted" << std::endl;
  return accepted > 0;
}

int Storm(std::uint32_t seed, int seconds, std::istream& in) {
  std::vector<Request> requests = ReadAll(in);
  std::mt19937 random(seed);
  std::map<std::string, int> answers;
  Socket socket;
  const auto end = std::chrono::steady_clock::now() + std::chrono::seconds(seconds);
  while (std::chrono::steady_clock::now() < end) {
    Answer answer = socket.Ask(requests.at(random() % requests.size()));
    answers[answer.error ? strerrorname_np(answer.error) : answer.lost ? "lost" : "OK"]++;
  }
  for (const auto& [name, count] : answers) std::cout << name << "=" << count << " ";
  std::cout << std::endl;
  return 0;
}

}  // namespace genl
