import { type Annotations, type Platform, parsePlatform, samePlatform } from '@oci-matrix/oci';
import { MatrixError } from './error.ts';

/** Where an annotation goes: the levels of docker/metadata-action, and one layer of a manifest that is made. */
export type AnnotationLevel = 'index' | 'manifest' | 'manifest-descriptor' | 'layer';

/** One line of `annotations`. */
export interface Annotation {
  /** Absent when the line names none: then the action decides. */
  readonly level?: AnnotationLevel;
  /** `manifest-descriptor[linux/arm64]`: this entry alone. */
  readonly platform?: Platform;
  /** `layer[app.tgz]`: the layers of this title. */
  readonly title?: string;
  readonly key: string;
  readonly value: string;
}

const levels = 'index|manifest|manifest-descriptor|index-descriptor';
const place = `(?:${levels})(?:\\[[^\\]]*\\])?`;
const prefixed = new RegExp(`^(?<places>${place}(?:,${place})*):(?<rest>.*)$`, 's');
// A title may have brackets and colons: it ends where a key begins.
const layered = /^layer\[(?<title>.+?)\]:(?<pair>[^\s=]+=.*)$/s;
const layerStart = /^layer(?:\[|:)/;
const placed = /^(?<level>[a-z-]+)(?:\[(?<platform>.*)\])?$/s;

/** Reads `[level[,level][[platform]]:]key=value`, one a line, as docker/metadata-action prints them. What is for a layer is refused. */
export function parseAnnotationLines(lines: readonly string[]): Annotation[] {
  const ofLayer = lines.find((line) => layerStart.test(line));
  if (ofLayer === undefined) return lines.flatMap(parseLine);
  throw new MatrixError(
    'ANNOTATION_INVALID',
    `annotation ${JSON.stringify(ofLayer)}: an index has no layers`,
    { hint: 'Annotate a layer where its manifest is made: in push-manifest.' },
  );
}

/** Reads the same, and `layer[TITLE]:key=value`, for a manifest that is made of files. */
export const parseLayerAnnotationLines = (lines: readonly string[]): Annotation[] =>
  lines.flatMap((line) => (layerStart.test(line) ? parseLayerLine(line) : parseLine(line)));

function parseLayerLine(line: string): Annotation {
  const { title, pair } = layered.exec(line)?.groups ?? {};
  if (title !== undefined && pair !== undefined) {
    return { level: 'layer', title, ...splitPair(pair, line) };
  }
  throw new MatrixError(
    'ANNOTATION_INVALID',
    `annotation ${JSON.stringify(line)} is not layer[TITLE]:key=value`,
    { hint: 'Write the title of the layer in the brackets, e.g. layer[app.tgz]:vendor=Acme.' },
  );
}

/** The annotations that are for the layers of a title, by that. */
export const layerAnnotationsOf = (
  annotations: readonly Annotation[],
): ReadonlyMap<string, Annotations> =>
  new Map(
    [...Map.groupBy(annotations, ({ title }) => title)].flatMap(([title, own]) =>
      title === undefined
        ? []
        : [[title, Object.fromEntries(own.map(({ key, value }) => [key, value]))]],
    ),
  );

function parseLine(line: string): Annotation[] {
  const match = prefixed.exec(line)?.groups;
  const { key, value } = splitPair(match?.rest ?? line, line);
  if (match?.places === undefined) return [{ key, value }];
  return match.places.split(',').map((text) => ({ ...parsePlace(text, line), key, value }));
}

function parsePlace(text: string, line: string): Pick<Annotation, 'level' | 'platform'> {
  const { level, platform } = placed.exec(text)?.groups ?? {};
  if (level !== 'index' && level !== 'manifest' && level !== 'manifest-descriptor') {
    throw new MatrixError(
      'ANNOTATION_INVALID',
      `annotation ${JSON.stringify(line)}: an index that a tag names has no ${level}`,
      { hint: 'Use index:, manifest: or manifest-descriptor:.' },
    );
  }
  if (platform === undefined) return { level };
  if (level === 'manifest-descriptor') return { level, platform: parsePlatform(platform) };
  throw new MatrixError(
    'ANNOTATION_INVALID',
    `annotation ${JSON.stringify(line)}: ${level} cannot be for one platform`,
    { hint: 'Write manifest-descriptor[os/architecture]: to annotate the entry of a platform.' },
  );
}

function splitPair(pair: string, line: string): { key: string; value: string } {
  const at = pair.indexOf('=');
  const key = pair.slice(0, Math.max(at, 0)).trim();
  if (key === '' || /\s/.test(key)) {
    throw new MatrixError(
      'ANNOTATION_INVALID',
      `annotation ${JSON.stringify(line)} is not key=value`,
      {
        hint: 'Write one a line, e.g. org.opencontainers.image.title=App.',
      },
    );
  }
  return { key, value: pair.slice(at + 1) };
}

/** The annotations of some levels as one map; of two with one key the later wins. */
export function annotationsAt(
  annotations: readonly Annotation[],
  ...wanted: readonly (AnnotationLevel | undefined)[]
): Annotations {
  return Object.fromEntries(
    wanted.flatMap((level) =>
      annotations
        .filter((item) => item.level === level && item.platform === undefined)
        .map(({ key, value }) => [key, value]),
    ),
  );
}

/** The annotations that are for the entry of one platform. */
export function entryAnnotations(
  annotations: readonly Annotation[],
  platform: Platform | undefined,
): Annotations {
  const own = annotations.filter(
    (item) =>
      item.level === 'manifest-descriptor' &&
      (item.platform === undefined || samePlatform(item.platform, platform)),
  );
  return Object.fromEntries(own.map(({ key, value }) => [key, value]));
}
