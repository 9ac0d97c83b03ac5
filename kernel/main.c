// SPDX-License-Identifier: GPL-2.0-only

/* The ladder: what is built first is taken down last. */

#include <linux/module.h>

#include "census.h"
#include "conns.h"
#include "ctl.h"
#include "genl.h"
#include "limits.h"
#include "netns.h"
#include "nfct.h"
#include "procfs.h"
#include "sysctl.h"

module_param_named(conn_tab_bits, ip_vs_conn_tab_bits, uint, 0444);
MODULE_PARM_DESC(conn_tab_bits,
		 "Connection table: least number of buckets, as a power of two");

static void __init check_conn_tab_bits(void)
{
	if (ip_vs_conn_tab_bits >= IP_VS_CONN_TAB_BITS_MIN &&
	    ip_vs_conn_tab_bits <= IP_VS_CONN_TAB_BITS_MAX)
		return;
	pr_err(IP_VS_LOG "conn_tab_bits=%u is not in [%u, %u]: taking %u\n",
	       ip_vs_conn_tab_bits, IP_VS_CONN_TAB_BITS_MIN,
	       IP_VS_CONN_TAB_BITS_MAX, IP_VS_CONN_TAB_BITS);
	ip_vs_conn_tab_bits = IP_VS_CONN_TAB_BITS;
}

static int __init ip_vs_init(void)
{
	int err;

	check_conn_tab_bits();
	err = ip_vs_conn_caches_init();
	if (err)
		return err;
	err = ip_vs_netns_init();
	if (err)
		goto exit_caches;
	err = ip_vs_ctl_init();
	if (err)
		goto exit_netns;
	err = ip_vs_sysctl_init();
	if (err)
		goto exit_ctl;
	err = ip_vs_procfs_init();
	if (err)
		goto exit_sysctl;
	err = ip_vs_genl_init();
	if (err)
		goto exit_procfs;
	pr_info(IP_VS_LOG "Registered protocols (TCP, UDP, SCTP, AH, ESP)\n");
	pr_info(IP_VS_LOG "ipvs loaded, version " IP_VS_VERSION "\n");
	return 0;

exit_procfs:
	ip_vs_procfs_exit();
exit_sysctl:
	ip_vs_sysctl_exit();
exit_ctl:
	ip_vs_ctl_exit();
exit_netns:
	ip_vs_netns_exit();
	ip_vs_nfct_exit();
exit_caches:
	ip_vs_conn_caches_exit();
	return err;
}

static void __exit ip_vs_exit(void)
{
	ip_vs_genl_exit();
	ip_vs_procfs_exit();
	ip_vs_sysctl_exit();
	ip_vs_ctl_exit();
	ip_vs_netns_exit();
	ip_vs_nfct_exit();
	ip_vs_conn_caches_exit();
	ip_vs_census_judge();
	pr_info(IP_VS_LOG "ipvs unloaded.\n");
}

module_init(ip_vs_init);
module_exit(ip_vs_exit);
MODULE_LICENSE("GPL");
MODULE_DESCRIPTION("IP Virtual Server: layer-4 load balancing");
MODULE_VERSION(IP_VS_VERSION);
