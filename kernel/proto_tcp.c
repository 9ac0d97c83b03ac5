// SPDX-License-Identifier: GPL-2.0-only
#include "proto.h"

#include <net/tcp.h>

static const char *const tcp_names[IP_VS_TCP_STATES] = {
	[IP_VS_TCP_NONE] = "NONE",
	[IP_VS_TCP_ESTABLISHED] = "ESTABLISHED",
	[IP_VS_TCP_SYN_SENT] = "SYN_SENT",
	[IP_VS_TCP_SYN_RECV] = "SYN_RECV",
	[IP_VS_TCP_FIN_WAIT] = "FIN_WAIT",
	[IP_VS_TCP_TIME_WAIT] = "TIME_WAIT",
	[IP_VS_TCP_CLOSE] = "CLOSE",
	[IP_VS_TCP_CLOSE_WAIT] = "CLOSE_WAIT",
	[IP_VS_TCP_LAST_ACK] = "LAST_ACK",
	[IP_VS_TCP_LISTEN] = "LISTEN",
	[IP_VS_TCP_SYNACK] = "SYNACK",
};

static const u16 tcp_timeouts[IP_VS_TCP_STATES] = {
	[IP_VS_TCP_NONE] = 2,
	[IP_VS_TCP_ESTABLISHED] = 15 * 60,
	[IP_VS_TCP_SYN_SENT] = 2 * 60,
	[IP_VS_TCP_SYN_RECV] = 60,
	[IP_VS_TCP_FIN_WAIT] = 2 * 60,
	[IP_VS_TCP_TIME_WAIT] = 2 * 60,
	[IP_VS_TCP_CLOSE] = 10,
	[IP_VS_TCP_CLOSE_WAIT] = 60,
	[IP_VS_TCP_LAST_ACK] = 30,
	[IP_VS_TCP_LISTEN] = 2 * 60,
	[IP_VS_TCP_SYNACK] = 2 * 60,
};

/* What the strongest flag of a packet says; a packet without any closes. */
enum tcp_event {
	TCP_EV_SYN,
	TCP_EV_FIN,
	TCP_EV_ACK,
	TCP_EV_RST,
	TCP_EVENTS,
};

/* Whose packet it is, and whether we would see the other side's. */
enum tcp_view {
	TCP_VIEW_CLIENT,
	TCP_VIEW_SERVER,
	TCP_VIEW_ONLY_CLIENT,
	TCP_VIEWS_PLAIN,
	TCP_VIEWS = 2 * TCP_VIEWS_PLAIN,	/* the second half: secure_tcp */
};

#undef ES	/* a register, in the headers of user-mode Linux */
#define NO IP_VS_TCP_NONE
#define ES IP_VS_TCP_ESTABLISHED
#define SS IP_VS_TCP_SYN_SENT
#define SR IP_VS_TCP_SYN_RECV
#define FW IP_VS_TCP_FIN_WAIT
#define TW IP_VS_TCP_TIME_WAIT
#define CL IP_VS_TCP_CLOSE
#define CW IP_VS_TCP_CLOSE_WAIT
#define LA IP_VS_TCP_LAST_ACK
#define LI IP_VS_TCP_LISTEN
#define SA IP_VS_TCP_SYNACK

/* The next state, by view, event and present state: the numbers and the
 * transitions are those of the in-tree module, which peers on the sync wire
 * may be.
 */
static const u8 tcp_table[TCP_VIEWS][TCP_EVENTS][IP_VS_TCP_STATES] = {
	[TCP_VIEW_CLIENT] = {
		/* from:	  NO  ES  SS  SR  FW  TW  CL  CW  LA  LI  SA */
		[TCP_EV_SYN] =	{ SR, ES, ES, SR, SR, SR, SR, SR, SR, SR, SR },
		[TCP_EV_FIN] =	{ CL, CW, SS, TW, TW, TW, CL, CW, LA, LI, TW },
		[TCP_EV_ACK] =	{ ES, ES, SS, ES, FW, TW, CL, CW, CL, LI, ES },
		[TCP_EV_RST] =	{ CL, CL, CL, SR, CL, CL, CL, CL, LA, LI, SR },
	},
	[TCP_VIEW_SERVER] = {
		[TCP_EV_SYN] =	{ SS, ES, SS, SR, SS, SS, SS, SS, SS, LI, SR },
		[TCP_EV_FIN] =	{ TW, FW, SS, TW, FW, TW, CL, TW, LA, LI, TW },
		[TCP_EV_ACK] =	{ ES, ES, SS, ES, FW, TW, CL, CW, LA, ES, ES },
		[TCP_EV_RST] =	{ CL, CL, SS, CL, CL, TW, CL, CL, CL, CL, CL },
	},
	[TCP_VIEW_ONLY_CLIENT] = {
		[TCP_EV_SYN] =	{ SR, ES, ES, SR, SR, SR, SR, SR, SR, SR, SR },
		[TCP_EV_FIN] =	{ CL, FW, SS, TW, FW, TW, CL, CW, LA, LI, TW },
		[TCP_EV_ACK] =	{ ES, ES, SS, ES, FW, TW, CL, CW, CL, LI, ES },
		[TCP_EV_RST] =	{ CL, CL, CL, SR, CL, CL, CL, CL, LA, LI, CL },
	},
	[TCP_VIEWS_PLAIN + TCP_VIEW_CLIENT] = {
		[TCP_EV_SYN] =	{ SR, ES, ES, SR, SR, SR, SR, SR, SR, SR, SA },
		[TCP_EV_FIN] =	{ CL, CW, SS, TW, TW, TW, CL, CW, LA, LI, SA },
		[TCP_EV_ACK] =	{ ES, ES, SS, SR, FW, TW, CL, CW, CL, LI, SA },
		[TCP_EV_RST] =	{ CL, CL, CL, SR, CL, CL, CL, CL, LA, LI, CL },
	},
	[TCP_VIEWS_PLAIN + TCP_VIEW_SERVER] = {
		[TCP_EV_SYN] =	{ SS, ES, SS, SA, SS, SS, SS, SS, SS, LI, SA },
		[TCP_EV_FIN] =	{ TW, FW, SS, TW, FW, TW, CL, TW, LA, LI, TW },
		[TCP_EV_ACK] =	{ ES, ES, SS, ES, FW, TW, CL, CW, LA, ES, ES },
		[TCP_EV_RST] =	{ CL, CL, SS, CL, CL, TW, CL, CL, CL, CL, CL },
	},
	[TCP_VIEWS_PLAIN + TCP_VIEW_ONLY_CLIENT] = {
		[TCP_EV_SYN] =	{ SA, ES, ES, SR, SA, SA, SA, SA, SA, SA, SA },
		[TCP_EV_FIN] =	{ CL, FW, SS, TW, FW, TW, CL, CW, LA, LI, TW },
		[TCP_EV_ACK] =	{ ES, ES, SS, ES, FW, TW, CL, CW, CL, LI, ES },
		[TCP_EV_RST] =	{ CL, CL, CL, SR, CL, CL, CL, CL, LA, LI, CL },
	},
};

#undef NO
#undef ES
#undef SS
#undef SR
#undef FW
#undef TW
#undef CL
#undef CW
#undef LA
#undef LI
#undef SA

static enum tcp_event tcp_event(u8 flags)
{
	if (flags & TCPHDR_RST)
		return TCP_EV_RST;
	if (flags & TCPHDR_SYN)
		return TCP_EV_SYN;
	if (flags & TCPHDR_FIN)
		return TCP_EV_FIN;
	if (flags & TCPHDR_ACK)
		return TCP_EV_ACK;
	return TCP_EVENTS;
}

static unsigned int tcp_view(const struct ip_vs_tcp_view *view)
{
	unsigned int half = view->secure ? TCP_VIEWS_PLAIN : 0;

	if (view->dir == IP_VS_DIR_SERVER)
		return half + TCP_VIEW_SERVER;
	return half + (view->only_client ? TCP_VIEW_ONLY_CLIENT
					 : TCP_VIEW_CLIENT);
}

u8 ip_vs_tcp_next(const struct ip_vs_tcp_view *view, u8 flags, u8 state)
{
	enum tcp_event event = tcp_event(flags);

	if (event == TCP_EVENTS || state >= IP_VS_TCP_STATES)
		return IP_VS_TCP_CLOSE;
	return tcp_table[tcp_view(view)][event][state];
}

/* False: the packet is too short. */
static bool tcp_flags(const struct sk_buff *skb, unsigned int offset, u8 *flags)
{
	struct tcphdr buf;
	const u8 *header = skb_header_pointer(skb, offset, sizeof(buf), &buf);

	if (!header)
		return false;
	*flags = header[13];
	return true;
}

static enum ip_vs_first tcp_first(const struct sk_buff *skb,
				  unsigned int offset)
{
	u8 flags;

	if (!tcp_flags(skb, offset, &flags))
		return IP_VS_FIRST_BROKEN;
	if (flags & TCPHDR_RST)
		return IP_VS_FIRST_NO;
	return flags & TCPHDR_SYN ? IP_VS_FIRST_YES : IP_VS_FIRST_SLOPPY;
}

static bool tcp_opens(const struct sk_buff *skb, unsigned int offset)
{
	u8 flags;

	return tcp_flags(skb, offset, &flags) && flags & TCPHDR_SYN;
}

static bool tcp_active(u8 state)
{
	return state == IP_VS_TCP_ESTABLISHED || state == IP_VS_TCP_SYN_SENT ||
	       state == IP_VS_TCP_SYN_RECV || state == IP_VS_TCP_SYNACK;
}

static bool tcp_synced(u8 state)
{
	return state == IP_VS_TCP_ESTABLISHED || state == IP_VS_TCP_FIN_WAIT ||
	       state == IP_VS_TCP_TIME_WAIT || state == IP_VS_TCP_CLOSE ||
	       state == IP_VS_TCP_CLOSE_WAIT;
}

static bool tcp_reusable(u8 state)
{
	return state == IP_VS_TCP_TIME_WAIT || state == IP_VS_TCP_CLOSE;
}

static bool tcp_closing(u8 state)
{
	return state == IP_VS_TCP_FIN_WAIT;
}

static u8 tcp_conn_next(const struct ip_vs_conn *c, enum ip_vs_dir dir,
			u8 flags, const struct ip_vs_timeouts *timeouts)
{
	const struct ip_vs_tcp_view view = {
		.dir = dir,
		.only_client = READ_ONCE(c->flags) & IP_VS_CONN_F_NOOUTPUT,
		.secure = READ_ONCE(timeouts->secure_tcp),
	};

	return ip_vs_tcp_next(&view, flags, READ_ONCE(c->state));
}

static void tcp_move(struct ip_vs_conn *c, enum ip_vs_dir dir, u8 flags,
		     const struct ip_vs_timeouts *timeouts)
{
	bool established;
	u8 next;

	spin_lock_bh(&c->lock);
	next = tcp_conn_next(c, dir, flags, timeouts);
	established = next == IP_VS_TCP_ESTABLISHED && c->state != next;
	ip_vs_state_enter(c, dir, next, READ_ONCE(timeouts->tcp[next]));
	ip_vs_conn_set_active(c, tcp_active(next));
	spin_unlock_bh(&c->lock);
	if (established)
		ip_vs_conn_assure_control(c);
}

static void tcp_track(struct ip_vs_conn *c, enum ip_vs_dir dir,
		      const struct sk_buff *skb, unsigned int offset,
		      const struct ip_vs_timeouts *timeouts)
{
	u8 flags, next;

	if (!tcp_flags(skb, offset, &flags))
		return;
	next = tcp_conn_next(c, dir, flags, timeouts);
	if (!ip_vs_state_settled(c, dir, next, READ_ONCE(timeouts->tcp[next])))
		tcp_move(c, dir, flags, timeouts);
}

const struct ip_vs_proto ip_vs_proto_tcp = {
	.protocol = IPPROTO_TCP,
	.num_states = IP_VS_TCP_STATES,
	.name = "TCP",
	.state_names = tcp_names,
	.default_timeouts = tcp_timeouts,
	.timeouts_offset = offsetof(struct ip_vs_timeouts, tcp),
	.first = tcp_first,
	.opens = tcp_opens,
	.track = tcp_track,
	.active = tcp_active,
	.synced = tcp_synced,
	.reusable = tcp_reusable,
	.closing = tcp_closing,
};
