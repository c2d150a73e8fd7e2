# scale.gp - time to a gap of 1 % on log axes, with the fitted exponent. Needs csv (from scale.sh) and dir.
set datafile separator ","
set terminal svg size 640,420 font "sans-serif,12"
set logscale xy
set key left top
set grid
set ylabel "search time to a gap of 1 % (s)"
set fit quiet logfile "/dev/null"
set print dir."/exponents.txt"
line(x) = a + b * x

fit line(x) csv using (strcol(1) eq "units" ? log($2) : NaN):(log($9)) via a, b
print sprintf("time ~ units^%.2f at 10 CNNs", b)
set output dir."/units.svg"
set xlabel "units (10 CNNs)"
plot csv using (strcol(1) eq "units" ? $2 : NaN):9 with points pointtype 7 title "measured", \
     exp(a) * x ** b title sprintf("units^{%.2f}", b)

# Ten CNNs come within 1 % in a few hundredths of a second, or do not, by luck: the line drawn is that of the larger sizes.
fit line(x) csv using (strcol(1) eq "cnns" ? log($3) : NaN):(log($9)) via a, b
print sprintf("time ~ CNNs^%.2f at 100 units a CNN, over all sizes", b)
fit line(x) csv using (strcol(1) eq "cnns" && $3 > 10 ? log($3) : NaN):(log($9)) via a, b
print sprintf("time ~ CNNs^%.2f at 100 units a CNN, from 32 CNNs on", b)
set output dir."/cnns.svg"
set xlabel "CNNs (100 units each)"
plot csv using (strcol(1) eq "cnns" ? $3 : NaN):9 with points pointtype 7 title "measured", \
     exp(a) * x ** b title sprintf("CNNs^{%.2f} from 32 on", b)
