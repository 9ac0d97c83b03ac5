/* SPDX-License-Identifier: GPL-2.0-only */
#ifndef _SHIM_LINUX_MODULE_H
#define _SHIM_LINUX_MODULE_H

#include <linux/atomic.h>
#include <linux/kernel.h>
#include <linux/list.h>

/* Each source file that says THIS_MODULE is a module, loaded when the program
 * starts and unloaded when it ends.
 */
struct module {
	atomic_t users;
};

static inline bool try_module_get(struct module *module)
{
	atomic_inc(&module->users);
	return true;
}

static inline void __module_get(struct module *module)
{
	atomic_inc(&module->users);
}

static inline void module_put(struct module *module)
{
	atomic_dec(&module->users);
}

#define EXPORT_SYMBOL(symbol) extern int shim_exported
#define MODULE_LICENSE(text) extern int shim_license
#define MODULE_DESCRIPTION(text) extern int shim_description
#define MODULE_VERSION(text) extern const char shim_version[sizeof(text)]

#ifndef __cplusplus
static struct module shim_this_module __attribute__((unused));
#define THIS_MODULE (&shim_this_module)

#define module_init(load)						\
static void __attribute__((constructor)) shim_load(void)		\
{									\
	if (load())							\
		abort();						\
}									\
extern int shim_exported
#define module_exit(unload)						\
static void __attribute__((destructor)) shim_unload(void)		\
{									\
	unload();							\
}									\
extern int shim_exported
#endif

#endif
