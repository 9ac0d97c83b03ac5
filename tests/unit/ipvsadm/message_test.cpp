// SPDX-License-Identifier: GPL-2.0-or-later
// What comes back on the socket: replies, dumps, acknowledgements, rubbish.
#include <gtest/gtest.h>
#include <linux/genetlink.h>
#include <linux/netlink.h>

#include <cerrno>

#include "attributes.h"
#include "codec.h"

namespace ipvs {
namespace {

constexpr uint16_t family = 30;
constexpr uint32_t seq = 5;

template <typename T>
void append(Bytes& bytes, const T& value) {
  auto raw = reinterpret_cast<const uint8_t*>(&value);
  bytes.insert(bytes.end(), raw, raw + sizeof(value));
}

Bytes message(uint16_t type, const Bytes& payload, uint16_t flags = 0, uint32_t number = seq) {
  nlmsghdr header{static_cast<uint32_t>(NLMSG_HDRLEN + payload.size()), type, flags, number, 0};
  Bytes bytes;

  append(bytes, header);
  bytes.insert(bytes.end(), payload.begin(), payload.end());
  bytes.resize(NLMSG_ALIGN(bytes.size()));
  return bytes;
}

Bytes reply(uint8_t mark, uint16_t flags = NLM_F_MULTI) {
  Bytes payload;
  append(payload, genlmsghdr{1, 1, 0});
  payload.insert(payload.end(), {5, 0, 1, 0, mark, 0, 0, 0});
  return message(family, payload, flags);
}

// An acknowledgement; echoed: with so many bytes of the request in it.
Bytes ack(int error, const std::string& sentence = "", int echoed = -1) {
  Bytes payload;
  nlmsgerr header{error, {static_cast<uint32_t>(NLMSG_HDRLEN + std::max(echoed, 0)), family, 0,
                          seq, 0}};
  append(payload, header);
  payload.resize(payload.size() + NLMSG_ALIGN(std::max(echoed, 0)));
  if (!sentence.empty()) {
    Writer writer;
    writer.put_text(NLMSGERR_ATTR_MSG, sentence);
    payload.insert(payload.end(), writer.bytes().begin(), writer.bytes().end());
  }
  uint16_t flags = (echoed < 0 ? NLM_F_CAPPED : 0) | (sentence.empty() ? 0 : NLM_F_ACK_TLVS);
  return message(NLMSG_ERROR, payload, flags);
}

Bytes done(int error, uint16_t flags = NLM_F_MULTI) {
  Bytes payload;
  append(payload, error);
  return message(NLMSG_DONE, payload, flags);
}

Bytes operator+(Bytes one, const Bytes& other) {
  one.insert(one.end(), other.begin(), other.end());
  return one;
}

Reply absorbed(const Bytes& bytes) {
  Reply reply;
  absorb(bytes, seq, reply);
  return reply;
}

TEST(Messages, ReplyAndAcknowledgement) {
  Reply got = absorbed(reply(7, 0) + ack(0));
  EXPECT_TRUE(got.complete);
  EXPECT_EQ(got.refusal.code, 0);
  ASSERT_EQ(got.payloads.size(), 1u);
  EXPECT_EQ(got.payloads[0], (Bytes{5, 0, 1, 0, 7, 0, 0, 0}));
}

TEST(Messages, DumpOverSeveralDatagrams) {
  Reply got;
  absorb(reply(1) + reply(2), seq, got);
  EXPECT_FALSE(got.complete);
  absorb(reply(3) + done(0), seq, got);
  EXPECT_TRUE(got.complete);
  EXPECT_EQ(got.payloads.size(), 3u);
  EXPECT_FALSE(got.interrupted);
}

TEST(Messages, InterruptedDumpIsNoticedAnywhere) {
  EXPECT_TRUE(absorbed(reply(1, NLM_F_MULTI | NLM_F_DUMP_INTR) + done(0)).interrupted);
  EXPECT_TRUE(absorbed(reply(1) + done(0, NLM_F_MULTI | NLM_F_DUMP_INTR)).interrupted);
}

TEST(Messages, RefusalWithSentence) {
  for (int echoed : {-1, 0, 4, 33}) {
    Reply got = absorbed(ack(-EEXIST, "the service is there", echoed));
    EXPECT_TRUE(got.complete);
    EXPECT_EQ(got.refusal.code, EEXIST);
    EXPECT_EQ(got.refusal.sentence, "the service is there") << echoed;
  }
}

TEST(Messages, RefusalWithoutSentence) {
  EXPECT_EQ(absorbed(ack(-ESRCH)).refusal.code, ESRCH);
  EXPECT_EQ(absorbed(ack(-ESRCH)).refusal.sentence, "");
  EXPECT_EQ(absorbed(done(-ENOMEM)).refusal.code, ENOMEM);
  EXPECT_EQ(absorbed(ack(INT32_MIN)).refusal.code, EPROTO);
}

TEST(Messages, OthersRequestsAreIgnored) {
  Reply got;
  absorb(reply(1) + ack(-EPERM), seq + 1, got);
  EXPECT_FALSE(got.complete);
  EXPECT_TRUE(got.payloads.empty());
}

TEST(Messages, NothingCountsBehindTheEnd) {
  Reply got = absorbed(ack(0) + reply(1) + ack(-EPERM));
  EXPECT_EQ(got.refusal.code, 0);
  EXPECT_TRUE(got.payloads.empty());
}

TEST(Messages, TruncatedOnesAreIgnoredOrRefused) {
  const Bytes whole = ack(-EEXIST, "sentence", 4);
  for (size_t length = 0; length < whole.size(); length++) {
    Bytes cut(whole.begin(), whole.begin() + length);
    cut.shrink_to_fit();
    EXPECT_FALSE(absorbed(cut).complete) << length;
  }
  Reply got = absorbed(message(NLMSG_ERROR, Bytes{0xff, 0xff, 0xff, 0xff}));
  EXPECT_TRUE(got.complete);
  EXPECT_EQ(got.refusal.code, EPROTO);
}

TEST(Messages, AnyByteMayBeAnything) {
  const Bytes whole = reply(1) + ack(-EEXIST, "sentence", 4) + done(0);
  for (size_t i = 0; i < whole.size(); i++)
    for (int value : {0, 1, 15, 16, 127, 128, 255}) {
      Bytes bytes = whole;
      bytes[i] = static_cast<uint8_t>(value);
      absorbed(bytes);
    }
}

}  // namespace
}  // namespace ipvs
