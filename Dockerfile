# Production image: web, worker, beat and the migrations all run from this one.

FROM node:24-slim AS assets
WORKDIR /assets
COPY package.json package-lock.json ./
RUN npm ci --omit=dev --ignore-scripts --no-audit --no-fund

FROM python:3.12-slim-bookworm AS packages
COPY requirements.txt ./
RUN python -m venv /opt/venv \
    && /opt/venv/bin/pip install --no-cache-dir --require-hashes -r requirements.txt

FROM python:3.12-slim-bookworm
# WeasyPrint draws with Pango; everything else is in the wheels.
RUN apt-get update \
    && apt-get install -y --no-install-recommends libpango-1.0-0 libpangoft2-1.0-0 libharfbuzz-subset0 fontconfig \
    && rm -rf /var/lib/apt/lists/* \
    && useradd --system --uid 10001 --create-home arsenaal
COPY --from=packages /opt/venv /opt/venv
WORKDIR /app
COPY --from=assets /assets/node_modules ./node_modules
COPY . .
ENV PATH=/opt/venv/bin:$PATH \
    PYTHONUNBUFFERED=1 \
    PYTHONDONTWRITEBYTECODE=1 \
    DJANGO_SETTINGS_MODULE=arsenaal.settings.production \
    XDG_CACHE_HOME=/tmp/cache \
    ARSENAAL_VAR=/data
# The static files belong to the image, the files and beat's memory to volumes. Collecting needs no secret, so it
# uses the demo's settings, of which nothing stays behind.
RUN DJANGO_SETTINGS_MODULE=arsenaal.settings.demo python manage.py collectstatic --noinput --verbosity 0 \
    && install -d -o arsenaal -g arsenaal -m 0700 /data/files /data/beat
USER arsenaal
VOLUME ["/data/files", "/data/beat"]
EXPOSE 8000
CMD ["gunicorn", "arsenaal.wsgi:application", "--bind", "0.0.0.0:8000", "--worker-class", "gthread", \
     "--workers", "3", "--threads", "4", "--timeout", "60", "--max-requests", "2000", \
     "--max-requests-jitter", "200", "--worker-tmp-dir", "/dev/shm", "--no-control-socket"]
