// SPDX-License-Identifier: GPL-2.0-only
#include "stats.h"

#include <linux/gfp.h>
#include <linux/preempt.h>

#include "limits.h"

struct ip_vs_cpu_stats __percpu *ip_vs_stats_alloc(void)
{
	struct ip_vs_cpu_stats __percpu *stats;
	int cpu;

	stats = alloc_percpu(struct ip_vs_cpu_stats);
	if (!stats)
		return NULL;
	for_each_possible_cpu(cpu)
		u64_stats_init(&per_cpu_ptr(stats, cpu)->syncp);
	return stats;
}

void ip_vs_stats_read_cpu(struct ip_vs_counters *sum,
			  struct ip_vs_cpu_stats __percpu *stats, int cpu)
{
	const struct ip_vs_cpu_stats *s = per_cpu_ptr(stats, cpu);
	struct ip_vs_counters c;
	unsigned int start;

	do {
		start = u64_stats_fetch_begin(&s->syncp);
		c.conns = u64_stats_read(&s->conns);
		c.inpkts = u64_stats_read(&s->inpkts);
		c.outpkts = u64_stats_read(&s->outpkts);
		c.inbytes = u64_stats_read(&s->inbytes);
		c.outbytes = u64_stats_read(&s->outbytes);
	} while (u64_stats_fetch_retry(&s->syncp, start));
	ip_vs_counters_add(sum, &c);
}

void ip_vs_stats_read(struct ip_vs_counters *sum,
		      struct ip_vs_cpu_stats __percpu *stats)
{
	int cpu;

	for_each_possible_cpu(cpu)
		ip_vs_stats_read_cpu(sum, stats, cpu);
}

void ip_vs_stats_fold(struct ip_vs_cpu_stats __percpu *to,
		      struct ip_vs_cpu_stats __percpu *from)
{
	int cpu;

	for_each_possible_cpu(cpu) {
		struct ip_vs_cpu_stats *s = per_cpu_ptr(to, cpu);
		struct ip_vs_counters c = {};

		ip_vs_stats_read_cpu(&c, from, cpu);
		preempt_disable();	/* readers may wait for the end */
		u64_stats_update_begin(&s->syncp);
		u64_stats_add(&s->conns, c.conns);
		u64_stats_add(&s->inpkts, c.inpkts);
		u64_stats_add(&s->outpkts, c.outpkts);
		u64_stats_add(&s->inbytes, c.inbytes);
		u64_stats_add(&s->outbytes, c.outbytes);
		u64_stats_update_end(&s->syncp);
		preempt_enable();
	}
}

void ip_vs_counters_add(struct ip_vs_counters *a,
			const struct ip_vs_counters *b)
{
	a->conns += b->conns;
	a->inpkts += b->inpkts;
	a->outpkts += b->outpkts;
	a->inbytes += b->inbytes;
	a->outbytes += b->outbytes;
}

void ip_vs_counters_sub(struct ip_vs_counters *a,
			const struct ip_vs_counters *b)
{
	a->conns -= b->conns;
	a->inpkts -= b->inpkts;
	a->outpkts -= b->outpkts;
	a->inbytes -= b->inbytes;
	a->outbytes -= b->outbytes;
}

/* A count is kept in 1/1024 per second, octets in 1/32 per second, and both
 * move a quarter of the way to the newest value with each step: the window
 * users of the in-tree module know.
 */
#define RATE_COUNT_SHIFT	10
#define RATE_BYTES_SHIFT	5

static u64 rate_next(u64 avg, u64 delta, int shift)
{
	u64 rate = (delta << shift) / IP_VS_RATE_PERIOD;

	return avg + ((s64)(rate - avg) >> 2);
}

static u64 rate_show(u64 avg, int shift)
{
	return (avg + (1 << (shift - 1)) - 1) >> shift;
}

void ip_vs_tally_step(struct ip_vs_tally *t, const struct ip_vs_counters *raw)
{
	struct ip_vs_counters d = *raw, *a = &t->avg;

	ip_vs_counters_sub(&d, &t->last);
	t->last = *raw;
	a->conns = rate_next(a->conns, d.conns, RATE_COUNT_SHIFT);
	a->inpkts = rate_next(a->inpkts, d.inpkts, RATE_COUNT_SHIFT);
	a->outpkts = rate_next(a->outpkts, d.outpkts, RATE_COUNT_SHIFT);
	a->inbytes = rate_next(a->inbytes, d.inbytes, RATE_BYTES_SHIFT);
	a->outbytes = rate_next(a->outbytes, d.outbytes, RATE_BYTES_SHIFT);
}

void ip_vs_tally_zero(struct ip_vs_tally *t, const struct ip_vs_counters *raw)
{
	t->zero = *raw;
	t->last = *raw;
	memset(&t->avg, 0, sizeof(t->avg));
}

void ip_vs_tally_show(const struct ip_vs_tally *t, struct ip_vs_counters *raw,
		      struct ip_vs_rates *rates)
{
	ip_vs_counters_sub(raw, &t->zero);
	rates->cps = rate_show(t->avg.conns, RATE_COUNT_SHIFT);
	rates->inpps = rate_show(t->avg.inpkts, RATE_COUNT_SHIFT);
	rates->outpps = rate_show(t->avg.outpkts, RATE_COUNT_SHIFT);
	rates->inbps = rate_show(t->avg.inbytes, RATE_BYTES_SHIFT);
	rates->outbps = rate_show(t->avg.outbytes, RATE_BYTES_SHIFT);
}
