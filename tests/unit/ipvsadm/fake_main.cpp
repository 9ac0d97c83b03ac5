// SPDX-License-Identifier: GPL-2.0-or-later
// ipvsadm upon the fake kernel. Its state comes from the file that
// IPVSADM_FAKE_STATE names, and goes back there.
#include <cstdlib>
#include <fstream>
#include <iostream>

#include "fake_kernel.h"
#include "run.h"

int main(int argc, char** argv) {
  const char* path = std::getenv("IPVSADM_FAKE_STATE");
  std::vector<std::string> words(argv + 1, argv + argc);
  ipvs::FakeKernel kernel;
  ipvs::FakeNames names;

  if (!path) {
    std::cerr << "IPVSADM_FAKE_STATE is not set\n";
    return 99;
  }
  std::ifstream before(path);
  kernel.load(before, names);
  ipvs::Session session{kernel, names, std::cin, std::cout, std::cerr, argv[0], "0-test"};
  int status = ipvs::run(words, session);
  std::ofstream after(path);
  kernel.save(after, names);
  return status;
}
