#!/bin/bash
# SPDX-License-Identifier: GPL-2.0-or-later
# As answer_forwarded, over IPv6.
FAMILY=6
. "$(dirname "$0")/answer_forwarded.sh"
