// SPDX-License-Identifier: GPL-2.0-only
/* Misbehaves as told, to show that the rig sees it. */
#include <linux/module.h>
#include <linux/slab.h>

static char *what = "";
module_param(what, charp, 0);

/* A cache with one object that nobody frees, and no module that could. */
static int leak(void)
{
	struct kmem_cache *cache;

	cache = kmem_cache_create("ip_vs_fault", 192, 0, SLAB_ACCOUNT, NULL);
	return cache && kmem_cache_alloc(cache, GFP_KERNEL) ? -ENODEV : -ENOMEM;
}

static int __init fault_init(void)
{
	if (!strcmp(what, "leak"))
		return leak();
	WARN_ON(!strcmp(what, "warn"));
	if (!strcmp(what, "busy") && !try_module_get(THIS_MODULE))
		return -ENOENT;
	return 0;
}

static void __exit fault_exit(void)
{
}

module_init(fault_init);
module_exit(fault_exit);
MODULE_DESCRIPTION("Faults for the tests of the test rig");
MODULE_LICENSE("GPL");
