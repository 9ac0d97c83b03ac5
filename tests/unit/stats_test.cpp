// SPDX-License-Identifier: GPL-2.0-or-later
#include <gtest/gtest.h>

#include <memory>
#include <tuple>

extern "C" {
#include "kernel/stats.h"
}

bool operator==(const ip_vs_counters &a, const ip_vs_counters &b)
{
	return std::tie(a.conns, a.inpkts, a.outpkts, a.inbytes, a.outbytes) ==
	       std::tie(b.conns, b.inpkts, b.outpkts, b.inbytes, b.outbytes);
}

namespace {

struct Release {
	void operator()(ip_vs_cpu_stats *stats) const { free_percpu(stats); }
};

using Stats = std::unique_ptr<ip_vs_cpu_stats, Release>;

void on_cpu(int cpu)
{
	shim_cpu = cpu;
}

// One connection, two packets in, one out, on each CPU, of growing length.
Stats used()
{
	Stats stats(ip_vs_stats_alloc());

	for (int cpu = 0; cpu < SHIM_CPUS; cpu++) {
		on_cpu(cpu);
		ip_vs_stats_conn(stats.get());
		ip_vs_stats_in(stats.get(), 40);
		ip_vs_stats_in(stats.get(), 60000 + cpu);
		ip_vs_stats_out(stats.get(), 1500);
	}
	on_cpu(0);
	return stats;
}

ip_vs_counters sum(const Stats &stats)
{
	ip_vs_counters sum{};

	ip_vs_stats_read(&sum, stats.get());
	return sum;
}

const ip_vs_counters all_used = {3, 6, 3, 3 * 60040 + 3, 4500};

TEST(Stats, AreSummedOverTheCpus)
{
	Stats stats = used();
	ip_vs_counters one{};

	EXPECT_EQ(sum(stats), all_used);
	ip_vs_stats_read_cpu(&one, stats.get(), 2);
	EXPECT_EQ(one, (ip_vs_counters{1, 2, 1, 60042, 1500}));
	ip_vs_stats_read_cpu(&one, stats.get(), 0);
	EXPECT_EQ(one, (ip_vs_counters{2, 4, 2, 120082, 3000}));
}

TEST(Stats, FoldCpuByCpu)
{
	Stats to = used(), from = used();
	ip_vs_counters one{};

	ip_vs_stats_fold(to.get(), from.get());
	EXPECT_EQ(sum(to), (ip_vs_counters{6, 12, 6, 6 * 60040 + 6, 9000}));
	EXPECT_EQ(sum(from), all_used);
	ip_vs_stats_read_cpu(&one, to.get(), 1);
	EXPECT_EQ(one, (ip_vs_counters{2, 4, 2, 120082, 3000}));
}

TEST(Stats, NoMemory)
{
	shim_memory = 0;
	EXPECT_EQ(ip_vs_stats_alloc(), nullptr);
	shim_memory = -1;
}

TEST(Counters, AddAndSubtractEachField)
{
	ip_vs_counters a{1, 2, 3, 4, 5}, b{10, 20, 30, 40, 50};

	ip_vs_counters_add(&a, &b);
	EXPECT_EQ(a, (ip_vs_counters{11, 22, 33, 44, 55}));
	ip_vs_counters_sub(&a, &b);
	EXPECT_EQ(a, (ip_vs_counters{1, 2, 3, 4, 5}));
}

// A tally fed every period with the same increments.
class Fed {
public:
	Fed &steps(int n, const ip_vs_counters &increment)
	{
		while (n-- > 0) {
			ip_vs_counters_add(&raw_, &increment);
			ip_vs_tally_step(&tally_, &raw_);
		}
		return *this;
	}

	// Between two steps, after some more.
	void zero(const ip_vs_counters &more)
	{
		ip_vs_counters_add(&raw_, &more);
		ip_vs_tally_zero(&tally_, &raw_);
	}

	ip_vs_counters shown() const
	{
		ip_vs_counters counters = raw_;
		ip_vs_rates rates;

		ip_vs_tally_show(&tally_, &counters, &rates);
		return counters;
	}

	ip_vs_rates rates() const
	{
		ip_vs_counters counters = raw_;
		ip_vs_rates rates;

		ip_vs_tally_show(&tally_, &counters, &rates);
		return rates;
	}

private:
	ip_vs_counters raw_{};
	ip_vs_tally tally_{};
};

TEST(Tally, ConvergesToTheRatePerSecond)
{
	// increments of two seconds
	ip_vs_rates rates = Fed().steps(100, {20, 2000, 4, 3000000, 0}).rates();

	EXPECT_EQ(rates.cps, 10u);
	EXPECT_EQ(rates.inpps, 1000u);
	EXPECT_EQ(rates.outpps, 2u);
	EXPECT_EQ(rates.inbps, 1500000u);
	EXPECT_EQ(rates.outbps, 0u);
}

// Each step goes a quarter of the way: 250, 437.5, 578.1, 683.6 of 1000.
TEST(Tally, MovesAQuarterOfTheWay)
{
	Fed fed;

	for (unsigned int wanted : {250, 437, 578, 684})
		EXPECT_EQ(fed.steps(1, {2000, 0, 0, 2000, 0}).rates().cps, wanted);
	EXPECT_EQ(fed.rates().inbps, 684u);
}

// The same in the arithmetic that the format of the kernel's own module
// prescribes: shifts by 9 and 4, a quarter, rounded by 0x1ff and 0xf.
TEST(Tally, EqualsTheKnownArithmetic)
{
	std::int64_t count = 0, octets = 0;
	Fed fed;

	for (std::int64_t n : {7, 0, 123456, 1, 99, 0, 0, 5000000, 3, 0, 0, 0, 0}) {
		fed.steps(1, {std::uint64_t(n), 0, 0, std::uint64_t(n) * 1400, 0});
		count += ((n << 9) - count) >> 2;
		octets += ((n * 1400 << 4) - octets) >> 2;
		EXPECT_EQ(fed.rates().cps, std::uint64_t(count + 0x1ff) >> 10);
		EXPECT_EQ(fed.rates().inbps, std::uint64_t(octets + 0xf) >> 5);
	}
}

TEST(Tally, FallsToZeroWithoutTraffic)
{
	Fed fed;

	fed.steps(10, {2000, 2000, 2000, 2000, 2000}).steps(100, {});
	EXPECT_EQ(fed.rates().cps, 0u);
	EXPECT_EQ(fed.rates().inbps, 0u);
	EXPECT_EQ(fed.shown().conns, 20000u);
}

TEST(Tally, ZeroIsAnOffsetAndEndsTheRates)
{
	Fed fed;

	fed.steps(10, {1, 2, 3, 4, 5000});
	fed.zero({0, 0, 0, 0, 1000000});
	EXPECT_EQ(fed.shown(), ip_vs_counters{});
	EXPECT_EQ(fed.rates().outbps, 0u);
	fed.steps(1, {1, 2, 3, 4, 8000});
	EXPECT_EQ(fed.shown(), (ip_vs_counters{1, 2, 3, 4, 8000}));
	EXPECT_EQ(fed.rates().outbps, 1000u);
}

// 100 Gbit/s for a year would have to fit; the sum may be anything.
TEST(Tally, GreatNumbers)
{
	ip_vs_counters increment{1u << 31, 1ull << 40, 0, 1ull << 50, 0};
	ip_vs_rates rates = Fed().steps(200, increment).rates();

	EXPECT_EQ(rates.cps, 1ull << 30);
	EXPECT_EQ(rates.inpps, 1ull << 39);
	EXPECT_EQ(rates.inbps, 1ull << 49);
}

} // namespace
