// SPDX-License-Identifier: GPL-2.0-only
#include "pe.h"

#include <linux/mutex.h>
#include <linux/rculist.h>

#include "limits.h"

static LIST_HEAD(engines);		/* RCU */
static DEFINE_MUTEX(engines_mutex);	/* of its writers */

const struct ip_vs_pe *ip_vs_pe_named(const char *name, size_t len)
{
	struct ip_vs_pe *pe;

	list_for_each_entry_rcu(pe, &engines, list,
				lockdep_is_held(&engines_mutex)) {
		if (strlen(pe->name) == len && !memcmp(pe->name, name, len))
			return pe;
	}
	return NULL;
}

int register_ip_vs_pe(struct ip_vs_pe *pe)
{
	int err = 0;

	if (!pe->name[0] || !pe->find || !pe->valid)
		return -EINVAL;
	mutex_lock(&engines_mutex);
	if (ip_vs_pe_named(pe->name, strlen(pe->name)))
		err = -EEXIST;
	else
		list_add_rcu(&pe->list, &engines);
	mutex_unlock(&engines_mutex);
	if (err)
		pr_err(IP_VS_LOG "[%s] pe already registered\n", pe->name);
	else
		pr_info(IP_VS_LOG "[%s] pe registered.\n", pe->name);
	return err;
}
EXPORT_SYMBOL_GPL(register_ip_vs_pe);

void unregister_ip_vs_pe(struct ip_vs_pe *pe)
{
	mutex_lock(&engines_mutex);
	list_del_rcu(&pe->list);
	mutex_unlock(&engines_mutex);
	synchronize_rcu();
	pr_info(IP_VS_LOG "[%s] pe unregistered.\n", pe->name);
}
EXPORT_SYMBOL_GPL(unregister_ip_vs_pe);

const struct ip_vs_pe *ip_vs_pe_get(const char *name)
{
	const struct ip_vs_pe *pe;

	rcu_read_lock();
	pe = ip_vs_pe_named(name, strlen(name));
	if (pe && !try_module_get(pe->module))
		pe = NULL;
	rcu_read_unlock();
	return pe;
}

void ip_vs_pe_put(const struct ip_vs_pe *pe)
{
	if (pe)
		module_put(pe->module);
}
