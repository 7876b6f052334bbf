#!/bin/sh
# Installs what is missing, and only that: Tesseract with its Vietnamese and orientation models, the system libraries
# OpenCV needs, a virtual environment, the pinned and hashed Python packages, and sohoa itself.
#   scripts/install.sh run    what `make run` needs
#   scripts/install.sh test   that, and the tools and fonts of the test suite
# Through apt where it can (root, or sudo without a password); otherwise it prints the exact command and stops.
set -eu
cd "$(dirname "$0")/.."
purpose=${1:-run}
case "$purpose" in
  run) requirements=requirements/run.txt ;;
  test) requirements=requirements/dev.txt ;;
  *) echo "usage: scripts/install.sh run|test" >&2; exit 2 ;;
esac

say() { printf '%s\n' "sohoa: $*" >&2; }

python=""
for candidate in "${PYTHON:-python3}" python3.13 python3.12 python3.11; do
  if "$candidate" -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null; then python=$candidate; break; fi
done

missing=""
need() { missing="$missing $1"; }
languages=$(tesseract --list-langs 2>/dev/null || true)
has_language() { printf '%s\n' "$languages" | grep -qx "$1"; }
has_library() { { ldconfig -p 2>/dev/null || /sbin/ldconfig -p 2>/dev/null; } | grep -q "$1"; }

command -v tesseract >/dev/null 2>&1 || need tesseract-ocr
has_language vie || need tesseract-ocr-vie
has_language osd || need tesseract-ocr-osd
if [ "$(uname -s)" = Linux ]; then
  has_library 'libGL\.so\.1' || need libgl1
  # glib carries the same library in a package renamed by the 64-bit time change of Ubuntu 24.04 and Debian 13
  if ! has_library 'libglib-2\.0\.so\.0'; then
    if apt-cache show libglib2.0-0t64 >/dev/null 2>&1; then need libglib2.0-0t64; else need libglib2.0-0; fi
  fi
fi
if [ -z "$python" ]; then need python3; need python3-venv
elif ! "$python" -c 'import ensurepip, venv' 2>/dev/null; then need python3-venv
fi
if [ "$purpose" = test ]; then
  has_language eng || need tesseract-ocr-eng
  # Tinos: the Times metrics of official papers, with Vietnamese letters (fonts-liberation lacks them)
  [ -n "$(find /usr/share/fonts /usr/local/share/fonts "$HOME/.fonts" "$HOME/.local/share/fonts" /Library/Fonts \
      -iname 'tinos*' 2>/dev/null | head -n 1)" ] || need fonts-croscore
  command -v pdftotext >/dev/null 2>&1 || need poppler-utils
fi

if [ -n "$missing" ]; then
  if command -v apt-get >/dev/null 2>&1; then
    if [ "$(id -u)" = 0 ]; then as_root=""
    elif command -v sudo >/dev/null 2>&1 && sudo -n true 2>/dev/null; then as_root="sudo"
    else
      say "missing:$missing. Type this, then run the same make command again:"
      say "    sudo apt-get update && sudo apt-get install -y$missing"
      exit 3
    fi
    say "installing$missing"
    $as_root apt-get update -qq
    # shellcheck disable=SC2086  # a list of package names on purpose
    $as_root env DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends $missing >&2
  else
    say "missing:$missing (names of Debian packages). README.md tells how to install them on Windows and macOS."
    say "    macOS: brew install tesseract tesseract-lang"
    exit 3
  fi
  if [ -z "$python" ]; then python=python3; fi
  "$python" -c 'import sys; sys.exit(sys.version_info < (3, 11))' || { say "Python 3.11 or newer is needed."; exit 3; }
fi

# A stamp with the lock file's hash makes the second run do nothing; the test set holds all that the run set does.
[ -x .venv/bin/python ] || "$python" -m venv .venv
stamp=.venv/sohoa-$purpose
wanted=$(cat "$requirements" pyproject.toml | cksum)
if [ "$(cat "$stamp" 2>/dev/null || true)" != "$wanted" ]; then
  say "installing the Python packages of $requirements"
  .venv/bin/python -m pip install --quiet --disable-pip-version-check --require-hashes -r "$requirements"
  .venv/bin/python -m pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation -e .
  printf '%s\n' "$wanted" > "$stamp"
fi
