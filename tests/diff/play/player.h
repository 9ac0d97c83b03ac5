// SPDX-License-Identifier: GPL-2.0-or-later
// The language of the scenarios, one verb a line, and what is recorded of each:
//
//   setup NAME            a new director
//   rule LINE             for ipvsadm --restore, before the first scenario
//   scenario NAME
//   front|back PACKET     a frame of that side, as in tests/net/wire/packet.h
//   pause SECONDS         an even number (state.cpp rounds)
//   sysctl NAME VALUE     the name with slashes
//   run COMMAND           in the director
//   mutate NUMBER         so many frames of this director's scenarios, damaged
//
// For PACKET may stand "ETHERTYPE:BYTES", all of it hex, as the damaged are recorded.
// The record repeats these lines behind "> ", each followed by the frames that came
// out; a fragment of IPv4 is a "piece", and behind the last one stands the whole. It ends
// a scenario with what is new in the director's tables.
#pragma once

#include "canon.h"
#include "mutate.h"
#include "state.h"
#include "whole.h"

#include <ostream>

namespace diff {

class Player {
public:
	Player(std::ostream &record, std::uint32_t seed) : record_(record), seed_(seed) {}
	void play(const std::string &line);
	void end();

private:
	void setup(const std::string &rest);
	void scenario(const std::string &rest);
	void act(const std::string &verb, const std::string &rest);
	void send(Side side, const std::string &rest);
	void mutate(int number);
	void send_mutated(Mutator &mutator);
	void finish();
	void outcome(Time pause);

	struct Sent {
		Side side;
		wire::Frame frame;
	};

	std::ostream &record_;
	std::uint32_t seed_;
	Lab lab_;
	Canon canon_;
	Wholes wholes_;
	State before_;
	std::string setup_, rules_;
	std::vector<Sent> sent_; // by the scenarios of this setup
	bool built_ = false, open_ = false;
};

} // namespace diff
