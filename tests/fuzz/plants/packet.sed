# in kernel/packet.c
s/iph->ihl < 5 ||/iph->ihl < 1 ||/
