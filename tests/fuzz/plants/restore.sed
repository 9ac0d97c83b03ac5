# in ipvsadm/text.cpp
s/ && quote != '\\'' && !line.empty())/ \&\& quote != '\\'')/
