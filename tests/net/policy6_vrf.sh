#!/bin/bash
# SPDX-License-Identifier: GPL-2.0-or-later
# A service in a VRF, over IPv6.
FAMILY=6
. "$(dirname "$0")/policy_vrf.sh"
