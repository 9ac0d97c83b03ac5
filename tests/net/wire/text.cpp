// SPDX-License-Identifier: GPL-2.0-or-later
#include "packet.h"

#include <sstream>

namespace wire {

namespace {

// "10.0.0.1:80", "10.0.0.1", "[2001:db8::1]:80", "2001:db8::1" or "*"
void take_end(Layer &layer, const std::string &word, const char *address, const char *port)
{
	const bool bracket = word.starts_with('[');
	const auto end = bracket ? word.find(']') : word.find(':');
	const bool bare = !bracket && end != word.rfind(':');

	layer[address] = bare ? word : word.substr(bracket, end - bracket);
	if (!bare && end != word.npos && end + 1 + bracket <= word.size())
		layer[port] = word.substr(end + 1 + bracket);
}

Layer layer_from(const std::string &text)
{
	std::istringstream words(text);
	std::string from, arrow, to, word;
	Layer layer;

	if (!(words >> layer["proto"] >> from >> arrow >> to) || arrow != ">")
		throw Error("not 'PROTOCOL FROM > TO': " + text);
	take_end(layer, from, "src", "sport");
	take_end(layer, to, "dst", "dport");
	while (words >> word) {
		const auto equals = word.find('=');
		if (equals == word.npos)
			throw Error("not KEY=VALUE: " + word);
		layer[word.substr(0, equals)] = word.substr(equals + 1);
	}
	return layer;
}

std::string value_of(const Layer &layer, std::string_view key)
{
	const auto found = layer.find(key);
	return found == layer.end() ? "" : found->second;
}

std::string end_of(const Layer &layer, const char *address, const char *port)
{
	const auto number = value_of(layer, port), name = value_of(layer, address);

	if (number.empty())
		return name;
	return (name.find(':') == name.npos ? name : "[" + name + "]") + ":" + number;
}

bool layer_matches(const Layer &pattern, const Layer &layer)
{
	for (const auto &[key, value] : pattern) {
		if (value == "*")
			continue;
		const auto found = layer.find(key);
		if (found == layer.end() || found->second != value)
			return false;
	}
	return true;
}

} // namespace

Packet from_text(std::string_view text)
{
	Packet packet;

	while (true) {
		const auto slash = text.find(" / ");
		packet.push_back(layer_from(std::string(text.substr(0, slash))));
		if (slash == text.npos)
			return packet;
		text.remove_prefix(slash + 3);
	}
}

std::string to_text(const Packet &packet)
{
	std::string text;

	for (const auto &layer : packet) {
		text += text.empty() ? "" : " / ";
		text += value_of(layer, "proto") + " " + end_of(layer, "src", "sport") + " > " +
			end_of(layer, "dst", "dport");
		for (const auto &[key, value] : layer)
			if (key != "proto" && key != "src" && key != "dst" && key != "sport" &&
			    key != "dport")
				text += " " + key + "=" + value;
	}
	return text;
}

bool matches(const Packet &pattern, const Packet &packet)
{
	if (pattern.size() > packet.size())
		return false;
	for (std::size_t i = 0; i < pattern.size(); i++)
		if (!layer_matches(pattern[i], packet[i]))
			return false;
	return true;
}

} // namespace wire
