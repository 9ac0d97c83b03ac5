// SPDX-License-Identifier: GPL-2.0-or-later
// The command line. Blanks separate the words of the input. What makes a service or a
// server is printed as a command that makes the same.
// executions: 200000
#include "options.h"

#include <linux/ip_vs.h>

#include "../require.h"
#include "fake_kernel.h"
#include "format.h"
#include "restore.h"
#include "words.h"

namespace ipvs {
namespace {

// These are the kernel's to judge, which knows but plain words.
bool plain(const std::string& name) {
  return name.find_first_not_of("abcdefghijklmnopqrstuvwxyz") == std::string::npos && !name.empty();
}

bool plain_names(const Service& service) {
  return plain(service.scheduler) && (service.engine.empty() || plain(service.engine));
}

Result<Command> again(const std::string& line, Names& names) {
  auto words = restore_words(line);

  require(bool(words), "a saved line has words");
  return parse(*words, names);
}

void same_service(const Service& service, Names& names) {
  if (!plain_names(service))
    return;
  auto command = again(save_service(service, {names, true, true}), names);
  require(command && command->verb == Verb::add_service, "a saved service is a command");
  const Service& other = command->service;
  require(other.id == service.id && other.scheduler == service.scheduler &&
              other.engine == service.engine && other.flags == service.flags &&
              other.timeout == service.timeout,
          "a saved service is the same");
  // Without persistence there is nothing for a mask to do.
  require(!(service.flags & IP_VS_SVC_F_PERSISTENT) || other.netmask == service.netmask,
          "its mask too");
}

void same_dest(const Command& given, Names& names) {
  const Dest& dest = given.dest;
  auto command = again(save_dest(given.service, dest, {names, true, true}), names);

  require(command && command->verb == Verb::add_server, "a saved server is a command");
  const Dest& other = command->dest;
  require(command->service.id == given.service.id && other.endpoint == dest.endpoint &&
              other.forward == dest.forward && other.weight == dest.weight &&
              other.upper == dest.upper && other.lower == dest.lower &&
              other.tunnel.type == dest.tunnel.type && other.tunnel.port == dest.tunnel.port &&
              other.tunnel.flags == dest.tunnel.flags,
          "a saved server is the same");
}

void words(const std::vector<std::string>& words) {
  FakeNames names;
  auto command = parse(words, names);

  if (!command) {
    require(!command.error().text.empty() && command.error().status, "a refusal has a reason");
    return;
  }
  if (command->verb == Verb::add_service)
    same_service(command->service, names);
  if (command->verb == Verb::add_server)
    same_dest(*command, names);
}

}  // namespace
}  // namespace ipvs

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
  std::vector<std::string> words(1);

  for (size_t i = 0; i < size; i++) {
    if (data[i] == '\n' || data[i] == ' ')
      words.emplace_back();
    else if (data[i])
      words.back() += static_cast<char>(data[i]);
  }
  if (words.back().empty())
    words.pop_back();
  ipvs::words(words);
  return 0;
}
