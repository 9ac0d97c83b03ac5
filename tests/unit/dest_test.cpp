// SPDX-License-Identifier: GPL-2.0-or-later
#include <gtest/gtest.h>

#include <cstring>

extern "C" {
#include "kernel/dests.h"
#include <linux/jiffies.h>
}

namespace {

bool overloaded(const ip_vs_dest &dest)
{
	return test_bit(IP_VS_DEST_OVERLOAD, &dest.flags);
}

// At which count a server with these thresholds stops, and at which it goes on.
std::pair<int, int> limits(unsigned int upper, unsigned int lower)
{
	ip_vs_dest dest{};
	std::pair<int, int> found{-1, -1};

	dest.cfg.u_threshold = upper;
	dest.cfg.l_threshold = lower;
	while (!overloaded(dest) && atomic_read(&dest.total) < 1000)
		ip_vs_dest_conn_add(&dest, true);
	found.first = atomic_read(&dest.total);
	while (overloaded(dest) && atomic_read(&dest.total) > 0)
		ip_vs_dest_conn_del(&dest, true);
	found.second = atomic_read(&dest.total);
	return found;
}

TEST(Dest, StopsAtTheUpperGoesOnBelowTheLowerThreshold)
{
	EXPECT_EQ(limits(100, 50), std::pair(100, 49));
	EXPECT_EQ(limits(100, 100), std::pair(100, 99));
	EXPECT_EQ(limits(3, 1), std::pair(3, 0));
}

TEST(Dest, WithoutALowerThresholdGoesOnBelowThreeQuarters)
{
	EXPECT_EQ(limits(100, 0), std::pair(100, 74));
	EXPECT_EQ(limits(8, 0), std::pair(8, 5));
	EXPECT_EQ(limits(1, 0), std::pair(1, 0));
}

TEST(Dest, WithoutAnUpperThresholdNeverStops)
{
	EXPECT_EQ(limits(0, 0).first, 1000);
}

TEST(Dest, ANewThresholdCountsWhenChecked)
{
	ip_vs_dest dest{};

	for (int i = 0; i < 5; i++)
		ip_vs_dest_conn_add(&dest, i < 2);
	EXPECT_EQ(atomic_read(&dest.active), 2);
	dest.cfg.u_threshold = 5;
	ip_vs_dest_overload_check(&dest);
	EXPECT_TRUE(overloaded(dest));
	dest.cfg.u_threshold = 0;
	ip_vs_dest_overload_check(&dest);
	EXPECT_FALSE(overloaded(dest));
}

// Whatever has left it there.
TEST(Dest, AFlagWithoutAThresholdGoesWithTheNextConnection)
{
	ip_vs_dest dest{};

	ip_vs_dest_conn_add(&dest, true);
	set_bit(IP_VS_DEST_OVERLOAD, &dest.flags);
	ip_vs_dest_conn_del(&dest, true);
	EXPECT_FALSE(overloaded(dest));
}

TEST(Dest, IsReadyWithWeightAndRoom)
{
	ip_vs_dest dest{};

	EXPECT_FALSE(ip_vs_dest_ready(&dest));
	dest.cfg.weight = 1;
	EXPECT_TRUE(ip_vs_dest_ready(&dest));
	set_bit(IP_VS_DEST_OVERLOAD, &dest.flags);
	EXPECT_FALSE(ip_vs_dest_ready(&dest));
}

// A namespace's servers; an address is a number.
class Dests : public testing::Test {
protected:
	Dests()
	{
		EXPECT_EQ(ip_vs_dests_init(&dests), 0);
		jiffies = 0xfffffff0;
	}
	~Dests() override
	{
		ip_vs_dests_trash_scan(&dests, true);
		ip_vs_dests_exit(&dests);
	}

	ip_vs_dest *add(unsigned int address, int port = 80)
	{
		nf_inet_addr addr;

		std::memset(&addr, 0xff, sizeof(addr));
		addr.ip = address;
		ip_vs_dest *dest = ip_vs_dest_new(&dests, AF_INET, &addr, port);
		dest->idle_since = jiffies;
		return dest;
	}

	int left()
	{
		int n = 0;

		for (list_head *p = dests.all.next; p != &dests.all; p = p->next)
			n++;
		return n;
	}

	ip_vs_dests dests;
};

TEST_F(Dests, TrashIsKeptForItsTimeAndWhileInUse)
{
	ip_vs_dest *used = add(1);

	add(2);
	atomic_inc(&used->total);
	EXPECT_TRUE(ip_vs_dests_trash_scan(&dests, false));
	jiffies += 119 * HZ;
	EXPECT_TRUE(ip_vs_dests_trash_scan(&dests, false));
	EXPECT_EQ(left(), 2);
	jiffies += 1 * HZ;
	EXPECT_TRUE(ip_vs_dests_trash_scan(&dests, false));
	EXPECT_EQ(left(), 1);
	atomic_dec(&used->total);
	atomic_inc(&used->persist);
	jiffies += 1000 * HZ;
	EXPECT_TRUE(ip_vs_dests_trash_scan(&dests, false));
	atomic_dec(&used->persist);
	jiffies += 120 * HZ;
	EXPECT_FALSE(ip_vs_dests_trash_scan(&dests, false));
	EXPECT_EQ(left(), 0);
}

TEST_F(Dests, TheScanSparesTheLiving)
{
	ip_vs_dest *living = add(1);

	set_bit(IP_VS_DEST_AVAILABLE, &living->flags);
	jiffies += 1000 * HZ;
	EXPECT_FALSE(ip_vs_dests_trash_scan(&dests, true));
	EXPECT_EQ(left(), 1);
	clear_bit(IP_VS_DEST_AVAILABLE, &living->flags);
}

TEST_F(Dests, TheTrashIsSearchedByWholeIdentity)
{
	ip_vs_svc_key key{}, other{};
	ip_vs_dest *gone = add(1);
	nf_inet_addr addr = gone->addr, strange{};
	auto find = [&](const ip_vs_svc_key &k, const nf_inet_addr &a, int port) {
		return ip_vs_dests_trash_find(&dests, &k, AF_INET, &a, port);
	};

	other.port = 1;
	EXPECT_EQ(find(key, addr, 80), gone);
	EXPECT_EQ(find(other, addr, 80), nullptr);
	EXPECT_EQ(find(key, strange, 80), nullptr);
	EXPECT_EQ(find(key, addr, 81), nullptr);
	set_bit(IP_VS_DEST_AVAILABLE, &gone->flags);
	EXPECT_EQ(find(key, addr, 80), nullptr);
	clear_bit(IP_VS_DEST_AVAILABLE, &gone->flags);
}

TEST_F(Dests, TheTotalKeepsWhatTheFreedOnesCounted)
{
	ip_vs_counters sum{}, cpu{};

	ip_vs_stats_in(add(1)->stats, 100);
	ip_vs_stats_in(add(2)->stats, 20);
	ip_vs_dests_total(&dests, &sum);
	EXPECT_EQ(sum.inbytes, 120u);
	EXPECT_FALSE(ip_vs_dests_trash_scan(&dests, true));
	ip_vs_stats_in(add(3)->stats, 3);
	sum = {};
	ip_vs_dests_total(&dests, &sum);
	EXPECT_EQ(sum.inbytes, 123u);
	EXPECT_EQ(sum.inpkts, 3u);
	ip_vs_dests_total_cpu(&dests, &cpu, shim_cpu + 1);
	EXPECT_EQ(cpu.inpkts, 0u);
	ip_vs_dests_total_cpu(&dests, &cpu, shim_cpu);
	EXPECT_EQ(cpu.inpkts, 3u);
}

// Whose packet is it? Only an available one by NAT of the packet's protocol speaks
// for a service, the newest of several.
TEST_F(Dests, TheSpeakerOfAPacket)
{
	ip_vs_tuple t{};

	t.k.family = AF_INET;
	t.k.protocol = 17;
	t.k.saddr = 7;
	t.k.sport = 80;
	ip_vs_dest *dest = add(7);
	EXPECT_EQ(ip_vs_dests_speaker(&dests, &t), nullptr);
	set_bit(IP_VS_DEST_AVAILABLE, &dest->flags);
	EXPECT_EQ(ip_vs_dests_speaker(&dests, &t), nullptr);
	dest->svc_key.protocol = 17;
	EXPECT_EQ(ip_vs_dests_speaker(&dests, &t), dest);
	dest->svc_key.protocol = 0;
	dest->svc_key.fwmark = 1;
	EXPECT_EQ(ip_vs_dests_speaker(&dests, &t), dest);
	t.k.sport = 81;
	EXPECT_EQ(ip_vs_dests_speaker(&dests, &t), nullptr);
	t.k.sport = 80;
	t.k.saddr = 8;
	EXPECT_EQ(ip_vs_dests_speaker(&dests, &t), nullptr);
	t.k.saddr = 7;
	ip_vs_dest *newer = add(7);
	newer->svc_key.protocol = 17;
	set_bit(IP_VS_DEST_AVAILABLE, &newer->flags);
	EXPECT_EQ(ip_vs_dests_speaker(&dests, &t), newer);
	newer->cfg.fwd = IP_VS_CONN_F_DROUTE;
	EXPECT_EQ(ip_vs_dests_speaker(&dests, &t), dest);
	clear_bit(IP_VS_DEST_AVAILABLE, &newer->flags);
	clear_bit(IP_VS_DEST_AVAILABLE, &dest->flags);
}

TEST_F(Dests, NoMemory)
{
	nf_inet_addr addr{};

	for (int n : {0, 1}) {
		shim_memory = n;
		EXPECT_EQ(reinterpret_cast<long>(ip_vs_dest_new(&dests, AF_INET, &addr, 80)),
			  -ENOMEM);
	}
	shim_memory = -1;
	EXPECT_EQ(left(), 0);
}

} // namespace
