# Each wrong value has a message of its own and exit 2.
try() { dcnn place two-cameras.json "$@"; echo "exit $?"; }
try --gap 1.5
try --gap nan
try --gap 0.1x
try --time-limit -1
try --time-limit "5 parsecs"
try --threads 0
try --threads 2.5
try --threads 99999999999999999999
try --seed -1
try --seed ""
try --seed
try -o
try --json=yes
