// SPDX-License-Identifier: GPL-2.0-or-later
// usage: play SCENARIOS SEED >RECORD
// Do what each line says (player.h), and say what the director did.
#include "player.h"

#include <fstream>
#include <iostream>

int main(int argc, char **argv)
{
	std::ifstream file(argc > 1 ? argv[1] : "/dev/null");
	diff::Player player(std::cout, argc > 2 ? static_cast<std::uint32_t>(std::stoul(argv[2])) : 1);
	std::string line;

	try {
		while (std::getline(file, line))
			player.play(line);
		player.end();
	} catch (const std::exception &error) {
		std::cerr << "play: " << line << ": " << error.what() << std::endl;
		return 1;
	}
	return file.eof() ? 0 : 1;
}
