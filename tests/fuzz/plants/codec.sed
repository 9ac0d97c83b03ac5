# in ipvsadm/attributes.cpp
s/header.nla_len < NLA_HDRLEN || header.nla_len > bytes.size()/header.nla_len < NLA_HDRLEN/
