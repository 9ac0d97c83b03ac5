// SPDX-License-Identifier: GPL-2.0-or-later
#include "life.h"

#include <fcntl.h>
#include <sched.h>
#include <sys/syscall.h>
#include <sys/utsname.h>
#include <unistd.h>

#include <filesystem>
#include <fstream>
#include <set>

#include "file.h"

namespace genl {

namespace {

using Names = std::set<std::string>;

// The first word of each line.
void AddLines(Names& names, const std::string& path, const std::string& beginning) {
  std::ifstream file(path);
  std::string word, rest;
  while (file >> word && std::getline(file, rest))
    if (word.starts_with(beginning)) names.insert(path + " " + word);
}

void AddFiles(Names& names, const std::string& folder, const std::string& beginning) {
  std::error_code none;
  for (const auto& entry : std::filesystem::directory_iterator(folder, none))
    if (entry.path().filename().string().starts_with(beginning)) names.insert(entry.path());
}

void AddOurFiles(Names& names) {
  AddFiles(names, "/proc/thread-self/net", "ip_vs");
  AddFiles(names, "/proc/sys/net/ipv4/vs", "");
}

Bytes Join(const Names& names) {
  Bytes all;
  for (const std::string& name : names) Append(all, Text(name));
  return all;
}

std::string PathOf(const std::string& module) {
  utsname system;
  uname(&system);
  return std::string("/lib/modules/") + system.release + "/updates/" + module + ".ko";
}

}  // namespace

Bytes Loaded() {
  Names names;
  AddLines(names, "/proc/modules", "");
  AddLines(names, "/proc/slabinfo", "ip_vs");
  AddOurFiles(names);
  return Join(names);
}

Result LoadModule(const std::string& name, Injection& injection, int n) {
  Result result;
  File file(PathOf(name), O_RDONLY);
  injection.Arm(n);
  bool done = syscall(SYS_finit_module, file.fd(), "", 0) == 0;
  result.outcome = Judge(done, result.answer);
  result.injected = injection.Disarm();
  return result;
}

Result UnloadModule(const std::string& name) {
  Result result;
  bool done = syscall(SYS_delete_module, name.c_str(), O_NONBLOCK) == 0;
  result.outcome = Judge(done, result.answer);
  return result;
}

Result TrySpace(Injection& injection, int n) {
  Result result;
  File home("/proc/thread-self/ns/net", O_RDONLY);
  injection.Arm(n);
  bool done = unshare(CLONE_NEWNET) == 0;
  result.outcome = Judge(done, result.answer);
  result.injected = injection.Disarm();
  if (!done) return result;
  Names names;
  AddOurFiles(names);
  Socket socket;
  result.answer.messages = {Join(names), Snapshot(socket)};
  if (setns(home.fd(), CLONE_NEWNET) < 0) Throw("setns");
  return result;
}

}  // namespace genl
