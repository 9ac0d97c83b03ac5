# shellcheck shell=bash
# SPDX-License-Identifier: GPL-2.0-or-later
# Each lint sees the fault it is there for, in a small tree that has just that.

# tree FILE TEXT: a tree with nothing but this file.
tree() {
	rm -rf "$work/tree"
	mkdir -p "$work/tree/kernel" "$work/tree/ipvsadm" "$work/tree/include" \
		"$work/tree/tests" "$work/tree/$(dirname "$1")"
	printf '%s\n' "$2" >"$work/tree/$1"
}

# red LINT FILE TEXT, green LINT FILE TEXT
red() {
	tree "$2" "$3"
	fails "tests/lint/$1" "$work/tree"
}

green() {
	tree "$2" "$3"
	"tests/lint/$1" "$work/tree"
}

# lines COUNT: a function of that many lines.
lines() {
	printf 'int f(int a)\n{\n'
	seq $(($1 - 4)) | sed 's/.*/\ta += &;/'
	printf '\treturn a;\n}\n'
}

# objects A-CALLS B-CALLS: two compiled files, each defining its own name.
objects() {
	mkdir -p "$work/objects"
	echo "void a(void); void b(void); void outside(void); void a(void) { $1(); }" |
		gcc -O0 -x c -c -o "$work/objects/a.o" -
	echo "void a(void); void b(void); void outside(void); void b(void) { $2(); }" |
		gcc -O0 -x c -c -o "$work/objects/b.o" -
	printf 'obj-m := ip_vs.o\nip_vs-y := a.o \\\n\tb.o\n' >"$work/Kbuild"
	tests/lint/layers "$work/Kbuild" "$work/objects"
}

plan_lint() {
	echo 21
}

test_lint() {
	ok 'layers: a call down the list' objects outside a
	ok 'layers: a call up the list' fails objects b outside
	ok 'layers: a knot' fails objects b a
	ok 'layers: no list' fails tests/lint/layers /dev/null "$work"
	ok 'style: good' green style kernel/a.c $'int f(int a)\n{\n\tif (a)\n\t\treturn 1;\n\treturn 0;\n}'
	ok 'style: a long statement broken by hand' green style kernel/a.c \
		$'int f(int a)\n{\n\treturn a\n\t\t? 1\n\t\t: 2;\n}'
	ok 'style: spaces' red style kernel/a.c $'int f(int a)\n{\n        return a;\n}'
	ok 'style: the brace' red style kernel/a.c $'int f(int a) {\n\treturn a;\n}'
	ok 'style: no blank' red style kernel/a.c $'int f(int a)\n{\n\tif(a)\n\t\treturn 1;\n\treturn 0;\n}'
	ok 'style: indented wrongly' red style kernel/a.c \
		$'int f(int a)\n{\n\tif (a)\n\treturn 1;\n\treturn 0;\n}'
	ok 'sizes: a function of 15 lines' green sizes kernel/a.c "$(lines 15)"
	ok 'sizes: a median of 16' red sizes kernel/a.c "$(lines 16)"
	ok 'sizes: one of 81 among short ones' red sizes kernel/a.c \
		"$(for _ in $(seq 20); do lines 5; done; lines 81)"
	ok 'sizes: six parameters' red sizes kernel/a.c $'int f(int a, int b, int c, int d, int e, int g)\n{\n\treturn 0;\n}'
	ok 'sizes: a header of 121 lines' red sizes kernel/a.h "$(seq -f 'int a%g;' 121)"
	ok 'no-version-tests: kernel' red no-version-tests kernel/a.c '#if LINUX_VERSION_CODE >= KERNEL_VERSION(6, 1, 0)'
	ok 'no-version-tests: compat' green no-version-tests include/compat/linux/a.h '#if LINUX_VERSION_CODE >= KERNEL_VERSION(6, 1, 0)'
	ok 'products: an object beside its source' red products kernel/a.o ''
	ok 'names: the place of the clone' red names kernel/a.c "/* $work/tree/kernel */"
	ok 'shellcheck: an unquoted variable' red shellcheck tests/a.sh $'#!/bin/sh\nrm $1'
	ok 'shellcheck: good' green shellcheck tests/a.sh $'#!/bin/sh\nrm "$1"'
}
