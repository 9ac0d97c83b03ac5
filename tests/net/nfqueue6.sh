#!/bin/bash
# SPDX-License-Identifier: GPL-2.0-or-later
# A program looks at each IPv6 packet before we do.
FAMILY=6
. "$(dirname "$0")/nfqueue.sh"
