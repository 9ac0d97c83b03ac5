/* SPDX-License-Identifier: GPL-2.0 WITH Linux-syscall-note */
/*
 * What the kernel module and user space say to each other: the values and
 * layouts of the two control interfaces, socket options and generic netlink.
 *
 * Numbers below 64 are those of the mainline ABI and never change. What this
 * module adds starts at 64 in each enum.
 */
#ifndef _IP_VS_H
#define _IP_VS_H

#include <linux/types.h>

#define IP_VS_VERSION_CODE	0x010201
#define NVERSION(version)			\
	((version) >> 16) & 0xFF,		\
	((version) >> 8) & 0xFF,		\
	(version) & 0xFF

/* Lengths include the terminating NUL, except that of the PE data. */
#define IP_VS_SCHEDNAME_MAXLEN	16
#define IP_VS_PENAME_MAXLEN	16
#define IP_VS_IFNAME_MAXLEN	16
#define IP_VS_PEDATA_MAXLEN	255

/* Flags of a virtual service. HASHED is the kernel's own, dumps show it. */
#define IP_VS_SVC_F_PERSISTENT	0x0001
#define IP_VS_SVC_F_HASHED	0x0002
#define IP_VS_SVC_F_ONEPACKET	0x0004
#define IP_VS_SVC_F_SCHED1	0x0008
#define IP_VS_SVC_F_SCHED2	0x0010
#define IP_VS_SVC_F_SCHED3	0x0020

#define IP_VS_SVC_F_SCHED_SH_FALLBACK	IP_VS_SVC_F_SCHED1
#define IP_VS_SVC_F_SCHED_SH_PORT	IP_VS_SVC_F_SCHED2
#define IP_VS_SVC_F_SCHED_MH_FALLBACK	IP_VS_SVC_F_SCHED1
#define IP_VS_SVC_F_SCHED_MH_PORT	IP_VS_SVC_F_SCHED2

/* Flags of a destination: only ever informational. */
#define IP_VS_DEST_F_AVAILABLE	0x0001
#define IP_VS_DEST_F_OVERLOAD	0x0002

/* States of the sync daemons, a bit mask: both may run at once. */
#define IP_VS_STATE_NONE	0x0000
#define IP_VS_STATE_MASTER	0x0001
#define IP_VS_STATE_BACKUP	0x0002

/* Flags of a connection, the lowest three bits are the forwarding method. */
#define IP_VS_CONN_F_FWD_MASK	0x0007
#define IP_VS_CONN_F_MASQ	0x0000
#define IP_VS_CONN_F_LOCALNODE	0x0001
#define IP_VS_CONN_F_TUNNEL	0x0002
#define IP_VS_CONN_F_DROUTE	0x0003
#define IP_VS_CONN_F_BYPASS	0x0004
#define IP_VS_CONN_F_SYNC	0x0020
#define IP_VS_CONN_F_HASHED	0x0040
#define IP_VS_CONN_F_NOOUTPUT	0x0080
#define IP_VS_CONN_F_INACTIVE	0x0100
#define IP_VS_CONN_F_OUT_SEQ	0x0200
#define IP_VS_CONN_F_IN_SEQ	0x0400
#define IP_VS_CONN_F_SEQ_MASK	0x0600
#define IP_VS_CONN_F_NO_CPORT	0x0800
#define IP_VS_CONN_F_TEMPLATE	0x1000
#define IP_VS_CONN_F_ONE_PACKET	0x2000

/* Bit 16 and above never travel in version 0 of the sync protocol. */
#define IP_VS_CONN_F_NFCT	(1 << 16)

/* What a backup takes over from a sync message, for a new connection ... */
#define IP_VS_CONN_F_BACKUP_MASK	(IP_VS_CONN_F_FWD_MASK | \
					 IP_VS_CONN_F_NOOUTPUT | \
					 IP_VS_CONN_F_INACTIVE | \
					 IP_VS_CONN_F_SEQ_MASK | \
					 IP_VS_CONN_F_NO_CPORT | \
					 IP_VS_CONN_F_TEMPLATE)

/* ... and for one it already has. */
#define IP_VS_CONN_F_BACKUP_UPD_MASK	(IP_VS_CONN_F_INACTIVE | \
					 IP_VS_CONN_F_SEQ_MASK)

/* What a connection inherits from its destination. */
#define IP_VS_CONN_F_DEST_MASK		(IP_VS_CONN_F_FWD_MASK | \
					 IP_VS_CONN_F_ONE_PACKET | \
					 IP_VS_CONN_F_NFCT)

enum {
	IP_VS_CONN_F_TUNNEL_TYPE_IPIP = 0,
	IP_VS_CONN_F_TUNNEL_TYPE_GUE,
	IP_VS_CONN_F_TUNNEL_TYPE_GRE,
	IP_VS_CONN_F_TUNNEL_TYPE_MAX,
};

#define IP_VS_TUNNEL_ENCAP_FLAG_NOCSUM	0
#define IP_VS_TUNNEL_ENCAP_FLAG_CSUM	(1 << 0)
#define IP_VS_TUNNEL_ENCAP_FLAG_REMCSUM	(1 << 1)

/*
 * Socket options, level SOL_IP.
 */
#define IP_VS_BASE_CTL		(64 + 1024 + 64)

#define IP_VS_SO_SET_NONE	IP_VS_BASE_CTL
#define IP_VS_SO_SET_INSERT	(IP_VS_BASE_CTL + 1)
#define IP_VS_SO_SET_ADD	(IP_VS_BASE_CTL + 2)
#define IP_VS_SO_SET_EDIT	(IP_VS_BASE_CTL + 3)
#define IP_VS_SO_SET_DEL	(IP_VS_BASE_CTL + 4)
#define IP_VS_SO_SET_FLUSH	(IP_VS_BASE_CTL + 5)
#define IP_VS_SO_SET_LIST	(IP_VS_BASE_CTL + 6)
#define IP_VS_SO_SET_ADDDEST	(IP_VS_BASE_CTL + 7)
#define IP_VS_SO_SET_DELDEST	(IP_VS_BASE_CTL + 8)
#define IP_VS_SO_SET_EDITDEST	(IP_VS_BASE_CTL + 9)
#define IP_VS_SO_SET_TIMEOUT	(IP_VS_BASE_CTL + 10)
#define IP_VS_SO_SET_STARTDAEMON (IP_VS_BASE_CTL + 11)
#define IP_VS_SO_SET_STOPDAEMON	(IP_VS_BASE_CTL + 12)
#define IP_VS_SO_SET_RESTORE	(IP_VS_BASE_CTL + 13)
#define IP_VS_SO_SET_SAVE	(IP_VS_BASE_CTL + 14)
#define IP_VS_SO_SET_ZERO	(IP_VS_BASE_CTL + 15)
#define IP_VS_SO_SET_MAX	IP_VS_SO_SET_ZERO

#define IP_VS_SO_GET_VERSION	IP_VS_BASE_CTL
#define IP_VS_SO_GET_INFO	(IP_VS_BASE_CTL + 1)
#define IP_VS_SO_GET_SERVICES	(IP_VS_BASE_CTL + 2)
#define IP_VS_SO_GET_SERVICE	(IP_VS_BASE_CTL + 3)
#define IP_VS_SO_GET_DESTS	(IP_VS_BASE_CTL + 4)
#define IP_VS_SO_GET_DEST	(IP_VS_BASE_CTL + 5)
#define IP_VS_SO_GET_TIMEOUT	(IP_VS_BASE_CTL + 6)
#define IP_VS_SO_GET_DAEMON	(IP_VS_BASE_CTL + 7)
#define IP_VS_SO_GET_MAX	IP_VS_SO_GET_DAEMON

/* 44 bytes. A service is either (protocol, addr, port) or fwmark. */
struct ip_vs_service_user {
	__u16		protocol;
	__be32		addr;
	__be16		port;
	__u32		fwmark;

	char		sched_name[IP_VS_SCHEDNAME_MAXLEN];
	unsigned int	flags;
	unsigned int	timeout;	/* persistence, seconds */
	__be32		netmask;	/* persistence */
};

/* 24 bytes. */
struct ip_vs_dest_user {
	__be32		addr;
	__be16		port;

	unsigned int	conn_flags;
	int		weight;
	__u32		u_threshold;
	__u32		l_threshold;
};

/* 56 bytes with the padding at the end. */
struct ip_vs_stats_user {
	__u32		conns;
	__u32		inpkts;
	__u32		outpkts;
	__u64		inbytes;
	__u64		outbytes;

	__u32		cps;
	__u32		inpps;
	__u32		outpps;
	__u32		inbps;
	__u32		outbps;
};

/* 12 bytes. */
struct ip_vs_getinfo {
	unsigned int	version;
	unsigned int	size;		/* buckets of the connection table */
	unsigned int	num_services;	/* IPv4 only */
};

/* 104 bytes. */
struct ip_vs_service_entry {
	__u16		protocol;
	__be32		addr;
	__be16		port;
	__u32		fwmark;

	char		sched_name[IP_VS_SCHEDNAME_MAXLEN];
	unsigned int	flags;
	unsigned int	timeout;
	__be32		netmask;

	unsigned int	num_dests;
	struct ip_vs_stats_user stats;
};

/* 96 bytes. */
struct ip_vs_dest_entry {
	__be32		addr;
	__be16		port;
	unsigned int	conn_flags;
	int		weight;

	__u32		u_threshold;
	__u32		l_threshold;
	__u32		activeconns;
	__u32		inactconns;
	__u32		persistconns;

	struct ip_vs_stats_user stats;
};

/* 24 bytes and the entries. */
struct ip_vs_get_dests {
	__u16		protocol;
	__be32		addr;
	__be16		port;
	__u32		fwmark;

	unsigned int	num_dests;
	struct ip_vs_dest_entry entrytable[];
};

/* 8 bytes and the entries. */
struct ip_vs_get_services {
	unsigned int	num_services;
	struct ip_vs_service_entry entrytable[];
};

/* 12 bytes, seconds. */
struct ip_vs_timeout_user {
	int		tcp_timeout;
	int		tcp_fin_timeout;
	int		udp_timeout;
};

/* 24 bytes. */
struct ip_vs_daemon_user {
	int		state;
	char		mcast_ifn[IP_VS_IFNAME_MAXLEN];
	int		syncid;
};

/*
 * Generic netlink.
 */
#define IPVS_GENL_NAME		"IPVS"
#define IPVS_GENL_VERSION	0x1

/* 8 bytes: flags in the mask replace the old ones, the others stay. */
struct ip_vs_flags {
	__u32		flags;
	__u32		mask;
};

enum {
	IPVS_CMD_UNSPEC = 0,

	IPVS_CMD_NEW_SERVICE,
	IPVS_CMD_SET_SERVICE,
	IPVS_CMD_DEL_SERVICE,
	IPVS_CMD_GET_SERVICE,

	IPVS_CMD_NEW_DEST,
	IPVS_CMD_SET_DEST,
	IPVS_CMD_DEL_DEST,
	IPVS_CMD_GET_DEST,

	IPVS_CMD_NEW_DAEMON,
	IPVS_CMD_DEL_DAEMON,
	IPVS_CMD_GET_DAEMON,

	IPVS_CMD_SET_CONFIG,
	IPVS_CMD_GET_CONFIG,

	IPVS_CMD_SET_INFO,		/* only as a reply */
	IPVS_CMD_GET_INFO,

	IPVS_CMD_ZERO,
	IPVS_CMD_FLUSH,

	__IPVS_CMD_MAX,
};

#define IPVS_CMD_MAX (__IPVS_CMD_MAX - 1)

/* Top level of a message. */
enum {
	IPVS_CMD_ATTR_UNSPEC = 0,
	IPVS_CMD_ATTR_SERVICE,		/* nested, IPVS_SVC_ATTR_* */
	IPVS_CMD_ATTR_DEST,		/* nested, IPVS_DEST_ATTR_* */
	IPVS_CMD_ATTR_DAEMON,		/* nested, IPVS_DAEMON_ATTR_* */
	IPVS_CMD_ATTR_TIMEOUT_TCP,	/* u32, seconds, as the next two */
	IPVS_CMD_ATTR_TIMEOUT_TCP_FIN,
	IPVS_CMD_ATTR_TIMEOUT_UDP,

	/* flag, with a dump: NLM_F_DUMP_INTR if the list changes meanwhile */
	IPVS_CMD_ATTR_CONSISTENT = 64,
	__IPVS_CMD_ATTR_MAX,
};

#define IPVS_CMD_ATTR_MAX (__IPVS_CMD_ATTR_MAX - 1)

enum {
	IPVS_SVC_ATTR_UNSPEC = 0,
	IPVS_SVC_ATTR_AF,		/* u16 */
	IPVS_SVC_ATTR_PROTOCOL,		/* u16 */
	IPVS_SVC_ATTR_ADDR,		/* 16 bytes, an IPv4 one comes first */
	IPVS_SVC_ATTR_PORT,		/* be16 */
	IPVS_SVC_ATTR_FWMARK,		/* u32, instead of the three above */

	IPVS_SVC_ATTR_SCHED_NAME,	/* NUL string */
	IPVS_SVC_ATTR_FLAGS,		/* struct ip_vs_flags */
	IPVS_SVC_ATTR_TIMEOUT,		/* u32, seconds */
	IPVS_SVC_ATTR_NETMASK,		/* IPv4: be32; IPv6: u32, bits */

	IPVS_SVC_ATTR_STATS,		/* nested, IPVS_STATS_ATTR_* */

	IPVS_SVC_ATTR_PE_NAME,		/* NUL string */

	IPVS_SVC_ATTR_STATS64,		/* nested, IPVS_STATS_ATTR_* */
	__IPVS_SVC_ATTR_MAX,
};

#define IPVS_SVC_ATTR_MAX (__IPVS_SVC_ATTR_MAX - 1)

enum {
	IPVS_DEST_ATTR_UNSPEC = 0,
	IPVS_DEST_ATTR_ADDR,		/* 16 bytes, an IPv4 one comes first */
	IPVS_DEST_ATTR_PORT,		/* be16 */

	IPVS_DEST_ATTR_FWD_METHOD,	/* u32 */
	IPVS_DEST_ATTR_WEIGHT,		/* u32 */

	IPVS_DEST_ATTR_U_THRESH,	/* u32, connections, as the next four */
	IPVS_DEST_ATTR_L_THRESH,

	IPVS_DEST_ATTR_ACTIVE_CONNS,
	IPVS_DEST_ATTR_INACT_CONNS,
	IPVS_DEST_ATTR_PERSIST_CONNS,

	IPVS_DEST_ATTR_STATS,		/* nested, IPVS_STATS_ATTR_* */

	IPVS_DEST_ATTR_ADDR_FAMILY,	/* u16, absent: that of the service */

	IPVS_DEST_ATTR_STATS64,		/* nested, IPVS_STATS_ATTR_* */

	IPVS_DEST_ATTR_TUN_TYPE,	/* u8 */
	IPVS_DEST_ATTR_TUN_PORT,	/* be16 */
	IPVS_DEST_ATTR_TUN_FLAGS,	/* u16 */
	__IPVS_DEST_ATTR_MAX,
};

#define IPVS_DEST_ATTR_MAX (__IPVS_DEST_ATTR_MAX - 1)

enum {
	IPVS_DAEMON_ATTR_UNSPEC = 0,
	IPVS_DAEMON_ATTR_STATE,		/* u32, one of IP_VS_STATE_* */
	IPVS_DAEMON_ATTR_MCAST_IFN,	/* NUL string */
	IPVS_DAEMON_ATTR_SYNC_ID,	/* u32, 0..255 */
	IPVS_DAEMON_ATTR_SYNC_MAXLEN,	/* u16, bytes of payload */
	IPVS_DAEMON_ATTR_MCAST_GROUP,	/* be32 */
	IPVS_DAEMON_ATTR_MCAST_GROUP6,	/* 16 bytes */
	IPVS_DAEMON_ATTR_MCAST_PORT,	/* u16, host order */
	IPVS_DAEMON_ATTR_MCAST_TTL,	/* u8 */

	IPVS_DAEMON_ATTR_COUNTERS = 64,	/* nested, IPVS_SYNC_CNT_* */
	__IPVS_DAEMON_ATTR_MAX,
};

#define IPVS_DAEMON_ATTR_MAX (__IPVS_DAEMON_ATTR_MAX - 1)

/* STATS has u32 but for the bytes, STATS64 has u64 throughout. */
enum {
	IPVS_STATS_ATTR_UNSPEC = 0,
	IPVS_STATS_ATTR_CONNS,

	IPVS_STATS_ATTR_INPKTS,
	IPVS_STATS_ATTR_OUTPKTS,
	IPVS_STATS_ATTR_INBYTES,
	IPVS_STATS_ATTR_OUTBYTES,

	IPVS_STATS_ATTR_CPS,		/* per second, as the next four */
	IPVS_STATS_ATTR_INPPS,
	IPVS_STATS_ATTR_OUTPPS,
	IPVS_STATS_ATTR_INBPS,
	IPVS_STATS_ATTR_OUTBPS,
	IPVS_STATS_ATTR_PAD,
	__IPVS_STATS_ATTR_MAX,
};

#define IPVS_STATS_ATTR_MAX (__IPVS_STATS_ATTR_MAX - 1)

/* These stand at the top level of the reply to IPVS_CMD_GET_INFO. */
enum {
	IPVS_INFO_ATTR_UNSPEC = 0,
	IPVS_INFO_ATTR_VERSION,		/* u32 */
	IPVS_INFO_ATTR_CONN_TAB_SIZE,	/* u32, buckets */

	IPVS_INFO_ATTR_FEATURES = 64,	/* u64, IP_VS_FEATURE_* */
	IPVS_INFO_ATTR_PAD,
	__IPVS_INFO_ATTR_MAX,
};

#define IPVS_INFO_ATTR_MAX (__IPVS_INFO_ATTR_MAX - 1)

/* Every refusal carries a sentence in the extended acknowledgement. */
#define IP_VS_FEATURE_EXTACK		(1ULL << 0)
/* Dumped daemons carry IPVS_DAEMON_ATTR_COUNTERS. */
#define IP_VS_FEATURE_SYNC_COUNTERS	(1ULL << 1)

/* Counters of a sync daemon since its start, each a u64. */
enum {
	IPVS_SYNC_CNT_UNSPEC = 0,
	IPVS_SYNC_CNT_TX_MSGS,
	IPVS_SYNC_CNT_TX_BYTES,
	IPVS_SYNC_CNT_TX_CONNS,
	IPVS_SYNC_CNT_TX_DROP_QUEUE,	/* the queue was full */
	IPVS_SYNC_CNT_TX_DROP_NOMEM,
	IPVS_SYNC_CNT_TX_ERRORS,	/* the socket refused */

	IPVS_SYNC_CNT_RX_MSGS,
	IPVS_SYNC_CNT_RX_BYTES,
	IPVS_SYNC_CNT_RX_CONNS,

	/* Messages refused as a whole. */
	IPVS_SYNC_CNT_RX_BAD_LEN,	/* shorter than a header */
	IPVS_SYNC_CNT_RX_BAD_SIZE,	/* its size is not that of the datagram */
	IPVS_SYNC_CNT_RX_BAD_SYNCID,
	IPVS_SYNC_CNT_RX_BAD_VERSION,

	/* Connections refused. */
	IPVS_SYNC_CNT_RX_BAD_CONN,	/* truncated or oversized */
	IPVS_SYNC_CNT_RX_BAD_OPT,
	IPVS_SYNC_CNT_RX_BAD_PROTO,
	IPVS_SYNC_CNT_RX_BAD_STATE,
	IPVS_SYNC_CNT_RX_BAD_FLAGS,
	IPVS_SYNC_CNT_RX_UNSUPPORTED,
	IPVS_SYNC_CNT_RX_NOMEM,

	IPVS_SYNC_CNT_RX_IGNORED,	/* well-formed, but not for this host */
	IPVS_SYNC_CNT_PAD,
	__IPVS_SYNC_CNT_MAX,
};

#define IPVS_SYNC_CNT_MAX (__IPVS_SYNC_CNT_MAX - 1)

#endif /* _IP_VS_H */
