# syntax=docker/dockerfile:1
# Bases are pinned by digest; docs/operations.md (Image) says how to renew them.

# The parts of the style sheets, as the lock file names them.
FROM node:24-slim@sha256:a9f5f7c91a432850b2a8a7797adf5eadb6c733ceed61167806cee7ea7fbc29df AS parts
WORKDIR /app
COPY package.json package-lock.json .npmrc ./
RUN npm ci --ignore-scripts \
 && npm sbom --package-lock-only --sbom-format=cyclonedx > /sbom-npm.cdx.json

# The packages and the static files. What is needed to make them stays here.
FROM python:3.11-slim-bookworm@sha256:a36c24f9cbdf4fd0f52d67f0823eeac19c2028c637cecc392d97f980d4fec56b AS built
ENV PYTHONDONTWRITEBYTECODE=1
WORKDIR /app
RUN python -m venv /venv && python -m venv /tools
COPY requirements/base.txt requirements/observe.txt requirements/build.txt requirements/
RUN /venv/bin/pip install --no-cache-dir --no-deps --require-hashes -r requirements/base.txt -r requirements/observe.txt
RUN /tools/bin/pip install --no-cache-dir --no-deps --require-hashes -r requirements/build.txt \
 && /tools/bin/cyclonedx-py environment --output-reproducible --output-file /sbom-python.cdx.json /venv
COPY . .
COPY --from=parts /app/node_modules node_modules
# The settings want addresses and a key; building the assets uses none of them.
RUN export SECRET_KEY=$(python -c "import secrets; print(secrets.token_urlsafe(64))") ALLOWED_HOSTS=build.invalid DATABASE_URL=postgresql://build.invalid/build REDIS_URL=redis://build.invalid DEFAULT_FROM_EMAIL=build@build.invalid \
 && /venv/bin/python manage.py prepare --assets \
 && rm -r node_modules

FROM python:3.11-slim-bookworm@sha256:a36c24f9cbdf4fd0f52d67f0823eeac19c2028c637cecc392d97f980d4fec56b
# pg_dump and psql of the database's own version, for `manage.py backup` and `restore`.
RUN apt-get update \
 && apt-get install -y --no-install-recommends ca-certificates postgresql-common \
 && /usr/share/postgresql-common/pgdg/apt.postgresql.org.sh -y \
 && apt-get install -y --no-install-recommends postgresql-client-18 \
 && rm -rf /var/lib/apt/lists/*
ENV PATH=/venv/bin:$PATH PYTHONDONTWRITEBYTECODE=1 PYTHONUNBUFFERED=1 DJANGO_SETTINGS_MODULE=welzijn.settings
WORKDIR /app
COPY --from=built /venv /venv
COPY --from=built /app /app
# What the image holds, in CycloneDX.
COPY --from=built /sbom-python.cdx.json /sbom/python.cdx.json
COPY --from=parts /sbom-npm.cdx.json /sbom/npm.cdx.json
# The one folder that may be written to; a volume in docker-compose.yml.
RUN install -d -o 10001 -g 10001 -m 0700 /erasures
# Nobody's account: it owns no file of the product, so it can change none.
USER 10001:10001
EXPOSE 8000
CMD ["gunicorn", "--config", "python:welzijn.config.gunicorn"]
