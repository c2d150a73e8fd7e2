#!/bin/sh
# check_includes.sh [ROOT] - includes point down the layers only. Prints every one that does not; exit 1 if any.
#
# A folder may include its own headers and those of the folders named after it below. Public headers count as part of the
# folder that implements them; dcnn.h and the command line are for everybody's public headers and nobody's private ones.
set -eu
cd "${1:-.}"

find src include/dcnn examples bench experiments -name '*.[ch]' | LC_ALL=C sort | xargs awk '
BEGIN {
    allow("base", "")
    allow("text", "base")
    allow("model", "base text")
    allow("catalog", "base text model")
    allow("import", "base text model")
    allow("scenario", "base text model catalog import")
    allow("network", "base model")
    allow("placement", "base text model scenario network")
    allow("certificate", "base text model placement")
    allow("instance", "base model network")
    allow("lp", "base")
    allow("solve", "base model network placement certificate instance lp")
    allow("reasons", "base model catalog network placement instance solve")
    allow("export", "base model network placement instance")
    allow("check", "base model placement certificate")
    allow("generate", "base model catalog network")
    allow("netimport", "base text model catalog import scenario network generate")
    allow("markup", "base text")
    allow("draw", "base text model network placement markup")
    allow("report", "base text model network placement markup draw")
    allow("experiment", "base text model catalog scenario network placement instance solve check generate markup report draw")
    allow("experiments", "base model network generate experiment")
    allow("results", "base text model generate markup draw report experiment")
    # Public headers that are not named after the folder whose types they declare.
    folder_of["status.h"] = folder_of["file.h"] = "base"
    folder_of["quantity.h"] = "text"
    folder_of["scenario.h"] = "model"
    folder_of["notebook.h"] = "experiment"
    public_only["cli"] = public_only["mpi"] = public_only["bench"] = public_only["examples"] = 1
}
function allow(folder, below,    names, count, k) {
    known[folder] = may[folder, folder] = 1
    count = split(below, names, " ")
    for (k = 1; k <= count; k++) may[folder, names[k]] = 1
}
function header_folder(header) {
    return header in folder_of ? folder_of[header] : substr(header, 1, length(header) - 2)
}
function refuse(why) {
    printf "%s:%d: %s: %s\n", FILENAME, FNR, why, $0
    faults++
}
FNR == 1 {
    parts = split(FILENAME, part, "/")
    is_public = part[1] == "include"
    here = part[1] ~ /^(examples|bench|experiments)$/ ? part[1] : is_public ? header_folder(part[parts]) : part[2]
    if (!(here in known) && !(here in public_only) && here != "dcnn") refuse("folder is not in tools/check_includes.sh")
}
match($0, /^#[ ]*include[ ]*<dcnn\/[^>]*>/) {
    target = $0
    sub(/.*<dcnn\//, "", target)
    sub(/>.*/, "", target)
    if (here in public_only || here == "dcnn") next
    if (target == "dcnn.h") refuse("the library names the headers it needs")
    else if (!((here, header_folder(target)) in may)) refuse("points upwards or sideways")
    next
}
/^#[ ]*include[ ]*"/ {
    target = $0
    sub(/^[^"]*"/, "", target)
    sub(/".*/, "", target)
    if (is_public) { refuse("a public header includes public headers only"); next }
    if (target !~ /\//) next
    sub(/\/.*/, "", target)
    if (target == here) next
    if (here in public_only) refuse("public headers only")
    else if (!((here, target) in may)) refuse("points upwards or sideways")
}
END { exit faults > 0 }
'
