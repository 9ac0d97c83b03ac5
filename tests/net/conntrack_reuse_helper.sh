#!/bin/bash
# SPDX-License-Identifier: GPL-2.0-or-later
# The same where rules before us have given the entry a helper, which they can do for
# its first packet only: that packet is dropped, and comes again.
HELPER=1
. "$(dirname "$0")/conntrack_reuse.sh"
