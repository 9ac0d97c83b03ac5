#!/bin/bash
# SPDX-License-Identifier: GPL-2.0-or-later
# Associations of the kernel's SCTP over IPv6.
FAMILY=6
. "$(dirname "$0")/sctp_real.sh"
