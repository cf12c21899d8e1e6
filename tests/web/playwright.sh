#!/bin/sh
# Put playwright-core, which drives the browser, below $BUILD/web/node_modules: by npm, and no other bytes than these.
set -eu
version=1.61.0
digest=b5ab14f09f3aaacdedbc2cb1431b0552cec8995fba35d841779a4ed535ce0200
folder=${BUILD:-build}/web
package=playwright-core-$version.tgz

mkdir -p "$folder"
cd "$folder"
is_it() { echo "$digest  $package" | sha256sum --check --status 2>/dev/null; }

is_it || npm pack --silent "playwright-core@$version" >/dev/null
is_it || { echo "$package is not the package it was: SHA-256 $(sha256sum <"$package" | cut -d ' ' -f 1), expected $digest" >&2; exit 1; }
if [ ! -e "node_modules/$package" ]; then
    rm -rf node_modules
    mkdir -p node_modules/playwright-core
    tar -xzf "$package" -C node_modules/playwright-core --strip-components 1
    : >"node_modules/$package"
fi
echo "node $(node --version), $(chromium --version 2>/dev/null | sed 's/ *$//'), playwright-core $version"
