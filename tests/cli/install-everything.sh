# What `make install` puts where, and a program that finds the library by pkg-config alone.
DESTDIR=$PWD/root meson install -C "$DCNN_BUILD" --no-rebuild --quiet >log 2>&1 || { cat log; exit 1; }
prefix=$(dirname "$(dirname "$(find root -name dcnn -path '*/bin/*')")")
(cd "$prefix" && find bin share/bash-completion -type f ! -name dcnn-mpi) # which is there where MPI is
find root -name 'libdcnn*' | sed 's/.*\///; s/so\.[0-9.]*$/so.VERSION/' | LC_ALL=C sort -u
source=$DCNN_EXAMPLES/..
for header in "$source"/include/dcnn/*.h; do cmp "$header" "$prefix/include/dcnn/${header##*/}"; done
for page in "$source"/docs/man/*.1.scd; do
    name=$(basename "$page" .scd)
    test -s "$prefix/share/man/man1/$name" || echo "no $name"
done

PKG_CONFIG_PATH=$(dirname "$(find root -name dcnn.pc)") PKG_CONFIG_SYSROOT_DIR=$PWD/root
export PKG_CONFIG_PATH PKG_CONFIG_SYSROOT_DIR
cc -Wall -Werror "$DCNN_EXAMPLES/min.c" -o program $(pkg-config --cflags --libs dcnn) || exit 1
LD_LIBRARY_PATH=$(dirname "$(find root -name libdcnn.so)") ./program two-cameras.json >here
min two-cameras.json | cmp - here
