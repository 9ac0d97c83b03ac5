// SPDX-License-Identifier: GPL-2.0-or-later
#include <linux/ip_vs.h>

#include <array>

#include "format.h"
#include "text.h"

namespace ipvs {

namespace {

struct Counter {
  int type;
  uint32_t state;  // of the daemon that counts it
  const char* name;
};

constexpr std::array<Counter, 21> counters{{
    {IPVS_SYNC_CNT_TX_MSGS, IP_VS_STATE_MASTER, "messages sent"},
    {IPVS_SYNC_CNT_TX_BYTES, IP_VS_STATE_MASTER, "bytes sent"},
    {IPVS_SYNC_CNT_TX_CONNS, IP_VS_STATE_MASTER, "connections sent"},
    {IPVS_SYNC_CNT_TX_DROP_QUEUE, IP_VS_STATE_MASTER, "messages dropped, queue full"},
    {IPVS_SYNC_CNT_TX_DROP_NOMEM, IP_VS_STATE_MASTER, "messages dropped, no memory"},
    {IPVS_SYNC_CNT_TX_ERRORS, IP_VS_STATE_MASTER, "socket errors"},
    {IPVS_SYNC_CNT_RX_MSGS, IP_VS_STATE_BACKUP, "messages received"},
    {IPVS_SYNC_CNT_RX_BYTES, IP_VS_STATE_BACKUP, "bytes received"},
    {IPVS_SYNC_CNT_RX_CONNS, IP_VS_STATE_BACKUP, "connections received"},
    {IPVS_SYNC_CNT_RX_BAD_LEN, IP_VS_STATE_BACKUP, "messages refused, too short"},
    {IPVS_SYNC_CNT_RX_BAD_SIZE, IP_VS_STATE_BACKUP, "messages refused, wrong size"},
    {IPVS_SYNC_CNT_RX_BAD_SYNCID, IP_VS_STATE_BACKUP, "messages refused, other syncid"},
    {IPVS_SYNC_CNT_RX_BAD_VERSION, IP_VS_STATE_BACKUP, "messages refused, unknown version"},
    {IPVS_SYNC_CNT_RX_BAD_CONN, IP_VS_STATE_BACKUP, "connections refused, wrong length"},
    {IPVS_SYNC_CNT_RX_BAD_OPT, IP_VS_STATE_BACKUP, "connections refused, bad option"},
    {IPVS_SYNC_CNT_RX_BAD_PROTO, IP_VS_STATE_BACKUP, "connections refused, unknown protocol"},
    {IPVS_SYNC_CNT_RX_BAD_STATE, IP_VS_STATE_BACKUP, "connections refused, unknown state"},
    {IPVS_SYNC_CNT_RX_BAD_FLAGS, IP_VS_STATE_BACKUP, "connections refused, bad flags"},
    {IPVS_SYNC_CNT_RX_UNSUPPORTED, IP_VS_STATE_BACKUP, "connections refused, not supported"},
    {IPVS_SYNC_CNT_RX_NOMEM, IP_VS_STATE_BACKUP, "connections refused, no memory"},
    {IPVS_SYNC_CNT_RX_IGNORED, IP_VS_STATE_BACKUP, "connections ignored"},
}};

std::string parameter(const char* name, const std::string& value) {
  return std::string(", ") + name + "=" + value;
}

}  // namespace

std::string timeouts_line(const Timeouts& timeouts) {
  return "Timeout (tcp tcpfin udp): " + std::to_string(timeouts.tcp) + " " +
         std::to_string(timeouts.fin) + " " + std::to_string(timeouts.udp) + "\n";
}

std::string daemon_line(const Daemon& daemon) {
  std::string text = daemon.state == IP_VS_STATE_MASTER ? "master" : "backup";

  text += " sync daemon (mcast=" + daemon.interface +
          parameter("syncid", std::to_string(daemon.syncid));
  if (daemon.maxlen)
    text += parameter("maxlen", std::to_string(*daemon.maxlen));
  if (daemon.group)
    text += parameter("group", address_text(*daemon.group));
  if (daemon.port)
    text += parameter("port", std::to_string(*daemon.port));
  if (daemon.ttl)
    text += parameter("ttl", std::to_string(*daemon.ttl));
  return text + ")\n";
}

std::string daemon_counters(const Daemon& daemon) {
  constexpr size_t name_width = 38;
  std::string text;

  if (!daemon.counters)
    return text;
  for (const Counter& counter : counters) {
    auto found = daemon.counters->find(counter.type);
    if (counter.state == daemon.state && found != daemon.counters->end())
      text += "  " + pad_right(counter.name, name_width) + " " + std::to_string(found->second) +
              "\n";
  }
  return text;
}

}  // namespace ipvs
