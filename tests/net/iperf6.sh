#!/bin/bash
# SPDX-License-Identifier: GPL-2.0-or-later
# iperf3 by IPv6.
# cpus: 2
FAMILY=6
. "$(dirname "$0")/iperf.sh"
