// SPDX-License-Identifier: GPL-2.0-only
#include "census.h"

#include <linux/atomic.h>
#include <linux/printk.h>

static const char * const names[IP_VS_CENSUS_KINDS] = {
	[IP_VS_CENSUS_SVC]	= "services",
	[IP_VS_CENSUS_DEST]	= "destinations",
	[IP_VS_CENSUS_CONN]	= "connections",
};

static atomic_long_t created[IP_VS_CENSUS_KINDS];
static atomic_long_t destroyed[IP_VS_CENSUS_KINDS];

void ip_vs_census_created(enum ip_vs_census kind)
{
	atomic_long_inc(&created[kind]);
}

void ip_vs_census_destroyed(enum ip_vs_census kind)
{
	atomic_long_inc(&destroyed[kind]);
}

/* "BUG:" is what tests/vm/splat looks for. */
void ip_vs_census_judge(void)
{
	int kind;

	for (kind = 0; kind < IP_VS_CENSUS_KINDS; kind++) {
		long in = atomic_long_read(&created[kind]);
		long out = atomic_long_read(&destroyed[kind]);

		pr_info("IPVS: census: %s: %ld created, %ld destroyed\n",
			names[kind], in, out);
		if (in != out)
			pr_err("BUG: IPVS: census: %ld %s unaccounted for\n",
			       in - out, names[kind]);
	}
}
