# SPDX-License-Identifier: GPL-2.0-only
# All products go to build/, so that the source tree stays as it is.

top := $(CURDIR)
BUILD := $(top)/build
VERSION := $(shell cat VERSION)

# Headers: of the running kernel if they are here, else the newest installed.
running := /lib/modules/$(shell uname -r)/build
KDIR ?= $(or $(patsubst %/Makefile,%,$(wildcard $(running)/Makefile)),$(lastword \
	$(shell printf '%s\n' $(wildcard /usr/src/linux-headers-*-amd64) | sort -V)))
release = $(shell sed -n 's/^\#define UTS_RELEASE "\(.*\)"/\1/p' \
	$(KDIR)/include/generated/utsrelease.h 2>/dev/null)
modules = $(BUILD)/modules-$(release)
# User-mode Linux, the debug kernel: an architecture, which leaves it to each folder
# to ask for UBSAN.
debug = $(if $(wildcard $(KDIR)/include/config/UML),ARCH=um UBSAN_SANITIZE=y IPVS_CENSUS=y)
kbuild = +@flock $(modules).lock $(MAKE) --no-print-directory -C $(KDIR) $(debug) \
	M=$(modules)/kernel IPVS_VERSION=$(VERSION) CONFIG_DEBUG_INFO_BTF_MODULES=

DESTDIR ?=
INSTALL_MOD_PATH ?=
updates = $(INSTALL_MOD_PATH)/lib/modules/$(release)/updates

.PHONY: all modules tool programs headers sources check lint unit cli fuzz rig net kcsan diff demo bench coverage \
	install modules_install clean help

all: modules tool

headers:
	@test -n "$(release)" || { \
		echo "No kernel headers$(if $(KDIR), in $(KDIR)): run 'tests/deps build'," \
			"or install linux-headers-amd64," \
			"or name them: make KDIR=/usr/src/linux-headers-..." >&2; \
		exit 1; }

# kbuild writes beside the sources: it gets a folder of links per kernel. Another make
# may be at work there.
sources: headers
	@mkdir -p $(modules)
	@find $(modules) -ignore_readdir_race -xtype l -delete
	@find kernel include -type f | while read -r file; do \
		test -e $(modules)/$$file || { \
			mkdir -p $$(dirname $(modules)/$$file) && \
			ln -sf $(top)/$$file $(modules)/$$file; \
		} || exit; \
	done

modules: sources
	$(kbuild) $(KBUILD_ARGS) modules
	@find $(modules)/kernel -ignore_readdir_race -name '*.ko' | \
		grep -vxFf $(modules)/kernel/modules.order | xargs -r rm

tool:
	@command -v g++ >/dev/null || { echo "No g++: run 'tests/deps build'" >&2; exit 1; }
	$(MAKE) --no-print-directory -C ipvsadm BUILD=$(BUILD)/ipvsadm VERSION=$(VERSION)

# What the tests in the virtual machine and the demo need besides.
wire = decode encode place table text transport
programs:
	@$(MAKE) --no-print-directory -C tests/net -f ../programs.mk BUILD=$(BUILD)/net
	@$(MAKE) --no-print-directory -C tests/diff -f ../programs.mk BUILD=$(BUILD)/diff \
		LINK="$(patsubst %,$(BUILD)/net/obj/wire/%.o,$(wire))"
	@$(MAKE) --no-print-directory -C tests/demo -f ../programs.mk BUILD=$(BUILD)/demo

install: tool
	$(MAKE) --no-print-directory -C ipvsadm BUILD=$(BUILD)/ipvsadm VERSION=$(VERSION) \
		DESTDIR=$(abspath $(DESTDIR)) install

# depmod prefers updates/ to the kernel's own modules of the same names.
modules_install: modules
	install -d $(updates)
	@for module in $$(cat $(modules)/kernel/modules.order); do \
		ko=$(updates)/$$(basename "$$module"); \
		echo "  INSTALL $$ko"; \
		strip --strip-debug -o "$$ko" "$$module" || exit; \
	done
	$(if $(INSTALL_MOD_PATH),@:,depmod $(release))

check:
	@tests/deps build check
	@tests/check

lint:
	@tests/deps build check
	@tests/check lint

unit:
	@tests/deps build check
	@tests/check unit

cli:
	@tests/deps build check
	@tests/check cli

# TIME=seconds: each fuzzer for so long, those of the virtual machine too.
fuzz:
	@tests/deps build check
	@FUZZ_TIME='$(TIME)' tests/check fuzz

rig:
	@tests/deps build check
	@tests/check rig

# TEST=name runs one of tests/net; IN_TREE=1 judges the kernel's own module;
# KERNEL=debug runs them in user-mode Linux.
export KERNEL
net:
	@tests/deps build check
	@tests/check net $(TEST)

# Everything at once on two processors, in a kernel that tells of data races.
kcsan:
	@tests/deps build check kcsan
	@KERNEL=kcsan tests/check net race

# SETUP=name plays only what belongs to such a director.
diff:
	@tests/deps build check
	@DIFF='$(SETUP)' tests/check diff

demo:
	@tests/deps build demo
	@SHELL_AFTER='$(SHELL_AFTER)' tests/demo/run

bench:
	@tests/deps build demo
	@tests/bench/run

# TEST=names: only these net tests.
coverage:
	@tests/deps build check coverage
	@$(MAKE) -s tool programs
	@tests/coverage/run $(TEST)

clean:
	rm -rf $(BUILD)

help:
	@echo 'make                   build the kernel modules and ipvsadm, into build/'
	@echo 'make modules           build the modules alone, for the kernel of KDIR=$(KDIR)'
	@echo 'make tool              build ipvsadm alone'
	@echo 'make modules_install   put the modules into updates/ [INSTALL_MOD_PATH=, KDIR=]'
	@echo 'make install           put ipvsadm and its manual into place [DESTDIR=]'
	@echo 'make check             every test; installs what it needs'
	@echo 'make lint|unit|cli|rig the tests of one kind'
	@echo 'make fuzz [TIME=sec]   the fuzzers; TIME: each for so long, and those in the virtual machine'
	@echo 'make net [TEST=name]   the tests in the virtual machine [IN_TREE=1, VERBOSE=1]'
	@echo '                       ... KERNEL=debug: on a kernel with sanitizers, at native speed'
	@echo 'make kcsan             everything at once, on a kernel that tells of data races'
	@echo 'make diff [SETUP=name] the same frames into the in-tree module and into ours'
	@echo 'make demo              a director, its backup and a take-over [SHELL_AFTER=1]'
	@echo 'make bench             instructions per packet, beside the in-tree module'
	@echo 'make coverage          lines that run in the net tests and in the unit tests [TEST=names]'
	@echo 'make clean             remove build/'
