#!/bin/bash
# SPDX-License-Identifier: GPL-2.0-or-later
# A backup without the real server translates its IPv6 fragments.
FAMILY=6
. "$(dirname "$0")/frag_unbound.sh"
