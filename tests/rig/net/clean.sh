#!/bin/bash
# SPDX-License-Identifier: GPL-2.0-or-later
# Nothing is there that an earlier test left.
[ -z "$(ip netns list)" ] || exit 1
[ ! -e /proc/net/ip_vs ] || exit 1
! pgrep -f 'sleep 1234[5]'
