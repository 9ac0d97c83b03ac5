#!/bin/bash
# SPDX-License-Identifier: GPL-2.0-or-later
# The module is gone, its memory is not.
insmod build/rig/ip_vs_fault.ko what=leak 2>/dev/null
! lsmod | grep ip_vs_fault
