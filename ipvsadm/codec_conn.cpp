// SPDX-License-Identifier: GPL-2.0-or-later
// Lines of /proc/net/ip_vs_conn.
#include <limits>
#include <vector>

#include "codec.h"
#include "text.h"

namespace ipvs {

namespace {

std::vector<std::string_view> fields_of(std::string_view line) {
  std::vector<std::string_view> fields;

  for (std::string_view field : split(line, ' '))
    if (!field.empty())
      fields.push_back(field);
  return fields;
}

// IPv4 as eight hexadecimal digits, IPv6 with colons.
std::optional<Address> address_of(std::string_view text) {
  if (text.find(':') != std::string_view::npos)
    return parse_address(std::string(text), AF_INET6);

  auto number = parse_hex(text, std::numeric_limits<uint32_t>::max());
  if (!number || text.size() != 8)
    return std::nullopt;
  Address address;
  for (size_t i = 0; i < 4; i++)
    address.bytes[i] = static_cast<uint8_t>(*number >> (24 - 8 * i));
  return address;
}

std::optional<Endpoint> endpoint_of(std::string_view host, std::string_view port) {
  auto address = address_of(host);
  auto number = parse_hex(port, 0xffff);

  if (!address || !number)
    return std::nullopt;
  return Endpoint{*address, static_cast<uint16_t>(*number)};
}

}  // namespace

std::optional<Connection> decode_connection(std::string_view line) {
  constexpr size_t fixed = 9;
  auto fields = fields_of(line);
  if (fields.size() < fixed)
    return std::nullopt;

  auto client = endpoint_of(fields[1], fields[2]);
  auto service = endpoint_of(fields[3], fields[4]);
  auto dest = endpoint_of(fields[5], fields[6]);
  auto expires = parse_number(fields[8], std::numeric_limits<uint64_t>::max());
  if (!client || !service || !dest || !expires)
    return std::nullopt;

  Connection connection{std::string(fields[0]), *client,  *service, *dest,
                        std::string(fields[7]), *expires, {},       {}};
  if (fields.size() >= fixed + 2) {
    connection.engine = fields[fixed];
    connection.engine_data = fields[fixed + 1];
  }
  return connection;
}

}  // namespace ipvs
