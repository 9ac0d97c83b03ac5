// SPDX-License-Identifier: GPL-2.0-or-later
// The Call-ID of a SIP message. Every message lies in memory of exactly its
// length, so that the sanitizer sees an octet read too far.
#include <gtest/gtest.h>

#include <algorithm>
#include <memory>
#include <random>
#include <string>

extern "C" {
#include "kernel/sip_parse.h"
}

namespace {

// What is found, or "-"; it must lie within the message.
std::string call_id(const std::string &message)
{
	std::unique_ptr<u8[]> data(new u8[message.size()]);
	std::copy(message.begin(), message.end(), data.get());
	size_t at = 0;
	const size_t n = ip_vs_sip_call_id(data.get(), message.size(), &at);
	if (!n)
		return "-";
	EXPECT_LE(at, message.size());
	EXPECT_LE(n, message.size() - at);
	EXPECT_TRUE(ip_vs_sip_call_id_valid(data.get() + at, n));
	return message.substr(at, n);
}

std::string invite(const std::string &headers)
{
	return "INVITE sip:b@example.net SIP/2.0\r\nMax-Forwards: 70\r\n" + headers + "\r\nv=0\r\n";
}

bool valid(const std::string &id)
{
	std::unique_ptr<u8[]> data(new u8[id.size()]);
	std::copy(id.begin(), id.end(), data.get());
	return ip_vs_sip_call_id_valid(data.get(), id.size());
}

} // namespace

TEST(SipCallId, OfARequestAndOfAnAnswer)
{
	EXPECT_EQ(call_id(invite("Call-ID: a84b4c76e66710@pc33.example.net\r\n")),
		  "a84b4c76e66710@pc33.example.net");
	EXPECT_EQ(call_id("SIP/2.0 200 OK\r\nCall-ID: 1@h\r\n\r\n"), "1@h");
}

TEST(SipCallId, FormsOfTheName)
{
	for (const char *name : {"Call-ID", "CALL-ID", "call-id", "i", "I"})
		EXPECT_EQ(call_id(invite(std::string(name) + ": x@y\r\n")), "x@y") << name;
	for (const char *name : {"Call_ID", "Call-ID2", "XCall-ID", "ii", "Info", "j", "Call\rID"})
		EXPECT_EQ(call_id(invite(std::string(name) + ": x@y\r\n")), "-") << name;
}

TEST(SipCallId, BlanksAroundTheColon)
{
	for (const char *colon : {":", " :", "\t: ", ":\t \t", " : ", ":\r\n x", ":\n\tx", "\r\n : x"})
		EXPECT_TRUE(call_id(invite("Call-ID" + std::string(colon) + "x@y\r\n")).ends_with("x@y")) << colon;
	EXPECT_EQ(call_id(invite("Call-ID x@y\r\n")), "-");
	EXPECT_EQ(call_id(invite("Call-ID:\r\nx@y\r\n")), "-");
}

TEST(SipCallId, EndsOfLines)
{
	EXPECT_EQ(call_id("A b c\nCall-ID: 1\n\n"), "1");
	EXPECT_EQ(call_id("A b c\rCall-ID: 1\r\r"), "1");
	EXPECT_EQ(call_id("\r\n\r\nA b c\r\nCall-ID: 1\r\n\r\n"), "1");
}

TEST(SipCallId, NotTheStartLineNorTheBody)
{
	EXPECT_EQ(call_id("Call-ID: 1\r\n\r\n"), "-");
	EXPECT_EQ(call_id("A b c\r\nTo: x\r\n\r\nCall-ID: 1\r\n"), "-");
	EXPECT_EQ(call_id("A b c\r\nTo: x\r\n Call-ID: 1\r\nCall-ID: 2\r\n\r\n"), "2");
}

TEST(SipCallId, TheFirstOneCounts)
{
	EXPECT_EQ(call_id(invite("Call-ID: 1\r\nCall-ID: 2\r\n")), "1");
	EXPECT_EQ(call_id(invite("Call-ID: \r\nCall-ID: 2\r\n")), "-");
}

TEST(SipCallId, Words)
{
	const std::string marks = "-.!%*_+`'~()<>:\\\"/[]?{}09azAZ";
	EXPECT_EQ(call_id(invite("Call-ID: " + marks + "@" + marks + "\r\n")), marks + "@" + marks);
	for (const char *bad : {"", "@", "@y", "x@", "x y", "x@y z", "x@y@z", "x,y", "x\x80", "x;y", "x@y "})
		EXPECT_EQ(call_id(invite("Call-ID: " + std::string(bad) + "\r\n")), "-") << bad;
	EXPECT_EQ(call_id(invite("Call-ID: x" + std::string(1, '\0') + "\r\n")), "-");
}

TEST(SipCallId, LengthAndCut)
{
	const std::string longest(IP_VS_SIP_CALL_ID_MAX, 'a');
	EXPECT_EQ(call_id(invite("Call-ID: " + longest + "\r\n")), longest);
	EXPECT_EQ(call_id(invite("Call-ID: " + longest + "a\r\n")), "-");
	const std::string whole = "A b c\r\nCall-ID: x@y\r\n\r\n";
	const size_t end = whole.find("x@y") + 3;
	for (size_t n = 0; n < whole.size(); n++)
		EXPECT_EQ(call_id(whole.substr(0, n)), n > end ? "x@y" : "-") << n;
}

TEST(SipCallId, Validity)
{
	EXPECT_TRUE(valid("x"));
	EXPECT_TRUE(valid("x@y"));
	EXPECT_TRUE(valid(std::string(255, 'a')));
	for (const std::string &bad : {std::string(), std::string("x@"), std::string("x y"), std::string("x\n"),
				       std::string("x@y@z"), std::string(256, 'a')})
		EXPECT_FALSE(valid(bad)) << bad;
}

// Messages made of what matters, and of anything: nothing is read past the end.
TEST(SipCallId, AnythingAtAll)
{
	const std::string pieces[] = {"Call-ID", "i", ":", " ", "\t", "\r", "\n", "\r\n", "x@y", "@", "A b c"};
	std::mt19937 random(1);
	unsigned found = 0;
	for (int round = 0; round < 20000; round++) {
		std::string message = round % 2 ? "" : "A b c\r\nCall-ID: ";
		for (int n = random() % 16; n > 0; n--) {
			if (random() % 8)
				message += pieces[random() % std::size(pieces)];
			else
				message += static_cast<char>(random());
		}
		found += call_id(message) != "-";
	}
	EXPECT_GT(found, 50u);
}
