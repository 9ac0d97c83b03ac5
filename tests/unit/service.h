// SPDX-License-Identifier: GPL-2.0-or-later
#pragma once
// A service's real servers and the pool that its scheduler picks from. Servers
// are called A, B, C... in the order in which they were added; the list has the
// newest first, as the control plane keeps it.

#include <memory>
#include <string>
#include <vector>

extern "C" {
#include "kernel/sched.h"
#include <linux/slab.h>
}

class Service {
public:
	explicit Service(const std::string &scheduler)
		: sched_(ip_vs_sched_get(scheduler.c_str()))
	{
		INIT_LIST_HEAD(&list_);
		rebuild();
	}
	~Service()
	{
		ip_vs_pool_free(pool_);
		ip_vs_sched_put(sched_);
	}
	Service(const Service &) = delete;

	ip_vs_dest &add(int weight)
	{
		servers_.push_back(std::make_unique<ip_vs_dest>());
		ip_vs_dest &dest = *servers_.back();
		dest.cfg.weight = weight;
		list_add(&dest.in_svc, &list_);
		rebuild();
		return dest;
	}

	Service &with(const std::vector<int> &weights)
	{
		for (int weight : weights)
			add(weight);
		return *this;
	}

	void remove(char name)
	{
		list_del(&at(name).in_svc);
		rebuild();
	}

	void weigh(char name, int weight)
	{
		at(name).cfg.weight = weight;
		rebuild();
	}

	// Packets see it at once, without a new pool.
	void overload(char name, bool on)
	{
		at(name).flags = on ? 1UL << IP_VS_DEST_OVERLOAD : 0;
	}

	void load(char name, int active, int total)
	{
		atomic_set(&at(name).active, active);
		atomic_set(&at(name).total, total);
	}

	// '-' for none.
	char pick()
	{
		const ip_vs_dest *dest = pool_->sched->pick(pool_, &client_);

		for (std::size_t i = 0; dest && i < servers_.size(); i++)
			if (servers_[i].get() == dest)
				return 'A' + i;
		return '-';
	}

	std::string picks(int n)
	{
		std::string names;

		while (n-- > 0)
			names += pick();
		return names;
	}

	// As the control plane does when servers change.
	int rebuild()
	{
		ip_vs_pool *pool = ip_vs_pool_build(sched_, &list_, pool_);

		if (reinterpret_cast<unsigned long>(pool) >= -4095UL)
			return static_cast<int>(reinterpret_cast<long>(pool));
		ip_vs_pool_free(pool_);
		pool_ = pool;
		return 0;
	}

	ip_vs_dest &at(char name) { return *servers_[name - 'A']; }
	const ip_vs_scheduler *scheduler() const { return sched_; }
	const ip_vs_pool *pool() const { return pool_; }

private:
	const ip_vs_scheduler *sched_;
	list_head list_;
	std::vector<std::unique_ptr<ip_vs_dest>> servers_;
	ip_vs_pool *pool_ = nullptr;
	ip_vs_tuple client_{};
};
