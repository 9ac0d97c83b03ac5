#!/bin/bash
# SPDX-License-Identifier: GPL-2.0-or-later
# Large transfers by NAT over IPv6 with the devices' offloads on and off.
FAMILY=6
. "$(dirname "$0")/nat_offload.sh"
