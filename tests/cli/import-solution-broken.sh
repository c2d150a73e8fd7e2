echo 'Infeasible' >x.sol
dcnn import-solution two-cameras.json x.sol -o p.json
