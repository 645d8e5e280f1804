# Runs the built server in sandbox mode, on a free port and with an empty database, until the script ends. Sourced by
# scripts/schemathesis and scripts/clients.
#
#   TRADEIN_BINARY     the server; target/debug/tradein when unset
#   LEPTOS_SITE_ROOT   the built site; target/site when unset

sandbox_folder=
sandbox_server=
base=

# start_sandbox — sets `base`, the server's address without a slash at its end. Neither its limit nor its quota ends a trial.
start_sandbox() {
  sandbox_folder="$(mktemp -d)"
  trap stop_sandbox EXIT
  env -i PATH="$PATH" HOME="$HOME" LEPTOS_SITE_ADDR=127.0.0.1:0 LEPTOS_SITE_ROOT="${LEPTOS_SITE_ROOT:-$PWD/target/site}" \
    TRADEIN_DATABASE_URL="sqlite://$sandbox_folder/tradein.db" TRADEIN_API_LIMIT=0 AHS_DAILY_QUOTA=1000000 \
    "${TRADEIN_BINARY:-target/debug/tradein}" serve >"$sandbox_folder/stdout" 2>"$sandbox_folder/log" &
  sandbox_server=$!
  for _ in $(seq 100); do
    base="$(grep -ohE 'http://127\.0\.0\.1:[0-9]+$' "$sandbox_folder/stdout" "$sandbox_folder/log" | tail -n 1 || true)"
    [ -z "$base" ] || return 0
    kill -0 "$sandbox_server" 2>/dev/null || break
    sleep 0.1
  done
  echo "the server did not start:" >&2
  cat "$sandbox_folder/log" >&2
  return 1
}

stop_sandbox() {
  [ -z "$sandbox_server" ] || kill "$sandbox_server" 2>/dev/null || true
  rm -rf "$sandbox_folder"
}
