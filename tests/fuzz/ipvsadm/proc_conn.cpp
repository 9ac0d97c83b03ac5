// SPDX-License-Identifier: GPL-2.0-or-later
// Lines of /proc/net/ip_vs_conn, and their numbers.
// executions: 100000
#include <string>

#include "../require.h"
#include "codec.h"
#include "fake_kernel.h"
#include "format.h"

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
  std::string_view text(reinterpret_cast<const char*>(data), size);
  ipvs::FakeNames names;

  while (!text.empty()) {
    size_t end = std::min(text.find('\n'), text.size());
    auto connection = ipvs::decode_connection(text.substr(0, end));
    text.remove_prefix(std::min(end + 1, text.size()));
    if (!connection)
      continue;
    for (bool numeric : {true, false}) {
      std::string line = ipvs::connection_line(*connection, {names, numeric}, true);
      require(line.size() > 60 && line.back() == '\n', "a line is printed");
    }
  }
  return 0;
}
