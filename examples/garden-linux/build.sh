#!/bin/sh
# Leaves what a build of one Garden Linux target leaves behind, in small: the same names, a log beside every file.
# build.sh FLAVOR ARCHITECTURE VERSION COMMIT DIRECTORY
set -eu
flavor=$1 arch=$2 version=$3 commit=$4 dir=$5
cname="$flavor-$arch-$version-$commit"
mkdir -p "$dir"

# Content that is this file's own, then zeros; an empty log, as most of them are.
file() {
  { printf '%s\n' "$1"; head -c "$2" /dev/zero; } > "$dir/$1"
  : > "$dir/$1.log"
}

file "$cname.tar" 60000
printf 'packed %s\n' "$cname" > "$dir/$cname.tar.log"
file "$cname.release" 0
printf 'GARDENLINUX_FEATURES=%s\nGARDENLINUX_COMMIT_ID=%s\n' "$flavor,base,server" "$commit" > "$dir/$cname.release"
file "$cname.manifest" 4000
file "$cname.sbom" 9000
file "$cname.requirements" 0
printf 'arch=%s\n' "$arch" > "$dir/$cname.requirements"

case $flavor in
  kvm* | metal-* | metal_trusted* | aws*) file "$cname.raw" 200000 ;;
  gcp* | gdch*) file "$cname.gcpimage.tar.gz" 150000 ;;
  azure*) file "$cname.vhd" 400000 ;;
  ali* | openstack*) file "$cname.qcow2" 150000 ;;
  vmware*) file "$cname.ova" 150000 ;;
  metal_pxe*)
    parts=$(mktemp -d)
    for part in vmlinuz initrd cmdline root.squashfs; do
      printf '%s of %s\n' "$part" "$cname" > "$parts/$part"
    done
    # The same archive on any machine, as every file here.
    tar --mtime=@0 --owner=0 --group=0 --numeric-owner --mode=644 -C "$parts" \
      -cf - cmdline initrd root.squashfs vmlinuz | gzip -n > "$dir/$cname.pxe.tar.gz"
    rm -r "$parts"
    : > "$dir/$cname.pxe.tar.gz.log"
    ;;
esac
case $flavor in
  *trustedboot*)
    file "$cname.uki" 50000
    file "$cname.esp.tar" 50000
    ;;
esac
