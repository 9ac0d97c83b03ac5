// SPDX-License-Identifier: GPL-2.0-or-later
#include "service.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <array>
#include <functional>
#include <random>
#include <thread>

namespace {

// The registry.

TEST(Sched, IsFoundByItsName)
{
	for (const char *name : {"rr", "wrr", "lc", "wlc"}) {
		const ip_vs_scheduler *sched = ip_vs_sched_get(name);

		ASSERT_TRUE(sched) << name;
		EXPECT_STREQ(sched->name, name);
		ip_vs_sched_put(sched);
	}
	EXPECT_FALSE(ip_vs_sched_get("r"));
	EXPECT_FALSE(ip_vs_sched_get(""));
}

TEST(Sched, RefusesWhatIsIncompleteOrTaken)
{
	module owner{};
	ip_vs_scheduler sched{};

	sched.module = &owner;
	sched.pick = ip_vs_sched_get("rr")->pick;
	EXPECT_EQ(register_ip_vs_scheduler(&sched), -EINVAL);
	std::copy_n("rr", 3, sched.name);
	EXPECT_EQ(register_ip_vs_scheduler(&sched), -EEXIST);
	std::copy_n("mine", 5, sched.name);
	EXPECT_EQ(register_ip_vs_scheduler(&sched), 0);
	unregister_ip_vs_scheduler(&sched);
	EXPECT_FALSE(ip_vs_sched_get("mine"));
	sched.pick = nullptr;
	EXPECT_EQ(register_ip_vs_scheduler(&sched), -EINVAL);
	ip_vs_sched_put(ip_vs_sched_get("rr"));
}

// Its pool does not: that may live on for a while.
TEST(Sched, AServiceHoldsTheModule)
{
	const ip_vs_scheduler *sched = ip_vs_sched_get("wlc");
	int before = atomic_read(&sched->module->users);

	{
		Service service("wlc");
		service.with({1, 2});
		EXPECT_EQ(atomic_read(&sched->module->users), before + 1);
	}
	EXPECT_EQ(atomic_read(&sched->module->users), before);
	ip_vs_sched_put(sched);
}

TEST(Sched, APoolKnowsWhereItsServersAre)
{
	Service service("rr");
	ip_vs_dest stranger{};

	service.with({1, 1, 1});
	EXPECT_EQ(ip_vs_pool_index(service.pool(), &service.at('C')), 0);
	EXPECT_EQ(ip_vs_pool_index(service.pool(), &service.at('A')), 2);
	EXPECT_EQ(ip_vs_pool_index(service.pool(), &stranger), -1);
}

class Every : public testing::TestWithParam<const char *> {};

TEST_P(Every, SaysSoWhenNoServerIsReady)
{
	Service service(GetParam());
	unsigned int before = shim_log_lines;

	EXPECT_EQ(service.pick(), '-');
	EXPECT_EQ(shim_log_lines, before + 1);
	service.with({0, 4});
	service.overload('B', true);
	EXPECT_EQ(service.picks(2), "--");
	EXPECT_EQ(shim_log_lines, before + 3);
	service.overload('B', false);
	EXPECT_EQ(service.picks(2), "BB");
	EXPECT_EQ(shim_log_lines, before + 3);
}

TEST_P(Every, SurvivesWithoutMemory)
{
	Service service(GetParam());
	bool needs_two = std::string(GetParam()) == "wrr";

	service.with({1});
	shim_memory = 0;
	EXPECT_EQ(service.rebuild(), -ENOMEM);
	shim_memory = 1;
	EXPECT_EQ(service.rebuild(), needs_two ? -ENOMEM : 0);
	shim_memory = -1;
	EXPECT_EQ(service.pick(), 'A');
}

INSTANTIATE_TEST_SUITE_P(Sched, Every, testing::Values("rr", "wrr", "lc", "wlc"),
			 [](const auto &info) { return info.param; });

// rr

TEST(Rr, GoesRoundNewestFirst)
{
	Service service("rr");

	service.with({1, 9, 2});
	EXPECT_EQ(service.picks(8), "CBACBACB");
}

TEST(Rr, PassesOverWeightZeroAndOverload)
{
	Service service("rr");

	service.with({1, 0, 1, 1});
	service.overload('D', true);
	EXPECT_EQ(service.picks(5), "CACAC");
	service.overload('D', false);
	EXPECT_EQ(service.picks(5), "ADCAD");
}

TEST(Rr, GoesOnWhereItStoodWhenServersChange)
{
	Service service("rr");

	service.with({1, 1, 1, 1});	// D C B A
	EXPECT_EQ(service.picks(2), "DC");
	service.add(1);			// E D C B A, after C
	EXPECT_EQ(service.picks(4), "BAED");
	service.remove('C');		// E D B A, after D
	EXPECT_EQ(service.picks(1), "B");
	service.remove('B');		// E D A, B was the last
	EXPECT_EQ(service.picks(4), "AEDA");
	service.weigh('E', 0);
	EXPECT_EQ(service.picks(3), "DAD");
}

TEST(Rr, StartsAtTheHeadWhenNobodyBeforeStayed)
{
	Service service("rr");

	service.with({1, 1, 1});	// C B A
	EXPECT_EQ(service.picks(1), "C");
	service.remove('C');
	EXPECT_EQ(service.picks(3), "BAB");
	service.remove('A');
	service.remove('B');
	EXPECT_EQ(service.pick(), '-');
	service.add(1);
	EXPECT_EQ(service.picks(2), "DD");
}

// wrr

TEST(Wrr, FallsFromTheGreatestWeight)
{
	Service service("wrr");

	service.with({4, 3, 2});	// C 2, B 3, A 4; the bar begins at 1
	EXPECT_EQ(service.picks(3), "CBA");
	EXPECT_EQ(service.picks(9), "ABACBACBA");
	EXPECT_EQ(service.picks(9), "ABACBACBA");
}

TEST(Wrr, StepsByTheGreatestCommonDivisor)
{
	Service service("wrr");

	service.with({300, 100, 200});	// C 200, B 100, A 300
	EXPECT_EQ(service.picks(3), "CBA");
	EXPECT_EQ(service.picks(12), "ACACBAACACBA");
}

TEST(Wrr, EqualWeightsAreARoundRobin)
{
	Service service("wrr");

	service.with({7, 7, 7});
	EXPECT_EQ(service.picks(7), "CBACBAC");
}

TEST(Wrr, PassesOverWeightZeroAndOverload)
{
	Service service("wrr");

	service.with({1, 0, 2});	// C 2, B 0, A 1; bar at 1
	EXPECT_EQ(service.picks(5), "CACCA");
	service.overload('C', true);
	EXPECT_EQ(service.picks(3), "AAA");
	service.overload('C', false);
	EXPECT_EQ(service.picks(6), "CCACCA");
}

TEST(Wrr, AChangeBeginsARoundAtTheSameBar)
{
	Service service("wrr");

	service.with({3, 3, 3});	// C B A
	EXPECT_EQ(service.picks(2), "CB");
	service.weigh('A', 1);		// step 1, bar stays at 1
	EXPECT_EQ(service.picks(3), "CBA");
	EXPECT_EQ(service.picks(7), "CBCBCBA");
	service.weigh('A', 0);
	EXPECT_EQ(service.picks(4), "CBCB");
}

u32 bar_of(const Service &service)
{
	return static_cast<u64>(atomic64_read(&service.pool()->cursor)) >> 32;
}

TEST(Wrr, TheBarIsAlignedToTheStep)
{
	Service service("wrr");

	service.with({5, 4});		// B 4, A 5: bars 1, 5, 4, 3, 2
	EXPECT_EQ(service.picks(5), "BAABA");
	EXPECT_EQ(bar_of(service), 4u);
	service.weigh('A', 8);		// step 4, bars 5 and 1
	EXPECT_EQ(bar_of(service), 5u);
	EXPECT_EQ(service.picks(5), "ABAAB");
	service.weigh('A', 2);		// step 2, bars 3 and 1
	EXPECT_EQ(bar_of(service), 1u);
	EXPECT_EQ(service.picks(5), "BABBA");
}

TEST(Wrr, TheBarIsNeverAboveTheWeights)
{
	Service service("wrr");

	service.with({9, 1});
	EXPECT_EQ(service.picks(3), "BAA");
	EXPECT_EQ(bar_of(service), 9u);
	service.weigh('A', 3);
	EXPECT_EQ(bar_of(service), 3u);
	EXPECT_EQ(service.picks(5), "AABAA");
}

TEST(Wrr, TheBarFallsToTheReadyServers)
{
	Service service("wrr");

	service.with({400, 100, 200});	// C 200, B 100, A 400: bars 301, 201, 101, 1
	EXPECT_EQ(service.picks(3), "CBA");
	service.overload('A', true);
	EXPECT_EQ(service.pick(), 'C');
	EXPECT_EQ(bar_of(service), 101u);
	EXPECT_EQ(service.picks(2), "CB");
	EXPECT_EQ(bar_of(service), 1u);
}

// Takes as many steps as the bar when done naively: 2^31 for each pick.
TEST(Wrr, AbsentGreatWeightsCostNothing)
{
	Service service("wrr");
	auto began = std::chrono::steady_clock::now();

	service.with({1, INT_MAX, 2});
	service.overload('B', true);
	EXPECT_EQ(service.picks(6), "CACCAC");
	service.overload('B', false);
	EXPECT_EQ(service.picks(7), "BCBABBB");
	EXPECT_LT(std::chrono::steady_clock::now() - began, std::chrono::seconds(5));
}

// The algorithm in its plainest form: every bar is tried, one after another.
class PlainWrr {
public:
	PlainWrr(std::vector<int> weights, int step, int bar)
		: weights_(std::move(weights)), step_(step), bar_(bar)
	{
		top_ = *std::max_element(weights_.begin(), weights_.end()) - (step - 1);
	}

	int pick(const std::function<bool(int)> &ready)
	{
		for (int tries = 0; tries <= 2 * (top_ / step_ + 1); tries++) {
			for (; next_ < weights_.size(); next_++)
				if (weights_[next_] >= bar_ && ready(next_))
					return next_++;
			next_ = 0;
			bar_ = bar_ > step_ ? bar_ - step_ : top_;
		}
		return -1;
	}

private:
	std::vector<int> weights_;
	int step_;
	int bar_;
	int top_;
	std::size_t next_ = 0;
};

int step_of(const std::vector<int> &weights)
{
	int step = 0;

	for (int weight : weights)
		step = std::gcd(step, weight);
	return step;
}

// The greatest was added first, so that the bar is at the top from the start.
TEST(Wrr, EqualsThePlainAlgorithm)
{
	std::mt19937 random(2026);

	for (int round = 0; round < 200; round++) {
		std::vector<int> weights(1 + random() % 6);
		int unit = 1 + random() % 3;
		for (int &weight : weights)
			weight = random() % 12 * unit;
		weights.back() = 12 * unit;
		Service service("wrr");
		service.with({weights.rbegin(), weights.rend()});
		int step = step_of(weights), last = weights.size() - 1;
		PlainWrr plain(weights, step, bar_of(service));

		for (int i = 0; i < 300; i++) {
			if (random() % 16 == 0)
				service.overload('A' + random() % weights.size(), random() % 2);
			int expected = plain.pick([&](int at) {
				return !service.at('A' + last - at).flags;
			});
			if (expected < 0)
				break;
			ASSERT_EQ(service.pick(), 'A' + last - expected) << round << ' ' << i;
		}
	}
}

// No pick is lost or made twice, however many CPUs pick.

std::array<int, 8> hammer(Service &service, int threads, int each)
{
	std::vector<std::array<int, 8>> counts(threads);
	std::array<int, 8> sum{};
	std::vector<std::thread> pickers;

	for (auto &count : counts)
		pickers.emplace_back([&service, &count, each] {
			for (int i = 0; i < each; i++)
				count[service.pick() - 'A']++;
		});
	for (std::thread &picker : pickers)
		picker.join();
	for (const auto &count : counts)
		std::transform(sum.begin(), sum.end(), count.begin(), sum.begin(), std::plus());
	return sum;
}

Service *shared;
char picked_meanwhile;

// Another CPU picks while this one does: each gets a server of its own.
std::string race(Service &service)
{
	shared = &service;
	shim_meanwhile = [] { picked_meanwhile = shared->pick(); };
	char picked = service.pick();
	return {picked_meanwhile, picked};
}

TEST(Rr, ALostRaceIsRunAgain)
{
	Service service("rr");

	service.with({1, 1, 1});
	EXPECT_EQ(race(service), "CB");
	EXPECT_EQ(race(service), "AC");
}

TEST(Wrr, ALostRaceIsRunAgain)
{
	Service service("wrr");

	service.with({3, 2, 1});	// C 1, B 2, A 3
	EXPECT_EQ(race(service), "CB");
	EXPECT_EQ(race(service), "AA");
	EXPECT_EQ(race(service), "BA");
}

TEST(Wrr, IsExactOnManyCpus)
{
	Service service("wrr");

	service.with({5, 0, 3, 1, 6});	// 15 a cycle
	service.picks(5 + 4);		// away from the beginning of a cycle
	EXPECT_EQ(hammer(service, 4, 15 * 5000),
		  (std::array<int, 8>{5 * 20000, 0, 3 * 20000, 1 * 20000, 6 * 20000}));
}

TEST(Rr, IsExactOnManyCpus)
{
	Service service("rr");

	service.with({1, 1, 0, 1, 1, 1});
	service.pick();
	EXPECT_EQ(hammer(service, 4, 5 * 10000),
		  (std::array<int, 8>{40000, 40000, 0, 40000, 40000, 40000}));
}

// lc, wlc

TEST(Lc, TakesTheLeastLoadedAndTheFirstOfEquals)
{
	Service service("lc");

	service.with({1, 100, 1});	// C B A
	EXPECT_EQ(service.pick(), 'C');
	service.load('C', 0, 1);
	EXPECT_EQ(service.pick(), 'B');
	service.load('B', 0, 2);
	service.load('A', 0, 1);
	EXPECT_EQ(service.pick(), 'C');
	service.overload('C', true);
	EXPECT_EQ(service.pick(), 'A');
}

TEST(Lc, AnActiveConnectionWeighs256)
{
	Service service("lc");

	service.with({1, 1});
	service.load('B', 1, 1);	// 257
	service.load('A', 0, 256);
	EXPECT_EQ(service.pick(), 'A');
	service.load('A', 0, 258);
	EXPECT_EQ(service.pick(), 'B');
	service.load('A', 0, 257);
	EXPECT_EQ(service.pick(), 'B');
}

TEST(Lc, IgnoresWeightButZero)
{
	Service service("lc");

	service.with({1000, 0, 1});
	service.load('A', 2, 2);
	service.load('C', 1, 1);
	EXPECT_EQ(service.pick(), 'C');
}

TEST(Wlc, DividesByTheWeight)
{
	Service service("wlc");

	service.with({3, 1});		// B 1, A 3
	EXPECT_EQ(service.pick(), 'B');
	service.load('B', 1, 1);
	EXPECT_EQ(service.pick(), 'A');
	service.load('A', 2, 2);
	EXPECT_EQ(service.pick(), 'A');
	service.load('A', 3, 3);	// equal now
	EXPECT_EQ(service.pick(), 'B');
	service.load('B', 1, 2);
	EXPECT_EQ(service.pick(), 'A');
}

TEST(Wlc, DoesNotOverflow)
{
	Service service("wlc");

	service.with({INT_MAX, INT_MAX - 1});	// B, A
	service.load('B', INT_MAX, INT_MAX);
	service.load('A', INT_MAX, INT_MAX);
	EXPECT_EQ(service.pick(), 'A');
	service.load('A', INT_MAX, INT_MAX - 1);
	service.weigh('B', INT_MAX);
	EXPECT_EQ(service.pick(), 'A');
	service.load('B', INT_MAX, INT_MAX - 1);
	EXPECT_EQ(service.pick(), 'B');
}

__extension__ typedef unsigned __int128 u128;

// The load of @a, relative to its weight, is less than that of @b.
bool lighter(const ip_vs_dest &a, const ip_vs_dest &b)
{
	auto load = [](const ip_vs_dest &d) {
		return u128(atomic_read(&d.active)) * 256 + atomic_read(&d.total);
	};
	return load(a) * b.cfg.weight < load(b) * a.cfg.weight;
}

// Numbers of every magnitude, often equal.
int magnitude(std::mt19937 &random)
{
	int value = random() & INT_MAX;
	return random() % 3 ? value >> random() % 31 : INT_MAX - value % 3;
}

TEST(Wlc, EqualsArithmeticOf128Bits)
{
	std::mt19937 random(2026);
	Service service("wlc");

	service.with({1, 1, 1});
	for (int i = 0; i < 20000; i++) {
		for (char name : {'A', 'B', 'C'}) {
			service.load(name, magnitude(random), magnitude(random));
			service.at(name).cfg.weight = magnitude(random) | 1;
		}
		char least = 'C';
		for (char name : {'B', 'A'})
			if (lighter(service.at(name), service.at(least)))
				least = name;
		ASSERT_EQ(service.pick(), least) << i;
	}
}

} // namespace
