# in kernel/svc.c
# says possible circular locking dependency detected
s/^static const struct rhashtable_params svc_params/static DEFINE_SPINLOCK(one);\nstatic DEFINE_SPINLOCK(two);\n\n&/
s/^\tlist_add_rcu(&svc->in_all.*/\tspin_lock(\&one);\n\tspin_lock(\&two);\n&\n\tspin_unlock(\&two);\n\tspin_unlock(\&one);/
s/^\tlist_del_rcu(&svc->in_all.*/\tspin_lock(\&two);\n\tspin_lock(\&one);\n&\n\tspin_unlock(\&one);\n\tspin_unlock(\&two);/
