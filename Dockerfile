# syntax=docker/dockerfile:1

# The parts of the style sheets, as the lock file names them.
FROM node:24-slim AS parts
WORKDIR /app
COPY package.json package-lock.json .npmrc ./
RUN npm ci --ignore-scripts

# The packages and the static files. What is needed to make them stays here.
FROM python:3.11-slim-bookworm AS built
ENV PYTHONDONTWRITEBYTECODE=1
WORKDIR /app
RUN python -m venv /venv
COPY requirements/base.txt requirements/base.txt
RUN /venv/bin/pip install --no-cache-dir --no-deps --require-hashes -r requirements/base.txt
COPY . .
COPY --from=parts /app/node_modules node_modules
# The settings want addresses and a key; these two commands use none of them.
RUN export WELZIJN_DEMO=1 SECRET_KEY=build DATABASE_URL=postgresql://build REDIS_URL=redis://build \
 && /venv/bin/python manage.py build_assets \
 && /venv/bin/python manage.py collectstatic --noinput --ignore=look \
 && rm -r node_modules

FROM python:3.11-slim-bookworm
ENV PATH=/venv/bin:$PATH PYTHONDONTWRITEBYTECODE=1 PYTHONUNBUFFERED=1 DJANGO_SETTINGS_MODULE=welzijn.settings
WORKDIR /app
COPY --from=built /venv /venv
COPY --from=built /app /app
# Nobody's account: it owns no file, so it can change none.
USER 10001:10001
EXPOSE 8000
CMD ["gunicorn", "--config", "python:welzijn.config.gunicorn"]
