// SPDX-License-Identifier: GPL-2.0-only
#include "app.h"

#include <linux/jhash.h>
#include <linux/module.h>

#include "ftp_parse.h"
#include "limits.h"
#include "nfct.h"

/* FTP: PORT and EPRT tell where the client waits for data, the answers to PASV
 * and EPSV where the server does. The client's place stays as it is, for its
 * address is known to the server; the server's becomes a port of the virtual
 * address. Data come from and go to the real server of the control connection,
 * whatever address it names.
 */

/* What the client has asked for, and the beginning of a command that came in
 * pieces.
 */
struct pending {
	u8 asked;		/* enum ip_vs_ftp_verb; without a lock */
	u8 len;
	u32 next;		/* sequence number of the piece to come */
	char text[IP_VS_FTP_LINE_MAX];
};

static_assert(sizeof(struct pending) <= IP_VS_HELP_MEMORY);

static struct pending *pending(const struct ip_vs_app_packet *a)
{
	return (void *)ip_vs_conn_help(a->c)->memory;
}

static const char *payload(const struct ip_vs_app_packet *a)
{
	return (const char *)skb_network_header(a->skb) + a->payload;
}

static size_t payload_len(const struct ip_vs_app_packet *a)
{
	return a->skb->len - a->payload;
}

static u32 sequence(const struct ip_vs_app_packet *a)
{
	const struct tcphdr *th;

	th = (const void *)skb_network_header(a->skb) + a->transport;
	return ntohl(th->seq);
}

/* Data come from the port below the control connection's, on both sides of us
 * (RFC 959, 3.2).
 */
static __be16 port_below(__be16 port)
{
	return htons(ntohs(port) - 1);
}

static bool expect_active(struct ip_vs_app_packet *a,
			  const struct ip_vs_ftp_line *line)
{
	const struct ip_vs_app_data data = {
		.client = &line->addr,
		.cport = htons(line->port),
		.vport = port_below(ip_vs_conn_vport(a->c)),
		.dport = port_below(ip_vs_conn_dport(a->c)),
	};

	return ip_vs_app_expect(a, &data) != -ENOMEM;
}

#define PASSIVE_TRIES	8

/* The server's own number where we can. It is taken when the client has been
 * told the same by another real server; who says it once more gets the same
 * again.
 */
static int expect_passive(struct ip_vs_app_packet *a, u16 dport, u16 *vport)
{
	struct ip_vs_app_data data = {
		.client = ip_vs_conn_caddr(a->c),
		.dport = htons(dport),
	};
	int i, err = -EEXIST;

	*vport = dport;
	for (i = 0; i < PASSIVE_TRIES && err == -EEXIST; i++) {
		if (i)
			*vport = jhash_3words(ntohs(ip_vs_conn_cport(a->c)),
					      dport, i, 0) | 0x8000;
		data.vport = htons(*vport);
		err = ip_vs_app_expect(a, &data);
	}
	return err;
}

/* The answer whose line begins at @at; its length changes by a->diff. */
static bool read_answer(struct ip_vs_app_packet *a, size_t at,
			const struct ip_vs_ftp_line *line)
{
	size_t len = line->end - line->start, size;
	char text[IP_VS_FTP_TEXT_MAX];
	u16 vport;
	int err;

	if (line->verb == IP_VS_FTP_PASV && ip_vs_conn_family(a->c) != AF_INET)
		return true;
	err = expect_passive(a, line->port, &vport);
	if (err)
		return err == -EEXIST;
	size = ip_vs_ftp_text(text, line->verb, ip_vs_conn_vaddr(a->c)->ip,
			      vport);
	if (size == len && !memcmp(text, payload(a) + at + line->start, len))
		return true;
	return ip_vs_app_replace(a, at + line->start, len, text, size);
}

static bool read_answers(struct ip_vs_app_packet *a)
{
	struct ip_vs_ftp_line line;
	size_t at = 0, len;
	int before;

	while ((len = ip_vs_ftp_line_len(payload(a) + at, payload_len(a) - at))) {
		ip_vs_ftp_parse(true, payload(a) + at, len, &line);
		before = a->diff;
		if (line.verb != IP_VS_FTP_OTHER &&
		    line.verb == READ_ONCE(pending(a)->asked) &&
		    !read_answer(a, at, &line))
			return false;
		at += len + a->diff - before;
	}
	return true;
}

static bool read_command(struct ip_vs_app_packet *a, const char *text,
			 size_t len)
{
	struct ip_vs_ftp_line line;

	ip_vs_ftp_parse(false, text, len, &line);
	if (line.verb == IP_VS_FTP_OTHER)
		return true;
	WRITE_ONCE(pending(a)->asked, line.verb);
	if (line.family != ip_vs_conn_family(a->c))
		return true;
	return expect_active(a, &line);
}

/* Under c->lock. Whether the line in @p has come to its end with the first
 * octets of @text, of which *@taken belong to it.
 */
static bool continue_line(struct pending *p, u32 seq, const char *text,
			  size_t len, size_t *taken)
{
	size_t line = ip_vs_ftp_line_len(text, len) ?: len;

	*taken = 0;
	if (!p->len || p->next != seq || p->len + line > sizeof(p->text)) {
		p->len = 0;
		return false;
	}
	memcpy(p->text + p->len, text, line);
	p->len += line;
	p->next += line;
	*taken = line;
	return text[line - 1] == '\n';
}

/* Under c->lock. */
static void begin_line(struct pending *p, u32 seq, const char *text, size_t len)
{
	p->len = 0;
	if (!len || len >= sizeof(p->text))
		return;
	memcpy(p->text, text, len);
	p->len = len;
	p->next = seq + len;
}

static bool read_commands(struct ip_vs_app_packet *a)
{
	struct pending *p = pending(a);
	const char *text = payload(a);
	size_t left = payload_len(a), at, len;
	char whole[IP_VS_FTP_LINE_MAX];

	spin_lock_bh(&a->c->lock);
	len = continue_line(p, sequence(a), text, left, &at) ? p->len : 0;
	memcpy(whole, p->text, len);
	if (len)
		p->len = 0;
	spin_unlock_bh(&a->c->lock);
	if (len && !read_command(a, whole, len))
		return false;
	for (; (len = ip_vs_ftp_line_len(text + at, left - at)); at += len)
		if (!read_command(a, text + at, len))
			return false;
	if (at == left)
		return true;
	spin_lock_bh(&a->c->lock);
	begin_line(p, sequence(a) + at, text + at, left - at);
	spin_unlock_bh(&a->c->lock);
	return true;
}

static bool ftp_read(struct ip_vs_app_packet *a)
{
	return a->dir == IP_VS_DIR_CLIENT ? read_commands(a) : read_answers(a);
}

static struct ip_vs_app ftp = {
	.name = "ftp",
	.module = THIS_MODULE,
	.read = ftp_read,
};

static unsigned short ports[IP_VS_APP_PORTS] = { 21 };
static unsigned int num_ports = 1;
module_param_array(ports, ushort, &num_ports, 0444);
MODULE_PARM_DESC(ports, "Ports of control connections");

static int __init ftp_init(void)
{
	unsigned int i;
	int err;

	for (i = 0; i < num_ports; i++)
		ftp.port[i] = ports[i];
	ip_vs_nfct_load();	/* who has no conntrack doesn't miss it */
	err = ip_vs_app_register(&ftp);
	for (i = 0; i < num_ports && !err; i++)
		pr_info(IP_VS_LOG "ftp: loaded support on port[%u] = %u\n", i,
			ports[i]);
	return err;
}

static void __exit ftp_exit(void)
{
	ip_vs_app_unregister(&ftp);
}

module_init(ftp_init);
module_exit(ftp_exit);
MODULE_LICENSE("GPL");
MODULE_DESCRIPTION("IP Virtual Server: FTP helper");
MODULE_VERSION(IP_VS_VERSION);
