# in ipvsadm/format.cpp
s/text += " -w " + std::to_string(dest.weight);/if (dest.weight < 3) &/
