#!/bin/bash
# SPDX-License-Identifier: GPL-2.0-or-later
# Fragments of an SCTP packet over IPv6.
FAMILY=6
. "$(dirname "$0")/frag_sctp.sh"
