#!/usr/bin/env bash
# Times sync, status, verify and fetch --gaps of a history without gaps, and of one of which the service never sends some
# codes, and counts the gaps. Histories are served from loopback by the simulator.
# Usage: src/benchmark/gaps.sh [EVENTS]      default: 1,000,000 events
# Wanted: target/tandem.jar (./mvnw package -DskipTests) and GNU time. TANDEM names an executable to time in the place of
# the jar; NEVER_SENT the codes that are not sent.
set -euo pipefail
cd "$(dirname "$0")/../.."
events=${1:-1000000}
codes=${NEVER_SENT:-3,20,21,55,59,64,65,66,16,48}
jar=$PWD/target/tandem.jar
program=${TANDEM:-java ${JAVA_OPTS:-} -jar $jar}
unset TANDEM
days=$((events / 1310 + 1))
work=$(mktemp -d)
server=
cleanup() {
    [ -z "$server" ] || kill "$server" 2>/dev/null || true
    rm -rf "$work"
}
trap cleanup EXIT

# Prints the seconds and megabytes of a command; an exit code of 5 is no failure here.
timed() {
    # shellcheck disable=SC2086
    /usr/bin/time -q -o "$work/time" -f '%e s, %M kB' $program "$@" >"$work/out" 2>"$work/err" || [ $? = 5 ]
    printf '  %-28s %s, %s lines\n' "$1 ${2#--db}" "$(cat "$work/time")" "$(wc -l <"$work/out")"
}

for never in "" "$codes"; do
    # Time passes with each request for the pumps, so that the second sync is that of the next day.
    java -jar "$jar" simulate --days "$days" --last-day 2026-10-01 --time-step 24h \
        ${never:+--never-send "$never"} >"$work/env" 2>/dev/null &
    server=$!
    until grep -q CLIENT_ID "$work/env"; do sleep 0.2; done
    set -a
    . "$work/env"
    set +a
    export XDG_CACHE_HOME=$work/cache TANDEM_DB=$work/t.db
    rm -f "$work"/t.db*
    echo "$events events, never sent: ${never:-none}"
    timed sync -q
    timed sync -v
    grep -c ' to .* events, ' "$work/err" | sed 's/^/    windows of the daily sync: /'
    timed status --no-color
    timed verify -q
    timed fetch --gaps
    java -jar "$jar" verify --json 2>/dev/null |
        python3 -c 'import json, sys; v = json.load(sys.stdin); print("   ", v["verdict"], v["gaps"]["count"], "gaps")' ||
        true
    kill "$server"
    wait "$server" 2>/dev/null || true
    server=
done
