# A certificate is written and convinces the checker; with a figure changed it does not, and a torn one is refused.
dcnn place two-cameras.json -o p.json --certificate proof.json >/dev/null
echo $?
dcnn check two-cameras.json p.json --certificate proof.json
echo $?
sed 's/"bound_ns": 26602886/"bound_ns": 26602887/; s/"below_ns": 26602886/"below_ns": 26602887/' proof.json >more.json
dcnn check two-cameras.json p.json --certificate more.json
echo $?
head -c 300 proof.json >torn.json
dcnn check two-cameras.json p.json --certificate torn.json
echo $?
dcnn place two-cameras.json -o p.json --certificate no/such/folder/proof.json >/dev/null
echo $?
