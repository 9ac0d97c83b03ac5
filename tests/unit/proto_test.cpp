// SPDX-License-Identifier: GPL-2.0-or-later
#include "conversation.h"

#include <gtest/gtest.h>

#include <string>

namespace {

const ip_vs_proto &udp = ip_vs_proto_udp;

std::string name_of(int protocol)
{
	char buf[8];
	return ip_vs_proto_name(protocol, buf);
}

TEST(Proto, Names)
{
	EXPECT_EQ(name_of(6), "TCP");
	EXPECT_EQ(name_of(17), "UDP");
	EXPECT_EQ(name_of(132), "SCTP");
	EXPECT_EQ(name_of(50), "ESP");
	EXPECT_EQ(name_of(51), "AH");
	EXPECT_EQ(name_of(0), "IP");
	EXPECT_EQ(name_of(1), "IP_1");
	EXPECT_EQ(name_of(255), "IP_255");
}

TEST(Proto, OnlyTcpUdpAndSctpHaveConnections)
{
	for (int protocol = 0; protocol < 256; protocol++) {
		const ip_vs_proto *proto = ip_vs_proto_get(protocol);

		EXPECT_EQ(proto ? proto->protocol : -1,
			  protocol == 6 || protocol == 17 || protocol == 132 ? protocol : -1);
	}
}

std::string shown(int protocol, int kind, int state)
{
	ip_vs_conn conn{};

	conn.client.key.protocol = protocol;
	conn.client.key.kind = kind;
	conn.state = state;
	return ip_vs_conn_state_name(&conn);
}

TEST(Proto, IpsecHasPacketsButNoConnections)
{
	for (int protocol : {50, 51}) {
		const ip_vs_proto *proto = ip_vs_proto_of_packet(protocol);

		ASSERT_TRUE(proto);
		EXPECT_EQ(proto->protocol, protocol);
		EXPECT_EQ(first(*proto, Packet::udp()), IP_VS_FIRST_NO);
		EXPECT_FALSE(opens(*proto, Packet::udp()));
		Conversation talk(udp);
		talk.client(Packet::udp());
		unsigned int before = talk.seconds();
		sk_buff skb = Packet::udp().skb();
		proto->track(&talk.conn, IP_VS_DIR_SERVER, &skb, 20, &talk.timeouts);
		EXPECT_EQ(talk.seconds(), before);
		EXPECT_FALSE(talk.assured());
	}
	EXPECT_EQ(ip_vs_proto_of_packet(6), &ip_vs_proto_tcp);
	EXPECT_EQ(ip_vs_proto_of_packet(1), nullptr);
}

TEST(Proto, StatesAsShown)
{
	EXPECT_EQ(shown(6, IP_VS_TUPLE_PACKET, 1), "ESTABLISHED");
	EXPECT_EQ(shown(6, IP_VS_TUPLE_PACKET, 10), "SYNACK");
	EXPECT_EQ(shown(6, IP_VS_TUPLE_PACKET, 11), "ERR!");
	EXPECT_EQ(shown(17, IP_VS_TUPLE_PACKET, 0), "UDP");
	EXPECT_EQ(shown(17, IP_VS_TUPLE_PACKET, 1), "ERR!");
	EXPECT_EQ(shown(0, IP_VS_TUPLE_PACKET, 1), "NONE");
	EXPECT_EQ(shown(132, IP_VS_TUPLE_PACKET, 13), "CLOSED");
	EXPECT_EQ(shown(132, IP_VS_TUPLE_PACKET, 14), "ERR!");
	EXPECT_EQ(shown(50, IP_VS_TUPLE_PACKET, 0), "ERR!");
}

TEST(Proto, TemplatesAsShown)
{
	for (int protocol : {0, 6, 17, 132}) {
		EXPECT_EQ(shown(protocol, IP_VS_TUPLE_TEMPLATE, 0), "NONE");
		EXPECT_EQ(shown(protocol, IP_VS_TUPLE_TEMPLATE, 1), "ASSURED");
	}
}

TEST(Udp, LivesFiveMinutes)
{
	ip_vs_timeouts timeouts;

	ip_vs_timeouts_init(&timeouts);
	EXPECT_EQ(udp.num_states, 1);
	EXPECT_EQ(timeouts.udp[0], 300u * HZ);
	EXPECT_EQ(ip_vs_timeouts_of(&timeouts, &udp), timeouts.udp);
}

TEST(Udp, EveryWholeHeaderMayStart)
{
	EXPECT_EQ(first(udp, Packet::udp()), IP_VS_FIRST_YES);
	EXPECT_EQ(first(udp, Packet::udp().paged()), IP_VS_FIRST_YES);
	EXPECT_EQ(first(udp, Packet::udp().cut(1)), IP_VS_FIRST_BROKEN);
	EXPECT_FALSE(opens(udp, Packet::udp()));
}

TEST(Udp, IsNeverActiveAlwaysSynced)
{
	EXPECT_FALSE(udp.active(0));
	EXPECT_TRUE(udp.synced(0));
	EXPECT_FALSE(udp.reusable(0));
	EXPECT_FALSE(udp.closing(0));
}

TEST(Udp, OnlyAnAnswerAssuresTheTemplate)
{
	Conversation talk(udp);

	talk.client(Packet::udp());
	EXPECT_EQ(talk.seconds(), 300u);
	EXPECT_FALSE(talk.assured());
	talk.server(Packet::udp());
	EXPECT_TRUE(talk.assured());
}

TEST(Udp, TakesALockOnceAtMost)
{
	Conversation talk(udp);
	unsigned int before = shim_locks_taken;

	talk.client(Packet::udp());
	EXPECT_EQ(shim_locks_taken, before);
	talk.server(Packet::udp()).server(Packet::udp()).client(Packet::udp());
	EXPECT_EQ(shim_locks_taken, before + 1);
}

TEST(Udp, ANewTimeoutCountsFromTheNextPacket)
{
	Conversation talk(udp);

	talk.client(Packet::udp());
	talk.timeouts.udp[0] = 9 * HZ;
	talk.server(Packet::udp());
	EXPECT_EQ(talk.seconds(), 9u);
}

} // namespace
