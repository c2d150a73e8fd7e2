printf 'source,target,quality\na,b,0.5\nb,c,1\nd,e,1\n' | dcnn import-network - --model cnn5 -o mesh-scenario.json && grep -c retransmission mesh-scenario.json
