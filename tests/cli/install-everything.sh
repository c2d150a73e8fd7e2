# What `make install` puts where, and a program that finds the library by pkg-config alone.
DESTDIR=$PWD/root meson install -C "$DCNN_BUILD" --no-rebuild --quiet >log 2>&1 || { cat log; exit 1; }
prefix=$(dirname "$(dirname "$(find root -name dcnn -path '*/bin/*')")")
(cd "$prefix" && find bin include share -type f -o -type l | LC_ALL=C sort)
find root -name 'libdcnn*' | sed 's/.*\///; s/so\.[0-9.]*$/so.VERSION/' | LC_ALL=C sort -u

PKG_CONFIG_PATH=$(dirname "$(find root -name dcnn.pc)") PKG_CONFIG_SYSROOT_DIR=$PWD/root
export PKG_CONFIG_PATH PKG_CONFIG_SYSROOT_DIR
cc -Wall -Werror "$DCNN_EXAMPLES/min.c" -o program $(pkg-config --cflags --libs dcnn) || exit 1
LD_LIBRARY_PATH=$(dirname "$(find root -name libdcnn.so)") ./program two-cameras.json >here
min two-cameras.json | cmp - here
