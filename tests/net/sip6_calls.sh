#!/bin/bash
# SPDX-License-Identifier: GPL-2.0-or-later
# sip_calls with IPv6 addresses.
FAMILY=6
. "$(dirname "$0")/sip_calls.sh"
