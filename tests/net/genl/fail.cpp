// SPDX-License-Identifier: GPL-2.0-or-later
#include "fail.h"

#include <fcntl.h>
#include <unistd.h>

#include <cerrno>
#include <cstring>
#include <iostream>
#include <sstream>
#include <system_error>

#include "socket.h"

namespace genl {

namespace {

constexpr int kMost = 400;  // allocations of one request

// The thread's n-th allocation from now on fails.
class Injection {
 public:
  Injection() : fd_(open("/proc/thread-self/fail-nth", O_RDWR | O_CLOEXEC)) {
    if (fd_ < 0) throw std::system_error(errno, std::generic_category(), "fail-nth");
  }
  Injection(const Injection&) = delete;
  Injection& operator=(const Injection&) = delete;
  ~Injection() { close(fd_); }

  void Arm(int n) {
    std::string text = std::to_string(n);
    if (pwrite(fd_, text.data(), text.size(), 0) < 0)
      throw std::system_error(errno, std::generic_category(), "fail-nth");
  }

  // Whether it came to it.
  bool Disarm() {
    char text[16] = {};
    if (pread(fd_, text, sizeof(text) - 1, 0) < 0)
      throw std::system_error(errno, std::generic_category(), "fail-nth");
    bool injected = std::stoi(text) == 0;
    Arm(0);
    return injected;
  }

 private:
  int fd_;
};

struct Trial {
  Request request;
  std::vector<Request> undo;
  std::string text;
};

Trial ReadTrial(const std::string& line) {
  std::istringstream parts(line);
  std::string part;
  Trial trial;
  std::getline(parts, trial.text, '|');
  trial.request = Parse(trial.text);
  while (std::getline(parts, part, '|')) trial.undo.push_back(Parse(part));
  return trial;
}

enum class Outcome { kDone, kRefused, kUnknown };

// A dump goes on while it is received; any other request ends when it is sent.
Outcome Try(Socket& socket, const Request& request, Answer& answer) {
  try {
    socket.Send(request);
  } catch (const std::system_error& error) {
    answer.error = error.code().value();
    return Outcome::kRefused;
  }
  try {
    while (socket.Receive(answer)) {
    }
  } catch (const std::system_error& error) {
    answer.lost = true;
  }
  if (answer.lost) return Outcome::kUnknown;
  return answer.error ? Outcome::kRefused : Outcome::kDone;
}

struct Tally {
  int refused = 0, unknown = 0, done = 0;
};

void Count(Tally& tally, Outcome outcome) {
  (outcome == Outcome::kRefused   ? tally.refused
   : outcome == Outcome::kUnknown ? tally.unknown
                                  : tally.done)++;
}

std::string Complaint(const Trial& trial, const Answer& answer, Outcome outcome, bool changed) {
  std::string what = std::strerror(answer.error);
  if (outcome == Outcome::kRefused && changed) return "changed something: " + what;
  // The family may be gone as the message cannot be made, but no rule is broken.
  if (outcome == Outcome::kRefused && answer.error != ENOMEM && answer.error != ENOBUFS)
    return "another error: " + what + " " + answer.sentence;
  if (outcome == Outcome::kDone && !trial.undo.empty() && !changed) return "done, and is not there";
  return "";
}

bool Run(Socket& socket, Injection& injection, const Trial& trial) {
  Tally tally;
  for (int n = 1; n <= kMost; n++) {
    Answer answer;
    Bytes before = Snapshot(socket);
    injection.Arm(n);
    Outcome outcome = Try(socket, trial.request, answer);
    bool injected = injection.Disarm(), changed = Snapshot(socket) != before;
    std::string complaint = Complaint(trial, answer, outcome, changed);
    if (!injected && outcome != Outcome::kDone) complaint = "refused for no reason " + answer.sentence;
    if (changed)
      for (const Request& undo : trial.undo) socket.Ask(undo);
    if (!trial.undo.empty() && Snapshot(socket) != before) complaint = "cannot be undone";
    if (!complaint.empty()) {
      std::cout << trial.text << ": allocation " << n << ": " << complaint << std::endl;
      return false;
    }
    if (!injected) {
      std::cout << trial.text << ": " << n - 1 << " failed: " << tally.refused << " refused, "
                << tally.unknown << " unknown, " << tally.done << " did without" << std::endl;
      return true;
    }
    Count(tally, outcome);
  }
  std::cout << trial.text << ": no end of allocations" << std::endl;
  return false;
}

}  // namespace

int Fail(std::istream& lines) {
  std::string line;
  Socket socket;
  Injection injection;
  socket.Wait(200);  // the answer is there as soon as the request is sent, or never
  int bad = 0;
  while (std::getline(lines, line)) bad += !Run(socket, injection, ReadTrial(line));
  return bad > 0;
}

}  // namespace genl
