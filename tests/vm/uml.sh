# shellcheck shell=bash
# SPDX-License-Identifier: GPL-2.0-or-later
# The debug kernel, user-mode Linux: functions for tests/vm/boot, after built.sh.

# One of the processors that are ours. A call of a process of the machine goes to its
# kernel, another process, and back: on two processors each waits for the other to wake
# up, which makes a new process three times as dear. IPVS_MACHINE: a number, so that those
# that run at the same time take different ones.
uml_processor() {
	local processors=()
	mapfile -t processors < <(taskset -cp "$BASHPID" | sed 's/.*: //' | tr , '\n' |
		while IFS=- read -r first last; do seq "$first" "${last:-$first}"; done)
	echo "${processors[$((${IPVS_MACHINE:-RANDOM} % ${#processors[@]}))]}"
}

# Where its memory is kept, a file: in memory, unless there is too little, or what runs
# there is not allowed (as in containers); machines run beside each other.
uml_memory() {
	local shm=/dev/shm avail
	avail=$(df --output=avail -m $shm 2>/dev/null | tail -n 1)
	[ "${avail:-0}" -gt $((3 * mem)) ] && ! findmnt -no OPTIONS -T $shm | grep -qw noexec &&
		echo $shm || echo "${TMPDIR:-/tmp}"
}

# Set "command": the machine, its log and its channels on pipes (it cannot wait for
# a file). Its memory is a file that reaches no disk if it can be helped. Its clock
# jumps where nothing is left to do, unless somebody is watching. Connections can be
# made to fail (A), and what takes 4 to 8 KiB: large messages.
uml_command() {
	local terminal=null,fd:1 time=time-travel fixed=()
	TMPDIR=$(uml_memory)
	export TMPDIR
	setarch -R true 2>/dev/null && fixed=(setarch -R)
	uml_pipe console "$console"
	uml_pipe verdict "$run/verdict"
	uml_pipe result "${result:-/dev/null}"
	[ -n "$interactive" ] && terminal=fd:0,fd:1 time=
	# shellcheck disable=SC2016,SC2054,SC2206 # the commas are those of the machine
	command=(bash -c 'run=$0; ulimit -c 0
		exec 2>"$run/pipe-console" 5>"$run/pipe-verdict" 6>"$run/pipe-result"
		[ -p "$run/output" ] && exec >"$run/output"
		exec taskset -c "$@"' "$run" "$(uml_processor)"
		"${fixed[@]}" "$kernel/boot/linux-$release"
		"mem=${mem}M" "initrd=$run/initramfs" "uml_dir=$run"
		log_buf_len=2M # of all that fail_load says
		console=tty0 con=null con0=null,fd:2 con1=$terminal con2=null,fd:5
		con3=null,fd:6 panic_on_warn=1 "slub_debug=FZP;FZPA,ip_vs_conn,ip_vs_conn6,kmalloc-8k"
		$time $append)
}

# uml_pipe NAME FILE: what the machine writes to $run/pipe-NAME arrives in FILE.
uml_pipe() {
	mkfifo "$run/pipe-$1"
	cat "$run/pipe-$1" >"$2" 8>&- &
	uml_pipes+=($!)
}
