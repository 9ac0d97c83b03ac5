// SPDX-License-Identifier: GPL-2.0-or-later
// What no transcript of tests/cli can provoke.
#include "run.h"

#include <gtest/gtest.h>
#include <linux/ip_vs.h>

#include <cerrno>
#include <sstream>

#include "fake_kernel.h"

namespace ipvs {
namespace {

struct Outcome {
  int status;
  std::string out, err;
};

Outcome run_on(Kernel& kernel, const std::vector<std::string>& words) {
  FakeNames names;
  std::istringstream in;
  std::ostringstream out, err;
  Session session{kernel, names, in, out, err, "ipvsadm", "0"};
  int status = run(words, session);

  return {status, out.str(), err.str()};
}

// Both are listed, but one is gone when it is to be stopped.
class HastyKernel : public FakeKernel {
 public:
  Answer<Done> stop_daemon(uint32_t state) override {
    if (state == IP_VS_STATE_MASTER)
      return Refusal{ESRCH, {}};
    stopped = true;
    return FakeKernel::stop_daemon(state);
  }

  bool stopped = false;
};

TEST(Run, DaemonThatEndsMeanwhileIsNoFailure) {
  HastyKernel kernel;
  run_on(kernel, {"--start-daemon=master"});
  run_on(kernel, {"--start-daemon=backup"});
  EXPECT_EQ(run_on(kernel, {"--stop-daemon"}).status, 0);
  EXPECT_TRUE(kernel.stopped);
}

TEST(Run, DaemonThatCannotBeStoppedIsAFailure) {
  FakeKernel kernel;
  run_on(kernel, {"--start-daemon=master"});
  kernel.refuse("stop_daemon", {ENOMEM, {}});
  Outcome outcome = run_on(kernel, {"--stop-daemon"});
  EXPECT_EQ(outcome.status, 255);
  EXPECT_EQ(outcome.err, "Memory allocation problem\n");
}

TEST(Run, ListThatCannotBeHadHasItsOwnStatus) {
  FakeKernel kernel;
  kernel.refuse("services", {ENOMEM, {}});
  Outcome outcome = run_on(kernel, {"-L"});
  EXPECT_EQ(outcome.status, 1);
  EXPECT_EQ(outcome.err, "Memory allocation problem\n");
  kernel.refuse("daemons", {EPERM, {}});
  EXPECT_EQ(run_on(kernel, {"-L", "--daemon"}).status, 1);
}

TEST(Run, HelpNeedsNoKernel) {
  FakeKernel kernel;
  kernel.refuse("info", {ENOPROTOOPT, {}});
  EXPECT_EQ(run_on(kernel, {"-h"}).status, 0);
  EXPECT_EQ(run_on(kernel, {"-C"}).status, 2);
}

}  // namespace
}  // namespace ipvs
