# Among so many units the last of an unfinished bound has no certificate: place then states what its regions prove, and
# that can be followed.
dcnn generate --units 1300 --cnns 12 --model alexnet --model alexnet-ee --model resnet-18 --area 107.18 -o many.json >/dev/null
bound() { sed -n 's/^bound *\([0-9.]*\) ms.*/\1/p'; }
searched=$(dcnn place many.json --gap 0.0003 -o p.json | bound)
certified=$(dcnn place many.json --gap 0.0003 --certificate proof.json -o p.json | bound)
awk -v a="$certified" -v b="$searched" 'BEGIN { print a < b ? "certified below what was searched" : "the same" }'
dcnn check many.json p.json --certificate proof.json | sed "s/$certified/(what place says)/"
