#!/usr/bin/env bash
# Many worktrees of one repository, asked for by several conductor processes at once, beside a loop of
# git worktree add. Fails when a worktree is missing or a process complains of a lock.
# Usage: src/bench/worktrees.sh [WORKTREES [PROCESSES [FILES [ROUNDS]]]]
. "$(dirname "$0")/measure.sh"
worktrees=${1:-50}
processes=${2:-8}
files=${3:-5000}
rounds=${4:-3}

repository() {
  git init -q -b main "$1"
  (
    cd "$1"
    for ((n = 0; n < files; n++)); do
      if ((n % 100 == 0)); then mkdir "d$((n / 100))"; fi
      printf 'file %d\n' "$n" > "d$((n / 100))/f$n.txt"
    done
    git add .
    git commit -q -m 'Small files'
  )
}

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

# Each process makes its share; what it prints stays beside the repository.
conductor_at_once() {
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

loop_times='' conductor_times=''
for ((round = 0; round < rounds; round++)); do
  one=$scratch/loop$round other=$scratch/conductor$round
  export CONDUCTOR_STATE_DIR=$other-state
  repository "$one"
  cp -a "$one" "$other"
  timed git_loop "$one"
  loop_times+=" $took"
  check "$one"
  timed conductor_at_once "$other"
  conductor_times+=" $took"
  check "$other"
  rm -rf "$one" "$one-worktrees" "$other" "$other-state"
done

read -r least loop most <<< "$(spread $loop_times)"
printf '| %d worktrees of %d files, %d rounds | median ms | least | most | to the loop |\n' \
  "$worktrees" "$files" "$rounds"
echo '|---|---:|---:|---:|---:|'
printf '| a loop of `git worktree add` | %d | %d | %d | 1.00 |\n' "$loop" "$least" "$most"
read -r least median most <<< "$(spread $conductor_times)"
printf '| %d `./conductor run` at once | %d | %d | %d | %s |\n' "$processes" "$median" "$least" "$most" \
  "$(awk "BEGIN { printf \"%.2f\", $median / $loop }")"
