dcnn import-solution two-cameras.json nowhere.sol -o p.json
