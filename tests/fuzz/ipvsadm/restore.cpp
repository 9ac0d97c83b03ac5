// SPDX-License-Identifier: GPL-2.0-or-later
// What ipvsadm -R reads. The input is such a file. What it makes is saved, and
// restoring that makes the same.
// executions: 6000
#include <sstream>

#include "../require.h"
#include "fake_kernel.h"
#include "run.h"
#include "words.h"

namespace {

class Director {
 public:
  // The exit status.
  int run(const std::vector<std::string>& words, const std::string& input) {
    std::istringstream in(input);
    std::ostringstream out, err;
    ipvs::Session session{kernel_, names_, in, out, err, "ipvsadm", "0"};
    int status = ipvs::run(words, session);

    require(!status == err.str().empty(), "a status and a reason go together");
    output_ = out.str();
    return status;
  }

  std::string saved() {
    require(!run({"-S", "-n"}, ""), "what there is can be saved");
    return output_;
  }

 private:
  ipvs::FakeKernel kernel_;
  ipvs::FakeNames names_;
  std::string output_;
};

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
  Director one, other;

  one.run({"-R"}, std::string(data, data + size));
  std::string saved = one.saved();
  require(!other.run({"-R"}, saved), "what was saved is accepted");
  require(other.saved() == saved, "what was restored is the same");
  return 0;
}
