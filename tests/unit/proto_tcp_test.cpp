// SPDX-License-Identifier: GPL-2.0-or-later
#include "conversation.h"

#include <gtest/gtest.h>

#include <set>
#include <sstream>
#include <string>

extern "C" {
#include <net/tcp.h>
}

namespace {

constexpr std::uint8_t FIN = TCPHDR_FIN, SYN = TCPHDR_SYN, RST = TCPHDR_RST;
constexpr std::uint8_t ACK = TCPHDR_ACK, PSH = TCPHDR_PSH, URG = TCPHDR_URG;

const ip_vs_proto &tcp = ip_vs_proto_tcp;

// The specification: one line per packet, one column per present state.
const std::string columns = "NO ES SS SR FW TW CL CW LA LI SA";

struct Row {
	const char *name;
	ip_vs_tcp_view view;
	std::uint8_t flags;
	const char *next;
};

const Row rows[] = {
	{"client_syn", {IP_VS_DIR_CLIENT, false, false}, SYN, "SR ES ES SR SR SR SR SR SR SR SR"},
	{"client_fin", {IP_VS_DIR_CLIENT, false, false}, FIN, "CL CW SS TW TW TW CL CW LA LI TW"},
	{"client_ack", {IP_VS_DIR_CLIENT, false, false}, ACK, "ES ES SS ES FW TW CL CW CL LI ES"},
	{"client_rst", {IP_VS_DIR_CLIENT, false, false}, RST, "CL CL CL SR CL CL CL CL LA LI SR"},
	{"server_syn", {IP_VS_DIR_SERVER, false, false}, SYN, "SS ES SS SR SS SS SS SS SS LI SR"},
	{"server_fin", {IP_VS_DIR_SERVER, false, false}, FIN, "TW FW SS TW FW TW CL TW LA LI TW"},
	{"server_ack", {IP_VS_DIR_SERVER, false, false}, ACK, "ES ES SS ES FW TW CL CW LA ES ES"},
	{"server_rst", {IP_VS_DIR_SERVER, false, false}, RST, "CL CL SS CL CL TW CL CL CL CL CL"},
	{"only_syn", {IP_VS_DIR_CLIENT, true, false}, SYN, "SR ES ES SR SR SR SR SR SR SR SR"},
	{"only_fin", {IP_VS_DIR_CLIENT, true, false}, FIN, "CL FW SS TW FW TW CL CW LA LI TW"},
	{"only_ack", {IP_VS_DIR_CLIENT, true, false}, ACK, "ES ES SS ES FW TW CL CW CL LI ES"},
	{"only_rst", {IP_VS_DIR_CLIENT, true, false}, RST, "CL CL CL SR CL CL CL CL LA LI CL"},
	{"secure_client_syn", {IP_VS_DIR_CLIENT, false, true}, SYN, "SR ES ES SR SR SR SR SR SR SR SA"},
	{"secure_client_fin", {IP_VS_DIR_CLIENT, false, true}, FIN, "CL CW SS TW TW TW CL CW LA LI SA"},
	{"secure_client_ack", {IP_VS_DIR_CLIENT, false, true}, ACK, "ES ES SS SR FW TW CL CW CL LI SA"},
	{"secure_client_rst", {IP_VS_DIR_CLIENT, false, true}, RST, "CL CL CL SR CL CL CL CL LA LI CL"},
	{"secure_server_syn", {IP_VS_DIR_SERVER, false, true}, SYN, "SS ES SS SA SS SS SS SS SS LI SA"},
	{"secure_server_fin", {IP_VS_DIR_SERVER, false, true}, FIN, "TW FW SS TW FW TW CL TW LA LI TW"},
	{"secure_server_ack", {IP_VS_DIR_SERVER, false, true}, ACK, "ES ES SS ES FW TW CL CW LA ES ES"},
	{"secure_server_rst", {IP_VS_DIR_SERVER, false, true}, RST, "CL CL SS CL CL TW CL CL CL CL CL"},
	{"secure_only_syn", {IP_VS_DIR_CLIENT, true, true}, SYN, "SA ES ES SR SA SA SA SA SA SA SA"},
	{"secure_only_fin", {IP_VS_DIR_CLIENT, true, true}, FIN, "CL FW SS TW FW TW CL CW LA LI TW"},
	{"secure_only_ack", {IP_VS_DIR_CLIENT, true, true}, ACK, "ES ES SS ES FW TW CL CW CL LI ES"},
	{"secure_only_rst", {IP_VS_DIR_CLIENT, true, true}, RST, "CL CL CL SR CL CL CL CL LA LI CL"},
	// a server's packet proves that we see them
	{"seen_fin", {IP_VS_DIR_SERVER, true, false}, FIN, "TW FW SS TW FW TW CL TW LA LI TW"},
};

struct Named {
	const char *letters;
	int number;		// on the sync wire
	const char *shown;
	unsigned int seconds;
};

const Named states[] = {
	{"NO", 0, "NONE", 2},		{"ES", 1, "ESTABLISHED", 900},
	{"SS", 2, "SYN_SENT", 120},	{"SR", 3, "SYN_RECV", 60},
	{"FW", 4, "FIN_WAIT", 120},	{"TW", 5, "TIME_WAIT", 120},
	{"CL", 6, "CLOSE", 10},		{"CW", 7, "CLOSE_WAIT", 60},
	{"LA", 8, "LAST_ACK", 30},	{"LI", 9, "LISTEN", 120},
	{"SA", 10, "SYNACK", 120},
};

std::vector<std::string> words(const std::string &text)
{
	std::istringstream in(text);
	return {std::istream_iterator<std::string>(in), {}};
}

int number_of(const std::string &letters)
{
	for (const Named &state : states)
		if (letters == state.letters)
			return state.number;
	return -1;
}

std::string letters_of(int number)
{
	for (const Named &state : states)
		if (number == state.number)
			return state.letters;
	return "??";
}

class TcpTable : public testing::TestWithParam<Row> {};

TEST_P(TcpTable, FollowsTheSpecification)
{
	const Row &row = GetParam();
	std::string found;

	for (const std::string &from : words(columns))
		found += (found.empty() ? "" : " ") +
			 letters_of(ip_vs_tcp_next(&row.view, row.flags, number_of(from)));
	EXPECT_EQ(found, row.next);
}

INSTANTIATE_TEST_SUITE_P(All, TcpTable, testing::ValuesIn(rows),
			 [](const auto &info) { return info.param.name; });

std::uint8_t strongest(unsigned int flags)
{
	for (std::uint8_t flag : {RST, SYN, FIN, ACK})
		if (flags & flag)
			return flag;
	return 0;
}

TEST(Tcp, TheStrongestFlagDecides)
{
	for (unsigned int flags = 0; flags < 256; flags++)
		for (const Row &row : rows)
			for (const Named &from : states)
				EXPECT_EQ(ip_vs_tcp_next(&row.view, flags, from.number),
					  ip_vs_tcp_next(&row.view, strongest(flags), from.number))
					<< flags << ' ' << row.name << ' ' << from.letters;
}

TEST(Tcp, APacketWithoutFlagsCloses)
{
	for (std::uint8_t flags : {0, +PSH, +URG})
		for (const Named &from : states)
			EXPECT_EQ(ip_vs_tcp_next(&rows[0].view, flags, from.number), IP_VS_TCP_CLOSE);
}

TEST(Tcp, AnUnknownStateCloses)
{
	for (int state : {11, 14, 255})
		EXPECT_EQ(ip_vs_tcp_next(&rows[0].view, ACK, state), IP_VS_TCP_CLOSE);
}

TEST(Tcp, NamesAndTimeouts)
{
	ip_vs_timeouts timeouts;

	ip_vs_timeouts_init(&timeouts);
	ASSERT_EQ(tcp.num_states, std::size(states));
	for (const Named &state : states) {
		EXPECT_STREQ(tcp.state_names[state.number], state.shown);
		EXPECT_EQ(timeouts.tcp[state.number], state.seconds * HZ) << state.shown;
		EXPECT_EQ(ip_vs_timeouts_of(&timeouts, &tcp)[state.number],
			  state.seconds * HZ);
	}
}

std::string chosen(bool (*predicate)(u8 state))
{
	std::string all;

	for (const Named &state : states)
		if (predicate(state.number))
			all += (all.empty() ? "" : " ") + std::string(state.letters);
	return all;
}

TEST(Tcp, WhatStatesMean)
{
	EXPECT_EQ(chosen(tcp.active), "ES SS SR SA");
	EXPECT_EQ(chosen(tcp.synced), "ES FW TW CL CW");
	EXPECT_EQ(chosen(tcp.reusable), "TW CL");
	EXPECT_EQ(chosen(tcp.closing), "FW");
}

TEST(Tcp, WhatMayStartAConnection)
{
	EXPECT_EQ(first(tcp, Packet::tcp(SYN)), IP_VS_FIRST_YES);
	EXPECT_EQ(first(tcp, Packet::tcp(SYN | ACK)), IP_VS_FIRST_YES);
	EXPECT_EQ(first(tcp, Packet::tcp(SYN | RST)), IP_VS_FIRST_NO);
	EXPECT_EQ(first(tcp, Packet::tcp(RST)), IP_VS_FIRST_NO);
	EXPECT_EQ(first(tcp, Packet::tcp(ACK)), IP_VS_FIRST_SLOPPY);
	EXPECT_EQ(first(tcp, Packet::tcp(FIN | ACK)), IP_VS_FIRST_SLOPPY);
	EXPECT_EQ(first(tcp, Packet::tcp(0)), IP_VS_FIRST_SLOPPY);
	EXPECT_EQ(first(tcp, Packet::tcp(SYN).cut(1)), IP_VS_FIRST_BROKEN);
	EXPECT_EQ(first(tcp, Packet::tcp(SYN).cut(20)), IP_VS_FIRST_BROKEN);
	EXPECT_EQ(first(tcp, Packet::tcp(SYN).paged()), IP_VS_FIRST_YES);
}

TEST(Tcp, WhatOpensAgain)
{
	EXPECT_TRUE(opens(tcp, Packet::tcp(SYN)));
	EXPECT_TRUE(opens(tcp, Packet::tcp(SYN | ACK)));
	EXPECT_FALSE(opens(tcp, Packet::tcp(ACK)));
	EXPECT_FALSE(opens(tcp, Packet::tcp(SYN).cut(1)));
}

TEST(TcpTrack, AConnectionFromSynToTheEnd)
{
	Conversation talk(tcp);

	talk.client(Packet::tcp(SYN));
	EXPECT_EQ(talk.conn.state, IP_VS_TCP_SYN_RECV);
	EXPECT_EQ(talk.seconds(), 60u);
	EXPECT_FALSE(talk.inactive());
	talk.server(Packet::tcp(SYN | ACK));
	EXPECT_EQ(talk.conn.state, IP_VS_TCP_SYN_RECV);
	EXPECT_FALSE(talk.assured());
	talk.client(Packet::tcp(ACK)).client(Packet::tcp(ACK | PSH));
	EXPECT_EQ(talk.conn.state, IP_VS_TCP_ESTABLISHED);
	EXPECT_EQ(talk.seconds(), 900u);
	EXPECT_TRUE(talk.assured());
	talk.client(Packet::tcp(FIN | ACK));
	EXPECT_EQ(talk.conn.state, IP_VS_TCP_CLOSE_WAIT);
	EXPECT_TRUE(talk.inactive());
	talk.server(Packet::tcp(FIN | ACK));
	EXPECT_EQ(talk.conn.state, IP_VS_TCP_TIME_WAIT);
	EXPECT_EQ(talk.seconds(), 120u);
}

TEST(TcpTrack, WithoutAnswersTheClientsFinWaits)
{
	Conversation talk(tcp);

	talk.conn.flags = IP_VS_CONN_F_NOOUTPUT | IP_VS_CONN_F_DROUTE;
	talk.client(Packet::tcp(SYN)).client(Packet::tcp(ACK)).client(Packet::tcp(FIN));
	EXPECT_EQ(talk.conn.state, IP_VS_TCP_FIN_WAIT);
	EXPECT_TRUE(talk.only_client());
}

TEST(TcpTrack, TheFirstAnswerIsRemembered)
{
	Conversation talk(tcp);

	talk.conn.flags = IP_VS_CONN_F_NOOUTPUT | IP_VS_CONN_F_DROUTE;
	talk.client(Packet::tcp(SYN)).client(Packet::tcp(ACK));
	talk.server(Packet::tcp(ACK));
	EXPECT_EQ(talk.conn.state, IP_VS_TCP_ESTABLISHED);
	EXPECT_FALSE(talk.only_client());
	EXPECT_EQ(talk.conn.flags, unsigned(IP_VS_CONN_F_DROUTE));
	talk.client(Packet::tcp(FIN));
	EXPECT_EQ(talk.conn.state, IP_VS_TCP_CLOSE_WAIT);
}

TEST(TcpTrack, ASettledConnectionTakesNoLock)
{
	Conversation talk(tcp);

	talk.client(Packet::tcp(SYN)).client(Packet::tcp(ACK));
	unsigned int before = shim_locks_taken;
	talk.client(Packet::tcp(ACK)).server(Packet::tcp(ACK | PSH));
	EXPECT_EQ(shim_locks_taken, before);
	talk.client(Packet::tcp(FIN));
	EXPECT_GT(shim_locks_taken, before);
}

TEST(TcpTrack, ANewTimeoutCountsFromTheNextPacket)
{
	Conversation talk(tcp);

	talk.client(Packet::tcp(SYN)).client(Packet::tcp(ACK));
	talk.timeouts.tcp[IP_VS_TCP_ESTABLISHED] = 7 * HZ;
	EXPECT_EQ(talk.seconds(), 900u);
	talk.server(Packet::tcp(ACK));
	EXPECT_EQ(talk.seconds(), 7u);
}

TEST(TcpTrack, ABrokenPacketChangesNothing)
{
	Conversation talk(tcp);

	talk.client(Packet::tcp(SYN)).client(Packet::tcp(ACK));
	talk.client(Packet::tcp(RST).cut(1));
	EXPECT_EQ(talk.conn.state, IP_VS_TCP_ESTABLISHED);
	talk.client(Packet::tcp(RST).paged());
	EXPECT_EQ(talk.conn.state, IP_VS_TCP_CLOSE);
}

TEST(TcpTrack, OnlyATemplateIsAssured)
{
	Conversation talk(tcp), orphan(tcp);

	talk.parent.client.key.kind = IP_VS_TUPLE_PACKET;
	talk.client(Packet::tcp(SYN)).client(Packet::tcp(ACK));
	EXPECT_EQ(talk.conn.state, IP_VS_TCP_ESTABLISHED);
	EXPECT_EQ(talk.parent.state, 0);
	orphan.conn.control = nullptr;
	orphan.client(Packet::tcp(SYN)).client(Packet::tcp(ACK));
	EXPECT_EQ(orphan.conn.state, IP_VS_TCP_ESTABLISHED);
}

TEST(TcpTrack, AResetConnectionThatOpensAgainIsActive)
{
	Conversation talk(tcp);

	talk.client(Packet::tcp(SYN)).client(Packet::tcp(ACK)).client(Packet::tcp(RST));
	EXPECT_EQ(talk.conn.state, IP_VS_TCP_CLOSE);
	EXPECT_TRUE(talk.inactive());
	talk.client(Packet::tcp(SYN));
	EXPECT_FALSE(talk.inactive());
}

} // namespace
