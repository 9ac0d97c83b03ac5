#!/bin/bash
# SPDX-License-Identifier: GPL-2.0-or-later
# The kernel complains, but goes on.
echo 'INFO: task rig:1 blocked for more than 120 seconds.' >/dev/kmsg
