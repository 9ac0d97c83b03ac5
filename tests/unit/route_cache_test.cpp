// SPDX-License-Identifier: GPL-2.0-or-later
// The cached route: what a CPU stored it finds again, until it is void.
extern "C" {
#include "kernel/route_cache.h"
}

#include <gtest/gtest.h>

namespace {

bool valid;

dst_entry *check(dst_entry *dst, __u32 cookie)
{
	return valid && cookie == 7 ? dst : nullptr;
}

constexpr dst_ops ops{check, AF_INET6};

// A route that only its operations know to be good.
rt6_info of(const dst_ops &operations)
{
	rt6_info route{};
	route.dst.ops = &operations;
	route.sernum = 7;
	return route;
}

class RouteCache : public testing::Test {
protected:
	RouteCache()
	{
		valid = true;
		EXPECT_EQ(ip_vs_route_cache_init(&cache), 0);
	}
	~RouteCache() override
	{
		shim_cpu = 0;
		ip_vs_route_cache_exit(&cache);
		EXPECT_EQ(first.references, 0);
		EXPECT_EQ(second.references, 0);
	}
	void store(dst_entry &dst, unsigned round)
	{
		ip_vs_cached_route route{};
		route.dst = &dst;
		route.cookie = 7;
		route.round = round;
		dst.references++;
		ip_vs_route_cache_set(&cache, &route);
	}
	void store_for(dst_entry &dst, unsigned mark)
	{
		ip_vs_cached_route route{};
		route.dst = &dst;
		route.cookie = 7;
		route.round = ip_vs_route_cache_round(&cache) | IP_VS_ROUTE_KEYED;
		route.key.mark = mark;
		dst.references++;
		ip_vs_route_cache_set(&cache, &route);
	}
	[[nodiscard]] dst_entry *found_for(unsigned mark)
	{
		ip_vs_route_key key{};
		nf_inet_addr saddr;
		key.mark = mark;
		return ip_vs_route_cache_get_keyed(&cache, &key, &saddr);
	}
	[[nodiscard]] dst_entry *found() const
	{
		nf_inet_addr saddr;
		return ip_vs_route_cache_get(&cache, &saddr);
	}

	ip_vs_route_cache cache{};
	rt6_info six_a = of(ops), six_b = of(ops);
	dst_entry &first = six_a.dst, &second = six_b.dst;
};

TEST_F(RouteCache, BeginsEmpty)
{
	EXPECT_EQ(found(), nullptr);
}

TEST_F(RouteCache, EachCpuHasItsOwn)
{
	store(first, 0);
	shim_cpu = 1;
	EXPECT_EQ(found(), nullptr);
	store(second, 0);
	EXPECT_EQ(found(), &second);
	shim_cpu = 0;
	EXPECT_EQ(found(), &first);
}

TEST_F(RouteCache, TheNewPutsTheOld)
{
	store(first, 0);
	store(second, 0);
	EXPECT_EQ(found(), &second);
	EXPECT_EQ(first.references, 0);
	EXPECT_EQ(second.references, 1);
}

TEST_F(RouteCache, AnObsoleteOneIsAskedWhetherItHolds)
{
	first.obsolete = -1;
	store(first, 0);
	EXPECT_EQ(found(), &first);
	valid = false;
	EXPECT_EQ(found(), nullptr);
}

TEST_F(RouteCache, APlainRouteOfFourIsAskedNothing)
{
	net space{.genid = 3};
	net_device device{&space};
	constexpr dst_ops of_four{check, AF_INET};
	rtable route{};

	route.dst.ops = &of_four;
	route.dst.obsolete = DST_OBSOLETE_FORCE_CHK;
	route.dst.dev = &device;
	route.rt_genid = 3;
	valid = false;
	store(route.dst, 0);
	EXPECT_EQ(found(), &route.dst);
	space.genid = 4;
	EXPECT_EQ(found(), nullptr);
	space.genid = 3;
	EXPECT_EQ(found(), &route.dst);
	route.dst.obsolete = 2;
	EXPECT_EQ(found(), nullptr);
	store(first, 0);
}

TEST_F(RouteCache, APlainRouteOfSixIsAskedNothing)
{
	fib6_info from{7, false, false};

	first.obsolete = DST_OBSOLETE_FORCE_CHK;
	six_a.sernum = 0;
	six_a.from = &from;
	valid = false;
	store(first, 0);
	EXPECT_EQ(found(), &first);
	from.cookie = 8;
	EXPECT_EQ(found(), nullptr);
	from.cookie = 7;
	from.gone = true;
	EXPECT_EQ(found(), nullptr);
	from.gone = false;
	from.expired = true;
	EXPECT_EQ(found(), nullptr);
	from.expired = false;
	first.obsolete = 2;
	EXPECT_EQ(found(), nullptr);
	first.obsolete = DST_OBSOLETE_FORCE_CHK;
	EXPECT_EQ(found(), &first);
	six_a.from = nullptr;
	EXPECT_EQ(found(), nullptr);
}

TEST_F(RouteCache, ARouteOfSixThatEndsIsAskedWhetherItHolds)
{
	fib6_info from{7, false, false};

	first.obsolete = DST_OBSOLETE_FORCE_CHK;
	six_a.sernum = 0;
	six_a.from = &from;
	six_a.rt6i_flags = RTF_EXPIRES;
	store(first, 0);
	EXPECT_EQ(found(), &first);
	valid = false;
	EXPECT_EQ(found(), nullptr);
}

TEST_F(RouteCache, TheLastMarkIsKept)
{
	store_for(first, 5);
	EXPECT_EQ(found_for(5), &first);
	EXPECT_EQ(cache.mark, 5u);
	EXPECT_EQ(found_for(6), nullptr);
	EXPECT_EQ(cache.mark, 6u);
}

TEST_F(RouteCache, ResetVoidsAllCpus)
{
	store(first, 0);
	shim_cpu = 1;
	store(second, 0);
	ip_vs_route_cache_reset(&cache);
	EXPECT_EQ(found(), nullptr);
	shim_cpu = 0;
	EXPECT_EQ(found(), nullptr);
}

TEST_F(RouteCache, DropGivesBackThoseOfAllCpus)
{
	store(first, 0);
	shim_cpu = 1;
	store(second, 0);
	ip_vs_route_cache_drop(&cache);
	EXPECT_EQ(first.references, 0);
	EXPECT_EQ(second.references, 0);
	EXPECT_EQ(found(), nullptr);
	store(first, 0);
	EXPECT_EQ(found(), &first);
}

TEST_F(RouteCache, ALookupOvertakenByAResetIsVoid)
{
	const unsigned before = ip_vs_route_cache_round(&cache);

	ip_vs_route_cache_reset(&cache);
	store(first, before);
	EXPECT_EQ(found(), nullptr);
}

TEST_F(RouteCache, OneOfAKeyIsForThatKeyAlone)
{
	store_for(first, 5);
	EXPECT_EQ(found_for(5), &first);
	EXPECT_EQ(found_for(6), nullptr);
	EXPECT_EQ(found(), nullptr);
	valid = false;
	first.obsolete = -1;
	EXPECT_EQ(found_for(5), nullptr);
}

TEST_F(RouteCache, OneForAllIsForNoKey)
{
	store(first, 0);
	EXPECT_EQ(found_for(0), nullptr);
	EXPECT_EQ(found(), &first);
}

TEST_F(RouteCache, ResetVoidsThoseOfAKey)
{
	store_for(first, 5);
	ip_vs_route_cache_reset(&cache);
	EXPECT_EQ(found_for(5), nullptr);
	EXPECT_EQ(found(), nullptr);
	store_for(second, 5);
	EXPECT_EQ(found_for(5), &second);
}

} // namespace
