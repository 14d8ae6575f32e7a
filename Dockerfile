FROM python:3.11-slim AS build
WORKDIR /src
COPY .ci/requirements-dev.lock .ci/
RUN python -m pip install --no-cache-dir --require-hashes -r .ci/requirements-dev.lock
COPY . .
RUN python -m hatchling build -t wheel -d /wheels

FROM python:3.11-slim
RUN useradd --system --no-create-home --home-dir /nonexistent vesoc
COPY --from=build /src/.ci/requirements.lock /wheels/
COPY --from=build /wheels/*.whl /wheels/
RUN python -m pip install --no-cache-dir --require-hashes -r /wheels/requirements.lock \
 && python -m pip install --no-cache-dir --no-deps /wheels/*.whl \
 && rm -r /wheels
USER vesoc
ENV VESOC_HOST=0.0.0.0 VESOC_PORT=8000
EXPOSE 8000
HEALTHCHECK --interval=30s --timeout=5s --start-period=20s CMD \
  ["python", "-c", "import os, urllib.request; urllib.request.urlopen(f\"http://127.0.0.1:{os.environ['VESOC_PORT']}/health/ready\")"]
CMD ["vesoc", "serve"]
