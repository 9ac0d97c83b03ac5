// SPDX-License-Identifier: GPL-2.0-or-later
#include "step.h"

#include <fcntl.h>
#include <unistd.h>

#include <cerrno>
#include <cstdlib>
#include <map>
#include <sstream>

#include "file.h"
#include "life.h"

namespace genl {

namespace {

// A dump goes on while it is received; any other request ends when it is sent.
Outcome Ask(Socket& socket, const Request& request, Answer& answer) {
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

// A socket of its own: what is left of a dump that failed is nobody's hindrance.
Result TryRequest(const Step& step, Injection& injection, int n) {
  Result result;
  Socket socket;
  socket.Wait(200);  // the answer is there as soon as the request is sent, or never
  injection.Arm(n);
  result.outcome = Ask(socket, step.request, result.answer);
  result.injected = injection.Disarm();
  return result;
}

Result TryWrite(const Step& step, Injection& injection, int n) {
  Result result;
  File file(step.file, O_WRONLY);
  injection.Arm(n);
  bool done = write(file.fd(), step.value.data(), step.value.size()) >= 0;
  result.outcome = Judge(done, result.answer);
  result.injected = injection.Disarm();
  return result;
}

Result Shell(const Step& step) {
  Result result;
  result.outcome = std::system(step.value.c_str()) ? Outcome::kRefused : Outcome::kDone;
  return result;
}

}  // namespace

Outcome Judge(bool done, Answer& answer) {
  if (!done) answer.error = errno;
  return done ? Outcome::kDone : Outcome::kRefused;
}

Injection::Injection() : fd_(open("/proc/thread-self/fail-nth", O_RDWR | O_CLOEXEC)) {
  if (fd_ < 0) Throw("fail-nth");
}

Injection::~Injection() { close(fd_); }

void Injection::Arm(int n) {
  std::string text = std::to_string(n);
  armed_ = n;
  if (pwrite(fd_, text.data(), text.size(), 0) < 0) Throw("fail-nth");
}

bool Injection::Disarm() {
  int saved = errno;
  char text[16] = {};
  if (pread(fd_, text, sizeof(text) - 1, 0) < 0) Throw("fail-nth");
  bool injected = armed_ && std::atoi(text) == 0;
  Arm(0);
  errno = saved;
  return injected;
}

Step ReadStep(const std::string& text) {
  static const std::map<std::string, Step::Kind> kinds = {
      {"load", Step::Kind::kLoad}, {"unload", Step::Kind::kUnload}, {"space", Step::Kind::kSpace}};
  std::istringstream words(text);
  std::string first;
  Step step;
  words >> first;
  if (first[0] == '!') {
    step.kind = Step::Kind::kShell;
    step.value = text.substr(text.find('!') + 1);
  } else if (first == "write") {
    step.kind = Step::Kind::kWrite;
    words >> step.file >> step.value;
  } else if (kinds.contains(first)) {
    step.kind = kinds.at(first);
    words >> step.value;
  } else {
    step.request = Parse(text);
  }
  return step;
}

Result Try(const Step& step, Injection& injection, int n) {
  switch (step.kind) {
    case Step::Kind::kRequest: return TryRequest(step, injection, n);
    case Step::Kind::kWrite: return TryWrite(step, injection, n);
    case Step::Kind::kLoad: return LoadModule(step.value, injection, n);
    case Step::Kind::kUnload: return UnloadModule(step.value);
    case Step::Kind::kSpace: return TrySpace(injection, n);
    case Step::Kind::kShell: return Shell(step);
  }
  throw std::logic_error("kind");
}

}  // namespace genl
