# in kernel/ctl_svc.c
# says Illegal context switch in RCU read-side critical section
s/^\tfound = ip_vs_svcs_find(&ns->svcs, key);/\tkfree(kmalloc(8, GFP_KERNEL));\n&/
