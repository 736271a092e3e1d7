#!/usr/bin/env bash
# The packaged jar on a Flink cluster of three processes must write the rows that the jobs write in one process.
# Exit status 0: it does. Options of ./tokenwatt faults may follow.
set -eu
exec "$(cd "$(dirname "${BASH_SOURCE[0]}")/../.." && pwd -P)/tokenwatt" faults --only none "$@"
