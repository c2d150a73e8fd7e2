#!/bin/sh
# demo.sh DCNN DIRECTORY - three AlexNets on fifty IoT units: drawn at random, placed, proven, checked, pictured.
set -eu
dcnn=$1 out=$2
mkdir -p "$out"

show() { # the command as one would type it, then what it says
    printf '\n$ dcnn %s\n' "$*"
    "$dcnn" "$@"
}

cat <<'TEXT'
Fifty IoT units (Orange Pi Zero, BeagleBone AI, Raspberry Pi 3B+) lie scattered over 30 m x 30 m and hear each other
within 7.5 m. Three cameras each run an AlexNet, split over the units: one layer a unit. Which unit runs which layer?
TEXT
show generate --units 50 --cnns 3 --model alexnet --seed 1 -o "$out/three-alexnets.json"
show place "$out/three-alexnets.json" -o "$out/three-alexnets.placement.json"
show check "$out/three-alexnets.json" "$out/three-alexnets.placement.json"
show draw "$out/three-alexnets.json" "$out/three-alexnets.placement.json" -o "$out/three-alexnets.svg"
show draw "$out/three-alexnets.json" "$out/three-alexnets.placement.json" -o "$out/three-alexnets.png"

try() { printf '  %-62s %s\n' "$1" "$2"; }
printf '\nThe map is %s/three-alexnets.svg and .png. What to try next:\n\n' "$out"
try "$dcnn place --progress examples/mixed.json" 'an early exit, two ResNet-101'
try "$dcnn generate --units 100 --cnns 5 -o city.json" 'a system of your own'
try "$dcnn catalog" 'units and CNNs it knows'
try "$dcnn place --help" 'limits, gaps, threads, JSON'
try 'make check' 'all tests'
try 'sudo make install' 'then: man dcnn'
