# in kernel/sip_parse.c
s/if (i == len || lower/if (lower/
