# in kernel/tunnel_parse.c
s/!udp || !gue ||/!udp ||/
