#!/usr/bin/env bash
# Flink's JobManager with our jobs, from the newest complete checkpoint of the volume: without one that outlives it, a
# standalone JobManager would start from nothing.
set -eu

entrypoint=${FLINK_ENTRYPOINT:-/docker-entrypoint.sh}
checkpoints=${TOKENWATT_CHECKPOINTS:-/var/lib/tokenwatt/checkpoints}

# A checkpoint is complete once its _metadata is there.
newest=$(find "$checkpoints" -path '*/chk-*/_metadata' -printf '%T@ %h\n' 2>/dev/null | sort -rn | head -n 1 | cut -d ' ' -f 2-)
resume=()
if [ -n "$newest" ]; then
  echo "resuming from $newest"
  resume=(--fromSavepoint "file://$newest")
fi
# --cluster comes first: it ends Flink's own options, of which --configDir would take our --config for itself.
exec "$entrypoint" standalone-job --job-classname io.tokenwatt.jobs.JobsMain ${resume[@]+"${resume[@]}"} \
  --cluster --config /etc/tokenwatt/jobs.yaml
