# shellcheck shell=bash
# Sourced by the benchmarks beside it: what they measure with. Gives them
#   root     the checkout, with a conductor that is built
#   jdk      a JDK 25, which conductor uses too
#   scratch  a directory beside the build that goes at the end; HOME and all state lie in it
set -euo pipefail
export LC_ALL=C
root=$(cd "$(dirname "${BASH_SOURCE[0]}")/../.." && pwd -P)

for release in "${JAVA_HOME:-/nowhere}"/release /usr/lib/jvm/*/release; do
  if grep -qs '^JAVA_VERSION="25' "$release"; then
    jdk=$(dirname "$release")
    break
  fi
done
: "${jdk:?no JDK 25 in JAVA_HOME or /usr/lib/jvm}"
unset JAVA_TOOL_OPTIONS JDK_JAVA_OPTIONS "${!GIT_@}"
export CONDUCTOR_JAVA_HOME=$jdk
"$root/conductor" --version > /dev/null

scratch=$(mktemp -d "$root/target/bench.XXXXXX")
trap 'rm -rf "$scratch"' EXIT
export HOME=$scratch/home CONDUCTOR_STATE_DIR=$scratch/state
export XDG_CONFIG_HOME=$HOME/.config XDG_STATE_HOME=$HOME/.local/state
export GIT_CONFIG_NOSYSTEM=1 GIT_AUTHOR_NAME=bench GIT_AUTHOR_EMAIL=bench@localhost
export GIT_COMMITTER_NAME=bench GIT_COMMITTER_EMAIL=bench@localhost
mkdir -p "$HOME"

# Runs a command and sets took to its milliseconds and cpu to those of all cores that it used; shows what
# it printed when it failed.
timed() {
  local TIMEFORMAT='%3R %3U %3S' status=0 real user system
  { time "$@" > "$scratch/out" 2>&1; } 2> "$scratch/time" || status=$?
  if ((status != 0)); then
    printf 'failed: %s\n' "$*" >&2
    cat "$scratch/out" >&2
    exit 1
  fi
  read -r real user system < "$scratch/time"
  took=$((10#${real/./}))
  cpu=$((10#${user/./} + 10#${system/./}))
}

# Makes a repository of so many small files, a hundred in a directory.
small_files() {
  local n
  git init -q -b main "$1"
  (
    cd "$1"
    for ((n = 0; n < $2; n++)); do
      if ((n % 100 == 0)); then mkdir "d$((n / 100))"; fi
      printf 'file %d\n' "$n" > "d$((n / 100))/f$n.txt"
    done
    git add .
    git commit -q -m 'Small files'
  )
}

# Smallest, median and greatest of the numbers given.
spread() {
  printf '%s\n' "$@" | sort -n | awk '
    { n[NR] = $1 }
    END {
      middle = NR % 2 ? n[(NR + 1) / 2] : (n[NR / 2] + n[NR / 2 + 1]) / 2
      printf "%d %d %d\n", n[1], middle, n[NR]
    }'
}

# Copies the record of the only run of a state directory, which has ended, until there are so many: lists read no more of
# a run.
copy_run() {
  local run
  run=$(cd "$1/workflows" && echo wf-*)
  (cd "$1/workflows" && seq 0 $(($2 - 2)) | awk '{ printf "wf-b%05x\n", $1 }' | xargs mkdir)
  awk -v count="$2" -v state="$1" -v run="$run" '
    BEGIN {
      while ((getline line < (state "/workflows/" run "/meta.json")) > 0) meta = meta line "\n"
      for (n = 0; n < count - 1; n++) {
        id = sprintf("wf-b%05x", n)
        at = sprintf("2026-%02d-%02dT%02d:%02d:%02d.%09dZ", 1 + n % 10, 1 + n % 28, n % 24, n % 60, n % 59, n)
        text = meta
        gsub(run, id, text)
        sub(/"created" : "[^"]*"/, "\"created\" : \"" at "\"", text)
        file = state "/workflows/" id "/meta.json"
        printf "%s", text > file
        close(file)
      }
    }'
}
