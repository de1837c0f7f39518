#!/bin/sh
# Be systemd, on a copy of this system that is thrown away: everything written goes to memory.
# To be started by unshare with namespaces of its own; $1 is an empty folder.
set -eu
mount --make-rprivate /
mount -t tmpfs tmpfs "$1"
cd "$1"
mkdir up work root
mount -t overlay -o "lowerdir=/,upperdir=$1/up,workdir=$1/work" overlay root
mount -t proc proc root/proc
mount --rbind /sys root/sys
for own in dev run tmp var/tmp; do mount -t tmpfs -o mode=1777 tmpfs "root/$own"; done
for node in null zero full random urandom tty; do
  touch "root/dev/$node"
  mount --bind "/dev/$node" "root/dev/$node"
done
mkdir root/dev/shm root/dev/pts root/dev/mqueue root/dev/hugepages
mount -t tmpfs -o mode=1777 tmpfs root/dev/shm
mount -t devpts -o newinstance,ptmxmode=0666 devpts root/dev/pts
ln -s pts/ptmx root/dev/ptmx
ln -s /proc/self/fd root/dev/fd
# What would reach beyond a copy: devices, the kernel's settings, its modules.
for unit in systemd-udevd.service systemd-udevd-kernel.socket systemd-udevd-control.socket \
  systemd-udev-trigger.service systemd-sysctl.service systemd-modules-load.service \
  systemd-remount-fs.service systemd-journald-audit.socket systemd-binfmt.service \
  proc-sys-fs-binfmt_misc.automount systemd-random-seed.service systemd-tmpfiles-setup.service \
  systemd-tmpfiles-setup-dev.service systemd-tmpfiles-clean.timer sys-kernel-config.mount \
  sys-kernel-debug.mount sys-kernel-tracing.mount dev-mqueue.mount dev-hugepages.mount; do
  ln -sf /dev/null "root/etc/systemd/system/$unit"
done
rm -f root/var/log/journal/* 2>/dev/null || true
mkdir -p root/oldroot
cd root
pivot_root . oldroot
umount -l /oldroot
container=other exec /lib/systemd/systemd --unit=basic.target
