# Without gnuplot the message says what to install; all else is there.
tool=$(command -v dcnn)
PATH=/nowhere "$tool" experiment plan.json | tail -1
ls plan plan/plots
