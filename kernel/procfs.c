// SPDX-License-Identifier: GPL-2.0-only
#include "procfs.h"

#include <linux/proc_fs.h>
#include <linux/rculist.h>
#include <linux/seq_file.h>

#include "conns_walk.h"
#include "netns.h"
#include "proto.h"
#include "sched.h"

#define NAME_LEN	8	/* of a protocol */

static struct ip_vs_net *seq_ns(struct seq_file *seq)
{
	return pde_data(file_inode(seq->file));
}

/* ip_vs: one element is a service with its dests. All under RCU. */

static void *svcs_at(struct ip_vs_net *ns, loff_t pos)
{
	struct ip_vs_svc *svc;

	list_for_each_entry_rcu(svc, &ns->svcs.all, in_all) {
		if (!--pos)
			return svc;
	}
	return NULL;
}

static void *svcs_start(struct seq_file *seq, loff_t *pos)
	__acquires(RCU)
{
	rcu_read_lock();
	return *pos ? svcs_at(seq_ns(seq), *pos) : SEQ_START_TOKEN;
}

static void *svcs_next(struct seq_file *seq, void *v, loff_t *pos)
{
	struct ip_vs_net *ns = seq_ns(seq);
	struct list_head *next = &ns->svcs.all;
	struct ip_vs_svc *svc = v;

	++*pos;
	if (v != SEQ_START_TOKEN)
		next = &svc->in_all;
	next = rcu_dereference(list_next_rcu(next));
	return next == &ns->svcs.all ? NULL
				     : list_entry(next, struct ip_vs_svc, in_all);
}

static void svcs_stop(struct seq_file *seq, void *v)
	__releases(RCU)
{
	rcu_read_unlock();
}

static void show_svcs_header(struct seq_file *seq)
{
	struct ip_vs_net *ns = seq_ns(seq);

	seq_printf(seq, "IP Virtual Server version %d.%d.%d (size=%u)\n",
		   NVERSION(IP_VS_VERSION_CODE),
		   ip_vs_conns_size(&ns->conns));
	seq_puts(seq, "Prot LocalAddress:Port Scheduler Flags\n");
	seq_puts(seq, "  -> RemoteAddress:Port Forward Weight ActiveConn InActConn\n");
}

static void show_svc_key(struct seq_file *seq, const struct ip_vs_svc_key *key,
			 const char *sched, const char *ops)
{
	char name[NAME_LEN];

	if (key->fwmark)
		seq_printf(seq, "FWM  %08X %s %s", key->fwmark, sched, ops);
	else if (key->family == AF_INET)
		seq_printf(seq, "%s  %08X:%04X %s %s ",
			   ip_vs_proto_name(key->protocol, name),
			   ntohl(key->addr.ip), ntohs(key->port), sched, ops);
	else
		seq_printf(seq, "%s  [%pI6]:%04X %s ",
			   ip_vs_proto_name(key->protocol, name),
			   &key->addr.in6, ntohs(key->port), sched);
}

static const char *fwd_name(u32 fwd)
{
	switch (fwd) {
	case IP_VS_CONN_F_LOCALNODE:
		return "Local";
	case IP_VS_CONN_F_TUNNEL:
		return "Tunnel";
	case IP_VS_CONN_F_DROUTE:
		return "Route";
	default:
		return "Masq";
	}
}

static void show_dest(struct seq_file *seq, const struct ip_vs_dest *dest)
{
	int active = atomic_read(&dest->active);
	int inactive = max(atomic_read(&dest->total) - active, 0);

	if (dest->family == AF_INET)
		seq_printf(seq, "  -> %08X:%04X", ntohl(dest->addr.ip),
			   ntohs(dest->port));
	else
		seq_printf(seq, "  -> [%pI6]:%04X", &dest->addr.in6,
			   ntohs(dest->port));
	seq_printf(seq, "      %-7s %-6d %-10d %-10d\n",
		   fwd_name(READ_ONCE(dest->cfg.fwd)), ip_vs_dest_weight(dest),
		   active, inactive);
}

/* The pool holds the scheduler's module, so its name can be read. */
static int svcs_show(struct seq_file *seq, void *v)
{
	const struct ip_vs_svc *svc = v;
	const struct ip_vs_pool *pool;
	const struct ip_vs_dest *dest;
	u32 flags;

	if (v == SEQ_START_TOKEN) {
		show_svcs_header(seq);
		return 0;
	}
	pool = rcu_dereference(svc->pool);
	flags = READ_ONCE(svc->flags);
	show_svc_key(seq, &svc->key, pool ? pool->sched->name : "none",
		     flags & IP_VS_SVC_F_ONEPACKET ? "ops " : "");
	if (flags & IP_VS_SVC_F_PERSISTENT)
		seq_printf(seq, "persistent %d %08X\n",
			   READ_ONCE(svc->timeout),
			   ntohl(READ_ONCE(svc->netmask)));
	else
		seq_putc(seq, '\n');
	list_for_each_entry_rcu(dest, &svc->dests, in_svc)
		show_dest(seq, dest);
	return 0;
}

static const struct seq_operations svcs_seq_ops = {
	.start = svcs_start,
	.next = svcs_next,
	.stop = svcs_stop,
	.show = svcs_show,
};

/* ip_vs_conn, ip_vs_conn_sync: a walk of the table that lasts from open to
 * close, so that a reader who comes back for more goes on where it was.
 */

struct conn_walk {
	struct rhashtable_iter iter;
	loff_t pos;		/* of what @iter found last */
	bool origin;		/* ip_vs_conn_sync */
};

/* Over, but not met by the reaper yet. */
static bool conn_hidden(const struct ip_vs_conn *c)
{
	return ip_vs_conn_dead(c) ||
	       (!ip_vs_conn_left(c) && !atomic_read(&c->n_control));
}

static struct ip_vs_conn *walk_next(struct conn_walk *walk)
{
	struct ip_vs_conn *c;

	do
		c = ip_vs_conn_iter_next(&walk->iter);
	while (c && conn_hidden(c));
	walk->pos++;
	return c;
}

/* Where the walk stands. What stood there may have gone since. */
static struct ip_vs_conn *walk_again(struct conn_walk *walk)
{
	struct ip_vs_conn_node *node = rhashtable_walk_peek(&walk->iter);
	struct ip_vs_conn *c;

	if (!node)
		return NULL;
	if (!IS_ERR(node) && node->key.dir == IP_VS_DIR_CLIENT) {
		c = container_of(node, struct ip_vs_conn, client);
		if (!conn_hidden(c))
			return c;
	}
	walk->pos--;
	return walk_next(walk);
}

static void walk_rewind(struct ip_vs_net *ns, struct conn_walk *walk)
{
	rhashtable_walk_exit(&walk->iter);
	rhashtable_walk_enter(&ns->conns.hash, &walk->iter);
	walk->pos = 0;
}

static void *conns_start(struct seq_file *seq, loff_t *pos)
	__acquires(RCU)
{
	struct conn_walk *walk = seq->private;
	struct ip_vs_conn *c = NULL;

	if (!*pos || *pos < walk->pos)
		walk_rewind(seq_ns(seq), walk);
	rhashtable_walk_start(&walk->iter);
	if (!*pos)
		return SEQ_START_TOKEN;
	if (*pos == walk->pos)
		return walk_again(walk);
	do
		c = walk_next(walk);
	while (c && walk->pos < *pos);
	return c;
}

static void *conns_next(struct seq_file *seq, void *v, loff_t *pos)
{
	++*pos;
	return walk_next(seq->private);
}

static void conns_stop(struct seq_file *seq, void *v)
	__releases(RCU)
{
	struct conn_walk *walk = seq->private;

	rhashtable_walk_stop(&walk->iter);
}

static void show_conns_header(struct seq_file *seq, bool origin)
{
	seq_puts(seq, "Pro FromIP   FPrt ToIP     TPrt DestIP   DPrt State       ");
	seq_puts(seq, origin ? "Origin Expires\n" : "Expires PEName PEData\n");
}

static void show_end(struct seq_file *seq, u8 family,
		     const union nf_inet_addr *addr, __be16 port)
{
	if (family == AF_INET)
		seq_printf(seq, " %08X", ntohl(addr->ip));
	else
		seq_printf(seq, " %pI6", &addr->in6);
	seq_printf(seq, " %04X", ntohs(port));
}

static void show_pe(struct seq_file *seq, const struct ip_vs_pe_key *pe)
{
	if (!pe)
		return;
	seq_printf(seq, " %s ", pe->engine);
	seq_write(seq, pe->data, pe->len);
}

/* A template of a firewall mark is of no family: its mark stands for the
 * virtual address.
 */
static int conns_show(struct seq_file *seq, void *v)
{
	const struct conn_walk *walk = seq->private;
	const struct ip_vs_conn *c = v;
	char name[NAME_LEN];
	u8 family;

	if (v == SEQ_START_TOKEN) {
		show_conns_header(seq, walk->origin);
		return 0;
	}
	family = ip_vs_conn_family(c);
	seq_printf(seq, "%-3s", ip_vs_proto_name(c->client.key.protocol, name));
	show_end(seq, family, ip_vs_conn_caddr(c), ip_vs_conn_cport(c));
	show_end(seq, family, ip_vs_conn_vaddr(c), ip_vs_conn_vport(c));
	show_end(seq, ip_vs_conn_dfamily(c), ip_vs_conn_daddr(c),
		 ip_vs_conn_dport(c));
	seq_printf(seq, " %-11s", ip_vs_conn_state_name(c));
	if (walk->origin)
		seq_puts(seq, READ_ONCE(c->flags) & IP_VS_CONN_F_SYNC
				      ? " SYNC  " : " LOCAL ");
	seq_printf(seq, " %7u", ip_vs_conn_left(c) / HZ);
	if (!walk->origin)
		show_pe(seq, ip_vs_conn_pe(c));
	seq_putc(seq, '\n');
	return 0;
}

static const struct seq_operations conns_seq_ops = {
	.start = conns_start,
	.next = conns_next,
	.stop = conns_stop,
	.show = conns_show,
};

/* A namespace that has no table yet shows the header only. */
static void *no_conns_start(struct seq_file *seq, loff_t *pos)
{
	return *pos ? NULL : SEQ_START_TOKEN;
}

static void *no_conns_next(struct seq_file *seq, void *v, loff_t *pos)
{
	++*pos;
	return NULL;
}

static void no_conns_stop(struct seq_file *seq, void *v)
{
}

static const struct seq_operations no_conns_seq_ops = {
	.start = no_conns_start,
	.next = no_conns_next,
	.stop = no_conns_stop,
	.show = conns_show,
};

static int conns_open(struct file *file, bool origin)
{
	struct ip_vs_net *ns = pde_data(file_inode(file));
	bool any = ip_vs_conns_opened(&ns->conns);
	struct conn_walk *walk;

	walk = __seq_open_private(file, any ? &conns_seq_ops
					    : &no_conns_seq_ops,
				  sizeof(*walk));
	if (!walk)
		return -ENOMEM;
	walk->origin = origin;
	if (any)
		rhashtable_walk_enter(&ns->conns.hash, &walk->iter);
	return 0;
}

static int conn_open(struct inode *inode, struct file *file)
{
	return conns_open(file, false);
}

static int conn_sync_open(struct inode *inode, struct file *file)
{
	return conns_open(file, true);
}

static int conns_release(struct inode *inode, struct file *file)
{
	struct seq_file *seq = file->private_data;
	struct conn_walk *walk = seq->private;

	if (seq->op == &conns_seq_ops)
		rhashtable_walk_exit(&walk->iter);
	return seq_release_private(inode, file);
}

static const struct proc_ops conn_proc_ops = {
	.proc_open = conn_open,
	.proc_read = seq_read,
	.proc_lseek = seq_lseek,
	.proc_release = conns_release,
};

static const struct proc_ops conn_sync_proc_ops = {
	.proc_open = conn_sync_open,
	.proc_read = seq_read,
	.proc_lseek = seq_lseek,
	.proc_release = conns_release,
};

/* ip_vs_stats, ip_vs_stats_percpu */

static void show_counters(struct seq_file *seq, const struct ip_vs_counters *c)
{
	seq_printf(seq, "%8llX %8llX %8llX %16llX %16llX\n", c->conns,
		   c->inpkts, c->outpkts, c->inbytes, c->outbytes);
}

static void show_rates(struct seq_file *seq, const struct ip_vs_rates *r)
{
	seq_printf(seq, "%8llX %8llX %8llX %16llX %16llX\n", r->cps, r->inpps,
		   r->outpps, r->inbps, r->outbps);
}

static void total_read(struct ip_vs_net *ns, struct ip_vs_counters *total,
		       struct ip_vs_rates *rates)
{
	memset(total, 0, sizeof(*total));
	mutex_lock(&ns->mutex);
	ip_vs_dests_total(&ns->dests, total);
	ip_vs_tally_show(&ns->tally, total, rates);
	mutex_unlock(&ns->mutex);
}

static int stats_show(struct seq_file *seq, void *v)
{
	struct ip_vs_counters total;
	struct ip_vs_rates rates;

	total_read(seq_ns(seq), &total, &rates);
	seq_puts(seq, "   Total Incoming Outgoing         Incoming         Outgoing\n");
	seq_puts(seq, "   Conns  Packets  Packets            Bytes            Bytes\n");
	show_counters(seq, &total);
	seq_puts(seq, "\n Conns/s   Pkts/s   Pkts/s          Bytes/s          Bytes/s\n");
	show_rates(seq, &rates);
	return 0;
}

static int stats_percpu_show(struct seq_file *seq, void *v)
{
	struct ip_vs_net *ns = seq_ns(seq);
	struct ip_vs_counters total;
	struct ip_vs_rates rates;
	int cpu;

	seq_puts(seq, "       Total Incoming Outgoing         Incoming         Outgoing\n");
	seq_puts(seq, "CPU    Conns  Packets  Packets            Bytes            Bytes\n");
	for_each_possible_cpu(cpu) {
		struct ip_vs_counters c = {};

		ip_vs_dests_total_cpu(&ns->dests, &c, cpu);
		seq_printf(seq, "%3X ", cpu);
		show_counters(seq, &c);
	}
	total_read(ns, &total, &rates);
	seq_puts(seq, "  ~ ");
	show_counters(seq, &total);
	seq_puts(seq, "\n     Conns/s   Pkts/s   Pkts/s          Bytes/s          Bytes/s\n");
	seq_puts(seq, "    ");
	show_rates(seq, &rates);
	return 0;
}

static int app_show(struct seq_file *seq, void *v)
{
	struct ip_vs_net *ns = pde_data(file_inode(seq->file));
	const char *name;
	unsigned int i;
	u16 port;

	seq_puts(seq, "prot port    usecnt name\n");
	rcu_read_lock();
	for (i = 0; i < IP_VS_APP_SLOTS; i++) {
		name = ip_vs_app_slot(i, &port);
		if (name)
			seq_printf(seq, "TCP  %-7u %-6d %-17s\n", port,
				   atomic_read(&ns->apps.users[i]), name);
	}
	rcu_read_unlock();
	return 0;
}

/* Files hold no namespace: removal waits for their readers and closes them. */

static int proc_make(struct ip_vs_net *ns)
{
	struct proc_dir_entry *dir = ns->net->proc_net;

	if (!proc_create_single_data("ip_vs_app", 0444, dir, app_show, ns) ||
	    !proc_create_seq_data("ip_vs", 0444, dir, &svcs_seq_ops, ns) ||
	    !proc_create_data("ip_vs_conn", 0444, dir, &conn_proc_ops, ns) ||
	    !proc_create_data("ip_vs_conn_sync", 0444, dir,
			      &conn_sync_proc_ops, ns) ||
	    !proc_create_single_data("ip_vs_stats", 0444, dir, stats_show,
				     ns) ||
	    !proc_create_single_data("ip_vs_stats_percpu", 0444, dir,
				     stats_percpu_show, ns))
		return -ENOMEM;
	return 0;
}

static void proc_remove_all(struct net *net)
{
	remove_proc_subtree("ip_vs_stats_percpu", net->proc_net);
	remove_proc_subtree("ip_vs_stats", net->proc_net);
	remove_proc_subtree("ip_vs_conn_sync", net->proc_net);
	remove_proc_subtree("ip_vs_conn", net->proc_net);
	remove_proc_subtree("ip_vs", net->proc_net);
	remove_proc_subtree("ip_vs_app", net->proc_net);
}

static int __net_init procfs_net_init(struct net *net)
{
	int err = proc_make(ip_vs_net(net));

	if (err)
		proc_remove_all(net);
	return err;
}

static void __net_exit procfs_net_exit(struct net *net)
{
	proc_remove_all(net);
}

static struct pernet_operations procfs_net_ops = {
	.init = procfs_net_init,
	.exit = procfs_net_exit,
};

int ip_vs_procfs_init(void)
{
	return register_pernet_subsys(&procfs_net_ops);
}

void ip_vs_procfs_exit(void)
{
	unregister_pernet_subsys(&procfs_net_ops);
}
