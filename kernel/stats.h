/* SPDX-License-Identifier: GPL-2.0-only */
#ifndef _IP_VS_STATS_H
#define _IP_VS_STATS_H

/* Counters. A packet touches one per-CPU object, its destination's; every sum
 * (service, namespace) is made when somebody reads. Rates come from snapshots
 * that one worker takes every IP_VS_RATE_PERIOD seconds.
 */

#include <linux/percpu.h>
#include <linux/types.h>
#include <linux/u64_stats_sync.h>

struct ip_vs_counters {
	u64 conns;	/* scheduled connections */
	u64 inpkts;	/* from clients; one skb counts once, GRO or not */
	u64 outpkts;	/* from real servers */
	u64 inbytes;	/* octets, network header included */
	u64 outbytes;
};

struct ip_vs_cpu_stats {
	u64_stats_t conns;
	u64_stats_t inpkts;
	u64_stats_t outpkts;
	u64_stats_t inbytes;
	u64_stats_t outbytes;
	struct u64_stats_sync syncp;
};

/* Per second, as users see them. */
struct ip_vs_rates {
	u64 cps;
	u64 inpps;
	u64 outpps;
	u64 inbps;	/* octets */
	u64 outbps;
};

/* What a reader sees beside the raw sum: where it was zeroed, and the moving
 * averages (scaled by 2^10 for counts, 2^5 for octets). Written under the
 * namespace's control mutex.
 */
struct ip_vs_tally {
	struct ip_vs_counters zero;
	struct ip_vs_counters last;
	struct ip_vs_counters avg;
};

/* Context: BH disabled. */
static inline void ip_vs_stats_in(struct ip_vs_cpu_stats __percpu *stats,
				  unsigned int len)
{
	struct ip_vs_cpu_stats *s = this_cpu_ptr(stats);

	u64_stats_update_begin(&s->syncp);
	u64_stats_inc(&s->inpkts);
	u64_stats_add(&s->inbytes, len);
	u64_stats_update_end(&s->syncp);
}

static inline void ip_vs_stats_out(struct ip_vs_cpu_stats __percpu *stats,
				   unsigned int len)
{
	struct ip_vs_cpu_stats *s = this_cpu_ptr(stats);

	u64_stats_update_begin(&s->syncp);
	u64_stats_inc(&s->outpkts);
	u64_stats_add(&s->outbytes, len);
	u64_stats_update_end(&s->syncp);
}

static inline void ip_vs_stats_conn(struct ip_vs_cpu_stats __percpu *stats)
{
	struct ip_vs_cpu_stats *s = this_cpu_ptr(stats);

	u64_stats_update_begin(&s->syncp);
	u64_stats_inc(&s->conns);
	u64_stats_update_end(&s->syncp);
}

struct ip_vs_cpu_stats __percpu *ip_vs_stats_alloc(void);
/* Add one CPU's counters, all CPUs' counters, a sum. */
void ip_vs_stats_read_cpu(struct ip_vs_counters *sum,
			  struct ip_vs_cpu_stats __percpu *stats, int cpu);
void ip_vs_stats_read(struct ip_vs_counters *sum,
		      struct ip_vs_cpu_stats __percpu *stats);
/* Add all of @from to @to, CPU by CPU; nobody else writes @from any more. */
void ip_vs_stats_fold(struct ip_vs_cpu_stats __percpu *to,
		      struct ip_vs_cpu_stats __percpu *from);
void ip_vs_counters_add(struct ip_vs_counters *a,
			const struct ip_vs_counters *b);
void ip_vs_counters_sub(struct ip_vs_counters *a,
			const struct ip_vs_counters *b);

/* Next snapshot of a raw sum; averages over four periods. */
void ip_vs_tally_step(struct ip_vs_tally *t, const struct ip_vs_counters *raw);
void ip_vs_tally_zero(struct ip_vs_tally *t, const struct ip_vs_counters *raw);
/* @raw becomes what the user is shown: minus what was there when zeroed. */
void ip_vs_tally_show(const struct ip_vs_tally *t, struct ip_vs_counters *raw,
		      struct ip_vs_rates *rates);

#endif
