#!/bin/bash
# Run once by the PostgreSQL image: a role and a database of its own for Prefect and for the warehouse.
set -euo pipefail
secrets="${SECRETS:-/run/secrets}"
for name in prefect prongsai; do
  if [ ! -r "$secrets/postgres_$name" ] || [ ! -s "$secrets/postgres_$name" ]; then
    echo "postgres_$name: empty, or not readable by uid $(id -u). Mend it, then: docker compose down --volumes" >&2
    exit 1
  fi
done
for name in prefect prongsai; do
  psql --username "$POSTGRES_USER" --set ON_ERROR_STOP=1 --set name="$name" --set password="$(cat "$secrets/postgres_$name")" <<'SQL'
CREATE ROLE :"name" LOGIN PASSWORD :'password';
CREATE DATABASE :"name" OWNER :"name";
REVOKE ALL ON DATABASE :"name" FROM PUBLIC;
SQL
done
