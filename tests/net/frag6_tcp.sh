#!/bin/bash
# SPDX-License-Identifier: GPL-2.0-or-later
# Fragments of a TCP segment over IPv6.
FAMILY=6
. "$(dirname "$0")/frag_tcp.sh"
