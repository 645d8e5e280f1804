# The server and the site's files, built by the project's own scripts. compose.yaml runs three of it.
FROM debian:bookworm AS build
WORKDIR /src
# The tools first: they change more seldom than the code.
COPY Cargo.lock rustfmt.toml ./
COPY scripts scripts
RUN scripts/bootstrap --build-only
COPY . .
RUN scripts/build

FROM debian:bookworm-slim
RUN apt-get update && apt-get install -y --no-install-recommends ca-certificates curl && rm -rf /var/lib/apt/lists/* \
  && useradd --system --uid 10001 tradein && install -d -o tradein /keys /data
COPY --from=build /src/target/release/tradein /opt/tradein/tradein
COPY --from=build /src/target/site /opt/tradein/site
USER tradein
# One instance alone keeps its records in /data: mount a volume there.
WORKDIR /
ENV PATH=/opt/tradein:$PATH LEPTOS_SITE_ADDR=0.0.0.0:3000
EXPOSE 3000
ENTRYPOINT ["tradein"]
CMD ["serve"]
