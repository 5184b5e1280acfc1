# What the scripts share; sourced, not run. Leaves the working folder at the root of the checkout.

root=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)
cd "$root"

say() { printf '%s\n' "$*" >&2; }

die() {
  say "error: $*"
  exit 2
}

# Puts Swift into PATH from where installers put it, or says that there is none.
find_swift() {
  local folder
  if ! command -v swift >/dev/null; then
    for folder in /opt/swift/usr/bin /opt/swift*/usr/bin /usr/local/swift*/usr/bin \
      /usr/share/swift/usr/bin "$HOME"/.local/share/swiftly/bin "$HOME"/.swiftly/bin \
      "$HOME"/swift*/usr/bin; do
      if [ -x "$folder/swift" ]; then
        PATH="$folder:$PATH"
        export PATH
        break
      fi
    done
  fi
  command -v swift >/dev/null || die "Swift is not in PATH nor where installers put it;" \
    "install Swift 6.2 or newer (https://www.swift.org/install/linux) and run this again"
}

installed() {
  dpkg-query -W -f='${db:Status-Status}\n' "$1" 2>/dev/null | grep -qx installed
}

# Installs the Debian packages that are missing; does and says nothing where all are there. Arguments
# are programs that a script needs beside, each in the package of its name.
install_packages() {
  local package program log missing=() as_root=()
  if ! command -v dpkg-query >/dev/null; then
    pkg-config --exists icu-uc icu-i18n libzstd libxxhash 2>/dev/null || die "this is no Debian;" \
      "install ICU, zstd, xxHash and libstemmer with their headers, and pkg-config, and run this again"
    return
  fi
  for package in libicu-dev libzstd-dev libxxhash-dev libstemmer-dev; do
    installed "$package" || missing+=("$package")
  done
  command -v pkg-config >/dev/null || missing+=(pkg-config)
  for program in git "$@"; do
    command -v "$program" >/dev/null || missing+=("$program")
  done
  # The C++ library's headers, whatever the version of the compiler that they belong to.
  installed 'libstdc++-*-dev' || missing+=(g++)
  [ ${#missing[@]} -gt 0 ] || return 0

  if [ "$(id -u)" -ne 0 ]; then
    command -v sudo >/dev/null || die "missing packages: ${missing[*]}; there is no sudo, so run" \
      "as root: apt-get update && apt-get install ${missing[*]}"
    as_root=(sudo)
    if ! sudo -n true 2>/dev/null && ! [ -t 0 ]; then
      die "missing packages: ${missing[*]}; sudo asks for a password and there is no terminal," \
        "so run: sudo apt-get update && sudo apt-get install ${missing[*]}"
    fi
  fi
  say "installing ${missing[*]}"
  as_root+=(env DEBIAN_FRONTEND=noninteractive)
  "${as_root[@]}" apt-get -qq update >&2 ||
    say "warning: apt-get update failed; going on with the package lists that are there"
  # Its many lines are worth reading only where it fails.
  if ! log=$("${as_root[@]}" apt-get -y install --no-install-recommends "${missing[@]}" 2>&1); then
    say "$log"
    die "apt-get could not install ${missing[*]}; what it says stands above"
  fi
}

set_up() {
  install_packages "$@"
  find_swift
}

# Builds the command for use; afterwards $suoyin is its path.
build_release() {
  local flags=(-c release --static-swift-stdlib --product suoyin)
  swift build "${flags[@]}" >&2
  # shellcheck disable=SC2034
  suoyin=$(swift build "${flags[@]}" --show-bin-path)/suoyin
}
