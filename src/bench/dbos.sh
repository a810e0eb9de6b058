#!/usr/bin/env bash
# A durable step of a workflow in DBOS, a library that keeps them in PostgreSQL, beside one of conductor: both do
# nothing else. What a step costs is the difference of a process with STEPS steps to one with a single step.
# Needs PostgreSQL's programs, node and npm, which fetches the library once, into target/dbos.
# Usage: src/bench/dbos.sh [ROUNDS [STEPS]]
version=5.3.0
library=$(cd "$(dirname "$0")/../.." && pwd -P)/target/dbos

skip() {
  printf 'skipped: %s\n' "$1"
  exit 0
}

postgres=none
for place in /usr/lib/postgresql/*/bin; do
  if [[ -x $place/initdb ]]; then postgres=$place; fi
done
[[ -x $postgres/initdb ]] || skip 'PostgreSQL is not installed (apt-get install postgresql)'
command -v node > /dev/null && command -v npm > /dev/null || skip 'node and npm are not installed'
if [[ ! -d $library/node_modules/@dbos-inc ]]; then
  mkdir -p "$library"
  npm install --silent --no-fund --no-audit --prefix "$library" "@dbos-inc/dbos-sdk@$version" > "$library/log" 2>&1 \
    || { rm -rf "$library/node_modules"; skip "npm does not install @dbos-inc/dbos-sdk; ${library#"$top/"}/log says why"; }
fi
. "$(dirname "$0")/measure.sh"
rounds=${1:-5}
steps=${2:-1000}

# PostgreSQL refuses to be run by root.
as=()
if [[ $(id -u) == 0 ]]; then
  as=(runuser -u postgres --)
  chmod 711 "$scratch"
fi
mkdir "$scratch/database"
if [[ $(id -u) == 0 ]]; then chown postgres "$scratch/database"; fi
cd "$scratch/database" || exit 1
"${as[@]}" "$postgres/initdb" -D "$scratch/database/data" -A trust -U postgres > "$scratch/out" 2>&1 \
  || skip "the database's user cannot write below target"
trap '"${as[@]}" "$postgres/pg_ctl" -m immediate -D "$scratch/database/data" stop > /dev/null 2>&1 || true; rm -rf "$scratch"' EXIT
"${as[@]}" "$postgres/pg_ctl" -w -D "$scratch/database/data" -l "$scratch/database/log" \
  -o "-c listen_addresses= -c unix_socket_directories=$scratch/database" start > "$scratch/out"

cat > "$scratch/steps.js" << 'END'
const { DBOS } = require(process.argv[2] + '/node_modules/@dbos-inc/dbos-sdk');
const steps = Number(process.argv[4]);
const row = DBOS.registerWorkflow(async () => {
  for (let n = 0; n < steps; n++) await DBOS.runStep(async () => n, { name: 'step' });
  return steps;
}, { name: 'row' });
(async () => {
  DBOS.setConfig({ name: 'bench', systemDatabaseUrl: process.argv[3], logLevel: 'error', runAdminServer: false });
  await DBOS.launch();
  if ((await row()) !== steps) throw new Error('the workflow did not end');
  await DBOS.shutdown();
})();
END
printf '%s\n' '@Param int steps = 1' 'for (int n = 0; n < steps; n++) { yield Put("n", n) }' 'return steps' \
  > "$scratch/steps.groovy"
dbos() {
  node "$scratch/steps.js" "$library" "postgresql://postgres@localhost/dbos?host=$scratch/database" "$1"
}
conductor() { "$root/conductor" run --quiet "$scratch/steps.groovy" --param "steps=$1"; }

dbos_one='' dbos_each='' one='' each=''
for ((round = 0; round <= rounds; round++)); do
  timed dbos 1
  dbos_first=$took
  timed dbos "$steps"
  dbos_all=$took
  timed conductor 1
  first=$took
  timed conductor "$steps"
  if ((round > 0)); then # the first one makes the database, and compiles the workflow
    dbos_one+=" $dbos_first"
    dbos_each+=" $(((dbos_all - dbos_first) * 1000 / (steps - 1)))"
    one+=" $first"
    each+=" $(((took - first) * 1000 / (steps - 1)))"
  fi
done

rows() {
  local least middle most to
  read -r _ to _ <<< "$(spread $3)"
  read -r least middle most <<< "$(spread $2)"
  awk -v title="$1" -v least="$least" -v middle="$middle" -v most="$most" -v to="$to" \
    'BEGIN { printf "| %s | %.2f | %.2f to %.2f |\n", title, middle / to, least / to, most / to }'
}
printf '| conductor, %d steps, %d rounds | to DBOS %s | least to most |\n|---|---:|---:|\n' "$steps" "$rounds" "$version"
rows 'a durable step' "$each" "$dbos_each"
rows 'a whole process with one step' "$one" "$dbos_one"
