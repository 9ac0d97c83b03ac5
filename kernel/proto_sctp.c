// SPDX-License-Identifier: GPL-2.0-only
#include "proto.h"

#include <linux/align.h>
#include <linux/sctp.h>

static const char *const sctp_names[IP_VS_SCTP_STATES] = {
	[IP_VS_SCTP_NONE] = "NONE",
	[IP_VS_SCTP_INIT1] = "INIT1",
	[IP_VS_SCTP_INIT] = "INIT",
	[IP_VS_SCTP_COOKIE_SENT] = "C-SENT",
	[IP_VS_SCTP_COOKIE_REPLIED] = "C-REPLIED",
	[IP_VS_SCTP_COOKIE_WAIT] = "C-WAIT",
	[IP_VS_SCTP_COOKIE] = "COOKIE",
	[IP_VS_SCTP_COOKIE_ECHOED] = "C-ECHOED",
	[IP_VS_SCTP_ESTABLISHED] = "ESTABLISHED",
	[IP_VS_SCTP_SHUTDOWN_SENT] = "S-SENT",
	[IP_VS_SCTP_SHUTDOWN_RECEIVED] = "S-RECEIVED",
	[IP_VS_SCTP_SHUTDOWN_ACK_SENT] = "S-ACK-SENT",
	[IP_VS_SCTP_REJECTED] = "REJECTED",
	[IP_VS_SCTP_CLOSED] = "CLOSED",
};

/* RTO.Max of RFC 9260 (16) and a second; what a lost answer or a refusal leaves
 * behind goes sooner.
 */
#define SCTP_HANDSHAKE	61
#define SCTP_SHORT	4

static const u16 sctp_timeouts[IP_VS_SCTP_STATES] = {
	[IP_VS_SCTP_NONE] = 2,
	[IP_VS_SCTP_INIT1] = SCTP_SHORT,
	[IP_VS_SCTP_INIT] = SCTP_HANDSHAKE,
	[IP_VS_SCTP_COOKIE_SENT] = SCTP_HANDSHAKE,
	[IP_VS_SCTP_COOKIE_REPLIED] = SCTP_HANDSHAKE,
	[IP_VS_SCTP_COOKIE_WAIT] = SCTP_HANDSHAKE,
	[IP_VS_SCTP_COOKIE] = SCTP_HANDSHAKE,
	[IP_VS_SCTP_COOKIE_ECHOED] = SCTP_HANDSHAKE,
	[IP_VS_SCTP_ESTABLISHED] = 15 * 60,
	[IP_VS_SCTP_SHUTDOWN_SENT] = SCTP_HANDSHAKE,
	[IP_VS_SCTP_SHUTDOWN_RECEIVED] = SCTP_HANDSHAKE,
	[IP_VS_SCTP_SHUTDOWN_ACK_SENT] = SCTP_HANDSHAKE,
	[IP_VS_SCTP_REJECTED] = SCTP_SHORT,
	[IP_VS_SCTP_CLOSED] = SCTP_HANDSHAKE,
};

/* What the first chunk of a packet says. */
enum chunk_event {
	EV_DATA,		/* and whatever only peers that talk send */
	EV_INIT,
	EV_INIT_ACK,
	EV_COOKIE_ECHO,
	EV_COOKIE_ACK,
	EV_SHUTDOWN,
	EV_SHUTDOWN_ACK,
	EV_SHUTDOWN_COMPLETE,
	EV_ERROR,
	EV_ABORT,
	EVENTS,
};

/* Whose packet it is, and whether we would see the other side's. */
enum sctp_view {
	VIEW_CLIENT,
	VIEW_SERVER,
	VIEW_ONLY_CLIENT,
	VIEWS,
};

#undef ES	/* a register, in the headers of user-mode Linux */
#define NO IP_VS_SCTP_NONE
#define I1 IP_VS_SCTP_INIT1
#define IN IP_VS_SCTP_INIT
#define CS IP_VS_SCTP_COOKIE_SENT
#define CR IP_VS_SCTP_COOKIE_REPLIED
#define CW IP_VS_SCTP_COOKIE_WAIT
#define CO IP_VS_SCTP_COOKIE
#define CE IP_VS_SCTP_COOKIE_ECHOED
#define ES IP_VS_SCTP_ESTABLISHED
#define SS IP_VS_SCTP_SHUTDOWN_SENT
#define SR IP_VS_SCTP_SHUTDOWN_RECEIVED
#define SA IP_VS_SCTP_SHUTDOWN_ACK_SENT
#define RJ IP_VS_SCTP_REJECTED
#define CL IP_VS_SCTP_CLOSED

/* The next state, by view, event and present state: the numbers and the
 * transitions are those of the in-tree module, which peers on the sync wire
 * may be.
 */
static const u8 sctp_table[VIEWS][EVENTS][IP_VS_SCTP_STATES] = {
	[VIEW_CLIENT] = {
	/* from: NO  I1  IN  CS  CR  CW  CO  CE  ES  SS  SR  SA  RJ  CL */
	[EV_DATA] =
		{ ES, I1, IN, CS, CR, CW, CO, CE, ES, SS, SR, SA, RJ, CL },
	[EV_INIT] =
		{ I1, IN, IN, CS, CR, CW, CO, CE, ES, SS, SR, SA, IN, IN },
	[EV_INIT_ACK] =
		{ CW, CW, CW, CS, CR, CO, CO, CE, ES, SS, SR, SA, RJ, CL },
	[EV_COOKIE_ECHO] =
		{ CR, IN, IN, CR, CR, CW, CO, CE, ES, SS, SR, SA, RJ, CL },
	[EV_COOKIE_ACK] =
		{ ES, I1, IN, CS, CR, CW, CO, ES, ES, SS, SR, SA, RJ, CL },
	[EV_SHUTDOWN] =
		{ SR, I1, IN, CS, CR, CW, CO, CE, SR, SS, SR, SA, RJ, CL },
	[EV_SHUTDOWN_ACK] =
		{ CL, IN, IN, CS, CR, CW, CO, CE, ES, CL, SR, CL, RJ, CL },
	[EV_SHUTDOWN_COMPLETE] =
		{ CL, CL, CL, CS, CR, CW, CO, CE, ES, SS, SR, CL, RJ, CL },
	[EV_ERROR] =
		{ CL, I1, IN, CS, CR, CW, CO, CL, ES, SS, SR, SA, RJ, CL },
	[EV_ABORT] =
		{ CL, CL, CL, CL, CL, RJ, CL, CL, CL, CL, CL, CL, CL, CL },
	},
	[VIEW_SERVER] = {
	[EV_DATA] =
		{ ES, I1, IN, CS, CR, CW, CO, CE, ES, SS, SR, SA, RJ, CL },
	[EV_INIT] =
		{ CW, CW, CW, CW, CW, CW, CW, CW, ES, CW, CW, CW, CW, CW },
	[EV_INIT_ACK] =
		{ CS, CS, CS, CS, CR, CW, CO, CE, ES, SS, SR, SA, RJ, CL },
	[EV_COOKIE_ECHO] =
		{ CE, CE, CE, CE, CE, CE, CE, CE, ES, SS, SR, SA, RJ, CL },
	[EV_COOKIE_ACK] =
		{ ES, ES, ES, ES, ES, ES, ES, ES, ES, SS, SR, SA, RJ, CL },
	[EV_SHUTDOWN] =
		{ SS, SS, SS, SS, SS, SS, SS, SS, SS, SS, SR, SA, RJ, CL },
	[EV_SHUTDOWN_ACK] =
		{ SA, SA, SA, SA, SA, CW, CO, CE, ES, SA, SA, SA, RJ, CL },
	[EV_SHUTDOWN_COMPLETE] =
		{ CL, I1, IN, CS, CR, CW, CO, CE, ES, SS, SR, SA, RJ, CL },
	[EV_ERROR] =
		{ CL, CL, CL, CL, CL, CW, CO, CE, ES, SS, SR, SA, RJ, CL },
	[EV_ABORT] =
		{ CL, RJ, CL, CL, CL, CL, CL, CL, CL, CL, CL, CL, CL, CL },
	},
	[VIEW_ONLY_CLIENT] = {
	[EV_DATA] =
		{ ES, I1, IN, CS, CR, ES, CO, CE, ES, SS, SR, SA, RJ, CL },
	[EV_INIT] =
		{ I1, IN, IN, IN, IN, IN, CO, CE, ES, SS, SR, SA, IN, IN },
	[EV_INIT_ACK] =
		{ CE, CE, CE, CE, CE, CE, CO, CE, ES, SS, SR, SA, RJ, CL },
	[EV_COOKIE_ECHO] =
		{ ES, ES, ES, ES, ES, ES, CO, CE, ES, SS, SR, SA, RJ, CL },
	[EV_COOKIE_ACK] =
		{ ES, I1, IN, ES, ES, CW, ES, ES, ES, SS, SR, SA, RJ, CL },
	[EV_SHUTDOWN] =
		{ SR, I1, IN, CS, CR, CW, CO, CE, SR, SS, SR, SA, RJ, CL },
	[EV_SHUTDOWN_ACK] =
		{ CL, IN, IN, CS, CR, CW, CO, CE, CL, CL, SR, CL, RJ, CL },
	[EV_SHUTDOWN_COMPLETE] =
		{ CL, CL, CL, CL, CL, CW, CO, CE, ES, SS, CL, CL, RJ, CL },
	[EV_ERROR] =
		{ CL, I1, IN, CS, CR, CW, CO, CE, ES, SS, SR, SA, RJ, CL },
	[EV_ABORT] =
		{ CL, CL, CL, CL, CL, RJ, CL, CL, CL, CL, CL, CL, CL, CL },
	},
};

#undef NO
#undef I1
#undef IN
#undef CS
#undef CR
#undef CW
#undef CO
#undef CE
#undef ES
#undef SS
#undef SR
#undef SA
#undef RJ
#undef CL

static enum chunk_event chunk_event(u8 chunk)
{
	switch (chunk) {
	case SCTP_CID_INIT:
		return EV_INIT;
	case SCTP_CID_INIT_ACK:
		return EV_INIT_ACK;
	case SCTP_CID_ABORT:
		return EV_ABORT;
	case SCTP_CID_SHUTDOWN:
		return EV_SHUTDOWN;
	case SCTP_CID_SHUTDOWN_ACK:
		return EV_SHUTDOWN_ACK;
	case SCTP_CID_ERROR:
		return EV_ERROR;
	case SCTP_CID_COOKIE_ECHO:
		return EV_COOKIE_ECHO;
	case SCTP_CID_COOKIE_ACK:
		return EV_COOKIE_ACK;
	case SCTP_CID_SHUTDOWN_COMPLETE:
		return EV_SHUTDOWN_COMPLETE;
	default:
		return EV_DATA;
	}
}

static enum sctp_view sctp_view(enum ip_vs_dir dir, bool only_client)
{
	if (dir == IP_VS_DIR_SERVER)
		return VIEW_SERVER;
	return only_client ? VIEW_ONLY_CLIENT : VIEW_CLIENT;
}

u8 ip_vs_sctp_next(enum ip_vs_dir dir, bool only_client, u8 chunk, u8 state)
{
	enum sctp_view view = sctp_view(dir, only_client);

	if (state >= IP_VS_SCTP_STATES)
		return IP_VS_SCTP_CLOSED;
	return sctp_table[view][chunk_event(chunk)][state];
}

/* False: there is no whole chunk header at @offset. */
static bool chunk_at(const struct sk_buff *skb, unsigned int offset,
		     struct sctp_chunkhdr *chunk)
{
	const struct sctp_chunkhdr *at;

	at = skb_header_pointer(skb, offset, sizeof(*chunk), chunk);
	if (!at)
		return false;
	*chunk = *at;
	return true;
}

/* The type of the first chunk; of an abort that is bundled with the end of a
 * handshake that one, as nothing comes of the handshake then.
 */
static bool sctp_chunk(const struct sk_buff *skb, unsigned int offset, u8 *type)
{
	struct sctp_chunkhdr chunk;
	unsigned int length;

	offset += sizeof(struct sctphdr);
	if (!chunk_at(skb, offset, &chunk))
		return false;
	*type = chunk.type;
	length = ntohs(chunk.length);
	if ((*type != SCTP_CID_COOKIE_ECHO && *type != SCTP_CID_COOKIE_ACK) ||
	    length < sizeof(chunk))
		return true;
	if (chunk_at(skb, offset + ALIGN(length, 4), &chunk) &&
	    chunk.type == SCTP_CID_ABORT)
		*type = SCTP_CID_ABORT;
	return true;
}

static enum ip_vs_first sctp_first(const struct sk_buff *skb,
				   unsigned int offset)
{
	struct sctp_chunkhdr chunk;

	if (!chunk_at(skb, offset + sizeof(struct sctphdr), &chunk))
		return IP_VS_FIRST_BROKEN;
	if (chunk.type == SCTP_CID_ABORT)
		return IP_VS_FIRST_NO;
	return chunk.type == SCTP_CID_INIT ? IP_VS_FIRST_YES
					   : IP_VS_FIRST_SLOPPY;
}

static bool sctp_opens(const struct sk_buff *skb, unsigned int offset)
{
	struct sctp_chunkhdr chunk;

	return chunk_at(skb, offset + sizeof(struct sctphdr), &chunk) &&
	       chunk.type == SCTP_CID_INIT;
}

static bool sctp_active(u8 state)
{
	return state == IP_VS_SCTP_ESTABLISHED;
}

static bool sctp_synced(u8 state)
{
	return state == IP_VS_SCTP_ESTABLISHED ||
	       state == IP_VS_SCTP_SHUTDOWN_SENT ||
	       state == IP_VS_SCTP_SHUTDOWN_RECEIVED ||
	       state == IP_VS_SCTP_SHUTDOWN_ACK_SENT ||
	       state == IP_VS_SCTP_CLOSED;
}

static bool sctp_reusable(u8 state)
{
	return state == IP_VS_SCTP_CLOSED;
}

static bool sctp_closing(u8 state)
{
	return false;
}

static u8 sctp_conn_next(const struct ip_vs_conn *c, enum ip_vs_dir dir,
			 u8 chunk)
{
	return ip_vs_sctp_next(dir, READ_ONCE(c->flags) & IP_VS_CONN_F_NOOUTPUT,
			       chunk, READ_ONCE(c->state));
}

static void sctp_move(struct ip_vs_conn *c, enum ip_vs_dir dir, u8 chunk,
		      const struct ip_vs_timeouts *timeouts)
{
	bool established;
	u8 next;

	spin_lock_bh(&c->lock);
	next = sctp_conn_next(c, dir, chunk);
	established = next == IP_VS_SCTP_ESTABLISHED && c->state != next;
	ip_vs_state_enter(c, dir, next, READ_ONCE(timeouts->sctp[next]));
	ip_vs_conn_set_active(c, sctp_active(next));
	spin_unlock_bh(&c->lock);
	if (established)
		ip_vs_conn_assure_control(c);
}

static void sctp_track(struct ip_vs_conn *c, enum ip_vs_dir dir,
		       const struct sk_buff *skb, unsigned int offset,
		       const struct ip_vs_timeouts *timeouts)
{
	u8 chunk, next;

	if (!sctp_chunk(skb, offset, &chunk))
		return;
	next = sctp_conn_next(c, dir, chunk);
	if (!ip_vs_state_settled(c, dir, next, READ_ONCE(timeouts->sctp[next])))
		sctp_move(c, dir, chunk, timeouts);
}

const struct ip_vs_proto ip_vs_proto_sctp = {
	.protocol = IPPROTO_SCTP,
	.num_states = IP_VS_SCTP_STATES,
	.name = "SCTP",
	.state_names = sctp_names,
	.default_timeouts = sctp_timeouts,
	.timeouts_offset = offsetof(struct ip_vs_timeouts, sctp),
	.first = sctp_first,
	.opens = sctp_opens,
	.track = sctp_track,
	.active = sctp_active,
	.synced = sctp_synced,
	.reusable = sctp_reusable,
	.closing = sctp_closing,
};
