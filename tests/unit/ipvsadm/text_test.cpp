// SPDX-License-Identifier: GPL-2.0-or-later
#include "text.h"

#include <gtest/gtest.h>

#include "restore.h"

namespace ipvs {
namespace {

using Words = std::vector<std::string>;

TEST(Text, NumbersAreDigitsAndNothingElse) {
  EXPECT_EQ(parse_number("0", 9), 0u);
  EXPECT_EQ(parse_number("010", 10), 10u);
  EXPECT_EQ(parse_number("18446744073709551615", UINT64_MAX), UINT64_MAX);
  for (const char* bad : {"", "-1", "+1", " 1", "1 ", "0x10", "1e3", "11", "18446744073709551616"})
    EXPECT_FALSE(parse_number(bad, 10)) << bad;
}

TEST(Text, StepsOfShortNumbers) {
  const std::vector<std::pair<uint64_t, std::string>> steps{
      {0, "        0"},
      {99'999'999, " 99999999"},
      {100'000'000, "  100000K"},
      {999'999'999, "  999999K"},
      {1'000'000'000, "    1000M"},
      {99'999'999'999, "   99999M"},
      {100'000'000'000, "     100G"},
      {99'999'999'999'999, "   99999G"},
      {100'000'000'000'000, "     100T"},
      {UINT64_MAX, "18446744T"}};
  for (const auto& [number, text] : steps)
    EXPECT_EQ(short_number(number), text);
}

TEST(Text, AddressesOfTheOtherFamilyAreNone) {
  EXPECT_TRUE(parse_address("10.6", AF_INET));
  EXPECT_FALSE(parse_address("2001:db8::1", AF_INET));
  EXPECT_FALSE(parse_address("10.0.0.1", AF_INET6));
  EXPECT_EQ(address_text(*parse_address("::ffff:10.0.0.1", AF_INET6)), "::ffff:10.0.0.1");
}

TEST(Restore, WordsAsAShellSeesThem) {
  EXPECT_EQ(*restore_words("  ipvsadm -A  -t\t10.0.0.1:80 \r"), (Words{"-A", "-t", "10.0.0.1:80"}));
  EXPECT_EQ(*restore_words("/sbin/ipvsadm -C"), Words{"-C"});
  EXPECT_EQ(*restore_words("'a b' \"c\\\"d\" e\\ f '' x'y'z"),
            (Words{"a b", "c\"d", "e f", "", "xyz"}));
  EXPECT_EQ(*restore_words("a # b"), (Words{"a", "#", "b"}));
}

TEST(Restore, NothingToDo) {
  for (const char* line : {"", "  \t", "# -C", "   # -C", "ipvsadm"})
    EXPECT_EQ(*restore_words(line), Words{}) << line;
}

TEST(Restore, LinesThatCannotBe) {
  EXPECT_FALSE(restore_words("-A -t \"10.0.0.1:80"));
  EXPECT_FALSE(restore_words("it's"));
  EXPECT_FALSE(restore_words(std::string_view("-C\0-A", 5)));
  EXPECT_EQ(*restore_words("end\\"), Words{"end\\"});
}

}  // namespace
}  // namespace ipvs
