#!/usr/bin/env bash
# Run a command beside busy processes: what passes on a quiet machine must pass on one that has other work.
# Usage: benchmarks/under_load.sh [-n PROCESSES] [COMMAND [ARGUMENT...]]
# Without a command all tests run, beside six busy processes. It ends as the command ends.
set -euo pipefail
cd "$(dirname "$0")/.."

count=6
if [ "${1:-}" = -n ]; then
  count=${2:-}
  [[ $count =~ ^[0-9]+$ ]] || { echo "Say how many busy processes: -n NUMBER" >&2; exit 2; }
  shift 2
fi
[ $# -gt 0 ] || set -- make test

busy=()
trap '[ ${#busy[@]} -eq 0 ] || kill "${busy[@]}" 2>/dev/null || true' EXIT  # just these, by their ids; on Ctrl-C, too
for ((started = 0; started < count; started++)); do
  # Should this shell be killed, they see it and end.
  (trap - EXIT; while kill -0 $$ 2>/dev/null; do for ((step = 0; step < 100000; step++)); do :; done; done) &
  busy+=($!)
done
"$@"
