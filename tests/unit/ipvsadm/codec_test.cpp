// SPDX-License-Identifier: GPL-2.0-or-later
// Attributes to values: whole, truncated everywhere, and with lying lengths.
#include "codec.h"

#include <arpa/inet.h>
#include <gtest/gtest.h>
#include <linux/ip_vs.h>

#include "attributes.h"
#include "text.h"

namespace ipvs {
namespace {

Address address(const char* text, int family = AF_INET) {
  return *parse_address(text, family);
}

Service web() {
  Service service;

  service.id = {0, IPPROTO_TCP, {address("10.0.0.1"), 80}};
  service.scheduler = "rr";
  service.engine = "sip";
  service.flags = IP_VS_SVC_F_PERSISTENT;
  service.timeout = 360;
  service.netmask = 0xffffff00;
  return service;
}

TEST(Codec, ServiceOnTheWireIsWhatTheKernelExpects) {
  const Bytes message = encode_service(web(), Detail::full);
  auto top = Attributes::parse(message);
  ASSERT_TRUE(top);
  Bytes nested(top->view(IPVS_CMD_ATTR_SERVICE).begin(), top->view(IPVS_CMD_ATTR_SERVICE).end());
  const Bytes expected{
      6,  0, 1, 0, 2,   0,   0,   0,                                  // AF
      6,  0, 2, 0, 6,   0,   0,   0,                                  // PROTOCOL
      20, 0, 3, 0, 10,  0,   0,   1, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0,  // ADDR
      6,  0, 4, 0, 0,   80,  0,   0,                                  // PORT
      7,  0, 6, 0, 'r', 'r', 0,   0,                                  // SCHED_NAME
      8,  0, 11, 0, 's', 'i', 'p', 0,                                 // PE_NAME
      12, 0, 7, 0, 1,   0,   0,   0, 255, 255, 255, 255,              // FLAGS
      8,  0, 8, 0, 104, 1,   0,   0,                                  // TIMEOUT
      8,  0, 9, 0, 255, 255, 255, 0,                                  // NETMASK
  };
  EXPECT_EQ(nested, expected);
}

TEST(Codec, ServiceComesBackAsItWent) {
  auto decoded = decode_service(encode_service(web(), Detail::full));
  ASSERT_TRUE(decoded);
  EXPECT_EQ(decoded->id, web().id);
  EXPECT_EQ(decoded->scheduler, "rr");
  EXPECT_EQ(decoded->engine, "sip");
  EXPECT_EQ(decoded->flags, unsigned{IP_VS_SVC_F_PERSISTENT});
  EXPECT_EQ(decoded->timeout, 360u);
  EXPECT_EQ(decoded->netmask, 0xffffff00u);
}

TEST(Codec, MarkOfIpv6HasNoAddressAndItsMaskIsALength) {
  Service service;
  service.id = {77, IPPROTO_TCP, {{AF_INET6, {}}, 0}};
  service.netmask = 64;
  auto decoded = decode_service(encode_service(service, Detail::full));
  ASSERT_TRUE(decoded);
  EXPECT_EQ(decoded->id.fwmark, 77u);
  EXPECT_EQ(decoded->id.family(), AF_INET6);
  EXPECT_EQ(decoded->netmask, 64u);
}

Dest gue_server() {
  Dest dest;

  dest.endpoint = {address("2001:db8::7", AF_INET6), 8080};
  dest.forward = Forward::tunnel;
  dest.weight = 7;
  dest.upper = 20;
  dest.lower = 10;
  dest.tunnel = {IP_VS_CONN_F_TUNNEL_TYPE_GUE, 6080, IP_VS_TUNNEL_ENCAP_FLAG_REMCSUM};
  return dest;
}

TEST(Codec, DestComesBackAsItWent) {
  auto decoded = decode_dest(encode_dest(web().id, gue_server(), Detail::full), AF_INET);
  ASSERT_TRUE(decoded);
  EXPECT_EQ(decoded->endpoint, gue_server().endpoint);
  EXPECT_EQ(decoded->forward, Forward::tunnel);
  EXPECT_EQ(decoded->weight, 7u);
  EXPECT_EQ(decoded->upper, 20u);
  EXPECT_EQ(decoded->lower, 10u);
  EXPECT_EQ(decoded->tunnel.port, 6080);
  EXPECT_EQ(decoded->tunnel.flags, IP_VS_TUNNEL_ENCAP_FLAG_REMCSUM);
}

TEST(Codec, DestWithoutFamilyHasThatOfItsService) {
  Writer dest, top;
  dest.put(IPVS_DEST_ATTR_ADDR, address("192.0.2.1").bytes);
  dest.put_number<uint16_t>(IPVS_DEST_ATTR_PORT, htons(80));
  dest.put_number<uint32_t>(IPVS_DEST_ATTR_FWD_METHOD, 0x180 | IP_VS_CONN_F_DROUTE);
  top.put_nested(IPVS_CMD_ATTR_DEST, dest);
  auto decoded = decode_dest(top.bytes(), AF_INET);
  ASSERT_TRUE(decoded);
  EXPECT_EQ(decoded->endpoint, (Endpoint{address("192.0.2.1"), 80}));
  EXPECT_EQ(decoded->forward, Forward::route);
  EXPECT_FALSE(decode_dest(top.bytes(), AF_UNSPEC));
}

TEST(Codec, WideCountersCountAndNarrowOnesDoIfThereAreNoOthers) {
  Writer narrow, wide, service, top;
  narrow.put_number<uint32_t>(IPVS_STATS_ATTR_CONNS, 1);
  narrow.put_number<uint64_t>(IPVS_STATS_ATTR_INBYTES, 1ull << 40);
  wide.put_number<uint64_t>(IPVS_STATS_ATTR_CONNS, (1ull << 32) + 1);
  service.put_number<uint16_t>(IPVS_SVC_ATTR_AF, AF_INET);
  service.put_number<uint32_t>(IPVS_SVC_ATTR_FWMARK, 1);
  service.put_nested(IPVS_SVC_ATTR_STATS, narrow);
  top.put_nested(IPVS_CMD_ATTR_SERVICE, service);
  auto old = decode_service(top.bytes());
  ASSERT_TRUE(old);
  EXPECT_EQ(old->stats.conns, 1u);
  EXPECT_EQ(old->stats.inbytes, 1ull << 40);

  Writer newer;
  service.put_nested(IPVS_SVC_ATTR_STATS64, wide);
  newer.put_nested(IPVS_CMD_ATTR_SERVICE, service);
  auto now = decode_service(newer.bytes());
  ASSERT_TRUE(now);
  EXPECT_EQ(now->stats.conns, (1ull << 32) + 1);
}

TEST(Codec, DaemonComesBackWithWhatWasSaid) {
  Daemon daemon;
  daemon.state = IP_VS_STATE_BACKUP;
  daemon.interface = "eth0";
  daemon.syncid = 7;
  daemon.port = 9000;
  daemon.group = address("ff02::99", AF_INET6);
  auto decoded = decode_daemon(encode_daemon(daemon));
  ASSERT_TRUE(decoded);
  EXPECT_EQ(decoded->state, unsigned{IP_VS_STATE_BACKUP});
  EXPECT_EQ(decoded->interface, "eth0");
  EXPECT_EQ(decoded->syncid, 7u);
  EXPECT_EQ(decoded->port, 9000);
  EXPECT_EQ(decoded->group, daemon.group);
  EXPECT_FALSE(decoded->maxlen);
  EXPECT_FALSE(decoded->ttl);
  EXPECT_FALSE(decoded->counters);
}

TEST(Codec, DaemonsCountersAreTakenByNumber) {
  Writer counters, daemon, top;
  counters.put_number<uint64_t>(IPVS_SYNC_CNT_RX_MSGS, 5);
  counters.put_number<uint32_t>(IPVS_SYNC_CNT_RX_BYTES, 6);  // not a counter: too narrow
  daemon.put_number<uint32_t>(IPVS_DAEMON_ATTR_STATE, IP_VS_STATE_BACKUP);
  daemon.put_text(IPVS_DAEMON_ATTR_MCAST_IFN, "eth0");
  daemon.put_nested(IPVS_DAEMON_ATTR_COUNTERS, counters);
  top.put_nested(IPVS_CMD_ATTR_DAEMON, daemon);
  auto decoded = decode_daemon(top.bytes());
  ASSERT_TRUE(decoded && decoded->counters);
  EXPECT_EQ(*decoded->counters, (SyncCounters{{IPVS_SYNC_CNT_RX_MSGS, 5}}));
}

TEST(Codec, InfoHasNoFeaturesUnlessToldSo) {
  Writer writer;
  writer.put_number<uint32_t>(IPVS_INFO_ATTR_VERSION, 0x010201);
  EXPECT_FALSE(decode_info(writer.bytes()));
  writer.put_number<uint32_t>(IPVS_INFO_ATTR_CONN_TAB_SIZE, 4096);
  auto old = decode_info(writer.bytes());
  ASSERT_TRUE(old);
  EXPECT_EQ(old->features, 0u);
  writer.put_number<uint64_t>(IPVS_INFO_ATTR_FEATURES, IP_VS_FEATURE_SYNC_COUNTERS);
  EXPECT_EQ(decode_info(writer.bytes())->features, IP_VS_FEATURE_SYNC_COUNTERS);
}

TEST(Codec, TimeoutsOfMissingProtocolsAreZero) {
  EXPECT_FALSE(decode_timeouts({}));
  auto all = decode_timeouts(encode_timeouts({1, 2, 3}));
  ASSERT_TRUE(all);
  EXPECT_EQ(all->udp, 3u);
  Writer writer;
  writer.put_number<uint32_t>(IPVS_CMD_ATTR_TIMEOUT_UDP, 9);
  auto udp = decode_timeouts(writer.bytes());
  ASSERT_TRUE(udp);
  EXPECT_EQ(udp->tcp, 0u);
  EXPECT_EQ(udp->udp, 9u);
}

// Each prefix lies in memory of its own, where a sanitizer sees the end.
template <typename Decode>
void decode_prefixes(const Bytes& bytes, Decode decode) {
  for (size_t length = 0; length < bytes.size(); length++) {
    Bytes prefix(bytes.begin(), bytes.begin() + length);
    prefix.shrink_to_fit();
    EXPECT_FALSE(decode(View(prefix))) << "of " << length << " bytes";
  }
}

TEST(Codec, TruncatedValuesAreNone) {
  decode_prefixes(encode_service(web(), Detail::full), decode_service);
  decode_prefixes(encode_dest(web().id, gue_server(), Detail::full),
                  [](View view) { return decode_dest(view, AF_INET); });
  Daemon daemon;
  daemon.interface = "eth0";
  decode_prefixes(encode_daemon(daemon), decode_daemon);
}

TEST(Codec, MissingPartsOfTheIdentityAreNone) {
  for (int missing : {IPVS_SVC_ATTR_AF, IPVS_SVC_ATTR_PROTOCOL, IPVS_SVC_ATTR_ADDR,
                      IPVS_SVC_ATTR_PORT}) {
    Writer service, top;
    const Bytes message = encode_service(web(), Detail::full);
    auto whole = Attributes::parse(message);
    auto attributes = Attributes::parse(whole->view(IPVS_CMD_ATTR_SERVICE));
    for (const auto& [type, value] : *attributes)
      if (type != missing)
        service.put(type, value);
    top.put_nested(IPVS_CMD_ATTR_SERVICE, service);
    EXPECT_FALSE(decode_service(top.bytes())) << missing;
  }
}

TEST(Codec, AnyByteMayBeAnything) {
  const Bytes whole = encode_dest(web().id, gue_server(), Detail::full);
  for (size_t i = 0; i < whole.size(); i++)
    for (int value : {0, 1, 3, 4, 127, 128, 255}) {
      Bytes bytes = whole;
      bytes[i] = static_cast<uint8_t>(value);
      decode_service(bytes);
      decode_dest(bytes, AF_INET);
      decode_daemon(bytes);
      decode_info(bytes);
    }
}

TEST(Attributes, LengthsMustNotLie) {
  EXPECT_FALSE(Attributes::parse(Bytes{3, 0, 1, 0}));
  EXPECT_FALSE(Attributes::parse(Bytes{9, 0, 1, 0, 1, 2, 3, 4}));
  EXPECT_FALSE(Attributes::parse(Bytes{0, 0, 0, 0}));
  EXPECT_TRUE(Attributes::parse(Bytes{}));
  EXPECT_TRUE(Attributes::parse(Bytes{1, 2, 3}));
  const Bytes one{5, 0, 1, 0x80, 42};
  auto odd = Attributes::parse(one);
  ASSERT_TRUE(odd);
  EXPECT_EQ(odd->get<uint8_t>(1), 42);
  EXPECT_FALSE(odd->get<uint16_t>(1));
}

TEST(Attributes, TextEndsAtItsNulOrItsLength) {
  const Bytes bytes{8, 0, 1, 0, 'r', 'r', 0, 'x', 6, 0, 2, 0, 'l', 'c'};
  auto attributes = Attributes::parse(bytes);
  ASSERT_TRUE(attributes);
  EXPECT_EQ(attributes->text(1), "rr");
  EXPECT_EQ(attributes->text(2), "lc");
  EXPECT_EQ(attributes->text(3), "");
}

TEST(Connections, LinesOfBothFamilies) {
  auto four = decode_connection(
      "TCP 0A000001 C3F6 0A000001 0050 C0000201 1F90 ESTABLISHED     900");
  ASSERT_TRUE(four);
  EXPECT_EQ(four->client, (Endpoint{address("10.0.0.1"), 50166}));
  EXPECT_EQ(four->dest, (Endpoint{address("192.0.2.1"), 8080}));
  EXPECT_EQ(four->state, "ESTABLISHED");
  EXPECT_EQ(four->expires, 900u);
  auto six = decode_connection(
      "UDP 2001:0db8:0000:0000:0000:0000:0000:0001 82E6 2001:0db8:0000:0000:0000:0000:0000:0002 "
      "0050 C0000201 1F90 UDP 7 sip call");
  ASSERT_TRUE(six);
  EXPECT_EQ(six->service, (Endpoint{address("2001:db8::2", AF_INET6), 80}));
  EXPECT_EQ(six->engine, "sip");
  EXPECT_EQ(six->engine_data, "call");
}

TEST(Connections, LinesThatMakeNoSenseAreNone) {
  const std::string line = "TCP 0A000001 C3F6 0A000001 0050 C0000201 1F90 ESTABLISHED     900";
  for (size_t length = 0; length < line.find("900"); length++)
    EXPECT_FALSE(decode_connection(line.substr(0, length))) << length;
  for (const char* bad : {"TCP 0A00001 C3F6 0A000001 0050 C0000201 1F90 NONE 9",
                          "TCP 0A000001 1C3F6 0A000001 0050 C0000201 1F90 NONE 9",
                          "TCP 0A000001 C3F6 2001:db8 0050 C0000201 1F90 NONE 9",
                          "TCP 0A000001 C3F6 0A000001 0050 C0000201 1F90 NONE soon",
                          "Pro FromIP   FPrt ToIP     TPrt DestIP   DPrt State       Expires"})
    EXPECT_FALSE(decode_connection(bad)) << bad;
}

}  // namespace
}  // namespace ipvs
