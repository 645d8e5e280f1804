# Runs the steps of the bootstrap: prints what, why and how long, writes a log, and on failure names the
# step and prints the end of its log. Sourced by scripts/bootstrap.

logs=target/bootstrap
missing=0
did=0

as_root() { if [ "$(id -u)" = 0 ]; then "$@"; else sudo "$@"; fi; }

apt_install() {
  export DEBIAN_FRONTEND=noninteractive
  as_root apt-get update && as_root apt-get install -y --no-install-recommends "$@"
}

npm_install() { npm install --prefix "$1" --no-audit --no-fund --no-save "$2"; }

# step NAME TITLE WHY DURATION COMMAND… — runs the command unless NAME_ready says it is done.
step() {
  local name="$1" title="$2" why="$3" duration="$4" log="$logs/$1.log"
  shift 4
  if "${name}_ready"; then return; fi
  if [ "$mode" = --check ]; then
    echo "missing: $title ($why)"
    missing=1
    return
  fi
  did=1
  mkdir -p "$logs"
  echo "→ $title: $why; takes about $duration"
  local start=$SECONDS
  # A function that is called in a condition runs without `set -e`, so this uses a subshell.
  (set -e; "$@") >"$log" 2>&1 </dev/null & wait $! || fail "$title" "$log"
  "${name}_ready" || fail "$title" "$log"
  echo "  done in $((SECONDS - start)) s"
}

# tool NAME FOLDER TITLE WHY DURATION — a step that fills FOLDER with install_NAME.
tool() {
  local name="$1" folder="$2"
  shift 2
  step "$name" "$@" into_place "$folder" "install_$name"
}

into_place() {
  local folder="$1" install="$2" fresh
  mkdir -p "$(dirname "$folder")"
  fresh="$(mktemp -d "$folder.XXXXXX")"
  # shellcheck disable=SC2064 # expand it now
  trap "rm -rf '$fresh'" EXIT
  "$install" "$fresh"
  rm -rf "$fresh/target" "$folder"
  chmod 755 "$fresh"
  mv "$fresh" "$folder"
}

fail() {
  {
    echo "✗ $1 failed. The end of $2:"
    tail -n 15 "$2" | sed 's/^/    /'
    echo "  Fix what it says and run scripts/bootstrap again: it continues with this step."
  } >&2
  exit 1
}

finish() {
  if [ "$mode" = --check ]; then exit "$missing"; fi
  [ "$did" = 0 ] || echo "Everything is in place."
}
