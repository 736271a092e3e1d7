#!/usr/bin/env bash
# Creates Tokenwatt's topics. Safe to repeat: a topic that is there is left as it is.
#
#   KAFKA_BIN=/opt/kafka/bin ./create-topics.sh kafka-1:9092 [REPLICAS]
set -eu

bootstrap=${1:?usage: create-topics.sh BOOTSTRAP [REPLICAS]}
replicas=${2:-3}
topics=${KAFKA_BIN:+$KAFKA_BIN/}kafka-topics.sh

create() {
  local topic=$1 partitions=$2
  shift 2
  "$topics" --bootstrap-server "$bootstrap" --create --if-not-exists \
    --topic "$topic" --partitions "$partitions" --replication-factor "$replicas" "$@"
}

# LogAppendTime is required, not a taste: windows close by the broker's clock, never by a node's.
# 12 partitions: as many subtasks can read at once; a node always stays in one.
create tokenwatt.node-samples 12 \
  --config message.timestamp.type=LogAppendTime --config retention.ms=604800000
create tokenwatt.request-events 12 \
  --config message.timestamp.type=LogAppendTime --config retention.ms=604800000
create tokenwatt.events 3 \
  --config message.timestamp.type=LogAppendTime --config retention.ms=604800000
create tokenwatt.efficiency 3 --config retention.ms=604800000
create tokenwatt.regressions 1 --config retention.ms=2592000000
create tokenwatt.rejects 1 --config retention.ms=604800000

# What to look at: the first two topics must say message.timestamp.type=LogAppendTime. An old topic without
# it is corrected by kafka-configs.sh --alter --topic tokenwatt.node-samples --add-config …
"$topics" --bootstrap-server "$bootstrap" --describe --topic tokenwatt.node-samples
