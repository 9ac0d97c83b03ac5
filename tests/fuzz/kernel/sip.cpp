// SPDX-License-Identifier: GPL-2.0-or-later
// The Call-ID of SIP messages. The input is a datagram. Nothing beyond it is read;
// what is found is in it, could be one, ends with its line, and does not depend on
// what follows the header lines.
// executions: 300000
#include <algorithm>
#include <cstdint>
#include <memory>
#include <vector>

#include "../require.h"

extern "C" {
#include "kernel/sip_parse.h"
}

namespace {

using Bytes = std::vector<u8>;

struct Found {
	std::size_t len, at;
};

// In memory of exactly its length.
Found call_id(const Bytes &message)
{
	const auto data = std::make_unique<u8[]>(message.size());
	Found found{};

	std::copy(message.begin(), message.end(), data.get());
	found.len = ip_vs_sip_call_id(data.get(), message.size(), &found.at);
	return found;
}

bool valid(const Bytes &id)
{
	const auto data = std::make_unique<u8[]>(id.size());

	std::copy(id.begin(), id.end(), data.get());
	return ip_vs_sip_call_id_valid(data.get(), id.size());
}

} // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t *data, std::size_t size)
{
	const Bytes message(data, data + size);
	const auto found = call_id(message);

	valid(message);
	if (!found.len)
		return 0;
	require(found.len <= IP_VS_SIP_CALL_ID_MAX, "it is short");
	require(found.at < size && found.len < size - found.at, "it and what ends it are in the message");
	const auto begin = message.begin() + found.at, end = begin + found.len;
	require(valid(Bytes(begin, end)), "it can be one");
	require(*end == '\r' || *end == '\n', "it ends with its line");
	const auto again = call_id(Bytes(message.begin(), end + 1));
	require(again.len == found.len && again.at == found.at, "what follows does not matter");
	return 0;
}
