#!/bin/bash
# SPDX-License-Identifier: GPL-2.0-or-later
# Without synchronisation the take-over resets the connection: so it is the
# synchronisation that the other tests of the take-over owe their success to.
. "$(dirname "$0")/lib_takeover.sh"

stage -g
start_download
equal 'the backup knows nothing' 0 "$(count_entries backup TCP)"
move director backup
wait "$download"
equal 'exit status of curl: reset by peer' 56 $?
[ "$(got)" -lt $size ] || fail 'the file is whole'
