#!/bin/sh
# Runs once, when the database volume is empty: the owner, who migrates, and the program, that owns nothing.
set -eu
psql --quiet --set ON_ERROR_STOP=1 --username "$POSTGRES_USER" --dbname postgres \
    --set owner_password="$OWNER_PASSWORD" --set app_password="$APP_PASSWORD" <<'SQL'
CREATE ROLE arsenaal_owner LOGIN PASSWORD :'owner_password';
CREATE ROLE arsenaal_app LOGIN PASSWORD :'app_password';
-- What the program takes on to count: it may not read words.
CREATE ROLE arsenaal_app_figures NOLOGIN;
GRANT arsenaal_app_figures TO arsenaal_app WITH INHERIT FALSE, SET TRUE;
CREATE DATABASE arsenaal OWNER arsenaal_owner TEMPLATE template0;
REVOKE ALL ON DATABASE arsenaal FROM PUBLIC;
GRANT CONNECT ON DATABASE arsenaal TO arsenaal_app;
SQL
