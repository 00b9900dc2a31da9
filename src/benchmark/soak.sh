#!/usr/bin/env bash
# Lets 'tandem watch' run through a month at a cycle every five minutes, as fast as it goes: the simulator's time goes on
# by five minutes with each request, and its pump is uploaded every hour. Prints what the process holds on the way, and at
# the end whether every event is there once.
# Usage: src/benchmark/soak.sh [CYCLES]      default: 8640, which is 30 days
# Wanted: target/tandem.jar (./mvnw package -DskipTests), Linux. JAVA_OPTS goes to the watched process; TANDEM names an
# executable to run in the place of the jar.
set -euo pipefail
cd "$(dirname "$0")/../.."
cycles=${1:-8640}
jar=$PWD/target/tandem.jar
program=${TANDEM:-java ${JAVA_OPTS:--XX:+UseSerialGC -Xmx256m} -jar $jar}
unset TANDEM
work=$(mktemp -d)
server=
watch=
cleanup() {
    [ -z "$watch" ] || kill "$watch" 2>/dev/null || true
    [ -z "$server" ] || kill "$server" 2>/dev/null || true
    rm -rf "$work"
}
trap cleanup EXIT

java -jar "$jar" simulate --days 60 --pumps 1 --last-day 2026-06-30 --time-step 5m >"$work/env" 2>/dev/null &
server=$!
until grep -q CLIENT_ID "$work/env"; do sleep 0.2; done
set -a
. "$work/env"
set +a
export XDG_CACHE_HOME=$work/cache TMPDIR=$work/tmp
mkdir "$work/tmp"
: >"$work/lines"

# shellcheck disable=SC2086
$program watch --interval 1ms --jitter 0 --json --db "$work/t.db" >"$work/lines" 2>"$work/errors" &
watch=$!

done_cycles() { wc -l <"$work/lines"; }
kilobytes() { awk -v name="$1:" '$1 == name {print $2}' "/proc/$watch/status"; }
tell() {
    printf '%8d %9d %9d %6d %8d %6d %9d\n' "$(done_cycles)" "$(($(kilobytes VmRSS) / 1024))" \
        "$(($(kilobytes VmHWM) / 1024))" "$(find "/proc/$watch/fd" -mindepth 1 | wc -l)" "$(kilobytes Threads)" \
        "$(find "$work/tmp" -mindepth 1 | wc -l)" "$(($(stat -c %s "$work/t.db") / 1048576))"
}
begun=$SECONDS
echo "  cycles    RSS MB   peak MB    fds  threads   temp     db MB"
for tenth in 1 2 3 4 5 6 7 8 9 10; do
    until [ "$(done_cycles)" -ge $((cycles * tenth / 10)) ]; do
        kill -0 "$watch" 2>/dev/null || { cat "$work/errors"; exit 1; }
        sleep 0.1
    done
    tell
done
stopped=$(date +%s%N)
kill -TERM "$watch"
wait "$watch" || echo "ended with exit code $? after $((($(date +%s%N) - stopped) / 1000000)) ms"
watch=
echo "$(done_cycles) cycles in $((SECONDS - begun)) s, $(grep -c '"error"' "$work/lines" || true) of them failed," \
    "$(grep -vc '"new_events":0,' "$work/lines" || true) with new events."
# shellcheck disable=SC2086
$program sync -q --db "$work/t.db"
# shellcheck disable=SC2086
$program query --db "$work/t.db" --format csv "SELECT count(*) AS events,
    count(DISTINCT (pump_serial, sequence_group, sequence_number)) AS distinct_events,
    (SELECT count(*) FROM events) AS parsed, min(timestamp) AS first, max(timestamp) AS last FROM events"
# shellcheck disable=SC2086
$program status --db "$work/t.db" --json | grep -A3 missing || true
