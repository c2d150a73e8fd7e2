/* Unit types: half of the memory for weights, and multiplications per second as a tenth of the clock times the cores.
 */
#include <dcnn/catalog.h>
#include <string.h>

enum { KIB = 1024 };

static const dcnn_unit_type unit_types[] = {
    {"stm32h7", "STM32H7 microcontroller, 400 MHz, 1 MB RAM (the paper's table 3)", 512 * (int64_t)KIB, 40e6},
    {"raspberry-pi-3b+", "Raspberry Pi 3B+, 4 x 1.4 GHz, 1 GB RAM (table 3)", 524288 * (int64_t)KIB, 560e6},
    {"orange-pi-zero", "Orange Pi Zero, 4 x 1.2 GHz, 256 MB RAM (table 3)", 131072 * (int64_t)KIB, 480e6},
    {"beaglebone-ai", "BeagleBone AI, 2 x 1.5 GHz, 1 GB RAM (the paper's text; table 3 says 360 Mop/s)",
     524288 * (int64_t)KIB, 300e6},
    {"raspberry-pi-zero", "Raspberry Pi Zero (in the authors' code only)", 262144 * (int64_t)KIB, 100e6},
    {"odroid", "Odroid (in the authors' code only)", 1048576 * (int64_t)KIB, 307.2e6},
    {"jetson", "Jetson (in the authors' code only)", 4194304 * (int64_t)KIB, 5000e6},
};

const dcnn_unit_type *dcnn_catalog_unit_types(int *count)
{
    *count = sizeof unit_types / sizeof *unit_types;
    return unit_types;
}

const dcnn_unit_type *dcnn_catalog_unit_type(const char *name)
{
    int count;
    const dcnn_unit_type *types = dcnn_catalog_unit_types(&count);

    for (int t = 0; t < count; t++)
        if (strcmp(types[t].name, name) == 0) return &types[t];
    return NULL;
}
