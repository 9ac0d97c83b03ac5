#!/bin/bash
# SPDX-License-Identifier: GPL-2.0-or-later
# The SIP engine and fragments over IPv6.
FAMILY=6
. "$(dirname "$0")/frag_sip.sh"
