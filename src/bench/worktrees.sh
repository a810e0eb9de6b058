#!/usr/bin/env bash
# Many worktrees of one repository, asked for by one conductor process, one after the other and all at
# once, and by several processes at once, beside a loop of git worktree add. Fails when a worktree is
# missing or a process complains of a lock.
# Usage: src/bench/worktrees.sh [WORKTREES [PROCESSES [FILES [ROUNDS]]]]
. "$(dirname "$0")/measure.sh"
worktrees=${1:-50}
processes=${2:-8}
files=${3:-5000}
rounds=${4:-3}

# The worktrees of a repository besides its main one that are whole.
whole() {
  git -C "$1" worktree list --porcelain | sed -n 's/^worktree //p' | tail -n +2 \
    | while read -r path; do
      if [ -z "$(git -C "$path" status --porcelain)" ]; then echo "$path"; fi
    done | wc -l
}

git_loop() {
  for ((n = 0; n < worktrees; n++)); do
    git -C "$1" worktree add -q --no-track -b "bench-$n" "$1-worktrees/$n" main
  done
}

# One process with further arguments; what it prints stays beside the repository.
one_conductor() {
  local place=$1
  shift
  (cd "$place" && exec "$root/conductor" run "$root/src/bench/worktrees.groovy" "$@") \
    > "$place.log" 2>&1 || { cat "$place.log"; return 1; }
}

in_turn() { one_conductor "$1" --param "count=$worktrees"; }

together() { one_conductor "$1" --param "count=$worktrees" --param together=true; }

# Each process makes its share; what it prints stays beside the repository.
several() {
  local pids=() failed=0
  for ((n = 0; n < processes; n++)); do
    (
      cd "$1"
      exec "$root/conductor" run "$root/src/bench/worktrees.groovy" \
        --param "count=$(((worktrees + n) / processes))"
    ) > "$1.$n.log" 2>&1 &
    pids+=($!)
  done
  for n in "${!pids[@]}"; do
    wait "${pids[n]}" || { echo "process $n ended with $?" >&2; failed=1; }
  done
  if ((failed)) || grep -il 'lock' "$1".*.log; then
    cat "$1".*.log
    return 1
  fi
}

check() {
  local found
  found=$(whole "$1")
  if ((found != worktrees)); then
    printf '%s: %d of %d worktrees are there and clean\n' "$1" "$found" "$worktrees" >&2
    exit 1
  fi
}

ways=(git_loop in_turn together several)
declare -A times cpus
for ((round = 0; round < rounds; round++)); do
  for way in "${ways[@]}"; do
    place=$scratch/$way
    export CONDUCTOR_STATE_DIR=$place-state
    small_files "$place" "$files"
    timed "$way" "$place"
    times[$way]+=" $took"
    cpus[$way]+=" $cpu"
    check "$place"
    rm -rf "$place" "$place"[-.]*
  done
done

declare -A names=(
  [git_loop]='a loop of `git worktree add`'
  [in_turn]='one `./conductor run`, one after the other'
  [together]='one `./conductor run`, all in a `Gather`'
  [several]="$processes \`./conductor run\` at once"
)
read -r _ loop _ <<< "$(spread ${times[git_loop]})"
read -r _ loop_cpu _ <<< "$(spread ${cpus[git_loop]})"
printf '| %d worktrees of %d files, %d rounds | median ms | least | most | to the loop | CPU ms | to the loop |\n' \
  "$worktrees" "$files" "$rounds"
echo '|---|---:|---:|---:|---:|---:|---:|'
for way in "${ways[@]}"; do
  read -r least median most <<< "$(spread ${times[$way]})"
  read -r _ used _ <<< "$(spread ${cpus[$way]})"
  printf '| %s | %d | %d | %d | %s | %d | %s |\n' "${names[$way]}" "$median" "$least" "$most" \
    "$(awk "BEGIN { printf \"%.2f\", $median / $loop }")" "$used" \
    "$(awk "BEGIN { printf \"%.2f\", $used / $loop_cpu }")"
done
