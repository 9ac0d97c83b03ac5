#!/bin/bash
# SPDX-License-Identifier: GPL-2.0-or-later
# IPv6 fragments without the rest.
FAMILY=6
. "$(dirname "$0")/frag_lost.sh"
