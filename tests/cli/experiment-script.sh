# The authors' options, with underscores as they type them.
dcnn experiment --no-plots --num_exps 2 --output_dir out --N 20 --xm 8 --cnn_name 7layer --mix raspberry-pi-3b+=3 --mix stm32h7=1 \
    >/dev/null
ls out out/results | sort | head -20
