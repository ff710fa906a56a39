# The command line with everything in it, for people: docker compose run --rm warraq source add https://example.com/
# The services have images of their own, in services/; each holds no more than it needs.
ARG PYTHON_IMAGE=python:3.11-slim

FROM ${PYTHON_IMAGE} AS build
WORKDIR /src
RUN python -m venv --without-pip /opt/warraq
# What it depends on, in a layer of its own: a change of code or words builds again in seconds.
COPY pyproject.toml ./
COPY shared/warraq_shared/__init__.py shared/warraq_shared/
RUN touch README.md LICENSE && python -m pip --python /opt/warraq/bin/python install --no-cache-dir --disable-pip-version-check ".[fetcher,parser,store,web]"
COPY README.md LICENSE ./
COPY shared/ shared/
COPY services/ services/
RUN python -m pip --python /opt/warraq/bin/python install --no-cache-dir --disable-pip-version-check --no-deps --force-reinstall .

FROM ${PYTHON_IMAGE}
RUN useradd --uid 10001 --no-create-home --shell /usr/sbin/nologin warraq && install -d -o warraq -g warraq /data
COPY --from=build /opt/warraq /opt/warraq
ENV PATH=/opt/warraq/bin:$PATH PYTHONUNBUFFERED=1 PYTHONDONTWRITEBYTECODE=1 HOME=/tmp WARRAQ_DATA_DIR=/data
USER 10001:10001
ENTRYPOINT ["warraq"]
CMD ["--help"]
