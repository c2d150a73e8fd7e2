try() { dcnn generate "$@" -o x.json; echo "exit $?"; }
try --model alexnett
try --mix raspbery=1
try --mix stm32h7
try --mix stm32h7=-1
try --mix =1
try --rate '3 apples'
try --units 0
ls x.json 2>/dev/null
exit 0
