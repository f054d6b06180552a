#!/bin/bash
# The part of the official image's entrypoint that the compose file and the tests count on: an empty
# volume becomes a cluster with the password of POSTGRES_PASSWORD or POSTGRES_PASSWORD_FILE, or with none
# where POSTGRES_HOST_AUTH_METHOD is "trust".
set -euo pipefail
user=${POSTGRES_USER:-postgres}

if [ "$(id -u)" = 0 ]; then
    install --directory --owner=postgres --group=postgres "$PGDATA"
    exec setpriv --reuid=postgres --regid=postgres --clear-groups "$0" "$@"
fi

first_start() {
    local password=${POSTGRES_PASSWORD:-} method=${POSTGRES_HOST_AUTH_METHOD:-scram-sha-256}
    [ -z "${POSTGRES_PASSWORD_FILE:-}" ] || password=$(<"$POSTGRES_PASSWORD_FILE")
    [ "$method" = trust ] || [ -n "$password" ] || { echo "POSTGRES_PASSWORD is not set" >&2; exit 1; }
    initdb --username="$user" --pwfile=<(printf '%s' "${password:-none}") --auth-local=trust \
        --auth-host="$method" --encoding=UTF8 --locale-provider=builtin --locale=C \
        --builtin-locale=C.UTF-8
    echo "host all all all $method" >>"$PGDATA/pg_hba.conf"
    echo "listen_addresses = '*'" >>"$PGDATA/postgresql.conf"
    echo "unix_socket_directories = '/var/run/postgresql'" >>"$PGDATA/postgresql.conf"
    if [ "${POSTGRES_DB:-$user}" != postgres ]; then
        echo "create database \"${POSTGRES_DB:-$user}\"" | postgres --single -j postgres
    fi
}

[ "${1:0:1}" != - ] || set -- postgres "$@"
[ "$1" != postgres ] || [ -s "$PGDATA/PG_VERSION" ] || first_start
exec "$@"
