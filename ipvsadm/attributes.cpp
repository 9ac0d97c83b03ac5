// SPDX-License-Identifier: GPL-2.0-or-later
#include "attributes.h"

#include <linux/netlink.h>

#include <algorithm>

namespace ipvs {

std::optional<Attributes> Attributes::parse(View bytes) {
  Attributes parsed;

  while (bytes.size() >= NLA_HDRLEN) {
    nlattr header;
    std::memcpy(&header, bytes.data(), sizeof(header));
    if (header.nla_len < NLA_HDRLEN || header.nla_len > bytes.size())
      return std::nullopt;
    parsed.attributes_[header.nla_type & NLA_TYPE_MASK] =
        bytes.subspan(NLA_HDRLEN, header.nla_len - NLA_HDRLEN);
    bytes = bytes.subspan(std::min<size_t>(NLA_ALIGN(header.nla_len), bytes.size()));
  }
  return parsed;
}

View Attributes::view(int type) const {
  auto found = attributes_.find(type);

  return found == attributes_.end() ? View() : found->second;
}

std::string Attributes::text(int type) const {
  View value = view(type);

  return std::string(value.begin(), std::find(value.begin(), value.end(), 0));
}

void Writer::put(int type, View value) {
  nlattr header{static_cast<uint16_t>(NLA_HDRLEN + value.size()), static_cast<uint16_t>(type)};
  auto raw = reinterpret_cast<const uint8_t*>(&header);

  bytes_.insert(bytes_.end(), raw, raw + sizeof(header));
  bytes_.insert(bytes_.end(), value.begin(), value.end());
  bytes_.resize(NLA_ALIGN(bytes_.size()));
}

void Writer::put_text(int type, const std::string& text) {
  put(type, View(reinterpret_cast<const uint8_t*>(text.c_str()), text.size() + 1));
}

void Writer::put_nested(int type, const Writer& content) {
  put(type | NLA_F_NESTED, content.bytes());
}

}  // namespace ipvs
