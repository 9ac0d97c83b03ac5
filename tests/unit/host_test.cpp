// SPDX-License-Identifier: GPL-2.0-or-later
#include <gtest/gtest.h>

#include <vector>

#include <arpa/inet.h>

extern "C" {
#include "kernel/host.h"
}

namespace {

class Host : public ::testing::Test {
protected:
	Host() { ip_vs_hosts_init(&hosts); }

	static nf_inet_addr address(unsigned int number, unsigned int network = 0)
	{
		nf_inet_addr a{};

		a.all[0] = htonl(number);
		a.all[3] = network;
		return a;
	}
	ip_vs_host *get(u8 family, const nf_inet_addr &a)
	{
		return ip_vs_host_get(&hosts, family, &a);
	}
	bool known(u8 family, const nf_inet_addr &a)
	{
		return ip_vs_hosts_find(&hosts, family, &a);
	}

	ip_vs_hosts hosts;
};

TEST_F(Host, IsKnownAsLongAsOneHasTheAddress)
{
	const auto a = address(1);
	ip_vs_host *first = get(AF_INET, a), *second = get(AF_INET, a);

	EXPECT_EQ(first, second);
	ip_vs_host_put(first);
	EXPECT_TRUE(known(AF_INET, a));
	ip_vs_host_put(second);
	EXPECT_FALSE(known(AF_INET, a));
}

TEST_F(Host, FamiliesAndAddressesAreApart)
{
	ip_vs_host *host = get(AF_INET6, address(1, 1));

	EXPECT_TRUE(known(AF_INET6, address(1, 1)));
	EXPECT_FALSE(known(AF_INET, address(1)));
	EXPECT_FALSE(known(AF_INET6, address(1)));
	EXPECT_FALSE(known(AF_INET6, address(1, 2)));
	ip_vs_host_put(host);
	host = get(AF_INET6, address(1));
	EXPECT_TRUE(known(AF_INET6, address(1)));
	EXPECT_FALSE(known(AF_INET, address(1)));
	ip_vs_host_put(host);
}

TEST_F(Host, ManyShareTheBuckets)
{
	std::vector<ip_vs_host *> all;

	for (unsigned int i = 0; i < 1000; i++)
		all.push_back(get(AF_INET, address(i)));
	for (unsigned int i = 0; i < 1000; i += 2)
		ip_vs_host_put(all[i]);
	for (unsigned int i = 0; i < 1000; i++)
		EXPECT_EQ(known(AF_INET, address(i)), i % 2 == 1);
	for (unsigned int i = 1; i < 1000; i += 2)
		ip_vs_host_put(all[i]);
}

} // namespace
