#!/bin/bash
# SPDX-License-Identifier: GPL-2.0-or-later
# A test that fails, and says why.
echo 'the reason'
exit 3
