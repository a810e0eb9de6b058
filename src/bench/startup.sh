#!/usr/bin/env bash
# How long whole processes take, from exec to exit: a JVM, Java and Groovy at their least, and conductor.
# The rounds are interleaved, so that what else the machine does hits all alike; a first round is not counted.
# Usage: src/bench/startup.sh [ROUNDS]
. "$(dirname "$0")/measure.sh"
rounds=${1:-10}
runs=20

cat > "$scratch/Hello.java" << 'END'
class Hello {
  public static void main(String[] arguments) {
    System.out.println("Hello, world!");
  }
}
END
"$jdk/bin/javac" -d "$scratch" "$scratch/Hello.java"
echo 'println "Hello, world!"' > "$scratch/hello.groovy"
groovy=$(printf '%s\n' "$root"/target/lib/groovy-[0-9]*.jar)
for ((n = 0; n < runs; n++)); do
  timed "$root/conductor" run "$root/examples/hello.groovy"
done

java_version() { "$jdk/bin/java" -version; }
java_hello() { "$jdk/bin/java" -cp "$scratch" Hello; }
groovy_hello() { "$jdk/bin/java" -cp "$groovy" groovy.ui.GroovyMain "$scratch/hello.groovy"; }
conductor_version() { "$root/conductor" --version; }
conductor_ps() { "$root/conductor" ps --json; }
conductor_run() {
  CONDUCTOR_STATE_DIR=$scratch/other "$root/conductor" run "$root/examples/hello.groovy"
}
conductor_uncached() { JAVA_TOOL_OPTIONS=-XX:AOTMode=off conductor_run; }

subjects=(java_version java_hello groovy_hello conductor_version conductor_ps conductor_run
  conductor_uncached)
titles=('`java -version`' 'Java hello, one class' 'plain `groovy hello.groovy`'
  '`./conductor --version`' "\`./conductor ps --json\` with $runs runs"
  '`./conductor run examples/hello.groovy`' 'the same without the start-up cache')

declare -A times cpus
for ((round = 0; round <= rounds; round++)); do
  for subject in "${subjects[@]}"; do
    timed "$subject"
    if ((round > 0)); then
      times[$subject]+=" $took"
      cpus[$subject]+=" $cpu"
    fi
  done
done

read -r _ hello _ <<< "$(spread ${times[java_hello]})"
printf '| whole process, %d rounds | median ms | least | most | to Java hello | CPU ms |\n' "$rounds"
echo '|---|---:|---:|---:|---:|---:|'
for ((n = 0; n < ${#subjects[@]}; n++)); do
  read -r least median most <<< "$(spread ${times[${subjects[n]}]})"
  read -r _ busy _ <<< "$(spread ${cpus[${subjects[n]}]})"
  printf '| %s | %d | %d | %d | %s | %d |\n' "${titles[n]}" "$median" "$least" "$most" \
    "$(awk "BEGIN { printf \"%.1f\", $median / $hello }")" "$busy"
done
