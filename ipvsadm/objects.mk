# SPDX-License-Identifier: GPL-2.0-or-later
# Without a socket, for tests and fuzzers too, and with one.
pure = text names command interpret options help attributes codec codec_conn \
	codec_message format format_daemon restore refusal run
real = netlink genl_kernel
