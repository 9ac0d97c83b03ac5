# in kernel/genl_parse.c
# says KASAN: stack-out-of-bounds
s/\.len = IP_VS_SCHEDNAME_MAXLEN - 1/.len = 255/
/nla_strscpy(cfg->sched_name, tb\[IPVS_SVC_ATTR_SCHED_NAME\],/{
	N
	s/,\n.*/, 255);/
}
