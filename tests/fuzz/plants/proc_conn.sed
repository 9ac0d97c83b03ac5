# in ipvsadm/codec_conn.cpp
s/fields.size() >= fixed + 2/fields.size() >= fixed + 1/
