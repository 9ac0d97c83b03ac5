#!/bin/bash
# SPDX-License-Identifier: GPL-2.0-or-later
# IPv6 traffic that is for no virtual service passes as without.
FAMILY=6
. "$(dirname "$0")/packet_bystander.sh"
