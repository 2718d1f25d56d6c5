# For scripts that measure servers in turn; sourced, with $top set. Vaquita and MariaDB are started each on a free loopback port with a data
# directory of its own and innodb_flush_log_at_trx_commit=1, and stopped at the end also when something fails. Gives: work, servers, port,
# host, pid.
work=$(mktemp -d "${TMPDIR:-/tmp}/vaquita-bench.XXXXXX")
declare -A port pid host
servers=()
cleanup() {
  for s in "${servers[@]}"; do
    if [ "$s" != mysql ] && [ -n "${pid[$s]:-}" ]; then kill "${pid[$s]}" 2>/dev/null || true; wait "${pid[$s]}" 2>/dev/null || true; fi
  done
  if [ -z "${keep:-}" ]; then rm -rf "$work"; else echo "kept: $work" >&2; fi
}
trap cleanup EXIT

need_sysbench() {
  command -v sysbench >/dev/null && return
  echo "bench: installing sysbench" >&2
  { apt-get update -qq && apt-get install -y -qq --no-install-recommends sysbench; } >/dev/null 2>&1 ||
    { echo "bench: sysbench is not installed and could not be (try: apt-get install sysbench)" >&2; exit 1; }
}
free_port() { python3 -c 'import socket; s=socket.socket(); s.bind(("127.0.0.1",0)); print(s.getsockname()[1])'; }
await() { # name port
  for _ in $(seq 600); do
    if (exec 3<>"/dev/tcp/127.0.0.1/$2") 2>/dev/null; then return 0; fi
    sleep 0.1
  done
  echo "bench: $1 did not start; its log:" >&2; tail -20 "$work/$1.log" >&2; exit 1
}
start_vaquita() {
  port[vaquita]=$(free_port)
  "$top/vaquita" serve --port "${port[vaquita]}" --data "$work/vaquita" >"$work/vaquita.log" 2>&1 &
  # the launcher replaces itself by the JVM, so its pid is the server's
  pid[vaquita]=$!; host[vaquita]=127.0.0.1; servers+=(vaquita)
  await vaquita "${port[vaquita]}"
}
start_mariadb() { # where there is one
  if ! command -v mariadbd >/dev/null; then
    echo "bench: no mariadbd here, going on without (apt-get install mariadb-server)" >&2; return 0
  fi
  port[mariadb]=$(free_port)
  mariadb-install-db --no-defaults --datadir="$work/mariadb" --auth-root-authentication-method=normal --user="$(id -un)" >"$work/mariadb-install.log" 2>&1
  mariadbd --no-defaults --datadir="$work/mariadb" --port="${port[mariadb]}" --bind-address=127.0.0.1 --socket="$work/mariadb.sock" \
    --user="$(id -un)" --innodb-flush-log-at-trx-commit=1 --innodb-buffer-pool-size=1G --skip-log-bin --max-connections=2000 >"$work/mariadb.log" 2>&1 &
  pid[mariadb]=$!; host[mariadb]=127.0.0.1; servers+=(mariadb)
  await mariadb "${port[mariadb]}"
}
use_mysql() { # HOST:PORT[:PID]
  local h p i
  IFS=: read -r h p i <<<"$1"
  host[mysql]=$h; port[mysql]=$p; pid[mysql]=${i:-}; servers+=(mysql)
}
sql() { # server statement
  local client; client=$(command -v mariadb || command -v mysql)
  "$client" --no-defaults --skip-ssl -N -h"${host[$1]}" -P"${port[$1]}" -uroot -e "$2" 2>/dev/null ||
    "$client" --no-defaults -N -h"${host[$1]}" -P"${port[$1]}" -uroot -e "$2"
}
cpu_ticks() { # pid and its children
  [ -n "$1" ] && [ -r "/proc/$1/stat" ] && awk '{print $14 + $15}' "/proc/$1/stat" || echo ""
}
