// SPDX-License-Identifier: GPL-2.0-or-later
#include "conversation.h"

#include <gtest/gtest.h>

#include <sstream>
#include <string>

namespace {

const ip_vs_proto &sctp = ip_vs_proto_sctp;

// Chunk types, RFC 9260, 3.2.
constexpr std::uint8_t DATA = 0, INIT = 1, INIT_ACK = 2, SACK = 3, HEARTBEAT = 4;
constexpr std::uint8_t HEARTBEAT_ACK = 5, ABORT = 6, SHUTDOWN = 7, SHUTDOWN_ACK = 8, ERROR = 9;
constexpr std::uint8_t COOKIE_ECHO = 10, COOKIE_ACK = 11, ECNE = 12, CWR = 13;
constexpr std::uint8_t SHUTDOWN_COMPLETE = 14;

// The specification: one line per packet, one column per present state.
const std::string columns = "NO I1 IN CS CR CW CO CE ES SS SR SA RJ CL";

struct Row {
	const char *name;
	ip_vs_dir dir;
	bool only_client;
	std::uint8_t chunk;
	const char *next;
};

const Row rows[] = {
	{"client_data", IP_VS_DIR_CLIENT, false, DATA,
	 "ES I1 IN CS CR CW CO CE ES SS SR SA RJ CL"},
	{"client_init", IP_VS_DIR_CLIENT, false, INIT,
	 "I1 IN IN CS CR CW CO CE ES SS SR SA IN IN"},
	{"client_init_ack", IP_VS_DIR_CLIENT, false, INIT_ACK,
	 "CW CW CW CS CR CO CO CE ES SS SR SA RJ CL"},
	{"client_cookie_echo", IP_VS_DIR_CLIENT, false, COOKIE_ECHO,
	 "CR IN IN CR CR CW CO CE ES SS SR SA RJ CL"},
	{"client_cookie_ack", IP_VS_DIR_CLIENT, false, COOKIE_ACK,
	 "ES I1 IN CS CR CW CO ES ES SS SR SA RJ CL"},
	{"client_shutdown", IP_VS_DIR_CLIENT, false, SHUTDOWN,
	 "SR I1 IN CS CR CW CO CE SR SS SR SA RJ CL"},
	{"client_shutdown_ack", IP_VS_DIR_CLIENT, false, SHUTDOWN_ACK,
	 "CL IN IN CS CR CW CO CE ES CL SR CL RJ CL"},
	{"client_shutdown_complete", IP_VS_DIR_CLIENT, false, SHUTDOWN_COMPLETE,
	 "CL CL CL CS CR CW CO CE ES SS SR CL RJ CL"},
	{"client_error", IP_VS_DIR_CLIENT, false, ERROR,
	 "CL I1 IN CS CR CW CO CL ES SS SR SA RJ CL"},
	{"client_abort", IP_VS_DIR_CLIENT, false, ABORT,
	 "CL CL CL CL CL RJ CL CL CL CL CL CL CL CL"},
	{"server_data", IP_VS_DIR_SERVER, false, DATA,
	 "ES I1 IN CS CR CW CO CE ES SS SR SA RJ CL"},
	{"server_init", IP_VS_DIR_SERVER, false, INIT,
	 "CW CW CW CW CW CW CW CW ES CW CW CW CW CW"},
	{"server_init_ack", IP_VS_DIR_SERVER, false, INIT_ACK,
	 "CS CS CS CS CR CW CO CE ES SS SR SA RJ CL"},
	{"server_cookie_echo", IP_VS_DIR_SERVER, false, COOKIE_ECHO,
	 "CE CE CE CE CE CE CE CE ES SS SR SA RJ CL"},
	{"server_cookie_ack", IP_VS_DIR_SERVER, false, COOKIE_ACK,
	 "ES ES ES ES ES ES ES ES ES SS SR SA RJ CL"},
	{"server_shutdown", IP_VS_DIR_SERVER, false, SHUTDOWN,
	 "SS SS SS SS SS SS SS SS SS SS SR SA RJ CL"},
	{"server_shutdown_ack", IP_VS_DIR_SERVER, false, SHUTDOWN_ACK,
	 "SA SA SA SA SA CW CO CE ES SA SA SA RJ CL"},
	{"server_shutdown_complete", IP_VS_DIR_SERVER, false, SHUTDOWN_COMPLETE,
	 "CL I1 IN CS CR CW CO CE ES SS SR SA RJ CL"},
	{"server_error", IP_VS_DIR_SERVER, false, ERROR,
	 "CL CL CL CL CL CW CO CE ES SS SR SA RJ CL"},
	{"server_abort", IP_VS_DIR_SERVER, false, ABORT,
	 "CL RJ CL CL CL CL CL CL CL CL CL CL CL CL"},
	{"only_data", IP_VS_DIR_CLIENT, true, DATA,
	 "ES I1 IN CS CR ES CO CE ES SS SR SA RJ CL"},
	{"only_init", IP_VS_DIR_CLIENT, true, INIT,
	 "I1 IN IN IN IN IN CO CE ES SS SR SA IN IN"},
	{"only_init_ack", IP_VS_DIR_CLIENT, true, INIT_ACK,
	 "CE CE CE CE CE CE CO CE ES SS SR SA RJ CL"},
	{"only_cookie_echo", IP_VS_DIR_CLIENT, true, COOKIE_ECHO,
	 "ES ES ES ES ES ES CO CE ES SS SR SA RJ CL"},
	{"only_cookie_ack", IP_VS_DIR_CLIENT, true, COOKIE_ACK,
	 "ES I1 IN ES ES CW ES ES ES SS SR SA RJ CL"},
	{"only_shutdown", IP_VS_DIR_CLIENT, true, SHUTDOWN,
	 "SR I1 IN CS CR CW CO CE SR SS SR SA RJ CL"},
	{"only_shutdown_ack", IP_VS_DIR_CLIENT, true, SHUTDOWN_ACK,
	 "CL IN IN CS CR CW CO CE CL CL SR CL RJ CL"},
	{"only_shutdown_complete", IP_VS_DIR_CLIENT, true, SHUTDOWN_COMPLETE,
	 "CL CL CL CL CL CW CO CE ES SS CL CL RJ CL"},
	{"only_error", IP_VS_DIR_CLIENT, true, ERROR,
	 "CL I1 IN CS CR CW CO CE ES SS SR SA RJ CL"},
	{"only_abort", IP_VS_DIR_CLIENT, true, ABORT,
	 "CL CL CL CL CL RJ CL CL CL CL CL CL CL CL"},
	// a server's packet proves that we see them
	{"seen_init_ack", IP_VS_DIR_SERVER, true, INIT_ACK,
	 "CS CS CS CS CR CW CO CE ES SS SR SA RJ CL"},
};

struct Named {
	const char *letters;
	int number;		// on the sync wire
	const char *shown;
	unsigned int seconds;
};

const Named states[] = {
	{"NO", 0, "NONE", 2},		{"I1", 1, "INIT1", 4},
	{"IN", 2, "INIT", 61},		{"CS", 3, "C-SENT", 61},
	{"CR", 4, "C-REPLIED", 61},	{"CW", 5, "C-WAIT", 61},
	{"CO", 6, "COOKIE", 61},	{"CE", 7, "C-ECHOED", 61},
	{"ES", 8, "ESTABLISHED", 900},	{"SS", 9, "S-SENT", 61},
	{"SR", 10, "S-RECEIVED", 61},	{"SA", 11, "S-ACK-SENT", 61},
	{"RJ", 12, "REJECTED", 4},	{"CL", 13, "CLOSED", 61},
};

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

class SctpTable : public testing::TestWithParam<Row> {};

TEST_P(SctpTable, FollowsTheSpecification)
{
	const Row &row = GetParam();
	std::istringstream from(columns);
	std::string found, letters;

	while (from >> letters)
		found += (found.empty() ? "" : " ") +
			 letters_of(ip_vs_sctp_next(row.dir, row.only_client, row.chunk,
						    number_of(letters)));
	EXPECT_EQ(found, row.next);
}

INSTANTIATE_TEST_SUITE_P(All, SctpTable, testing::ValuesIn(rows),
			 [](const auto &info) { return info.param.name; });

TEST(Sctp, WhatOnlyPeersThatTalkSendIsData)
{
	for (int chunk = 0; chunk < 256; chunk++) {
		if (chunk <= SHUTDOWN_COMPLETE && chunk != SACK && chunk != HEARTBEAT &&
		    chunk != HEARTBEAT_ACK && chunk != ECNE && chunk != CWR)
			continue;
		for (const Row &row : rows)
			for (const Named &from : states)
				EXPECT_EQ(ip_vs_sctp_next(row.dir, row.only_client, chunk,
							  from.number),
					  ip_vs_sctp_next(row.dir, row.only_client, DATA,
							  from.number))
					<< chunk << ' ' << row.name << ' ' << from.letters;
	}
}

TEST(Sctp, AnUnknownStateCloses)
{
	for (int state : {14, 15, 255})
		EXPECT_EQ(ip_vs_sctp_next(IP_VS_DIR_CLIENT, false, DATA, state),
			  IP_VS_SCTP_CLOSED);
}

TEST(Sctp, NamesAndTimeouts)
{
	ip_vs_timeouts timeouts;

	ip_vs_timeouts_init(&timeouts);
	ASSERT_EQ(sctp.num_states, std::size(states));
	for (const Named &state : states) {
		EXPECT_STREQ(sctp.state_names[state.number], state.shown);
		EXPECT_EQ(timeouts.sctp[state.number], state.seconds * HZ) << state.shown;
		EXPECT_EQ(ip_vs_timeouts_of(&timeouts, &sctp)[state.number],
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

TEST(Sctp, WhatStatesMean)
{
	EXPECT_EQ(chosen(sctp.active), "ES");
	EXPECT_EQ(chosen(sctp.synced), "ES SS SR SA CL");
	EXPECT_EQ(chosen(sctp.reusable), "CL");
	EXPECT_EQ(chosen(sctp.closing), "");
}

TEST(Sctp, WhatMayStartAConnection)
{
	EXPECT_EQ(first(sctp, Packet::sctp({INIT})), IP_VS_FIRST_YES);
	EXPECT_EQ(first(sctp, Packet::sctp({INIT}).paged()), IP_VS_FIRST_YES);
	EXPECT_EQ(first(sctp, Packet::sctp({ABORT})), IP_VS_FIRST_NO);
	EXPECT_EQ(first(sctp, Packet::sctp({DATA})), IP_VS_FIRST_SLOPPY);
	EXPECT_EQ(first(sctp, Packet::sctp({COOKIE_ECHO, DATA})), IP_VS_FIRST_SLOPPY);
	EXPECT_EQ(first(sctp, Packet::sctp({INIT}).cut(1)), IP_VS_FIRST_BROKEN);
	EXPECT_EQ(first(sctp, Packet::sctp({})), IP_VS_FIRST_BROKEN);
	EXPECT_EQ(first(sctp, Packet::sctp({}).cut(12)), IP_VS_FIRST_BROKEN);
}

TEST(Sctp, WhatOpensAgain)
{
	EXPECT_TRUE(opens(sctp, Packet::sctp({INIT})));
	EXPECT_FALSE(opens(sctp, Packet::sctp({INIT_ACK})));
	EXPECT_FALSE(opens(sctp, Packet::sctp({INIT}).cut(1)));
}

TEST(SctpTrack, AnAssociationFromInitToTheEnd)
{
	Conversation talk(sctp);

	talk.conn.flags = IP_VS_CONN_F_INACTIVE;
	talk.client(Packet::sctp({INIT}));
	EXPECT_EQ(talk.conn.state, IP_VS_SCTP_INIT1);
	EXPECT_EQ(talk.seconds(), 4u);
	talk.server(Packet::sctp({INIT_ACK}));
	EXPECT_EQ(talk.conn.state, IP_VS_SCTP_COOKIE_SENT);
	talk.client(Packet::sctp({COOKIE_ECHO, DATA}));
	EXPECT_EQ(talk.conn.state, IP_VS_SCTP_COOKIE_REPLIED);
	EXPECT_TRUE(talk.inactive());
	EXPECT_FALSE(talk.assured());
	talk.server(Packet::sctp({COOKIE_ACK, SACK}));
	EXPECT_EQ(talk.conn.state, IP_VS_SCTP_ESTABLISHED);
	EXPECT_EQ(talk.seconds(), 900u);
	EXPECT_FALSE(talk.inactive());
	EXPECT_TRUE(talk.assured());
	talk.client(Packet::sctp({SHUTDOWN}));
	EXPECT_EQ(talk.conn.state, IP_VS_SCTP_SHUTDOWN_RECEIVED);
	EXPECT_EQ(talk.seconds(), 61u);
	EXPECT_TRUE(talk.inactive());
}

TEST(SctpTrack, WithoutAnswersTheCookieEstablishes)
{
	Conversation talk(sctp);

	talk.conn.flags = IP_VS_CONN_F_NOOUTPUT | IP_VS_CONN_F_DROUTE;
	talk.client(Packet::sctp({INIT})).client(Packet::sctp({COOKIE_ECHO}));
	EXPECT_EQ(talk.conn.state, IP_VS_SCTP_ESTABLISHED);
	EXPECT_TRUE(talk.only_client());
	talk.server(Packet::sctp({DATA}));
	EXPECT_FALSE(talk.only_client());
}

TEST(SctpTrack, AnAbortBundledWithTheHandshakesEndCounts)
{
	for (std::uint8_t end : {COOKIE_ECHO, COOKIE_ACK}) {
		Conversation talk(sctp);

		talk.client(Packet::sctp({INIT})).client(Packet::sctp({end, ABORT}));
		EXPECT_EQ(talk.conn.state, IP_VS_SCTP_CLOSED);
	}
}

TEST(SctpTrack, OtherwiseTheFirstChunkAloneCounts)
{
	Conversation talk(sctp), lying(sctp);
	Packet nothing(20, {0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, COOKIE_ECHO, 0, 0, 3, ABORT, 0, 0, 4});

	talk.conn.state = lying.conn.state = IP_VS_SCTP_COOKIE_SENT;
	talk.client(Packet::sctp({DATA, ABORT}));
	EXPECT_EQ(talk.conn.state, IP_VS_SCTP_COOKIE_SENT);
	lying.client(nothing);	// a chunk shorter than its header
	EXPECT_EQ(lying.conn.state, IP_VS_SCTP_COOKIE_REPLIED);
}

TEST(SctpTrack, ASettledAssociationTakesNoLock)
{
	Conversation talk(sctp);

	talk.conn.state = IP_VS_SCTP_ESTABLISHED;
	talk.client(Packet::sctp({DATA}));
	unsigned int before = shim_locks_taken;
	talk.client(Packet::sctp({SACK})).server(Packet::sctp({DATA}));
	EXPECT_EQ(shim_locks_taken, before);
	talk.client(Packet::sctp({SHUTDOWN}));
	EXPECT_GT(shim_locks_taken, before);
}

TEST(SctpTrack, ABrokenPacketChangesNothing)
{
	Conversation talk(sctp);

	talk.conn.state = IP_VS_SCTP_ESTABLISHED;
	talk.client(Packet::sctp({ABORT}).cut(1)).client(Packet::sctp({}));
	EXPECT_EQ(talk.conn.state, IP_VS_SCTP_ESTABLISHED);
	talk.client(Packet::sctp({ABORT}).paged());
	EXPECT_EQ(talk.conn.state, IP_VS_SCTP_CLOSED);
}

} // namespace
