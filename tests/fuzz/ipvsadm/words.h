// SPDX-License-Identifier: GPL-2.0-or-later
// Mutation of commands word by word, beside libFuzzer's own octet by octet.
#pragma once

#include <algorithm>
#include <array>
#include <cstdint>
#include <cstring>
#include <random>
#include <string>

extern "C" size_t LLVMFuzzerMutate(uint8_t* data, size_t size, size_t max);

namespace words {

constexpr std::array known{
    "-A", "-E", "-D", "-C", "-R", "-S", "-a", "-e", "-d", "-L", "-Z", "-l", "-t", "-u", "-f", "-6",
    "-s", "-p", "-M", "-r", "-m", "-i", "-g", "-w", "-x", "-y", "-c", "-o", "-n", "-b", "-h", "-v",
    "--set", "--start-daemon", "--stop-daemon", "--sctp-service", "--pe", "--tun-type",
    "--tun-port", "--tun-csum", "--tun-nocsum", "--tun-remcsum", "--timeout", "--daemon", "--stats",
    "--rate", "--exact", "--thresholds", "--persistent-conn", "--nosort", "--sort", "--syncid",
    "--sync-maxlen", "--mcast-interface", "--mcast-group", "--mcast-port", "--mcast-ttl",
    "--weight=7", "--real-server", "master", "backup", "gue", "gre", "ipip", "sip", "rr", "wlc",
    "mh", "sh", "sh-port,sh-fallback", "mh-fallback", "flag-2", "lo", "eth0", "http", "localhost",
    "192.0.2.1:80", "10.0.0.1", "10.1:0", "[2001:db8::1]:53", "[::1]", "224.0.0.9", "ff05::51",
    "255.255.255.0", "0", "1", "9", "10", "64", "128", "255", "256", "1472", "65535", "65536",
    "2147483647", "2147483648", "4294967295", "4294967296", "-1", "''", "\"a b\"", "\\", "#", "\n"};

inline bool is_blank(char c) {
  return c == ' ' || c == '\n';
}

struct Span {
  size_t from, to;
};

// A word, or nothing where there is none.
inline Span word_at(const std::string& text, size_t at) {
  Span span{at, at};

  while (span.from > 0 && !is_blank(text[span.from - 1]))
    span.from--;
  while (span.to < text.size() && !is_blank(text[span.to]))
    span.to++;
  return span;
}

inline void mutate(std::string& text, std::mt19937& random) {
  Span span = word_at(text, random() % (text.size() + 1));
  std::string word = text.substr(span.from, span.to - span.from);
  std::string other = known[random() % known.size()];

  switch (random() % 5) {
    case 0:  // another instead
    case 1:
      text.replace(span.from, word.size(), other);
      break;
    case 2:  // one more
      text.insert(span.from, other + (random() % 4 ? " " : "\n"));
      break;
    case 3:  // one less
      text.erase(span.from, word.size() + 1);
      break;
    case 4:  // the same at another place
      Span to = word_at(text, random() % (text.size() + 1));
      text.replace(to.from, to.to - to.from, word);
      break;
  }
}

}  // namespace words

extern "C" size_t LLVMFuzzerCustomMutator(uint8_t* data, size_t size, size_t max,
                                          unsigned int seed) {
  std::mt19937 random(seed);
  std::string text(data, data + size);

  if (random() % 4 == 0)
    return LLVMFuzzerMutate(data, size, max);
  for (int n = random() % 3; n >= 0; n--)
    words::mutate(text, random);
  size = std::min(text.size(), max);
  std::memcpy(data, text.data(), size);
  return size;
}
