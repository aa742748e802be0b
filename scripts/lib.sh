# shellcheck shell=bash disable=SC2034  # the commands that source this use what it sets
#
# Sourced by the commands beside it: finds the project and makes the machine ready for it.
# What a command then does is its own. Messages go to stderr: stdout belongs to the command.

root=$(dirname "$(dirname "$(readlink -f "${BASH_SOURCE[0]}")")")
python=$root/.venv/bin/python

# The lock file is written by the pinned uv; an older minor version may want to write it differently.
readonly uv_minimum=0.13.0 uv_pinned=0.13.9
readonly exit_needs_administrator=69 # EX_UNAVAILABLE of sysexits.h

# The libraries that the wheels of PySide6 leave to the system; then what X11 and Wayland add.
window_packages="libglib2.0-0 libgl1 libegl1 libxkbcommon0 libfontconfig1 libdbus-1-3
    libxkbcommon-x11-0 libxcb-cursor0 libxcb-icccm4 libxcb-keysyms1 libxcb-shape0
    libwayland-cursor0 libwayland-egl1"
# A display for window tests, tools that read PDFs back, a real keyring on a bus of its own, the library of scanners
# with its device for tests and its driver for network scanners, and a small compiler for libraries that misbehave.
test_packages="xvfb xauth poppler-utils dbus gnome-keyring libsane1 sane-airscan tcc"
# A database server with TLS, which the one from a wheel lacks, a pooler, tools for a network of one's own, a print server
# with a printer that writes files, and a browser; the tests that use them are skipped without.
wanted_packages="postgresql pgbouncer iproute2 cups cups-client cups-filters printer-driver-cups-pdf chromium"

# The system's Python first; uv fetches one only where there is none that pyproject.toml accepts.
export UV_PYTHON_PREFERENCE=${UV_PYTHON_PREFERENCE:-system}
export UV_PROJECT_ENVIRONMENT=$root/.venv
# Registries fail now and then, and lines are slow.
export UV_HTTP_RETRIES=${UV_HTTP_RETRIES:-8} UV_HTTP_TIMEOUT=${UV_HTTP_TIMEOUT:-120}

say() {
    printf '%s\n' "$*" >&2
}

# make_ready NAME "PACKAGE..." [UV SYNC OPTION...]
# Installs the packages and the locked dependencies. A stamp in .venv remembers for NAME that all was
# there, so a later start costs one comparison and needs neither network nor administrator.
make_ready() {
    local stamp=$root/.venv/.ready-$1 packages=$2 wanted
    shift 2
    wanted=$(fingerprint)
    if [[ -x $python && -f $stamp && $(<"$stamp") == "$wanted" ]]; then
        return
    fi
    if ! find_uv && ! python3 -c 'import ensurepip' 2>/dev/null; then
        packages+=" python3-venv"
    fi
    install_packages "$packages"
    find_uv || install_uv
    "$uv" sync --project "$root" --locked "$@" >&2
    printf '%s\n' "$wanted" >"$stamp"
}

# Changes with the dependencies and with the lists of packages above.
fingerprint() {
    cat "$root/uv.lock" "$root/pyproject.toml" "$root/scripts/lib.sh" | sha256sum
}

# Sets $uv to one that is new enough, or fails.
find_uv() {
    local version
    for uv in uv "$root/.tools/uv/bin/uv"; do
        if version=$("$uv" --version 2>/dev/null) && is_new_enough "$version"; then
            return
        fi
    done
    return 1
}

# is_new_enough "uv 1.2.3 (...)"
is_new_enough() {
    local number
    read -r _ number _ <<<"$1"
    printf '%s\n' "$uv_minimum" "$number" | sort --version-sort --check=quiet
}

install_uv() {
    say "Installing uv $uv_pinned into .tools"
    python3 -m venv --clear "$root/.tools/uv" &&
        # Not the pip script: it does not start from a path with spaces.
        "$root/.tools/uv/bin/python" -m pip install --quiet --disable-pip-version-check \
            --retries 8 --timeout 60 "uv==$uv_pinned" >&2 &&
        find_uv
}

# install_packages "PACKAGE..."
# Installs what is missing of these, or ends with the line that an administrator has to run.
install_packages() {
    local missing
    if [[ $OSTYPE != linux* ]]; then
        return
    fi
    if ! command -v dpkg-query >/dev/null; then
        say "This is not Debian. If a library is missing, these are Debian's names of all that are needed: $1"
        return
    fi
    missing=$(missing_packages "$1")
    if [[ -z $missing ]]; then
        return
    fi
    if [[ $(id -u) == 0 ]]; then
        apt_install "$missing"
    elif sudo -n true 2>/dev/null; then
        apt_install "$missing" sudo -n
    else
        ask_administrator "$missing"
    fi
}

# want_packages "PACKAGE..."
# Installs what is missing of these where that needs nobody, and goes on without where it does not. A stamp in .venv
# remembers that all was there; what could not be had is asked for again the next day, and when the list has changed.
want_packages() {
    local missing stamp=$root/.venv/.wanted today
    today="$1 $(date +%F)"
    if [[ $OSTYPE != linux* ]] || ! command -v dpkg-query >/dev/null; then
        return
    fi
    if [[ -f $stamp && ($(<"$stamp") == "$1" || $(<"$stamp") == "$today") ]]; then
        return
    fi
    missing=$(missing_packages "$1")
    if [[ -n $missing && $(id -u) == 0 ]]; then
        apt_install "$missing" || true
    elif [[ -n $missing ]] && sudo -n true 2>/dev/null; then
        apt_install "$missing" sudo -n || true
    fi
    missing=$(missing_packages "$1")
    if [[ -z $missing ]]; then
        printf '%s\n' "$1" >"$stamp"
        return
    fi
    say "Going on without $missing; tests that need it are skipped."
    printf '%s\n' "$today" >"$stamp"
}

# missing_packages "PACKAGE..."
# A newer Debian may have the library under a new name that provides the old one.
missing_packages() {
    local installed package missing=()
    installed=$(dpkg-query -W -f '${db:Status-Status} ${Package}, ${Provides}, \n' | sed -n 's/^installed//p')
    for package in $1; do
        if [[ ! $installed =~ " $package"(" ("[^\)]*\))?, ]]; then
            missing+=("$package")
        fi
    done
    printf '%s' "${missing[*]}"
}

# apt_install "PACKAGE..." [PREFIX...]
apt_install() {
    local packages=$1
    shift
    local apt_get=("$@" env DEBIAN_FRONTEND=noninteractive apt-get -qq -o Acquire::Retries=5 -o DPkg::Lock::Timeout=600)
    say "Installing $packages"
    # A source that has nothing to do with us may be down; what we need fails by itself if it is not there.
    "${apt_get[@]}" update >&2 || say "Some package lists could not be refreshed; going on."
    # shellcheck disable=SC2086  # a list of names
    "${apt_get[@]}" install --yes --no-install-recommends $packages >/dev/null
}

# ask_administrator "PACKAGE..."
ask_administrator() {
    local line="apt-get update && apt-get install --yes --no-install-recommends $1"
    say "System packages are missing and only an administrator can install them. Run this line, then start again:"
    if command -v sudo >/dev/null; then
        say "    sudo sh -c '$line'"
    else
        say "    su - -c '$line'" # the dash: only a log-in has the directories that dpkg needs in PATH
    fi
    exit "$exit_needs_administrator"
}
