#!/usr/bin/env bash
# How long whole processes take, from exec to exit: a JVM, Java, Groovy and JShell at their least, and conductor.
# The rounds are interleaved, so that what else the machine does hits all alike; a first round is not counted.
# Usage: src/bench/startup.sh [ROUNDS [RUNS]]; RUNS is how many runs the lists have.
. "$(dirname "$0")/measure.sh"
rounds=${1:-10}
runs=${2:-20}

cat > "$scratch/Hello.java" << 'END'
class Hello {
  public static void main(String[] arguments) {
    System.out.println("Hello, world!");
  }
}
END
"$jdk/bin/javac" -d "$scratch" "$scratch/Hello.java"
echo 'println "Hello, world!"' > "$scratch/hello.groovy"
echo 'System.out.println("Hello, world!");' > "$scratch/flow.jsh"
(cat "$scratch/flow.jsh"; echo /exit) > "$scratch/hello.jsh"
groovy=$(printf '%s\n' "$root"/target/lib/groovy-[0-9]*.jar)
for ((n = 0; n < runs; n++)); do
  timed "$root/conductor" run "$root/examples/hello.groovy"
done
run=$(cd "$CONDUCTOR_STATE_DIR/workflows" && printf '%s\n' wf-* | head -n 1)

java_hello() { "$jdk/bin/java" -cp "$scratch" Hello; }
groovy_hello() { "$jdk/bin/java" -cp "$groovy" groovy.ui.GroovyMain "$scratch/hello.groovy"; }
jshell_hello() { "$jdk/bin/jshell" "$scratch/hello.jsh"; }
conductor_version() { "$root/conductor" --version; }
conductor_ps() { "$root/conductor" ps --json; }
conductor_show() { "$root/conductor" show "$run"; }
conductor_gates() { "$root/conductor" gates; }
conductor_issues() { "$root/conductor" issue list; }
conductor_completion() { "$root/conductor" completion bash; }
conductor_run() { CONDUCTOR_STATE_DIR=$scratch/other "$root/conductor" run "$root/examples/hello.groovy"; }
conductor_first() {
  rm -rf "$scratch/first"
  CONDUCTOR_STATE_DIR=$scratch/first "$root/conductor" run "$root/examples/hello.groovy"
}
conductor_java_first() {
  rm -rf "$scratch/first"
  CONDUCTOR_STATE_DIR=$scratch/first "$root/conductor" run "$scratch/flow.jsh"
}
conductor_java() { CONDUCTOR_STATE_DIR=$scratch/other "$root/conductor" run "$scratch/flow.jsh"; }

# What is measured, what it is called, and against what.
subjects=(java_hello groovy_hello jshell_hello conductor_version conductor_ps conductor_show conductor_gates
  conductor_issues conductor_completion conductor_run conductor_first conductor_java conductor_java_first)
titles=('Java hello, one class' 'plain `groovy hello.groovy`' 'plain `jshell hello.jsh`' '`--version`'
  "\`ps --json\` with $runs runs" '`show RUN`' '`gates`' '`issue list`' '`completion bash`'
  '`run hello.groovy`, a second time' '`run hello.groovy`, the first time'
  '`run hello.jsh`, a second time' '`run hello.jsh`, the first time')
against=(java_hello java_hello java_hello java_hello java_hello java_hello java_hello java_hello java_hello
  groovy_hello groovy_hello jshell_hello jshell_hello)

declare -A times cpus middles
for ((round = 0; round <= rounds; round++)); do
  for subject in "${subjects[@]}"; do
    timed "$subject"
    if ((round > 0)); then
      times[$subject]+=" $took"
      cpus[$subject]+=" $cpu"
    fi
  done
done

for subject in "${subjects[@]}"; do
  read -r _ middles[$subject] _ <<< "$(spread ${times[$subject]})"
done
printf '| whole process, %d rounds | median ms | least | most | CPU ms | to | ratio |\n' "$rounds"
echo '|---|---:|---:|---:|---:|---|---:|'
for ((n = 0; n < ${#subjects[@]}; n++)); do
  read -r least median most <<< "$(spread ${times[${subjects[n]}]})"
  read -r _ busy _ <<< "$(spread ${cpus[${subjects[n]}]})"
  yardstick=${against[n]}
  printf '| %s | %d | %d | %d | %d | %s | %s |\n' "${titles[n]}" "$median" "$least" "$most" "$busy" \
    "${yardstick%_hello}" "$(awk "BEGIN { printf \"%.2f\", $median / ${middles[$yardstick]} }")"
done
