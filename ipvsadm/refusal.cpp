// SPDX-License-Identifier: GPL-2.0-or-later
#include "refusal.h"

#include <cerrno>
#include <cstring>
#include <optional>

namespace ipvs {

namespace {

bool about_server(Verb verb) {
  return verb == Verb::add_server || verb == Verb::edit_server || verb == Verb::delete_server;
}

bool about_daemon(Verb verb) {
  return verb == Verb::start_daemon || verb == Verb::stop_daemon;
}

std::optional<std::string> server_text(int code) {
  switch (code) {
    case ESRCH:
      return "Service not defined";
    case EEXIST:
      return "Destination already exists";
    case ENOENT:
      return "No such destination";
  }
  return std::nullopt;
}

std::optional<std::string> daemon_text(int code) {
  switch (code) {
    case EEXIST:
      return "Daemon has already run";
    case ESRCH:
      return "No daemon is running";
  }
  return std::nullopt;
}

bool names_modules(Verb verb) {
  return verb == Verb::add_service || verb == Verb::edit_service;
}

std::optional<std::string> service_text(Verb verb, int code) {
  switch (code) {
    case ESRCH:
      return "No such service";
    case EEXIST:
      return "Service already exists";
    case ENOENT:
      if (names_modules(verb))
        return "Scheduler or persistence engine not found";
  }
  return std::nullopt;
}

std::string general_text(int code) {
  switch (code) {
    case EPERM:
      return "Permission denied (you must be root)";
    case EINVAL:
      return "Invalid operation.  Possibly wrong module version, address not unicast, ...";
    case ENOMEM:
      return "Memory allocation problem";
    case ENOPROTOOPT:
      return "Protocol not available";
    default:
      return std::strerror(code);
  }
}

std::string culprit(const Command& command) {
  if (about_daemon(command.verb))
    return command.verb == Verb::start_daemon ? command.daemon.interface : "";
  if (about_server(command.verb))
    return command.service_text + " " + command.dest_text;
  return command.service_text;
}

std::string with_reason(std::string text, const std::string& reason) {
  return reason.empty() ? text : text + ": " + reason;
}

}  // namespace

std::string refusal_text(const Command& command, const Refusal& refusal) {
  auto special = about_server(command.verb)   ? server_text(refusal.code)
                 : about_daemon(command.verb) ? daemon_text(refusal.code)
                                              : service_text(command.verb, refusal.code);
  std::string text = special ? *special : general_text(refusal.code);

  return with_reason(with_reason(text, culprit(command)), refusal.sentence);
}

std::string no_ipvs_text(const Refusal& refusal) {
  std::string text =
      with_reason("Can't initialize ipvs: " + general_text(refusal.code), refusal.sentence);

  if (refusal.code == EPERM)
    return text;
  return text + ". Are you sure that IP Virtual Server is built in the kernel or as module?"
                " Try `modprobe ip_vs'.";
}

}  // namespace ipvs
