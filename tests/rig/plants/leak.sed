# in kernel/dest.c
# says BUG: memory leaks
/^static void dest_free_rcu/,/^}/{ /^\tkfree(dest);/d }
