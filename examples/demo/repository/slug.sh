#!/bin/sh
# Makes the slug of a title: slug.sh 'Hello World' prints hello-world
printf '%s\n' "$*" | tr 'A-Z ' 'a-z-'
