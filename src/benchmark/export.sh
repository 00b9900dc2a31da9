#!/usr/bin/env bash
# Times the export of each format beside a bare COPY of the same rows by the engine, and the peak memory of the whole
# process with many more rows.
# Usage: src/benchmark/export.sh [RUNS] [ROWS] [MANY_ROWS]      default: 5 runs of 1,000,000 rows; memory with 10,000,000
# Wanted: target/tandem.jar (./mvnw package -DskipTests) and GNU time. Files go to $TMPDIR. JAVA_OPTS goes to the program.
set -euo pipefail
cd "$(dirname "$0")/../.."
runs=${1:-5}
rows=${2:-1000000}
many=${3:-10000000}
jar=$PWD/target/tandem.jar
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
benchmark() { java -cp "$jar" src/benchmark/ExportBenchmark.java "$@"; }

if [ "$runs" -gt 0 ]; then
    benchmark generate "$work/t.db" "$rows" all
    echo "$rows rows, $runs runs:"
    benchmark measure "$work/t.db" "$work/out" "$runs"
    rm -rf "$work"/t.db* "$work/out"
fi
if [ "$many" -gt 0 ]; then
    benchmark generate "$work/t.db" "$many" raw
    echo "$many rows of raw_events, the whole process:"
    for format in parquet csv json jsonl; do
        # shellcheck disable=SC2086
        /usr/bin/time -o "$work/time" -f '%M %e' \
            java ${JAVA_OPTS:-} -jar "$jar" export --no-fetch -q --db "$work/t.db" -t raw_events -f "$format" -o "$work/out" >/dev/null
        awk -v format="$format" '{printf "  %s: peak memory %d MB, %.1f s\n", format, $1 / 1024, $2}' "$work/time"
        rm -rf "$work/out"
    done
fi
