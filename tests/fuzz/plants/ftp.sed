# in kernel/ftp_parse.c
s/while (c->at < c->len \&\& is_digit/while (is_digit/
