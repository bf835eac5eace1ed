# PgBouncer from Debian, which shares few connections between many web processes.
FROM debian:bookworm-slim
RUN apt-get update \
    && apt-get install -y --no-install-recommends pgbouncer \
    && rm -rf /var/lib/apt/lists/*
COPY pgbouncer.ini pgbouncer.sh /etc/pgbouncer/
USER postgres
EXPOSE 6432
CMD ["sh", "/etc/pgbouncer/pgbouncer.sh"]
