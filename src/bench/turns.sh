#!/usr/bin/env bash
# What conductor adds to a turn of an agent: a shell script that writes a file and answers at once, by
# itself and through conductor, whole processes and a further turn of a run that goes on anyway.
# Usage: src/bench/turns.sh [TURNS [ROUNDS]]
. "$(dirname "$0")/measure.sh"
turns=${1:-20}
rounds=${2:-5}

repo=$scratch/repo
git init -q -b main "$repo"
cd "$repo"
for n in 1 2 3 4 5; do echo "$n" > "$n.txt"; done
git add .
git commit -q -m 'Small files'
cat > "$scratch/agent.sh" << 'END'
cat > prompt.txt
echo done
END
mkdir -p "$scratch/alone" "$XDG_CONFIG_HOME/doeff-conductor"
cat > "$XDG_CONFIG_HOME/doeff-conductor/config.yaml" << END
agent: mine
agents: {mine: {command: [sh, "$scratch/agent.sh"]}}
END

alone() (
  cd "$scratch/alone"
  for ((n = 0; n < $1; n++)); do echo "Write the number $n." | sh "$scratch/agent.sh"; done
)
flow() { "$root/conductor" run "$root/src/bench/turns.groovy" --param "count=$1"; }

rows=('the agent alone' 'a run with one turn' 'a further turn of a run')
declare -A took_by cpu_by
flow 2 > /dev/null 2>&1
for ((round = 0; round < rounds; round++)); do
  timed alone "$turns"
  took_by[${rows[0]}]+=" $((took * 1000 / turns))"
  cpu_by[${rows[0]}]+=" $((cpu * 1000 / turns))"
  timed flow 1
  one=$took one_cpu=$cpu
  took_by[${rows[1]}]+=" $((one * 1000))"
  cpu_by[${rows[1]}]+=" $((one_cpu * 1000))"
  timed flow $((turns + 1))
  took_by[${rows[2]}]+=" $(((took - one) * 1000 / turns))"
  cpu_by[${rows[2]}]+=" $(((cpu - one_cpu) * 1000 / turns))"
done

read -r _ alone_took _ <<< "$(spread ${took_by[${rows[0]}]})"
printf '| %d turns, %d rounds | median ms | added ms | CPU ms |\n|---|---:|---:|---:|\n' "$turns" "$rounds"
for row in "${rows[@]}"; do
  read -r _ median _ <<< "$(spread ${took_by[$row]})"
  read -r _ used _ <<< "$(spread ${cpu_by[$row]})"
  awk -v row="$row" -v m="$median" -v a="$alone_took" -v u="$used" 'BEGIN {
    printf "| %s | %.1f | %.1f | %.1f |\n", row, m / 1000, (m - a) / 1000, u / 1000
  }'
done
