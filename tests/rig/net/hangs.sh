#!/bin/bash
# SPDX-License-Identifier: GPL-2.0-or-later
# A test that never ends.
# timeout: 2
sleep 1000
