// SPDX-License-Identifier: GPL-2.0-or-later
#include <iostream>

#include "genl_kernel.h"
#include "names.h"
#include "run.h"

int main(int argc, char** argv) {
  ipvs::GenlKernel kernel;
  ipvs::SystemNames names;
  ipvs::Session session{kernel,    names,
                        std::cin,  std::cout,
                        std::cerr, argc > 0 ? argv[0] : "ipvsadm",
                        IPVSADM_VERSION};
  std::vector<std::string> words;

  for (int i = 1; i < argc; i++)
    words.emplace_back(argv[i]);
  int status = ipvs::run(words, session);
  if (!std::cout.flush()) {
    std::cerr << "The output could not be written\n";
    return ipvs::exit_list;
  }
  return status;
}
