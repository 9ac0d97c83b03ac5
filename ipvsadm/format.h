// SPDX-License-Identifier: GPL-2.0-or-later
// Values to what is printed, as ipvsadm 1.31 prints them: whole lines with
// their ends. Pure but for Names.
#pragma once

#include <string>

#include "model.h"
#include "names.h"

namespace ipvs {

enum class Layout { plain, stats, rate, thresholds, persistent, tunnel };

// How to print; borrows the names.
struct Style {
  Names& names;
  bool numeric = false;
  bool exact = false;
  Layout layout = Layout::plain;
};

std::string version_line(const Info& info);
std::string list_head(Layout layout);
std::string service_line(const Service& service, const Style& style);
std::string dest_line(const Service& service, const Dest& dest, const Style& style);

// Commands for restore.
std::string save_service(const Service& service, const Style& style);
std::string save_dest(const Service& service, const Dest& dest, const Style& style);

std::string timeouts_line(const Timeouts& timeouts);
std::string daemon_line(const Daemon& daemon);
// One counter a line, those of the daemon's direction.
std::string daemon_counters(const Daemon& daemon);

std::string connection_head(bool with_engine);
std::string connection_line(const Connection& connection, const Style& style, bool with_engine);

}  // namespace ipvs
