# shellcheck shell=bash
# SPDX-License-Identifier: GPL-2.0-or-later
# The kernel that tells of data races: for tests/vm/build-kernel.
image=arch/x86/boot/bzImage image_name=vmlinuz duration='about 12 minutes'
