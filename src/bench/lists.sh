#!/usr/bin/env bash
# How long lists take with many records, beside the same lists with few: runs, issues, and records of worktrees whose
# repository is gone (what git says of a live one costs the same for each). The rounds are interleaved.
# Usage: src/bench/lists.sh [ROUNDS [MANY [FEW]]]
. "$(dirname "$0")/measure.sh"
rounds=${1:-10}
many=${2:-10000}
few=${3:-10}

# A state directory with a number of runs that have ended, three that ask, open issues, and records of worktrees.
records() {
  export CONDUCTOR_STATE_DIR=$1
  local count=$2
  timed "$root/conductor" run "$root/examples/hello.groovy"
  mkdir -p "$1/issues" "$1/worktrees/repo-00000000"
  copy_run "$1" "$count"
  awk -v count="$count" -v state="$1" '
    BEGIN {
      for (n = 1; n <= count; n++) {
        file = sprintf("%s/issues/ISSUE-%03d.md", state, n)
        at = sprintf("2026-10-%02dT%02d:%02d:00Z", 1 + n % 28, n % 24, n % 60)
        printf "---\nid: ISSUE-%03d\ntitle: Issue number %d\nstatus: open\nlabels: [\"bug\"]\n", n, n > file
        printf "created_at: \"%s\"\nupdated_at: \"%s\"\n---\n\nSomething is wrong.\n", at, at > file
        close(file)
        id = sprintf("try-wf-b%05x", n)
        file = state "/worktrees/repo-00000000/" id ".json"
        printf "{\"v\": 1, \"key\": \"wf-b%05x 0 1 %d\", \"run\": \"wf-b%05x\", \"stage\": \"ready\", ", n, n, n > file
        printf "\"env\": {\"id\": \"%s\", \"path\": \"%s/worktrees/repo-00000000/%s\", ", id, state, id > file
        printf "\"branch\": \"conductor/%s\", \"base_branch\": \"main\", \"base_commit\": \"%040x\", ", id, n > file
        printf "\"repo\": \"/nowhere/repo\", \"created_at\": \"2026-10-01T00:00:00Z\"}}\n" > file
        close(file)
      }
    }'
  timed "$root/conductor" issue create 'The last one'
  rm -f "$1/index.json"
  for ((n = 0; n < 3; n++)); do
    "$root/conductor" run "$scratch/ask.groovy" --no-wait > /dev/null 2>&1 || true # it tells by its exit code that it waits
  done
}

echo "yield Ask(prompt: 'Go on?')" > "$scratch/ask.groovy"
records "$scratch/few" "$few"
records "$scratch/many" "$many"

lists=('ps --limit 20' 'ps --limit 20 --json' 'ps --status done --limit 20' ps 'ps --json' gates 'issue list'
  'issue list --json' 'env list')
declare -A times cpus
for ((round = 0; round <= rounds; round++)); do
  for list in "${lists[@]}"; do
    for size in few many; do
      # shellcheck disable=SC2086
      CONDUCTOR_STATE_DIR=$scratch/$size timed "$root/conductor" $list
      if ((round > 0)); then
        times[$list $size]+=" $took"
        cpus[$list $size]+=" $cpu"
      fi
    done
  done
done

printf '| list, %d rounds | ms with %d | ms with %d | ratio | CPU ms | CPU ms | ratio |\n' "$rounds" "$few" "$many"
echo '|---|---:|---:|---:|---:|---:|---:|'
for list in "${lists[@]}"; do
  read -r _ one _ <<< "$(spread ${times[$list few]})"
  read -r _ other _ <<< "$(spread ${times[$list many]})"
  read -r _ busy _ <<< "$(spread ${cpus[$list few]})"
  read -r _ busier _ <<< "$(spread ${cpus[$list many]})"
  awk -v list="$list" -v one="$one" -v other="$other" -v busy="$busy" -v busier="$busier" 'BEGIN {
    printf "| `%s` | %d | %d | %.2f | %d | %d | %.2f |\n", list, one, other, other / one, busy, busier, busier / busy
  }'
done
