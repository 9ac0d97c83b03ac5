// SPDX-License-Identifier: GPL-2.0-only
#include "proto.h"

#include <linux/jiffies.h>
#include <linux/kernel.h>

const struct ip_vs_proto *ip_vs_proto_get(u8 protocol)
{
	switch (protocol) {
	case IPPROTO_TCP:
		return &ip_vs_proto_tcp;
	case IPPROTO_UDP:
		return &ip_vs_proto_udp;
	case IPPROTO_SCTP:
		return &ip_vs_proto_sctp;
	default:
		return NULL;
	}
}

const struct ip_vs_proto *ip_vs_proto_of_other_packet(u8 protocol)
{
	switch (protocol) {
	case IPPROTO_AH:
		return &ip_vs_proto_ah;
	case IPPROTO_ESP:
		return &ip_vs_proto_esp;
	default:
		return ip_vs_proto_get(protocol);
	}
}

const char *ip_vs_proto_name(u8 protocol, char *buf)
{
	const struct ip_vs_proto *proto = ip_vs_proto_of_packet(protocol);

	if (proto)
		return proto->name;
	if (protocol == IPPROTO_IP)
		return "IP";
	sprintf(buf, "IP_%u", protocol);
	return buf;
}

const char *ip_vs_conn_state_name(const struct ip_vs_conn *c)
{
	const struct ip_vs_proto *proto;
	u8 state = READ_ONCE(c->state);

	if (ip_vs_conn_is_template(c))
		return state == IP_VS_TEMPLATE_ASSURED ? "ASSURED" : "NONE";
	if (c->client.key.protocol == IPPROTO_IP)
		return "NONE";
	proto = ip_vs_proto_get(c->client.key.protocol);
	if (!proto || state >= proto->num_states)
		return "ERR!";
	return proto->state_names[state];
}

u32 *ip_vs_timeouts_of(struct ip_vs_timeouts *timeouts,
		       const struct ip_vs_proto *proto)
{
	return (void *)timeouts + proto->timeouts_offset;
}

static void timeouts_reset(struct ip_vs_timeouts *timeouts,
			   const struct ip_vs_proto *proto)
{
	u32 *timeout = ip_vs_timeouts_of(timeouts, proto);
	u8 state;

	for (state = 0; state < proto->num_states; state++)
		timeout[state] = proto->default_timeouts[state] * HZ;
}

void ip_vs_timeouts_init(struct ip_vs_timeouts *timeouts)
{
	memset(timeouts, 0, sizeof(*timeouts));
	timeouts_reset(timeouts, &ip_vs_proto_tcp);
	timeouts_reset(timeouts, &ip_vs_proto_udp);
	timeouts_reset(timeouts, &ip_vs_proto_sctp);
}
