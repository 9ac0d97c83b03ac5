// SPDX-License-Identifier: GPL-2.0-or-later
#include "module.h"

#include <cstdlib>
#include <fstream>
#include <iostream>
#include <stdexcept>
#include <sys/utsname.h>

namespace bench {

namespace {

std::string folder(Which which)
{
	utsname system;

	uname(&system);
	return std::string("/lib/modules/") + system.release +
	       (which == Which::ours ? "/updates/" : "/kernel/net/netfilter/ipvs/");
}

std::string ipvsadm_path()
{
	const char *path = std::getenv("IPVSADM");

	return path && *path ? path : "ipvsadm";
}

} // namespace

std::string name(Which which)
{
	return which == Which::ours ? "ours" : "in-tree";
}

Module::Module(Which which)
{
	run({"modprobe", "nf_defrag_ipv6"});
	run({"insmod", folder(which) + "ip_vs.ko"});
	run({"insmod", folder(which) + "ip_vs_rr.ko"});
}

Module::~Module()
{
	try {
		if (master_)
			ipvsadm({"--stop-daemon", "master"});
		ipvsadm({"-C"});
		run({"rmmod", "ip_vs_rr", "ip_vs"});
	} catch (const std::exception &error) {
		std::cerr << "bench: cannot unload: " << error.what() << std::endl;
		std::abort();
	}
}

std::string Module::ipvsadm(const Words &words) const
{
	Words command{ipvsadm_path()};

	command.insert(command.end(), words.begin(), words.end());
	return run(command);
}

void Module::restore(const std::string &rules) const
{
	const std::string file = "/tmp/bench-rules";

	std::ofstream(file) << rules;
	run({"sh", "-c", "exec \"$0\" -R <" + file, ipvsadm_path()});
}

void Module::start_master()
{
	ipvsadm({"--start-daemon", "master", "--mcast-interface", "sync0"});
	master_ = true;
}

std::uint64_t Module::buckets() const
{
	const std::string key = "(size=", text = ipvsadm({"-Ln"});
	std::size_t at = text.find(key);

	if (at == text.npos)
		throw std::runtime_error("ipvsadm -Ln names no table size: " + text);
	return std::strtoull(text.c_str() + at + key.size(), nullptr, 10);
}

void load_foundations()
{
	for (const char *module : {"pktgen", "nf_conntrack", "nf_defrag_ipv6", "libcrc32c", "nft_ct"})
		run({"modprobe", module});
}

} // namespace bench
