# What is no JSON: the first fault, with its line and column.
. ./refuse.sh
refuse '$d' '3,$d' '1s/{/[/' 's/"version": 1,/"version": 1/' 's/"version": 1,/"version" 1,/' 's/"version"/version/' \
    's/"sound"/'\''sound'\''/' 's/"sound"/"sound/' 's/"sum"/"sum",/' '$s/$/ {}/' 's/"weight": 2/"weight": 2 \/\/ two/' \
    's/"weight": 2/"weight": 02/' 's/"weight": 2/"weight": .5/' 's/"weight": 2/"weight": 2./' 's/"weight": 2/"weight": +2/' \
    's/"weight": 2/"weight": 0x2/' 's/"weight": 2/"weight": NaN/' 's/"weight": 2/"weight": Infinity/' \
    's/"weight": 2/"weight": 1e999/' 's/"weight": 2/"weight": tru/' 's/"weight": 2/"weight": 2, "weight": 3/' \
    's/"p": \[1, 1\]/"p": [1, 1,]/' 's/"sound"/"\\x"/' 's/"sound"/"\\u12g4"/' 's/"sound"/"\\u0000"/' 's/"sound"/"\\ud800"/' \
    's/"sound"/"a\tb"/' \
    "s/\"weight\": 2/\"weight\": $(printf '1%0200d' 0)/"
