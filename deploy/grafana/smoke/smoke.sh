#!/usr/bin/env bash
# Starts a throwaway Grafana with our dashboards, waits until they are provisioned, and asks every panel's query
# through Grafana's API. Ends with 1 if a dashboard is missing or a query fails.
# NOT RUN by us against a Grafana: there is no Docker where this was written.
#
#   ./tokenwatt quickstart --port-base 28300           # in another terminal, a few minutes before
#   deploy/grafana/smoke/smoke.sh 28301                # its native port
#
# With SMOKE_GRAFANA_URL set no Grafana is started: that one is asked, as user admin.
set -euo pipefail

here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
provisioning=$here/../provisioning
native_port=${1:-9000}
range=${SMOKE_RANGE:-now-1h}
export SMOKE_GRAFANA_PORT=${SMOKE_GRAFANA_PORT:-3999}
export SMOKE_GRAFANA_PASSWORD=${SMOKE_GRAFANA_PASSWORD:-smoke-$RANDOM$RANDOM}
url=${SMOKE_GRAFANA_URL:-http://127.0.0.1:$SMOKE_GRAFANA_PORT}

say() { printf 'smoke: %s\n' "$*" >&2; }
die() { say "$*"; exit 1; }
need() { command -v "$1" >/dev/null || die "needs $1"; }
ask() { curl --silent --show-error --max-time 120 --user "admin:$SMOKE_GRAFANA_PASSWORD" "$@"; }

# What provisions Grafana: all of it but alerting, which wants keys of receivers; the port as given.
prepare() {
  SMOKE_PROVISIONING=$(mktemp -d)
  export SMOKE_PROVISIONING
  cp -R "$provisioning/datasources" "$provisioning/dashboards" "$SMOKE_PROVISIONING"
  sed -i.bak "s/port: 9000/port: $native_port/" "$SMOKE_PROVISIONING/datasources/tokenwatt.yaml"
  rm "$SMOKE_PROVISIONING/datasources/tokenwatt.yaml.bak"
  chmod -R a+rX "$SMOKE_PROVISIONING"
}

clean() {
  docker compose --file "$here/compose.yaml" down --volumes >/dev/null 2>&1 || true
  rm -rf "$SMOKE_PROVISIONING"
}

# Grafana tells 200 here before it has read the dashboards: each of them is waited for.
wait_for() {
  local uid
  for uid in "$@"; do
    for _ in $(seq 180); do
      [ "$(ask --output /dev/null --write-out '%{http_code}' "$url/api/dashboards/uid/$uid" 2>/dev/null)" = 200 ] && continue 2
      sleep 1
    done
    die "dashboard $uid was not provisioned within three minutes; docker compose logs tells why"
  done
}

# One line per query: panel, body of /api/ds/query. Every variable is All, as the dashboards write it.
queries() {
  ask "$url/api/dashboards/uid/$1" | jq --compact-output --arg from "$range" '
    .dashboard | .uid as $uid
    | [.panels[], (.panels[] | .panels // [] | .[])][] | . as $panel
    | (.targets // [])[]
    | {panel: "\($uid) panel \($panel.id) \($panel.title | @json) \(.refId)",
       body: {from: $from, to: "now", queries: [{
         refId: .refId, datasource: {uid: "tokenwatt-clickhouse"}, editorType: "sql", format: .format,
         intervalMs: 60000, maxDataPoints: 240,
         rawSql: (.rawSql | gsub("\\$\\{\\w+:singlequote\\}"; "'"'*'"'"))}]}}'
}

failed=0
asked=0
check() {
  local line answer problem
  while IFS= read -r line; do
    asked=$((asked + 1))
    answer=$(jq --compact-output .body <<<"$line" \
      | ask --header 'Content-Type: application/json' --data-binary @- "$url/api/ds/query") || answer='{"message":"no answer"}'
    # Not a bare path: an answer that is no result at all is a failure too.
    problem=$(jq --raw-output '
      if (.results | type) != "object" then .message // tostring
      else [.results[] | .error // (if (.status // 200) >= 400 then "status \(.status)" else empty end)] | join("; ") end' <<<"$answer") \
      || problem="no JSON: $answer"
    if [ -n "$problem" ]; then
      failed=$((failed + 1))
      say "FAILED $(jq --raw-output .panel <<<"$line"): $problem"
    fi
  done
}

need curl
need jq
if [ -z "${SMOKE_GRAFANA_URL:-}" ]; then
  need docker
  prepare
  trap clean EXIT
  docker compose --file "$here/compose.yaml" up --detach
fi

uids=()
for file in "$provisioning"/dashboards/*.json; do
  uids+=("$(jq --raw-output .uid "$file")")
done
wait_for "${uids[@]}"
say "${#uids[@]} dashboards are provisioned"

health=$(ask "$url/api/datasources/uid/tokenwatt-clickhouse/health")
[ "$(jq --raw-output .status <<<"$health")" = OK ] || die "data source: $health"

for uid in "${uids[@]}"; do
  check < <(queries "$uid")
done
[ "$asked" -gt 0 ] || die "no dashboard has a query"
say "$asked queries asked through Grafana, $failed failed"
[ "$failed" -eq 0 ]
