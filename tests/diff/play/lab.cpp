// SPDX-License-Identifier: GPL-2.0-or-later
#include "lab.h"

#include <cstdio>
#include <sstream>
#include <thread>

namespace diff {

namespace {

const std::string director = "director", world = "world", proc_net = "/proc/thread-self/net/";

void feed(const std::string &command, const std::string &input)
{
	FILE *pipe = popen(command.c_str(), "w");

	if (!pipe)
		throw wire::Error("cannot run " + command);
	const bool written = fwrite(input.data(), 1, input.size(), pipe) == input.size();
	if (pclose(pipe) || !written)
		throw wire::Error("fails: " + command + "\n" + input);
}

const std::string cables = R"(netns add director
link add front netns world type veth peer name front netns director
link add back netns world type veth peer name back netns director
)";

// No link has a prefix: whoever is no neighbour is reached by one, without ARP.
std::string addresses()
{
	std::ostringstream text;

	text << R"(link set lo up
link set front address 02:00:00:00:01:01 up
link set back address 02:00:00:00:02:01 up
)";
	for (const std::string net : { "10.0.", "fd00:" }) {
		const bool six = net == "fd00:";
		const auto host = [&](int number, int last) {
			return net + std::to_string(number) + (six ? "::" : ".") +
			       std::to_string(last);
		};
		const auto own = [&](int number, int last, const char *device) {
			text << "address add " << host(number, last) << (six ? "/128" : "/32")
			     << " dev " << device << (six ? " nodad\n" : "\n");
		};
		const auto neighbour = [&](int number, int last, const char *device) {
			text << "neighbour add " << host(number, last) << " lladdr 02:00:00:00:0"
			     << number << ":ff dev " << device << "\nroute add "
			     << host(number, last) << " dev " << device << "\n";
		};
		own(1, 1, "front");
		own(1, 100, "front");
		own(2, 1, "back");
		neighbour(1, 10, "front");
		neighbour(2, 254, "back");
		for (int last = 8; last < 16; last++)
			neighbour(2, last, "back");
		text << "route add " << (six ? "::/0" : "0.0.0.0/0") << " via " << host(1, 10) << "\n"
		     << "route add " << (six ? "fd08::/16" : "10.8.0.0/16") << " via "
		     << host(2, 254) << "\n";
	}
	return text.str();
}

const std::vector<std::pair<std::string, std::string>> sysctls{
	{ "net/ipv4/ip_forward", "1" },
	{ "net/ipv6/conf/all/forwarding", "1" },
	{ "net/ipv4/conf/all/send_redirects", "0" },
	{ "net/ipv4/icmp_ratelimit", "0" },
	{ "net/ipv6/icmp/ratelimit", "0" },
	{ "net/ipv6/auto_flowlabels", "0" },
};

} // namespace

std::string name_of(Side side)
{
	return side == Side::front ? "front" : "back";
}

Lab::Lab()
{
	feed("ip netns add " + world, "");
	wire::write_in(world, "/proc/sys/net/ipv6/conf/default/disable_ipv6", "1");
}

void Lab::connect()
{
	ports_.clear();
	for (const auto side : sides) {
		ports_.emplace_back(world, name_of(side));
		ports_.back().send_to(director, name_of(side));
	}
}

void Lab::build(const std::string &rules)
{
	const std::string remove = "link delete front\nlink delete back\n";

	if (built_) {
		feed("ip -n " + world + " -batch -", remove);
		feed("ip netns delete " + director, "");
	}
	feed("ip -batch -", cables);
	built_ = true;
	feed("ip -n " + world + " -batch -", "link set front up\nlink set back up\n");
	for (const auto &[name, value] : sysctls)
		set(name, value);
	feed("ip -n " + director + " -batch -", addresses());
	run("ipvsadm -R", rules);
	connect();
	drain(std::chrono::seconds(1), [](Side, const wire::Frame &) {});
}

void Lab::run(const std::string &command, const std::string &input)
{
	const wire::Visit visit(director);

	feed(command, input);
}

void Lab::set(const std::string &sysctl, const std::string &value)
{
	wire::write_in(director, "/proc/sys/" + sysctl, value);
}

bool Lab::has(const std::string &file)
{
	const wire::Visit visit(director);

	return std::filesystem::exists(proc_net + file);
}

std::string Lab::read(const std::string &file)
{
	return wire::read_in(director, proc_net + file);
}

void Lab::send(Side from, const wire::Frame &frame)
{
	ports_[static_cast<std::size_t>(from)].send(frame);
}

void Lab::drain(Time pause, const std::function<void(Side, const wire::Frame &)> &take)
{
	std::this_thread::sleep_for(pause);
	for (const auto side : sides)
		while (const auto frame = ports_[static_cast<std::size_t>(side)].receive())
			take(side, *frame);
}

} // namespace diff
