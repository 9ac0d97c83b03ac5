#!/bin/bash
# SPDX-License-Identifier: GPL-2.0-or-later
# timeout: 180
# keepalived on both directors: VRRP moves the addresses, lvs_sync_daemon starts
# the daemons in their roles and changes them; the connection goes on.
. "$(dirname "$0")/lib_takeover.sh"

configure() {
	cat <<-END
		global_defs {
			lvs_sync_daemon back web id 9
		}
		vrrp_sync_group both {
			group {
				web
				gateway
			}
		}
		vrrp_instance web {
			interface front
			virtual_router_id 1
			priority $1
			advert_int 1
			virtual_ipaddress {
				$VIP/32
			}
		}
		vrrp_instance gateway {
			interface back
			virtual_router_id 2
			priority $1
			advert_int 1
			virtual_ipaddress {
				$GATEWAY/32
			}
		}
	END
}

keepalive() {
	local place=$1 home=$TMPDIR/keepalived-$1
	mkdir "$home"
	configure "$2" >"$home/conf"
	chmod 600 "$home/conf"
	background "$place" keepalived -n -l -P -f "$home/conf" -p "$home/pid" -r "$home/pid.vrrp"
}

owns() {
	on "$1" ip -4 -o address show | grep -q " $2/"
}

stage -m
ip -n director address del $VIP/32 dev front
ip -n director address del $GATEWAY/32 dev back
keepalive director 150
keepalive backup 100
until_true 40 owns director $VIP || fail 'the director does not become master'
until_equal 20 master daemons director
until_equal 20 backup daemons backup
note 'ok: the daemons run in their roles'

start_download
knows backup 1 "TCP ESTABLISHED $CLIENT:$port "
cut_off director
until_true 40 owns backup $VIP || fail 'the backup does not take the address'
until_true 20 owns backup $GATEWAY || fail 'the backup does not take the gateway'
until_equal 20 master daemons backup
note 'ok: the backup has the addresses, and a master daemon'
goes_on 300000
arrives
