#!/usr/bin/env bash
# What an effect in a large worktree costs, whose tree is kept, beside git add --all and git status
# there: runs with many such effects and with one, and the difference shared out among them.
# Usage: src/bench/kept-trees.sh [FILES [EFFECTS [ROUNDS]]]
. "$(dirname "$0")/measure.sh"
files=${1:-50000}
effects=${2:-20}
rounds=${3:-5}

repo=$scratch/repo
small_files "$repo" "$files"
cd "$repo"
git worktree add -q --no-track -b beside "$scratch/beside" main

times() { # [COMMAND...] as often as there are effects
  for ((n = 0; n < effects; n++)); do "$@"; done
}
change() { echo "$n" > "$scratch/beside/d3/changed.txt"; }
add() {
  change
  git -C "$scratch/beside" add --all
}
flow() { "$root/conductor" run "$root/src/bench/kept-trees.groovy" --param "count=$1" --param "changes=$2"; }

declare -A took_by cpu_by
note() { # NAME TIMES COMMAND...
  local name=$1 many=$2
  shift 2
  timed "$@"
  took_by[$name]+=" $((took * 1000 / many))"
  cpu_by[$name]+=" $((cpu * 1000 / many))"
}
difference() { # NAME: effects more in one run than in the other
  local name=$1 first_took first_cpu
  timed flow 1 "$2"
  first_took=$took first_cpu=$cpu
  timed flow $((effects + 1)) "$2"
  took_by[$name]+=" $(((took - first_took) * 1000 / effects))"
  cpu_by[$name]+=" $(((cpu - first_cpu) * 1000 / effects))"
}

rows=('git add --all, one file changed' 'git status' 'an effect that changes nothing' 'an effect that changes a file')
for ((round = 0; round < rounds; round++)); do
  note "${rows[0]}" "$effects" times add
  note "${rows[1]}" "$effects" times git -C "$scratch/beside" --no-optional-locks status
  difference "${rows[2]}" false
  difference "${rows[3]}" true
  rm -rf "$CONDUCTOR_STATE_DIR"
  git worktree prune
done

read -r _ add_took _ <<< "$(spread ${took_by[${rows[0]}]})"
read -r _ add_cpu _ <<< "$(spread ${cpu_by[${rows[0]}]})"
printf '| in a worktree of %d files, %d rounds | median ms | to `git add` | CPU ms | to `git add` |\n' "$files" "$rounds"
echo '|---|---:|---:|---:|---:|'
for row in "${rows[@]}"; do
  read -r _ median _ <<< "$(spread ${took_by[$row]})"
  read -r _ used _ <<< "$(spread ${cpu_by[$row]})"
  awk -v row="$row" -v m="$median" -v u="$used" -v am="$add_took" -v au="$add_cpu" 'BEGIN {
    printf "| %s | %.0f | %.2f | %.0f | %.2f |\n", row, m / 1000, m / am, u / 1000, u / au
  }'
done
