// SPDX-License-Identifier: GPL-2.0-or-later
// A line of FTP for the parser, by the unit test and by the fuzzer.
#pragma once

#include <cstring>
#include <memory>
#include <string_view>

extern "C" {
#include "kernel/ftp_parse.h"
}

// In memory of exactly its length.
inline ip_vs_ftp_line parse(bool answer, std::string_view text)
{
	const auto data = std::make_unique<char[]>(text.size());
	ip_vs_ftp_line line{};

	std::memcpy(data.get(), text.data(), text.size());
	ip_vs_ftp_parse(answer, data.get(), text.size(), &line);
	return line;
}
