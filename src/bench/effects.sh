#!/usr/bin/env bash
# Durable effects a second through the engine, beside a file that is written and forced as often.
# Usage: src/bench/effects.sh [EFFECTS [ROUNDS]]
. "$(dirname "$0")/measure.sh"

classpath=$root/target/lib/*
"$jdk/bin/javac" -cp "$classpath" -d "$scratch/classes" "$root"/src/bench/java/bench/{EffectsBench,Runs}.java
mkdir "$scratch/journals"
# The options that the launcher gives to the JVM that runs workflows.
"$jdk/bin/java" -XX:+UseSerialGC -XX:TieredStopAtLevel=1 \
  -Djdk.virtualThreadScheduler.parallelism=8 -Dstdout.encoding=UTF-8 \
  -cp "$scratch/classes:$classpath" bench.EffectsBench "$scratch/journals" "$@"
