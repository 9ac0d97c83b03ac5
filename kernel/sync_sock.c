// SPDX-License-Identifier: GPL-2.0-only
#include "sync_sock.h"

#include <linux/in.h>
#include <linux/in6.h>
#include <linux/inetdevice.h>
#include <linux/netdevice.h>
#include <net/ipv6.h>
#include <net/sock.h>

#include "limits.h"

/* What is known of the interface while nobody holds it. */
struct sync_dev {
	int ifindex;
	unsigned int mtu;
	__be32 addr;	/* its first; 0: none */
};

static int sync_dev_find(struct net *net, const char *name,
			 struct sync_dev *found)
{
	struct net_device *dev;
	int err = -ENODEV;

	rcu_read_lock();
	dev = dev_get_by_name_rcu(net, name);
	if (dev) {
		found->ifindex = dev->ifindex;
		found->mtu = dev->mtu;
		found->addr = inet_select_addr(dev, 0, RT_SCOPE_UNIVERSE);
		err = 0;
	}
	rcu_read_unlock();
	return err;
}

unsigned int ip_vs_sync_net_id(const struct net *net)
{
	return net_eq(net, &init_net) ? 0 : (unsigned int)net->net_cookie;
}

/* Configuration. */

static bool group_valid(const struct ip_vs_sync_config *cfg)
{
	switch (cfg->group_family) {
	case AF_INET:
		return ipv4_is_multicast(cfg->group.ip);
	case AF_INET6:
		return IS_ENABLED(CONFIG_IPV6) &&
		       ipv6_addr_is_multicast(&cfg->group.in6);
	}
	return false;
}

/* A backup must be able to take what a master on the same link may send. */
static u16 maxlen_fill(u16 asked, unsigned int mtu, unsigned int headers,
		       enum ip_vs_sync_role role)
{
	unsigned int most = IP_VS_SYNC_DATAGRAM_MAX - headers;

	if (role == IP_VS_SYNC_MASTER)
		return asked ? min_t(unsigned int, asked, most)
			     : IP_VS_SYNC_MTU - headers;
	if (asked)
		return clamp_t(unsigned int, asked, IP_VS_SYNC_RX_MIN, most);
	return clamp_t(unsigned int, mtu, IP_VS_SYNC_MTU,
		       IP_VS_SYNC_DATAGRAM_MAX) - headers;
}

int ip_vs_sync_config_fill(struct net *net, struct ip_vs_sync_config *cfg,
			   enum ip_vs_sync_role role, unsigned int threads)
{
	struct sync_dev dev;
	int err = sync_dev_find(net, cfg->ifname, &dev);

	if (err)
		return err;
	if (!cfg->group_family) {
		cfg->group_family = AF_INET;
		memset(&cfg->group, 0, sizeof(cfg->group));
		cfg->group.ip = htonl(IP_VS_SYNC_GROUP);
	}
	if (!cfg->port)
		cfg->port = IP_VS_SYNC_PORT;
	if (!cfg->ttl)
		cfg->ttl = IP_VS_SYNC_TTL;
	if (!group_valid(cfg) || cfg->port + threads - 1 > U16_MAX)
		return -EINVAL;
	cfg->maxlen = maxlen_fill(cfg->maxlen, dev.mtu,
				  cfg->group_family == AF_INET
					  ? IP_VS_SYNC_HEADERS_V4
					  : IP_VS_SYNC_HEADERS_V6, role);
	return 0;
}

/* Options. */

struct sock_option {
	int level;
	int name;
	int value;
};

static int set_option(struct socket *sock, int level, int name, void *value,
		      unsigned int len)
{
	return sock->ops->setsockopt(sock, level, name, KERNEL_SOCKPTR(value),
				     len);
}

static int set_options(struct socket *sock, struct sock_option *o,
		       unsigned int n)
{
	int err = 0;

	for (; n && !err; n--, o++)
		err = set_option(sock, o->level, o->name, &o->value,
				 sizeof(o->value));
	return err;
}

static void set_buffer(struct socket *sock, int name, int size)
{
	if (size > 0)
		sock_setsockopt(sock, SOL_SOCKET, name, KERNEL_SOCKPTR(&size),
				sizeof(size));
}

/* The group and the port of thread @id. Returns the length. */
static int group_address(const struct ip_vs_sync_config *cfg, int ifindex,
			 unsigned int id, struct sockaddr_storage *to)
{
	struct sockaddr_in6 *sin6 = (struct sockaddr_in6 *)to;
	struct sockaddr_in *sin = (struct sockaddr_in *)to;

	memset(to, 0, sizeof(*to));
	to->ss_family = cfg->group_family;
	if (cfg->group_family == AF_INET) {
		sin->sin_addr = cfg->group.in;
		sin->sin_port = htons(cfg->port + id);
		return sizeof(*sin);
	}
	sin6->sin6_addr = cfg->group.in6;
	sin6->sin6_port = htons(cfg->port + id);
	sin6->sin6_scope_id = ifindex;
	return sizeof(*sin6);
}

/* Master. */

static int master_options4(struct socket *sock, u8 ttl,
			   const struct sync_dev *dev)
{
	struct ip_mreqn via = { .imr_ifindex = dev->ifindex };
	struct sock_option options[] = {
		{ SOL_IP, IP_MULTICAST_LOOP, 0 },
		{ SOL_IP, IP_MULTICAST_TTL, ttl },
		{ SOL_IP, IP_MTU_DISCOVER, IP_PMTUDISC_DONT },
	};
	struct sockaddr_in from = {
		.sin_family = AF_INET,
		.sin_addr.s_addr = dev->addr,
	};
	int err;

	err = set_option(sock, SOL_IP, IP_MULTICAST_IF, &via, sizeof(via));
	if (!err)
		err = set_options(sock, options, ARRAY_SIZE(options));
	if (err)
		return err;
	if (!dev->addr)
		pr_warn(IP_VS_LOG "sync: the interface has no address\n");
	return kernel_bind(sock, (struct sockaddr *)&from, sizeof(from));
}

static int master_options6(struct socket *sock, u8 ttl,
			   const struct sync_dev *dev)
{
	struct sock_option options[] = {
		{ SOL_IPV6, IPV6_MULTICAST_IF, dev->ifindex },
		{ SOL_IPV6, IPV6_MULTICAST_LOOP, 0 },
		{ SOL_IPV6, IPV6_MULTICAST_HOPS, ttl },
		{ SOL_IPV6, IPV6_MTU_DISCOVER, IPV6_PMTUDISC_DONT },
	};

	return set_options(sock, options, ARRAY_SIZE(options));
}

static int master_setup(struct socket *sock,
			const struct ip_vs_sync_config *cfg,
			const struct sync_dev *dev, unsigned int id, int size)
{
	struct sockaddr_storage group;
	int len = group_address(cfg, dev->ifindex, id, &group);
	int err;

	set_buffer(sock, SO_SNDBUF, size);
	if (cfg->group_family == AF_INET)
		err = master_options4(sock, cfg->ttl, dev);
	else
		err = master_options6(sock, cfg->ttl, dev);
	if (err)
		return err;
	return kernel_connect(sock, (struct sockaddr *)&group, len, 0);
}

/* Backup. */

static int join(struct socket *sock, const struct ip_vs_sync_config *cfg,
		int ifindex)
{
	struct ipv6_mreq join6 = {
		.ipv6mr_multiaddr = cfg->group.in6,
		.ipv6mr_ifindex = ifindex,
	};
	struct ip_mreqn join4 = {
		.imr_multiaddr = cfg->group.in,
		.imr_ifindex = ifindex,
	};

	if (cfg->group_family == AF_INET)
		return set_option(sock, SOL_IP, IP_ADD_MEMBERSHIP, &join4,
				  sizeof(join4));
	return set_option(sock, SOL_IPV6, IPV6_ADD_MEMBERSHIP, &join6,
			  sizeof(join6));
}

static int backup_setup(struct socket *sock,
			const struct ip_vs_sync_config *cfg,
			const struct sync_dev *dev, unsigned int id, int size)
{
	struct sockaddr_storage group;
	int len = group_address(cfg, dev->ifindex, id, &group);
	int err;

	set_buffer(sock, SO_RCVBUF, size);
	sock_set_reuseaddr(sock->sk);
	err = sock_bindtoindex(sock->sk, dev->ifindex, true);
	if (!err)
		err = kernel_bind(sock, (struct sockaddr *)&group, len);
	if (!err)
		err = join(sock, cfg, dev->ifindex);
	return err;
}

struct socket *ip_vs_sync_sock_open(struct net *net,
				    const struct ip_vs_sync_config *cfg,
				    enum ip_vs_sync_role role, unsigned int id,
				    int size)
{
	struct sync_dev dev;
	struct socket *sock;
	int err = sync_dev_find(net, cfg->ifname, &dev);

	if (err)
		return ERR_PTR(err);
	err = sock_create_kern(net, cfg->group_family, SOCK_DGRAM, IPPROTO_UDP,
			       &sock);
	if (err)
		return ERR_PTR(err);
	if (role == IP_VS_SYNC_MASTER)
		err = master_setup(sock, cfg, &dev, id, size);
	else
		err = backup_setup(sock, cfg, &dev, id, size);
	if (!err)
		return sock;
	sock_release(sock);
	return ERR_PTR(err);
}
