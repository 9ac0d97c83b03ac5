/* SPDX-License-Identifier: GPL-2.0-only */
#ifndef _SHIM_LINUX_ATOMIC_H
#define _SHIM_LINUX_ATOMIC_H

#include <linux/types.h>

/* Of the calling thread, once: what another CPU does right after this one has
 * read an atomic64_t.
 */
#ifdef __cplusplus
extern thread_local void (*shim_meanwhile)(void);
#else
extern _Thread_local void (*shim_meanwhile)(void);
#endif

static inline void shim_read(void)
{
	void (*meanwhile)(void) = shim_meanwhile;

	shim_meanwhile = NULL;
	if (meanwhile)
		meanwhile();
}

#define smp_mb()		__atomic_thread_fence(__ATOMIC_SEQ_CST)
#define smp_mb__after_atomic()	__atomic_thread_fence(__ATOMIC_SEQ_CST)

typedef struct { int counter; } atomic_t;
typedef struct { s64 counter; } atomic64_t;

#define SHIM_ATOMIC(name, type, value)					\
static inline void name##_set(type *v, value i)				\
{									\
	__atomic_store_n(&v->counter, i, __ATOMIC_RELAXED);		\
}									\
static inline void name##_add(value i, type *v)				\
{									\
	__atomic_fetch_add(&v->counter, i, __ATOMIC_RELAXED);		\
}									\
static inline void name##_inc(type *v) { name##_add(1, v); }		\
static inline void name##_dec(type *v) { name##_add(-1, v); }		\
static inline bool name##_try_cmpxchg(type *v, value *old, value to)	\
{									\
	return __atomic_compare_exchange_n(&v->counter, old, to, false,	\
					   __ATOMIC_SEQ_CST,		\
					   __ATOMIC_SEQ_CST);		\
}

SHIM_ATOMIC(atomic, atomic_t, int)
SHIM_ATOMIC(atomic64, atomic64_t, s64)

static inline int atomic_read(const atomic_t *v)
{
	return __atomic_load_n(&v->counter, __ATOMIC_RELAXED);
}

static inline bool atomic_inc_unless_negative(atomic_t *v)
{
	int old = atomic_read(v);

	while (old >= 0)
		if (atomic_try_cmpxchg(v, &old, old + 1))
			return true;
	return false;
}

static inline s64 atomic64_read(const atomic64_t *v)
{
	s64 value = __atomic_load_n(&v->counter, __ATOMIC_RELAXED);

	shim_read();
	return value;
}

#define BITS_PER_LONG 64

static inline bool test_bit(unsigned long bit, const unsigned long *words)
{
	return __atomic_load_n(words + bit / BITS_PER_LONG, __ATOMIC_RELAXED) >>
	       bit % BITS_PER_LONG & 1;
}

static inline void set_bit(unsigned long bit, unsigned long *words)
{
	__atomic_fetch_or(words + bit / BITS_PER_LONG,
			  1UL << bit % BITS_PER_LONG, __ATOMIC_RELAXED);
}

static inline void clear_bit(unsigned long bit, unsigned long *words)
{
	__atomic_fetch_and(words + bit / BITS_PER_LONG,
			   ~(1UL << bit % BITS_PER_LONG), __ATOMIC_RELAXED);
}

#define xchg(p, v) __atomic_exchange_n(p, v, __ATOMIC_SEQ_CST)

#endif
