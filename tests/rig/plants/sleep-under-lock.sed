# in kernel/svc.c
# says sleeping function called from invalid context
s/^static const struct rhashtable_params svc_params/static DEFINE_SPINLOCK(lock);\n\n&/
s/^\tlist_add_rcu(&svc->in_all.*/\tspin_lock(\&lock);\n\tkfree(kmalloc(8, GFP_KERNEL));\n&\n\tspin_unlock(\&lock);/
