#!/bin/bash
# Run once by the PostgreSQL image: a role and a database of its own for Prefect and for the warehouse.
set -euo pipefail
for name in prefect prongsai; do
  psql --username "$POSTGRES_USER" --set ON_ERROR_STOP=1 --set name="$name" --set password="$(cat "/run/secrets/postgres_$name")" <<'SQL'
CREATE ROLE :"name" LOGIN PASSWORD :'password';
CREATE DATABASE :"name" OWNER :"name";
REVOKE ALL ON DATABASE :"name" FROM PUBLIC;
SQL
done
