// SPDX-License-Identifier: GPL-2.0-or-later
#include "player.h"

#include "tests/net/wire/fields.h"

#include <iomanip>
#include <sstream>

namespace diff {

namespace {

constexpr int batch = 25; // mutated frames a scenario
// For what a kernel puts off to a moment with nothing else to do, and to its next tick.
// Where time is virtual, it costs nothing.
constexpr Time moment(1), tick(30);

wire::Frame frame_from(const std::string &text)
{
	if (text.size() < 5 || text[4] != ':')
		return wire::encode(wire::from_text(text));
	return { .bytes = wire::from_hex(text.substr(5)),
		 .offload = {},
		 .ether = static_cast<std::uint16_t>(std::stoul(text, nullptr, 16)) };
}

std::string hex_of(const wire::Frame &frame)
{
	std::ostringstream text;

	text << std::hex << std::setfill('0') << std::setw(4) << frame.ether << ":";
	for (const auto byte : frame.bytes)
		text << std::setw(2) << static_cast<int>(byte);
	return text.str();
}

} // namespace

void Player::play(const std::string &line)
{
	std::istringstream stream(line);
	std::string verb, rest;

	stream >> verb;
	std::getline(stream >> std::ws, rest);
	if (verb.empty() || verb[0] == '#')
		return;
	if (verb == "setup")
		setup(rest);
	else if (verb == "rule")
		rules_ += rest + "\n";
	else if (verb == "scenario")
		scenario(rest);
	else if (verb == "mutate")
		mutate(std::stoi(rest));
	else
		act(verb, rest);
}

void Player::setup(const std::string &rest)
{
	finish();
	setup_ = rest;
	rules_.clear();
	sent_.clear();
	built_ = false;
}

void Player::scenario(const std::string &rest)
{
	finish();
	if (!built_)
		lab_.build(rules_);
	built_ = open_ = true;
	record_ << "scenario " << setup_ << "/" << rest << "\n";
	canon_.forget();
	before_ = state_of(lab_);
}

void Player::act(const std::string &verb, const std::string &rest)
{
	auto pause = moment;

	if (!open_)
		throw wire::Error("no scenario");
	record_ << "> " << verb << " " << rest << "\n";
	if (verb == "front" || verb == "back")
		send(verb == "front" ? Side::front : Side::back, rest);
	else if (verb == "pause")
		pause = std::chrono::seconds(std::stoi(rest));
	else if (verb == "run")
		lab_.run(rest);
	else if (verb == "sysctl")
		lab_.set(rest.substr(0, rest.find(' ')), rest.substr(rest.find(' ') + 1));
	else
		throw wire::Error("no such verb");
	outcome(pause);
}

void Player::send(Side side, const std::string &rest)
{
	sent_.push_back({ side, frame_from(rest) });
	lab_.send(side, sent_.back().frame);
}

void Player::send_mutated(Mutator &mutator)
{
	const auto &origin = sent_[mutator.below(sent_.size())];
	const auto &other = sent_[mutator.below(sent_.size())];
	const auto frame = mutator.mutate(origin.frame, other.frame);

	if (fares_differently(frame))
		return;
	record_ << "> " << name_of(origin.side) << " " << hex_of(frame) << "\n";
	lab_.send(origin.side, frame);
	outcome(moment);
}

void Player::mutate(int number)
{
	Mutator mutator(seed_);

	for (int i = 0; i < number; i++) {
		if (i % batch == 0)
			scenario("mutated-" + std::to_string(i / batch + 1));
		send_mutated(mutator);
	}
}

void Player::outcome(Time pause)
{
	lab_.drain(pause, [&](Side side, const wire::Frame &frame) {
		if (wire::housekeeping(frame, wire::decode(frame)))
			return;
		const auto from = name_of(side) + " ", text = canon_.text_of(frame) + "\n";
		const bool piece = is_piece(frame);
		record_ << from << (piece ? "piece " : "") << text;
		if (!piece)
			return;
		if (const auto whole = wholes_.add(frame))
			record_ << from << canon_.text_of(*whole) << "\n";
	});
}

void Player::finish()
{
	if (!open_)
		return;
	outcome(tick);
	for (const auto &line : news(before_, state_of(lab_)))
		record_ << line << "\n";
	open_ = false;
}

void Player::end()
{
	finish();
	record_ << "end" << std::endl;
}

} // namespace diff
