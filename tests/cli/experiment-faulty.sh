sed -e 's/"cnn5"\]/"cnn55"]/' -e 's/"units": 20/"unit": 20/' -e 's/stm32h7/stm32/' plan.json >faulty.json
dcnn experiment faulty.json
