# A setting that cannot be carried out, or a system that does not connect, is told before anything is run.
cat >late.json <<'JSON'
{"dcnn": "experiment", "version": 1, "systems": [{"name": "small", "units": 20, "area_m": "16 m", "draws": 1000000}],
 "settings": [{"name": "good", "models": ["alexnet"]}, {"name": "late", "models": ["cnn5"], "exit_probability": 0.5}]}
JSON
dcnn experiment late.json
echo $?
sed 's/"16 m"/"100 m"/' late.json >sparse.json
dcnn experiment sparse.json
echo $?
sed -e 's/"draws": 1000000/"draws": 1000000, "mix": [{"type": "jetson", "share": 0}]/' \
    -e 's/"models": \["alexnet"\]/"models": ["alexnet"], "layers_per_unit_first": 0, "layers_per_unit_last": 1000/' late.json >much.json
dcnn experiment much.json
echo $?
sed -e 's/, "mix.*}\]}\]/}]/' much.json >more.json
dcnn experiment more.json
echo $?
ls late sparse
