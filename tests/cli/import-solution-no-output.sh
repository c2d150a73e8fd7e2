dcnn import-solution two-cameras.json x.sol
