#!/usr/bin/env bash
# What the engine and the journal cost inside of a process, measured by JMH; it is fetched once, into target/jmh.
# Usage: src/bench/jmh.sh [OPTIONS OF JMH] [BENCHMARKS]
jmh=$(cd "$(dirname "$0")/../.." && pwd -P)/target/jmh
if [[ ! -d $jmh ]]; then
  (cd "${jmh%/target/jmh}" && mvn -q -B -P '!format,bench' dependency:copy-dependencies@bench) || { rm -rf "$jmh"; exit 1; }
fi
. "$(dirname "$0")/measure.sh"

classpath=$root/target/lib/*:$jmh/*
mkdir "$scratch/files" "$scratch/classes"
"$jdk/bin/javac" -proc:full -parameters -cp "$classpath" -d "$scratch/classes" "$root"/src/bench/java/bench/*.java
# The options that the launcher gives to the JVM that runs workflows.
options="--sun-misc-unsafe-memory-access=allow -Xss16m -Xms32m -XX:+UseSerialGC -XX:TieredStopAtLevel=1"
options+=" -Djdk.virtualThreadScheduler.parallelism=8 -Dbench.directory=$scratch/files"
"$jdk/bin/java" --sun-misc-unsafe-memory-access=allow "-Djava.io.tmpdir=$scratch" \
  -cp "$scratch/classes:$classpath" org.openjdk.jmh.Main \
  -foe true -jvmArgs "$options" "$@"
