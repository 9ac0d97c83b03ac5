#!/bin/bash
# SPDX-License-Identifier: GPL-2.0-or-later
# Weighted round robin gives real connections their exact shares.
. "$(dirname "$0")/lib.sh"

topology 3
serve_http 80
ipvs -R <<-END
	-A -t $VIP:80 -s wrr
	-a -t $VIP:80 -r $(real_address 1) -m -w 3
	-a -t $VIP:80 -r $(real_address 2) -m -w 2
	-a -t $VIP:80 -r $(real_address 3) -m -w 1
END
equal 'two cycles of six' 'real1=6 real2=4 real3=2' "$(spread 12 get)"
check 'weight 0' ipvs -e -t $VIP:80 -r "$(real_address 1)" -m -w 0
equal 'two cycles of three' 'real2=4 real3=2' "$(spread 6 get)"
