// SPDX-License-Identifier: GPL-2.0-only
#include "ftp_parse.h"

#include <asm/byteorder.h>
#include <linux/inet.h>
#include <linux/kernel.h>
#include <linux/socket.h>
#include <linux/string.h>

/* Where we are in a line. */
struct cursor {
	const char *data;
	size_t len;
	size_t at;
};

static bool skip(struct cursor *c, char wanted)
{
	if (c->at == c->len || c->data[c->at] != wanted)
		return false;
	c->at++;
	return true;
}

/* Capital or not (RFC 959, 5.3); @word is in capitals. */
static bool skip_word(struct cursor *c, const char *word)
{
	size_t n = strlen(word);

	if (c->len - c->at < n || strncasecmp(c->data + c->at, word, n))
		return false;
	c->at += n;
	return true;
}

static bool is_digit(char ch)
{
	return ch >= '0' && ch <= '9';
}

static bool skip_number(struct cursor *c, u32 max, u32 *number)
{
	size_t first = c->at;

	*number = 0;
	while (c->at < c->len && is_digit(c->data[c->at])) {
		*number = *number * 10 + (c->data[c->at++] - '0');
		if (*number > max)
			return false;
	}
	return c->at > first;
}

/* Four octets of address, two of port, each in decimal. */
static bool read_port(struct cursor *c, struct ip_vs_ftp_line *line)
{
	u32 octet[6];
	int i;

	line->start = c->at;
	for (i = 0; i < 6; i++)
		if ((i && !skip(c, ',')) || !skip_number(c, 255, &octet[i]))
			return false;
	line->end = c->at;
	line->family = AF_INET;
	line->addr.ip = cpu_to_be32(octet[0] << 24 | octet[1] << 16 |
				    octet[2] << 8 | octet[3]);
	line->port = octet[4] << 8 | octet[5];
	return line->port;
}

/* What ends at the next delimiter, itself not included. */
static bool read_field(struct cursor *c, char delimiter, size_t *len)
{
	const char *end = memchr(c->data + c->at, delimiter, c->len - c->at);

	if (!end)
		return false;
	*len = end - (c->data + c->at);
	return true;
}

static bool read_addr(struct cursor *c, char delimiter, u32 protocol,
		      struct ip_vs_ftp_line *line)
{
	const char *text = c->data + c->at;
	size_t len;

	if (!read_field(c, delimiter, &len) || !len)
		return false;
	line->family = protocol == 1 ? AF_INET : AF_INET6;
	if (protocol == 1 ? !in4_pton(text, len, (u8 *)&line->addr, -1, NULL)
			  : !in6_pton(text, len, (u8 *)&line->addr, -1, NULL))
		return false;
	c->at += len;
	return true;
}

/* A delimiter, 33 to 126, of the speaker's choice around three fields: address
 * family, address, port.
 */
static bool read_delimiter(struct cursor *c, char *delimiter)
{
	if (c->at == c->len)
		return false;
	*delimiter = c->data[c->at++];
	return *delimiter > 32 && *delimiter < 127 && !is_digit(*delimiter);
}

static bool read_eprt(struct cursor *c, struct ip_vs_ftp_line *line)
{
	u32 protocol, port;
	char delimiter;

	line->start = c->at;
	if (!read_delimiter(c, &delimiter) || !skip_number(c, 2, &protocol) ||
	    !protocol || !skip(c, delimiter) ||
	    !read_addr(c, delimiter, protocol, line) || !skip(c, delimiter) ||
	    !skip_number(c, 65535, &port) || !skip(c, delimiter))
		return false;
	line->end = c->at;
	line->port = port;
	return port;
}

/* Family and address are empty (RFC 2428, 3); who fills them all the same is not
 * asked what with.
 */
static bool read_epsv(struct cursor *c, struct ip_vs_ftp_line *line)
{
	char delimiter;
	size_t len;
	u32 port;
	int i;

	line->start = c->at;
	if (!read_delimiter(c, &delimiter))
		return false;
	for (i = 0; i < 2; i++) {
		if (!read_field(c, delimiter, &len))
			return false;
		c->at += len + 1;
	}
	if (!skip_number(c, 65535, &port) || !skip(c, delimiter))
		return false;
	line->end = c->at;
	line->port = port;
	return port;
}

/* In brackets, or, as some servers do it, where the digits begin. */
static bool find_numbers(struct cursor *c)
{
	const char *bracket = memchr(c->data + c->at, '(', c->len - c->at);

	if (bracket) {
		c->at = bracket - c->data + 1;
		return true;
	}
	while (c->at < c->len && !is_digit(c->data[c->at]))
		c->at++;
	return c->at < c->len;
}

static enum ip_vs_ftp_verb parse_answer(struct cursor *c,
					struct ip_vs_ftp_line *line)
{
	if (skip_word(c, "227 ") && find_numbers(c) && read_port(c, line))
		return IP_VS_FTP_PASV;
	c->at = 0;
	if (skip_word(c, "229 ") && find_numbers(c) && read_epsv(c, line))
		return IP_VS_FTP_EPSV;
	return IP_VS_FTP_OTHER;
}

static bool skip_end(struct cursor *c)
{
	skip(c, '\r');
	return skip(c, '\n');
}

/* Of a certain family perhaps; not "EPSV ALL", which asks for nothing. */
static bool read_ask_epsv(struct cursor *c)
{
	u32 protocol;

	return skip_end(c) || (skip(c, ' ') && skip_number(c, 2, &protocol) &&
			       skip_end(c));
}

static enum ip_vs_ftp_verb parse_command(struct cursor *c,
					 struct ip_vs_ftp_line *line)
{
	if (skip_word(c, "PORT ") && read_port(c, line))
		return IP_VS_FTP_PORT;
	c->at = 0;
	if (skip_word(c, "EPRT ") && read_eprt(c, line))
		return IP_VS_FTP_EPRT;
	c->at = 0;
	if (skip_word(c, "PASV") && skip_end(c))
		return IP_VS_FTP_PASV;
	c->at = 0;
	if (skip_word(c, "EPSV") && read_ask_epsv(c))
		return IP_VS_FTP_EPSV;
	return IP_VS_FTP_OTHER;
}

size_t ip_vs_ftp_line_len(const char *data, size_t len)
{
	const char *end = memchr(data, '\n', len);

	return end ? end - data + 1 : 0;
}

void ip_vs_ftp_parse(bool answer, const char *data, size_t len,
		     struct ip_vs_ftp_line *line)
{
	struct cursor c = { .data = data, .len = len };
	enum ip_vs_ftp_verb verb = IP_VS_FTP_OTHER;

	memset(line, 0, sizeof(*line));
	if (answer)
		verb = parse_answer(&c, line);
	else if (len <= IP_VS_FTP_LINE_MAX)
		verb = parse_command(&c, line);
	line->verb = verb;
}

size_t ip_vs_ftp_text(char text[IP_VS_FTP_TEXT_MAX], enum ip_vs_ftp_verb verb,
		      __be32 addr, u16 port)
{
	u32 a = be32_to_cpu(addr);

	if (verb == IP_VS_FTP_EPSV)
		return snprintf(text, IP_VS_FTP_TEXT_MAX, "|||%u|", port);
	return snprintf(text, IP_VS_FTP_TEXT_MAX, "%u,%u,%u,%u,%u,%u", a >> 24,
			a >> 16 & 255, a >> 8 & 255, a & 255, port >> 8,
			port & 255);
}
