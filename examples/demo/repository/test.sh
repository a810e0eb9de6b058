#!/bin/sh
# Each line of tests/*.txt is a title, a tab, and the slug that it must get.
cd "$(dirname "$0")" || exit 2
tab=$(printf '\t')
ran=0 failed=0
for file in tests/*.txt; do
  while IFS=$tab read -r title slug; do
    ran=$((ran + 1))
    found=$(sh slug.sh "$title")
    if [ "$found" != "$slug" ]; then
      failed=$((failed + 1))
      echo "$file: slug.sh '$title' prints '$found', expected '$slug'"
    fi
  done < "$file"
done
echo "$ran tests, $failed failed"
[ "$failed" -eq 0 ]
