/* SPDX-License-Identifier: GPL-2.0-only */
#ifndef _IP_VS_FTP_PARSE_H
#define _IP_VS_FTP_PARSE_H

/* What the lines of an FTP control connection say of data connections (RFC 959,
 * RFC 2428). Pure: reads the caller's memory alone, keeps nothing.
 */

#include <linux/netfilter.h>
#include <linux/types.h>

enum ip_vs_ftp_verb {
	IP_VS_FTP_OTHER,	/* nothing that concerns us */
	IP_VS_FTP_PORT,		/* the client listens at @addr and @port */
	IP_VS_FTP_EPRT,
	/* the client asks the server to listen; in its answers, 227 and 229,
	 * it does, the latter without @addr
	 */
	IP_VS_FTP_PASV,
	IP_VS_FTP_EPSV,
};

struct ip_vs_ftp_line {
	enum ip_vs_ftp_verb verb;
	u8 family;			/* of @addr; EPSV: 0 */
	u16 port;			/* host order, 0: only asked for */
	union nf_inet_addr addr;
	size_t start;			/* where the line says so, */
	size_t end;			/* and what is behind it */
};

#define IP_VS_FTP_LINE_MAX	128	/* octets, of a command we look at */
#define IP_VS_FTP_TEXT_MAX	sizeof("255,255,255,255,255,255")

/* @data is the beginning of a line by the client (@answer: by the server). Its
 * length with the line feed, or 0: it does not end within @len.
 */
size_t ip_vs_ftp_line_len(const char *data, size_t len);
/* Of that length. */
void ip_vs_ftp_parse(bool answer, const char *data, size_t len,
		     struct ip_vs_ftp_line *line);
/* What is to stand from start to end instead, for another place to connect to;
 * its length.
 */
size_t ip_vs_ftp_text(char text[IP_VS_FTP_TEXT_MAX], enum ip_vs_ftp_verb verb,
		      __be32 addr, u16 port);

#endif
