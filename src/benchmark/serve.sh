#!/usr/bin/env bash
# Times 'tandem serve' on loopback: how many requests a second it answers and how soon, how fast a file comes, and the
# memory that it takes. The client runs on the same processors.
# Usage: src/benchmark/serve.sh [SECONDS] [ROWS]      default: 10 seconds for each figure, a file of 1,500,000 rows
# Wanted: target/tandem.jar (./mvnw package -DskipTests), curl, jq. Files go to $TMPDIR. JAVA_OPTS goes to the server.
set -euo pipefail
cd "$(dirname "$0")/../.."
seconds=${1:-10}
rows=${2:-1500000}
jar=$PWD/target/tandem.jar
work=$(mktemp -d)
server=
trap '[ -z "$server" ] || kill "$server" 2>/dev/null; rm -rf "$work"' EXIT
export XDG_CACHE_HOME=$work/cache
client() { java src/benchmark/ServeBenchmark.java "$@"; }
memory() { awk '/VmHWM/ {printf "%d MB\n", $2 / 1024}' "/proc/$server/status"; }

java -cp "$jar" src/benchmark/ExportBenchmark.java generate "$work/t.db" "$rows" all
# shellcheck disable=SC2086
java ${JAVA_OPTS:-} -jar "$jar" serve --port 0 --json -q --db "$work/t.db" --jobs-dir "$work/jobs" >"$work/out" 2>"$work/err" &
server=$!
for _ in $(seq 100); do
    grep -q url "$work/out" && break
    sleep 0.1
done
api=$(jq -r .url "$work/out")/api/v1/export
job() { curl -sf "$api/jobs/$1" | jq -r ".$2"; }

id=$(curl -sf "$api/jobs" -H 'Content-Type: application/json' -d '{"table_name":"raw_events","format":"jsonl"}' | jq .id)
while [ "$(job "$id" status)" != completed ]; do sleep 0.2; done
echo "$rows rows exported; the server's peak so far: $(memory)"

both=
for format in jsonl csv; do
    body="{\"table_name\":\"raw_events\",\"format\":\"$format\"}"
    both="$both $(curl -sf "$api/jobs" -H 'Content-Type: application/json' -d "$body" | jq .id)"
done
for each in $both; do
    while true; do
        case "$(job "$each" status)" in
            completed) break ;;
            failed) job "$each" error_message; exit 1 ;;
        esac
        sleep 0.2
    done
done
echo "Two more exports of $rows rows at the same time; the server's peak so far: $(memory)"

for path in "jobs/$id" tables; do
    echo "GET /$path, 16 connections, $seconds s:"
    client rate "$api/$path" 16 2000 "$seconds"
    client rate "$api/$path" 16 0 "$seconds"
done
before=$(memory)
echo "GET /jobs/$id/download:"
client download "$api/jobs/$id/download" 5
echo "The server's peak memory: $before before the downloads, $(memory) after them"
