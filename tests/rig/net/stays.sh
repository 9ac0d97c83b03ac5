#!/bin/bash
# SPDX-License-Identifier: GPL-2.0-or-later
# A module that cannot be unloaded.
insmod build/rig/ip_vs_fault.ko what=busy
