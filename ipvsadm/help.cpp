// SPDX-License-Identifier: GPL-2.0-or-later
#include "options.h"

namespace ipvs {

namespace {

constexpr const char* synopsis[] = {
    "-A|E virtual-service [service-options]",
    "-D virtual-service",
    "-C",
    "-R",
    "-S [-n]",
    "-a|e virtual-service -r server-address [server-options]",
    "-d virtual-service -r server-address",
    "-L|l [virtual-service] [list-options]",
    "-Z [virtual-service]",
    "--set tcp tcpfin udp",
    "--start-daemon {master|backup} [daemon-options]",
    "--stop-daemon [master|backup]",
    "-h",
};

constexpr const char* body = R"(
Commands, by their short or their long names:
  --add-service     -A        add a virtual service
  --edit-service    -E        change a virtual service
  --delete-service  -D        delete a virtual service and its servers
  --clear           -C        delete everything
  --restore         -R        read commands from stdin, one a line
  --save            -S        print the table as commands for -R
  --add-server      -a        add a real server to a virtual service
  --edit-server     -e        change a real server
  --delete-server   -d        delete a real server
  --list            -L|-l     list the table (the default)
  --zero            -Z        zero the counters of one service or of all
  --set tcp tcpfin udp        set the timeouts of connections, in seconds; 0: no change
  --start-daemon state        start a synchronization daemon, see below
  --stop-daemon [state]       stop it; both if no state is given
  --help            -h        print this text
  --version         -v        print the version

virtual-service:
  --tcp-service|-t  host[:port]       TCP
  --udp-service|-u  host[:port]       UDP
  --sctp-service    host[:port]       SCTP
  --fwmark-service|-f mark [-6]       packets with this firewall mark, -6: of IPv6
  An IPv6 address with a port stands in brackets: [2001:db8::80]:80
  Port 0, or none, means all ports and needs -p.

Service options:
  --scheduler    -s name              rr|wrr|lc|wlc|lblc|lblcr|dh|sh|sed|nq|fo|ovf|mh,
                                      wlc if not given
  --persistent   -p [timeout]         a client keeps its server, for so many seconds
                                      after its last connection, 360 if not given
  --netmask      -M netmask           clients of one network count as one client
  --pe              engine            persistence by other things than the address: sip
  --sched-flags  -b flag,...          sh-fallback, sh-port, mh-fallback, mh-port,
                                      flag-1, flag-2, flag-3
  --ops          -o                   UDP: schedule each packet by itself

Server options:
  --real-server  -r host[:port]       the server
  --gatewaying   -g                   direct routing (the default)
  --ipip         -i                   tunnel
  --masquerading -m                   address translation (NAT)
  --weight       -w weight            its share, 0: no new connections; 1 if not given
  --u-threshold  -x connections       no new connections above, 0: no limit
  --l-threshold  -y connections       new connections again below
  --tun-type        type              with -i: ipip (the default), gue or gre
  --tun-port        port              gue: the UDP port
  --tun-nocsum, --tun-csum            gue, gre: without (the default), with checksum
  --tun-remcsum                       gue: remote checksum offload

List options:
  --connection   -c                   the connections
  --timeout                           the timeouts
  --daemon                            the synchronization daemons; with --stats, if the
                                      kernel has them, their counters
  --stats                             counters of packets and bytes
  --rate                              the same per second
  --exact        -X                   no K, M, G
  --thresholds                        the thresholds of the servers
  --persistent-conn                   persistent connections; with -c, data of the engine
  --tun-info                          kind of tunnel
  --nosort                            in the order of the kernel
  --sort                              sorted (the default)
  --numeric      -n                   no names of hosts and ports

Synchronization daemons:
  The master, on the director that forwards packets, multicasts its connections. The
  backup, on another director, receives them and keeps them, so that they go on when it
  takes over. A director may run both. They run inside the kernel.
    first director:   ipvsadm --start-daemon=master --mcast-interface=eth0
    second director:  ipvsadm --start-daemon=backup --mcast-interface=eth0
    either:           ipvsadm --stop-daemon

Daemon options, the same on both directors:
  --mcast-interface interface         send and listen here, eth0 if not given
  --syncid          id                0..255: a backup with an id other than 0 takes only
                                      messages with this id; 0 if not given
  --sync-maxlen     bytes             longest message, 1..65507; follows the MTU of the
                                      interface if not given
  --mcast-group     address           IPv4 or IPv6 group, 224.0.0.81 if not given
  --mcast-port      port              UDP port, 8848 if not given
  --mcast-ttl       ttl               1..255, how many routers it may pass; 1 if not given
)";

}  // namespace

std::string help_text(const std::string& program) {
  std::string text = "Usage:\n";

  for (const char* line : synopsis)
    text += "  " + program + " " + line + "\n";
  return text + body;
}

}  // namespace ipvs
