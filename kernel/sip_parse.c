// SPDX-License-Identifier: GPL-2.0-only
#include "sip_parse.h"

#include <linux/string.h>

/* Lines end in CRLF; in CR or LF alone where the sender is of RFC 2543. */
static bool is_end(u8 c)
{
	return c == '\r' || c == '\n';
}

static bool is_blank(u8 c)
{
	return c == ' ' || c == '\t';
}

/* Behind the end of a line that stands at @at. */
static size_t skip_end(const u8 *d, size_t len, size_t at)
{
	bool two = d[at] == '\r' && len - at > 1 && d[at + 1] == '\n';

	return at + 1 + two;
}

static size_t next_line(const u8 *d, size_t len, size_t at)
{
	while (at < len && !is_end(d[at]))
		at++;
	return at < len ? skip_end(d, len, at) : len;
}

/* Blanks, and line ends before more of them: the header goes on (7.3.1). */
static size_t skip_blanks(const u8 *d, size_t len, size_t at)
{
	size_t behind;

	while (at < len) {
		if (is_blank(d[at])) {
			at++;
			continue;
		}
		if (!is_end(d[at]))
			break;
		behind = skip_end(d, len, at);
		if (behind == len || !is_blank(d[behind]))
			break;
		at = behind;
	}
	return at;
}

static u8 lower(u8 c)
{
	return c >= 'A' && c <= 'Z' ? c | 0x20 : c;
}

/* "word" of 25.1. */
static bool is_word(u8 c)
{
	static const char marks[] = "-.!%*_+`'~()<>:\\\"/[]?{}";

	if (c >= '0' && c <= '9')
		return true;
	if (lower(c) >= 'a' && lower(c) <= 'z')
		return true;
	return c && strchr(marks, c);
}

static size_t skip_word(const u8 *d, size_t len, size_t at)
{
	while (at < len && is_word(d[at]))
		at++;
	return at;
}

/* callid = word [ "@" word ] (25.1): its length, 0 for none. */
static size_t callid_len(const u8 *d, size_t len)
{
	size_t host, at = skip_word(d, len, 0);

	if (!at || at == len || d[at] != '@')
		return at;
	host = at + 1;
	at = skip_word(d, len, host);
	return at == host ? 0 : at;
}

bool ip_vs_sip_call_id_valid(const u8 *id, size_t len)
{
	return len && len <= IP_VS_SIP_CALL_ID_MAX && callid_len(id, len) == len;
}

/* Length of @name if that is how @d begins, in any case of letters. */
static size_t skip_name(const u8 *d, size_t len, const char *name)
{
	size_t i;

	for (i = 0; name[i]; i++) {
		if (i == len || lower(d[i]) != (u8)name[i])
			return 0;
	}
	return i;
}

/* Where the value of a Call-ID header begins whose line is at @at; 0 if that
 * is another header.
 */
static size_t value_of(const u8 *d, size_t len, size_t at)
{
	size_t name = skip_name(d + at, len - at, "call-id");

	if (!name)
		name = skip_name(d + at, len - at, "i");
	if (!name)
		return 0;
	at = skip_blanks(d, len, at + name);
	if (at == len || d[at] != ':')
		return 0;
	return skip_blanks(d, len, at + 1);
}

/* All of it is there only if the end of its line is. */
static size_t take(const u8 *d, size_t len, size_t at)
{
	size_t n = callid_len(d + at, len - at);

	if (n > IP_VS_SIP_CALL_ID_MAX || at + n == len || !is_end(d[at + n]))
		return 0;
	return n;
}

/* Header lines follow the start line, up to an empty one. */
size_t ip_vs_sip_call_id(const u8 *d, size_t len, size_t *at)
{
	size_t line = 0;

	while (line < len && is_end(d[line]))
		line++;
	for (line = next_line(d, len, line); line < len && !is_end(d[line]);
	     line = next_line(d, len, line)) {
		*at = value_of(d, len, line);
		if (*at)
			return take(d, len, *at);
	}
	return 0;
}
