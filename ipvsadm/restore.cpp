// SPDX-License-Identifier: GPL-2.0-or-later
#include "restore.h"

#include "text.h"

namespace ipvs {

namespace {

bool is_program(const std::string& word) {
  return word == "ipvsadm" || word.ends_with("/ipvsadm");
}

}  // namespace

Result<std::vector<std::string>, std::string> restore_words(std::string_view line) {
  size_t start = line.find_first_not_of(" \t\r\n");

  if (start == std::string_view::npos || line[start] == '#')
    return std::vector<std::string>();
  if (line.find('\0') != std::string_view::npos)
    return std::string("there is a NUL in it");
  auto words = split_words(line.substr(start));
  if (words && !words->empty() && is_program(words->front()))
    words->erase(words->begin());
  return words;
}

}  // namespace ipvs
