// SPDX-License-Identifier: GPL-2.0-only
#include "proto.h"

#include <linux/udp.h>

/* One state: a connection lives as long as packets come. */
enum { UDP_NORMAL, UDP_STATES };

static const char *const udp_names[] = { [UDP_NORMAL] = "UDP" };
static const u16 udp_timeouts[] = { [UDP_NORMAL] = 300 };

static enum ip_vs_first udp_first(const struct sk_buff *skb,
				  unsigned int offset)
{
	struct udphdr buf;

	return skb_header_pointer(skb, offset, sizeof(buf), &buf)
		? IP_VS_FIRST_YES : IP_VS_FIRST_BROKEN;
}

/* Needs no lock: the timeout may be written by anybody at any time. */
static void udp_track(struct ip_vs_conn *c, enum ip_vs_dir dir,
		      const struct sk_buff *skb, unsigned int offset,
		      const struct ip_vs_timeouts *timeouts)
{
	u32 timeout = READ_ONCE(timeouts->udp[UDP_NORMAL]);

	if (READ_ONCE(c->timeout) != timeout)
		WRITE_ONCE(c->timeout, timeout);
	if (dir == IP_VS_DIR_SERVER)
		ip_vs_conn_assure_control(c);
}

/* Nobody can tell whether the peers still talk. */
static bool udp_active(u8 state)
{
	return false;
}

static bool udp_synced(u8 state)
{
	return true;
}

static bool udp_never(u8 state)
{
	return false;
}

const struct ip_vs_proto ip_vs_proto_udp = {
	.protocol = IPPROTO_UDP,
	.num_states = UDP_STATES,
	.name = "UDP",
	.state_names = udp_names,
	.default_timeouts = udp_timeouts,
	.timeouts_offset = offsetof(struct ip_vs_timeouts, udp),
	.first = udp_first,
	.track = udp_track,
	.active = udp_active,
	.synced = udp_synced,
	.reusable = udp_never,
	.closing = udp_never,
};
