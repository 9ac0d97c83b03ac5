// SPDX-License-Identifier: GPL-2.0-or-later
// The control connection of FTP. The first octet says whose the lines are that
// follow. Nothing beyond a line is read, and what it says of a place can be put
// into words again that say the same.
// executions: 300000
#include <cstring>
#include <memory>
#include <string>
#include <string_view>

#include "../require.h"
#include "tests/unit/ftp_lines.h"

namespace {

std::size_t line_len(std::string_view text)
{
	const auto data = std::make_unique<char[]>(text.size());

	std::memcpy(data.get(), text.data(), text.size());
	return ip_vs_ftp_line_len(data.get(), text.size());
}

// Of an answer; what we put in its place is in the same line.
void come_back(const ip_vs_ftp_line &line, std::string_view text)
{
	char words[IP_VS_FTP_TEXT_MAX];
	std::string again(text.substr(0, line.start));

	const std::size_t size = ip_vs_ftp_text(words, line.verb, line.addr.ip, line.port);
	require(size < sizeof(words), "the words have room");
	again.append(words, size).append(text.substr(line.end));
	const auto other = parse(true, again);
	require(other.verb == line.verb, "the answer stays one");
	require(other.port == line.port, "the port comes back");
	require(line.verb == IP_VS_FTP_EPSV || other.addr.ip == line.addr.ip,
		"the address comes back");
	require(other.start == line.start && other.end == line.start + size, "in its place");
}

void check(bool answer, std::string_view text)
{
	const auto line = parse(answer, text);

	require(line.verb <= IP_VS_FTP_EPSV, "a verb is known");
	if (line.verb == IP_VS_FTP_OTHER)
		return;
	require(line.start <= line.end && line.end <= text.size(), "the place is in the line");
	if (answer) {
		require(line.verb == IP_VS_FTP_PASV || line.verb == IP_VS_FTP_EPSV,
			"a server does not command");
		require(line.port, "a server tells a port");
		come_back(line, text);
	} else if (line.verb == IP_VS_FTP_PORT || line.verb == IP_VS_FTP_EPRT) {
		require(line.port, "a client tells a port");
		require(line.family == AF_INET || line.family == AF_INET6, "the family is known");
	}
}

} // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t *data, std::size_t size)
{
	if (!size)
		return 0;
	std::string_view text(reinterpret_cast<const char *>(data + 1), size - 1);
	while (const std::size_t len = line_len(text)) {
		require(len <= text.size() && text[len - 1] == '\n', "a line ends in a line feed");
		check(data[0] & 1, text.substr(0, len));
		text.remove_prefix(len);
	}
	check(data[0] & 1, text);
	return 0;
}
