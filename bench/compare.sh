#!/usr/bin/env bash
# Drives Vaquita and its peers with sysbench, in turn on one machine, and prints tps, p95 and server CPU a query side by side.
#
#   ./vaquita bench [--seconds N] [--rounds N] [--threads "1 8 64"] [--tests "oltp_point_select …"] [--rows N] [--tables N]
#                   [--mysql HOST:PORT[:PID]] [--no-mariadb] [--keep]
#
# Vaquita and (where mariadbd is installed) a MariaDB are started here, each on a free loopback port with a data directory of its own
# and innodb_flush_log_at_trx_commit=1, and stopped at the end also when something fails. A MySQL that runs already is given by host
# and port; with its process id its CPU is measured too. Figures are medians over the rounds; servers alternate within a round, so
# that a noisy neighbour hits all alike.
set -euo pipefail
top=$(cd "$(dirname "$0")/.." && pwd)
seconds=10 rounds=3 threads="1 8 64" tables=4 rows=100000 keep= mariadb=yes mysql=
tests="oltp_point_select oltp_read_only oltp_read_write oltp_write_only oltp_update_index oltp_insert"
while [ $# -gt 0 ]; do
  case "$1" in
    --seconds) seconds=$2; shift 2 ;;
    --rounds) rounds=$2; shift 2 ;;
    --threads) threads=$2; shift 2 ;;
    --tests) tests=$2; shift 2 ;;
    --rows) rows=$2; shift 2 ;;
    --tables) tables=$2; shift 2 ;;
    --mysql) mysql=$2; shift 2 ;;
    --no-mariadb) mariadb=; shift ;;
    --keep) keep=yes; shift ;;
    -h|--help) sed -n '2,11p' "$0"; exit 0 ;;
    *) echo "bench: unknown option $1 (see --help)" >&2; exit 2 ;;
  esac
done
if ! command -v sysbench >/dev/null; then
  echo "bench: installing sysbench" >&2
  { apt-get update -qq && apt-get install -y -qq --no-install-recommends sysbench; } >/dev/null 2>&1 ||
    { echo "bench: sysbench is not installed and could not be (try: apt-get install sysbench)" >&2; exit 1; }
fi

work=$(mktemp -d "${TMPDIR:-/tmp}/vaquita-bench.XXXXXX")
declare -A port pid host
servers=()
cleanup() {
  for s in "${servers[@]}"; do
    if [ "$s" != mysql ] && [ -n "${pid[$s]:-}" ]; then kill "${pid[$s]}" 2>/dev/null || true; wait "${pid[$s]}" 2>/dev/null || true; fi
  done
  if [ -z "$keep" ]; then rm -rf "$work"; else echo "kept: $work" >&2; fi
}
trap cleanup EXIT
free_port() { python3 -c 'import socket; s=socket.socket(); s.bind(("127.0.0.1",0)); print(s.getsockname()[1])'; }
await() { # name port
  for _ in $(seq 300); do
    if (exec 3<>"/dev/tcp/127.0.0.1/$2") 2>/dev/null; then return 0; fi
    sleep 0.1
  done
  echo "bench: $1 did not start; its log:" >&2; tail -20 "$work/$1.log" >&2; exit 1
}

port[vaquita]=$(free_port)
"$top/vaquita" serve --port "${port[vaquita]}" --data "$work/vaquita" >"$work/vaquita.log" 2>&1 &
pid[vaquita]=$!; host[vaquita]=127.0.0.1; servers+=(vaquita)
await vaquita "${port[vaquita]}"

if [ -n "$mariadb" ] && command -v mariadbd >/dev/null; then
  port[mariadb]=$(free_port)
  mariadb-install-db --no-defaults --datadir="$work/mariadb" --auth-root-authentication-method=normal --user="$(id -un)" >"$work/mariadb-install.log" 2>&1
  mariadbd --no-defaults --datadir="$work/mariadb" --port="${port[mariadb]}" --bind-address=127.0.0.1 --socket="$work/mariadb.sock" \
    --user="$(id -un)" --innodb-flush-log-at-trx-commit=1 --innodb-buffer-pool-size=1G --skip-log-bin --max-connections=2000 >"$work/mariadb.log" 2>&1 &
  pid[mariadb]=$!; host[mariadb]=127.0.0.1; servers+=(mariadb)
  await mariadb "${port[mariadb]}"
elif [ -n "$mariadb" ]; then
  echo "bench: no mariadbd here, going on without (apt-get install mariadb-server)" >&2
fi
if [ -n "$mysql" ]; then
  IFS=: read -r h p i <<<"$mysql"
  host[mysql]=$h; port[mysql]=$p; pid[mysql]=${i:-}; servers+=(mysql)
fi

run_sysbench() { # server test threads seconds command
  sysbench "$2" --db-driver=mysql --mysql-host="${host[$1]}" --mysql-port="${port[$1]}" --mysql-user=root --mysql-db=sbtest --mysql-ssl=off \
    --tables="$tables" --table-size="$rows" --threads="$3" --time="$4" --percentile=95 --db-ps-mode="${PS_MODE:-auto}" --rand-type=uniform "$5"
}
sql() { # server statement
  local client; client=$(command -v mariadb || command -v mysql)
  "$client" --no-defaults --skip-ssl -h"${host[$1]}" -P"${port[$1]}" -uroot -e "$2" 2>/dev/null || "$client" --no-defaults -h"${host[$1]}" -P"${port[$1]}" -uroot -e "$2"
}
cpu_ticks() { # pid and its children
  [ -n "$1" ] && [ -r "/proc/$1/stat" ] && awk '{print $14 + $15}' "/proc/$1/stat" || echo ""
}
# the launcher replaces itself by the JVM, so its pid is the server's
for s in "${servers[@]}"; do
  echo "bench: filling $s" >&2
  sql "$s" "DROP DATABASE IF EXISTS sbtest; CREATE DATABASE sbtest"
  run_sysbench "$s" oltp_read_write 2 0 prepare >"$work/$s-prepare.log" 2>&1 || { tail -5 "$work/$s-prepare.log" >&2; exit 1; }
  run_sysbench "$s" oltp_read_write 8 8 run >"$work/$s-warm.log" 2>&1 || { grep -iE 'fatal|error' "$work/$s-warm.log" | head -5 >&2; exit 1; }
done

hertz=$(getconf CLK_TCK)
for test in $tests; do
  for n in $threads; do
    for ((round = 1; round <= rounds; round++)); do
      for s in "${servers[@]}"; do
        before=$(cpu_ticks "${pid[$s]:-}")
        log=$work/$s-$test-$n-$round.log
        if ! run_sysbench "$s" "$test" "$n" "$seconds" run >"$log" 2>&1; then
          echo "bench: $s failed $test with $n threads:" >&2; grep -iE 'fatal|error' "$log" | head -3 >&2
          echo "$test $n $s 0 0 0 1" >>"$work/figures"; continue
        fi
        after=$(cpu_ticks "${pid[$s]:-}")
        awk -v t="$test" -v n="$n" -v s="$s" -v b="$before" -v a="$after" -v hz="$hertz" '
          /transactions:/ { gsub(/[()]/, ""); tps = $3 } /queries:/ { q = $2 } /95th percentile:/ { p = $3 } /ignored errors:/ { e = $3 }
          END { cpu = (b == "" || q == 0) ? 0 : (a - b) / hz * 1e6 / q; printf "%s %s %s %s %s %.1f %s\n", t, n, s, tps, p, cpu, e }' "$log" >>"$work/figures"
      done
    done
  done
done

python3 - "$work/figures" "${servers[@]}" <<'PY'
import statistics, sys
figures, servers = {}, sys.argv[2:]
order = []
for line in open(sys.argv[1]):
    test, n, server, tps, p95, cpu, errors = line.split()
    key = (test, n)
    if key not in order: order.append(key)
    figures.setdefault((key, server), []).append((float(tps), float(p95), float(cpu)))
head = ["test", "threads"] + [f"{s} tps / p95 ms / CPU µs a query" for s in servers] + [f"tps ÷ {s}" for s in servers[1:]] + [f"CPU ÷ {s}" for s in servers[1:]]
print("| " + " | ".join(head) + " |"); print("|" + "---|" * len(head))
for key in order:
    medians = {s: [statistics.median(f[i] for f in figures[(key, s)]) for i in range(3)] for s in servers}
    row = [key[0], key[1]] + [f"{m[0]:,.0f} / {m[1]:.2f} / {m[2]:.1f}" for m in (medians[s] for s in servers)]
    own = medians[servers[0]]
    row += [f"{own[0] / medians[s][0]:.2f}" if medians[s][0] else "-" for s in servers[1:]]
    row += [f"{own[2] / medians[s][2]:.2f}" if medians[s][2] else "-" for s in servers[1:]]
    print("| " + " | ".join(row) + " |")
PY
