/* SPDX-License-Identifier: GPL-2.0-only */
#ifndef _IP_VS_SEQ_H
#define _IP_VS_SEQ_H

/* TCP sequence numbers of one direction, shifted because a payload helper has
 * changed the length of what was said. Values, no locking.
 */

#include <linux/types.h>

/* In the sender's numbers: from behind @init_seq on all are shifted by @delta,
 * up to there by @previous_delta. As directors tell it each other.
 */
struct ip_vs_seq {
	u32 init_seq;
	u32 delta;
	u32 previous_delta;
};

static inline bool ip_vs_seq_after(u32 a, u32 b)
{
	return (s32)(b - a) < 0;
}

/* The sender's number as the receiver is to see it. */
static inline u32 ip_vs_seq_shift(const struct ip_vs_seq *s, u32 seq)
{
	return seq + (ip_vs_seq_after(seq, s->init_seq) ? s->delta
							: s->previous_delta);
}

/* What the receiver acknowledges, in the sender's numbers: never more than there
 * was before the change, when the change itself is acknowledged in part.
 */
static inline u32 ip_vs_seq_unshift(const struct ip_vs_seq *s, u32 ack)
{
	u32 back = ack - s->delta;

	if (!ip_vs_seq_after(ack, s->init_seq + s->previous_delta))
		return ack - s->previous_delta;
	return ip_vs_seq_after(s->init_seq, back) ? s->init_seq : back;
}

/* The segment that begins at @seq has grown by @diff. False: it is one sent
 * again, whose change is known.
 */
static inline bool ip_vs_seq_note(struct ip_vs_seq *s, bool first, u32 seq,
				  int diff)
{
	if (!first && !ip_vs_seq_after(seq, s->init_seq))
		return false;
	s->previous_delta = s->delta;
	s->delta += diff;
	s->init_seq = seq;
	return true;
}

#endif
