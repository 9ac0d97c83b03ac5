// SPDX-License-Identifier: GPL-2.0-or-later
// Words to commands. Messages and statuses are in tests/cli; here is what
// the values are.
#include "options.h"

#include <gtest/gtest.h>
#include <linux/ip_vs.h>

#include "fake_kernel.h"
#include "restore.h"
#include "text.h"

namespace ipvs {
namespace {

Result<Command> parsed(const std::string& line) {
  FakeNames names;
  return parse(*restore_words(line), names);
}

TEST(Options, DefaultsOfAService) {
  auto command = parsed("-A -t 10.0.0.1:80");
  ASSERT_TRUE(command);
  EXPECT_EQ(command->verb, Verb::add_service);
  EXPECT_EQ(command->service.scheduler, "wlc");
  EXPECT_EQ(command->service.flags, 0u);
  EXPECT_EQ(command->service.netmask, ~0u);
  EXPECT_EQ(parsed("-A -t [2001:db8::1]:80")->service.netmask, 128u);
  EXPECT_EQ(parsed("-A -f 1 -6")->service.netmask, 128u);
}

TEST(Options, PersistenceTakesTheNextWordUnlessItIsAnOption) {
  EXPECT_EQ(parsed("-A -p -t 10.0.0.1")->service.timeout, 360u);
  EXPECT_EQ(parsed("-A -t 10.0.0.1 -p")->service.timeout, 360u);
  EXPECT_EQ(parsed("-A -t 10.0.0.1 -p 44")->service.timeout, 44u);
  EXPECT_EQ(parsed("-A -t 10.0.0.1 -p44")->service.timeout, 44u);
  EXPECT_EQ(parsed("-A -t 10.0.0.1 --persistent=44")->service.timeout, 44u);
  EXPECT_TRUE(parsed("-A -t 10.0.0.1 -p -s rr")->service.flags & IP_VS_SVC_F_PERSISTENT);
}

TEST(Options, DaemonsInAllSpellings) {
  for (const char* line : {"--start-daemon master --mcast-interface eth1",
                           "--start-daemon=master --mcast-interface=eth1",
                           "--mcast-interface=eth1 --start-daemon master"}) {
    auto command = parsed(line);
    ASSERT_TRUE(command) << line;
    EXPECT_EQ(command->daemon.state, unsigned{IP_VS_STATE_MASTER});
    EXPECT_EQ(command->daemon.interface, "eth1");
  }
  EXPECT_EQ(parsed("--start-daemon backup")->daemon.interface, "eth0");
  EXPECT_EQ(parsed("--stop-daemon")->daemon.state, unsigned{IP_VS_STATE_NONE});
  EXPECT_EQ(parsed("--stop-daemon backup")->daemon.state, unsigned{IP_VS_STATE_BACKUP});
  EXPECT_EQ(parsed("--stop-daemon=master")->daemon.state, unsigned{IP_VS_STATE_MASTER});
  EXPECT_EQ(parsed("--stop-daemon --syncid 4")->daemon.state, unsigned{IP_VS_STATE_NONE});
}

TEST(Options, DaemonsLeaveToTheKernelWhatIsNotSaid) {
  auto command = parsed("--start-daemon master");
  ASSERT_TRUE(command);
  EXPECT_FALSE(command->daemon.maxlen || command->daemon.group || command->daemon.port ||
               command->daemon.ttl);
  EXPECT_EQ(*parsed("--start-daemon master --mcast-ttl 255")->daemon.ttl, 255);
}

TEST(Options, AddressesInAllForms) {
  auto endpoint = [](const std::string& text) {
    return parsed("-D -t " + text)->service.id.endpoint;
  };
  Address six = *parse_address("2001:db8::1", AF_INET6);
  EXPECT_EQ(endpoint("[2001:db8::1]:80"), (Endpoint{six, 80}));
  EXPECT_EQ(endpoint("[2001:db8::1]"), (Endpoint{six, 0}));
  EXPECT_EQ(endpoint("2001:db8::1"), (Endpoint{six, 0}));
  EXPECT_EQ(endpoint("[six.example]:http"),
            (Endpoint{*parse_address("2001:db8::99", AF_INET6), 80}));
  EXPECT_EQ(endpoint("localhost"), (Endpoint{*parse_address("127.0.0.1", AF_INET), 0}));
  for (const char* bad : {"[10.0.0.1]:80", "[2001:db8::1]x", "[]", "[", "", ":", "10.0.0.1:",
                          "2001:db8::1:2:3:4:5:6:7:8", "1", "443", "3232235777"})
    EXPECT_FALSE(parsed("-D -t '" + std::string(bad) + "'")) << bad;
}

TEST(Options, PortOfAServer) {
  auto port = [](const std::string& line) { return parsed(line)->dest.endpoint.port; };
  EXPECT_EQ(port("-a -t 10.0.0.1:80 -r 192.0.2.1"), 80);
  EXPECT_EQ(port("-a -t 10.0.0.1:80 -r 192.0.2.1:0 -m"), 0);
  EXPECT_EQ(port("-a -t 10.0.0.1:80 -r 192.0.2.1:0 -g"), 80);
  EXPECT_EQ(port("-a -t 10.0.0.1:80 -r 192.0.2.1:81 -m"), 81);
  EXPECT_EQ(port("-a -t 10.0.0.1:80 -r 192.0.2.1:81 -g"), 80);
  EXPECT_EQ(port("-e -t 10.0.0.1:80 -r 192.0.2.1:81 -i"), 80);
  EXPECT_EQ(port("-d -t 10.0.0.1:80 -r 192.0.2.1:81"), 81);
  EXPECT_EQ(port("-d -t 10.0.0.1:80 -r 192.0.2.1"), 80);
  EXPECT_EQ(port("-a -f 1 -r 192.0.2.1:81"), 81);
  EXPECT_EQ(port("-a -f 1 -r 192.0.2.1"), 0);
}

TEST(Options, FlagsOfSchedulers) {
  auto flags = [](const std::string& line) { return parsed(line)->service.flags; };
  EXPECT_EQ(flags("-A -t 10.0.0.1:80 -s sh -b sh-port,,sh-fallback"),
            unsigned{IP_VS_SVC_F_SCHED1 | IP_VS_SVC_F_SCHED2});
  EXPECT_EQ(flags("-A -b mh-port -s mh -t 10.0.0.1:80"), unsigned{IP_VS_SVC_F_SCHED2});
  EXPECT_EQ(flags("-A -t 10.0.0.1:80 -b flag-3,"), unsigned{IP_VS_SVC_F_SCHED3});
}

TEST(Options, NothingAtAllIsAList) {
  FakeNames names;
  auto command = parse({}, names);
  ASSERT_TRUE(command);
  EXPECT_EQ(command->verb, Verb::list);
}

TEST(Options, HelpDescribesTheDaemons) {
  std::string help = help_text("ipvsadm");
  for (const char* word : {"--start-daemon", "--stop-daemon [master|backup]", "--mcast-interface",
                           "--syncid", "--sync-maxlen", "--mcast-group", "--mcast-port",
                           "--mcast-ttl", "Synchronization daemons"})
    EXPECT_NE(help.find(word), std::string::npos) << word;
}

}  // namespace
}  // namespace ipvs
