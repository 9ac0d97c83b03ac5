#!/bin/bash
# SPDX-License-Identifier: GPL-2.0-or-later
# A download by NAT under way, the director is cut off, the backup takes its
# addresses: the same connection goes on and the file is whole.
# cpus: 2
. "$(dirname "$0")/lib_takeover.sh"

takeover -m
