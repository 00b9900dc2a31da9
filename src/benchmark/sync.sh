#!/usr/bin/env bash
# Times a first sync, and a second with nothing new, of histories served from loopback by the simulator.
# Usage: src/benchmark/sync.sh [RUNS] [EVENTS...]      default: 3 runs of 100,000 and 1,000,000 events
# Wanted: target/tandem.jar (./mvnw package -DskipTests) and GNU time. JAVA_OPTS goes to the timed process; TANDEM names
# an executable to time in the place of the jar.
set -euo pipefail
cd "$(dirname "$0")/../.."
runs=${1:-3}
shift || true
sizes=("$@")
[ ${#sizes[@]} -gt 0 ] || sizes=(100000 1000000)
jar=$PWD/target/tandem.jar
program=${TANDEM:-java ${JAVA_OPTS:-} -jar $jar}
unset TANDEM
work=$(mktemp -d)
server=
cleanup() {
    [ -z "$server" ] || kill "$server" 2>/dev/null || true
    rm -rf "$work"
}
trap cleanup EXIT

# Prints median and maximum of the numbers on standard input.
spread() { sort -n | awk '{v[NR] = $1} END {printf "median %s, maximum %s", v[int((NR + 1) / 2)], v[NR]}'; }

for events in "${sizes[@]}"; do
    # Two pumps, about 655 events a day each.
    days=$((events / 1310 + 1))
    java -jar "$jar" simulate --days "$days" --last-day 2026-11-20 >"$work/env" 2>/dev/null &
    server=$!
    until grep -q CLIENT_ID "$work/env"; do sleep 0.2; done
    set -a
    . "$work/env"
    set +a
    export XDG_CACHE_HOME=$work/cache
    : >"$work/first" && : >"$work/second" && : >"$work/memory"
    for _ in $(seq "$runs"); do
        rm -f "$work"/t.db*
        # shellcheck disable=SC2086
        /usr/bin/time -o "$work/time" -f '%e %M' $program sync -q --db "$work/t.db"
        awk '{print $1}' "$work/time" >>"$work/first"
        awk '{print int($2 / 1024)}' "$work/time" >>"$work/memory"
        # shellcheck disable=SC2086
        /usr/bin/time -o "$work/time" -f '%e' $program sync -q --db "$work/t.db"
        cat "$work/time" >>"$work/second"
    done
    rows=$(java -jar "$jar" status --db "$work/t.db" | awk '$1 == "raw_events" {print $2}')
    echo "$rows events, $runs runs, $program:"
    echo "  first sync, seconds:  $(spread <"$work/first")"
    echo "  peak memory, MB:      $(spread <"$work/memory")"
    echo "  second sync, seconds: $(spread <"$work/second")"
    kill "$server"
    wait "$server" 2>/dev/null || true
    server=
done
