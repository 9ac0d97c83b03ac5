# in kernel/svc.c
# says KASAN: (slab-)?use-after-free
s/^\tkfree_rcu(svc, rcu);/\tkfree(svc);\n\tsvcs_count(svcs, \&svc->key, 0);/
