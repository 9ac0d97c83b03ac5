// SPDX-License-Identifier: GPL-2.0-or-later
#include "pktgen.h"

#include "system.h"

#include <arpa/inet.h>
#include <cstdlib>
#include <stdexcept>

namespace bench {

namespace {

const std::string folder = "/proc/net/pktgen/";

std::string dotted(std::uint32_t value)
{
	in_addr address{htonl(value)};
	char text[INET_ADDRSTRLEN];

	return inet_ntop(AF_INET, &address, text, sizeof(text));
}

void set(const std::string &name, const std::string &value)
{
	write_file(folder + "in0", name + " " + value + "\n");
}

void set_range(const std::string &name, unsigned first, unsigned count)
{
	set(name + "_min", std::to_string(first));
	set(name + "_max", std::to_string(first + count - 1));
}

void set_addresses(const Stream &stream)
{
	set("src_min", stream.source);
	set("src_max", dotted(address(stream.source) + stream.sources - 1));
	set("dst", stream.destination);
}

void set_addresses6(const Stream &stream)
{
	set("src6", stream.source);
	set("dst6", stream.destination);
	set("flag", "UDPCSUM");
}

void configure(const Stream &stream, unsigned count, To to)
{
	write_file(folder + "kpktgend_0", "rem_device_all\n");
	write_file(folder + "kpktgend_0", "add_device in0\n");
	set("count", std::to_string(count));
	set("delay", "0");
	set("clone_skb", "0");
	set("pkt_size", "60");
	set("xmit_mode", "netif_receive");
	set("dst_mac", to == To::director ? "02:00:00:00:00:01" : "02:00:00:00:00:99");
	if (is_six(stream.destination))
		set_addresses6(stream);
	else
		set_addresses(stream);
	set_range("udp_src", stream.source_port, stream.source_ports);
	set_range("udp_dst", stream.destination_port, stream.destination_ports);
}

// "Result: OK: 61199(c61190+d9) usec, 20000 (60byte,0frags)"
std::uint64_t elapsed(unsigned count)
{
	const std::string key = "Result: OK: ", text = read_file(folder + "in0");
	std::size_t begin = text.find(key), comma = text.find("usec, ");

	if (begin == text.npos || comma == text.npos ||
	    std::strtoul(text.c_str() + comma + 6, nullptr, 10) != count)
		throw std::runtime_error("pktgen did not send the packets: " + text);
	return std::strtoull(text.c_str() + begin + key.size(), nullptr, 10) * 1000;
}

} // namespace

std::uint64_t pktgen_send(const Stream &stream, unsigned count, To to)
{
	configure(stream, count, to);
	write_file(folder + "pgctrl", "start\n");
	return elapsed(count);
}

} // namespace bench
