// SPDX-License-Identifier: GPL-2.0-or-later
// usage: meter SINCE SUMMARY NAME:PID:FILE...
// Watch files that processes write: one line a second with what has arrived,
// and, when all processes have ended, a line "NAME BYTES PAUSE FROM" for each in
// the file SUMMARY, where PAUSE is the longest time without a byte, and FROM its
// beginning. SINCE is the zero of all times, in microseconds of the wall clock;
// times are printed in seconds.
#include <poll.h>
#include <sys/syscall.h>
#include <unistd.h>

#include <algorithm>
#include <chrono>
#include <cstdint>
#include <cstdio>
#include <filesystem>
#include <fstream>
#include <iostream>
#include <stdexcept>
#include <string>
#include <thread>
#include <utility>
#include <vector>

namespace {

using Microseconds = std::int64_t;

constexpr Microseconds kSecond = 1'000'000;
constexpr auto kSample = std::chrono::milliseconds(10);
constexpr std::uintmax_t kMark = 40'000;  // octets that a '#' stands for
constexpr int kMarks = 12;

Microseconds Now() {
  using namespace std::chrono;
  return duration_cast<microseconds>(system_clock::now().time_since_epoch()).count();
}

double Seconds(Microseconds time) { return static_cast<double>(time) / kSecond; }

struct Download {
  std::string name;
  int process = -1;  // a pidfd, open until the program ends
  std::filesystem::path file;
  std::uintmax_t bytes = 0;
  std::uintmax_t printed = 0;
  Microseconds grew = 0;
  Microseconds pause = 0;
  Microseconds pause_from = 0;
  bool ended = false;
};

bool HasEnded(int process) {
  pollfd event{process, POLLIN, 0};
  return poll(&event, 1, 0) == 1;
}

std::uintmax_t Size(const std::filesystem::path& file) {
  std::error_code missing;
  const auto size = std::filesystem::file_size(file, missing);
  return missing ? 0 : size;
}

void Sample(Download& download, Microseconds now) {
  if (download.ended) return;
  download.ended = HasEnded(download.process);
  const auto bytes = Size(download.file);
  if (now - download.grew > download.pause && download.bytes > 0) {
    download.pause = now - download.grew;
    download.pause_from = download.grew;
  }
  if (bytes == download.bytes) return;
  download.bytes = bytes;
  download.grew = now;
}

std::string Row(Download& download) {
  const auto grown = download.bytes - std::exchange(download.printed, download.bytes);
  const auto marks = std::min<std::uintmax_t>((grown + kMark / 2) / kMark, kMarks);
  const char* rest = grown == 0 && !download.ended ? "(nothing)" : "";
  char row[80];
  std::snprintf(row, sizeof row, "  %-4s%6ju kB  %-12s", download.name.c_str(),
                download.bytes / 1000, (std::string(marks, '#') + rest).c_str());
  return row;
}

void Print(std::vector<Download>& downloads, Microseconds time) {
  char clock[32];
  std::snprintf(clock, sizeof clock, "%6.1f s ", Seconds(time));
  std::string line = clock;
  for (auto& download : downloads) line += Row(download);
  std::cout << line << std::endl;
}

void Watch(std::vector<Download>& downloads, Microseconds since) {
  auto next = (Now() - since) / kSecond + 1;
  const auto ended = [](const Download& download) { return download.ended; };
  while (!std::ranges::all_of(downloads, ended)) {
    const auto time = Now() - since;
    for (auto& download : downloads) Sample(download, time);
    if (time >= next * kSecond) {
      Print(downloads, time);
      next = time / kSecond + 1;
    }
    std::this_thread::sleep_for(kSample);
  }
  Print(downloads, Now() - since);
}

Download Parse(const std::string& text) {
  const auto first = text.find(':');
  const auto second = text.find(':', first + 1);
  if (second == std::string::npos) throw std::invalid_argument(text);
  Download download;
  download.name = text.substr(0, first);
  download.file = text.substr(second + 1);
  const auto pid = std::stoi(text.substr(first + 1, second - first - 1));
  download.process = static_cast<int>(syscall(SYS_pidfd_open, pid, 0));
  if (download.process < 0) download.ended = true;
  download.bytes = Size(download.file);
  return download;
}

}  // namespace

int main(int argc, char** argv) try {
  if (argc < 4) throw std::invalid_argument("usage: meter SINCE SUMMARY NAME:PID:FILE...");
  const Microseconds since = std::stoll(argv[1]);
  std::vector<Download> downloads;
  for (int i = 3; i < argc; ++i) downloads.push_back(Parse(argv[i]));
  Watch(downloads, since);
  std::ofstream summary(argv[2]);
  for (const auto& download : downloads)
    summary << download.name << ' ' << download.bytes << ' ' << Seconds(download.pause) << ' '
            << Seconds(download.pause_from) << '\n';
  return summary.flush() ? 0 : 1;
} catch (const std::exception& error) {
  std::cerr << "meter: " << error.what() << '\n';
  return 1;
}
