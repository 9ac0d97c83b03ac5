// SPDX-License-Identifier: GPL-2.0-or-later
#include "place.h"

#include "fields.h"

#include <arpa/inet.h>
#include <fcntl.h>
#include <linux/if_packet.h>
#include <net/ethernet.h>
#include <net/if.h>
#include <netinet/ether.h>
#include <poll.h>
#include <sched.h>
#include <sys/ioctl.h>
#include <sys/socket.h>
#include <unistd.h>

#include <cerrno>
#include <cstring>
#include <fstream>
#include <sstream>

namespace wire {

namespace {

constexpr std::size_t most = 70000; // of a packet not yet cut into segments
// A millisecond each. No buffer is free: for the moment; or, as a packet longer than the
// other end of the cable takes is dropped there, for ever.
constexpr int most_tries = 10000;

// As in linux/virtio_net.h, which C++ cannot include.
struct VirtioHeader {
	std::uint8_t flags, gso_type;
	std::uint16_t hdr_len, gso_size, csum_start, csum_offset;
};
constexpr std::uint8_t needs_csum = 1, data_valid = 2;

[[noreturn]] void fail(const std::string &what)
{
	throw Error(what + ": " + std::strerror(errno));
}

File open_file(const std::string &path)
{
	File file(open(path.c_str(), O_RDONLY | O_CLOEXEC));
	if (file.get() < 0)
		fail(path);
	return file;
}

template <typename Word>
void set_option(int fd, int level, int option, Word value)
{
	if (setsockopt(fd, level, option, &value, sizeof(value)))
		fail("setsockopt");
}

ifreq request_for(const std::string &interface)
{
	ifreq request{};
	interface.copy(request.ifr_name, IFNAMSIZ - 1);
	return request;
}

std::array<std::uint8_t, 6> mac_of(int fd, const std::string &interface)
{
	std::array<std::uint8_t, 6> mac;
	auto request = request_for(interface);

	if (ioctl(fd, SIOCGIFHWADDR, &request))
		fail(interface);
	std::memcpy(mac.data(), request.ifr_hwaddr.sa_data, mac.size());
	return mac;
}

VirtioHeader header_of(const Offload &offload)
{
	VirtioHeader header{};

	if (offload.csum_start == 0)
		return header;
	header.flags = needs_csum;
	header.csum_start = static_cast<std::uint16_t>(offload.csum_start + ETH_HLEN);
	header.csum_offset = offload.csum_offset;
	header.gso_size = offload.segment;
	header.gso_type = offload.segment_type;
	if (offload.segment)
		header.hdr_len = static_cast<std::uint16_t>(offload.header_length + ETH_HLEN);
	return header;
}

Offload offload_of(const VirtioHeader &header)
{
	Offload offload;

	if (header.flags & needs_csum) {
		offload.csum_start = static_cast<std::uint16_t>(header.csum_start - ETH_HLEN);
		offload.csum_offset = header.csum_offset;
	}
	offload.valid = header.flags & data_valid;
	offload.segment = header.gso_size;
	offload.segment_type = header.gso_type;
	return offload;
}

} // namespace

File::~File()
{
	if (fd_ >= 0)
		close(fd_);
}

Visit::Visit(const std::string &name) : home_(open_file("/proc/thread-self/ns/net"))
{
	if (setns(open_file("/run/netns/" + name).get(), CLONE_NEWNET))
		fail("namespace " + name);
}

Visit::~Visit()
{
	setns(home_.get(), CLONE_NEWNET);
}

std::string read_in(const std::string &name, const std::filesystem::path &path)
{
	const Visit visit(name);
	std::ifstream file(path);
	std::ostringstream text;

	text << file.rdbuf();
	if (!file)
		throw Error("cannot read " + path.string() + " in " + name);
	return text.str();
}

void write_in(const std::string &name, const std::filesystem::path &path, const std::string &text)
{
	const Visit visit(name);
	std::ofstream file(path);

	if (!(file << text << std::flush))
		throw Error("cannot write " + path.string() + " in " + name);
}

Port::Port(const std::string &space, const std::string &interface)
{
	const Visit visit(space);

	socket_ = File(socket(AF_PACKET, SOCK_RAW | SOCK_CLOEXEC | SOCK_NONBLOCK, 0));
	if (socket_.get() < 0)
		fail("packet socket");
	own_ = mac_of(socket_.get(), interface);
	index_ = static_cast<int>(if_nametoindex(interface.c_str()));
	set_option(socket_.get(), SOL_PACKET, PACKET_VNET_HDR, 1);
	set_option(socket_.get(), SOL_PACKET, PACKET_IGNORE_OUTGOING, 1);
	set_option(socket_.get(), SOL_SOCKET, SO_RCVBUFFORCE, 32 << 20);
	sockaddr_ll address{};
	address.sll_family = AF_PACKET;
	address.sll_protocol = htons(ETH_P_ALL);
	address.sll_ifindex = index_;
	if (bind(socket_.get(), reinterpret_cast<sockaddr *>(&address), sizeof(address)))
		fail("bind to " + interface);
}

void Port::send_to(const std::string &space, const std::string &interface)
{
	const Visit visit(space);
	const File any(socket(AF_INET, SOCK_DGRAM | SOCK_CLOEXEC, 0));

	peer_ = mac_of(any.get(), interface);
}

void Port::send_to(const std::string &mac)
{
	ether_addr address{};

	if (!ether_aton_r(mac.c_str(), &address))
		throw Error("not a MAC: " + mac);
	std::memcpy(peer_.data(), &address, peer_.size());
}

void Port::send(const Frame &frame)
{
	const auto header = header_of(frame.offload);
	Bytes bytes(sizeof(header) + ETH_HLEN);

	std::memcpy(bytes.data(), &header, sizeof(header));
	auto *ether = bytes.data() + sizeof(header);
	std::memcpy(ether, peer_.data(), 6);
	std::memcpy(ether + 6, own_.data(), 6);
	ether[12] = static_cast<std::uint8_t>(frame.ether >> 8);
	ether[13] = static_cast<std::uint8_t>(frame.ether);
	bytes.insert(bytes.end(), frame.bytes.begin(), frame.bytes.end());
	for (int tries = most_tries; ::send(socket_.get(), bytes.data(), bytes.size(), 0) < 0;) {
		if ((errno != ENOBUFS && errno != EAGAIN) || --tries == 0)
			fail("send " + std::to_string(frame.bytes.size()) + " octets");
		poll(nullptr, 0, 1);
	}
}

std::optional<Frame> Port::receive()
{
	Bytes bytes(most);
	VirtioHeader header;
	const auto size = recv(socket_.get(), bytes.data(), bytes.size(), 0);

	if (size < static_cast<long>(sizeof(header) + ETH_HLEN))
		return {};
	std::memcpy(&header, bytes.data(), sizeof(header));
	const auto *ether = bytes.data() + sizeof(header) + ETH_ALEN * 2;
	const auto type = static_cast<std::uint16_t>(ether[0] << 8 | ether[1]);
	bytes.resize(static_cast<std::size_t>(size));
	bytes.erase(bytes.begin(), bytes.begin() + sizeof(header) + ETH_HLEN);
	return Frame{ .bytes = std::move(bytes), .offload = offload_of(header), .ether = type };
}

bool housekeeping(const Frame &frame, const Packet &packet)
{
	if (frame.ether == ETH_P_ARP)
		return true;
	if (packet.empty() || text_of(packet[0], "proto") != "icmp6")
		return false;
	const auto type = number_of(packet[0], "type", 0);
	return (type >= 130 && type <= 136) || type == 143;
}

void Port::collect(int milliseconds)
{
	pollfd ready{ .fd = socket_.get(), .events = POLLIN, .revents = 0 };

	poll(&ready, 1, milliseconds);
	while (const auto frame = receive()) {
		auto packet = decode(*frame);
		if (!packet.empty() && !housekeeping(*frame, packet))
			seen.push_back(std::move(packet));
	}
}

} // namespace wire
