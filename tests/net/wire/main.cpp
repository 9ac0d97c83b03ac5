// SPDX-License-Identifier: GPL-2.0-or-later
// usage: wire <SCRIPT
// Do what each line says, see script.h; the first that does not hold ends it
// with status 1.
#include "script.h"

#include <iostream>

int main()
{
	wire::Script script;
	std::string line;

	while (std::getline(std::cin, line)) {
		try {
			script.run(line);
		} catch (const wire::Failure &failure) {
			std::cout << "FAIL: " << line << ": " << failure.what() << std::endl;
			return 1;
		} catch (const std::exception &error) {
			std::cout << "FAIL: cannot do: " << line << ": " << error.what()
				  << std::endl;
			return 1;
		}
		std::cout << "ok: " << line << std::endl;
	}
}
