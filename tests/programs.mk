# SPDX-License-Identifier: GPL-2.0-or-later
# The programs of a folder of tests: x.cpp becomes BUILD/x, and all of x/*.cpp
# together become BUILD/x, with the objects LINK of another folder. Static ones, for
# they start quicker in the machine.
#   make -C FOLDER -f ../programs.mk BUILD=DIR [LINK=OBJECTS]

top := $(abspath ../..)
rules := $(firstword $(MAKEFILE_LIST))
CXXFLAGS ?= -O1
flags := -std=c++20 -Wall -Wextra -Werror -MMD -MP -I$(top) -I$(top)/include/uapi $(CXXFLAGS)

single := $(basename $(wildcard *.cpp))
folders := $(patsubst %/,%,$(sort $(dir $(wildcard */*.cpp))))

.PHONY: all
all: $(single:%=$(BUILD)/%) $(folders:%=$(BUILD)/%)

$(single:%=$(BUILD)/%): $(BUILD)/%: %.cpp $(rules)
	@mkdir -p $(@D)
	$(CXX) $(flags) -static -o $@ $<

define folder
$(BUILD)/$(1): $(patsubst %.cpp,$(BUILD)/obj/%.o,$(wildcard $(1)/*.cpp)) $(LINK)
	$$(CXX) -static -o $$@ $$^
endef
$(foreach name,$(folders),$(eval $(call folder,$(name))))

$(BUILD)/obj/%.o: %.cpp $(rules)
	@mkdir -p $(@D)
	$(CXX) $(flags) -c -o $@ $<

-include $(wildcard $(BUILD)/*.d $(BUILD)/obj/*/*.d)
