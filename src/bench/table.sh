#!/usr/bin/env bash
# Everything that docs/performance.md has a goal for, in one table: each a ratio to something that is measured beside
# it, so that tables of different machines can be compared. Benchmarks with tables of their own follow.
# Usage: src/bench/table.sh [ROUNDS]   minutes a round
#        src/bench/table.sh --short    a minute; exits with 1 when a ratio is three times its goal or more
set -euo pipefail
here=$(dirname "$0")
short=
rounds=${1:-5}
if [[ $rounds == --short ]]; then
  short=1
  rounds=1
fi

# What happens inside of a process needs warm code, for which a minute is too short: --short looks at whole ones.
if [[ ! $short ]]; then inside=$("$here/jmh.sh" -f "$rounds" -wi 3 -w 1s -i 3 -r 1s); fi
starts=$("$here/startup.sh" "$rounds" $((short ? 2 : 20)))
. "$here/measure.sh"
late=

# Prints a row and notes whether it is far from its goal; "-" is no goal.
# Arguments: what is measured, against what, the goal, and the smallest, middle and greatest ratio.
row() {
  printf '| %s | %s | %s | %s | %s to %s |\n' "$1" "$2" "$3" "$5" "$4" "$6"
  if [[ $3 != - ]] && awk "BEGIN { exit !($5 >= 3 * $3) }"; then
    late=1
    printf '%s is three times its goal or more\n' "$1" >&2
  fi
}

divided() { awk "BEGIN { printf \"%.2f\", $1 / $2 }"; }

# Prints a row of numbers (separated by spaces) to the middle of others.
compared() {
  local least middle most to
  read -r _ to _ <<< "$(spread $5)"
  read -r least middle most <<< "$(spread $4)"
  row "$1" "$2" "$3" "$(divided "$least" "$to")" "$(divided "$middle" "$to")" "$(divided "$most" "$to")"
}

# What JMH measured in each iteration of a benchmark, in thousandths: its time, or a counter beside it.
iterations() {
  awk -v benchmark="bench.$1" -v counter="$2" '
    /^# Benchmark: / { here = $3 == benchmark }
    here && counter == "time" && /^Iteration/ { printf "%d ", $3 * 1000 }
    here && /^ +[a-z]+: +[0-9.]+ #$/ && $1 == counter ":" && !warm { printf "%d ", $2 * 1000 }
    /^# Warmup Iteration/ { warm = 1 }
    /^Iteration/ { warm = 0 }' <<< "$inside"
}

print_starts() {
  declare -A goals=(['`--version`']=3 ['`ps --json`']=3 ['`show RUN`']=3 ['`gates`']=3 ['`issue list`']=3
    ['`completion bash`']=3 ['`run hello.groovy`, a second time']=0.45
    ['`run hello.groovy`, the first time']=0.7
    ['`run hello.jsh`, a second time']=0.4 ['`run hello.jsh`, the first time']=1)
  declare -A middles
  local title middle least most to
  while IFS='|' read -r _ title middle least most _ to _; do
    title=$(sed 's/^ *//; s/ *$//' <<< "$title")
    to=${to// /}
    case $title in
      Java*) middles[java]=$middle ;;
      *groovy\ hello*\`) middles[groovy]=$middle ;;
      *jshell\ hello*) middles[jshell]=$middle ;;
      *) row "$title" "$to" "${goals[${title%% with *}]}" "$(divided "$least" "${middles[$to]}")" \
        "$(divided "$middle" "${middles[$to]}")" "$(divided "$most" "${middles[$to]}")" ;;
    esac
  done <<< "$(tail -n +3 <<< "$starts")"
}

print_inside() {
  compared 'append of a record, CPU' 'hash and write of its bytes' - "$(iterations JournalBench.append cpu)" \
    "$(iterations JournalBench.raw cpu)"
  compared "an effect's own work, CPU" 'append of a record' - "$(iterations EffectBench.inARow cpu)" \
    "$(iterations JournalBench.append cpu)"
  compared 'durable effects in 64 branches, time each' 'in one branch' 0.125 "$(iterations BranchesBench.many time)" \
    "$(iterations BranchesBench.one time)"
  compared 'replay of 10,000 effects, CPU' 'parsing the file' 4 "$(iterations ReplayBench.replay cpu)" \
    "$(iterations ReplayBench.parse cpu)"
  compared 'heap of each of 10,000 blocked branches' '15 KB' 1 "$(iterations BlockedBench.blocked bytes)" 15360000
  compared 'CPU of each of 10,000 blocked branches' 'parsing an effect' 40 "$(iterations BlockedBench.blocked cpu)" \
    "$(iterations ReplayBench.parse cpu)"
}

any() { "$@" || true; }

# A run of 10,000 effects whose last one fails each time. A command is compared with the hello right before it.
print_failed() {
  local groovy resumes=() shows=() hello round n
  groovy=$(printf '%s\n' "$root"/target/lib/groovy-[0-9]*.jar)
  echo 'println "Hello, world!"' > "$scratch/hello.groovy"
  printf '%s\n' "for (int n = 0; n < 10_000; n++) { yield Put('n', n) }" "yield Exec('exit 1', check: true)" \
    > "$scratch/failing.groovy"
  for ((round = 0; round < rounds; round++)); do
    rm -rf "$CONDUCTOR_STATE_DIR"
    any "$root/conductor" run --quiet "$scratch/failing.groovy" > /dev/null 2>&1
    run=$(cd "$CONDUCTOR_STATE_DIR/workflows" && printf '%s\n' wf-*)
    for ((n = 1; n <= 10; n++)); do
      timed "$jdk/bin/java" -cp "$groovy" groovy.ui.GroovyMain "$scratch/hello.groovy"
      hello=$took
      timed any "$root/conductor" resume "$run"
      resumes[n]+=" $((took * 1000 / hello))"
      timed "$root/conductor" show "$run"
      shows[n]+=" $((took * 1000 / hello))"
      if [[ $short ]] && ((n == 1)); then break; fi
    done
  done
  compared '`resume` of a failed run of 10,000 effects, the first time' groovy 1.1 "${resumes[1]}" 1000
  compared '`show` of it, the first time' groovy 1.1 "${shows[1]}" 1000
  if [[ ! $short ]]; then
    compared '`resume` of it, the tenth time' groovy 1.1 "${resumes[10]}" 1000
    compared '`show` of it, the tenth time' groovy 1.1 "${shows[10]}" 1000
  fi
}

# Sets kib to what a run's process takes of the memory, shared pages by share, while so many agents are at work.
memory() {
  local count=$1 place=$scratch/memory pid
  rm -rf "$place" "$CONDUCTOR_STATE_DIR"
  mkdir -p "$place/at-work" "$XDG_CONFIG_HOME/doeff-conductor"
  git init -q -b main "$place/repository"
  git -C "$place/repository" commit -q --allow-empty -m 'Begin'
  printf '%s\n' "touch '$place/at-work/'\$\$" "while [ -d '$place' ] && [ ! -e '$place/go' ]; do sleep 0.2; done" 'echo done' \
    > "$place/agent.sh"
  printf '%s\n' 'agent: waiting' "agents: {waiting: {command: ['sh', '$place/agent.sh']}}" 'caps: {agents: 100}' \
    > "$XDG_CONFIG_HOME/doeff-conductor/config.yaml"
  printf '%s\n' '@Param int count = 1' \
    'def envs = yield Gather((1..count).collect { CreateWorktree(name: "bench") })' \
    "yield Gather(envs.collect { RunAgent(env: it, prompt: 'wait') })" > "$place/agents.groovy"
  (cd "$place/repository" && exec "$root/conductor" run "$place/agents.groovy" --param "count=$count") \
    > "$place/out" 2>&1 &
  pid=$!
  until (($(find "$place/at-work" -type f | wc -l) == count)); do
    kill -0 "$pid" 2> /dev/null || { cat "$place/out" >&2; exit 1; }
    sleep 0.1
  done
  kib=$(awk '/^Pss:/ { print $2 }' "/proc/$pid/smaps_rollup")
  touch "$place/go"
  wait "$pid" || { cat "$place/out" >&2; exit 1; }
}

print_memory() {
  local count round all
  for count in $([[ $short ]] && echo 4 || echo 1 4 10 50); do
    all=''
    for ((round = 0; round < rounds; round++)); do
      memory "$count"
      all+=" $kib"
    done
    compared "memory of a run with $count agents at work" '120 MB' "$( ((count == 4)) && echo 1 || echo -)" "$all" 117188
  done
}

printf '| rounds: %d | to | goal | ratio | least to most |\n|---|---|---:|---:|---:|\n' "$rounds"
print_starts
if [[ ! $short ]]; then print_inside; fi
print_failed
print_memory
if [[ ! $short ]]; then
  for more in lists.sh "dbos.sh $rounds" "worktrees.sh 20 4 1000 $rounds"; do
    if [[ -x $here/${more%% *} ]]; then
      printf '\n`%s`\n\n' "$more"
      "$here/"$more
    fi
  done
fi
[[ ! ($short && $late) ]]
