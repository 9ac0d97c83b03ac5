// SPDX-License-Identifier: GPL-2.0-or-later
// What the lines of an FTP control connection say, and shifted sequence numbers.
// Each line lies in memory of exactly its length.
#include <gtest/gtest.h>

#include <random>
#include <string>
#include <string_view>

#include "tests/unit/ftp_lines.h"

extern "C" {
#include "kernel/seq.h"
}

namespace {

// "VERB family port text-between-start-and-end"
std::string told(bool answer, std::string_view text)
{
	static const char *const names[] = { "other", "PORT", "EPRT", "PASV", "EPSV" };
	const auto line = parse(answer, text);

	if (line.verb == IP_VS_FTP_OTHER)
		return "other";
	return std::string(names[line.verb]) + " " + std::to_string(line.family) + " " +
	       std::to_string(line.port) + " " +
	       std::string(text.substr(line.start, line.end - line.start));
}

TEST(FtpParse, AnswersToPasv)
{
	EXPECT_EQ("PASV 2 50069 10,0,2,11,195,149",
		  told(true, "227 Entering Passive Mode (10,0,2,11,195,149).\r\n"));
	EXPECT_EQ("PASV 2 50069 10,0,2,11,195,149",
		  told(true, "227 " + std::string(200, ' ') + "(10,0,2,11,195,149).\r\n"));
	EXPECT_EQ("PASV 2 50069 10,0,2,11,195,149", told(true, "227 =10,0,2,11,195,149\r\n"));
	EXPECT_EQ(__builtin_bswap32(0x0a00020b), parse(true, "227 (10,0,2,11,1,0)\n").addr.ip);
	EXPECT_EQ("other", told(true, "227 Entering Passive Mode (10,0,2,256,195,149).\r\n"));
	EXPECT_EQ("other", told(true, "227 Entering Passive Mode (10,0,2,11,195).\r\n"));
	EXPECT_EQ("other", told(true, "227 (10,0,2,11,0,0)\r\n"));
	EXPECT_EQ("other", told(true, "227-(10,0,2,11,1,0)\r\n"));
	EXPECT_EQ("other", told(false, "227 (10,0,2,11,1,0)\r\n"));
}

TEST(FtpParse, AnswersToEpsv)
{
	EXPECT_EQ("EPSV 0 6446 |||6446|", told(true, "229 Entering Extended Passive Mode (|||6446|)\r\n"));
	EXPECT_EQ("EPSV 0 65535 !!!65535!", told(true, "229 (!!!65535!)\n"));
	EXPECT_EQ("EPSV 0 1 |1|10.0.2.11|1|", told(true, "229 (|1|10.0.2.11|1|)\n"));
	EXPECT_EQ("other", told(true, "229 (|||65536|)\n"));
	EXPECT_EQ("other", told(true, "229 (|||0|)\n"));
	EXPECT_EQ("other", told(true, "229 (|||6446)\n"));
	EXPECT_EQ("other", told(true, "229 (111644611)\n"));
}

TEST(FtpParse, Commands)
{
	EXPECT_EQ("PORT 2 258 10,0,1,10,1,2", told(false, "PORT 10,0,1,10,1,2\r\n"));
	EXPECT_EQ("PORT 2 258 10,0,1,10,1,2", told(false, "port 10,0,1,10,1,2\r\n"));
	EXPECT_EQ("EPRT 2 6275 |1|10.0.1.10|6275|", told(false, "EPRT |1|10.0.1.10|6275|\r\n"));
	EXPECT_EQ("EPRT 10 5282 |2|2001:db8::1|5282|", told(false, "EPRT |2|2001:db8::1|5282|\r\n"));
	EXPECT_EQ("other", told(false, "EPRT |1|2001:db8::1|5282|\r\n"));
	EXPECT_EQ("other", told(false, "EPRT |3|10.0.1.10|6275|\r\n"));
	EXPECT_EQ("other", told(false, "EPRT ||10.0.1.10|6275|\r\n"));
	EXPECT_EQ("PASV 0 0 ", told(false, "PASV\r\n"));
	EXPECT_EQ("PASV 0 0 ", told(false, "pasv\n"));
	EXPECT_EQ("other", told(false, "PASVX\r\n"));
	EXPECT_EQ("EPSV 0 0 ", told(false, "EPSV\r\n"));
	EXPECT_EQ("EPSV 0 0 ", told(false, "EPSV 2\r\n"));
	EXPECT_EQ("other", told(false, "EPSV ALL\r\n"));
	EXPECT_EQ("other", told(false, "PORTAL 10,0,1,10,1,2\r\n"));
	EXPECT_EQ("other", told(true, "PORT 10,0,1,10,1,2\r\n"));
	EXPECT_EQ("other", told(false, "PORT 10,0,1,10,1,2" + std::string(200, ' ') + "\n"));
}

TEST(FtpParse, Lines)
{
	EXPECT_EQ(0u, ip_vs_ftp_line_len("PASV\r", 5));
	EXPECT_EQ(6u, ip_vs_ftp_line_len("PASV\r\nLIST\r\n", 12));
}

TEST(FtpParse, CutAnywhere)
{
	for (std::string_view whole : { "227 Entering Passive Mode (10,0,2,11,195,149).\r\n",
					"229 Entering (|||6446|)\r\n" })
		for (std::size_t len = 0; len <= whole.size(); len++)
			parse(true, whole.substr(0, len));
	for (std::string_view whole : { "PORT 10,0,1,10,1,2\r\n", "EPRT |2|2001:db8::1|5282|\r\n" })
		for (std::size_t len = 0; len <= whole.size(); len++)
			parse(false, whole.substr(0, len));
}

TEST(FtpParse, Texts)
{
	char text[IP_VS_FTP_TEXT_MAX];

	EXPECT_EQ(23u, ip_vs_ftp_text(text, IP_VS_FTP_PASV, __builtin_bswap32(0xffffffff), 65535));
	EXPECT_STREQ("255,255,255,255,255,255", text);
	EXPECT_EQ(7u, ip_vs_ftp_text(text, IP_VS_FTP_EPSV, 0, 258));
	EXPECT_STREQ("|||258|", text);
}

TEST(Seq, ShiftedFromTheChangeOn)
{
	ip_vs_seq s{};

	EXPECT_TRUE(ip_vs_seq_note(&s, true, 1000, 3));
	EXPECT_EQ(1000u, ip_vs_seq_shift(&s, 1000)); // the segment itself begins where it did
	EXPECT_EQ(1053u, ip_vs_seq_shift(&s, 1050));
	EXPECT_EQ(1050u, ip_vs_seq_unshift(&s, 1053));
	EXPECT_EQ(1000u, ip_vs_seq_unshift(&s, 1000));
	EXPECT_EQ(1000u, ip_vs_seq_unshift(&s, 1002)); // in the midst of the change
	EXPECT_FALSE(ip_vs_seq_note(&s, false, 1000, 3)); // sent again
	EXPECT_TRUE(ip_vs_seq_note(&s, false, 1050, -5));
	EXPECT_EQ(1053u, ip_vs_seq_shift(&s, 1050));
	EXPECT_EQ(1098u, ip_vs_seq_shift(&s, 1100));
	EXPECT_EQ(1050u, ip_vs_seq_unshift(&s, 1053));
	EXPECT_EQ(1100u, ip_vs_seq_unshift(&s, 1098));
}

TEST(Seq, AroundZero)
{
	ip_vs_seq s{};

	ip_vs_seq_note(&s, true, 0xfffffffe, 4);
	EXPECT_EQ(14u, ip_vs_seq_shift(&s, 10));
	EXPECT_EQ(10u, ip_vs_seq_unshift(&s, 14));
	EXPECT_EQ(0xfffffff0u, ip_vs_seq_shift(&s, 0xfffffff0));
}

} // namespace
