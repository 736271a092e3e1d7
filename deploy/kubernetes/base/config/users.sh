#!/usr/bin/env bash
# Roles, and a user for each who needs one. Repeating it sets the passwords anew and changes nothing else.
# Reads CLICKHOUSE_HOST, CLICKHOUSE_USER and CLICKHOUSE_PASSWORD (an administrator), and the three passwords.
#
#   users.sh FOLDER_OF_THE_ROLES
set -eu

folder=${1:?usage: users.sh FOLDER_OF_THE_ROLES}

# Statements come from a file or stdin, so that no password is in a process list.
sql() { clickhouse-client --host "$CLICKHOUSE_HOST" --user "$CLICKHOUSE_USER" --multiquery "$@"; }

quoted() {
  local text=${1//\\/\\\\}
  printf "'%s'" "${text//\'/\\\'}"
}

user() {
  local name=$1 password=$2 role=$3
  sql <<SQL
CREATE USER IF NOT EXISTS $name IDENTIFIED BY $(quoted "$password");
ALTER USER $name IDENTIFIED BY $(quoted "$password");
GRANT $role TO $name;
SQL
}

sql <"$folder/1_roles.sql"
sql <"$folder/2_owner_rows.sql"
user tokenwatt_jobs "${TOKENWATT_JOBS_PASSWORD:?}" tokenwatt_writer
user tokenwatt_alerts_run "${TOKENWATT_ALERTS_PASSWORD:?}" tokenwatt_alerts
user grafana "${TOKENWATT_GRAFANA_PASSWORD:?}" tokenwatt_grafana
echo "roles and users are there"
