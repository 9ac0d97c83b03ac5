#!/bin/bash
# SPDX-License-Identifier: GPL-2.0-or-later
# A client on the director itself over IPv6.
FAMILY=6
. "$(dirname "$0")/local_client.sh"
