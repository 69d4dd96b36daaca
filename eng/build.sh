# What ./run and ./test share. Sourced by bash with $root set.

# need PROGRAM WHAT-IT-IS WHERE-FROM
need() {
    command -v "$1" >/dev/null 2>&1 && return
    echo "$2 is missing: there is no '$1' on PATH. $3" >&2
    return 1
}

need_dotnet() {
    need dotnet "The .NET SDK" "Install version 10, for example from your system's packages (dotnet-sdk-10.0)." || return 1
    (cd "$root" && dotnet --version >/dev/null 2>&1) && return
    echo "The .NET SDK here is too old; version 10 is needed. Installed:" >&2
    (cd / && dotnet --list-sdks) >&2
    return 1
}

need_node() {
    need node "Node.js" "Install version 20 or later, with npm." || return 1
    need npm "npm" "It comes with Node.js 20 or later." || return 1
    [ "$(node -p 'parseInt(process.versions.node)')" -ge 20 ] && return
    echo "Node.js $(node --version) is too old; version 20 or later is needed." >&2
    return 1
}

# One number for the content and names of files and folders.
fingerprint() {
    find "$@" -type f -print0 | LC_ALL=C sort -z | xargs -0 cksum | cksum
}

# npm_packages FOLDER: npm ci, unless the lock file is the one that was installed.
npm_packages() {
    local stamp="$1/node_modules/.installed" now
    now=$(fingerprint "$1/package.json" "$1/package-lock.json")
    [ "$(cat "$stamp" 2>/dev/null)" = "$now" ] && return
    echo "Installing the packages of ${1#"$root/"}"
    (cd "$1" && npm ci --no-audit --no-fund --loglevel=error >/dev/null) || return 1
    echo "$now" >"$stamp"
}

# Builds the web client into web/dist, unless its sources are those of the last build. Wants npm_packages first.
web_client() {
    local web="$root/web" now
    local stamp="$web/node_modules/.built"
    # Every file but what installing, building and testing leave behind.
    now=$(cd "$web" && find . \( -name node_modules -o -name dist -o -name test \) -prune -o -type f -print0 | LC_ALL=C sort -z | xargs -0 cksum | cksum)
    [ -f "$web/dist/index.html" ] && [ "$(cat "$stamp" 2>/dev/null)" = "$now" ] && return
    echo "Building the web client"
    (cd "$web" && npm run build --silent -- --logLevel warn) || return 1
    echo "$now" >"$stamp"
}
