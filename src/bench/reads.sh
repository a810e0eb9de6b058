#!/usr/bin/env bash
# Reading objects and refs by the git program and by JGit: one answer when all is warm, and whole
# processes that ask for so many answers. Usage: src/bench/reads.sh [ROUNDS [COMMITS]]
. "$(dirname "$0")/measure.sh"

rounds=${1:-5} commits=${2:-2000}
classpath=$root/target/lib/*
"$jdk/bin/javac" -cp "$classpath" -d "$scratch/classes" "$root/src/bench/java/ReadsBench.java"

git init -q -b main "$scratch/repo"
for ((i = 1; i <= commits; i++)); do
  printf 'commit refs/heads/main\ncommitter b <b@localhost> %d +0000\ndata 5\nsome\n' $((1700000000 + i))
  printf 'M 644 inline file-%d\ndata 8\n%07d\n' $((i % 200)) "$i"
  if ((i % 10 == 0)); then printf 'reset refs/heads/topic/%d\nfrom refs/heads/main\n\n' "$i"; fi
done | git -C "$scratch/repo" fast-import --quiet
git -C "$scratch/repo" pack-refs --all
git -C "$scratch/repo" reset -q --hard
git -C "$scratch/repo" commit -q --allow-empty -m loose

# The options that the launcher gives to the JVM that runs workflows.
bench() {
  "$jdk/bin/java" -XX:+UseSerialGC -XX:TieredStopAtLevel=1 -Djdk.virtualThreadScheduler.parallelism=8 \
    -Dstdout.encoding=UTF-8 -cp "$scratch/classes:$classpath" ReadsBench "$scratch/repo" "$@"
}

bench warm "$rounds"
echo
echo '| answers of a new process | git, ms | JGit, ms | git, CPU ms | JGit, CPU ms |'
echo '|---:|---:|---:|---:|---:|'
for answers in 1 20 50 100 200 400; do
  row=
  for reader in program jgit; do
    walls=() cpus=()
    for ((i = 0; i < rounds; i++)); do
      timed bench cold "$reader" 0
      wall=$took used=$cpu
      timed bench cold "$reader" "$answers"
      walls+=($((took - wall))) cpus+=($((cpu - used)))
    done
    read -r _ wall _ < <(spread "${walls[@]}")
    read -r _ used _ < <(spread "${cpus[@]}")
    row+="$wall $used "
  done
  read -r wall1 cpu1 wall2 cpu2 <<< "$row"
  echo "| $answers | $wall1 | $wall2 | $cpu1 | $cpu2 |"
done
