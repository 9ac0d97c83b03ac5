#!/bin/bash
# SPDX-License-Identifier: GPL-2.0-or-later
# Direct routing and tunnel to the director itself over IPv6.
FAMILY=6
. "$(dirname "$0")/local_dr.sh"
