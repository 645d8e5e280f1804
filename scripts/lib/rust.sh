# A Rust toolchain that can build for the browser. Sourced by scripts/bootstrap.
#
# rustup is tried first. If it can download nothing, Debian's packages have the compiler and its sources,
# from which the standard library for wasm is built once.

rust_ready() { tradein_rust_ready; }

install_rust() {
  unset RUSTUP_TOOLCHAIN
  if ! command -v rustup >/dev/null && ! command -v rustc >/dev/null; then fetch_rustup || true; fi
  if command -v rustup >/dev/null && rustup_rust; then return; fi
  if ! command -v apt-get >/dev/null; then
    echo "Install Rust $RUST_MINIMUM or later with the target wasm32-unknown-unknown (https://rustup.rs)."
    return 1
  fi
  debian_rust
}

# As rust-lang.org says. Without the internet it fails after a short time.
fetch_rustup() {
  local script
  script="$(mktemp)"
  curl --proto '=https' --tlsv1.2 --connect-timeout 10 -sSf https://sh.rustup.rs -o "$script" &&
    sh "$script" -y --profile minimal --no-modify-path --default-toolchain stable
  rm -f "$script"
  PATH="$HOME/.cargo/bin:$PATH"
}

rustup_rust() {
  rustup target add wasm32-unknown-unknown && tradein_rust_ready && return
  timeout 300 rustup toolchain install stable --profile minimal --component clippy --component rustfmt \
    --target wasm32-unknown-unknown && tradein_rust_ready
}

debian_rust() {
  # lld-22 holds the rust-lld that links for wasm.
  apt_install rustc-web cargo-web rust-web-src rust-web-clippy rustfmt-web lld-22
  if command -v rustup >/dev/null; then
    rustup toolchain link debian /usr
    export RUSTUP_TOOLCHAIN=debian
  fi
  tradein_rust_ready || build_wasm_std
}

# Builds the standard library for wasm, as a dependency of an empty crate, and puts it where rustc looks for
# it. After that a plain `cargo build --target …` finds it.
build_wasm_std() {
  local work home place
  work="$(mktemp -d)"
  home="$(rustc --print sysroot)/lib/rustlib/wasm32-unknown-unknown"
  # shellcheck disable=SC2064 # expand it now
  trap "rm -rf '$work'" EXIT
  mkdir -p "$work/src"
  printf '[package]\nname = "empty"\nversion = "0.0.0"\nedition = "2024"\n[lib]\n[profile.release]\npanic = "abort"\nopt-level = "s"\n' >"$work/Cargo.toml"
  : >"$work/src/lib.rs"
  (cd "$work" && RUSTC_BOOTSTRAP=1 CARGO_TARGET_DIR="$work/target" \
    cargo build --release --target wasm32-unknown-unknown -Zbuild-std=std,panic_abort)
  rm -f "$work"/target/wasm32-unknown-unknown/release/deps/libempty*
  place="$home.fresh"
  as_root rm -rf "$place"
  as_root mkdir -p "$place/lib"
  as_root cp "$work"/target/wasm32-unknown-unknown/release/deps/*.rlib "$place/lib/"
  as_root rm -rf "$home"
  as_root mv "$place" "$home"
}
