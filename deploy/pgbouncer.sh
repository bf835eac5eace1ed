#!/bin/sh -eu
# The password comes from the environment, and goes where PgBouncer alone reads it.
umask 077
printf '"site" "%s"\n' "$POSTGRES_PASSWORD" >/tmp/userlist.txt
exec pgbouncer /etc/pgbouncer/pgbouncer.ini
