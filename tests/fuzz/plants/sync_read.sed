# in kernel/sync_wire.c
s/if (!size || size > len)/if (!size)/
