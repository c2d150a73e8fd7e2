#!/bin/sh
# install_packages.sh PURPOSE... - installs the Debian packages that are missing for the given purposes:
# make, build, demo, check, fuzz, scale, paper, peers, instances. Says what it installs; does nothing when all is there.
set -eu

packages_for() {
    case $1 in
    make) echo make ;;
    build) echo gcc libc6-dev meson ninja-build pkgconf libexpat1-dev coinor-libclp-dev zlib1g-dev scdoc ;;
    demo) echo librsvg2-bin fonts-liberation ;;
    check) echo clang clang-format libclang-rt-14-dev libcmocka-dev libxml2-utils librsvg2-bin chromium fonts-liberation valgrind libopenmpi-dev openmpi-bin gnuplot-nox ;;
    peers) echo toulbar2 coinor-cbc glpk-utils $(command -v npm >/dev/null || echo nodejs npm) ;;
    instances) echo xz-utils ;;
    scale) echo bsdextrautils gnuplot-nox time ;;
    paper) echo gnuplot-nox ;;
    fuzz) echo clang libclang-rt-14-dev ;;
    *) echo "install_packages.sh: unknown purpose: $1" >&2; exit 2 ;;
    esac
}

wanted=
for purpose in "$@"; do
    list=$(packages_for "$purpose")
    wanted="$wanted $list"
done

if ! command -v dpkg-query >/dev/null || ! command -v apt-get >/dev/null; then
    echo "This is not a Debian system; what is needed is known there as:$wanted" >&2
    exit 0
fi

missing=
for package in $wanted; do
    state=$(dpkg-query -W -f '${db:Status-Status}' "$package" 2>/dev/null || true)
    case " $missing " in *" $package "*) continue ;; esac
    [ "$state" = installed ] || missing="$missing $package"
done
[ -n "$missing" ] || exit 0

as_root=
if [ "$(id -u)" -ne 0 ]; then
    if ! command -v sudo >/dev/null; then
        echo "Missing packages; as root: apt-get update && apt-get install$missing" >&2
        exit 1
    fi
    as_root=sudo
fi
echo "Installing from Debian, which may take some minutes:$missing"
$as_root apt-get update -qq
# shellcheck disable=SC2086 # a list of words
$as_root env DEBIAN_FRONTEND=noninteractive DEBCONF_NOWARNINGS=yes apt-get install -qq --no-install-recommends $missing >/dev/null
