// SPDX-License-Identifier: GPL-2.0-or-later
// Ask the generic netlink family IPVS by hand-made messages (see request.h). usage:
//   genl <REQUESTS           one answer a line: OK, or ERRNO SENTENCE @N, where N
//                                is the attribute blamed, or -N, the one missed; for a
//                                dump how many messages came
//   genl interrupted [ATTRIBUTE]
//                                does a dump tell that its list changed meanwhile?
//   genl fuzz SEED COUNT <REQUESTS
//                                send COUNT damaged copies and trees of attributes out
//                                of nothing; refusals must have a sentence and change
//                                nothing
//   genl denied SEED COUNT <REQUESTS
//                                the same from somebody who may not: all is refused
//   genl storm SEED SECONDS <REQUESTS
//                                send them at random for so long, and count the answers
//   genl fail <REQUESTS      fail one allocation of each after the other, see fail.h
#include <cstring>
#include <exception>
#include <iostream>

#include "fail.h"
#include "fuzz.h"
#include "socket.h"

namespace genl {
namespace {

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
int Interrupted(const std::string& attribute) {
  Socket reader, writer;
  Answer answer;
  for (int mark = 1; mark <= 200; mark++) writer.Ask(NewService(mark));
  reader.Send(Parse("dump get-service " + attribute));
  bool more = reader.Receive(answer);
  if (!more || answer.interrupted) throw std::runtime_error("the dump ended too early");
  writer.Ask(NewService(201));
  while (more) more = reader.Receive(answer);
  std::cout << (answer.interrupted ? "interrupted" : "unaware") << std::endl;
  return 0;
}

int Use(const std::vector<std::string>& words) {
  if (words.empty()) return AskAll(std::cin);
  if (words[0] == "interrupted") return Interrupted(words.size() > 1 ? words[1] : "");
  if (words[0] == "fail") return Fail(std::cin);
  if (words.size() == 3 && words[0] == "fuzz")
    return Fuzz(std::stoul(words[1]), std::stoi(words[2]), std::cin);
  if (words.size() == 3 && words[0] == "denied")
    return Denied(std::stoul(words[1]), std::stoi(words[2]), std::cin);
  if (words.size() == 3 && words[0] == "storm")
    return Storm(std::stoul(words[1]), std::stoi(words[2]), std::cin);
  throw std::runtime_error("bad usage, see the head of this file");
}

}  // namespace
}  // namespace genl

int main(int argc, char** argv) {
  try {
    return genl::Use({argv + 1, argv + argc});
  } catch (const std::exception& error) {
    std::cerr << "genl: " << error.what() << std::endl;
    return 2;
  }
}
