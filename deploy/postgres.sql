-- What a session behind PgBouncer cannot say for itself, its role has: see docs/running/many-machines.md.
ALTER ROLE site SET lock_timeout = '10s';
ALTER ROLE site SET statement_timeout = '30s';
ALTER ROLE site SET idle_in_transaction_session_timeout = '60s';
