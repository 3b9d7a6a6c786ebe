const targets = [
  ...['ali', 'aws', 'aws_trustedboot_tpm2', 'azure', 'gcp', 'gdch', 'kvm'],
  ...['kvm_trustedboot_tpm2', 'metal', 'metal_pxe', 'metal_trustedboot_tpm2'],
  ...['openstack', 'openstackbaremetal', 'vmware'],
];

export const version = '1877.3';
export const commit = '75df9f40';

/** The names of all 28 targets, as an entry has them in `cname`. */
export const cnames: readonly string[] = ['amd64', 'arm64'].flatMap((arch) =>
  targets.map((target) => `${target}-gardener_prod-${arch}-${version}-${commit}`),
);

/** What Garden Linux calls its files; the longest suffix decides. */
const types: Readonly<Record<string, string>> = {
  tar: 'application/io.gardenlinux.image.archive.format.tar',
  'pxe.tar.gz': 'application/io.gardenlinux.image.archive.format.pxe.tar.gz',
  raw: 'application/io.gardenlinux.image.archive.format.raw',
  qcow2: 'application/io.gardenlinux.image.format.qcow2',
  vhd: 'application/io.gardenlinux.image.format.vhd',
  ova: 'application/io.gardenlinux.image.format.ova',
  'gcpimage.tar.gz': 'application/io.gardenlinux.image.format.gcpimage.tar.gz',
  requirements: 'application/io.gardenlinux.image.requirements',
  uki: 'application/io.gardenlinux.uki',
  manifest: 'application/io.gardenlinux.manifest',
  release: 'application/io.gardenlinux.release',
  sbom: 'application/vnd.cyclonedx+json',
  vmlinuz: 'application/io.gardenlinux.kernel',
  initrd: 'application/io.gardenlinux.initrd',
  cmdline: 'application/io.gardenlinux.cmdline',
  'root.squashfs': 'application/io.gardenlinux.squashfs',
  log: 'application/io.gardenlinux.log',
};

/** The media type of a file of that name. */
export function typeOf(title: string): string | undefined {
  const suffixes = Object.keys(types).toSorted((a, b) => b.length - a.length);
  const suffix = suffixes.find((known) => title === known || title.endsWith(`.${known}`));
  return suffix === undefined ? undefined : types[suffix];
}

/** The file by which each kind of target is known. */
const imageSuffixes: readonly [RegExp, string][] = [
  [/^metal_pxe/, 'pxe.tar.gz'],
  [/^(?:kvm|metal|aws)/, 'raw'],
  [/^g(?:cp|dch)/, 'gcpimage.tar.gz'],
  [/^azure/, 'vhd'],
  [/^(?:ali|openstack)/, 'qcow2'],
  [/^vmware/, 'ova'],
];

/** The names of all files of a target, sorted. */
export function filesOf(cname: string): string[] {
  const image = imageSuffixes.find(([target]) => target.test(cname))?.[1] ?? '';
  const boot = cname.includes('trustedboot') ? ['uki', 'esp.tar'] : [];
  const suffixes = ['tar', 'release', 'manifest', 'sbom', 'requirements', image, ...boot];
  const loose = cname.startsWith('metal_pxe')
    ? ['vmlinuz', 'initrd', 'cmdline', 'root.squashfs']
    : [];
  const files = suffixes.flatMap((suffix) => [`${cname}.${suffix}`, `${cname}.${suffix}.log`]);
  return [...files, ...loose].toSorted();
}
