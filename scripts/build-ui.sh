#!/usr/bin/env bash
# Builds the user interface into ui/dist, unless nothing it is made of has changed since.
set -euo pipefail
cd "$(dirname "$0")/../ui"
if [ -d dist/assets ] && [ -z "$(find . -path ./node_modules -prune -o -path ./dist -prune -o -type f -newer dist/index.html -print -quit)" ]; then
  exit 0
fi
npm run --silent build
