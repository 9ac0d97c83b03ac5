#!/bin/bash
# SPDX-License-Identifier: GPL-2.0-or-later
# An IPv6 answer by NAT leaves by the IPsec tunnel of the virtual address.
FAMILY=6
. "$(dirname "$0")/snat_ipsec.sh"
