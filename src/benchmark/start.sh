#!/usr/bin/env bash
# Times whole commands, from the shell's start of the process to its end: the executable and the jar side by side.
# Usage: src/benchmark/start.sh [RUNS]      default: 15
# Wanted: target/tandem.jar (./mvnw package -DskipTests) and then target/tandem (./mvnw package -Dnative -DskipTests).
# What is missing is left out. JAVA_OPTS goes to the JVM.
set -euo pipefail
cd "$(dirname "$0")/../.."
runs=${1:-15}
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
unset "${!TANDEM_@}"
export XDG_CACHE_HOME=$work/cache LC_ALL=C
mkdir "$XDG_CACHE_HOME"

programs=()
[ ! -x target/tandem ] || programs+=("$PWD/target/tandem")
# shellcheck disable=SC2206
[ ! -f target/tandem.jar ] || programs+=("java ${JAVA_OPTS:-} -jar $PWD/target/tandem.jar")
[ ${#programs[@]} -gt 0 ] || { echo "neither target/tandem nor target/tandem.jar is there" >&2; exit 1; }

# Two pumps with 288 glucose readings a day each: about 100,000.
cd "$work"
${programs[0]} demo --days 176 -q
readings=$(${programs[0]} status --db data/demo.db --json | sed -n '/"cgm_readings"/,/}/s/.*"rows" : \([0-9]*\).*/\1/p')

median() { sort -n | awk '{v[NR] = $1} END {print v[int((NR + 1) / 2)]}'; }

# Prints the median of the runs of a command, in milliseconds, and its largest peak memory, in MB.
measure() {
    : >times && : >memory
    "$@" >/dev/null 2>&1
    for _ in $(seq "$runs"); do
        rm -rf exports
        local before=$EPOCHREALTIME
        "$@" >/dev/null 2>&1
        local after=$EPOCHREALTIME
        echo $((10#${after/[.,]/} - 10#${before/[.,]/})) >>times
    done
    rm -rf exports
    /usr/bin/time -o memory -f %M "$@" >/dev/null 2>&1
    awk -v t="$(median <times)" '{printf "%.0f ms, %.0f MB", t / 1000, $1 / 1024}' memory
}

# Prints a row: what is measured, then a cell a program.
row() {
    local name=$1 program
    shift
    printf '| %s |' "$name"
    for program in "${programs[@]}"; do
        # shellcheck disable=SC2086
        printf ' %s |' "$(measure $program "$@")"
    done
    printf '\n'
}

echo "Medians of $runs runs, peak memory; $readings glucose readings."
printf '| |'
for program in "${programs[@]}"; do printf ' %s |' "${program##*/}"; done
printf '\n| --- |'
for program in "${programs[@]}"; do printf ' --- |'; done
printf '\n'
row '`--help`' --help
row '`--version`' --version
row '`status`' status --db data/demo.db
row '`export -t cgm_readings`' export --no-fetch --db data/demo.db -t cgm_readings
echo
for file in "${programs[0]}" "$XDG_CACHE_HOME"/tandem/engine/*; do
    [ ! -f "$file" ] || printf '%s: %.1f MB\n' "${file##*/}" "$(stat -c %s "$file" | awk '{print $1 / 1000000}')"
done
