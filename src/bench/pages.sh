#!/usr/bin/env bash
# What pages cost: the list of runs with few and with many runs, from the request to the last byte, in interleaved rounds;
# and what is sent of a run with thousands of effects that goes on, with the memory of the server. Needs curl. Usage: src/bench/pages.sh [ROUNDS [MANY [FEW [EFFECTS]]]]
. "$(dirname "$0")/measure.sh"
rounds=${1:-10}
many=${2:-10000}
few=${3:-10}
effects=${4:-2000}
flow=$root/src/bench/pages.groovy
servers=()
trap 'kill "${servers[@]}" 2> /dev/null || true; wait; rm -rf "$scratch"' EXIT

# A state directory with a number of runs that have ended.
runs() {
  export CONDUCTOR_STATE_DIR=$1
  timed "$root/conductor" run "$root/examples/hello.groovy"
  copy_run "$1" "$2"
  rm -f "$1/index.json"
  timed "$root/conductor" run "$root/examples/hello.groovy" # writes the index anew
}

# Serves a state directory; sets address to where, server to the process.
serve() {
  local line
  mkfifo "$scratch/says"
  CONDUCTOR_STATE_DIR=$1 "$root/conductor" ui --no-open --json --port 0 > "$scratch/says" 2> /dev/null &
  server=$!
  servers+=("$server")
  read -r line < "$scratch/says"
  rm "$scratch/says"
  line=$(sed -E 's/.*"address" ?: ?"([^"]*)".*/\1/' <<< "$line")
  address=${line%%/?token=*}
  curl -s -o /dev/null -c "$2" "$line"
}

# Sets took to the microseconds until the last byte of a page was there.
page() {
  took=$(curl -sf -o "$scratch/page" -b "$1" -w '%{time_total}' "$2")
  took=$((10#${took/./}))
}

# The proportional share of a process's memory, in MiB.
memory() { awk '/^Pss:/ { printf "%d", $2 / 1024 }' "/proc/$1/smaps_rollup"; }

runs "$scratch/few" "$few"
serve "$scratch/few" "$scratch/few-cookie"
few_at=$address
runs "$scratch/many" "$many"
serve "$scratch/many" "$scratch/many-cookie"
many_at=$address
many_server=$server

page "$scratch/few-cookie" "$few_at/"
few_first=$took
page "$scratch/many-cookie" "$many_at/"
many_first=$took
few_took=() many_took=()
for ((n = 0; n < rounds * 5; n++)); do
  page "$scratch/few-cookie" "$few_at/"
  few_took+=("$took")
  page "$scratch/many-cookie" "$many_at/"
  many_took+=("$took")
done
read -r few_least few_median few_most <<< "$(spread "${few_took[@]}")"
read -r many_least many_median many_most <<< "$(spread "${many_took[@]}")"
ms() { awk -v n="$1" 'BEGIN { printf "%.1f", n / 1000 }'; }
echo "| the list of runs, ${#few_took[@]} rounds | median ms | least | most | the first ever | MiB of the server |"
echo '|---|---:|---:|---:|---:|---:|'
echo "| with $few | $(ms "$few_median") | $(ms "$few_least") | $(ms "$few_most") | $(ms "$few_first") | $(memory "${servers[0]}") |"
echo "| with $many | $(ms "$many_median") | $(ms "$many_least") | $(ms "$many_most") | $(ms "$many_first") | $(memory "$many_server") |"
awk -v one="$few_median" -v other="$many_median" 'BEGIN { printf "\nratio of the medians: %.2f\n\n", other / one }'
kill "${servers[@]}"
servers=()

# The events of a page: how many, and their bytes, by the first one, which is the whole page, and the others.
events() {
  awk '/^data:/ { size += length($0) - 6 }
    /^$/ && size { n++; if (n == 1) whole = size; else { sum += size; if (size > most) most = size }; size = 0 }
    END { printf("%d %d %d %d\n", whole, n - 1, (n > 1 ? sum / (n - 1) : 0), most) }' "$1"
}

export CONDUCTOR_STATE_DIR=$scratch/live
mkdir "$CONDUCTOR_STATE_DIR"
serve "$CONDUCTOR_STATE_DIR" "$scratch/cookie"
rest=$(memory "$server")
"$root/conductor" run "$flow" --param "count=$effects" --param slow=30 > /dev/null 2>&1 &
run=$!
until id=$(ls "$CONDUCTOR_STATE_DIR/workflows" 2> /dev/null) && grep -qs '"Sleep"' "$CONDUCTOR_STATE_DIR/workflows/$id/trace.jsonl"; do
  kill -0 "$run"
  read -rt 0.2 _ < <(:) || true
done
curl -sN -b "$scratch/cookie" --max-time 20 "$address/live/runs/$id" > "$scratch/events" || true # it is the time that ends it
watched=$(memory "$server")
wait "$run"
read -r whole updates mean most <<< "$(events "$scratch/events")"
echo "| a run with $effects effects that goes on | |"
echo '|---|---:|'
echo "| bytes of the page | $whole |"
echo "| updates in 20 s | $updates |"
echo "| bytes of an update, mean | $mean |"
echo "| bytes of an update, most | $most |"
echo "| MiB of the server at rest | $rest |"
echo "| MiB of the server while it is watched | $watched |"
