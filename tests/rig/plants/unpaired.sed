# in kernel/svc.c
# says BUG: IPVS: census: 1 services unaccounted for
/^\tkfree_rcu(svc, rcu);/d
/^void ip_vs_svcs_remove/,/^}/{ /ip_vs_census_destroyed/d }
