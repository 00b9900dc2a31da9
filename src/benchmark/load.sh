#!/usr/bin/env bash
# Times 'tandem load events' of generated events, a tenth of which repeat a key, and of one event of 10 MB.
# Usage: src/benchmark/load.sh [RUNS] [EVENTS...]      default: 3 runs of 100,000 and 1,000,000 events
# Wanted: target/tandem.jar (./mvnw package -DskipTests) and GNU time. JAVA_OPTS goes to the timed process.
set -euo pipefail
cd "$(dirname "$0")/../.."
runs=${1:-3}
shift || true
sizes=("$@")
[ ${#sizes[@]} -gt 0 ] || sizes=(100000 1000000)
jar=$PWD/target/tandem.jar
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
export XDG_CACHE_HOME=$work/cache

# Events of about 300 bytes; every tenth has the key of an earlier one.
generate() {
    awk -v events="$1" 'BEGIN {
        srand(7)
        for (i = 0; i < events; i++) {
            key = i % 10 == 9 ? int(rand() * i) : i
            printf "{\"event_name\":\"Event %d\",\"event_time\":\"2024-01-%02dT%02d:%02d:%02d.%06d+02:00\",", \
                i % 20, 1 + i % 28, i % 24, i % 60, (i / 7) % 60, i % 1000000
            printf "\"distinct_id\":\"user_%d\",\"insert_id\":\"%08x-%04x-4c10-9422-%012x\",", \
                key % 5000, key * 2654435761 % 4294967296, key % 65536, key
            printf "\"properties\":{\"number\":%d,\"country\":\"DE\",\"duration\":%.3f,\"shuffle\":%s,", \
                i, rand() * 1000, i % 2 ? "true" : "false"
            printf "\"title\":\"Song number %d of a rather long album title\",\"tags\":[\"a\",\"b%d\"]}}\n", i, i % 100
        }
    }'
}

# Prints median and maximum of the numbers on standard input.
spread() { sort -n | awk '{v[NR] = $1} END {printf "median %s, maximum %s", v[int((NR + 1) / 2)], v[NR]}'; }

for events in "${sizes[@]}"; do
    generate "$events" >"$work/events.jsonl"
    : >"$work/seconds" && : >"$work/memory" && : >"$work/cpu"
    for _ in $(seq "$runs"); do
        rm -f "$work"/t.db*
        # shellcheck disable=SC2086
        /usr/bin/time -o "$work/time" -f '%e %M %U %S' \
            java ${JAVA_OPTS:-} -jar "$jar" load events songs "$work/events.jsonl" --json --db "$work/t.db" >"$work/report"
        awk '{print $1}' "$work/time" >>"$work/seconds"
        awk '{print int($2 / 1024)}' "$work/time" >>"$work/memory"
        awk '{print $3 + $4}' "$work/time" >>"$work/cpu"
    done
    echo "$events events of $(($(wc -c <"$work/events.jsonl") / events)) bytes, $runs runs, java ${JAVA_OPTS:-with its defaults}:"
    echo "  $(tr -d '\n' <"$work/report")"
    echo "  seconds:         $(spread <"$work/seconds")"
    echo "  CPU seconds:     $(spread <"$work/cpu")"
    echo "  peak memory, MB: $(spread <"$work/memory")"
done

awk 'BEGIN {
    printf "{\"event_name\":\"e\",\"event_time\":\"2024-01-15T10:30:00Z\",\"distinct_id\":\"u\",\"insert_id\":\"k\",\"properties\":{\"notes\":\""
    for (i = 0; i < 1000000; i++) printf "0123456789"
    print "\"}}"
}' >"$work/large.jsonl"
rm -f "$work"/t.db*
# shellcheck disable=SC2086
/usr/bin/time -o "$work/time" -f '%e s, %M kB' \
    java ${JAVA_OPTS:-} -jar "$jar" load events large "$work/large.jsonl" -q --db "$work/t.db"
echo "one event of 10 MB: $(cat "$work/time")"
