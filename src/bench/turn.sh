#!/usr/bin/env bash
# A turn of the real claude and codex alone, beside the same turn through conductor.
# Usage: src/bench/turn.sh [ROUNDS]; needs the tests compiled (mvn -q -B test-compile) and npm.
export XDG_CACHE_HOME=${XDG_CACHE_HOME:-$HOME/.cache} # where the programs are installed once
. "$(dirname "$0")/measure.sh"

mvn -q -B dependency:build-classpath -Dmdep.includeScope=test -Dmdep.outputFile="$scratch/classpath"
classpath=$root/target/test-classes:$root/target/classes:$(cat "$scratch/classpath")
"$jdk/bin/javac" -cp "$classpath" -d "$scratch/classes" "$root/src/bench/java/TurnBench.java"
"$jdk/bin/java" -cp "$scratch/classes:$classpath" TurnBench "$scratch" "$root/conductor" "${1:-10}"
