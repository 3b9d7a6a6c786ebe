import { r as __name } from "./runtime.js";
import { C as _positive, E as config, S as _nonnegative, T as en_default, _ as union, a as array, b as _maxLength, c as int, d as nullable, f as object, g as string, h as refine, i as _enum, l as literal, m as record, n as datetime, o as boolean, p as optional$1, r as _default, s as custom, t as pMap, u as looseObject, v as unknown$1, w as _regex, x as _minLength, y as _lte } from "./dependencies.js";
import { createHash, randomUUID } from "node:crypto";
import { appendFile, mkdir, mkdtemp, open, readFile, readdir, rm, stat, writeFile } from "node:fs/promises";
import { homedir, tmpdir } from "node:os";
import path, { join, posix, resolve, sep } from "node:path";
import { setTimeout as setTimeout$1 } from "node:timers/promises";
import { createGunzip, createZstdDecompress, inflateRawSync } from "node:zlib";
import { appendFileSync, createReadStream } from "node:fs";
import { BlockList, isIP, isIPv4 } from "node:net";
import { lookup } from "node:dns";
import { once } from "node:events";
import { Readable } from "node:stream";
import { pipeline } from "node:stream/promises";

// packages/oci/src/canonical.ts
const order$1 = [
	"schemaVersion",
	"mediaType",
	"artifactType",
	"config",
	"layers",
	"manifests",
	"digest",
	"size",
	"platform",
	"urls",
	"data",
	"subject",
	"annotations"
];
const rank = new Map(order$1.map((key, index) => [key, index]));
const byRank = (a, b) => (rank.get(a) ?? order$1.length) - (rank.get(b) ?? order$1.length) || (a < b ? -1 : a > b ? 1 : 0);
/** The one text of a JSON value: no white space, keys in one order, absent values left out. The same for equal values on any machine. */
function canonicalText(value) {
	if (Array.isArray(value)) return `[${value.map((item) => canonicalText(item)).join(",")}]`;
	if (typeof value !== "object" || value === null) return JSON.stringify(value ?? null);
	return `{${Object.entries(value).filter(([, member]) => member !== void 0).sort(([a], [b]) => byRank(a, b)).map(([key, member]) => `${JSON.stringify(key)}:${canonicalText(member)}`).join(",")}}`;
}
/** The bytes to push for a document of ours: `canonicalText` in UTF-8. */
const canonicalBytes = (value) => new TextEncoder().encode(canonicalText(value));

// packages/oci/src/error.ts
/** An error meant to be read: a stable `code` to match, a message that says what happened, a hint. */
var OciError = class extends Error {
	hint;
	constructor(message, options = {}) {
		super(message, options.cause === void 0 ? void 0 : { cause: options.cause });
		this.hint = options.hint;
	}
};

// packages/oci/src/shown.ts
/** A value from outside as an error quotes it: short, and never descending into it, since what is refused may be nested a million deep. */
function shown$1(value) {
	if (value === void 0) return "nothing";
	if (typeof value === "string") return JSON.stringify(value.slice(0, 200));
	if (Array.isArray(value)) return "a list";
	if (typeof value === "object" && value !== null) return "an object";
	return typeof value === "function" ? "a function" : String(value);
}
__name(shown$1, "shown");

// packages/oci/src/digest.ts
/** Text that was meant to be a digest, and is not one. */
var InvalidDigestError = class extends OciError {
	name = "InvalidDigestError";
	code = "INVALID_DIGEST";
	constructor(text) {
		super(`not a digest: ${shown$1(text)}`, { hint: "Write it as \"sha256:\" and 64 lowercase hex digits." });
	}
};
const pattern$3 = /^(?:sha256:[0-9a-f]{64}|sha512:[0-9a-f]{128})$/;
const isDigest = (value) => typeof value === "string" && pattern$3.test(value);
/** Reads a digest; throws `InvalidDigestError`, so that no unchecked text reaches a URL or a path. */
function parseDigest(value) {
	if (!isDigest(value)) throw new InvalidDigestError(value);
	return value;
}
const algorithmOf = (digest) => digest.startsWith("sha512:") ? "sha512" : "sha256";
/** The hex digits behind the colon. */
const encodedOf = (digest) => digest.slice(digest.indexOf(":") + 1);
function createDigester(algorithm = "sha256") {
	const hash = createHash(algorithm);
	return {
		update: (chunk) => void hash.update(chunk),
		digest: () => `${algorithm}:${hash.digest("hex")}`
	};
}
function digestOf(content, algorithm = "sha256") {
	return `${algorithm}:${createHash(algorithm).update(content).digest("hex")}`;
}

// packages/oci/src/invalid-manifest.ts
/** A document that is no image manifest or image index; says where, by JSON path. */
var InvalidManifestError = class extends OciError {
	name = "InvalidManifestError";
	code = "INVALID_MANIFEST";
	path;
	constructor(path, value, reason) {
		super(`not a valid manifest: ${path} ${reason}: ${shown$1(value)}`, { hint: "Push it again with the tool that made it, or name another manifest." });
		this.path = path;
	}
};

// packages/oci/src/descriptor.ts
/** The descriptor of bytes at hand. */
const descriptorOf = (bytes, mediaType, more = {}) => ({
	...more,
	mediaType,
	digest: digestOf(bytes),
	size: bytes.byteLength
});
const optional = [
	"artifactType",
	"platform",
	"urls",
	"data",
	"annotations"
];
/**
* Checks a descriptor from outside, and returns that very value: fields we do not know stay. Where an optional
* property is null or empty, a copy without it. Throws `InvalidManifestError` with the path of the offence.
*/
function parseDescriptor(value, path = "$") {
	const object = withoutAbsent(parseObject(value, path), optional);
	parseText$1(object.mediaType, `${path}.mediaType`);
	if (!isDigest(object.digest)) throw new InvalidManifestError(`${path}.digest`, object.digest, "is not a digest");
	const size = object.size;
	if (typeof size !== "number" || !Number.isSafeInteger(size) || size < 0) throw new InvalidManifestError(`${path}.size`, size, "is not a number of bytes");
	parseOptional(object.artifactType, `${path}.artifactType`, parseText$1);
	parseOptional(object.annotations, `${path}.annotations`, parseAnnotations);
	parseOptional(object.platform, `${path}.platform`, parsePlatformObject);
	parseOptional(object.urls, `${path}.urls`, parseTextList);
	parseOptional(object.data, `${path}.data`, parseText$1);
	return object;
}
/** Checks a map of text to text. */
function parseAnnotations(value, path = "$") {
	for (const [key, text] of Object.entries(parseObject(value, path))) if (typeof text !== "string") throw new InvalidManifestError(`${path}[${JSON.stringify(key)}]`, text, "is not text");
	return value;
}
function parsePlatformObject(value, path) {
	const object = parseObject(value, path);
	for (const key of ["architecture", "os"]) if (typeof object[key] !== "string") throw new InvalidManifestError(`${path}.${key}`, object[key], "is not text");
	for (const key of ["variant", "os.version"]) if (object[key] !== void 0 && typeof object[key] !== "string") throw new InvalidManifestError(`${path}.${key}`, object[key], "is not text");
	parseOptional(object["os.features"], `${path}["os.features"]`, parseTextList);
}
function parseTextList(value, path) {
	if (!Array.isArray(value) || !value.every((item) => typeof item === "string")) throw new InvalidManifestError(path, value, "is not a list of text");
}
function parseText$1(value, path) {
	if (typeof value !== "string" || value === "") throw new InvalidManifestError(path, value, "is not text");
}
__name(parseText$1, "parseText");
function parseObject(value, path) {
	if (typeof value !== "object" || value === null || Array.isArray(value)) throw new InvalidManifestError(path, value, "is not an object");
	return value;
}
function withoutAbsent(object, keys) {
	const absent = keys.filter((key) => object[key] === null || object[key] === "");
	if (absent.length === 0) return object;
	return Object.fromEntries(Object.entries(object).filter(([key]) => !absent.includes(key)));
}
function parseOptional(value, path, parse) {
	if (value !== void 0) parse(value, path);
}

// packages/oci/src/media-types.ts
/** The media types of https://github.com/opencontainers/image-spec/blob/v1.1.1/media-types.md and their Docker ancestors. */
const mediaTypes = {
	imageManifest: "application/vnd.oci.image.manifest.v1+json",
	imageIndex: "application/vnd.oci.image.index.v1+json",
	imageConfig: "application/vnd.oci.image.config.v1+json",
	imageLayer: "application/vnd.oci.image.layer.v1.tar",
	imageLayerGzip: "application/vnd.oci.image.layer.v1.tar+gzip",
	imageLayerZstd: "application/vnd.oci.image.layer.v1.tar+zstd",
	empty: "application/vnd.oci.empty.v1+json",
	octetStream: "application/octet-stream",
	dockerManifest: "application/vnd.docker.distribution.manifest.v2+json",
	dockerManifestList: "application/vnd.docker.distribution.manifest.list.v2+json",
	dockerConfig: "application/vnd.docker.container.image.v1+json",
	dockerLayerGzip: "application/vnd.docker.image.rootfs.diff.tar.gzip"
};
const runtimeLayers = /* @__PURE__ */ new Set([
	mediaTypes.imageLayer,
	mediaTypes.imageLayerGzip,
	mediaTypes.imageLayerZstd,
	"application/vnd.oci.image.layer.nondistributable.v1.tar",
	"application/vnd.oci.image.layer.nondistributable.v1.tar+gzip",
	"application/vnd.oci.image.layer.nondistributable.v1.tar+zstd",
	mediaTypes.dockerLayerGzip,
	"application/vnd.docker.image.rootfs.diff.tar",
	"application/vnd.docker.image.rootfs.diff.tar.zstd",
	"application/vnd.docker.image.rootfs.foreign.diff.tar.gzip"
]);
const isImageManifestType = (mediaType) => mediaType === mediaTypes.imageManifest || mediaType === mediaTypes.dockerManifest;
const isIndexType = (mediaType) => mediaType === mediaTypes.imageIndex || mediaType === mediaTypes.dockerManifestList;
const isManifestType = (mediaType) => isImageManifestType(mediaType) || isIndexType(mediaType);
/** True of a config that makes runtimes take the manifest for a container image. */
const isImageConfigType = (mediaType) => mediaType === mediaTypes.imageConfig || mediaType === mediaTypes.dockerConfig;
/** True of a layer that containerd, Docker and podman can unpack. */
const isRuntimeLayerType = (mediaType) => runtimeLayers.has(mediaType);
/** `type/subtype` of https://www.rfc-editor.org/rfc/rfc6838#section-4.2, without parameters. */
const isMediaType = (text) => /^[a-zA-Z0-9][a-zA-Z0-9!#$&^_.+-]{0,126}\/[a-zA-Z0-9][a-zA-Z0-9!#$&^_.+-]{0,126}$/.test(text);

// packages/oci/src/empty.ts
/** The content of the empty descriptor: two bytes. */
const emptyBytes = new TextEncoder().encode("{}");
/** https://github.com/opencontainers/image-spec/blob/v1.1.1/manifest.md#guidance-for-an-empty-descriptor */
const emptyDescriptor = {
	mediaType: mediaTypes.empty,
	digest: "sha256:44136fa355b3678a1146ad16f7e8649e94fb4fc21fe77e8310c060f61caaff8a",
	size: 2
};

// packages/oci/src/json-source.ts
/**
* The members of a JSON object as their own source text, in order: what we do not own can be written back
* byte for byte, where parsing and printing would change escapes, numbers and white space.
* `text` must be JSON that `JSON.parse` accepts.
*/
function memberSources(text) {
	const members = /* @__PURE__ */ new Map();
	for (const member of splitTop(text)) {
		const colon = endOfString(member, 0) + 1;
		const key = JSON.parse(member.slice(0, colon));
		if (typeof key !== "string" || members.has(key)) throw new InvalidManifestError("$", key, "has this property twice");
		members.set(key, member.slice(member.indexOf(":", colon) + 1).trim());
	}
	return members;
}
/** The elements of a JSON array as their own source text. */
const elementSources = (text) => splitTop(text);
function splitTop(text) {
	const inner = text.trim().slice(1, -1);
	const parts = [];
	let depth = 0;
	let start = 0;
	for (let i = 0; i < inner.length; i += 1) {
		const char = inner[i];
		if (char === "\"") i = endOfString(inner, i);
		else if (char === "{" || char === "[") depth += 1;
		else if (char === "}" || char === "]") depth -= 1;
		else if (char === "," && depth === 0) {
			parts.push(inner.slice(start, i).trim());
			start = i + 1;
		}
	}
	const last = inner.slice(start).trim();
	return last === "" ? parts : [...parts, last];
}
function endOfString(text, start) {
	let i = start + 1;
	while (i < text.length && text[i] !== "\"") i += text[i] === "\\" ? 2 : 1;
	return i;
}

// packages/oci/src/manifest.ts
/** What we read at most, in bytes. Registries take 4 MiB at least (distribution-spec v1.1.1, "Pushing Manifests"). */
const maxManifestSize = 8388608;
/**
* Reads an image manifest or an image index. `mediaType` is what the descriptor or the Content-Type says; the document
* must agree (CVE-2021-41190). Throws `InvalidManifestError`.
*/
function parseManifest(bytes, mediaType) {
	const object = withoutAbsent(parseDocument(bytes), [
		"subject",
		"artifactType",
		"annotations"
	]);
	const type = agreedMediaType(object, mediaType);
	if (object.schemaVersion !== 2) throw new InvalidManifestError("$.schemaVersion", object.schemaVersion, "is not 2");
	const isIndex = isIndexType(type);
	if (!isIndex && !isImageManifestType(type)) throw new InvalidManifestError("$.mediaType", type, "is no manifest media type we know");
	refuseOther(object, isIndex ? ["config", "layers"] : ["manifests"], type);
	const common = {
		...object,
		...parseCommon(object)
	};
	if (isIndex) {
		const manifests = parseEntries(object.manifests, "$.manifests");
		return {
			kind: "index",
			mediaType: type,
			index: {
				...common,
				manifests
			}
		};
	}
	const config = parseDescriptor(object.config, "$.config");
	const layers = parseDescriptors(object.layers, "$.layers");
	return {
		kind: "image",
		mediaType: type,
		image: {
			...common,
			config,
			layers
		}
	};
}
function parseDocument(bytes) {
	if (bytes.byteLength > 8388608) throw new InvalidManifestError("$", bytes.byteLength, `has more than ${maxManifestSize} bytes`);
	let text;
	let value;
	try {
		text = new TextDecoder("utf-8", {
			fatal: true,
			ignoreBOM: true
		}).decode(bytes);
		value = JSON.parse(text);
	} catch {
		const start = new TextDecoder().decode(bytes.subarray(0, 60));
		throw new InvalidManifestError("$", start, "is not JSON");
	}
	const object = parseObject(value, "$");
	for (const key of memberSources(text).keys()) refuseLookalike(key);
	return object;
}
const known = new Map([
	"schemaVersion",
	"mediaType",
	"artifactType",
	"config",
	"layers",
	"manifests",
	"subject",
	"annotations"
].map((name) => [name.toLowerCase(), name]));
function refuseLookalike(key) {
	const name = known.get(key.toUpperCase().toLowerCase());
	if (name !== void 0 && name !== key) throw new InvalidManifestError("$", key, `has a property that some readers take for ${name}`);
}
function agreedMediaType(object, given) {
	const own = object.mediaType;
	if (own !== void 0 && typeof own !== "string") throw new InvalidManifestError("$.mediaType", own, "is not text");
	const outer = given?.split(";", 1)[0]?.trim().toLowerCase();
	if (own && outer && own !== outer) throw new InvalidManifestError("$.mediaType", own, `is not the media type it came with, ${outer}`);
	const type = own || outer;
	if (!type) throw new InvalidManifestError("$.mediaType", own, "is missing, and nothing else says it");
	return type;
}
function refuseOther(object, keys, type) {
	const found = keys.find((key) => object[key] !== void 0);
	if (found !== void 0) throw new InvalidManifestError(`$.${found}`, object[found], `has no place in ${type}`);
}
function parseCommon(object) {
	if (object.annotations !== void 0) parseAnnotations(object.annotations, "$.annotations");
	const type = object.artifactType;
	if (type !== void 0 && typeof type !== "string") throw new InvalidManifestError("$.artifactType", type, "is not text");
	if (object.subject === void 0) return {};
	return { subject: parseDescriptor(object.subject, "$.subject") };
}
function parseEntries(value, path) {
	const bare = (item) => typeof item === "object" && item !== null && !("mediaType" in item);
	return parseDescriptors(Array.isArray(value) ? value.map((item) => bare(item) ? {
		mediaType: mediaTypes.imageManifest,
		...item
	} : item) : value, path);
}
function parseDescriptors(value, path) {
	if (!Array.isArray(value)) throw new InvalidManifestError(path, value, "is not a list");
	return value.map((item, index) => parseDescriptor(item, `${path}[${index}]`));
}

// packages/oci/src/platform.ts
/** An architecture's one name, and the variant that the other name implies. A map, since "constructor" may come from outside. */
const architectures = /* @__PURE__ */ new Map([
	["i386", ["386", ""]],
	["x86_64", ["amd64"]],
	["x86-64", ["amd64"]],
	["aarch64", ["arm64"]],
	["armhf", ["arm", "v7"]],
	["armel", ["arm", "v6"]]
]);
/** What containerd writes another way; every other variant is its own. */
const variants = /* @__PURE__ */ new Map([
	["amd64/v1", ""],
	["arm64/8", ""],
	["arm64/v8", ""],
	["arm64/v8.0", ""],
	["arm64/9", "v9"],
	["arm64/9.0", "v9"],
	["arm64/v9.0", "v9"],
	["arm/", "v7"],
	["arm/5", "v5"],
	["arm/6", "v6"],
	["arm/7", "v7"],
	["arm/8", "v8"]
]);
/** Writes a platform one way, as containerd does: `arm64/v8` is `arm64`, `arm` is `arm/v7`, `x86_64` is `amd64`, `macos` is `darwin`. */
function normalisePlatform(platform) {
	const os = platform.os.toLowerCase();
	const lower = platform.architecture.toLowerCase();
	const [architecture, implied] = architectures.get(lower) ?? [lower];
	const given = implied ?? (platform.variant ?? "").toLowerCase();
	const variant = variants.get(`${architecture}/${given}`) ?? given;
	const features = platform["os.features"] ?? [];
	return {
		architecture,
		os: os === "macos" ? "darwin" : os,
		...platform["os.version"] ? { "os.version": platform["os.version"] } : {},
		...features.length > 0 ? { "os.features": [...new Set(features)].sort() } : {},
		...variant === "" ? {} : { variant }
	};
}

// packages/oci/src/platform-text.ts
/** Text that was meant to be a platform, and is not one. */
var InvalidPlatformError = class extends OciError {
	name = "InvalidPlatformError";
	code = "INVALID_PLATFORM";
	constructor(text, reason) {
		super(`not a platform: ${JSON.stringify(text)}: ${reason}`, { hint: "Write it as os/architecture or os/architecture/variant, e.g. linux/amd64, linux/arm/v7 or windows(10.0.20348)/amd64." });
	}
};
const part = /^[A-Za-z0-9_.-]+$/;
const osPart = /^(?<os>[A-Za-z0-9_.-]+)(?:\((?<version>[A-Za-z0-9_.%-]*)(?<features>(?:\+[A-Za-z0-9_.%-]+)*)\))?$/;
/** Reads `os[(os.version+feature…)]/architecture[/variant]`, as containerd's `platforms.FormatAll` writes it, and normalises it. */
function parsePlatform(text) {
	const [osText = "", architecture, variant, ...rest] = text.trim().split("/");
	if (architecture === void 0) throw new InvalidPlatformError(text, "it has no architecture");
	if (rest.length > 0) throw new InvalidPlatformError(text, "it has more than three parts");
	const found = osPart.exec(osText)?.groups;
	if (!found || !part.test(architecture) || variant !== void 0 && !part.test(variant)) throw new InvalidPlatformError(text, "a part is empty or has a character that is not allowed");
	const { os = "", version = "", features = "" } = found;
	return normalisePlatform({
		os,
		architecture,
		"os.version": unescapeOption(version, text),
		"os.features": features.split("+").slice(1).map((feature) => unescapeOption(feature, text)),
		...variant === void 0 ? {} : { variant }
	});
}
/** The inverse of `parsePlatform`; two platforms that differ in any property have two texts. */
function formatPlatform(platform) {
	const options = escapeOption(platform["os.version"] ?? "") + (platform["os.features"] ?? []).map((feature) => `+${escapeOption(feature)}`).join("");
	const os = escapeOption(platform.os) + (options === "" ? "" : `(${options})`);
	const variant = platform.variant ? `/${escapeOption(platform.variant)}` : "";
	return `${os}/${escapeOption(platform.architecture)}${variant}`;
}
/** The same key for two platforms exactly when an index must not hold both. */
const platformKey = (platform) => platform === void 0 ? "" : formatPlatform(normalisePlatform(platform));
const escapeOption = (text) => text.replace(/[%+()/]/g, (char) => `%${char.charCodeAt(0).toString(16).toUpperCase()}`);
function unescapeOption(option, text) {
	try {
		return decodeURIComponent(option);
	} catch {
		throw new InvalidPlatformError(text, "a \"%\" in it is not followed by two hex digits of UTF-8");
	}
}

// packages/oci/src/runnable-platforms.ts
/**
* What a machine of this platform can run, best first, as containerd's `platforms.Only` has it:
* an older variant, 32-bit x86 on amd64, 32-bit ARM on arm64. All have the machine's `os.version` and `os.features`.
*/
function runnablePlatforms(machine) {
	const normal = normalisePlatform(machine);
	return [{
		architecture: normal.architecture,
		variant: normal.variant
	}, ...lesser(normal)].map(({ architecture, variant = "" }) => normalisePlatform({
		...normal,
		architecture,
		variant
	}));
}
function lesser({ architecture, variant = "" }) {
	if (architecture === "amd64") return [...below(variant, 1).map(withArchitecture("amd64")), { architecture: "386" }];
	if (architecture === "arm") return below(variant, 5).map(withArchitecture("arm"));
	const older = architecture === "arm64" ? below64(variant || "v8") : void 0;
	if (older === void 0) return [];
	const arm = {
		architecture: "arm",
		variant: "v8"
	};
	return [
		...older.map(withArchitecture("arm64")),
		arm,
		...lesser(arm)
	];
}
const withArchitecture = (architecture) => (variant) => ({
	architecture,
	variant
});
function below(variant, least) {
	const level = Number(/^v?([0-9]{1,2})$/.exec(variant)?.[1] ?? 0);
	return Array.from({ length: Math.max(0, level - least) }, (_, i) => `v${level - 1 - i}`);
}
function below64(variant) {
	const [, major, minor = "0"] = /^v([89])(?:\.([0-9]))?$/.exec(variant) ?? [];
	if (major === void 0) return void 0;
	const minors = (version, count) => Array.from({ length: count }, (_, i) => `v${version}.${count - 1 - i}`.replace(/\.0$/, ""));
	const x = Number(minor);
	return major === "8" ? minors("8", x) : [...minors("9", x), ...minors("8", Math.min(x + 6, 10))];
}

// packages/oci/src/platform-match.ts
/**
* True if an image for `offered` runs where `wanted` is asked for, as containerd's `platforms.OnlyStrict` has it: the same once
* normalised, extra `os.features` of the machine allowed, and for Windows a version that the machine's kernel can run.
*/
function platformMatches(wanted, offered) {
	const [want, offer] = [normalisePlatform(wanted), normalisePlatform(offered)];
	const features = /* @__PURE__ */ new Set([...want["os.features"] ?? [], want.os === "windows" && "win32k"]);
	return want.os === offer.os && want.architecture === offer.architecture && want.variant === offer.variant && (want.os !== "windows" || runsWindows(want["os.version"], offer["os.version"])) && (offer["os.features"] ?? []).every((feature) => features.has(feature));
}
const longTermBuilds = [20348, 26100];
function runsWindows(host = "", container = "") {
	const [on, of] = [windowsBuild(host), windowsBuild(container)];
	if (on === void 0 || container === "") return true;
	if (of === void 0 || on.release !== of.release) return false;
	return (longTermBuilds.findLast((build) => build < on.build) ?? on.build) <= of.build && of.build <= on.build;
}
function windowsBuild(version) {
	const [, release, build] = /^([0-9]+\.[0-9]+)\.([0-9]+)(?:\.|$)/.exec(version) ?? [];
	return release === void 0 ? void 0 : {
		release,
		build: Number(build)
	};
}
/**
* The entry that a machine of this platform would run, or undefined: of those for its best platform the one that asks for
* most `os.features`, as in containerd; of equals the first (image-spec v1.1.1, image-index.md).
*/
function selectByPlatform(entries, machine) {
	const asked = (entry) => entry.platform?.["os.features"]?.length ?? 0;
	for (const candidate of runnablePlatforms(machine)) {
		const [first, ...more] = entries.filter(({ platform }) => platform && platformMatches(candidate, platform));
		if (first === void 0) continue;
		return more.reduce((best, entry) => asked(entry) > asked(best) ? entry : best, first);
	}
}
/** True if the two name the same place to run. */
const samePlatform = (a, b) => platformKey(a) === platformKey(b);

// packages/oci/src/platform-engines.ts
/**
* Who chooses an entry of an index for a machine. `containerd` is Docker on Linux too: its containerd store, and its classic one
* with the same matcher (moby v25.0, distribution/pull_v2_unix.go). `podman` is all of containers/image: buildah, skopeo, CRI-O.
*/
const engines = ["containerd", "podman"];
/** The entry of an index that an engine takes when it is asked for a platform; undefined where it finds none. */
const resolveAs = (engine, entries, asked) => engine === "containerd" ? asContainerd(entries, asked) : asPodman(entries, podmanOrder(asked));
const asContainerd = (entries, asked) => selectByPlatform(entries, asked) ?? entries.find(({ platform }) => platform === void 0);
/** containers/image v5.36, internal/manifest/oci_index.go: by platform, then zstd before others, then by place in the index. */
function asPodman(entries, wanted) {
	const [best] = entries.flatMap((entry) => {
		const rank = entry.platform === void 0 ? wanted.length : rankOf(entry.platform, wanted);
		return rank === -1 ? [] : [{
			entry,
			rank,
			plain: isZstd(entry) ? 0 : 1
		}];
	}).toSorted((a, b) => a.rank - b.rank || a.plain - b.plain);
	return best?.entry;
}
const rankOf = (offered, wanted) => wanted.findIndex(({ os, architecture, variant }) => os === offered.os && architecture === offered.architecture && (variant ?? "") === (offered.variant ?? ""));
const isZstd = ({ annotations }) => annotations?.["io.github.containers.compression.zstd"] === "true";
const variantOrder = /* @__PURE__ */ new Map([["arm", [
	"v7",
	"v6",
	"v5"
]], ["arm64", ["v8"]]]);
/** The platforms that podman takes where one is asked for, the best first: older variants, and last one without any. */
function podmanOrder({ os, architecture, variant = "" }) {
	const known = variantOrder.get(architecture) ?? [];
	const from = known.indexOf(variant);
	const least = architecture === "arm64" ? ["", "v8"] : [""];
	const named = from === -1 ? [variant] : known.slice(from);
	return (variant === "" ? least : [...named, ""]).map((each) => ({
		os,
		architecture,
		variant: each
	}));
}

// packages/oci/src/reference.ts
/** Text that was meant to be a reference, and is not one. */
var InvalidReferenceError = class extends OciError {
	name = "InvalidReferenceError";
	code = "INVALID_REFERENCE";
	constructor(text, reason) {
		super(`not a reference: ${JSON.stringify(text)}: ${reason}`, { hint: "Write it as registry/repository, with :tag or @digest where one is asked for, e.g. ghcr.io/acme/app:1.0." });
	}
};
const hostPattern = /^(?:\[[0-9a-fA-F:]+\]|[a-zA-Z0-9](?:[a-zA-Z0-9-]*[a-zA-Z0-9])?(?:\.[a-zA-Z0-9](?:[a-zA-Z0-9-]*[a-zA-Z0-9])?)*)(?::[0-9]{1,5})?$/;
const repositoryPattern = /^[a-z0-9]+(?:(?:\.|_|__|-+)[a-z0-9]+)*(?:\/[a-z0-9]+(?:(?:\.|_|__|-+)[a-z0-9]+)*)*$/;
const tagPattern = /^[a-zA-Z0-9_][a-zA-Z0-9._-]{0,127}$/;
const isTag = (text) => tagPattern.test(text);
/** Reads a tag alone; throws `InvalidReferenceError`. */
function parseTag(text) {
	if (!isTag(text)) throw new InvalidReferenceError(text, "a tag has 1 to 128 letters, digits, \"_\", \".\" and \"-\", and starts with none of the last two");
	return text;
}
/** Reads `registry/repository[:tag][@digest]`. A first part that is no host means Docker Hub, as every client has it. */
function parseReference(text) {
	const [named, digestText, ...rest] = text.split("@");
	if (named === void 0 || rest.length > 0) throw new InvalidReferenceError(text, "it has more than one \"@\"");
	const colon = named.indexOf(":", named.lastIndexOf("/") + 1);
	const hasTag = colon > 0;
	return {
		...parseName(text, hasTag ? named.slice(0, colon) : named),
		...hasTag ? { tag: parseTag(named.slice(colon + 1)) } : {},
		...digestText === void 0 ? {} : { digest: parseDigest(digestText) }
	};
}
/** Reads `registry/repository` and nothing more. */
function parseRepositoryName(text) {
	const { registry, repository, tag, digest } = parseReference(text);
	if (tag !== void 0 || digest !== void 0) throw new InvalidReferenceError(text, "it must not have a tag or a digest");
	return {
		registry,
		repository
	};
}
function parseName(text, name) {
	const [first = "", ...parts] = name.split("/");
	const isHost = parts.length > 0 && /[.:[]|^localhost$/.test(first);
	const registry = isHost ? first.toLowerCase() : "docker.io";
	const path = isHost ? parts.join("/") : name;
	const port = Number(/:([0-9]+)$/.exec(registry.replace(/^\[.*\]/, ""))?.[1] ?? 1);
	if (port < 1 || port > 65535) throw new InvalidReferenceError(text, `port ${port} is out of range`);
	if (!hostPattern.test(registry) || !URL.canParse(`http://${registry}`)) throw new InvalidReferenceError(text, `registry part ${JSON.stringify(first)} is not a host`);
	if (!repositoryPattern.test(path) || path.length > 255) throw new InvalidReferenceError(text, repositoryReason(path));
	const canonical = registry === "index.docker.io" ? "docker.io" : registry;
	return {
		registry: canonical,
		repository: canonical === "docker.io" && !path.includes("/") ? `library/${path}` : path
	};
}
function repositoryReason(path) {
	if (path === "") return "it has no repository";
	if (path.length > 255) return `its repository part has ${path.length} characters, at most 255 go`;
	if (/[A-Z]/.test(path)) return `repository part ${JSON.stringify(path)} must be lower case`;
	return `repository part ${JSON.stringify(path)} may have lower case letters and digits, with ".", "_", "-" or "/" between them`;
}
/** The inverse of `parseReference`. */
function formatReference({ registry, repository, tag, digest }) {
	return `${registry}/${repository}${tag === void 0 ? "" : `:${tag}`}${digest === void 0 ? "" : `@${digest}`}`;
}

// packages/github/src/artifacts/artifact-error.ts
/** GitHub's artifact service could not be used, or gave something else than was stored. */
var ArtifactError = class extends OciError {
	name = "ArtifactError";
	code = "ARTIFACT_SERVICE";
};

// packages/github/src/workflow-command.ts
/**
* Prints a workflow command: https://docs.github.com/en/actions/reference/workflows-and-actions/workflow-commands
* Of our own making, since @actions/core loads an HTTP client for it: half of the time in which an action starts.
*/
function printCommand(name, text = "", title) {
	printLine(`::${name}${title === void 0 ? "" : ` title=${escapeProperty(title)}`}::${escapeText(text)}`);
}
/** Prints a line of the step's log. */
function printLine(text) {
	process.stdout.write(`${text}\n`);
}
const escapeText = (text) => text.replaceAll("%", "%25").replaceAll("\r", "%0D").replaceAll("\n", "%0A");
const escapeProperty = (text) => escapeText(text).replaceAll(":", "%3A").replaceAll(",", "%2C");

// packages/github/src/expression.ts
/** An expression for the runner, e.g. for a default that the workflow's context fills. */
const expression = (text) => `\${{ ${text} }}`;

// packages/github/src/artifacts/repeat.ts
const pauses$3 = [1e3, 4e3];
/** Does something with the artifact service, and again where it may go better; what GitHub's client repeats itself is not repeated here. */
async function repeat(work, signal) {
	for (const pause of pauses$3) try {
		return await work();
	} catch (error) {
		if (!mayPass(error)) throw error;
		await setTimeout$1(pause, void 0, signal === void 0 ? {} : { signal });
	}
	return work();
}
/** True of a failure that may be over a moment later. */
function mayPass(error) {
	if (!(error instanceof Error)) return false;
	if (error instanceof ArtifactError) return true;
	if (/after \d+ (?:attempts|retries)|not accessible by/.test(error.message)) return false;
	const status = statusOf(error);
	if (status !== void 0) return [
		403,
		408,
		425,
		429
	].includes(status) || status >= 500;
	return [
		"ArtifactNotFoundError",
		"NetworkError",
		"RestError",
		"AbortError"
	].includes(error.name);
}
/** The HTTP status of an answer, as GitHub's clients keep it: a property, or in the words. */
function statusOf(error) {
	if ("status" in error && typeof error.status === "number") return error.status;
	const said = /\((\d{3})\)/.exec(error.message)?.[1];
	return said === void 0 ? void 0 : Number(said);
}

// packages/github/src/artifacts/artifact-client.ts
const viaOutputs = `Set "record" to "output", make it an output of the legs' job, and give the fan-in "needs: ${expression("toJSON(needs)")}".`;
/** GitHub's own client; throws `ArtifactError` where there is no service for it. */
async function artifactClient(env) {
	const missing = ["ACTIONS_RUNTIME_TOKEN", "ACTIONS_RESULTS_URL"].filter((name) => !env[name]);
	if (missing.length > 0) throw new ArtifactError(`the artifact service is out of reach: ${missing.join(", ")} not set`, { hint: "Run it by \"uses:\" in a workflow: the runner gives the artifact service to actions, and not to \"run:\" steps or shells." });
	env.ACTIONS_ARTIFACT_MAX_ARTIFACT_COUNT ??= "100000";
	const { DefaultArtifactClient } = await import("./actions-artifact.js");
	return new DefaultArtifactClient();
}
/** Wraps what the client throws. `from` is the run that was asked, where it is another one. */
function artifactError(doing, cause, from) {
	if (cause instanceof ArtifactError) return cause;
	const error = cause instanceof Error ? cause : new Error(String(cause));
	if (error.name === "GHESNotSupportedError") return new ArtifactError(`${doing}: GitHub Enterprise Server has no such artifact service`, {
		cause,
		hint: viaOutputs
	});
	return new ArtifactError(`${doing}: ${error.message}`, {
		cause,
		hint: hintFor$1(error, from)
	});
}
function hintFor$1(error, from) {
	const status = statusOf(error) ?? 0;
	if (from !== void 0 && [
		401,
		403,
		404
	].includes(status)) return `Add "permissions: actions: read" to the job, and check that "run-id" is a run of ${from} that is not older than its artifacts may be.`;
	if (error.name === "UsageError") return `Delete artifacts that nobody needs, or raise the limit. Or do without: ${viaOutputs}`;
	if (status === 409) return "Give each step that hands over a record its own \"leg\", or run the job again: another attempt has other names.";
	if (status === 403 || status === 429) return `Run the failed job again in some minutes: GitHub's service turns requests away when it is busy. If it stays: ${viaOutputs}`;
}
__name(hintFor$1, "hintFor");

// packages/github/src/artifacts/artifact-name.ts
const prefix$2 = "oci-matrix-";
const longestPart = 40;
/** The name for a leg's record: readable, and its own for every group, leg and attempt. */
function artifactName({ group, leg, attempt }) {
	const own = encodedOf(digestOf(canonicalText([group, leg]))).slice(0, 10);
	return `${groupPrefix(group)}${readable(leg)}-${own}-a${attempt}`;
}
/** What the names of all records of a group begin with; those of other groups may too. */
const groupPrefix = (group) => `${prefix$2}${readable(group)}-`;
const isRecordArtifact = (name) => name.startsWith(prefix$2);
const readable = (text) => text.replace(/[^A-Za-z0-9._]+/g, "-").slice(0, longestPart).replace(/^-|-$/g, "") || "x";

// packages/github/src/artifacts/record-file.ts
/** The one file in a record's artifact. */
const recordFile = "record.json";
/** In bytes; a record has some kilobytes. */
const largestRecord = 4194304;

// packages/github/src/artifacts/zip-member.ts
/** Reads one file out of a zip archive, and writes nothing: an archive from outside names whatever paths it likes. Undefined if it has no such file. Throws `RangeError` where the file has more bytes than `limit`, and `SyntaxError` where the bytes are no archive: https://pkware.cachefly.net/webdocs/casestudies/APPNOTE.TXT, version 6.3.10, 4.3 */
function zipMember(archive, name, limit) {
	const found = directoryOf(archive).find((member) => member.name === name);
	if (found === void 0) return void 0;
	if (found.size > limit) throw new RangeError(`${name} has ${found.size} bytes`);
	const { offset, stored, method } = found;
	const start = offset + 30 + archive.readUInt16LE(offset + 26) + archive.readUInt16LE(offset + 28);
	const content = archive.subarray(start, start + stored);
	if (content.length !== stored) throw new SyntaxError(`${name} ends early`);
	if (method === 0) return content;
	if (method !== 8) throw new SyntaxError(`${name} is packed in way ${method}`);
	return inflateRawSync(content, { maxOutputLength: Math.max(1, found.size) });
}
const endMark = Buffer.from("504b0506", "hex");
const memberMark = 33639248;
const longestEnd = 65557;
function directoryOf(archive) {
	const tail = Math.max(0, archive.length - longestEnd);
	const end = archive.subarray(tail).lastIndexOf(endMark);
	if (end < 0 || tail + end + 22 > archive.length) throw new SyntaxError("it is no zip archive");
	const count = archive.readUInt16LE(tail + end + 10);
	const members = [];
	let at = archive.readUInt32LE(tail + end + 16);
	for (let number = 0; number < count; number += 1) {
		if (at + 46 > archive.length || archive.readUInt32LE(at) !== memberMark) throw new SyntaxError("its directory is broken");
		const length = archive.readUInt16LE(at + 28);
		members.push({
			name: archive.toString("utf8", at + 46, at + 46 + length),
			method: archive.readUInt16LE(at + 10),
			stored: archive.readUInt32LE(at + 20),
			size: archive.readUInt32LE(at + 24),
			offset: archive.readUInt32LE(at + 42)
		});
		at += 46 + length + archive.readUInt16LE(at + 30) + archive.readUInt16LE(at + 32);
	}
	return members;
}

// packages/github/src/artifacts/download-record.ts
/** `owner/name` of another run, or undefined for this one. */
const repositoryOf$1 = /* @__PURE__ */ __name((run) => run === void 0 ? void 0 : `${run.repositoryOwner}/${run.repositoryName}`, "repositoryOf");
/** Fetches the record in an artifact. Every error names the artifact. */
async function downloadRecord(artifact, { client, folder, options, signal }) {
	const { id, name, size, digest } = artifact;
	if (size > 4194304) throw tooLarge$3(name, size);
	const path = join(folder, String(id));
	const fetch = async () => {
		await rm(path, {
			recursive: true,
			force: true
		});
		await mkdir(path);
		const { digestMismatch } = await client.downloadArtifact(id, {
			...options,
			path,
			skipDecompress: true,
			...digest === void 0 ? {} : { expectedHash: digest }
		});
		if (digestMismatch) throw changed$1(name, digest);
		const [file = ""] = await readdir(path);
		return readFile(join(path, file));
	};
	return {
		artifact: name,
		text: readRecord(name, await repeat(fetch, signal).catch((error) => {
			throw artifactError(`artifact "${name}" could not be fetched`, error, repositoryOf$1(options.findBy));
		}))
	};
}
function readRecord(name, archive) {
	try {
		const content = zipMember(archive, recordFile, largestRecord);
		if (content !== void 0) return content.toString();
	} catch (cause) {
		if (isTooLarge$2(cause)) throw tooLarge$3(name, void 0);
		const reason = cause instanceof Error ? cause.message : String(cause);
		throw new ArtifactError(`artifact "${name}" cannot be read: ${reason}`, {
			cause,
			hint: "Run the leg again that stored it; if that does not help, report it."
		});
	}
	throw new ArtifactError(`artifact "${name}" has no ${recordFile}`, { hint: "Give artifacts that are no records names that do not begin with \"oci-matrix-\"." });
}
const isTooLarge$2 = /* @__PURE__ */ __name((error) => error instanceof RangeError, "isTooLarge");
const changed$1 = /* @__PURE__ */ __name((name, digest) => new ArtifactError(`artifact "${name}" does not have the digest ${digest} it was stored with`), "changed");
const tooLarge$3 = /* @__PURE__ */ __name((name, size) => new ArtifactError(`artifact "${name}" has ${size === void 0 ? "a record with more" : `${size} bytes, more`} than the ${largestRecord} bytes that a record may have`, { hint: "Put less into \"outputs\" of the leg, or store it as an artifact of its own." }), "tooLarge");

// packages/github/src/artifacts/map-bounded.ts
/** Maps in order with so many at a time; after the first failure nothing new begins. */
async function mapBounded(items, limit, map) {
	const results = /* @__PURE__ */ new Map();
	const queue = items.entries();
	let failed = false;
	const work = async () => {
		for (const [index, item] of queue) {
			if (failed) return;
			results.set(index, await map(item));
		}
	};
	const guarded = () => work().catch((error) => {
		failed = true;
		throw error;
	});
	const rejected = (await Promise.allSettled(Array.from({ length: limit }, guarded))).find((worker) => worker.status === "rejected");
	if (rejected !== void 0) throw rejected.reason;
	return [...results].sort(([a], [b]) => a - b).map(([, result]) => result);
}

// packages/github/src/artifacts/download-records.ts
const [mostListings, pause$1] = [5, 2e3];
const downloadsAtOnce = 8;
/** All records that legs of a run stored, of every attempt, in the order of their artifacts' names. */
async function downloadRecords({ group, from, signal, isEnough = () => true } = {}) {
	const client = await artifactClient(process.env);
	const folder = await mkdtemp(join(process.env.RUNNER_TEMP || tmpdir(), "oci-matrix-"));
	printCommand("group", "Fetch the records of the legs");
	try {
		const way = {
			client,
			folder,
			options: from === void 0 ? {} : { findBy: findBy(from) },
			signal
		};
		const fetched = /* @__PURE__ */ new Map();
		for (let listing = 1;; listing += 1) {
			const artifacts = relevant(await list$1(way), group).filter(({ id }) => !fetched.has(id));
			await mapBounded(artifacts, downloadsAtOnce, async (artifact) => {
				signal?.throwIfAborted();
				fetched.set(artifact.id, await downloadRecord(artifact, way));
			});
			const records = inOrder$1(fetched);
			if (listing > 1 && artifacts.length === 0 || listing === mostListings || isEnough(records)) return records;
			await setTimeout$1(pause$1, void 0, signal === void 0 ? {} : { signal });
		}
	} finally {
		printCommand("endgroup");
		await rm(folder, {
			recursive: true,
			force: true
		});
	}
}
function findBy({ runId, repository, token }) {
	const [repositoryOwner = "", repositoryName = ""] = repository.split("/");
	return {
		token,
		workflowRunId: runId,
		repositoryOwner,
		repositoryName
	};
}
async function list$1({ client, options, signal }) {
	try {
		const { artifacts } = await repeat(() => client.listArtifacts({
			...options,
			latest: false
		}), signal);
		return artifacts.filter(({ name }) => isRecordArtifact(name));
	} catch (error) {
		const run = options.findBy;
		const where = run === void 0 ? "the run" : `run ${run.workflowRunId}`;
		throw artifactError(`the artifacts of ${where} could not be listed`, error, repositoryOf$1(run));
	}
}
__name(list$1, "list");
function relevant(artifacts, group) {
	const own = artifacts.filter(({ name }) => group === void 0 || name.startsWith(groupPrefix(group)));
	return own.length > 0 ? own : artifacts;
}
const inOrder$1 = /* @__PURE__ */ __name((fetched) => [...fetched].sort(([idA, { artifact: a }], [idB, { artifact: b }]) => a < b ? -1 : a > b ? 1 : idA - idB).map(([, record]) => record), "inOrder");

// packages/github/src/artifacts/upload-record.ts
/** Stores a leg's record as an artifact of the run. Names are never reused, so a repeat gets a number behind its own. */
async function uploadRecord(options) {
	const client = await artifactClient(process.env);
	const folder = await mkdtemp(join(process.env.RUNNER_TEMP || tmpdir(), "oci-matrix-"));
	printCommand("group", "Store the record of this leg");
	try {
		const file = join(folder, recordFile);
		await writeFile(file, options.json);
		const { retentionDays } = options;
		return await withFreeName(options, (name) => client.uploadArtifact(name, [file], folder, retentionDays === void 0 ? {} : { retentionDays }));
	} finally {
		printCommand("endgroup");
		await rm(folder, {
			recursive: true,
			force: true
		});
	}
}
const mostTries = 10;
async function withFreeName({ signal, ...leg }, upload) {
	const base = artifactName(leg);
	let lost = 0;
	for (let number = 1;; number += 1) {
		signal?.throwIfAborted();
		const artifact = number === 1 ? base : `${base}-${number}`;
		try {
			return {
				artifact,
				id: (await upload(artifact)).id
			};
		} catch (error) {
			const taken = isTaken(error);
			if (!taken) lost += 1;
			if (number >= mostTries || lost >= 3 || !(taken || mayPass(error))) throw artifactError(`artifact "${artifact}" could not be stored`, error);
			if (!taken) await setTimeout$1(1e3 * lost, void 0, signal === void 0 ? {} : { signal });
		}
	}
}
const isTaken = (error) => error instanceof Error && /\(409\)|already exists/.test(error.message);

// packages/github/src/camel-case.ts
/** `leg-index` as `legIndex`. */
const camelCase = (text) => text.replace(/-(.)/g, (_, letter) => letter.toUpperCase());

// packages/github/src/markdown.ts
/** Text as it is: on one line, and no character of it has a meaning in Markdown or HTML. */
const text$3 = /* @__PURE__ */ __name((plain) => ({ markup: plain.replace(/\s+/g, " ").replace(/[&<>|*_`~[\]\\#"']/g, entity) }), "text");
/** The same, in the type of code. */
const code = (plain) => ({ markup: `<code>${text$3(plain).markup}</code>` });
const heading = (title) => ({ markup: `### ${markupOf(title)}` });
/** Parts one after the other, in a line. */
const line = (...parts) => ({ markup: parts.map(markupOf).join("") });
/** Parts one below the other, in a cell of a table. */
const lines$1 = /* @__PURE__ */ __name((parts) => ({ markup: parts.map(markupOf).join("<br>") }), "lines");
const list = (items) => ({ markup: items.map((item) => `- ${markupOf(item)}`).join("\n") });
/** A table; every row on a line of its own. */
function table$1(header, rows) {
	const row = (cells) => `| ${cells.map(markupOf).join(" | ")} |`;
	const rule = `| ${header.map(() => "---").join(" | ")} |`;
	return { markup: [
		row(header),
		rule,
		...rows.map(row)
	].join("\n") };
}
__name(table$1, "table");
/** Folded away until somebody clicks on the title. */
const details = (title, ...blocks) => ({ markup: `<details><summary>${markupOf(title)}</summary>\n\n${renderMarkdown(...blocks)}\n</details>` });
/** The blocks as a document. */
const renderMarkdown = (...blocks) => `${blocks.map(markupOf).join("\n\n")}\n`;
const units = [
	"B",
	"KiB",
	"MiB",
	"GiB",
	"TiB",
	"PiB"
];
/** `1.2 GiB`; the exact number below 1 KiB. */
function formatSize(bytes) {
	const fits = (power) => Math.abs(bytes) / 1024 ** power < 1023.95;
	const found = units.findIndex((_, power) => fits(power));
	const power = found === -1 ? units.length - 1 : found;
	return `${power === 0 ? bytes : (bytes / 1024 ** power).toFixed(1)} ${units[power]}`;
}
const markupOf = (content) => typeof content === "string" ? text$3(content).markup : content.markup;
const entity = (character) => `&#${character.charCodeAt(0)};`;

// packages/github/src/progress.ts
/** Shows what the registry says to its users, and why a request is made again. */
const clientLog = (log) => (news) => {
	if (news.type === "warning") log.notice(`${news.registry} says: ${news.text}`);
	if (news.type === "retry") log.info(`again in ${(news.wait / 1e3).toFixed(1)} s: ${news.why}`);
};
/** One line for each blob, numbered. */
function uploadLog(log, total) {
	let count = 0;
	return ({ outcome, descriptor: { digest, size, annotations } }) => {
		count += 1;
		const name = annotations?.["org.opencontainers.image.title"] ?? digest;
		log.info(`[${count}/${total}] ${outcome} ${name} (${formatSize(size)})`);
	};
}

// packages/github/src/client-context.ts
/** What a client of a registry needs of the machine and the run, besides the inputs. */
const clientContext = ({ env, signal, log }) => ({
	env,
	home: homedir(),
	signal,
	onEvent: clientLog(log)
});

// packages/github/src/input-error.ts
/** Inputs that the action cannot take; names every one of them, not only the first. */
var InputError = class extends OciError {
	name = "InputError";
	code = "INPUT_INVALID";
	offences;
	constructor(offences) {
		super(describe$3(offences), { hint: hintOf(offences) });
		this.offences = offences;
	}
};
function describe$3(offences) {
	const parts = offences.map(({ input, reason }) => `input "${input}": ${reason}`);
	return parts.length > 1 ? `${parts.length} inputs are wrong: ${parts.join("; ")}` : parts.join();
}
__name(describe$3, "describe");
function hintOf(offences) {
	const hints = new Set(offences.map(({ hint }) => hint).filter((hint) => hint !== void 0));
	return hints.size === 0 ? void 0 : [...hints].join(" ");
}

// packages/github/src/collect-records.ts
/**
* All records among the artifacts of this run, or of another. A listing may be late: where a leg is missing, and where this is
* a later attempt, whose records might hide behind those of an earlier one, it is asked for again until nothing new comes.
* Where other records are at hand, a server without the artifact service is no error.
*/
async function collectRecords({ group, hasOthers, isComplete, ...other }, { log, signal, run }) {
	const from = otherRun(other, run);
	const mayBeLate = run.attempt > 1 && (other.runId ?? run.id) === run.id;
	const isEnough = (records) => !mayBeLate && isComplete(records);
	try {
		return await downloadRecords({
			group,
			signal,
			from,
			isEnough
		});
	} catch (error) {
		const isOutOfReach = error instanceof OciError && error.code === "ARTIFACT_SERVICE";
		if (!hasOthers || from !== void 0 || !isOutOfReach) throw error;
		log.warning(`only the records in "needs" are read: ${error.message}`);
		return [];
	}
}
function otherRun({ runId, token }, { repository }) {
	if (runId === void 0) return void 0;
	if (token) return {
		runId,
		repository,
		token
	};
	throw new InputError([{
		input: "token",
		reason: "is empty, and the artifacts of another run are not to be had without it",
		hint: "Leave \"token\" out, or set it to a token with the permission \"actions: read\"."
	}]);
}

// packages/github/src/contract.ts
/** Declares an action. Changes nothing; it is there for the types. */
const defineAction = (contract) => contract;

// packages/github/src/output-size.ts
const largest$2 = 12e4;
/** True of text that a later step can get as an input. */
const fitsOutput = (text) => Buffer.byteLength(text) <= largest$2;

// packages/github/src/deliver-record.ts
/**
* Sends a leg's record on its way: as an artifact, and, as the value returned, by the step's output. What an output cannot
* carry goes by artifact alone; where it may not, that is an `InputError`.
*/
async function deliverRecord(record, via, { log, signal }) {
	if (via === "artifact" || via === "both") {
		const { group, leg, run } = record;
		const { artifact } = await uploadRecord({
			group,
			leg,
			attempt: run.attempt,
			json: canonicalText(record),
			signal
		});
		log.info(`the record of leg ${leg} travels as artifact ${artifact}`);
	}
	if (via === "artifact" || via === "none") return void 0;
	const { image: _, ...carried } = record;
	const text = canonicalText(carried);
	if (fitsOutput(text)) return text;
	if (via === "output") throw tooLarge$2(record.leg, text.length);
	log.notice(`the record of leg ${record.leg} is too large for an output, and travels by artifact alone`);
}
const tooLarge$2 = /* @__PURE__ */ __name((leg, length) => new InputError([{
	input: "record",
	reason: `the record of leg ${leg} is too large for an output, with ${length} characters`,
	hint: "Set \"record\" to artifact or both, or record less."
}]), "tooLarge");

// packages/github/src/input-values.ts
const parseText = (text) => text;
const parseLines = (text) => text.split("\n").map((line) => line.trim()).filter((line) => line !== "");
const parseBoolean = (text, name) => {
	if (/^true$/i.test(text)) return true;
	if (/^false$/i.test(text)) return false;
	throw wrong(name, `${quote(text)} is neither true nor false`, "to true or false");
};
function parseInteger(min, max = Number.MAX_SAFE_INTEGER) {
	const range = max === Number.MAX_SAFE_INTEGER ? `a whole number from ${min}` : `a whole number from ${min} to ${max}`;
	return (text, name) => {
		const value = Number(text);
		if (/^-?\d+$/.test(text) && Number.isSafeInteger(value) && value >= min && value <= max) return value;
		throw wrong(name, `${quote(text)} is not ${range}`, `to ${range}, in digits`);
	};
}
function parseChoice(choices) {
	return (text, name) => {
		const choice = choices.find((candidate) => candidate === text);
		if (choice !== void 0) return choice;
		throw wrong(name, `${quote(text)} is no choice`, `to one of: ${choices.join(", ")}`);
	};
}
function parseJson$3(parse) {
	return (text, name) => {
		let value;
		try {
			value = JSON.parse(text);
		} catch {
			throw wrong(name, `${quote(text)} is not JSON`, `to JSON, e.g. with ${expression("toJSON(…)")}`);
		}
		return parse === void 0 ? value : parse(value);
	};
}
__name(parseJson$3, "parseJson");
const wrong = (input, reason, right) => new InputError([{
	input,
	reason,
	hint: `Set "${input}" ${right}.`
}]);
/** Text for a message: in quotes, at most 100 characters. */
const quote = (text) => JSON.stringify(text.length > 100 ? `${text.slice(0, 100)}…` : text);

// packages/github/src/input.ts
/** The kinds of inputs. All trim; an empty value takes the default, unless that is an expression. */
const input = {
	/** One text. Empty only where its default is an expression, or empty. */
	text: (options) => build(options, parseText, ""),
	lines,
	/** `true` or `false`. */
	boolean: (options) => build(options, parseBoolean),
	/** A whole number; from 0 unless `min` says otherwise. */
	integer: (options) => build(options, parseInteger(options.min ?? 0, options.max)),
	/** One of the given texts. */
	choice: (options, choices) => ({
		...build(options, parseChoice(choices)),
		choices
	}),
	/** JSON; `parse` checks the value, and may throw. */
	json: (options, parse) => build(options, parseJson$3(parse)),
	/** Any other text; `parse` may throw, and an `OciError` keeps its hint. */
	custom: (options, parse) => build(options, parse)
};
function lines(options, parse = (items) => items) {
	const read = (text, name) => parse(parseLines(text, name));
	return build({
		...options,
		default: options.default ?? ""
	}, read, parse([]));
}
function build(options, parse, empty) {
	const fallback = isExpression(options.default) ? void 0 : options.default?.trim();
	const read = (text, name) => {
		const value = text.trim() || fallback || "";
		if (value !== "") return parse(value, name);
		if (options.required) throw missing(name);
		if (options.default === void 0 || empty !== void 0) return options.default === void 0 ? void 0 : empty;
		throw new InputError([{
			input: name,
			reason: "is empty",
			hint: `Give "${name}" a value, or leave it out.`
		}]);
	};
	return {
		...options,
		read
	};
}
const isExpression = (text) => text?.includes("${{") ?? false;
const missing = (name) => new InputError([{
	input: name,
	reason: "is required, and was not given",
	hint: `Add "${name}" to the "with:" of the step.`
}]);

// packages/github/src/image-inputs.ts
/** Where to push; never with a tag. */
const imageInput = (parse) => input.custom({
	description: "Registry and repository, e.g. `ghcr.io/acme/app`.",
	required: true
}, (text, name) => {
	const image = parse(text);
	if (text.includes("/")) return image;
	throw new InputError([{
		input: name,
		reason: `${JSON.stringify(text)} does not have both a registry and a repository`,
		hint: "Write registry/repository, e.g. ghcr.io/acme/app."
	}]);
});
/** A media type, or nothing. */
const mediaTypeInput = (description) => input.custom({ description }, (text, name) => {
	if (isMediaType(text)) return text;
	throw new InputError([{
		input: name,
		reason: `${JSON.stringify(text)} is not a media type`,
		hint: "Write type/subtype, e.g. application/vnd.acme.disk."
	}]);
});
/** A manifest of the same image that a new one refers to, or nothing. */
const subjectInput = (description) => input.custom({ description }, (text, name) => {
	if (isDigest(text) || isTag(text)) return text;
	throw new InputError([{
		input: name,
		reason: `${JSON.stringify(text)} is neither a digest nor a tag`,
		hint: "Write a digest, sha256:…, or a tag of the same image."
	}]);
});
/** Tags, alone or in whole references; whether they are of the right image shows when the image is known. */
const tagsInput = (options) => input.lines(options, (lines) => {
	for (const line of lines) refuseNoTag(line);
	return lines;
});
function refuseNoTag(line) {
	if (/[-_.]$/.test(line)) throw endless(line);
	if (isTag(line)) return;
	if (/[:/]/.test(line)) {
		parseReference(line);
		return;
	}
	throw new InputError([{
		input: "tags",
		reason: `${JSON.stringify(line)} is not a tag`,
		hint: "Write 1 to 128 letters, digits, \"_\", \".\" and \"-\", with none of the last two in front; one tag a line."
	}]);
}
const endless = (line) => new InputError([{
	input: "tags",
	reason: `${JSON.stringify(line)} ends as if something were missing behind it`,
	hint: "Look whether an expression in it is empty, as outputs of a job are that was skipped or whose value GitHub masked."
}]);
/** Where blobs may be already, beside the image itself. */
const mountFromInput = input.lines({ description: "Repositories of the same registry that may have the blobs, one a line, e.g. that of the base image: from there they are mounted, not sent." });
/** How files get their media types. */
const fileInputs = (parse) => ({
	"media-types": input.lines({ description: "Media types by the end of a file name, `suffix=type/subtype`, one a line; the longest suffix wins." }, parse),
	"default-media-type": mediaTypeInput("Media type of files that nothing else names one for.")
});
/** How a leg's record travels. */
const recordInput = input.choice({
	description: "How the record travels to the fan-in: by `artifact`, by the step `output`, by `both`, or not at all (`none`).",
	default: "both"
}, [
	"artifact",
	"output",
	"both",
	"none"
]);

// packages/github/src/fan-in-inputs.ts
/** Which legs are meant, and where their records come from. */
const collectInputs = (parseNeeds, parseExpect, parseAllowedImages) => ({
	group: input.text({ description: "Group of the legs. By default the repository of the image, or the only group there is." }),
	needs: input.custom({ description: "`toJSON(needs)`: a job that failed fails this step, and records in the outputs of jobs are read." }, parseNeeds),
	expect: expectInput(parseExpect),
	"descriptor-files": descriptorFilesInput,
	"allow-images": input.lines({ description: "Images that records may name, one a line, where legs push to other repositories than that of the index, which gets what they pushed from there. A record that names another one is refused." }, parseAllowedImages),
	"run-id": input.integer({
		description: "Id of another run of this repository whose records to read, e.g. `github.event.workflow_run.id`; that of this run where it does not see its earlier attempts. The job needs `actions: read`.",
		min: 1
	})
});
/** What a missing leg does; `partial` says what an incomplete release may do. */
const onMissingInput = (partial) => input.choice({
	description: `What a missing leg does: \`fail\`; \`keep-previous\`, the entry that it has from a release before stays; \`partial\`, ${partial}`,
	default: "fail"
}, [
	"fail",
	"keep-previous",
	"partial"
]);
/** The tags of an incomplete release. */
const partialTagsInput = tagsInput({ description: "For `on-missing: partial`, the tags that an incomplete release moves, one a line; the first names the index that it updates. A complete one moves them behind `tags`." });
/** Records that no artifact carries. */
const descriptorFilesInput = input.lines({ description: "Files with one OCI descriptor each, paths or glob patterns, one a line: they take the place of the records. `expect` says how many, or which." });
/** Which legs there must be, where the word of their records is not enough. */
const expectInput = (parse) => input.custom({ description: "Which legs must be there: a number, leg names one a line, or the matrix as JSON. By default what the records say themselves." }, parse);
/** How the index is made. */
const indexInputs = ({ parseIdentity, parseSelectors, parseAnnotationLines }) => ({
	tags: tagsInput({
		description: "Tags of the index, one a line: a tag alone, or a whole reference as docker/metadata-action prints it. The first names the index that is updated.",
		required: true
	}),
	mode: input.choice({
		description: "`merge` keeps what nobody replaces, `replace` leaves exactly these entries, `remove` takes entries out.",
		default: "merge"
	}, [
		"merge",
		"replace",
		"remove"
	]),
	concurrent: input.boolean({
		description: "Set to `true` in all jobs that write to these tags at the same time, with the same first tag: no entry is lost then, and each job waits until that is sure.",
		default: "false"
	}),
	identity: input.lines({ description: "What makes two entries the same entry: `platform`, `artifactType`, `annotations.<key>`, one a line. By default the first two." }, parseIdentity),
	remove: input.lines({ description: "For `mode: remove`, what to take out: a platform, a digest or `annotations.<key>=<value>`, one a line." }, parseSelectors),
	annotations: input.lines({ description: "Annotations of the index, one a line, as docker/metadata-action prints them; `manifest-descriptor[platform]:key=value` goes on an entry." }, parseAnnotationLines),
	subject: subjectInput("Digest or tag, in the same image, of the manifest that the index refers to.")
});
/** What is known of the index afterwards. */
const indexOutputs = {
	digest: "Digest of the index.",
	index: "The index as JSON, where it fits into an output.",
	"index-file": "Path of the index as it was pushed.",
	json: "What was published where, with every manifest, its leg and its attestations, by `schemas/published-v1.json`; where it fits into an output.",
	"json-file": "Path of the same document, however large it is.",
	"protected-digests": "What no clean-up may delete while the tags are there, one digest a line: the index and every entry, attestations included; where they fit into an output.",
	references: "JSON list of the references that name it: each tag, then the digest.",
	changed: "`true` if the index is another than the first tag named before.",
	added: "How many entries are new.",
	replaced: "How many entries took the place of another.",
	kept: "How many entries stayed as they were.",
	removed: "How many entries were taken out."
};
/** Throws `InputError` where `mode` and `remove` contradict each other: one of them would count for nothing. */
function refuseUnfitMode({ mode, remove }) {
	if (mode === "remove" === remove.length > 0) return;
	throw new InputError([{
		input: "remove",
		reason: mode === "remove" ? "names nothing to take out" : `does nothing in mode ${mode}`,
		hint: "Set \"remove\" together with \"mode: remove\", and leave out both otherwise."
	}]);
}
/** Throws `InputError` where `partial-tags` are for nothing, or would let an incomplete release move `tags`. */
function refuseUnfitPartial({ onMissing, tags, partialTags }) {
	const own = new Set(tags.map(tagOf$2));
	const both = partialTags.map(tagOf$2).find((tag) => own.has(tag));
	if (onMissing === "partial" === partialTags.length > 0 && both === void 0) return;
	const nothing = onMissing === "partial" ? "are needed by on-missing: partial" : `do nothing with on-missing: ${onMissing}`;
	throw new InputError([{
		input: "partial-tags",
		reason: both === void 0 ? nothing : `have ${both}, which is one of "tags"`,
		hint: "Set \"partial-tags\" together with \"on-missing: partial\", to tags that only an incomplete release may spoil."
	}]);
}
const tagOf$2 = /* @__PURE__ */ __name((line) => line.slice(line.lastIndexOf(":") + 1), "tagOf");

// packages/github/src/file-pattern.ts
/** Splits `path:type/subtype`, as oras writes it; any other colon is part of the path. */
function parseFilePattern(line) {
	const colon = line.lastIndexOf(":");
	const mediaType = line.slice(colon + 1);
	return colon > 0 && isMediaType(mediaType) ? {
		pattern: line.slice(0, colon),
		mediaType
	} : {
		pattern: line,
		mediaType: void 0
	};
}
/** A pattern that matches this path and no other. */
const escapePattern = (path) => path.replace(sep === "/" ? /[*?[\\]/g : /[*?[]/g, (found) => found === "\\" ? "\\\\" : `[${found}]`);

// packages/github/src/files.ts
/**
* The files that the lines name, sorted by path, each once: literal paths, glob patterns, and `!`
* patterns that take back what lines before them named. `:type/subtype` behind a pattern is the
* media type of its files. Throws `InputError`, also for a line that names nothing.
*/
async function expandFiles(lines, cwd, input = "files") {
	const found = /* @__PURE__ */ new Map();
	for (const [index, line] of lines.entries()) {
		if (line.startsWith("!")) continue;
		const excluded = lines.slice(index + 1).filter((later) => later.startsWith("!"));
		const { pattern, mediaType, literal } = await readLine(line, cwd);
		const path = resolve(cwd, pattern);
		const paths = literal && excluded.length === 0 ? [path] : await match(literal ? escapePattern(pattern) : pattern, excluded, cwd);
		if (paths.length === 0 && !literal) throw await nothingFound(input, line, cwd);
		for (const file of paths) {
			const other = found.get(file);
			if (other !== void 0 && mediaType !== void 0 && other !== mediaType) throw twoTypes(input, file, other, mediaType);
			found.set(file, mediaType ?? other);
		}
	}
	if (lines.length > 0 && found.size === 0) throw allExcluded(input);
	return [...found].sort(([a], [b]) => a < b ? -1 : 1).map(([path, mediaType]) => mediaType === void 0 ? { path } : {
		path,
		mediaType
	});
}
async function readLine(line, cwd) {
	if (await isFile(resolve(cwd, line))) return {
		pattern: line,
		mediaType: void 0,
		literal: true
	};
	const parsed = parseFilePattern(line);
	return {
		...parsed,
		literal: await isFile(resolve(cwd, parsed.pattern))
	};
}
async function match(pattern, excluded, cwd) {
	const root = escapePattern(cwd);
	const patterns = [resolve(root, pattern), ...excluded.map((line) => `!${resolve(root, line.slice(1).trim())}`)];
	const { create } = await import("./actions-glob.js");
	return (await create(patterns.join("\n"), {
		implicitDescendants: false,
		matchDirectories: false
	})).glob();
}
const isFile = (path) => stat(path).then((found) => found.isFile(), () => false);
async function nothingFound(input, line, cwd) {
	const { pattern, mediaType } = parseFilePattern(line);
	const found = await stat(resolve(cwd, pattern)).catch(() => void 0);
	const all = `${pattern.replace(/\/+$/, "")}/**${mediaType === void 0 ? "" : `:${mediaType}`}`;
	return new InputError([found?.isDirectory() ? {
		input,
		reason: `${JSON.stringify(line)} is a directory`,
		hint: `Write ${JSON.stringify(all)} for all the files in it.`
	} : {
		input,
		reason: `no file matches ${JSON.stringify(line)}`,
		hint: "Check the path, which starts at the workspace, and that a step before this one makes the file."
	}]);
}
const allExcluded = (input) => new InputError([{
	input,
	reason: "the lines with \"!\" exclude every file",
	hint: "Exclude less, or name more files."
}]);
const twoTypes = (input, path, one, other) => new InputError([{
	input,
	reason: `${JSON.stringify(path)} has two media types, ${one} and ${other}`,
	hint: "Give each file one media type, on one line."
}]);

// packages/github/src/hints.ts
const own = (fallback) => ({ hint }) => hint ?? fallback;
const onGitHub = (github, elsewhere) => ({ host, hint }) => host === "ghcr.io" ? github : hint ?? elsewhere;
const again$1 = "Run the failed job again; what is already in the registry is not sent twice.";
const reportIt = "Report it at https://github.com/oci-matrix/oci-matrix/issues, with the log of a run with debug logging.";
const registryBug = "Run the job again; if it stays, the registry or a proxy before it breaks the specification: report it to its operator.";
const inputFix = "Correct the value in the \"with:\" of the step.";
/** A hint for every code there is. */
const hints$1 = {
	BLOB_UNKNOWN: own(again$1),
	BLOB_UPLOAD_INVALID: own(again$1),
	BLOB_UPLOAD_UNKNOWN: own(again$1),
	DIGEST_INVALID: own(again$1),
	MANIFEST_BLOB_UNKNOWN: own("Push the blobs to this very repository first: push-manifest with \"files\" does, and then run the job again."),
	MANIFEST_INVALID: own("Look at what the registry says about the manifest; many take fewer media types than the specification allows."),
	MANIFEST_UNKNOWN: own("Check the digest or tag, and that the step which pushes it ran before, in this job or in one that \"needs:\" names."),
	NAME_INVALID: own("Write \"image\" in lower case, as registry/repository, and without a tag."),
	NAME_UNKNOWN: own("Create the repository at the registry first: many make it at the first push, some (as ECR) do not."),
	SIZE_INVALID: own(again$1),
	UNAUTHORIZED: onGitHub("Add \"permissions: packages: write\" to the job, or \"packages: read\" where it only reads.", "Set \"username\" and \"password\", or log in to the registry in a step before this one."),
	DENIED: onGitHub("Add \"permissions: packages: write\" to the job, and check in the settings of the package that \"Manage Actions access\" lists this repository with the role Write.", "Give the account that is logged in the right to push to this repository."),
	UNSUPPORTED: own("Look up whether the registry supports this; a pull-through cache takes no push."),
	TOOMANYREQUESTS: own("Lower \"concurrency\" or \"max-parallel\" of the matrix, and log in: most registries allow more to users they know."),
	INVALID_DIGEST: own("Write it as \"sha256:\" and 64 lowercase hex digits."),
	INVALID_REFERENCE: own("Write \"image\" as registry/repository, e.g. ghcr.io/acme/app."),
	INVALID_PLATFORM: own("Write it as os/architecture or os/architecture/variant."),
	INVALID_MANIFEST: own("Build it again with a tool that follows image-spec v1.1."),
	NO_CREDENTIALS: onGitHub(`Add "permissions: packages: write" to the job; "token" is \${{ github.token }} unless you set it.`, "Set \"username\" and \"password\", or log in to the registry in a step before this one."),
	TOKEN_REFUSED: onGitHub("Add \"permissions: packages: write\" to the job; a run from a fork has a read-only token: use \"dry-run\" there.", "Check \"username\" and \"password\": secrets are empty in runs from forks, and tokens expire."),
	CHALLENGE_UNSUPPORTED: own("Use a registry that takes Bearer or Basic authentication."),
	TRANSPORT: own("Check the host in \"image\", and that the runner reaches it; if it does, run the job again."),
	TIMEOUT: own("Raise \"timeout-minutes\", or find out from the log what took so long."),
	DIGEST_MISMATCH: own(registryBug),
	SIZE_MISMATCH: own(registryBug),
	TRUNCATED: own(again$1),
	PROTOCOL: own(registryBug),
	LEG_MISSING: own(`Look at the legs named above and run the failed jobs again; where the fan-in has "if: \${{ !cancelled() }}", give it "needs: \${{ toJSON(needs) }}" too.`),
	LEG_DUPLICATE: own("Give each leg its own \"leg\", or each matrix its own \"group\"."),
	LEG_FAILED: own("Look at the log of the failed leg, and run the failed jobs again."),
	RECORD_INVALID: own("Use the same version of oci-matrix in the legs and in the fan-in job, and leave the records as they are."),
	ENTRY_DUPLICATE: own("Give the two legs different platforms, or add what tells them apart to \"identity\", e.g. annotations.<key>."),
	CHILD_MISSING: own("Push the manifest to the repository of the index, or check that no clean-up job removed it in between."),
	CONFLICT: own("Run the job again; if other jobs write to the same tag, give all of them \"concurrent: true\" or one concurrency group."),
	NOT_AN_INDEX: own("Choose another tag, or remove what is at this one."),
	FILE_NOT_FOUND: own("Check the path, which starts at the workspace, and that a step before this one makes the file."),
	IMAGE_NOT_ALLOWED: own("Look at who ran that leg: a record may be forged. If legs are meant to push there, add the image to \"allow-images\"."),
	FILE_CHANGED: own("Let nothing write to the file while the step runs, and run the job again."),
	MEDIA_TYPE_UNKNOWN: own("Add the file to \"media-types\", or set \"default-media-type\"."),
	LAYER_NOT_RUNNABLE: own("Give the layers a media type that runtimes unpack, or leave \"config\" out, so that nobody takes it for an image."),
	LAYER_INVALID: own("Build the image again, or pull it with a runtime to see whether that takes the layer: what is no sound tar is not measured."),
	LAYERS_META_INVALID: own("Measure the image again with measure-layers, or check that the file is what it or the build of a Foundries factory wrote."),
	SOURCE_INVALID: own("Check that \"source\" is what it says: an image layout, an archive of one or of docker save, or an image in a registry."),
	PLATFORM_MISMATCH: own("Leave \"platform\" out, or build for the platform that it says."),
	ANNOTATION_INVALID: own("Write each annotation on a line of its own, as key=value."),
	APP_REFUSED: own("Leave \"layers-manifests\" out: most registries refuse what is a manifest and an index at once."),
	INDEX_TOO_LARGE: own("Give the entries fewer annotations, or make several indexes of them."),
	RUN_OUTDATED: own("Leave the tag where it is: a later run has moved it already."),
	TAG_IMMUTABLE: own("Choose a new tag: the registry does not let this one move."),
	TOO_LARGE: own("Look at the largest layers in the summary, or free space on the device first."),
	UNSIGNED: own("Sign what the legs pushed with sign-manifest, then run this step again."),
	KEY_INVALID: own("Give a key of ECDSA P-256 or P-384, of RSA or of Ed25519, as PEM."),
	KEY_PASSWORD: own("Check that the secrets of the key and of its password belong together."),
	SIGN_COMMAND: own("Try the command that signs in a step of its own."),
	SIGNATURE_INVALID: own("Check that the public key or the identity is of whoever signs here; if it is, find out who wrote to the registry."),
	ID_TOKEN: own("Add \"permissions: id-token: write\" to the job, and to the job that calls its workflow; in a pull request from a fork GitHub gives none."),
	FULCIO: own("Run the job again; look at https://status.sigstore.dev if it stays."),
	REKOR: own("Run the job again; look at https://status.sigstore.dev if it stays."),
	TIMESTAMP_AUTHORITY: own("Run the job again; look at https://status.sigstore.dev if it stays."),
	CLOCK_SKEW: own("Set the clock of the runner, e.g. by NTP, and run the job again."),
	INPUT_INVALID: own(inputFix),
	ARTIFACT_SERVICE: own("Run the job again; look at https://www.githubstatus.com if it stays."),
	ABORTED: own(again$1),
	UNEXPECTED: own(reportIt)
};

// packages/github/src/hint-subject.ts
/** The advice for any error. What a registry refused is explained in the words of a workflow, which its client does not know. */
function hintFor(error) {
	const subject = subjectOf$3(error);
	const asked = subject.status === void 0 ? subject : {
		...subject,
		hint: void 0
	};
	if (isErrorCode(subject.code)) return hints$1[subject.code](asked);
	return hintForStatus(asked) ?? subject.hint ?? hints$1.UNEXPECTED(subject);
}
const codeOf = (error) => error instanceof OciError ? error.code : "UNEXPECTED";
const isErrorCode = (code) => Object.hasOwn(hints$1, code);
function hintForStatus(subject) {
	const { status = Number(/^HTTP_(\d{3})$/.exec(subject.code)?.[1] ?? 0) } = subject;
	if (status === 401) return hints$1.UNAUTHORIZED(subject);
	if (status === 403) return hints$1.DENIED(subject);
	if (status === 404) return hints$1.NAME_UNKNOWN(subject);
	if (status === 429) return hints$1.TOOMANYREQUESTS(subject);
	if (status < 500) return void 0;
	return "Run the job again, and look at the status page of the registry if it stays.";
}
function subjectOf$3(error) {
	const own = error instanceof OciError ? error : void 0;
	const url = own !== void 0 && "url" in own ? String(own.url) : own?.message;
	return {
		code: codeOf(error),
		hint: own?.hint,
		host: /https?:\/\/([^/\s:]+)/.exec(url ?? "")?.[1]?.toLowerCase(),
		status: own !== void 0 && "status" in own ? Number(own.status) || void 0 : void 0
	};
}
__name(subjectOf$3, "subjectOf");

// packages/github/src/published-subjects.ts
const mostSubjects = 500;
/**
* Tells the runner which indexes this step published, where it offers a file for it: actions/attest then needs no inputs, and
* attests what the tags name. The runner fails a step that names another digest for a name of an earlier one, so such a name is left out.
*/
async function announcePublished({ digest, dryRun, images }, { env, log }) {
	const file = env.GITHUB_ARTIFACTS;
	if (!file || dryRun) return;
	try {
		const known = await subjectNames(env.GITHUB_ARTIFACTS_LIST);
		const names = images.filter(({ failure }) => failure === void 0).map(({ image }) => image);
		const fresh = names.filter((name) => !known.has(name)).slice(0, mostSubjects - known.size);
		await appendFile(file, fresh.map((name) => `oci://${name}@${digest}\n`).join(""));
		for (const name of names.filter((other) => !fresh.includes(other))) log.info(`${name} is not named among the artifacts of this job: an earlier step named it, or there are ${mostSubjects}`);
	} catch (error) {
		log.info(`the artifacts of the job could not be named: ${error instanceof Error ? error.message : error}`);
	}
}
/** What earlier steps of the job named. */
async function subjectNames(file) {
	const text = file ? await readFile(file, "utf8").catch(() => "") : "";
	const list = text.trim() === "" ? {} : JSON.parse(text);
	const subjects = isObject$2(list) && Array.isArray(list.subjects) ? list.subjects : [];
	return new Set(subjects.map((subject) => isObject$2(subject) ? `${subject.name}` : ""));
}
const isObject$2 = /* @__PURE__ */ __name((value) => typeof value === "object" && value !== null, "isObject");

// packages/github/src/write-temporary.ts
/** Writes a file for later steps of the job, and gives its path. */
async function writeTemporary(name, content, env) {
	const folder = env.RUNNER_TEMP || tmpdir();
	await mkdir(folder, { recursive: true });
	const file = path.join(folder, name.replace(/[^A-Za-z0-9._-]+/g, "-"));
	await writeFile(file, content);
	return file;
}

// packages/github/src/index-result.ts
/** The values of `indexOutputs`. Where the runner collects what a job made, it is told of the index. */
async function indexResult({ bytes, changes, published }, context) {
	const { digest, changed, images } = published;
	const count = (outcome) => changes.filter((change) => change.outcome === outcome).length;
	const json = canonicalText(published);
	const protectedDigests = published.protected.join("\n");
	if (!fitsOutput(protectedDigests)) context.log.warning(`${published.protected.length} digests do not fit into the output "protected-digests": read "protected" in the file that "json-file" names`);
	await announcePublished(published, context);
	const write = (kind, content) => {
		const name = `oci-matrix-${kind}-${digestOf(content).slice(-12)}.json`;
		return writeTemporary(name, content, context.env);
	};
	return {
		digest,
		index: unlessTooLarge(new TextDecoder().decode(bytes)),
		indexFile: await write("index", bytes),
		json: unlessTooLarge(json),
		jsonFile: await write("published", new TextEncoder().encode(json)),
		protectedDigests: unlessTooLarge(protectedDigests),
		references: images.filter(({ failure }) => failure === void 0).flatMap(({ image, tags }) => [...tags.map(({ tag }) => `${image}:${tag}`), `${image}@${digest}`]),
		changed,
		added: count("added"),
		replaced: count("replaced"),
		kept: count("kept"),
		removed: count("removed")
	};
}
const unlessTooLarge = (text) => fitsOutput(text) ? text : void 0;

// packages/github/src/leg-identity.ts
/** Says who this leg is; `defaultGroup` is for a leg that names no group. */
function legIdentity(inputs, { run }, defaultGroup) {
	return {
		group: inputs.group || defaultGroup || "default",
		leg: inputs.leg || void 0,
		index: inputs.legIndex,
		total: inputs.legTotal,
		matrix: isObject$1(inputs.matrix) ? inputs.matrix : null,
		run: {
			id: String(run.id),
			number: run.number,
			attempt: inputs.runAttempt,
			job: run.job || "job",
			...inputs.checkRunId ? { checkRunId: inputs.checkRunId } : {},
			...run.commit ? { commit: run.commit } : {}
		}
	};
}
const isObject$1 = /* @__PURE__ */ __name((value) => typeof value === "object" && value !== null && !Array.isArray(value), "isObject");

// packages/github/src/set-output.ts
/**
* Adds an output to the runner's file of them:
* https://docs.github.com/en/actions/reference/workflows-and-actions/workflow-commands#multiline-strings
*/
function setOutput(file, name, text) {
	const end = `end_${randomUUID()}`;
	appendFileSync(file, `${name}<<${end}\n${text}\n${end}\n`);
}

// packages/github/src/leg-outputs.ts
/**
* Sets an output `<leg>.<key>` for everything that a leg recorded. A JavaScript action may set outputs that its `action.yml` does
* not declare: https://docs.github.com/en/actions/reference/workflows-and-actions/metadata-syntax#outputs-for-docker-container-and-javascript-actions
* Names that cannot be written in an expression, and those that two legs would share, are left to the JSON of all outputs.
*/
function writeLegOutputs(outputs, { env }) {
	const file = env.GITHUB_OUTPUT;
	if (!file) return;
	const pairs = Object.entries(outputs).flatMap(([leg, values]) => Object.entries(values).map(([key, value]) => [`${leg}.${key}`, value]));
	const sameName = Map.groupBy(pairs, ([name]) => name);
	for (const [name, [first, ...others]] of sameName) {
		if (first === void 0 || others.length > 0 || !isName(name)) continue;
		setOutput(file, name, first[1]);
	}
}
const isName = (text) => /^[A-Za-z0-9_-][A-Za-z0-9_.-]*\.[A-Za-z0-9_.-]*[A-Za-z0-9_-]$/.test(text);

// packages/github/src/read-records-file.ts
/** The text of the file that the input `records-file` names. */
const readRecordsFile = (file) => readFile(file, "utf8").catch((cause) => {
	throw new InputError([{
		input: "records-file",
		reason: `${JSON.stringify(file)} cannot be read: ${cause instanceof Error ? cause.message : cause}`,
		hint: "Name the \"records-file\" output of aggregate-outputs; in another job, take its \"records\" output instead."
	}]);
});

// packages/github/src/release-inputs.ts
/** Where an index goes beside its image, and what else a release can ask for. */
const releaseInputs = (parseImages) => ({
	images: input.lines({ description: "More images that get the same index, with all that it names, one a line: `quay.io/acme/app`. With `optional` behind it, one that fails is a warning. Other registries go by the logins on the machine." }, parseImages),
	guard: input.choice({
		description: "`run-number` refuses to move a tag back to an older run of this workflow; the number is an annotation of the index then.",
		default: "none"
	}, ["none", "run-number"]),
	"annotations-from-legs": input.boolean({
		description: "Puts the annotations that the manifests of all legs have alike on the index too; `annotations` win over them.",
		default: "false"
	})
});
/** The run that `guard` speaks of, if any. */
const guardedRun = (guard, { number, repository, workflow }) => guard === "none" ? void 0 : {
	number,
	workflow: `${repository}: ${workflow}`
};
/** Warns of the optional images that did not get the index. */
function warnOfFailures(places, { log }) {
	for (const { image, failure } of places) if (failure !== void 0) log.warning(`${formatReference(image)}, which is optional: ${failure}`);
}

// packages/github/src/release-summary.ts
const maxRows$1 = 300;
/** What was uploaded, what was there, and, folded away, every blob. */
function blobSummary(blobs, { uploaded, present, bytesUploaded }, dryRun) {
	const bytes = blobs.reduce((sum, { size }) => sum + size, 0);
	const story = dryRun ? `Nothing was written; ${blobs.length} blobs, ${formatSize(bytes)} in all.` : `${uploaded} blobs uploaded (${formatSize(bytesUploaded)}), ${present} there already.`;
	const rows = blobs.map(({ mediaType, digest, size, annotations }) => [
		annotations?.["org.opencontainers.image.title"] ?? "",
		code(mediaType),
		formatSize(size),
		code(digest)
	]);
	return details(story, cutTable([
		"File",
		"Media type",
		"Size",
		"Digest"
	], rows));
}
/** Where the index is, or will be. */
const publishedTitle = ({ images, dryRun }) => heading(`${images.map(({ image }) => image).join(", ")}${dryRun ? " (dry run)" : ""}`);
/** Which tag is where, and what became of every entry. */
function indexSummary(published) {
	const { digest, size, changed, dryRun, images, manifests, removed } = published;
	const parts = manifests.flatMap((manifest) => [manifest, ...manifest.attestations]);
	const count = (outcome) => parts.filter((part) => part.outcome === outcome).length;
	const story = changed ? `${count("added")} new, ${count("replaced")} replaced, ${count("kept")} kept, ${removed.length} removed` : "nothing changed";
	return [
		line("Index ", code(digest), ` (${formatSize(size)}): ${story}.`),
		cutTable([
			"Tag",
			"Where",
			"Was",
			dryRun ? "Would be" : "Is"
		], images.flatMap(({ image, tags, failure }) => tags.map((tag) => [
			code(tag.tag),
			code(image),
			...tagStory(tag, digest, failure)
		]))),
		cutTable([
			"Entry",
			"Digest",
			"Size of the manifest",
			"Leg",
			"Attestations",
			""
		], [...manifests.map((manifest) => [
			...entryCells(manifest),
			manifest.leg ?? "",
			lines$1(manifest.attestations.map((attestation) => code(attestation.digest))),
			outcomeCell(manifest)
		]), ...removed.map((entry) => [
			...entryCells(entry),
			"",
			"",
			"removed"
		])])
	];
}
function tagStory({ moved, previous }, digest, failure) {
	const was = previous === void 0 ? "nothing" : code(previous);
	if (failure !== void 0) return [was, `failed: ${failure}`];
	return [was, moved ? code(digest) : "the same"];
}
const entryCells = ({ name, digest, size }) => [
	name,
	code(digest),
	formatSize(size)
];
function outcomeCell({ outcome, previous }) {
	if (outcome === "added") return "new";
	return previous === void 0 ? outcome : line("replaced ", code(previous));
}
/** The legs with what they handed over, folded away unless some are missing; those stand first. */
function legSummary(legs, missing) {
	const absent = missing.map((name) => [
		name,
		"",
		"missing",
		""
	]);
	const present = legs.map(({ leg, run, descriptor, outputs, finishedAt }) => [
		leg,
		`${run.job}, attempt ${run.attempt}`,
		descriptor === void 0 ? `${Object.keys(outputs).length} outputs` : code(descriptor.digest),
		finishedAt
	]);
	const rows = cutTable([
		"Leg",
		"Job",
		"Handed over",
		"Finished"
	], [...absent, ...present]);
	if (missing.length === 0) return details(`${legs.length} legs, none missing`, rows);
	return { markup: `${text$3(`${legs.length} legs are there, ${missing.length} missing:`).markup}\n\n${rows.markup}` };
}
function cutTable(header, rows) {
	const more = rows.length - maxRows$1;
	const shown = table$1(header, rows.slice(0, maxRows$1));
	return more > 0 ? { markup: `${shown.markup}\n\n… and ${more} more` } : shown;
}

// packages/github/src/clean.ts
const { stripVTControlCharacters } = process.getBuiltinModule("node:util");
/** Text from anywhere, safe to print: no terminal sequences, no control characters but newline and tab, no text-direction tricks. */
const clean = (text) => stripVTControlCharacters(text).replaceAll("\r\n", "\n").replace(/[^\P{Cc}\n\t]|[\u202a-\u202e\u2066-\u2069]/gu, "");
/** The same, with nothing left that the runner takes for a command of ours. */
const cleanLine = (text) => clean(text).replace(/^(\s*):(?=:)/gm, "$1: ").replaceAll("##[", "## [");
/** Cuts to at most so many characters. */
const cut = (text, length) => text.length <= length ? text : `${text.slice(0, length - 1)}…`;

// packages/github/src/log.ts
/** The runner cuts longer annotations without a word (actions/runner v2.336). */
const annotationLength = 4096;
function createLog(secrets) {
	const annotation = (text) => cut(secrets.redact(clean(text)), annotationLength);
	return {
		info: (text) => printLine(cleanLine(secrets.redact(text))),
		warning: (text) => printCommand("warning", annotation(text)),
		notice: (text) => printCommand("notice", annotation(text)),
		group: async (title, work) => {
			printCommand("group", annotation(title));
			try {
				return await work();
			} finally {
				printCommand("endgroup");
			}
		}
	};
}

// packages/github/src/parse-inputs.ts
/** Reads every input, and throws one `InputError` that names all that are wrong. Secrets are masked before anything is parsed. */
function parseInputs({ inputs }, environment, secrets) {
	const texts = Object.keys(inputs).map((name) => [name, textOf$3(name, environment)]);
	for (const [name, text] of texts) if (inputs[name]?.secret) secrets.add(text);
	const offences = [];
	const values = texts.map(([name, text]) => {
		try {
			return [camelCase(name), inputs[name]?.read(text, name)];
		} catch (error) {
			offences.push(...offencesOf(error, name, inputs[name]?.secret === true && text !== ""));
			return [];
		}
	});
	if (offences.length > 0) throw new InputError(offences);
	return Object.fromEntries(values);
}
/** The variable that the runner makes of an input's name (actions/runner v2.336): only spaces change. */
const inputVariable = (name) => `INPUT_${name.replaceAll(" ", "_").toUpperCase()}`;
const textOf$3 = /* @__PURE__ */ __name((name, environment) => (environment[inputVariable(name)] ?? "").replaceAll("\r\n", "\n"), "textOf");
function offencesOf(error, input, secret) {
	if (secret) return [{
		input,
		reason: "is not a value that it can have"
	}];
	if (error instanceof InputError) return error.offences;
	return [{
		input,
		reason: error instanceof Error ? error.message : String(error),
		hint: error instanceof OciError ? error.hint : void 0
	}];
}

// packages/github/src/report-failure.ts
/** Explains a failure: its causes in the log, and one annotation with what happened and what to do. */
function reportFailure(error, { log, secrets, debug }) {
	const causes = chainOf(error).slice(1);
	for (const cause of causes) log.info(`caused by ${describe$2(cause)}`);
	for (const link of [error, ...causes]) if (link instanceof Error && (debug || !(link instanceof OciError))) log.info(stackOf(link));
	const hint = `\n${hintFor(error)}`;
	const message = error instanceof Error ? error.message || error.name : String(error);
	const text = cut(clean(secrets.redact(message)), annotationLength - hint.length) + hint;
	printCommand("error", text, codeOf(error));
}
const deepest = 20;
function chainOf(error) {
	const seen = /* @__PURE__ */ new Set();
	const visit = (link) => {
		if (link == null || seen.has(link) || seen.size >= deepest) return;
		seen.add(link);
		if (!(link instanceof Error)) return;
		visit(link.cause);
		if (link instanceof AggregateError) for (const part of link.errors) visit(part);
	};
	visit(error);
	return [...seen];
}
function describe$2(cause) {
	if (!(cause instanceof Error)) return String(cause);
	const code = "code" in cause && typeof cause.code === "string" ? ` (${cause.code})` : "";
	return `${cause.name}${code}: ${cause.message}`;
}
__name(describe$2, "describe");
const stackOf = ({ stack = "" }) => stack.split("\n").filter((line) => line.startsWith("    at ")).join("\n");

// packages/github/src/run-context.ts
const workflowRun = (env) => ({
	id: Number(env.GITHUB_RUN_ID ?? 0),
	number: Number(env.GITHUB_RUN_NUMBER ?? 0),
	attempt: Number(env.GITHUB_RUN_ATTEMPT ?? 1),
	job: env.GITHUB_JOB ?? "",
	commit: env.GITHUB_SHA ?? "",
	repository: env.GITHUB_REPOSITORY ?? "",
	serverUrl: env.GITHUB_SERVER_URL ?? "",
	workflow: env.GITHUB_WORKFLOW ?? "",
	ref: env.GITHUB_REF ?? ""
});

// packages/github/src/secrets.ts
const shortest = 4;
/** `mask` tells the runner. */
function createSecrets(mask) {
	const forms = /* @__PURE__ */ new Set();
	const sorted = () => [...forms].sort((a, b) => b.length - a.length);
	return {
		add: (text) => {
			const secret = text.trim();
			if (secret.length < shortest) return;
			mask(secret);
			for (const part of [secret, ...secret.split(/\r?\n/).map((line) => line.trim())]) for (const form of formsOf(part)) if (form.length >= shortest) forms.add(form);
		},
		contains: (text) => sorted().some((form) => text.includes(form)),
		redact: (text) => sorted().reduce((cut, form) => cut.replaceAll(form, "***"), text)
	};
}
function formsOf(secret) {
	if (secret.length < shortest) return [];
	return [
		secret,
		...[
			0,
			1,
			2
		].map((shift) => base64Core(secret, shift)),
		encodeURIComponent(secret.toWellFormed()),
		JSON.stringify(secret).slice(1, -1),
		escapeXml(secret)
	];
}
function base64Core(secret, shift) {
	const bytes = Buffer.concat([Buffer.alloc(shift), Buffer.from(secret)]);
	const whole = Math.floor(bytes.length * 8 / 6);
	return bytes.toString("base64").slice(Math.ceil(shift * 8 / 6), whole);
}
const entities = {
	"&": "&amp;",
	"<": "&lt;",
	">": "&gt;",
	"\"": "&quot;",
	"'": "&apos;"
};
const escapeXml = (text) => text.replace(/[&<>"']/g, (character) => entities[character] ?? character);

// packages/github/src/stop.ts
/** The run was told to end before it was done. */
var StoppedError = class extends OciError {
	name = "StoppedError";
	code;
	constructor(code, message, cause) {
		super(message, { cause });
		this.code = code;
	}
};
const graceMs = 6e3;
function createStop() {
	const controller = new AbortController();
	const { promise: overdue, reject } = Promise.withResolvers();
	const stop = (reason) => {
		if (controller.signal.aborted) return;
		controller.abort(reason);
		setTimeout(() => reject(reason), graceMs).unref();
	};
	for (const name of ["SIGINT", "SIGTERM"]) process.on(name, () => stop(new StoppedError("ABORTED", `the job was cancelled (${name})`)));
	return {
		signal: controller.signal,
		overdue,
		limit: (minutes) => {
			if (minutes <= 0) return;
			const reason = new StoppedError("TIMEOUT", `not done after ${minutes} min (timeout-minutes)`);
			setTimeout(() => stop(reason), minutes * 6e4).unref();
		}
	};
}

// packages/github/src/write-outputs.ts
const largest$1 = 1e6;
/** Sets the step's outputs, and warns of those that cannot become outputs of the job. */
function writeOutputs({ outputs: declared }, outputs, { env, log, secrets }) {
	const values = new Map(Object.entries(outputs));
	for (const name of Object.keys(declared)) {
		const value = values.get(camelCase(name));
		if (value === void 0) continue;
		const text = typeof value === "string" ? value : canonicalText(value);
		if (env.GITHUB_OUTPUT) setOutput(env.GITHUB_OUTPUT, name, text);
		else log.info(`${name}=${text}`);
		const trouble = troubleWith(text, secrets.contains(text));
		if (trouble !== void 0) log.warning(`output "${name}" ${trouble}`);
	}
}
function troubleWith(text, secret) {
	if (secret) return "contains a secret: later steps can read it, but GitHub drops it from the outputs of the job";
	if (text.length * 2 > largest$1) return `has ${text.length * 2} bytes in UTF-16, more than the ${largest$1} that GitHub takes for the outputs of a job`;
}

// packages/github/src/write-summary.ts
const largest = 1048576;
/** Adds to the step's summary. A summary is a courtesy: where it cannot be written, that is a line in the log. */
async function writeSummary(markdown, { env, log, secrets }) {
	const file = env.GITHUB_STEP_SUMMARY;
	if (!file) return;
	try {
		const size = await stat(file).then((found) => found.size, () => 0);
		await appendFile(file, fitSummary(`${clean(secrets.redact(markdown))}\n`, largest - size));
	} catch (error) {
		log.info(`the summary could not be written: ${error instanceof Error ? error.message : error}`);
	}
}
/** The whole text, or its first lines and a note that there is more, in at most so many bytes. */
function fitSummary(markdown, bytes) {
	const encoded = Buffer.from(markdown);
	if (encoded.length <= bytes) return markdown;
	const room = bytes - 400;
	const end = encoded.subarray(0, Math.max(0, room)).lastIndexOf("\n");
	const kept = encoded.subarray(0, end + 1).toString();
	return `${kept}${closingOf(kept)}\n_There is more than a summary can hold: ${encoded.length - end - 1} bytes are cut here._\n`;
}
function closingOf(markdown) {
	const count = (pattern) => markdown.match(pattern)?.length ?? 0;
	const fence = count(/^```/gm) % 2 === 1 ? "```\n" : "";
	const folds = Math.max(0, count(/<details>/g) - count(/<\/details>/g));
	return `${fence}${"\n</details>\n".repeat(Math.min(folds, 10))}`;
}

// packages/github/src/run-action.ts
/**
* Runs an action as the main module of a process, and ends that process: with 0, or, after exactly
* one error annotation, with 1.
*/
async function runAction(contract, run) {
	process.noDeprecation = process.env.RUNNER_DEBUG !== "1";
	const { env } = process;
	const secrets = createSecrets((text) => printCommand("add-mask", text));
	const log = createLog(secrets);
	const stop = createStop();
	try {
		const work = async () => {
			const inputs = parseInputs(contract, env, secrets);
			stop.limit(minutesOf(inputs));
			const context = {
				signal: stop.signal,
				log,
				secrets,
				summarise: (markdown) => writeSummary(markdown, context),
				run: workflowRun(env),
				env
			};
			const { outputs, summary } = await run(inputs, context);
			writeOutputs(contract, outputs, context);
			if (summary !== void 0) await context.summarise(summary);
		};
		await Promise.race([
			work(),
			stop.overdue,
			uncaught()
		]);
	} catch (error) {
		const failure = asStopped(error, stop.signal.reason);
		reportFailure(failure, {
			log,
			secrets,
			debug: env.RUNNER_DEBUG === "1"
		});
		process.exitCode = 1;
	}
	await flush();
	process.exit();
}
const asStopped = (error, reason) => reason instanceof StoppedError && error !== reason ? new StoppedError(reason.code, reason.message, error) : error;
const minutesOf = (inputs) => "timeoutMinutes" in inputs && typeof inputs.timeoutMinutes === "number" ? inputs.timeoutMinutes : 0;
/** Rejects with the first error that nobody caught, and when nothing is left that could end the run. */
function uncaught() {
	return new Promise((_, reject) => {
		process.on("uncaughtException", reject);
		process.on("unhandledRejection", reject);
		process.on("beforeExit", () => reject(/* @__PURE__ */ new Error("the action waits for something that never comes")));
	});
}
const flush = () => new Promise((resolve) => {
	process.stdout.write("", () => resolve());
});

// packages/github/src/shared-inputs.ts
/** What every action that talks to a registry takes; a contract spreads it behind its own inputs. */
const registryInputs = {
	username: input.text({ description: "User name at the registry. Without it, the logins of the Docker config apply." }),
	password: input.text({
		description: "Password or access token that belongs to `username`.",
		secret: true
	}),
	token: input.text({
		description: "GitHub token. It goes to ghcr.io and to no other registry.",
		default: expression("github.token"),
		secret: true
	}),
	concurrency: input.integer({
		description: "How many transfers at a time.",
		default: "4",
		min: 1,
		max: 64
	}),
	"timeout-minutes": input.integer({
		description: "Minutes until the step gives up; 0 for no limit.",
		default: "60",
		max: 1e4
	}),
	"plain-http": input.boolean({
		description: "Talk http without TLS to a registry that is not on this machine.",
		default: "false"
	}),
	"dry-run": input.boolean({
		description: "Compute everything, and write nothing.",
		default: "false"
	})
};
/** What tells the legs of a matrix apart; the hidden ones fill themselves. */
const legInputs = {
	group: input.text({ description: "Name shared by the legs of one index. By default the repository of the image, or, without an image, the job." }),
	leg: input.text({ description: "Name of this leg. By default it comes from the values of the matrix." }),
	"leg-index": input.integer({
		description: "Position of this leg in the matrix, from 0.",
		default: expression("strategy.job-index"),
		hidden: true
	}),
	"leg-total": input.integer({
		description: "How many legs the matrix has.",
		default: expression("strategy.job-total"),
		hidden: true,
		min: 1
	}),
	matrix: input.json({
		description: "The values of the matrix in this leg, as JSON.",
		default: expression("toJSON(matrix)"),
		hidden: true
	}),
	"run-attempt": input.integer({
		description: "Which attempt of the run this is, from 1.",
		default: expression("github.run_attempt"),
		hidden: true,
		min: 1
	}),
	"check-run-id": input.text({
		description: "Check run of this job; empty where the server has none.",
		default: expression("job.check_run_id"),
		hidden: true
	})
};

// packages/github/src/signature-result.ts
/** What signing puts out. */
const signatureOutputs = {
	signatures: "JSON list: of each signature its `subject`, `format`, `reference`, `descriptor`, who signed, and whether it was `present`.",
	"bundle-files": "Paths of the Sigstore bundles, one a line.",
	"verify-command": "The `cosign verify` commands for what was signed, one a line.",
	"public-key": "The public key in PEM, which those commands expect in the file cosign.pub."
};
/** The values of `signatureOutputs`. */
async function signatureResult(signatures, publicKey, { env }) {
	const bundles = signatures.flatMap(({ bundle }) => bundle ?? []);
	const files = await Promise.all(bundles.map((bundle) => {
		const name = `oci-matrix-bundle-${encodedOf(digestOf(bundle)).slice(-12)}.sigstore.json`;
		return writeTemporary(name, bundle, env);
	}));
	return {
		signatures: signatures.map(({ bundle: _, verify: __, ...told }) => told),
		bundleFiles: files.join("\n") || void 0,
		verifyCommand: commandsOf(signatures).join("\n") || void 0,
		publicKey
	};
}
const commandsOf = (signatures) => [...new Set(signatures.map(({ verify }) => verify))];
/** What was signed, and how to verify it. */
function signatureSummary(signatures, publicKey) {
	if (signatures.length === 0) return [];
	const rows = signatures.map(({ subject, format, outcome, reference }) => [
		code(subject),
		format,
		outcome === "present" ? "signed before" : "signed",
		reference === void 0 ? "" : code(reference)
	]);
	const commands = commandsOf(signatures).map((command) => code(command));
	const key = publicKey === void 0 ? [] : [details("cosign.pub", lines$1(publicKey.trim().split("\n").map(code)))];
	return [
		table$1([
			"Signed",
			"Format",
			"",
			"Signature"
		], rows.slice(0, maxRows)),
		details("Verify", lines$1(commands.slice(0, maxRows))),
		...key
	];
}
const maxRows = 300;

// packages/github/src/identity-token.ts
/** GitHub gave no id token, which is what a job proves with who it is. */
var IdentityTokenError = class extends OciError {
	name = "IdentityTokenError";
	code = "ID_TOKEN";
};
const attempts$1 = 4;
/** The most bytes of an answer that are read; a token has some 2 KiB. */
const maxAnswer$1 = 65536;
/**
* Asks GitHub for a token of this job, again where it is busy; throws `ID_TOKEN`.
* https://docs.github.com/actions/reference/security/oidc#methods-for-requesting-the-oidc-token
*/
async function githubIdentityToken(options) {
	const { secrets, timeout = 3e4, signal } = options;
	const request = requestOf(options);
	secrets.add(request.bearer);
	const attemptMs = timeout / attempts$1;
	for (let attempt = 1;; attempt += 1) {
		const outcome = await tryOnce(request, attemptMs, signal);
		signal?.throwIfAborted();
		if (typeof outcome === "string") {
			secrets.add(outcome);
			return outcome;
		}
		if (attempt === attempts$1) throw outcome;
		const pause = Math.min(250 * 2 ** attempt, attemptMs / 2);
		await setTimeout$1(pause, void 0, { signal }).catch(() => signal?.throwIfAborted());
	}
}
function requestOf({ env, audience = "sigstore" }) {
	const { ACTIONS_ID_TOKEN_REQUEST_URL: address, ACTIONS_ID_TOKEN_REQUEST_TOKEN: bearer } = env;
	if (!address || !bearer) throw new IdentityTokenError("this job may not ask GitHub for an id token", { hint: noPermission });
	const url = URL.parse(address);
	if (url === null) throw new IdentityTokenError("ACTIONS_ID_TOKEN_REQUEST_URL is no URL");
	url.searchParams.set("audience", audience);
	return {
		url,
		bearer
	};
}
const noPermission = "Add \"permissions: id-token: write\" to the job, and to the job that calls its workflow; in a pull request from a fork GitHub gives no id token: sign with a key there, or not at all.";
const again = "Run the job again; look at https://www.githubstatus.com if it stays.";
async function tryOnce({ url, bearer }, milliseconds, signal) {
	const limit = AbortSignal.timeout(Math.ceil(milliseconds));
	try {
		const response = await fetch(url, {
			headers: {
				authorization: `Bearer ${bearer}`,
				accept: "application/json"
			},
			redirect: "manual",
			signal: signal === void 0 ? limit : AbortSignal.any([limit, signal])
		});
		return response.ok ? await tokenIn(response, url) : refused$2(response, url);
	} catch (error) {
		if (error instanceof IdentityTokenError) throw error;
		const what = limit.aborted ? `did not answer within ${(milliseconds / 1e3).toFixed(1)} s` : "cannot be reached";
		return new IdentityTokenError(`GitHub's issuer of id tokens at ${url.host} ${what}`, {
			cause: error,
			hint: again
		});
	}
}
function refused$2({ status }, { host }) {
	const message = `GitHub's issuer of id tokens at ${host} answered with ${status}`;
	if (status === 429 || status >= 500) return new IdentityTokenError(message, { hint: again });
	throw new IdentityTokenError(message, { hint: noPermission });
}
__name(refused$2, "refused");
async function tokenIn({ body }, { host }) {
	let text = "";
	const decoder = new TextDecoder();
	for await (const part of body ?? []) {
		text += decoder.decode(part, { stream: true });
		if (text.length > maxAnswer$1) break;
	}
	const token = valueIn(text);
	if (token !== void 0) return token;
	throw new IdentityTokenError(`GitHub's issuer of id tokens at ${host} answered with something else than a token`, { hint: again });
}
function valueIn(text) {
	try {
		const { value } = JSON.parse(text);
		return typeof value === "string" && value !== "" ? value : void 0;
	} catch {
		return;
	}
}

// packages/github/src/signer-options.ts
/** How a step signs; undefined where none of the three ways is given. Secrets of the environment are masked first. */
async function signerOptions(inputs, context) {
	const { key, signCommand, keyless } = inputs;
	refuseSeveral({
		key,
		"sign-command": signCommand,
		keyless: keyless || void 0
	});
	if (key !== void 0) return keyOptions(key, inputs, context);
	if (inputs.keyPassword !== void 0) throw unused("key-password", "key");
	if (signCommand !== void 0) {
		const onLine = (line) => context.log.info(line);
		const publicKey = await textOf$2("public-key", inputs.publicKey, isPem);
		if (publicKey === void 0) throw needed("sign-command", "public-key");
		return {
			kind: "command",
			command: signCommand,
			publicKey,
			onLine
		};
	}
	if (!keyless) return void 0;
	return {
		kind: "keyless",
		identityToken: () => githubIdentityToken(context),
		fulcioUrl: inputs.fulcioUrl,
		rekorUrl: inputs.rekorUrl,
		timestampUrl: inputs.timestampUrl,
		trustedRoot: await textOf$2("trusted-root", inputs.trustedRoot)
	};
}
/** Whose signatures count; undefined where nothing says so. */
async function verifierOptions(inputs) {
	const { certificateIdentity: identity, certificateOidcIssuer: issuer } = inputs;
	const publicKey = await textOf$2("public-key", inputs.publicKey, isPem);
	if (publicKey !== void 0 && identity !== void 0) throw several$1(["public-key", "certificate-identity"]);
	if (publicKey !== void 0) return { publicKey };
	if (identity === void 0) return void 0;
	const trustedRoot = await textOf$2("trusted-root", inputs.trustedRoot);
	if (trustedRoot === void 0) throw needed("certificate-identity", "trusted-root");
	return {
		identity,
		issuer,
		trustedRoot
	};
}
function keyOptions(text, { keyPassword }, { env, secrets }) {
	const name = /^env:\/\/(?<name>\w+)$/.exec(text)?.groups?.name;
	const key = name === void 0 ? text : env[name];
	const password = keyPassword ?? env.COSIGN_PASSWORD;
	for (const secret of [key, password]) if (secret) secrets.add(secret);
	if (key) return {
		kind: "key",
		key,
		password
	};
	throw new InputError([{
		input: "key",
		reason: `names the variable ${name}, which is not set`,
		hint: "Set it in the \"env:\" of the step, from a secret; secrets are empty in runs from forks."
	}]);
}
const isPem = (text) => text.startsWith("-----BEGIN");
/** What an input has, or the file that it names. */
async function textOf$2(input, value, isText = () => false) {
	if (value === void 0 || isText(value)) return value;
	return readFile(value, "utf8").catch((cause) => {
		throw new InputError([{
			input,
			reason: `cannot be read as a file: ${cause instanceof Error ? cause.message : cause}`,
			hint: "Name a file that a step before this one made, or that was checked out."
		}]);
	});
}
__name(textOf$2, "textOf");
function refuseSeveral(ways) {
	const given = Object.keys(ways).filter((name) => ways[name] !== void 0);
	if (given.length > 1) throw several$1(given);
}
const several$1 = /* @__PURE__ */ __name((inputs) => new InputError([{
	input: inputs[0] ?? "",
	reason: `cannot go with ${inputs.slice(1).join(" and ")}`,
	hint: `Give one of ${inputs.join(", ")}.`
}]), "several");
const needed = (by, input) => new InputError([{
	input,
	reason: `is needed by ${by}, and was not given`,
	hint: `Set "${input}", or leave out "${by}".`
}]);
const unused = (input, by) => new InputError([{
	input,
	reason: `does nothing without ${by}`,
	hint: `Leave out "${input}", or set "${by}".`
}]);

// packages/github/src/signing-inputs.ts
/** Who signs, and how; each of the first three is a way to sign. */
const signingInputs = {
	key: input.text({
		description: "Signs with this private key, in PEM: ECDSA, RSA or Ed25519, or cosign's own encrypted one. `env://NAME` reads a variable.",
		secret: true
	}),
	"sign-command": input.text({ description: "Signs with this command, as one that asks a key management service: it gets what to sign on standard input, and prints the signature, its bytes or those in base64. Needs `public-key`." }),
	keyless: input.boolean({
		description: "Signs with a certificate for what GitHub says that this workflow is, and no key at all. The job needs `id-token: write`.",
		default: "false"
	}),
	"key-password": input.text({
		description: "Password of an encrypted `key`. By default the variable `COSIGN_PASSWORD`.",
		secret: true
	}),
	format: input.choice({
		description: "Of the signatures: `bundle`, a referrer, as cosign 3 has them; `legacy`, at the tag `sha256-….sig`, as older clients read them; or `both`.",
		default: "bundle"
	}, [
		"bundle",
		"legacy",
		"both"
	]),
	recursive: input.boolean({
		description: "Signs also what an index names, each manifest once, but for attestations.",
		default: "false"
	}),
	"fulcio-url": input.text({
		description: "For `keyless`: the authority that makes the certificate.",
		default: "https://fulcio.sigstore.dev"
	}),
	"rekor-url": input.text({
		description: "For `keyless`: the transparency log, or `none`.",
		default: "https://rekor.sigstore.dev"
	}),
	"timestamp-url": input.text({ description: "For `keyless`: a timestamp authority." })
};
/** The formats that an input means. */
const formatsOf = (format) => format === "both" ? ["bundle", "legacy"] : [format];
/** What must be signed before it goes into an index. */
const requireSignaturesInput = input.boolean({
	description: "Refuses to publish an entry that comes in and is not signed, before any tag moves. Whose signatures count is what `public-key` or `certificate-identity` say, or who signs in this step; without any of them, anybody's.",
	default: "false"
});
/** What signatures are verified with. */
const trustInputs = {
	"public-key": input.text({ description: "Public key in PEM, or the path of its file: the one that `sign-command` signs with, and whose signatures count." }),
	"trusted-root": input.text({ description: "Path of a Sigstore trusted root, as JSON: the keys of the authorities by which keyless signatures are verified. `cosign trusted-root create` makes one." })
};
/** Whose signatures count. */
const verifierInputs = {
	...trustInputs,
	"certificate-identity": input.text({ description: "Identity whose keyless signatures count, e.g. `https://github.com/acme/app/.github/workflows/release.yml@refs/heads/main`." }),
	"certificate-oidc-issuer": input.text({
		description: "Who vouches for that identity.",
		default: "https://token.actions.githubusercontent.com"
	})
};

// packages/github/src/warn-of-superseded.ts
/** Warns of entries that are not in the index, since a later run has put its own there. */
function warnOfSuperseded(superseded = [], { log }) {
	if (superseded.length === 0) return;
	const digests = superseded.map(({ digest }) => digest).join(", ");
	log.warning(`a later run was faster, so the index has its entries in the place of ${digests}`);
}

// packages/github/src/warn-of-unreachable.ts
/**
* Warns of container images that came in and that no runtime takes, since another of the same platform stands before them: their
* identities differ by something that runtimes do not look at.
*/
function warnOfUnreachable({ entries, changes }, { log }) {
	const byPlatform = Map.groupBy(entries.filter(isImage$2), ({ platform }) => platformKey(platform));
	const stories = changes.filter(({ outcome }) => outcome === "added" || outcome === "replaced").flatMap(({ descriptor }) => {
		const { digest, platform } = descriptor;
		const rivals = byPlatform.get(platformKey(platform)) ?? [];
		if (!isImage$2(descriptor) || platform === void 0 || rivals.length < 2) return [];
		const taken = engines.map((engine) => resolveAs(engine, rivals, platform)?.digest);
		if (taken.includes(digest)) return [];
		return [`${digest} for ${formatPlatform(platform)}, behind ${taken[0]}`];
	});
	if (stories.length === 0) return;
	log.warning(`no runtime takes an image that stands behind another: ${stories.join("; ")}`);
}
const isImage$2 = /* @__PURE__ */ __name(({ artifactType, platform }) => artifactType === void 0 && /^(?:linux|windows)$/.test(platform?.os ?? ""), "isImage");

// packages/github/src/warn-of-update.ts
/** Warns of all that a user would not expect of an index that was written. */
function warnOfUpdate(updated, places, context) {
	warnOfFailures(places, context);
	warnOfSuperseded(updated.superseded, context);
	warnOfUnreachable(updated, context);
}

// packages/github/src/write-records.ts
/** Writes the records of a group where a later step finds them: in a file of its own for each group. */
const writeRecords = (records, env) => writeTemporary(nameOf$3("records", records), canonicalText(records), env);
/** Writes the layer metadata of a group, and warns of devices that will not find theirs; undefined where no leg measured. */
async function writeLayersMeta(records, merged, { log, env }) {
	if (merged === void 0) return void 0;
	for (const name of merged.shared) log.warning(`the layer metadata has several variants of ${name}: devices that look for ${name} alone find nothing, and estimate`);
	const file = await writeTemporary(nameOf$3("layers-meta", records), merged.text, env);
	log.info(`wrote ${file}`);
	return file;
}
function nameOf$3(kind, { group }) {
	const mark = encodedOf(digestOf(group)).slice(0, 8);
	return `oci-matrix-${kind}-${group.slice(0, 100)}-${mark}.json`;
}
__name(nameOf$3, "nameOf");

// packages/core/src/error.ts
/** A release that must not go on: the code says which promise would break. */
var MatrixError = class extends OciError {
	name = "MatrixError";
	code;
	constructor(code, message, options = {}) {
		super(message, options);
		this.code = code;
	}
};

// packages/core/src/expand-matrix.ts
const isObject = (value) => typeof value === "object" && value !== null && !Array.isArray(value);
const listOf = (value) => Array.isArray(value) ? value.filter(isObject) : [];
const agrees = (a, b, keys) => keys.every((key) => key in b && canonicalText(a[key]) === canonicalText(b[key]));
const maxLegs = 1e4;
/** How many legs the axes of a matrix make, before `exclude` and `include`. */
const productSize = (axes) => Object.values(axes).reduce((size, values) => size * (Array.isArray(values) ? values.length : 1), 1);
/**
* The legs of a `strategy.matrix`: the product of its axes, less `exclude`, with `include` as GitHub applies it. Throws
* `INPUT_INVALID` where that would be more than 10,000.
*/
function expandMatrix(matrix) {
	const { include, exclude, ...axes } = matrix;
	if (productSize(axes) > maxLegs) throw tooLarge$1(productSize(axes));
	const product = Object.entries(axes).reduce((legs, [key, values]) => legs.flatMap((leg) => (Array.isArray(values) ? values : [values]).map((value) => ({
		...leg,
		[key]: value
	}))), [{}]);
	const excluded = listOf(exclude);
	return includeInto((Object.keys(axes).length === 0 ? [] : product).filter((leg) => !excluded.some((out) => agrees(out, leg, Object.keys(out)))), listOf(include), Object.keys(axes));
}
function includeInto(legs, includes, axes) {
	const extended = legs.map((leg) => ({
		axes: leg,
		leg
	}));
	const added = [];
	for (const include of includes) {
		const shared = Object.keys(include).filter((key) => axes.includes(key));
		const matching = extended.filter((item) => agrees(include, item.axes, shared));
		for (const item of matching) item.leg = {
			...item.leg,
			...include
		};
		if (matching.length === 0) added.push(include);
	}
	return [...extended.map((item) => item.leg), ...added];
}
const tooLarge$1 = /* @__PURE__ */ __name((legs) => new MatrixError("INPUT_INVALID", `the axes of the matrix make ${legs} legs, at most ${maxLegs} go`, { hint: "Give the matrix as the job that planned it put it out, or the names of its legs, one a line." }), "tooLarge");

// packages/core/src/leg.ts
/** Readable in a name: what is no lower case letter, digit, ".", "_" or "-" becomes "-". */
const slugOf = (text) => text.toLowerCase().replace(/[^a-z0-9._]+/g, "-").slice(0, 60).replace(/^[-.]+|[-.]+$/g, "");
/**
* The id of a leg that has no name of its own: its values to read, in the order of their keys, and 8 hex digits of their hash
* to tell them apart. The same in whatever order the keys come.
*/
function legId(matrix) {
	const values = Object.keys(matrix).sort().map((key) => matrix[key]).map((value) => typeof value === "string" ? value : canonicalText(value));
	return `${slugOf(values.join("-")) || "leg"}-${encodedOf(digestOf(canonicalText(matrix))).slice(0, 8)}`;
}

// packages/core/src/settle-places.ts
/** Who holds a place of a job's matrix: several steps of one leg are one occupant. */
const occupantOf = ({ matrix }) => canonicalText(matrix);
/**
* The legs of one job without those that lost their place to another in a later attempt. Two legs in one place mean either
* that the matrix was planned anew, or that a reusable workflow is called more than once: then every call has its first leg,
* and its attempts. Where neither `all` records nor what is expected tells which, `LEG_DUPLICATE`.
*/
function settlePlaces(newest, all, expected) {
	if (isCalledTwice(all)) return [...newest];
	const wanted = expected?.kind === "legs" ? new Set(expected.legs) : void 0;
	return [...Map.groupBy(newest, ({ index }) => index).values()].flatMap((place) => {
		const latest = Math.max(...place.map(({ run }) => run.attempt));
		const current = place.filter(({ run }) => run.attempt === latest).map(occupantOf);
		const settled = place.filter((record) => current.includes(occupantOf(record)) || wanted?.has(record.leg) !== false);
		const old = settled.find((record) => !current.includes(occupantOf(record)));
		const now = settled.find(({ run }) => run.attempt === latest);
		if (old === void 0 || now === void 0 || wanted !== void 0) return settled;
		throw ambiguous$1(old, now);
	});
}
const isCalledTwice = (records) => {
	return [...Map.groupBy(records, ({ run, index }) => `${run.attempt} ${index}`).values()].some((place) => new Set(place.map(occupantOf)).size > 1);
};
const ambiguous$1 = /* @__PURE__ */ __name((old, now) => new MatrixError("LEG_DUPLICATE", `two legs have one place, ${now.index + 1} of ${now.total} of job ${now.run.job}: ${old.leg} of attempt ${old.run.attempt} and ${now.leg} of attempt ${now.run.attempt}`, { hint: "Say with \"expect\" which legs there must be: the matrix was planned anew, or one workflow is called several times." }), "ambiguous");

// packages/core/src/absent-legs.ts
/** The legs that should be there and are not; by `expected`, else by what the records themselves say of their matrix. */
function absentLegs(records, expected) {
	if (expected === void 0) {
		if (records.length === 0) return [{ name: "every leg: no record was found" }];
		return absentByTotal(records);
	}
	if (expected.kind === "count") {
		const lacking = expected.count - records.length;
		return lacking > 0 ? [{ name: `${lacking} of the ${expected.count} expected legs` }] : [];
	}
	const present = new Set(records.map(({ leg }) => leg));
	return expected.legs.filter((leg) => !present.has(leg)).map((leg) => ({
		name: leg,
		leg
	}));
}
function absentByTotal(records) {
	return [...Map.groupBy(records, ({ run, total }) => `${total} ${run.job}`).values()].flatMap(absentOfMatrix);
}
function absentOfMatrix(legs) {
	const [{ run, total } = {
		run: { job: "" },
		total: 0
	}] = legs;
	const places = Map.groupBy(legs, ({ index }) => index);
	const held = Array.from({ length: total }, (_, index) => new Set(places.get(index)?.map(occupantOf)).size);
	const calls = Math.max(...held);
	const absent = held.flatMap((count, index) => count < calls ? [index] : []);
	const named = calls === 1 && absent.length > 0 ? missingOfProduct(legs, total) : [];
	if (named.length === absent.length) return named.map((matrix) => absentOf(matrix, legs)).sort(byName);
	const where = calls === 1 ? "" : ` in one of its ${calls} calls`;
	return absent.map((index) => ({ name: `leg ${index + 1} of ${total} of job ${run.job}${where}` }));
}
const byName = (a, b) => a.name < b.name ? -1 : a.name > b.name ? 1 : 0;
function absentOf(matrix, others) {
	const name = legName(others[0]?.run.job ?? "", matrix, others.find(({ axes }) => axes !== void 0)?.axes);
	return others.every((other) => other.matrix && other.leg === legId(other.matrix)) ? {
		name,
		leg: legId(matrix)
	} : { name };
}
/** A leg's name as GitHub shows it: `push (kvm, amd64)`. `axes` are the keys in their order, which a record keeps. */
function legName(job, matrix, axes = Object.keys(matrix ?? {})) {
	const values = matrix === null ? [] : axes.flatMap((key) => valuesOf(matrix[key]));
	return values.length === 0 ? job : `${job} (${values.join(", ")})`;
}
function valuesOf(value) {
	if (typeof value === "object" && value !== null) return Object.values(value).flatMap(valuesOf);
	return value === null || value === void 0 || value === "" ? [] : [String(value)];
}
function missingOfProduct(legs, total) {
	const matrices = legs.flatMap(({ matrix }) => matrix === null ? [] : [matrix]);
	const axes = {};
	for (const [key, value] of matrices.flatMap((matrix) => Object.entries(matrix))) {
		const values = axes[key] ?? [];
		axes[key] = !values.some((seen) => canonicalText(seen) === canonicalText(value)) ? [...values, value] : values;
	}
	if (productSize(axes) !== total) return [];
	const product = expandMatrix(axes);
	const present = new Set(matrices.map(canonicalText));
	return product.filter((matrix) => !present.has(canonicalText(matrix)));
}

// packages/core/src/parse-image.ts
/** Reads `image`: a registry and a repository. Upper case letters, as `github.repository` may have them, become lower case. */
const parseImage = (text) => parseRepositoryName(text.toLowerCase());
/** Reads the lines of `images`: an image, behind it `optional` where it may fail. */
function parseImages(lines) {
	const images = lines.map((line) => {
		const [text = "", mark, ...more] = line.split(/\s+/);
		if ((mark === void 0 || mark === "optional") && more.length === 0 && text.includes("/")) return {
			image: parseImage(text),
			optional: mark !== void 0
		};
		throw new MatrixError("INPUT_INVALID", `${JSON.stringify(line)} in images is not an image`, { hint: "Write registry/repository, e.g. quay.io/acme/app, and \"optional\" behind it where it may fail." });
	});
	const [again] = images.filter(({ image }, at) => images.findIndex((other) => isSame(other.image, image)) !== at);
	if (again === void 0) return images;
	throw new MatrixError("INPUT_INVALID", `${formatReference(again.image)} is in images more than once`, { hint: "Name each image once." });
}
/** The images that get the index beside the one where it is made; that one may be among the lines. */
function otherImages(images, image) {
	const own = images.find((other) => isSame(other.image, image));
	if (own?.optional !== true) return images.filter((other) => other !== own);
	throw new MatrixError("INPUT_INVALID", `${formatReference(image)} is "image" and cannot be optional: the index is made there`, { hint: "Leave out \"optional\", or give another image as \"image\"." });
}
const isSame = (a, b) => a.registry === b.registry && a.repository === b.repository;
/**
* Reads the lines of `tags`: a tag alone, or the whole reference as docker/metadata-action prints it, which is a tag of that
* image alone. One that names none of the images is an error, and so is an image without a tag.
*/
function parseTags$1(lines, image, others = []) {
	const tags = [...new Set(lines.flatMap((line) => tagOf$1(line, image, others)))];
	if (tags.length > 0 || lines.length === 0) return tags;
	throw new MatrixError("INPUT_INVALID", `no line of tags is for the image ${formatReference(image)}`, { hint: `Add ${formatReference(image)}:… to tags, or give the tags alone: then all images get them.` });
}
__name(parseTags$1, "parseTags");
function tagOf$1(line, image, others) {
	const whole = formatReference(image);
	const reference = parseReference(/[:/]/.test(line) ? line : `${whole}:${line}`);
	const { tag, digest } = reference;
	if (tag === void 0 || digest !== void 0) throw new MatrixError("INPUT_INVALID", `${JSON.stringify(line)} in tags names no tag`, { hint: `Write a tag alone, e.g. 1.0, or with its image, e.g. ${whole}:1.0.` });
	if (isSame(reference, image)) return [tag];
	if (others.some((other) => isSame(other, reference))) return [];
	throw new MatrixError("INPUT_INVALID", `${line} in tags is not of the image ${whole}`, { hint: "Name the same image in image and tags, or give the tags alone." });
}
__name(tagOf$1, "tagOf");

// packages/core/src/allowed-images.ts
/** Reads the lines of `allow-images`: images without a tag. */
const parseAllowedImages = (lines) => lines.map(parseImage);
/**
* Throws `IMAGE_NOT_ALLOWED` where a record names another image than these. A record travels by artifact, and what runs in a
* leg can write one: a pull request of a fork, for one. A record that names no image speaks of the image of the index.
*/
function refuseForeignImages(records, allowed) {
	const names = allowed.map((image) => formatReference(image));
	for (const { leg, image, run } of records) {
		if (image === void 0 || names.includes(normalised(image))) continue;
		throw new MatrixError("IMAGE_NOT_ALLOWED", `the record of leg ${leg} (job ${run.job}, attempt ${run.attempt} of run ${run.id}) names the image ${image}, and only ${names.join(", ")} may be named`);
	}
}
function normalised(image) {
	try {
		return formatReference(parseImage(image));
	} catch {
		return image;
	}
}

// packages/core/src/attestation.ts
/**
* The digest that an attestation entry of BuildKit speaks of, or undefined for any other entry:
* https://github.com/moby/buildkit/blob/v0.26.0/docs/attestations/attestation-storage.md
*/
function attestationSubject(descriptor) {
	const type = descriptor.annotations?.["vnd.docker.reference.type"];
	const subject = descriptor.annotations?.["vnd.docker.reference.digest"];
	return type === "attestation-manifest" && isDigest(subject) ? subject : void 0;
}

// packages/core/src/leg-annotations.ts
/** On an entry of an index: the group and the leg that it came from, so that a later release finds the entry of a leg that is missing. */
const legAnnotations = {
	group: "io.github.oci-matrix.group",
	leg: "io.github.oci-matrix.leg"
};
/** The record, whose entries say which leg they came from. Attestations stay as their builder wrote them: they go where their subject goes. */
function markEntries(record) {
	const mark = (descriptor) => attestationSubject(descriptor) === void 0 ? {
		...descriptor,
		annotations: {
			...descriptor.annotations,
			[legAnnotations.group]: record.group,
			[legAnnotations.leg]: record.leg
		}
	} : descriptor;
	const { descriptor, children } = record;
	return {
		...record,
		...descriptor === void 0 ? {} : { descriptor: mark(descriptor) },
		...children === void 0 ? {} : { children: children.map(mark) }
	};
}
/** True of the entry of a leg that was marked. */
const isEntryOf = ({ annotations }, { group, leg }) => annotations?.[legAnnotations.group] === group && annotations?.[legAnnotations.leg] === leg;

// packages/core/src/may-be-of.ts
/** What the names of all artifacts with records begin with. */
const prefix$1 = "oci-matrix-";
const shownOfGroup = 32;
/**
* True unless a record that cannot be read surely belongs to another group: its text says so or, where that is no JSON, its
* artifact's name does. In doubt it may be the newest of a leg, and must not be passed over.
*/
function mayBeOf(group, { artifact, text }) {
	const said = groupIn(text);
	if (said !== void 0) return said === group;
	if (!artifact.startsWith(prefix$1)) return true;
	const shown = slugOf(group).slice(0, shownOfGroup);
	return slugOf(artifact.slice(11)).startsWith(shown);
}
function groupIn(text) {
	try {
		const value = JSON.parse(text);
		return typeof value === "object" && value !== null && "group" in value && typeof value.group === "string" ? value.group : void 0;
	} catch {
		return;
	}
}

// packages/core/src/layers-meta/layers-meta.ts
/** The most a document may have, in characters: it comes from a registry, an artifact or a file of somebody else's. */
const maxLayersMetaLength = 4194304;
const layerStores = ["overlay2", "containerd"];
const amount = int().check(_nonnegative());
const blockSize$1 = int().check(_positive(), _lte(2 ** 30));
const digest$2 = string().check(_regex(/^(?:sha256:[0-9a-f]{64}|sha512:[0-9a-f]{128})$/), refine(isDigest, "is not a digest"));
const architecture = string().check(_regex(/^[a-z0-9][a-z0-9._-]{0,63}(?:\/[a-z0-9._-]{1,64})?$/));
const layer = object({
	size: amount,
	usage: amount,
	archive_size: optional$1(amount),
	base: optional$1(boolean()),
	diff_id: optional$1(digest$2),
	entries: optional$1(amount),
	inodes: optional$1(amount),
	usages: optional$1(record(string().check(_regex(/^[1-9][0-9]{0,9}$/)), amount).check(refine((usages) => Object.keys(usages).length <= 16, "has more than 16 block sizes")))
});
/** Of one platform: what Foundries' `layers_meta.json` has, and more beside it, which its readers pass over. */
const platformLayersMetaSchema = object({
	fs_block_size: blockSize$1,
	layers: record(digest$2, layer),
	model: optional$1(string().check(_regex(/^[a-z0-9][a-z0-9./-]{0,63}$/))),
	store: optional$1(_enum(layerStores))
});
/** Of several platforms, by architecture, with the variant behind a slash where there is one. */
const mergedLayersMetaSchema = record(architecture, platformLayersMetaSchema);
const isPlatformLayersMeta = (document) => typeof document.fs_block_size === "number";
/** Reads a document from outside, of one platform or of several. `from` names where it came from, for the error. */
function parseLayersMeta(json, from) {
	if (json.length > 4194304) throw invalid$5(from, `has ${json.length} characters, at most ${maxLayersMetaLength} go`);
	const value = parseJson$2(json, from);
	const parsed = (hasBlockSize(value) ? platformLayersMetaSchema : mergedLayersMetaSchema).safeParse(value);
	if (!parsed.success) {
		const [issue] = parsed.error.issues;
		throw invalid$5(from, `${issue?.path.join(".") || "the document"}: ${issue?.message}`);
	}
	return parsed.data;
}
/** What a document says of one architecture; a document of one platform says it of whichever it was made for. */
function layersMetaOf(document, architecture) {
	if (isPlatformLayersMeta(document)) return document;
	return Object.hasOwn(document, architecture) ? document[architecture] : void 0;
}
/** The one text of a document: compact, digests and architectures sorted, the fields in the order of Foundries' tools. */
const layersMetaText = (document) => JSON.stringify(isPlatformLayersMeta(document) ? orderedPlatform(document) : Object.fromEntries(sorted(document).map(([key, one]) => [key, orderedPlatform(one)])));
const orderedPlatform = ({ fs_block_size, layers, model, store }) => ({
	fs_block_size,
	layers: Object.fromEntries(sorted(layers).map(([key, one]) => [key, orderedLayer(one)])),
	model,
	store
});
const orderedLayer = (one) => {
	const { size, usage, archive_size, base, diff_id, entries, inodes, usages } = one;
	return {
		size,
		usage,
		archive_size,
		base,
		diff_id,
		entries,
		inodes,
		usages
	};
};
const sorted = (record) => Object.entries(record).sort(([a], [b]) => a < b ? -1 : 1);
const hasBlockSize = (value) => typeof value === "object" && value !== null && Object.hasOwn(value, "fs_block_size");
function parseJson$2(json, from) {
	try {
		return JSON.parse(json);
	} catch {
		throw invalid$5(from, "is not JSON");
	}
}
__name(parseJson$2, "parseJson");
const invalid$5 = /* @__PURE__ */ __name((from, reason) => new MatrixError("LAYERS_META_INVALID", `the layer metadata of ${from} cannot be read: ${reason}`), "invalid");

// packages/core/src/record.ts
const recordSchemaName = "oci-matrix/leg-record/v1";
/** The most a record may have, in characters: it comes from an artifact that anybody in the run could write. */
const maxRecordLength = 4194304;
config(en_default());
const name$2 = string().check(_minLength(1), _maxLength(600));
const text$2 = string().check(_maxLength(65536));
const count = int().check(_nonnegative());
const digest$1 = string().check(_regex(/^(?:sha256:[0-9a-f]{64}|sha512:[0-9a-f]{128})$/), refine(isDigest, "is not a digest"));
const platform = object({
	architecture: name$2,
	os: name$2,
	"os.version": optional$1(name$2),
	"os.features": optional$1(array(name$2).check(_maxLength(100))),
	variant: optional$1(name$2)
});
const descriptor = object({
	mediaType: name$2.check(refine(isMediaType, "is not a media type")),
	digest: digest$1,
	size: count,
	artifactType: optional$1(name$2),
	platform: optional$1(platform),
	annotations: optional$1(record(string(), text$2))
});
const run = object({
	id: name$2,
	number: count,
	attempt: int().check(_positive()),
	job: name$2,
	checkRunId: optional$1(name$2),
	commit: optional$1(name$2)
});
const signature = object({
	subject: digest$1,
	format: union([literal("bundle"), literal("legacy")]),
	descriptor,
	signedBy: union([object({ key: digest$1 }), object({
		identity: text$2,
		issuer: text$2
	})])
});
const maxDepth$3 = 32;
const depthOf = (value, left = maxDepth$3) => typeof value !== "object" || value === null || left < 0 ? 0 : 1 + Object.values(value).reduce((most, one) => Math.max(most, depthOf(one, left - 1)), 0);
/** What a leg hands over: one document, by artifact and by step output. */
const legRecordSchema = object({
	schema: literal(recordSchemaName),
	group: name$2,
	leg: name$2,
	index: count,
	total: int().check(_positive(), _lte(1e4)),
	matrix: nullable(record(string(), unknown$1())).check(refine((value) => depthOf(value) <= maxDepth$3, `is nested deeper than ${maxDepth$3}`)),
	axes: optional$1(array(name$2).check(_maxLength(1e3))),
	image: optional$1(name$2),
	descriptor: optional$1(descriptor),
	children: optional$1(array(descriptor).check(_maxLength(1e4))),
	layers: optional$1(mergedLayersMetaSchema),
	signatures: optional$1(array(signature).check(_maxLength(1e4))),
	outputs: record(string(), text$2),
	run,
	finishedAt: datetime()
});
/** The text of a record: the same for equal records. */
const recordText = (record) => canonicalText(record);
/** True of JSON text that claims to be a record of ours, whatever its version. */
const looksLikeRecord = (json) => /"schema"\s*:\s*"oci-matrix\/leg-record\//.test(json);
/** Reads a record from outside. `from` names where it came from, for the error. */
function parseRecord(json, from) {
	if (json.length > 4194304) throw invalidRecord(from, `has ${json.length} characters, at most ${maxRecordLength} go`);
	const parsed = legRecordSchema.safeParse(parseJson$1(json, from));
	if (!parsed.success) {
		const [issue] = parsed.error.issues;
		throw invalidRecord(from, `${issue?.path.join(".") || "the document"}: ${issue?.message}`);
	}
	return parsed.data;
}
function parseJson$1(json, from) {
	try {
		return JSON.parse(json);
	} catch {
		throw invalidRecord(from, "is not JSON");
	}
}
__name(parseJson$1, "parseJson");
const invalidRecord = (from, reason) => new MatrixError("RECORD_INVALID", `the record of ${from} cannot be read: ${reason}`);

// packages/core/src/records.ts
const recordsSchemaName = "oci-matrix/records/v1";
/** All legs of one group: what aggregate-outputs writes and update-index reads. */
const recordsSchema = object({
	schema: literal(recordsSchemaName),
	group: string().check(_minLength(1)),
	complete: boolean(),
	missing: array(string()),
	keepPrevious: optional$1(array(string().check(_minLength(1))).check(_maxLength(1e4))),
	records: array(legRecordSchema).check(_maxLength(1e4))
});
/** Reads the document that aggregate-outputs wrote. */
function parseRecords(json, from) {
	let value;
	try {
		value = JSON.parse(json);
	} catch {
		throw new MatrixError("RECORD_INVALID", `${from} is not JSON`);
	}
	const parsed = recordsSchema.safeParse(value);
	if (parsed.success) return parsed.data;
	const [issue] = parsed.error.issues;
	throw new MatrixError("RECORD_INVALID", `${from} is not what aggregate-outputs writes: ${issue?.path.join(".") || "the document"}: ${issue?.message}`);
}

// packages/core/src/signing/add-signatures.ts
/**
* The record with these signatures too, in one order; of two of one manifest, in one format and by one signer, the later
* one. Throws `RECORD_INVALID` where a fan-in could not read it.
*/
function addSignatures(record, signatures) {
	const all = new Map([...record.signatures ?? [], ...signatures].map((one) => [keyOf$2(one), one]));
	if (all.size === 0) return record;
	const sorted = [...all].sort(([a], [b]) => a < b ? -1 : 1).map(([, one]) => one);
	return parseRecord(recordText({
		...record,
		signatures: sorted
	}), `leg ${record.leg}`);
}
const keyOf$2 = /* @__PURE__ */ __name(({ subject, format, signedBy }) => canonicalText([
	subject,
	format,
	signedBy
]), "keyOf");

// packages/core/src/select-attempts.ts
/**
* Of each leg the record of its newest attempt, sorted by leg. After "re-run failed jobs" the attempts of a run lie
* side by side; artifact ids and times say nothing about their order, so the attempt inside the record decides.
*/
function selectAttempts(records, expected) {
	const newest = [...Map.groupBy(records, ({ run }) => run.job).values()].flatMap((ofJob) => settlePlaces(newestOfLegs(sincePlanned(ofJob)), ofJob, expected));
	refuseShared(newest);
	return newest.sort((a, b) => a.leg < b.leg ? -1 : a.leg > b.leg ? 1 : 0);
}
function sincePlanned(records) {
	const legs = [...Map.groupBy(records, ({ leg }) => leg).values()];
	const planned = Math.max(0, ...legs.map(lastMove));
	return records.filter(({ run }) => run.attempt >= planned);
}
function lastMove(leg) {
	const byAttempt = leg.toSorted((a, b) => a.run.attempt - b.run.attempt);
	return byAttempt.filter((record, at) => {
		const before = byAttempt[at - 1] ?? record;
		return record.run.attempt > before.run.attempt && (record.index !== before.index || record.total !== before.total);
	}).at(-1)?.run.attempt ?? 0;
}
function newestOfLegs(records) {
	const newest = /* @__PURE__ */ new Map();
	for (const record of records) {
		const other = newest.get(record.leg);
		if (other === void 0 || record.run.attempt > other.run.attempt) newest.set(record.leg, record);
		else if (record.run.attempt === other.run.attempt) newest.set(record.leg, oneOf(other, record));
	}
	return [...newest.values()];
}
function oneOf(a, b) {
	const content = ({ image: _, finishedAt: __, signatures: ___, ...rest }) => canonicalText(rest);
	if (!(a.image === b.image || a.image === void 0 || b.image === void 0) || content(a) !== content(b)) throw duplicate$1(a, b);
	const [first, second] = a.finishedAt <= b.finishedAt ? [a, b] : [b, a];
	const image = first.image ?? second.image;
	const signed = addSignatures(first, second.signatures ?? []);
	return image === void 0 ? signed : {
		...signed,
		image
	};
}
function refuseShared(records) {
	const seen = /* @__PURE__ */ new Map();
	for (const record of records) {
		const other = seen.get(record.leg);
		if (other !== void 0) throw duplicate$1(other, record);
		seen.set(record.leg, record);
	}
}
function duplicate$1(a, b) {
	const [first, second] = [a, b].map(nameOf$2).sort();
	return new MatrixError("LEG_DUPLICATE", `two records claim to be one leg: ${first} and ${second}`);
}
__name(duplicate$1, "duplicate");
const nameOf$2 = /* @__PURE__ */ __name(({ leg, run, index, total, image, descriptor }) => `${leg} (job ${run.job}, leg ${index + 1} of ${total}, attempt ${run.attempt}${[image, descriptor?.digest].map((part) => part === void 0 ? "" : `, ${part}`).join("")})`, "nameOf");

// packages/core/src/aggregate.ts
/**
* One document of all legs of a group, which says what is missing. Throws `LEG_DUPLICATE`, naming both, and `IMAGE_NOT_ALLOWED`.
*/
function aggregate(options) {
	const { expected, needs } = options;
	const all = [...readCarried(options), ...needs?.records ?? []];
	const group = options.group ?? onlyGroup(all);
	const own = all.filter((record) => record.group === group);
	const records = selectAttempts(own, expected);
	if (options.allowed !== void 0) refuseForeignImages(records, options.allowed);
	const absent = absentLegs(records, expected);
	const keepsPrevious = options.onMissing === "keep-previous";
	return {
		schema: recordsSchemaName,
		group,
		complete: absent.length === 0 && (needs?.failed.length ?? 0) === 0,
		missing: own.length === 0 && expected?.kind !== "legs" ? [nothing$4(all)] : absent.map(({ name }) => name),
		...keepsPrevious ? { keepPrevious: absent.flatMap(({ leg }) => leg ?? []) } : {},
		records: keepsPrevious ? records.map(markEntries) : records
	};
}
function nothing$4(all) {
	const groups = [...new Set(all.map(({ group }) => group))].sort();
	return `every leg: no record was found${groups.length === 0 ? "" : `, only of ${groups.slice(0, 5).join(", ")}`}`;
}
__name(nothing$4, "nothing");
function readCarried({ carried, group, onUnreadable }) {
	return carried.flatMap(({ artifact, text }) => {
		try {
			return [parseRecord(text, `artifact ${artifact}`)];
		} catch (error) {
			if (!(error instanceof MatrixError)) throw error;
			if (group === void 0 || mayBeOf(group, {
				artifact,
				text
			})) throw error;
			onUnreadable?.(error);
			return [];
		}
	});
}
function onlyGroup(records) {
	const groups = [...new Set(records.map(({ group }) => group))].sort();
	if (groups.length > 1) throw new MatrixError("INPUT_INVALID", `there are records of ${groups.length} groups: ${groups.join(", ")}`, { hint: "Say which one is meant with the input \"group\"." });
	return groups[0] ?? "none";
}

// packages/core/src/annotations.ts
const place$1 = `(?:index|manifest|manifest-descriptor|index-descriptor)(?:\\[[^\\]]*\\])?`;
const prefixed = new RegExp(`^(?<places>${place$1}(?:,${place$1})*):(?<rest>.*)$`, "s");
const layered = /^layer\[(?<title>.+?)\]:(?<pair>[^\s=]+=.*)$/s;
const layerStart = /^layer(?:\[|:)/;
const placed = /^(?<level>[a-z-]+)(?:\[(?<platform>.*)\])?$/s;
/** Reads `[level[,level][[platform]]:]key=value`, one a line, as docker/metadata-action prints them. What is for a layer is refused. */
function parseAnnotationLines(lines) {
	const ofLayer = lines.find((line) => layerStart.test(line));
	if (ofLayer === void 0) return lines.flatMap(parseLine);
	throw new MatrixError("ANNOTATION_INVALID", `annotation ${JSON.stringify(ofLayer)}: an index has no layers`, { hint: "Annotate a layer where its manifest is made: in push-manifest." });
}
/** Reads the same, and `layer[TITLE]:key=value`, for a manifest that is made of files. */
const parseLayerAnnotationLines = (lines) => lines.flatMap((line) => layerStart.test(line) ? parseLayerLine(line) : parseLine(line));
function parseLayerLine(line) {
	const { title, pair } = layered.exec(line)?.groups ?? {};
	if (title !== void 0 && pair !== void 0) return {
		level: "layer",
		title,
		...splitPair(pair, line)
	};
	throw new MatrixError("ANNOTATION_INVALID", `annotation ${JSON.stringify(line)} is not layer[TITLE]:key=value`, { hint: "Write the title of the layer in the brackets, e.g. layer[app.tgz]:vendor=Acme." });
}
/** The annotations that are for the layers of a title, by that. */
const layerAnnotationsOf = (annotations) => new Map([...Map.groupBy(annotations, ({ title }) => title)].flatMap(([title, own]) => title === void 0 ? [] : [[title, Object.fromEntries(own.map(({ key, value }) => [key, value]))]]));
function parseLine(line) {
	const match = prefixed.exec(line)?.groups;
	const { key, value } = splitPair(match?.rest ?? line, line);
	if (match?.places === void 0) return [{
		key,
		value
	}];
	return match.places.split(",").map((text) => ({
		...parsePlace(text, line),
		key,
		value
	}));
}
function parsePlace(text, line) {
	const { level, platform } = placed.exec(text)?.groups ?? {};
	if (level !== "index" && level !== "manifest" && level !== "manifest-descriptor") throw new MatrixError("ANNOTATION_INVALID", `annotation ${JSON.stringify(line)}: an index that a tag names has no ${level}`, { hint: "Use index:, manifest: or manifest-descriptor:." });
	if (platform === void 0) return { level };
	if (level === "manifest-descriptor") return {
		level,
		platform: parsePlatform(platform)
	};
	throw new MatrixError("ANNOTATION_INVALID", `annotation ${JSON.stringify(line)}: ${level} cannot be for one platform`, { hint: "Write manifest-descriptor[os/architecture]: to annotate the entry of a platform." });
}
function splitPair(pair, line) {
	const at = pair.indexOf("=");
	const key = pair.slice(0, Math.max(at, 0)).trim();
	if (key === "" || /\s/.test(key)) throw new MatrixError("ANNOTATION_INVALID", `annotation ${JSON.stringify(line)} is not key=value`, { hint: "Write one a line, e.g. org.opencontainers.image.title=App." });
	return {
		key,
		value: pair.slice(at + 1)
	};
}
/** The annotations of some levels as one map; of two with one key the later wins. */
function annotationsAt(annotations, ...wanted) {
	return Object.fromEntries(wanted.flatMap((level) => annotations.filter((item) => item.level === level && item.platform === void 0).map(({ key, value }) => [key, value])));
}
/** The annotations that are for the entry of one platform. */
function entryAnnotations(annotations, platform) {
	const own = annotations.filter((item) => item.level === "manifest-descriptor" && (item.platform === void 0 || samePlatform(item.platform, platform)));
	return Object.fromEntries(own.map(({ key, value }) => [key, value]));
}

// packages/core/src/annotate-entry.ts
/** The entry with what the user says of it. An attestation stays as its builder wrote it. */
function annotateEntry(descriptor, annotations) {
	if (attestationSubject(descriptor) !== void 0) return descriptor;
	const own = {
		...descriptor.annotations,
		...entryAnnotations(annotations, descriptor.platform)
	};
	return Object.keys(own).length === 0 ? descriptor : {
		...descriptor,
		annotations: own
	};
}

// packages/core/src/read-chunks.ts
const chunkSize$1 = 1048576;
/**
* Reads bytes of a file from an offset. Three buffers take turns, one read ahead: a chunk is good until the one after the next
* is asked for, and new memory for each would take longer than to read it. Ends early where the file does.
*/
async function* readChunks(path, offset, size) {
	await using file = await open(path);
	const buffers = /* @__PURE__ */ new Map();
	const read = (at) => {
		const turn = at / chunkSize$1 % 3;
		const buffer = buffers.get(turn) ?? Buffer.allocUnsafeSlow(Math.min(chunkSize$1, size));
		buffers.set(turn, buffer);
		const reading = fill(file, buffer.subarray(0, size - at), offset + at);
		reading.catch(() => {});
		return reading;
	};
	let next = read(0);
	for (let at = 0; at < size; at += chunkSize$1) {
		const chunk = await next;
		if (at + chunkSize$1 < size) next = read(at + chunkSize$1);
		yield chunk;
	}
}
async function fill(file, buffer, at) {
	let filled = 0;
	while (filled < buffer.byteLength) {
		const left = buffer.byteLength - filled;
		const { bytesRead } = await file.read(buffer, filled, left, at + filled);
		if (bytesRead === 0) break;
		filled += bytesRead;
	}
	return buffer.subarray(0, filled);
}

// packages/core/src/file-blob.ts
const keptSize = 65536;
/** Digests a file once, in constant memory. The source of a large one refuses to open what has changed since (`FILE_CHANGED`). */
async function blobFromFile(path, mediaType, more = {}) {
	const before = await stateOf(path);
	const size = Number(before.size);
	if (size <= keptSize) {
		const bytes = await readSmall(path, before);
		const source = { open: () => keptUnchanged(path, before, bytes) };
		return {
			descriptor: {
				...more,
				mediaType,
				digest: digestOf(bytes),
				size
			},
			source
		};
	}
	const digester = createDigester();
	for await (const chunk of readUnchanged(path, before)) digester.update(chunk);
	const source = { open: () => readUnchanged(path, before) };
	return {
		descriptor: {
			...more,
			mediaType,
			digest: digester.digest(),
			size
		},
		source
	};
}
async function* keptUnchanged(path, before, bytes) {
	await refuseChanged(path, before);
	yield bytes;
}
async function readSmall(path, before) {
	const bytes = await readFile(path).catch((cause) => {
		throw unreadable$1(path, cause);
	});
	if (bytes.byteLength !== Number(before.size)) throw changed(path);
	return bytes;
}
async function* readUnchanged(path, before) {
	await refuseChanged(path, before);
	try {
		yield* readChunks(path, 0, Number(before.size));
	} catch (cause) {
		throw unreadable$1(path, cause);
	}
	await refuseChanged(path, before);
}
async function stateOf(path) {
	const found = await stat(path, { bigint: true }).catch((cause) => {
		throw unreadable$1(path, cause);
	});
	if (!found.isFile()) throw new MatrixError("FILE_NOT_FOUND", `${path} is not a regular file`);
	return found;
}
async function refuseChanged(path, before) {
	const now = await stateOf(path);
	if (!(now.size === before.size && now.mtimeNs === before.mtimeNs && now.ino === before.ino)) throw changed(path);
}
const unreadable$1 = /* @__PURE__ */ __name((path, cause) => new MatrixError("FILE_NOT_FOUND", `cannot read ${path}: ${cause instanceof Error ? cause.message : String(cause)}`, {
	cause,
	hint: "Check the path, and that a step before this one makes the file."
}), "unreadable");
const changed = (path) => new MatrixError("FILE_CHANGED", `${path} changed while it was read`, { hint: "Let the build finish before this step starts, and write to another file meanwhile." });

// packages/core/src/media-type-map.ts
/** Reads lines `suffix=type/subtype`; a dot in front of the suffix is the same as none. */
function parseMediaTypes(lines) {
	return new Map(lines.map((line) => {
		const at = line.indexOf("=");
		const suffix = line.slice(0, Math.max(at, 0)).trim().replace(/^\./, "");
		const mediaType = line.slice(at + 1).trim();
		if (suffix === "" || !isMediaType(mediaType)) throw new MatrixError("INPUT_INVALID", `media-types cannot have ${JSON.stringify(line)}`, { hint: "Write suffix=type/subtype, one a line, e.g. tar.gz=application/gzip." });
		return [suffix, mediaType];
	}));
}
/** The media type of a file by its name: a suffix behind a dot, or the whole name. */
function mediaTypeOf(path, map) {
	const name = path.slice(path.lastIndexOf("/") + 1);
	const longest = [...map.keys()].filter((suffix) => name === suffix || name.endsWith(`.${suffix}`)).sort((a, b) => b.length - a.length)[0];
	return longest === void 0 ? void 0 : map.get(longest);
}

// packages/core/src/blobs-from-files.ts
const titleKey = "org.opencontainers.image.title";
/** Digests files, sorted by path. All media types are settled before the first byte is read. */
async function blobsFromFiles(options) {
	const typed = withTitles(options.files).map((file) => ({
		...file,
		mediaType: file.mediaType ?? mediaTypeOf(file.title, options.mediaTypes) ?? options.defaultMediaType
	}));
	refuseUntyped(typed);
	return pMap(typed, ({ path, mediaType = "", title }) => blobFromFile(path, mediaType, { annotations: { [titleKey]: title } }), { concurrency: 4 });
}
function withTitles(files) {
	const folders = files.map((file) => path.dirname(path.resolve(file.path)).split(path.sep));
	const root = folders.reduce((a, b) => a.slice(0, firstDifference(a, b)), folders[0] ?? []).join(path.sep) || path.sep;
	return files.map((file) => ({
		...file,
		title: path.relative(root, path.resolve(file.path)).split(path.sep).join("/")
	})).sort((a, b) => a.title < b.title ? -1 : a.title > b.title ? 1 : 0);
}
function firstDifference(a, b) {
	const at = a.findIndex((part, index) => part !== b[index]);
	return at === -1 ? a.length : at;
}
function refuseUntyped(files) {
	const untyped = files.filter(({ mediaType }) => mediaType === void 0).map(({ title }) => title);
	if (untyped.length === 0) return;
	throw new MatrixError("MEDIA_TYPE_UNKNOWN", `no media type is known for ${untyped.join(", ")}`, { hint: "Add a line \"suffix=type/subtype\" to media-types, write \"path:type/subtype\" in files, or set default-media-type." });
}

// packages/core/src/by-leg.ts
/** What each leg recorded, by leg. */
const outputsByLeg = (records) => Object.fromEntries(records.records.map(({ leg, outputs }) => [leg, outputs]));
/** The digest that each leg pushed, by leg. */
const digestsByLeg = (records) => Object.fromEntries(records.records.flatMap(({ leg, descriptor }) => descriptor === void 0 ? [] : [[leg, descriptor.digest]]));

// packages/core/src/converge/intent-tag.ts
/** What the tags of all intents begin with: what a clean-up looks for. */
const intentPrefix = "oci-matrix-intent-";
const pattern$2 = /^(?<slot>oci-matrix-intent-[0-9a-f]{16}-[0-9a-f]{16})-(?<generation>\d{16}\.\d{6})$/;
/** The tags of all intents for the index at one tag begin with this. */
const prefixFor = (tag) => `${intentPrefix}${short(tag)}-`;
/** What the intents for one entry of the index at a tag share, whatever their generation; `key` is the entry's identity. */
const slotFor = (tag, key) => `${prefixFor(tag)}${short(key)}`;
/** The tag of an intent: always the same for the same index, entry and generation, and 75 characters long. */
const intentTag = (slot, generation) => `${slot}-${generation}`;
/** What the tag of an intent says; undefined for any other tag. */
function parseIntentTag(tag) {
	const { slot, generation } = pattern$2.exec(tag)?.groups ?? {};
	return slot === void 0 || generation === void 0 ? void 0 : {
		slot,
		generation
	};
}
const short = (text) => encodedOf(digestOf(new TextEncoder().encode(text))).slice(0, 16);

// packages/core/src/elsewhere.ts
/**
* True of a layer that clients fetch from its `urls`, as base layers of Windows: no registry and no layout need have it.
* https://github.com/opencontainers/image-spec/blob/v1.1.1/layer.md#non-distributable-layers
*/
const isElsewhere = ({ mediaType, urls }) => (urls?.length ?? 0) > 0 && /nondistributable|\.foreign\./.test(mediaType);

// packages/core/src/copy-image.ts
const maxDepth$2 = 16;
/**
* Copies a manifest with all that it names and all that refers to it, of whatever type: the children first, bytes unchanged,
* every byte verified. What the target has is not read.
*/
async function copyImage(options, depth = 0) {
	const { from, to, descriptor, referrers = true } = options;
	if (depth > maxDepth$2) throw tooDeep(options);
	const inTurn = (parts) => pMap(parts, (part) => copyImage({
		...options,
		descriptor: part
	}, depth + 1), { concurrency: 4 });
	if (await to.manifests.resolve(descriptor.digest) === void 0) {
		const found = await from.manifests.fetch(descriptor.digest);
		if (found?.descriptor.size !== descriptor.size) throw absent$1(options);
		const parts = partsOf$1(found.manifest);
		const isDocument = ({ mediaType }) => isManifestType(mediaType);
		await inTurn(parts.filter(isDocument));
		await copyBlobs(options, parts.filter((part) => !isDocument(part)));
		await to.manifests.push(found.bytes, found.descriptor.mediaType);
	}
	if (referrers) await inTurn(await from.referrers.list(descriptor.digest));
}
function partsOf$1(manifest) {
	const parts = manifest.kind === "index" ? manifest.index.manifests : [manifest.image.config, ...manifest.image.layers].filter((blob) => !isElsewhere(blob));
	return [...new Map(parts.map((part) => [part.digest, part])).values()];
}
__name(partsOf$1, "partsOf");
const copyBlobs = ({ from, to, sameRegistry }, blobs) => pMap(blobs, (blob) => to.blobs.ensure(blob, { open: () => from.blobs.fetch(blob) }, { mountFrom: sameRegistry ? [from.name.repository] : [] }), { concurrency: 8 });
const absent$1 = /* @__PURE__ */ __name(({ from, descriptor: { digest, size } }) => new MatrixError("CHILD_MISSING", `${formatReference(from.name)} does not have the manifest ${digest} of ${size} bytes, so it cannot be copied`, { hint: "Check that no clean-up job removed it, and push it again." }), "absent");
const tooDeep = ({ from, descriptor }) => new MatrixError("SOURCE_INVALID", `${formatReference(from.name)}@${descriptor.digest} is more than ${maxDepth$2} manifests deep`, { hint: "Copy an image that a builder made: none nests so deep." });

// packages/core/src/count-pushed.ts
/** How much had to travel. */
function countPushed(pushed) {
	const uploaded = pushed.filter(({ outcome }) => outcome === "uploaded");
	return {
		uploaded: uploaded.length,
		present: pushed.length - uploaded.length,
		bytesUploaded: uploaded.reduce((sum, { descriptor }) => sum + descriptor.size, 0)
	};
}

// packages/core/src/create-record.ts
/** Makes the record of a leg. What a fan-in could not read is refused here, in the leg that can be mended (`RECORD_INVALID`). */
function createRecord({ group, leg, index, total, matrix, run }, content, finishedAt) {
	const record = {
		schema: recordSchemaName,
		group,
		leg: leg ?? (matrix === null ? slugOf(run.job) || "leg" : legId(matrix)),
		index,
		total,
		matrix,
		...matrix === null ? {} : { axes: Object.keys(matrix) },
		...content,
		outputs: { ...content.outputs },
		run,
		finishedAt: finishedAt.toISOString()
	};
	return parseRecord(recordText(record), `leg ${record.leg}`);
}

// packages/core/src/descriptor-file.ts
const maxSize = 1048576;
/**
* Reads a file with one descriptor of an image manifest, as builders leave them for the index to come:
* https://github.com/opencontainers/image-spec/blob/v1.1.1/descriptor.md. Anything else is `RECORD_INVALID`.
*/
async function readDescriptorFile(file) {
	try {
		const { size } = await stat(file);
		if (size > maxSize) throw new Error(`it has ${size} bytes, at most ${maxSize} go`);
		const descriptor = parseDescriptor(JSON.parse(await readFile(file, "utf8")));
		if (isImageManifestType(descriptor.mediaType)) return descriptor;
		throw new Error(`it describes a ${descriptor.mediaType}, which is no image manifest`);
	} catch (cause) {
		throw new MatrixError("RECORD_INVALID", `the descriptor file ${file} cannot be read: ${cause instanceof Error ? cause.message : cause}`, {
			cause,
			hint: "Name files with one OCI descriptor each, and repeat the leg that writes this one."
		});
	}
}
/**
* Makes the file for the descriptor of this manifest, empty, and the folders above it: what cannot be written shows before
* anything is pushed, and what an earlier run left there is gone. Throws `INPUT_INVALID`, also for an index.
*/
async function reserveDescriptorFile(file, { mediaType, digest }) {
	if (isImageManifestType(mediaType)) return write$1(file, "");
	throw new MatrixError("INPUT_INVALID", `the descriptor file ${file} cannot be written: ${digest} is a ${mediaType}, and has several entries`, { hint: "Leave out \"descriptor-file\", or push one image manifest." });
}
/** Writes the descriptor as one line of JSON, as an index entry has it. */
const writeDescriptorFile = (file, descriptor) => write$1(file, `${canonicalText(descriptor)}\n`);
async function write$1(file, text) {
	try {
		await mkdir(path.dirname(file), { recursive: true });
		await writeFile(file, text);
	} catch (cause) {
		throw new MatrixError("INPUT_INVALID", `the descriptor file ${file} cannot be written: ${cause instanceof Error ? cause.message : cause}`, {
			cause,
			hint: "Name a file in a folder that the step may write to."
		});
	}
}
__name(write$1, "write");

// packages/core/src/descriptor-file-records.ts
/** Reads descriptor files as records, each of a leg with the file's name without `.json`. Throws `INPUT_INVALID` without an expectation. */
async function recordsOfDescriptorFiles({ files, group = "default", expected, run: { id, number, attempt, job } }) {
	const paths = files.map((file) => file.path);
	if (expected === void 0) throw unexpected(paths.length);
	refuseSameName(paths);
	const run = {
		id: String(id),
		number,
		attempt,
		job: job || "descriptor-files"
	};
	return (await pMap(paths, readDescriptorFile, { concurrency: 16 })).map((descriptor, index) => {
		const file = paths[index] ?? "";
		const leg = {
			group,
			leg: nameOf$1(file),
			index,
			total: paths.length,
			matrix: null,
			run
		};
		return {
			artifact: file,
			text: recordText(createRecord(leg, { descriptor }, /* @__PURE__ */ new Date()))
		};
	});
}
const nameOf$1 = /* @__PURE__ */ __name((file) => path.basename(file, ".json"), "nameOf");
function refuseSameName(paths) {
	const shared = [...Map.groupBy(paths, nameOf$1)].find(([, files]) => files.length > 1);
	if (shared === void 0) return;
	throw new MatrixError("LEG_DUPLICATE", `two descriptor files claim to be leg ${shared[0]}: ${shared[1].slice(0, 2).join(" and ")}`, { hint: "Give each file a name of its own, or name fewer files." });
}
const unexpected = (count) => new MatrixError("INPUT_INVALID", `there are ${count} descriptor files, and nothing says how many there must be`, { hint: "Set \"expect\" to the number of legs, or to the names of their files without \".json\"." });

// packages/core/src/json-of.ts
/** The value of JSON from outside; undefined where it is none, which no schema takes. */
function jsonOf(bytes) {
	try {
		return JSON.parse(new TextDecoder().decode(bytes));
	} catch {
		return;
	}
}

// packages/core/src/image-platform.ts
/** The most that we read of an image config, in bytes. */
const maxConfigSize = 4194304;
const configSchema$1 = object({
	architecture: string(),
	os: string(),
	variant: optional$1(string()),
	"os.version": optional$1(string()),
	"os.features": optional$1(array(string()))
});
/** The platform that an image config names, as it says it; undefined where it names none. */
function platformOfConfig(bytes) {
	const parsed = configSchema$1.safeParse(jsonOf(bytes));
	if (!parsed.success || parsed.data.os === "" || parsed.data.architecture === "") return void 0;
	const { architecture, os, variant, ...rest } = parsed.data;
	const { "os.version": version, "os.features": features } = rest;
	return {
		architecture,
		os,
		...version ? { "os.version": version } : {},
		...features?.length ? { "os.features": features } : {},
		...variant ? { variant } : {}
	};
}
/**
* The platform given, checked against the one that the config names; either alone where the other is absent. A config that names
* no variant leaves it open, as many builders do, and then the given one counts.
*/
function agreedPlatform(given, fromConfig) {
	if (given === void 0 || fromConfig === void 0) {
		const only = given ?? fromConfig;
		return only && normalisePlatform(only);
	}
	const said = fromConfig.variant === void 0 && given.variant !== void 0 ? {
		...fromConfig,
		variant: given.variant
	} : fromConfig;
	if (platformMatches(said, given)) return normalisePlatform({
		...said,
		...given
	});
	throw new MatrixError("PLATFORM_MISMATCH", `the platform given is ${formatPlatform(given)}, but the image config says ${formatPlatform(normalisePlatform(fromConfig))}`, { hint: "Push the image that this leg built, or leave \"platform\" out: the config says it." });
}

// packages/core/src/runnable.ts
/** Refuses what runtimes take for a container image, by the type of its config, and cannot unpack (`LAYER_NOT_RUNNABLE`). */
function refuseNotRunnable({ config, layers }) {
	if (!isImageConfigType(config.mediaType)) return;
	const layer = layers.find(({ mediaType }) => !isRuntimeLayerType(mediaType));
	if (layer === void 0) return;
	throw new MatrixError("LAYER_NOT_RUNNABLE", `the config is of type ${config.mediaType}, which makes this a container image, but the layer ${layer.annotations?.["org.opencontainers.image.title"] ?? layer.digest} is of type ${layer.mediaType}, which no runtime unpacks`, { hint: "Leave \"config\" out or give it a media type of your own, and name the kind of artifact with \"artifact-type\"; or give the layers a type such as application/vnd.oci.image.layer.v1.tar+gzip." });
}
/** The artifact type that an index entry shows; undefined for a container image. */
function artifactTypeOf({ artifactType, config }) {
	if (artifactType !== void 0 && artifactType !== "") return artifactType;
	return isImageConfigType(config.mediaType) ? void 0 : config.mediaType;
}

// packages/core/src/image-entry.ts
/** The descriptor of an image as an index entry has it: with its artifact type, or with the platform that its config names. */
async function imageEntry({ image, descriptor }, given, readConfig) {
	const artifactType = artifactTypeOf(image);
	const fromConfig = artifactType === void 0 ? platformOfConfig(await readConfig(image.config, maxConfigSize)) : void 0;
	const platform = agreedPlatform(given, fromConfig);
	return {
		...descriptor,
		...artifactType === void 0 ? {} : { artifactType },
		...platform === void 0 ? {} : { platform }
	};
}

// packages/core/src/pushed-entry.ts
/** The index entry of an image that is in a repository; refuses one that no runtime can unpack. */
async function pushedEntry({ blobs }, pushed, given) {
	refuseNotRunnable(pushed.image);
	return imageEntry(pushed, given, (config, limit) => blobs.fetchBytes(config, limit));
}

// packages/core/src/plan-pushed.ts
/**
* The plan for a manifest that is in the repository already, by another tool: nothing to upload, everything verified. An index
* gives the images in it, also of indexes within.
*/
async function planPushed(repository, digest, platform) {
	const { descriptor, bytes, manifest } = await fetchKnown(repository, digest);
	const manifests = [{
		descriptor,
		bytes
	}];
	if (manifest.kind === "index") {
		const all = await entriesIn(repository, manifest.index, /* @__PURE__ */ new Set([digest]));
		return {
			blobs: [],
			present: [],
			manifests,
			root: descriptor,
			children: platform === void 0 ? all : forPlatform$1(all, platform)
		};
	}
	return {
		blobs: [],
		present: [],
		manifests,
		root: await pushedEntry(repository, {
			image: manifest.image,
			descriptor
		}, platform)
	};
}
async function entriesIn(repository, { manifests }, seen) {
	return (await pMap(manifests, async (entry) => {
		const isIndex = isIndexType(entry.mediaType);
		if ((entry.platform !== void 0 || attestationSubject(entry) !== void 0) && !isIndex) return [entry];
		if (isIndex && seen.has(entry.digest)) return [];
		seen.add(entry.digest);
		const { descriptor, manifest } = await fetchKnown(repository, entry.digest);
		if (manifest.kind === "index") return entriesIn(repository, manifest.index, seen);
		return [{
			...entry,
			...await pushedEntry(repository, {
				image: manifest.image,
				descriptor
			})
		}];
	}, { concurrency: 8 })).flat();
}
async function fetchKnown(repository, digest) {
	const found = await repository.manifests.fetch(digest);
	if (found === void 0) throw unknownManifest$1(repository, digest);
	return found;
}
function forPlatform$1(children, wanted) {
	const images = children.filter((entry) => attestationSubject(entry) === void 0);
	const fitting = images.filter(({ platform }) => platform && platformMatches(wanted, platform));
	const digests = new Set(fitting.map(({ digest }) => digest));
	if (digests.size > 0) return children.filter((entry) => digests.has(attestationSubject(entry) ?? entry.digest));
	const found = images.map(({ platform }) => platform ? formatPlatform(platform) : "none");
	throw new MatrixError("PLATFORM_MISMATCH", `the platform given is ${formatPlatform(wanted)}, but the index has images for ${found.join(", ") || "nothing"}`, { hint: "Give the digest that this leg built, or leave \"platform\" out: the index says it." });
}
__name(forPlatform$1, "forPlatform");
const unknownManifest$1 = /* @__PURE__ */ __name(({ name }, digest) => new MatrixError("MANIFEST_UNKNOWN", `${name.registry}/${name.repository} has no manifest ${digest}`, { hint: "Push it to this image first, and pass on the digest that the push printed." }), "unknownManifest");

// packages/core/src/entries-of-digests.ts
/** Reads the lines of `entries`. */
const parseEntryDigests = (lines) => lines.map(parseDigest);
/** The entries of manifests that are in a repository, each with what its config says; an index gives its own. */
async function entriesOfDigests(repository, digests) {
	return (await pMap(digests, (digest) => planPushed(repository, digest, void 0), { concurrency: 8 })).flatMap(({ root, children }) => children ?? [root]);
}

// packages/core/src/expect.ts
/**
* Reads `expect`: a number of legs, leg ids (one a line, or a JSON list), a matrix as JSON,
* or the list of its legs' values. Values become the ids that their legs have by default.
*/
function parseExpect(text) {
	const trimmed = text.trim();
	if (/^\d+$/.test(trimmed)) return {
		kind: "count",
		count: atLeastOne(Number(trimmed))
	};
	const legs = [...new Set(/^[[{]/.test(trimmed) ? fromJson$1(trimmed) : linesOf(trimmed))];
	atLeastOne(legs.length);
	return {
		kind: "legs",
		legs
	};
}
const linesOf = (text) => text.split("\n").map((line) => line.trim()).filter((line) => line !== "");
function fromJson$1(text) {
	const value = parseJson(text);
	return (Array.isArray(value) ? value : expandMatrix(value)).map(idOf);
}
__name(fromJson$1, "fromJson");
function atLeastOne(count) {
	if (count === 0) throw invalid$4("it names no leg");
	return count;
}
function idOf(item) {
	if (typeof item === "string") return item;
	if (typeof item === "object" && item !== null && !Array.isArray(item)) return legId(item);
	throw invalid$4(`${JSON.stringify(item)} is neither a leg's id nor its values`);
}
function parseJson(text) {
	try {
		return JSON.parse(text);
	} catch {
		throw invalid$4("it begins like JSON, and is not");
	}
}
const invalid$4 = /* @__PURE__ */ __name((reason) => new MatrixError("INPUT_INVALID", `expect cannot be read: ${reason}`, { hint: "Give a number of legs, one leg id a line, or the matrix as JSON, as the job that planned it put it out." }), "invalid");

// packages/core/src/gather-records.ts
/** One document of all legs of a group, from wherever their records come. Throws as `aggregate` does. */
async function gatherRecords(options) {
	const { files, run, collect, ...rest } = options;
	const { group, expected, needs } = rest;
	if (files.length > 0) {
		const carried = await recordsOfDescriptorFiles({
			files,
			group,
			expected,
			run
		});
		return aggregate({
			...rest,
			carried,
			needs: needs && {
				...needs,
				records: []
			}
		});
	}
	const { onUnreadable: _, ...quiet } = rest;
	return aggregate({
		...rest,
		carried: await collect((carried) => aggregate({
			...quiet,
			carried
		}).missing.length === 0)
	});
}

// packages/core/src/identity.ts
/** Platform and artifact type: one image and one artifact of each kind for each platform. */
const defaultIdentity = ["platform", "artifactType"];
/** Reads the lines of `identity`: `platform`, `artifactType`, `annotations.<key>`. */
function parseIdentity(lines) {
	for (const line of lines) if (line !== "platform" && line !== "artifactType" && !/^annotations\.\S+$/.test(line)) throw new MatrixError("INPUT_INVALID", `identity cannot have ${JSON.stringify(line)}`, { hint: "Write platform, artifactType or annotations.<key>, one a line." });
	return lines.length === 0 ? defaultIdentity : lines;
}
/** Equal for two entries exactly when they are the same entry. */
const identityKey = (descriptor, identity) => canonicalText(identity.map((part) => partOf$1(descriptor, part)));
/** The identity for people: `linux/arm64`, `gardenlinux(1877.3)/amd64 aws-gardener_prod`. */
const identityText = (descriptor, identity) => identity.map((part) => partOf$1(descriptor, part)).filter((value) => value !== "").join(" ") || descriptor.digest;
function partOf$1(descriptor, part) {
	if (part === "platform") return platformKey(descriptor.platform);
	if (part === "artifactType") return descriptor.artifactType ?? "";
	return descriptor.annotations?.[part.slice(12)] ?? "";
}
__name(partOf$1, "partOf");

// packages/core/src/signing/push-bytes.ts
/** Makes a small blob present that is held in memory, and most likely new. */
async function pushBytes({ blobs }, descriptor, bytes, signal) {
	await blobs.ensure(descriptor, { open: () => once$1(bytes) }, {
		unasked: true,
		signal
	});
}
async function* once$1(bytes) {
	yield bytes;
}
__name(once$1, "once");

// packages/core/src/layers-meta/read-layers-meta.ts
/** Reads metadata that a descriptor points at; `name` is whose it is. Throws `LAYERS_META_INVALID`. */
async function fetchLayersMeta({ blobs }, descriptor, name) {
	const { size } = descriptor;
	if (size > 4194304) throw tooLarge(name, size);
	const bytes = await blobs.fetchBytes(descriptor, maxLayersMetaLength);
	return parseLayersMeta(new TextDecoder().decode(bytes), name);
}
/** Reads a file of metadata. Throws `FILE_NOT_FOUND` and `LAYERS_META_INVALID`. */
async function readLayersMeta(path) {
	const found = await stat(path).catch(() => void 0);
	if (found?.isFile() !== true) throw new MatrixError("FILE_NOT_FOUND", `there is no file ${path} of layer metadata`);
	if (found.size > 4194304) throw tooLarge(path, found.size);
	return parseLayersMeta(await readFile(path, "utf8"), path);
}
const tooLarge = (name, size) => new MatrixError("LAYERS_META_INVALID", `the layer metadata of ${name} has ${size} bytes, at most ${maxLayersMetaLength} go`);

// packages/distribution/src/endpoint/routes.ts
/** Reads a repository's name back from its text; throws `InvalidReferenceError` if that is not the same. */
function checkRepository(name) {
	const text = formatReference(name);
	const parsed = parseRepositoryName(text);
	if (parsed.registry !== name.registry || parsed.repository !== name.repository) throw new InvalidReferenceError(text, `it would mean ${formatReference(parsed)}`);
	return parsed;
}
/** Gives a tag or a digest back; throws `InvalidDigestError` or `InvalidReferenceError`. */
const checkTagOrDigest = (text) => isDigest(text) ? text : text.includes(":") ? parseDigest(text) : parseTag(text);
/** https://github.com/opencontainers/distribution-spec/blob/v1.1.1/spec.md#endpoints */
function createRoutes(origin, { registry, repository }) {
	const url = (path, parameters = {}) => {
		const built = new URL(`/v2/${repository}/${path}`, origin);
		for (const [key, value] of Object.entries(parameters)) if (value !== void 0) built.searchParams.set(key, value);
		return built;
	};
	return {
		blob: (digest) => url(`blobs/${parseDigest(digest)}`),
		uploads: (digest) => url("blobs/uploads/", { digest: digest && parseDigest(digest) }),
		mount: (digest, from) => url("blobs/uploads/", {
			mount: parseDigest(digest),
			from: checkRepository({
				registry,
				repository: from
			}).repository
		}),
		manifest(tagOrDigest, tags = []) {
			const built = url(`manifests/${checkTagOrDigest(tagOrDigest)}`);
			for (const tag of tags) built.searchParams.append("tag", parseTag(tag));
			return built;
		},
		tags: (limit, last) => url("tags/list", {
			n: String(limit),
			last
		}),
		referrers: (digest, artifactType) => url(`referrers/${parseDigest(digest)}`, { artifactType })
	};
}

// packages/distribution/src/error/protocol-error.ts
/** A server broke the protocol, or asked for what a client must not do. */
var ProtocolError = class extends OciError {
	name = "ProtocolError";
	code = "PROTOCOL";
	constructor(message, cause) {
		super(message, {
			hint: "Check the configuration of the registry and of any proxy in front of it.",
			cause
		});
	}
};

// packages/distribution/src/transport/redact.ts
const shown = /* @__PURE__ */ new Set([
	"artifactType",
	"digest",
	"from",
	"last",
	"mount",
	"n",
	"scope",
	"service",
	"tag"
]);
/** A URL as it may be logged: no credentials, and no value of a parameter that we do not know. */
function redactUrl(url) {
	const parameters = [...url.searchParams].map(([name, value]) => `${encodeURIComponent(name)}=${shown.has(name) ? value : "***"}`);
	const query = parameters.length === 0 ? "" : `?${parameters.join("&")}`;
	return `${url.protocol}//${url.host}${url.pathname}${query}`;
}

// packages/distribution/src/endpoint/target.ts
/**
* Reads a URL that a server gave, relative or absolute, against the URL that was asked.
* Throws `ProtocolError` if it leaves https, brings credentials of its own, or is none.
*/
function resolveTarget(text, from, what) {
	const target = URL.parse(text, from.href);
	if (target === null) throw new ProtocolError(`${what} of ${redactUrl(from)} is not a URL: ${JSON.stringify(text.slice(0, 200))}`);
	const refusal = refusalOf$2(target, from);
	if (refusal !== void 0) throw new ProtocolError(`${what} of ${redactUrl(from)} ${refusal}: ${redactUrl(target)}`);
	target.hash = "";
	return target;
}
function refusalOf$2(target, from) {
	if (target.protocol !== "https:" && target.protocol !== "http:") return "is not http";
	if (target.protocol === "http:" && from.protocol === "https:") return "leaves https";
	if (target.username !== "" || target.password !== "") return "has credentials in it";
}
__name(refusalOf$2, "refusalOf");

// packages/distribution/src/transport/headers.ts
/** Every value of a header, in order. */
function headerValues(headers, name) {
	const value = headers[name.toLowerCase()];
	if (value === void 0) return [];
	return typeof value === "string" ? [value] : value;
}
/** The first value of a header. */
const headerValue = (headers, name) => headerValues(headers, name)[0]?.trim();
/** `Content-Length`, in bytes; undefined if it is absent or no number. */
function contentLength(headers) {
	const text = headerValue(headers, "content-length");
	return text !== void 0 && /^\d{1,15}$/.test(text) ? Number(text) : void 0;
}
/** `Content-Type` in lower case, without parameters. */
const contentType = (headers) => headerValue(headers, "content-type")?.split(";", 1)[0]?.trim().toLowerCase() || void 0;

// packages/distribution/src/transport/follow.ts
const maxHops = 5;
/** Sends a request and follows its redirects. Once it has left the origin, it goes without credentials to its end. */
async function follow$1(wire, request, { origin, authorization, guard, guardOrigin = false, leave = true }) {
	let { url } = request;
	let own = true;
	for (let hops = 0; hops <= maxHops; hops += 1) {
		own &&= url.origin === origin.origin;
		const headers = own && authorization !== void 0 ? {
			...request.headers,
			authorization
		} : request.headers;
		const reply = await wire.exchange({
			...request,
			url,
			headers,
			guard: own && !guardOrigin ? void 0 : guard
		});
		const location = redirectOf(reply);
		if (location === void 0) return reply;
		await reply.discard();
		url = resolveTarget(location, url, "the redirect");
		if (!leave && url.origin !== origin.origin) throw new ProtocolError(`${redactUrl(reply.url)} redirects to another host: ${url.host}`);
	}
	throw new ProtocolError(`${redactUrl(request.url)} redirects more than ${maxHops} times`);
}
__name(follow$1, "follow");
function redirectOf({ method, status, headers }) {
	return (method === "GET" || method === "HEAD" ? [
		301,
		302,
		303,
		307,
		308
	] : [307, 308]).includes(status) ? headerValue(headers, "location") : void 0;
}

// packages/distribution/src/error/codes.ts
/** The codes of https://github.com/opencontainers/distribution-spec/blob/v1.1.1/spec.md#error-codes, verbatim. */
const specErrorCodes = [
	"BLOB_UNKNOWN",
	"BLOB_UPLOAD_INVALID",
	"BLOB_UPLOAD_UNKNOWN",
	"DIGEST_INVALID",
	"MANIFEST_BLOB_UNKNOWN",
	"MANIFEST_INVALID",
	"MANIFEST_UNKNOWN",
	"NAME_INVALID",
	"NAME_UNKNOWN",
	"SIZE_INVALID",
	"UNAUTHORIZED",
	"DENIED",
	"UNSUPPORTED",
	"TOOMANYREQUESTS"
];
/** Every code that an error of this package can have, but for `HTTP_<status>`. */
const distributionErrorCodes = [
	...specErrorCodes,
	"NO_CREDENTIALS",
	"TOKEN_REFUSED",
	"CHALLENGE_UNSUPPORTED",
	"TRANSPORT",
	"TIMEOUT",
	"DIGEST_MISMATCH",
	"SIZE_MISMATCH",
	"TRUNCATED",
	"PROTOCOL"
];
const isSpecErrorCode = (code) => specErrorCodes.some((known) => known === code);

// packages/distribution/src/error/hints.ts
const specHints = {
	BLOB_UNKNOWN: "Push the blob to this repository first.",
	BLOB_UPLOAD_INVALID: "Run the upload again from its start.",
	BLOB_UPLOAD_UNKNOWN: "Run the upload again from its start.",
	DIGEST_INVALID: "Check that nothing changes the content while it is uploaded.",
	MANIFEST_BLOB_UNKNOWN: "Push every blob and manifest that this manifest names before it.",
	MANIFEST_INVALID: "Check that the registry takes this media type and these fields.",
	MANIFEST_UNKNOWN: "Check the tag or the digest.",
	NAME_INVALID: "Check the name of the repository.",
	NAME_UNKNOWN: "Check the name of the repository, or create it first where the registry asks for that.",
	SIZE_INVALID: "Check that nothing changes the content while it is uploaded.",
	UNAUTHORIZED: "Check the user name and the password or token for this registry.",
	DENIED: "Give these credentials access to the repository.",
	UNSUPPORTED: "Turn this operation on in the registry, or use a registry that has it.",
	TOOMANYREQUESTS: "Wait, then run it again with less concurrency."
};
/** What to do about a refusal, where nothing more is known than its code. */
function refusalHint(code, status) {
	if (isSpecErrorCode(code)) return specHints[code];
	if (status === 401) return specHints.UNAUTHORIZED;
	if (status === 403) return specHints.DENIED;
	if (status === 413) return "Raise the size limit of the registry, or of the proxy in front of it.";
	if (status === 429) return specHints.TOOMANYREQUESTS;
	if (status >= 500) return "Look at the registry's status page, then run it again.";
	return "Check that the address is that of an OCI registry.";
}

// packages/distribution/src/error/registry-error.ts
/** The registry answered, and the answer is no. `code` is the specification's where the registry gave one. */
var RegistryError = class extends OciError {
	name = "RegistryError";
	code;
	method;
	url;
	status;
	errors;
	retryAfter;
	constructor(refusal) {
		const { method, url, status, errors } = refusal;
		const code = errors.map((entry) => entry.code).find(isSpecErrorCode) ?? `HTTP_${status}`;
		const said = (errors.find((entry) => entry.code === code) ?? errors[0])?.message;
		super(`${method} ${url}: ${code}${said ? `: ${said}` : ""}`, { hint: refusalHint(code, status) });
		this.code = code;
		this.method = method;
		this.url = url;
		this.status = status;
		this.errors = errors;
		this.retryAfter = refusal.retryAfter;
	}
};

// packages/distribution/src/retry/retry-after.ts
/** No registry makes us wait longer than this, in milliseconds. */
const maxRetryAfter = 12e4;
/** Reads `Retry-After`, in seconds or as a date (RFC 9110, section 10.2.3), as milliseconds from now. */
function parseRetryAfter(text, now) {
	const value = text?.trim();
	if (!value) return void 0;
	const wait = /^\d+(?:\.\d+)?$/.test(value) ? Number(value) * 1e3 : Date.parse(value) - now;
	return Number.isNaN(wait) ? void 0 : Math.min(Math.max(wait, 0), maxRetryAfter);
}

// packages/distribution/src/error/content-error.ts
const phrases = {
	DIGEST_MISMATCH: "has another digest",
	SIZE_MISMATCH: "has another size",
	TRUNCATED: "ends too early"
};
/** Content is not what its descriptor says. */
var ContentError = class extends OciError {
	name = "ContentError";
	code;
	expected;
	actual;
	/** `what` names the content and where it came from. */
	constructor(code, what, expected, actual) {
		super(`${what} ${phrases[code]}: expected ${expected}, got ${actual}`, { hint: "Check that nothing changes the content on its way, and make it again." });
		this.code = code;
		this.expected = expected;
		this.actual = actual;
	}
};

// packages/distribution/src/verified.ts
/**
* Passes content on while it is what its descriptor says. The last chunk is held back until the digest is known to
* match, so that nobody ever has the whole of anything else. Throws `ContentError`; `what` names the content in it.
*/
async function* verified({ digest, size }, chunks, what) {
	const digester = createDigester(algorithmOf(digest));
	let seen = 0;
	let held;
	for await (const chunk of chunks) {
		if (chunk.byteLength === 0) continue;
		seen += chunk.byteLength;
		if (seen > size) throw new ContentError("SIZE_MISMATCH", what, `${size} bytes`, `at least ${seen}`);
		digester.update(chunk);
		if (held !== void 0) yield held;
		held = chunk;
	}
	if (seen < size) throw new ContentError("TRUNCATED", what, `${size} bytes`, `${seen}`);
	const actual = digester.digest();
	if (actual !== digest) throw new ContentError("DIGEST_MISMATCH", what, digest, actual);
	if (held !== void 0) yield held;
}
/** All of it at once; the caller knows that it fits. */
async function collect$1(chunks) {
	const all = [];
	for await (const chunk of chunks) all.push(chunk);
	return Buffer.concat(all);
}
__name(collect$1, "collect");

// packages/distribution/src/transport/printable.ts
/** Text of a stranger, fit for a terminal: no control or format characters, at most `limit` characters. */
const printable = (text, limit = 1e3) => text.slice(0, limit * 4).replace(/[\p{C}\s]+/gu, " ").trim().slice(0, limit);

// packages/distribution/src/transport/read-body.ts
/** The whole body of an answer; throws `ContentError` once it is longer than `limit` bytes. */
async function readBody(reply, limit) {
	const announced = reply.method === "HEAD" ? 0 : contentLength(reply.headers) ?? 0;
	if (announced > limit) {
		await reply.discard();
		throw tooLong(reply, limit, announced);
	}
	const { bytes, complete } = await readStart(reply, limit);
	if (!complete) throw tooLong(reply, limit, bytes.byteLength);
	return bytes;
}
/** As much of the body as fits in `limit` bytes; lets the rest go. */
async function readStart(reply, limit) {
	const chunks = [];
	let size = 0;
	for await (const chunk of reply.body) {
		chunks.push(chunk);
		size += chunk.byteLength;
		if (size > limit) return {
			bytes: Buffer.concat(chunks),
			complete: false
		};
	}
	return {
		bytes: Buffer.concat(chunks),
		complete: true
	};
}
const tooLong = (reply, limit, size) => new ContentError("SIZE_MISMATCH", `the answer to ${reply.method} ${redactUrl(reply.url)}`, `at most ${limit} bytes`, `at least ${size}`);

// packages/distribution/src/transport/refusal.ts
const maxErrorBody = 65536;
const maxEntries = 100;
/** The error that an answer means, with what its body says; the body may be anything. */
async function refusalOf$1(reply, now) {
	const { method, url, status, headers, body } = await holdRefusal(reply);
	const bytes = await collect$1(body);
	return new RegistryError({
		method,
		url: redactUrl(url),
		status,
		errors: parseErrors(bytes),
		retryAfter: parseRetryAfter(headerValue(headers, "retry-after"), now)
	});
}
__name(refusalOf$1, "refusalOf");
/**
* The same answer with the start of its body in memory, so that it holds no connection and no turn.
* The status counts, whatever becomes of the words: after an early answer the connection often breaks.
*/
async function holdRefusal(reply) {
	let bytes = /* @__PURE__ */ new Uint8Array();
	try {
		bytes = new Uint8Array((await readStart(reply, maxErrorBody)).bytes);
	} catch {}
	async function* body() {
		yield bytes;
	}
	return {
		...reply,
		body: body(),
		discard: async () => {}
	};
}
/** Reads https://github.com/opencontainers/distribution-spec/blob/v1.1.1/spec.md#error-codes, and nothing else. */
function parseErrors(bytes) {
	let body;
	try {
		body = JSON.parse(new TextDecoder().decode(bytes));
	} catch {
		return [];
	}
	const errors = memberOf(body, "errors");
	if (!Array.isArray(errors)) return [];
	return errors.slice(0, maxEntries).map((entry) => ({
		code: printable(textOf$1(memberOf(entry, "code")), 100),
		message: printable(textOf$1(memberOf(entry, "message"))),
		detail: memberOf(entry, "detail")
	}));
}
const memberOf = (value, key) => typeof value === "object" && value !== null ? new Map(Object.entries(value)).get(key) : void 0;
const textOf$1 = /* @__PURE__ */ __name((value) => typeof value === "string" ? value : "", "textOf");

// packages/distribution/src/auth/until-aborted.ts
/** The work's outcome, or the signal's reason if that comes first: what is shared goes on for the others that wait for it. */
async function untilAborted(work, signal) {
	signal.throwIfAborted();
	const { promise: aborted, reject } = Promise.withResolvers();
	const stop = () => reject(signal.reason);
	signal.addEventListener("abort", stop, { once: true });
	try {
		return await Promise.race([work, aborted]);
	} finally {
		signal.removeEventListener("abort", stop);
	}
}

// packages/distribution/src/auth/gate.ts
function createGate() {
	const passed = /* @__PURE__ */ new Set();
	const first = /* @__PURE__ */ new Map();
	return { async enter(key, signal) {
		signal.throwIfAborted();
		const ahead = passed.has(key) ? void 0 : first.get(key);
		if (ahead !== void 0) await untilAborted(ahead, signal);
		if (passed.has(key) || ahead !== void 0) return () => {};
		const { promise, resolve } = Promise.withResolvers();
		first.set(key, promise);
		return () => {
			passed.add(key);
			first.delete(key);
			resolve();
		};
	} };
}

// packages/distribution/src/auth/scope.ts
const order = [
	"pull",
	"push",
	"delete"
];
const pattern$1 = /^repository:([a-z0-9][a-z0-9._/-]{0,254}):([a-z,]+)$/;
/** One scope for each repository, with the actions of all. */
function mergeScopes(scopes) {
	const actions = /* @__PURE__ */ new Map();
	for (const scope of scopes) {
		const merged = actions.get(scope.repository) ?? /* @__PURE__ */ new Set();
		for (const action of scope.actions) merged.add(action);
		actions.set(scope.repository, merged);
	}
	return [...actions].map(([repository, set]) => ({
		repository,
		actions: order.filter((action) => set.has(action))
	}));
}
/** As a token server reads them. A few look at the first alone, so that what is written to comes first. */
function formatScopes(scopes) {
	const texts = mergeScopes(scopes).map(({ repository, actions }) => `repository:${repository}:${actions.join(",")}`);
	const writes = (text) => text.endsWith(":pull") ? 1 : 0;
	return texts.sort((a, b) => writes(a) - writes(b) || (a < b ? -1 : 1));
}
/** The scopes that a challenge names; what is none of a repository is left out. */
function parseScopes(text) {
	return (text ?? "").split(/\s+/).flatMap((part) => {
		const [, repository, list = ""] = pattern$1.exec(part) ?? [];
		const actions = order.filter((action) => list.split(",").includes(action));
		return repository === void 0 || actions.length === 0 ? [] : [{
			repository,
			actions
		}];
	});
}
/** True if whoever may do `granted` may do `wanted`. */
const coversScopes = (granted, wanted) => wanted.every(({ repository, actions }) => granted.some((scope) => scope.repository === repository && actions.every((action) => scope.actions.includes(action))));

// packages/distribution/src/auth/authorized-send.ts
/**
* Sends requests to a registry with what it wants to see, and once more if it turns out to want something else.
* A URL on another origin gets no credentials, and a 401 from there no answer.
*/
function createAuthorizedSend(parts) {
	const { wire, origin, guard, authorizer } = parts;
	const takeTurn = createTurns(authorizer);
	const send = (request, authorization) => follow$1(wire, request, {
		origin,
		authorization,
		guard
	});
	return async (request) => {
		if (request.url.origin !== origin.origin) return send(request, void 0);
		const { authorization, basis, leave } = await takeTurn(request);
		try {
			const reply = await send(request, authorization);
			if (!(reply.status === 401 || reply.status === 403 && basis === "guess") || reply.url.origin !== origin.origin) return reply;
			const refusal = await holdRefusal(reply);
			const { status, headers } = refusal;
			const challenges = headerValues(headers, "www-authenticate");
			const answer = authorizer.answer({
				status,
				challenges
			}, authorization, request);
			const better = await untilAborted(answer, request.signal);
			if (better === void 0) return refusal;
			leave();
			return await send(request, better);
		} finally {
			leave();
		}
	};
}
/** As long as it is not known what the registry wants, one request goes ahead: the first of all, then the first of its scopes. */
function createTurns(authorizer) {
	const gate = createGate();
	return async (request) => {
		const { scopes, signal } = request;
		const exits = [];
		const leave = () => exits.forEach((exit) => void exit());
		try {
			for (const key of ["", formatScopes(scopes).join(" ")]) {
				const prepared = await untilAborted(authorizer.prepare(request), signal);
				if (prepared.basis === "known") return {
					...prepared,
					leave
				};
				exits.unshift(await gate.enter(key, signal));
			}
			return {
				...await untilAborted(authorizer.prepare(request), signal),
				leave
			};
		} catch (error) {
			leave();
			throw error;
		}
	};
}

// packages/distribution/src/error/auth-error.ts
const hints = {
	NO_CREDENTIALS: "Log in to this registry, or give a user name and a password.",
	TOKEN_REFUSED: "Check the user name and the password or token for this registry.",
	CHALLENGE_UNSUPPORTED: "Serve the registry with Basic or Bearer authentication, over https."
};
/** Nothing was found to authenticate with, it was refused, or it may not be sent the way that the registry asks. */
var AuthError = class extends OciError {
	name = "AuthError";
	code;
	constructor(code, message, cause) {
		super(message, {
			hint: hints[code],
			cause
		});
		this.code = code;
	}
};

// packages/distribution/src/transport/address.ts
const subnets = {
	loopback: [
		"127.0.0.0/8",
		"0.0.0.0/8",
		"::1/128",
		"::/128"
	],
	"link-local": ["169.254.0.0/16", "fe80::/10"],
	private: [
		"10.0.0.0/8",
		"100.64.0.0/10",
		"172.16.0.0/12",
		"192.0.0.0/24",
		"192.168.0.0/16",
		"198.18.0.0/15",
		"224.0.0.0/3",
		"fc00::/7",
		"fec0::/10",
		"ff00::/8"
	]
};
const makeLists = () => Object.entries(subnets).map(([reach, cidrs]) => {
	const list = new BlockList();
	for (const cidr of cidrs) {
		const [network = "", bits] = cidr.split("/");
		list.addSubnet(network, Number(bits), familyOf(network));
	}
	return [reach, list];
});
let lists;
/** Classes an IP address; an IPv4 address in IPv6 clothes is what it is underneath. */
function reachOf(address) {
	lists ??= makeLists();
	for (const [reach, list] of lists) if (list.check(address, familyOf(address))) return reach === "loopback" || reach === "link-local" ? reach : "private";
	return "public";
}
/** The host of a URL, without the brackets of IPv6. */
const bareHost = (hostname) => hostname.replace(/^\[|\]$/g, "");
/** True of `localhost`, 127.0.0.0/8 and ::1; names that only resolve to those do not count. */
function isLoopbackHost(hostname) {
	const host = bareHost(hostname);
	if (host === "localhost" || isIPv4(host) && host.startsWith("127.")) return true;
	return isIP(host) !== 0 && reachOf(host) === "loopback";
}
function familyOf(address) {
	return isIP(address) === 6 ? "ipv6" : "ipv4";
}

// packages/distribution/src/endpoint/origin.ts
/** Docker Hub's registry answers on another host than its name: https://github.com/distribution/reference/blob/v0.6.0/normalize.go */
const dockerHubHost = "registry-1.docker.io";
/** Where a registry answers: https, but http on loopback and, if `plainHttp`, everywhere. */
function originOf(registry, plainHttp) {
	const host = registry === "docker.io" ? dockerHubHost : registry;
	const url = new URL(`https://${host}`);
	return plainHttp || isLoopbackHost(url.hostname) ? new URL(`http://${host}`) : url;
}
/** True of an origin that may be sent a password: over TLS, or to this very machine. */
const isConfidential = (origin) => origin.protocol === "https:" || isLoopbackHost(origin.hostname);

// packages/distribution/src/auth/basic.ts
/** The header of RFC 7617, in UTF-8. */
const basicHeader = ({ username, password }) => `Basic ${Buffer.from(`${username}:${password}`, "utf8").toString("base64")}`;
/** What to send to a registry that asks for a password. Throws `AuthError` if there is none, or if others could read it. */
async function basicFor({ registry, origin, credentialOf }, { scopes }) {
	if (!isConfidential(origin)) {
		const what = `registry ${registry} asks for a password over plain http`;
		throw new AuthError("CHALLENGE_UNSUPPORTED", what);
	}
	const credential = await credentialOf(scopes);
	if (credential !== void 0 && "username" in credential) return basicHeader(credential);
	throw new AuthError("NO_CREDENTIALS", `registry ${registry} asks for a user name and a password, and ${credential === void 0 ? "there is none" : "there is only a token"}`);
}

// packages/distribution/src/auth/token-cache.ts
/** True of a token that has most of its life before it. */
const isYoung = ({ obtainedAt, expiresAt }, now) => expiresAt - now > (expiresAt - obtainedAt) / 2;
function createTokenCache() {
	const tokens = /* @__PURE__ */ new Map();
	return {
		find(scopes, now, life) {
			return [...tokens.values()].find((token) => coversScopes(token.scopes, scopes) && (token.expiresAt - now > life || isYoung(token, now)));
		},
		keep(token) {
			tokens.set(formatScopes(token.scopes).join(" "), token);
		},
		get: (value) => [...tokens.values()].find((token) => token.value === value),
		drop(value) {
			for (const [key, token] of tokens) if (token.value === value) tokens.delete(key);
		}
	};
}

// packages/distribution/src/auth/remember-credentials.ts
/** How long, in milliseconds, nobody is asked again who had no answer: a credential helper, or a token server. */
const refusalLife = 1e4;
/** Asks once for each repository of a registry, and after a failure not at once again: a credential helper is a process. */
function rememberCredentials(credentials, registry, clock) {
	const known = /* @__PURE__ */ new Map();
	return (scopes) => {
		const repository = scopes[0]?.repository ?? "";
		const found = known.get(repository);
		if (found !== void 0 && clock.now() < found.until) return found.asked;
		const asked = credentials(registry, repository || void 0);
		const entry = {
			asked,
			until: Number.POSITIVE_INFINITY
		};
		known.set(repository, entry);
		asked.catch(() => {
			entry.until = clock.now() + refusalLife;
		});
		return asked;
	};
}

// packages/distribution/src/auth/token-flights.ts
const minPause = 500;
const maxPause = 3e4;
function createTokenFlights(clock, signal) {
	const underway = /* @__PURE__ */ new Map();
	const failures = /* @__PURE__ */ new Map();
	const fly = async (key, request) => {
		const last = failures.get(key);
		const wait = last === void 0 ? 0 : last.until - clock.now();
		if (wait > 0) await clock.sleep(wait, signal);
		try {
			const token = await request();
			failures.delete(key);
			return token;
		} catch (error) {
			failures.set(key, after$1(error, (last?.count ?? 0) + 1, clock));
			throw error;
		}
	};
	return async (key, request) => {
		const shared = underway.get(key);
		if (shared !== void 0) return shared;
		const last = failures.get(key);
		if (last?.error instanceof AuthError && clock.now() < last.until) throw last.error;
		const own = fly(key, request).finally(() => underway.delete(key));
		underway.set(key, own);
		return own;
	};
}
function after$1(error, count, clock) {
	const backoff = Math.min(maxPause, minPause * 2 ** (count - 1)) * (.5 + clock.random() / 2);
	const pause = error instanceof AuthError ? refusalLife : Math.round(backoff);
	return {
		error,
		count,
		until: clock.now() + pause
	};
}
__name(after$1, "after");

// packages/distribution/src/error/transport-error.ts
const temporaryCauses = /* @__PURE__ */ new Set([
	"EAI_AGAIN",
	"ECONNABORTED",
	"ECONNREFUSED",
	"ECONNRESET",
	"EHOSTUNREACH",
	"ENETUNREACH",
	"EPIPE",
	"ETIMEDOUT"
]);
/** There was no answer, or only a part of one; `cause` is what the socket said. */
var TransportError = class extends OciError {
	name = "TransportError";
	code;
	method;
	url;
	/** True if another try may succeed. */
	temporary;
	constructor(method, url, cause) {
		const reason = causeCode(cause);
		const code = reason === "ETIMEDOUT" ? "TIMEOUT" : "TRANSPORT";
		super(`${method} ${url}: ${code === "TIMEOUT" ? "no answer in time" : "the connection failed"}: ${describe$1(cause, reason)}`, {
			hint: "Check the address of the registry and the network, then run it again.",
			cause
		});
		this.code = code;
		this.method = method;
		this.url = url;
		this.temporary = temporaryCauses.has(reason);
	}
};
function causeCode(cause) {
	if (typeof cause !== "object" || cause === null || !("code" in cause)) return "";
	return typeof cause.code === "string" ? cause.code : "";
}
function describe$1(cause, reason) {
	const message = printable(cause instanceof Error ? cause.message : String(cause));
	if (message === "") return reason;
	return message.includes(reason) ? message : `${reason}: ${message}`;
}
__name(describe$1, "describe");

// packages/distribution/src/retry/temporary.ts
const statuses = /* @__PURE__ */ new Set([
	408,
	425,
	429,
	499,
	500,
	502,
	503,
	504,
	520,
	521,
	522,
	523,
	524
]);
const codes$1 = /* @__PURE__ */ new Set(["TOOMANYREQUESTS", "UNAVAILABLE"]);
/** True of a failure that another try may cure. A refusal that says when to come back is one, whatever its status. */
function isTemporary(error) {
	if (error instanceof TransportError) return error.temporary;
	if (!(error instanceof RegistryError)) return false;
	return statuses.has(error.status) || error.retryAfter !== void 0 || error.errors.some(({ code }) => codes$1.has(code));
}

// packages/distribution/src/transport/body.ts
const bytesBody = (bytes) => ({
	size: bytes.byteLength,
	open: () => ({
		content: bytes,
		sent: () => bytes.byteLength,
		failure: () => void 0
	})
});
/** A body that is made anew for each sending. */
const streamBody = (size, open, onProgress = () => {}) => ({
	size,
	open() {
		let sent = 0;
		let failure;
		async function* watched() {
			try {
				for await (const chunk of open()) {
					yield chunk;
					sent += chunk.byteLength;
					onProgress(sent);
				}
			} catch (error) {
				failure = { error };
				throw error;
			}
		}
		return {
			content: watched(),
			sent: () => sent,
			failure: () => failure
		};
	}
});

// packages/distribution/src/auth/token-answer.ts
const minLifetime = 6e4;
const headerText = /^[\x21-\x7e]+$/;
/** Reads the answer of a token server; `date` is its `Date` header. Throws `AuthError` if there is no token in it. */
function parseTokenAnswer(bytes, date, realm) {
	const fail = (what) => {
		throw new AuthError("TOKEN_REFUSED", `the answer of token server ${redactUrl(realm)} ${what}`);
	};
	let answer;
	try {
		answer = JSON.parse(new TextDecoder().decode(bytes));
	} catch {
		return fail("is not JSON");
	}
	if (typeof answer !== "object" || answer === null) return fail("is not an object");
	const fields = new Map(Object.entries(answer));
	const value = fields.get("token") || fields.get("access_token");
	if (typeof value !== "string" || !headerText.test(value)) return fail("has no token");
	const seconds = Number(fields.get("expires_in") ?? 0);
	const life = Math.max(Number.isFinite(seconds) ? seconds * 1e3 : 0, minLifetime);
	const refreshToken = fields.get("refresh_token");
	return {
		value,
		lifetime: life - ageOf(fields.get("issued_at"), date, life),
		refreshToken: typeof refreshToken === "string" && refreshToken !== "" ? refreshToken : void 0
	};
}
function ageOf(issuedAt, date, life) {
	if (typeof issuedAt !== "string" || date === void 0) return 0;
	const age = Date.parse(date) - Date.parse(issuedAt);
	return age > 0 && age < life ? age : 0;
}

// packages/distribution/src/auth/token.ts
const maxAnswer = 65536;
/** Asks the token server for a token, once. Throws `AuthError` if it refuses. */
async function requestToken(wire, request) {
	const { credential, scopes, guard, clock, server } = request;
	const exchange = exchangeOf(request);
	const authorization = credential !== void 0 && "username" in credential ? basicHeader(credential) : void 0;
	const obtainedAt = clock.now();
	const reply = await follow$1(wire, exchange, {
		origin: server.realm,
		authorization,
		guard,
		guardOrigin: true,
		leave: false
	});
	if (reply.status !== 200) {
		const refusal = await refusalOf$1(reply, clock.now());
		if (isTemporary(refusal)) throw refusal;
		const code = credential === void 0 ? "NO_CREDENTIALS" : "TOKEN_REFUSED";
		const who = credential === void 0 ? "anonymous users" : "these credentials";
		const what = `token server ${redactUrl(server.realm)} gives ${who} no token for ${formatScopes(scopes).join(" ")}`;
		throw new AuthError(code, what, refusal);
	}
	const date = headerValue(reply.headers, "date");
	const { value, lifetime, refreshToken } = parseTokenAnswer(await readBody(reply, maxAnswer), date, server.realm);
	return {
		value,
		scopes,
		obtainedAt,
		expiresAt: obtainedAt + lifetime,
		refreshToken
	};
}
function exchangeOf({ server, scopes, credential, signal }) {
	const common = {
		kind: "token",
		pool: "metadata",
		signal
	};
	const accept = { accept: "application/json" };
	const texts = formatScopes(scopes);
	if (credential !== void 0 && "identityToken" in credential) {
		const form = new URLSearchParams({
			grant_type: "refresh_token",
			client_id: "oci-matrix"
		});
		if (server.service !== void 0) form.set("service", server.service);
		form.set("scope", texts.join(" "));
		form.set("refresh_token", credential.identityToken);
		const headers = {
			...accept,
			"content-type": "application/x-www-form-urlencoded"
		};
		const body = bytesBody(new TextEncoder().encode(form.toString()));
		return {
			...common,
			method: "POST",
			url: server.realm,
			headers,
			body
		};
	}
	const url = new URL(server.realm);
	if (server.service !== void 0) url.searchParams.set("service", server.service);
	for (const text of texts) url.searchParams.append("scope", text);
	if (credential !== void 0) url.searchParams.set("account", credential.username);
	return {
		...common,
		method: "GET",
		url,
		headers: accept
	};
}

// packages/distribution/src/auth/token-source.ts
/**
* Uses the refresh tokens that a token server hands back, so that a password travels once, and an identity token that the server
* has replaced no more (RFC 6749, section 6). What does not take them, such as a server without POST, gets the credential itself.
*/
function createTokenSource(wire) {
	const handed = /* @__PURE__ */ new WeakMap();
	return async (request) => {
		const { credential, server } = request;
		const realm = server.realm.href;
		const ask = async (grant) => {
			const token = await requestToken(wire, {
				...request,
				credential: grant
			});
			const { refreshToken } = token;
			if (credential !== void 0 && refreshToken !== void 0) handed.set(credential, {
				realm,
				refreshToken
			});
			return token;
		};
		const last = credential && handed.get(credential);
		if (credential === void 0 || last?.realm !== realm) return ask(credential);
		try {
			return await ask({ identityToken: last.refreshToken });
		} catch (error) {
			if (!(error instanceof AuthError)) throw error;
			handed.delete(credential);
			return ask(credential);
		}
	};
}

// packages/distribution/src/auth/bearer.ts
const prefix = "Bearer ";
const defaultLife = 1e4;
const keyOf$1 = /* @__PURE__ */ __name((scopes) => formatScopes(scopes).join(" "), "keyOf");
function createBearer({ registry, origin, credentialOf, ...parts }) {
	const { clock, signal } = parts;
	const tokens = createTokenCache();
	const flights = createTokenFlights(clock, signal);
	const source = createTokenSource(parts.wire);
	const more = /* @__PURE__ */ new Map();
	return {
		async header(server, { scopes: own, life = defaultLife }) {
			const credential = await credentialOf(own);
			if (credential !== void 0 && "registryToken" in credential) {
				if (isConfidential(origin)) return prefix + credential.registryToken;
				const what = `registry ${registry} asks for a token over plain http`;
				throw new AuthError("CHALLENGE_UNSUPPORTED", what);
			}
			const scopes = mergeScopes([...own, ...more.get(keyOf$1(own)) ?? []]);
			const found = tokens.find(scopes, clock.now(), life);
			if (found !== void 0) return prefix + found.value;
			const key = `${server.realm.href} ${server.service ?? ""} ${keyOf$1(scopes)}`;
			const token = await flights(key, async () => {
				const obtained = await source({
					...parts,
					server,
					scopes,
					credential
				});
				tokens.keep(obtained);
				return obtained;
			});
			return prefix + token.value;
		},
		refused(header, { scopes }, asked) {
			if (!coversScopes(scopes, asked.scopes)) more.set(keyOf$1(scopes), asked.scopes);
			const value = header?.startsWith(prefix) ? header.slice(7) : "";
			const token = tokens.get(value);
			if (token === void 0) return true;
			const isAll = asked.scopes.length > 0 && coversScopes(token.scopes, asked.scopes);
			if (asked.error === "insufficient_scope" && isAll && isYoung(token, clock.now())) return false;
			tokens.drop(value);
			return true;
		}
	};
}

// packages/distribution/src/auth/challenge.ts
const parameter = /[\s,]*([!#$%&'*+.^_`|~0-9A-Za-z-]+)\s*=\s*(?:"((?:[^"\\]|\\.)*)"|([^\s,"]+)(?=\s*(?:,|$)))/y;
const scheme = /[\s,]*([!#$%&'*+.^_`|~0-9A-Za-z-]+)(?:\s+[A-Za-z0-9._~+/-]+=*(?=\s*(?:,|$)))?(?=[\s,]|$)/y;
/** Reads every challenge of every such header, in order. What cannot be read ends its header, and takes nothing before it along. */
const parseChallenges = (headers) => headers.flatMap(parseHeader);
function parseHeader(text) {
	const challenges = [];
	for (let at = 0; at < text.length;) {
		const current = challenges.at(-1);
		const named = current && matchAt(parameter, text, at);
		if (current && named) {
			const [, name = "", quoted, token = ""] = named;
			const value = quoted === void 0 ? token : quoted.replace(/\\(.)/g, "$1");
			const key = name.toLowerCase();
			if (!current.parameters.has(key)) current.parameters.set(key, value);
			at += named[0].length;
			continue;
		}
		const started = matchAt(scheme, text, at);
		if (started === null) break;
		challenges.push({
			scheme: (started[1] ?? "").toLowerCase(),
			parameters: /* @__PURE__ */ new Map()
		});
		at += started[0].length;
	}
	return challenges;
}
function matchAt(pattern, text, at) {
	pattern.lastIndex = at;
	return pattern.exec(text);
}

// packages/distribution/src/credentials/credential.ts
/** `docker.io` for each of the names that Docker Hub goes by, anything else as it is. */
const canonicalRegistry = (host) => {
	const lower = host.toLowerCase();
	return lower === "index.docker.io" || lower === "registry-1.docker.io" ? "docker.io" : lower;
};

// packages/distribution/src/auth/known-registry.ts
const bearer = (realm, service, { anonymous = false, direct = false } = {}) => ({
	kind: "bearer",
	server: {
		realm: new URL(realm),
		service
	},
	anonymous,
	direct
});
/** Each with the source of what it says. A password goes to the host that is written here, or to the registry's own. */
const table = [
	[/^ghcr\.io$/, (host) => bearer("https://ghcr.io/token", host, {
		anonymous: true,
		direct: true
	})],
	[/^docker\.io$/, () => bearer("https://auth.docker.io/token", "registry.docker.io", { anonymous: true })],
	[/^registry\.gitlab\.com$/, () => bearer("https://gitlab.com/jwt/auth", "container_registry", { anonymous: true })],
	[/^quay\.io$/, (host) => bearer("https://quay.io/v2/auth", host)],
	[/^[a-z0-9-]+-docker\.pkg\.dev$/, (host) => bearer(`https://${host}/v2/token`, host)],
	[/^[a-z0-9]+\.azurecr\.io$/, (host) => bearer(`https://${host}/oauth2/token`, host)],
	[/^\d{12}\.dkr\.ecr\.[a-z0-9-]+\.amazonaws\.com(?:\.cn)?$/, () => ({ kind: "basic" })]
];
/** Undefined for all but a few; the name is compared whole, with its port. */
function knownRegistry(registry) {
	const host = canonicalRegistry(registry);
	return table.find(([pattern]) => pattern.test(host))?.[1](host);
}

// packages/distribution/src/auth/realm.ts
/**
* Where tokens are asked for, as a challenge says. A password goes there, so it must be https;
* http does for a registry that is http on loopback itself, and for a realm on loopback.
* Throws `AuthError`.
*/
function parseRealm(text, origin) {
	const realm = URL.parse(text, origin.href);
	const refusal = realm === null ? "is not a URL" : refusalOf(realm, origin);
	if (realm === null || refusal !== void 0) {
		const shown = realm === null ? JSON.stringify(text.slice(0, 200)) : `${realm.protocol}//${realm.host}`;
		throw new AuthError("CHALLENGE_UNSUPPORTED", `the realm of registry ${origin.host} ${refusal}: ${shown}`);
	}
	realm.hash = "";
	return realm;
}
function refusalOf(realm, origin) {
	if (realm.username !== "" || realm.password !== "") return "has credentials in it";
	if (realm.protocol === "https:") return void 0;
	if (realm.protocol !== "http:") return "is not https";
	return origin.protocol === "http:" && isConfidential(origin) && isLoopbackHost(realm.hostname) ? void 0 : "is not https";
}

// packages/distribution/src/auth/scheme.ts
/** What to begin with; undefined for a registry that is not known, and for any that would be asked over plain http. */
function assumedScheme(registry, origin) {
	const known = origin.protocol === "https:" ? knownRegistry(registry) : void 0;
	if (known === void 0) return void 0;
	if (known.kind === "basic") return {
		kind: "basic",
		asked: false
	};
	const { server, anonymous } = known;
	return known.direct ? {
		kind: "direct",
		server,
		anonymous
	} : {
		kind: "bearer",
		asked: false,
		server,
		anonymous
	};
}
/** Reads the challenges of a registry; undefined if there are none. Throws `AuthError` for those that cannot be met. */
function askedScheme(headers, registry, origin) {
	const challenges = parseChallenges(headers);
	if (challenges.length === 0) return void 0;
	const { scheme, parameters } = choose(challenges, registry);
	if (scheme === "basic") return {
		scheme: {
			kind: "basic",
			asked: true
		},
		scopes: [],
		error: void 0
	};
	return {
		scheme: {
			kind: "bearer",
			asked: true,
			server: {
				realm: parseRealm(parameters.get("realm") ?? "", origin),
				service: parameters.get("service")
			},
			anonymous: true
		},
		scopes: parseScopes(parameters.get("scope")),
		error: parameters.get("error")
	};
}
function choose(challenges, registry) {
	const usable = challenges.find(({ scheme, parameters }) => scheme === "bearer" && parameters.has("realm")) ?? challenges.find(({ scheme }) => scheme === "basic");
	if (usable !== void 0) return usable;
	const offered = challenges.map(({ scheme }) => scheme).join(", ");
	throw new AuthError("CHALLENGE_UNSUPPORTED", `registry ${registry} asks for authentication by ${offered}`);
}

// packages/distribution/src/auth/authorizer.ts
const nothing$3 = {
	authorization: void 0,
	basis: "nothing"
};
function createAuthorizer(options) {
	const { registry, origin, signal } = options;
	const credentialOf = rememberCredentials(options.credentials, registry, options.clock);
	const parts = {
		...options,
		credentialOf
	};
	const bearer = createBearer(parts);
	let scheme = assumedScheme(registry, origin);
	const prepareAssumed = async (assumed, need) => {
		const credential = await credentialOf(need.scopes);
		if (credential === void 0 && !assumed.anonymous) return nothing$3;
		if (assumed.kind === "direct" && credential !== void 0 && "username" in credential) return {
			authorization: `Bearer ${Buffer.from(credential.password, "utf8").toString("base64")}`,
			basis: "guess"
		};
		try {
			return {
				authorization: await bearer.header(assumed.server, need),
				basis: "known"
			};
		} catch {
			signal.throwIfAborted();
			if (scheme === assumed) scheme = void 0;
			return nothing$3;
		}
	};
	const answerBearer = async (sent, need) => {
		if (scheme?.kind !== "bearer") return void 0;
		const header = await bearer.header(scheme.server, need);
		return header === sent ? void 0 : header;
	};
	return {
		async prepare(need) {
			if (scheme === void 0) return nothing$3;
			if (scheme.kind === "basic") {
				const credential = await credentialOf(need.scopes);
				if (credential === void 0) return {
					authorization: void 0,
					basis: "known"
				};
				if (!scheme.asked && !("username" in credential)) return nothing$3;
				return {
					authorization: await basicFor(parts, need),
					basis: "known"
				};
			}
			if (scheme.kind === "direct" || !scheme.asked) return prepareAssumed(scheme, need);
			return {
				authorization: await bearer.header(scheme.server, need),
				basis: "known"
			};
		},
		async answer({ status, challenges }, sent, need) {
			const asked = askedScheme(challenges, registry, origin);
			if (asked === void 0) {
				if (scheme?.kind === "direct") scheme = {
					...scheme,
					kind: "bearer",
					asked: true
				};
				if (!bearer.refused(sent, need, {
					scopes: [],
					error: void 0
				})) return void 0;
				return answerBearer(sent, need).catch((error) => {
					if (status === 403 && error instanceof AuthError) return void 0;
					throw error;
				});
			}
			scheme = asked.scheme;
			if (scheme.kind === "basic") {
				const header = await basicFor(parts, need);
				return header === sent ? void 0 : header;
			}
			if (!bearer.refused(sent, need, asked)) return void 0;
			return answerBearer(sent, need);
		},
		isAnonymous: async (need) => await credentialOf(need.scopes) === void 0
	};
}

// packages/distribution/src/keyed-lock.ts
function createKeyedLock() {
	const last = /* @__PURE__ */ new Map();
	return async (key, work) => {
		const own = (last.get(key) ?? Promise.resolve()).catch(() => {}).then(work);
		last.set(key, own);
		try {
			return await own;
		} finally {
			if (last.get(key) === own) last.delete(key);
		}
	};
}

// packages/distribution/src/transport/guard.ts
/** The guard of what the registry on this host says about other hosts. */
function createGuard(registryHost, lookup$1 = lookup) {
	const host = bareHost(registryHost);
	let own;
	const ownReach = () => {
		own ??= resolveReach(host, lookup$1);
		return own;
	};
	const refuse = async (addresses, target) => {
		for (const address of addresses) {
			const reach = reachOf(address);
			if (reach !== "public" && !mayReach(await ownReach(), reach)) throw new ProtocolError(`registry ${host} refers to ${target}, which is the ${reach} address ${address}`);
		}
	};
	return {
		async check(url) {
			const target = bareHost(url.hostname);
			if (isIP(target) !== 0) await refuse([target], target);
		},
		lookup(hostname, options, callback) {
			lookup$1(hostname, {
				...options,
				all: true
			}, (error, found, family) => {
				if (error) return callback(error, "", 0);
				const list = typeof found === "string" ? [{
					address: found,
					family: family ?? 4
				}] : found;
				refuse(list.map(({ address }) => address), hostname).then(() => {
					if (options.all === true) callback(null, list);
					else callback(null, list[0]?.address ?? "", list[0]?.family ?? 4);
				}, (refusal) => callback(refusal, "", 0));
			});
		}
	};
}
const mayReach = (own, target) => own.has(target) || target === "private" && own.has("loopback");
async function resolveReach(host, lookup) {
	if (isIP(host) !== 0) return /* @__PURE__ */ new Set([reachOf(host)]);
	return new Promise((resolve) => {
		lookup(host, { all: true }, (error, found) => {
			if (error) return resolve(/* @__PURE__ */ new Set());
			resolve(new Set((typeof found === "string" ? [{ address: found }] : found).map(({ address }) => reachOf(address))));
		});
	});
}

// packages/distribution/src/warnings.ts
const pattern = /^299\s+-\s+"((?:[^"\\]|\\.)*)"/;
const maxWarnings = 100;
/** Reports the warnings of one registry, each text once: https://github.com/opencontainers/distribution-spec/blob/v1.1.1/spec.md#warnings */
function createWarnings(registry, report) {
	const seen = /* @__PURE__ */ new Set();
	return (headers) => {
		for (const value of headerValues(headers, "warning")) {
			const text = printable((pattern.exec(value)?.[1] ?? "").replace(/\\(.)/g, "$1"));
			if (text === "" || seen.has(text) || seen.size >= maxWarnings) continue;
			seen.add(text);
			report({
				type: "warning",
				registry,
				text
			});
		}
	};
}

// packages/distribution/src/registry.ts
function openRegistry(name, parts) {
	const { clock, report, signal } = parts;
	const origin = originOf(name, parts.plainHttp);
	const guard = createGuard(origin.hostname);
	const authorizer = createAuthorizer({
		...parts,
		registry: name,
		origin,
		guard
	});
	const send = createAuthorizedSend({
		...parts,
		origin,
		guard,
		authorizer
	});
	const warn = createWarnings(name, report);
	const signalOf = (own) => own === void 0 ? signal : AbortSignal.any([signal, own]);
	const once = async (request) => {
		const reply = await send({
			...request,
			headers: request.headers ?? {},
			pool: request.pool ?? "metadata",
			signal: signalOf(request.signal)
		});
		if (reply.url.origin === origin.origin) warn(reply.headers);
		if (request.expect.includes(reply.status)) return reply;
		const refusal = await refusalOf$1(reply, clock.now());
		if (reply.status !== 401 || !await authorizer.isAnonymous(request)) throw refusal;
		const what = `${`${name}/${request.scopes[0]?.repository ?? ""}`} asks for credentials, and there are none`;
		throw new AuthError("NO_CREDENTIALS", what, refusal);
	};
	const retry = (work, options) => parts.retry(work, signalOf(options.signal), options.temporary);
	const call = (request, limit = 65536) => retry(async () => {
		const reply = await once(request);
		const { url, status, headers } = reply;
		return {
			url,
			status,
			headers,
			bytes: await readBody(reply, limit)
		};
	}, request);
	const open = (request) => retry(() => once(request), request);
	return {
		name,
		origin,
		clock,
		once,
		open,
		call,
		retry,
		lock: createKeyedLock(),
		learned: {},
		signalOf
	};
}

// packages/distribution/src/check-digest.ts
/** `Docker-Content-Digest`, if it is sent; throws `ProtocolError` if it is no digest. */
function digestHeader({ url, headers }) {
	const text = headerValue(headers, "docker-content-digest");
	if (!text) return void 0;
	if (isDigest(text)) return text;
	const shown = JSON.stringify(text.slice(0, 200));
	throw new ProtocolError(`the Docker-Content-Digest of ${redactUrl(url)} is not a digest: ${shown}`);
}
/** Throws `ContentError` if the answer says that its content has another digest of this algorithm. */
function checkDigestHeader(answer, digest) {
	const said = digestHeader(answer);
	if (said === void 0 || said === digest || algorithmOf(said) !== algorithmOf(digest)) return;
	throw new ContentError("DIGEST_MISMATCH", `what ${redactUrl(answer.url)} says it has`, digest, said);
}
/** Throws `ContentError` if the bytes do not have this digest, in its own algorithm. */
function checkBytes(bytes, digest, what) {
	const actual = digestOf(bytes, algorithmOf(digest));
	if (actual !== digest) throw new ContentError("DIGEST_MISMATCH", what, digest, actual);
}

// packages/distribution/src/blobs/blob-exists.ts
/** True if the registry has the blob, false if it says 404; any other answer is an error. */
async function blobExists({ registry, routes, scopes }, digest, { signal, tries = "many", size } = {}) {
	const request = {
		kind: "blob-exists",
		method: "HEAD",
		url: routes.blob(digest),
		signal,
		scopes: scopes.pull,
		expect: [200, 404]
	};
	const reply = await (tries === "one" ? registry.once(request) : registry.open(request));
	await reply.discard();
	if (reply.status === 404) return false;
	checkDigestHeader(reply, digest);
	if (digestHeader(reply) === void 0 && !mayBeBlob(reply.headers, size)) throw new ProtocolError(`HEAD ${redactUrl(reply.url)} was answered with ${reply.status}, and not by the blob`);
	return true;
}
function mayBeBlob(headers, size) {
	const length = contentLength(headers);
	if (size !== void 0 && length !== void 0 && length !== size) return false;
	return contentType(headers) !== "text/html";
}

// packages/distribution/src/blobs/blob-source.ts
/** A blob up to this size, in bytes, is held in memory and takes no turn among the large ones. */
const smallBlobSize = 65536;
/** What errors call the source of a blob. */
const sourceName = ({ digest }) => `the source of blob ${digest}`;
/** The body of an upload: verified while it is sent, or before that if it is small. */
async function blobBody(descriptor, source, onProgress) {
	const open = () => verified(descriptor, source.open(), sourceName(descriptor));
	if (descriptor.size > 65536) return streamBody(descriptor.size, open, onProgress);
	return bytesBody(await collect$1(open()));
}

// packages/distribution/src/blobs/cancel-upload.ts
/** Tells the registry to forget a session. Best effort: what fails here failed before. */
async function cancelUpload({ registry, scopes }, url) {
	const { learned } = registry;
	if (learned.cancels === false) return;
	const signal = AbortSignal.timeout(2e3);
	try {
		await (await registry.once({
			kind: "upload-cancel",
			method: "DELETE",
			url,
			scopes: scopes.push,
			signal,
			expect: [
				200,
				202,
				204
			]
		})).discard();
	} catch (error) {
		if (error instanceof RegistryError && error.status === 405) learned.cancels = false;
	}
}

// packages/distribution/src/endpoint/location.ts
/** Where an upload goes on, as the registry says: https://github.com/opencontainers/distribution-spec/blob/v1.1.1/spec.md#pushing-blobs */
function uploadLocation(reply) {
	const location = headerValue(reply.headers, "location");
	if (!location) throw new ProtocolError(`the answer of ${redactUrl(reply.url)} has no Location`);
	return resolveTarget(location, reply.url, "the upload location");
}
/** The location with the digest added. What it has already may be signed, and stays byte for byte. */
function withDigest(location, digest) {
	const separator = location.href.includes("?") ? "&" : "?";
	return new URL(`${location.href}${separator}digest=${encodeURIComponent(digest)}`);
}

// packages/distribution/src/blobs/pool-for.ts
const quickSize = 2097152;
/** The queue for a body of so many bytes. */
const poolFor = (size) => size > quickSize ? "uploads" : "metadata";

// packages/distribution/src/blobs/upload-session.ts
/** How much longer than any other answer a commit may take, in milliseconds for bytes: 5 to 11 s for 700 MB were seen on ghcr.io. */
const commitTime = (size) => size / 2e4;
/**
* How long a token must be good for, in milliseconds for bytes. A registry looks at it when a request begins, but who knows
* how long that one waits in a queue.
*/
const tokenLife = (size) => Math.max(6e4, size / 1e4);
/**
* Learns from the answer that opens a session, and gives its location. The state in the query is that of distribution and of what
* is built on it, which looks for a blob in the very repository that a mount names, be it the same:
* https://github.com/distribution/distribution/blob/v3.1.1/registry/handlers/blobupload.go
*/
function noteSession(learned, reply) {
	const location = uploadLocation(reply);
	learned.selfMount ??= location.searchParams.has("_state");
	const least = Number(headerValue(reply.headers, "oci-chunk-min-length"));
	if (least > 0) learned.chunkMin = least;
	return location;
}
/** Opens an upload session; gives its location. */
async function startUpload(context, { signal }) {
	const { registry, routes, scopes } = context;
	const reply = await registry.once({
		kind: "upload-start",
		method: "POST",
		url: routes.uploads(),
		signal,
		headers: { "content-length": "0" },
		scopes: scopes.push,
		expect: [202]
	});
	await reply.discard();
	return noteSession(registry.learned, reply);
}
/** Sends the whole blob, or nothing after its chunks, and the registry commits it. Never with Content-Range: some then apply the limits of chunks. */
async function commitUpload(context, location, { digest, size }, body, { signal }) {
	const { registry, scopes } = context;
	const reply = await registry.once({
		kind: "upload-commit",
		method: "PUT",
		url: withDigest(location, digest),
		signal,
		body,
		headers: { "content-type": "application/octet-stream" },
		pool: poolFor(body.size),
		patience: commitTime(size),
		life: tokenLife(body.size),
		scopes: scopes.push,
		expect: [
			200,
			201,
			204
		]
	});
	await reply.discard();
	checkDigestHeader(reply, digest);
	if (reply.status === 201 || digestHeader(reply) !== void 0 || await blobExists(context, digest, { signal })) return;
	throw new ProtocolError(`PUT ${redactUrl(reply.url)} was answered with ${reply.status}, and the blob is not there`);
}

// packages/distribution/src/blobs/mount-blob.ts
const maxMounts = 4;
/** Asks other repositories for the blob; gives the session that was opened in vain, if any. */
async function mountAny(context, descriptor, { mountFrom = [], signal }) {
	const others = mountFrom.filter((from) => from !== context.name.repository);
	let session;
	for (const from of others.slice(0, maxMounts)) {
		const mounted = await mountBlob(context, descriptor, from, { signal });
		if (mounted === void 0) continue;
		if (session !== void 0) await cancelUpload(context, session);
		if (mounted === "mounted") return mounted;
		session = mounted;
	}
	return session;
}
/**
* Asks for the blob of another repository: https://github.com/opencontainers/distribution-spec/blob/v1.1.1/spec.md#mounting-a-blob-from-another-repository
* Gives the location of the session that a registry opens when it will not, and undefined when it refuses even to try.
*/
async function mountBlob(context, { digest }, from, { signal }) {
	const { registry, routes, scopes } = context;
	if (registry.learned.unmountable?.has(from)) return void 0;
	const both = mergeScopes([...scopes.push, {
		repository: from,
		actions: ["pull"]
	}]);
	try {
		const reply = await registry.once({
			kind: "blob-mount",
			method: "POST",
			url: routes.mount(digest, from),
			signal,
			headers: { "content-length": "0" },
			scopes: both,
			expect: [201, 202]
		});
		await reply.discard();
		if (reply.status === 202) return noteSession(registry.learned, reply);
		checkDigestHeader(reply, digest);
		return "mounted";
	} catch (error) {
		if (!(error instanceof RegistryError || error instanceof AuthError) || isTemporary(error)) throw error;
		if (error instanceof AuthError || [401, 403].includes(error.status)) {
			registry.learned.unmountable ??= /* @__PURE__ */ new Set();
			registry.learned.unmountable.add(from);
		}
		return;
	}
}

// packages/distribution/src/blobs/form-refused.ts
/** True of a refusal that is about the form of a request: who may not push, or not now, is no better off with another one. */
const isFormRefused = (error) => error instanceof RegistryError && !isTemporary(error) && ![401, 403].includes(error.status);

// packages/distribution/src/blobs/post-blob.ts
/** The largest blob, in bytes, with which a registry is tried: one that declines may break off the connection. */
const probeSize = 262144;
/** The largest blob, in bytes, that is sent with the request that asks for its upload, where that works. */
const singlePostSize = 2097152;
/**
* Sends a blob in one request: https://github.com/opencontainers/distribution-spec/blob/v1.1.1/spec.md#single-post
* Gives the location of the session that a registry opens when it does not take it so, and undefined where it has to be
* asked for one. What a registry does is remembered, so that no further body is sent in vain.
*/
async function postBlob(context, descriptor, body, options) {
	const { learned, lock } = context.registry;
	if (learned.singlePost === true && body.size <= 2097152) return postWhole(context, descriptor, body, options);
	if (learned.singlePost !== void 0 || body.size > 262144) return void 0;
	const found = await lock("single POST", async () => learned.singlePost === void 0 ? { posted: await postWhole(context, descriptor, body, options) } : void 0);
	return found === void 0 ? postBlob(context, descriptor, body, options) : found.posted;
}
/** Sends a blob in one request, whatever is known of the registry; learns from the answer. */
async function postWhole({ registry, routes, scopes }, { digest }, body, { signal }) {
	const { learned } = registry;
	try {
		const reply = await registry.once({
			kind: "upload-whole",
			method: "POST",
			url: routes.uploads(digest),
			signal,
			body,
			headers: { "content-type": "application/octet-stream" },
			pool: poolFor(body.size),
			life: 6e4,
			scopes: scopes.push,
			expect: [201, 202]
		});
		await reply.discard();
		learned.singlePost = reply.status === 201;
		if (reply.status === 202) return noteSession(learned, reply);
		checkDigestHeader(reply, digest);
		return "uploaded";
	} catch (error) {
		if (isFormRefused(error)) {
			learned.singlePost = false;
			return;
		}
		if (isBroken(error)) learned.singlePost ??= false;
		throw error;
	}
}
const isBroken = (error) => error instanceof TransportError || error instanceof RegistryError && error.status >= 500 && error.status !== 503;

// packages/distribution/src/blobs/chunk-size.ts
const mebibyte = 1048576;
/** Bytes of a chunk where nothing is known: ECR takes no smaller ones, aws/containers-roadmap#2831. */
const usualSize = 5 * mebibyte;
/** The least that proxies let through unless they are told otherwise: nginx, client_max_body_size. */
const leastSize = mebibyte;
/** A registry that asks for larger chunks than this, in bytes, is not obeyed. */
const mostAsked = 64 * mebibyte;
/** The smallest chunk, in bytes, that is sent before the last. A blob that is no larger cannot be helped by chunks. */
const leastChunk = ({ chunkMin = 0 }) => Math.max(leastSize, Math.min(chunkMin, mostAsked));
/** Bytes of the next chunk, if that is not the last. */
function chunkSize(learned) {
	const { bodyLimit = Number.POSITIVE_INFINITY, chunkSize = usualSize } = learned;
	const least = leastChunk(learned);
	let size = Math.max(chunkSize, least);
	while (size >= bodyLimit && size > least) size = half(size, least);
	return size;
}
/** Remembers that a chunk of so many bytes is too large; false if none may be smaller. */
function shrinkChunks(learned, refused) {
	const least = leastChunk(learned);
	if (refused <= least) return false;
	learned.chunkSize = Math.min(chunkSize(learned), half(refused, least));
	return true;
}
const half = (size, least) => Math.max(least, Math.floor(size / 2));

// packages/distribution/src/blobs/temporary-upload.ts
const sessionCodes = /* @__PURE__ */ new Set([
	"BLOB_UNKNOWN",
	"BLOB_UPLOAD_INVALID",
	"BLOB_UPLOAD_UNKNOWN"
]);
/** True of a failure that is about the session: another one may do better. */
const isSessionLost = (error) => error instanceof RegistryError && (error.status === 416 || error.errors.some(({ code }) => sessionCodes.has(code)));
/** True of what may pass, also with a new session. */
const isTemporaryUpload = (error) => isTemporary(error) || isSessionLost(error);

// packages/distribution/src/blobs/commit-blob.ts
/** Ends an upload with this body. Where it is open whether that was done, the blob is looked up before anybody repeats it. */
async function commitBlob(context, location, descriptor, body, options) {
	try {
		await commitUpload(context, location, descriptor, body, options);
	} catch (error) {
		if (!await isThere$2(context, descriptor, lookupsAfter(error), options)) throw error;
	}
}
function lookupsAfter(error) {
	if (isUnderway(error)) return [
		0,
		1e3,
		3e3
	];
	return error instanceof RegistryError && error.status !== 429 && isTemporaryUpload(error) ? [0] : [];
}
const gatewayTimeouts = /* @__PURE__ */ new Set([
	499,
	504,
	522,
	524
]);
/** True if the registry may still be at it: of 51 commits that ghcr.io said to know nothing of, 40 were done: GoogleContainerTools/jib#4301 */
const isUnderway = (error) => error instanceof TransportError || error instanceof RegistryError && (gatewayTimeouts.has(error.status) || error.status === 404 && isSessionLost(error));
async function isThere$2(context, { digest, size }, waits, { signal }) {
	const { clock, signalOf } = context.registry;
	for (const wait of waits) {
		if (wait > 0) await clock.sleep(wait, signalOf(signal));
		try {
			if (await blobExists(context, digest, {
				signal,
				size,
				tries: "one"
			})) return true;
		} catch (error) {
			if (!isNoAnswer(error)) throw error;
		}
	}
	return false;
}
__name(isThere$2, "isThere");
const isNoAnswer = (error) => [
	TransportError,
	RegistryError,
	ProtocolError
].some((type) => error instanceof type);

// packages/distribution/src/blobs/blob-reader.ts
const nothing$2 = /* @__PURE__ */ new Uint8Array();
function createBlobReader(descriptor, source) {
	const what = sourceName(descriptor);
	let idle;
	const close = async () => {
		const cursor = idle;
		idle = void 0;
		await cursor?.pieces.return(void 0);
	};
	const cursorAt = async (start) => {
		if (idle?.position !== start) await close();
		const cursor = idle ?? {
			pieces: verified(descriptor, source.open(), what),
			position: 0,
			left: nothing$2
		};
		idle = void 0;
		return cursor;
	};
	return {
		close,
		async *read(start, end) {
			const cursor = await cursorAt(start);
			try {
				for await (const _ of take(cursor, start));
				for await (const piece of take(cursor, end)) yield piece;
				idle = cursor;
			} finally {
				if (idle !== cursor) await cursor.pieces.return(void 0);
			}
		}
	};
}
/** Moves on to before `end`. */
async function* take(cursor, end) {
	while (cursor.position < end) {
		if (cursor.left.byteLength === 0) {
			const next = await cursor.pieces.next();
			if (next.done) return;
			cursor.left = next.value;
		}
		const piece = cursor.left.subarray(0, end - cursor.position);
		cursor.left = cursor.left.subarray(piece.byteLength);
		cursor.position += piece.byteLength;
		yield piece;
	}
}

// packages/distribution/src/blobs/chunk-requests.ts
/**
* Sends the next chunk: https://github.com/opencontainers/distribution-spec/blob/v1.1.1/spec.md#pushing-a-blob-in-chunks
* Throws `ProtocolError` if the registry takes it and does not keep it, as ECR does: aws/containers-roadmap#2831
*/
async function sendChunk({ registry, scopes }, { location, received }, body, { signal }) {
	const end = received + body.size;
	const reply = await registry.once({
		kind: "upload-chunk",
		method: "PATCH",
		url: location,
		signal,
		body,
		headers: {
			"content-type": "application/octet-stream",
			"content-range": `${received}-${end - 1}`
		},
		pool: "uploads",
		patience: commitTime(body.size),
		life: tokenLife(body.size),
		scopes: scopes.push,
		expect: [
			201,
			202,
			204
		]
	});
	await reply.discard();
	const kept = rangeOf(reply.headers);
	if (kept !== void 0 && kept !== end) throw new ProtocolError(`PATCH ${redactUrl(reply.url)} with bytes ${received} to ${end - 1} was answered with ${reply.status}, and the registry has ${kept} bytes`);
	return {
		location: uploadLocation(reply),
		received: end
	};
}
/**
* Asks how far an upload has come, until there is an answer: all that was sent would have to be sent again without one.
* Undefined if the registry does not say.
*/
async function askUpload({ registry, scopes }, url, { signal }) {
	try {
		const reply = await registry.open({
			kind: "upload-status",
			method: "GET",
			url,
			signal,
			scopes: scopes.push,
			expect: [204]
		});
		await reply.discard();
		const received = rangeOf(reply.headers);
		if (received === void 0) return void 0;
		return {
			location: uploadLocation(reply),
			received,
			asked: true
		};
	} catch (error) {
		if (error instanceof OciError) return void 0;
		throw error;
	}
}
function rangeOf(headers) {
	const [, last] = /^(?:bytes[ =])?0-(\d{1,15})$/.exec(headerValue(headers, "range") ?? "") ?? [];
	if (last === void 0) return void 0;
	return last === "0" ? 0 : Number(last) + 1;
}

// packages/distribution/src/blobs/send-chunks.ts
/** What must come in between, in bytes, for failures to be forgotten. */
const enoughProgress$1 = 4194304;
/**
* Sends a blob in chunks. After a failure it goes on where the registry says that it stands, and in a new session if it does not say.
* Throws `ContentError` if the source is not what the descriptor says, before its last bytes have left.
*/
async function sendChunks(context, descriptor, source, options = {}) {
	const { session } = options;
	const course = {
		context,
		descriptor,
		reader: createBlobReader(descriptor, source),
		options,
		standing: session && {
			location: session,
			received: 0
		},
		sent: 0,
		unsure: false
	};
	try {
		await persist(course);
	} catch (error) {
		await abandon(course);
		throw error;
	} finally {
		await course.reader.close();
	}
}
/** Tries as often as any request, and as often again whenever enough came in between. */
async function persist(course) {
	const { registry } = course.context;
	const { signal } = course.options;
	const received = () => course.standing?.received ?? 0;
	for (;;) {
		const before = received();
		try {
			return await registry.retry(() => send(course), {
				signal,
				temporary: isTemporaryUpload
			});
		} catch (error) {
			if (!isTemporaryUpload(error) || received() - before < enoughProgress$1) throw error;
		}
	}
}
async function send(course) {
	const { context, descriptor, options } = course;
	try {
		let standing = await resume(course);
		while (standing.received < descriptor.size) standing = await sendNext(course, standing);
		await commitBlob(context, standing.location, descriptor, bytesBody(/* @__PURE__ */ new Uint8Array()), options);
	} catch (error) {
		course.unsure = true;
		if (isSessionLost(error) && course.standing?.asked) await abandon(course);
		throw error;
	}
}
/** Where to go on: in the session that is open if the registry says how far it came, else in a new one. */
async function resume(course) {
	const { context, standing, options } = course;
	if (standing !== void 0) {
		const told = course.unsure ? await askUpload(context, standing.location, options) : standing;
		if (told !== void 0 && told.received <= course.sent) return settle$1(course, told);
		await abandon(course);
	}
	course.sent = 0;
	return settle$1(course, {
		location: await startUpload(context, options),
		received: 0
	});
}
/** Lets go of the session, if there is one. */
async function abandon(course) {
	const { context, standing } = course;
	course.standing = void 0;
	if (standing !== void 0) await cancelUpload(context, standing.location);
}
function settle$1(course, standing) {
	course.standing = standing;
	course.unsure = false;
	return standing;
}
__name(settle$1, "settle");
/** Sends one chunk; where that is too large, only makes the next one smaller. */
async function sendNext(course, standing) {
	const { context, descriptor, reader, options } = course;
	const { learned } = context.registry;
	const { received } = standing;
	const end = Math.min(received + chunkSize(learned), descriptor.size);
	course.sent = Math.max(course.sent, end);
	const body = streamBody(end - received, () => reader.read(received, end), (sent) => options.onProgress?.(received + sent));
	try {
		return settle$1(course, await sendChunk(context, standing, body, options));
	} catch (error) {
		if (!isTooLarge$1(error) || !shrinkChunks(learned, body.size)) throw error;
		course.unsure = true;
		return resume(course);
	}
}
const isTooLarge$1 = /* @__PURE__ */ __name((error) => error instanceof RegistryError && (error.status === 413 || error.status === 416), "isTooLarge");

// packages/distribution/src/blobs/push-blob.ts
/**
* Makes a blob present: mounts it where that works, else sends it whole, in one request if it is small, and in chunks where
* it is too large for that. Does not look whether it is there already.
* Throws `ContentError` if the source is not what the descriptor says, before its last bytes have left.
*/
async function pushBlob(context, descriptor, source, options = {}) {
	parseDigest(descriptor.digest);
	const { signal, onProgress } = options;
	const body = await blobBody(descriptor, source, onProgress);
	let { session: open } = options;
	const attempt = async () => {
		const own = open;
		open = void 0;
		const mounted = own ?? await mountAny(context, descriptor, options);
		return mounted === "mounted" ? mounted : sendWhole(context, descriptor, body, {
			signal,
			session: mounted
		});
	};
	const pushed = await context.registry.retry(attempt, {
		signal,
		temporary: isTemporaryUpload
	});
	if (typeof pushed === "string") return pushed;
	const { refusal, session } = pushed;
	try {
		await sendChunks(context, descriptor, source, {
			signal,
			onProgress,
			session
		});
	} catch (error) {
		throw refusal !== void 0 && isFormRefused(error) ? refusal : error;
	}
	return "uploaded";
}
/** Sends a blob in one body; gives back one that is too large for that. */
async function sendWhole(context, descriptor, body, { signal, session: open }) {
	const { learned } = context.registry;
	if (goesInChunks(learned, body.size)) return { session: open };
	const posted = open ?? await postBlob(context, descriptor, body, { signal });
	if (posted === "uploaded") return posted;
	const session = posted ?? await startUpload(context, { signal });
	try {
		await commitBlob(context, session, descriptor, body, { signal });
		return "uploaded";
	} catch (error) {
		await cancelUpload(context, session);
		if (!isTooLarge(learned, error)) throw error;
		learned.bodyLimit = Math.min(learned.bodyLimit ?? body.size, body.size);
		if (!goesInChunks(learned, body.size)) throw error;
		return { refusal: error };
	}
}
const goesInChunks = (learned, size) => size >= (learned.bodyLimit ?? Number.POSITIVE_INFINITY) && size > leastChunk(learned);
const isTooLarge = (learned, error) => error instanceof RegistryError && (error.status === 413 || learned.chunkMin !== void 0 && isFormRefused(error));

// packages/distribution/src/blobs/ensure-blob.ts
/**
* Makes a blob present with as few requests as the registry allows: a mount where other repositories may have it, one POST
* with the body where that works, a mount from the repository itself where that tells whether the blob is there, else a HEAD.
*/
async function ensureBlob(context, descriptor, source, options = {}) {
	const { signal } = options;
	const begun = await context.registry.retry(() => begin(context, descriptor, source, options), {
		signal,
		temporary: isTemporaryUpload
	});
	if (typeof begun === "string") return begun;
	return pushBlob(context, descriptor, source, {
		...options,
		mountFrom: [],
		session: begun
	});
}
/** Asks for the blob until it is known whether it must be sent; gives the session for it where one was opened. */
async function begin(context, descriptor, source, options) {
	const { signal, absent = false, unasked = false } = options;
	const mounted = await mountAny(context, descriptor, options);
	if (mounted === "mounted") return mounted;
	if (mounted !== void 0) return keepOrCancel(context, descriptor, mounted, options);
	if (unasked) {
		const probed = await probe(context, descriptor, source, { signal });
		if (probed !== void 0) return probed;
		if (goesUnasked(context, descriptor)) return void 0;
	}
	if (absent) return void 0;
	if (context.registry.learned.selfMount) {
		const own = await mountBlob(context, descriptor, context.name.repository, { signal });
		if (own !== void 0) return own === "mounted" ? "present" : own;
	}
	return await isThere$1(context, descriptor, { signal }) ? "present" : void 0;
}
/**
* Sends a small blob in one request while it is not known whether that works. The smallest go at once; of the others the
* first, and those that come meanwhile wait for what it finds out.
*/
async function probe(context, descriptor, source, options) {
	const { learned, lock } = context.registry;
	if (learned.singlePost === void 0 && descriptor.size <= 65536) {
		const posted = blobBody(descriptor, source).then((body) => postWhole(context, descriptor, body, options));
		learned.probing ??= posted.catch(() => {});
		return posted;
	}
	await learned.probing;
	return lock("first blob", async () => {
		if (learned.singlePost !== void 0 || descriptor.size > 262144) return void 0;
		return postBlob(context, descriptor, await blobBody(descriptor, source), options);
	});
}
const unaskedSize = 16777216;
function goesUnasked({ registry: { learned } }, { size }) {
	const unasked = (learned.unasked ?? 0) + size;
	if (learned.singlePost !== true || size > 2097152 || unasked > unaskedSize) return false;
	learned.unasked = unasked;
	return true;
}
/** No other repository had the blob; this one may have it all the same. */
async function keepOrCancel(context, descriptor, session, { absent = false, signal }) {
	if (absent || !await isThere$1(context, descriptor, { signal })) return session;
	await cancelUpload(context, session);
	return "present";
}
async function isThere$1(context, { digest, size }, options) {
	try {
		return await blobExists(context, digest, {
			...options,
			size,
			tries: "one"
		});
	} catch (error) {
		if (error instanceof RegistryError && error.status === 403) return false;
		throw error;
	}
}
__name(isThere$1, "isThere");

// packages/distribution/src/blobs/fetch-blob.ts
/** Streams a blob; the last chunk comes only once size and digest are known to be right. Throws `ContentError`. */
function fetchBlob(context, descriptor, options = {}) {
	parseDigest(descriptor.digest);
	return verified(descriptor, resumed(context, descriptor, options), nameOf(context, descriptor));
}
/** All of a blob; throws `ContentError`, before anything is asked, if the descriptor says more than `limit` bytes. */
async function fetchBlobBytes(context, descriptor, limit, options = {}) {
	const { size } = descriptor;
	if (size > limit) {
		const what = nameOf(context, descriptor);
		throw new ContentError("SIZE_MISMATCH", what, `at most ${limit} bytes`, `${size}`);
	}
	return collect$1(fetchBlob(context, descriptor, options));
}
const nameOf = ({ name }, { digest }) => `blob ${name.registry}/${name.repository}@${digest}`;
/** What must come in between, in bytes, for a broken connection to be forgotten. */
const enoughProgress = 1048576;
const maxShort = 5;
async function* resumed(context, descriptor, { signal }) {
	const { registry } = context;
	let [received, short] = [0, 0];
	let broken;
	for (;;) {
		const start = received;
		const attempt = async () => {
			const before = broken;
			broken = void 0;
			if (before !== void 0) throw before.error;
			return openAt(context, descriptor, start, signal);
		};
		const { first, rest } = await registry.retry(attempt, { signal });
		if (first === void 0) return;
		try {
			received += first.byteLength;
			yield first;
			for await (const chunk of rest) {
				received += chunk.byteLength;
				yield chunk;
			}
			return;
		} catch (error) {
			short = received - start < enoughProgress ? short + 1 : 0;
			if (short > maxShort || !isTemporary(error)) throw error;
			broken = { error };
		} finally {
			await rest.return(void 0);
		}
	}
}
async function openAt(context, descriptor, start, signal, ranges = true) {
	const { registry, routes, scopes } = context;
	const partly = ranges && start > 0;
	const range = partly ? { range: `bytes=${start}-${descriptor.size - 1}` } : {};
	const reply = await registry.once({
		kind: "blob-fetch",
		method: "GET",
		url: routes.blob(descriptor.digest),
		signal,
		headers: {
			"accept-encoding": "identity",
			...range
		},
		scopes: scopes.pull,
		expect: partly ? [
			200,
			206,
			416
		] : [200, 206],
		pool: descriptor.size > 65536 ? "downloads" : "metadata"
	});
	if (reply.status === 416) {
		await reply.discard();
		return openAt(context, descriptor, start, signal, false);
	}
	await checkStart(reply, descriptor.size, start, nameOf(context, descriptor));
	const rest = skip(reply, start);
	const { value, done } = await rest.next();
	return {
		first: done ? void 0 : value,
		rest
	};
}
async function checkStart(reply, size, start, what) {
	const length = contentLength(reply.headers);
	const rest = reply.status === 206 ? size - start : size;
	const range = headerValue(reply.headers, "content-range");
	if (reply.status === 206 && !range?.startsWith(`bytes ${start}-`)) {
		await reply.discard();
		throw new ProtocolError(`${redactUrl(reply.url)} was asked for byte ${start} and sends ${JSON.stringify(range ?? "")}`);
	}
	if (length !== void 0 && length > rest) {
		await reply.discard();
		throw new ContentError("SIZE_MISMATCH", what, `${rest} bytes`, `${length}`);
	}
}
async function* skip(reply, start) {
	let left = reply.status === 206 ? 0 : start;
	for await (const chunk of reply.body) {
		const passed = Math.min(left, chunk.byteLength);
		left -= passed;
		if (passed < chunk.byteLength) yield chunk.subarray(passed);
	}
	return void 0;
}

// packages/distribution/src/blobs/find-blob.ts
/** True if the registry has the blob, false only if it says 404. Who is refused is told why, by one more request. */
async function findBlob(context, digest, { signal } = {}) {
	const { registry, routes, scopes } = context;
	try {
		return await blobExists(context, digest, { signal });
	} catch (error) {
		if (!(error instanceof RegistryError) || error.status !== 403) throw error;
	}
	const reply = await registry.open({
		kind: "blob-exists",
		method: "GET",
		url: routes.blob(digest),
		signal,
		headers: {
			"accept-encoding": "identity",
			range: "bytes=0-0"
		},
		scopes: scopes.pull,
		expect: [
			200,
			206,
			404,
			416
		]
	});
	await reply.discard();
	if (reply.status === 404) return false;
	checkDigestHeader(reply, digest);
	return true;
}

// packages/distribution/src/blobs/blobs.ts
const createBlobs = (context) => ({
	exists: (digest, options) => findBlob(context, digest, options),
	ensure: (descriptor, source, options) => ensureBlob(context, descriptor, source, options),
	push: (descriptor, source, options) => pushBlob(context, descriptor, source, options),
	fetch: (descriptor, options) => fetchBlob(context, descriptor, options),
	fetchBytes: (descriptor, limit, options) => fetchBlobBytes(context, descriptor, limit, options),
	async delete(digest, { signal } = {}) {
		const { registry, routes, scopes } = context;
		await registry.call({
			kind: "blob-delete",
			method: "DELETE",
			url: routes.blob(digest),
			signal,
			scopes: scopes.delete,
			expect: [
				200,
				202,
				204,
				404
			]
		});
	}
});

// packages/distribution/src/learned.ts
/**
* Learns from the words for a manifest that is not there: distribution, and what is built on it, names both the repository
* and the digest (https://github.com/distribution/distribution/blob/v3.1.1/errors.go, and as an object before version 3).
* It looks for a blob in the very repository that a mount names, and takes no blob in one request.
*/
function noteAbsence(learned, errors) {
	if (!errors.some(({ code, detail }) => code === "MANIFEST_UNKNOWN" && (typeof detail === "string" ? detail.startsWith("unknown manifest name=") : typeof detail === "object" && detail !== null && "Name" in detail))) return;
	learned.selfMount ??= true;
	learned.singlePost ??= false;
}

// packages/distribution/src/manifests/accept.ts
/** The manifests that we read. Without it, some registries convert what they have to what they think we know. */
const acceptManifests = [
	mediaTypes.imageIndex,
	mediaTypes.imageManifest,
	mediaTypes.dockerManifestList,
	mediaTypes.dockerManifest
].join(", ");

// packages/distribution/src/manifests/fetch-manifest.ts
/**
* Fetches a manifest; undefined if the registry answers 404. Its digest is computed, and compared with the one that was
* asked for and with the one that the registry says. Throws `ContentError` and `InvalidManifestError`.
*/
async function fetchManifest(context, tagOrDigest, options = {}) {
	const found = await findManifest$1(context, tagOrDigest, options);
	return typeof found === "string" ? void 0 : found;
}
/**
* Fetches the bytes of a manifest, for documents that no specification knows; undefined if the registry answers 404. They are bounded, and
* their digest is checked as by `fetchManifest`; everything else is the caller's to check. Throws `ContentError`.
*/
async function fetchManifestBytes(context, tagOrDigest, options = {}) {
	const found = await findBytes(context, tagOrDigest, options);
	return typeof found === "string" ? void 0 : found;
}
/** Like `fetchManifest`, and tells which kind of absence a 404 means. */
async function findManifest$1(context, tagOrDigest, options = {}) {
	const found = await findBytes(context, tagOrDigest, options);
	if (typeof found === "string") return found;
	const { bytes, digest } = found;
	const manifest = parseManifest(bytes, found.mediaType);
	const { mediaType } = manifest;
	return {
		descriptor: {
			mediaType,
			digest,
			size: bytes.byteLength
		},
		bytes,
		manifest
	};
}
__name(findManifest$1, "findManifest");
async function findBytes({ registry, routes, scopes }, tagOrDigest, { signal }) {
	const url = routes.manifest(tagOrDigest);
	const request = {
		kind: "manifest-fetch",
		method: "GET",
		url,
		signal,
		scopes: scopes.pull,
		headers: {
			accept: acceptManifests,
			"cache-control": "no-cache"
		},
		expect: [200, 404]
	};
	const answer = await registry.call(request, maxManifestSize);
	if (answer.status === 404) {
		const errors = parseErrors(answer.bytes);
		noteAbsence(registry.learned, errors);
		return errors.some(({ code }) => code === "NAME_UNKNOWN") ? "no-repository" : "absent";
	}
	const { bytes } = answer;
	const what = `the manifest at ${redactUrl(url)}`;
	const said = digestHeader(answer);
	if (isDigest(tagOrDigest)) checkBytes(bytes, tagOrDigest, what);
	if (said !== void 0) checkBytes(bytes, said, what);
	return {
		bytes,
		digest: isDigest(tagOrDigest) ? tagOrDigest : said ?? digestOf(bytes),
		mediaType: contentType(answer.headers)
	};
}

// packages/distribution/src/referrers/fallback-tag.ts
/** Where the referrers are without an API for them: https://github.com/opencontainers/distribution-spec/blob/v1.1.1/spec.md#referrers-tag-schema */
const fallbackTag = (subject) => `${algorithmOf(subject)}-${encodedOf(subject).slice(0, 64)}`;

// packages/distribution/src/referrers/listing.ts
/** The listing of a subject, the same one for the whole life of the client. */
function listingOf(context, subject) {
	const { learned } = context.registry;
	learned.listings ??= /* @__PURE__ */ new Map();
	const key = lockOf(context, subject);
	const known = learned.listings.get(key);
	if (known !== void 0) return known;
	const listing = {
		own: /* @__PURE__ */ new Map(),
		newest: void 0,
		past: /* @__PURE__ */ new Set(),
		late: 0,
		due: 0,
		isUneasy: false,
		watch: void 0
	};
	learned.listings.set(key, listing);
	return listing;
}
/** What everybody holds who reads or writes a listing. */
const lockOf = ({ name }, subject) => `${name.repository}:${fallbackTag(subject)}`;
const pauses$2 = {
	usual: 2e3,
	uneasy: 15e3
};
const maxLate = 3;
/** Lets no look prove anything before others should be done. */
function postpone(listing, clock) {
	const pause = listing.isUneasy ? pauses$2.uneasy : pauses$2.usual;
	listing.due = clock.now() + pause * (1 + clock.random() / 2);
}
/** Takes in what the tag shows: from now on `newest` is what to edit. False if the tag shows something older than that. */
function takeIn(listing, shown, clock) {
	const mark = markOf(shown);
	if (mark === markOf(listing.newest)) {
		listing.late = 0;
		return true;
	}
	if (listing.past.has(mark) && listing.late < maxLate) {
		if (clock.now() >= listing.due) listing.late += 1;
		listing.isUneasy = true;
		postpone(listing, clock);
		return false;
	}
	replace(listing, shown);
	if (listing.watch !== void 0 && !listing.isUneasy) {
		listing.isUneasy = true;
		postpone(listing, clock);
	}
	return true;
}
/** Makes this the newest index. */
function replace(listing, index) {
	listing.past.add(markOf(listing.newest));
	listing.past.delete(markOf(index));
	listing.newest = index;
	listing.late = 0;
}
const markOf = (index) => index?.digest ?? "absent";
/** Our entries that the newest index does not have. */
function missingFrom({ own, newest }) {
	const there = new Set(newest?.entries.map(({ digest }) => digest));
	return [...own.values()].filter(({ digest }) => !there.has(digest));
}

// packages/distribution/src/referrers/fetch-fallback.ts
/** The index at the fallback tag; undefined if there is none. */
async function fetchFallback(context, subject, options) {
	const tag = fallbackTag(subject);
	const fetched = await fetchManifest(context, tag, options);
	if (fetched === void 0) return void 0;
	const { bytes, manifest } = fetched;
	const { digest } = fetched.descriptor;
	if (digest === subject) return void 0;
	if (manifest.kind !== "index" || manifest.mediaType !== mediaTypes.imageIndex) throw new ProtocolError(`the referrers tag ${tag} holds ${manifest.mediaType}, not ${mediaTypes.imageIndex}`);
	return {
		digest,
		bytes,
		entries: manifest.index.manifests
	};
}

// packages/distribution/src/manifests/resolve-manifest.ts
/** Says what a tag or a digest names; undefined only if the registry answers 404. What HEAD leaves open, GET answers. */
async function resolveManifest(context, tagOrDigest, { signal } = {}) {
	const { registry, routes, scopes } = context;
	const url = routes.manifest(tagOrDigest);
	let answer;
	try {
		answer = await registry.call({
			kind: "manifest-resolve",
			method: "HEAD",
			url,
			signal,
			scopes: scopes.pull,
			headers: {
				accept: acceptManifests,
				"cache-control": "no-cache"
			},
			expect: [200, 404]
		});
	} catch (error) {
		if (!(error instanceof RegistryError && [
			400,
			403,
			405,
			501
		].includes(error.status))) throw error;
		return (await fetchManifest(context, tagOrDigest, { signal }))?.descriptor;
	}
	if (answer.status === 404) return void 0;
	return describe(answer, tagOrDigest) ?? (await fetchManifest(context, tagOrDigest, { signal }))?.descriptor;
}
function describe(answer, tagOrDigest) {
	const asked = isDigest(tagOrDigest) ? tagOrDigest : void 0;
	if (asked !== void 0) checkDigestHeader(answer, asked);
	const digest = asked ?? digestHeader(answer);
	const mediaType = contentType(answer.headers);
	const size = contentLength(answer.headers);
	if (digest === void 0 || mediaType === void 0 || size === void 0) return void 0;
	return isManifestType(mediaType) ? {
		mediaType,
		digest,
		size
	} : void 0;
}

// packages/distribution/src/manifests/put-manifest.ts
/** Puts the bytes at a tag, or at their digest, there with tags for the registries that move them too. It may be repeated: the same bytes are the same manifest. */
async function putManifest(context, bytes, mediaType, { tag, tags = [], beforeRepeat, signal }) {
	const { registry, routes, scopes } = context;
	const descriptor = descriptorOf(bytes, mediaType);
	const target = tag ?? descriptor.digest;
	let isRepeat = false;
	const put = async () => {
		if (isRepeat) await beforeRepeat?.();
		isRepeat = true;
		return registry.once({
			kind: "manifest-push",
			method: "PUT",
			url: routes.manifest(target, tags),
			signal,
			headers: { "content-type": mediaType },
			body: bytesBody(bytes),
			scopes: scopes.push,
			expect: [
				200,
				201,
				202,
				204
			]
		});
	};
	const answer = await registry.retry(put, {
		signal,
		temporary: isTemporaryPut
	});
	await answer.discard();
	checkDigestHeader(answer, descriptor.digest);
	if (digestHeader(answer) === void 0) {
		const reference = answer.status === 201 ? descriptor.digest : target;
		if ((await resolveManifest(context, reference, { signal }))?.digest !== descriptor.digest) throw notTaken(answer);
	}
	return {
		descriptor,
		answer
	};
}
const isTemporaryPut = (error) => isTemporary(error) || error instanceof RegistryError && error.errors.some(({ code }) => code === "DIGEST_INVALID");
const notTaken = ({ url, status }) => new ProtocolError(`PUT ${redactUrl(url)} was answered with ${status}, and the manifest is not there`);

// packages/distribution/src/referrers/edit-entries.ts
/** The index with other entries, given as JSON text; everything else is byte for byte as it was. */
function editEntries(index, edit) {
	const members = memberSources(new TextDecoder().decode(index));
	const entries = elementSources(members.get("manifests") ?? "[]");
	members.set("manifests", `[${edit(entries).join(",")}]`);
	const text = [...members].map(([key, source]) => `${JSON.stringify(key)}:${source}`).join(",");
	return new TextEncoder().encode(`{${text}}`);
}

// packages/distribution/src/referrers/merge-referrers.ts
/** The index with the entries at its end, everything else byte for byte as it was; a new one if there was none. */
function mergeReferrers(index, entries) {
	if (index === void 0) return canonicalBytes({
		schemaVersion: 2,
		mediaType: mediaTypes.imageIndex,
		manifests: entries
	});
	return editEntries(index, (old) => [...old, ...entries.map((entry) => canonicalText(entry))]);
}

// packages/distribution/src/referrers/write-fallback.ts
/** Writes the newest index with all entries of our own; everything else is byte for byte as it was. The caller holds the lock. */
async function writeFallback(context, subject, listing, { without, signal }) {
	const { newest } = listing;
	const old = newest?.entries ?? [];
	const added = missingFrom(listing);
	const kept = newest && editEntries(newest.bytes, (all) => all.filter((_, at) => old[at]?.digest !== without));
	const bytes = mergeReferrers(kept, added);
	const tag = fallbackTag(subject);
	const { descriptor } = await putManifest(context, bytes, mediaTypes.imageIndex, {
		tag,
		signal
	});
	const entries = [...old.filter(({ digest }) => digest !== without), ...added];
	replace(listing, {
		digest: descriptor.digest,
		bytes,
		entries
	});
	postpone(listing, context.registry.clock);
}

// packages/distribution/src/referrers/look-at-fallback.ts
/**
* Reads the fallback tag of a subject, and writes it where it lacks entries of our own. True if it shows all of them at a
* time when nobody should write over them any more.
*/
function lookAtFallback(context, subject, { verify, signal }) {
	const listing = listingOf(context, subject);
	const { lock, clock } = context.registry;
	return lock(lockOf(context, subject), async () => {
		if (!verify && missingFrom(listing).length === 0) return false;
		const shown = await fetchFallback(context, subject, { signal });
		const isNewest = takeIn(listing, shown, clock);
		if (missingFrom(listing).length === 0) return isNewest && clock.now() >= listing.due;
		await writeFallback(context, subject, listing, { signal });
		return false;
	});
}

// packages/distribution/src/referrers/add-to-fallback.ts
/** Adds the entry to the fallback tag of a subject, together with what others of this client add; true if it is there to stay. */
async function addToFallback(context, subject, entry, { signal }) {
	const { own } = listingOf(context, subject);
	own.set(entry.digest, entry);
	try {
		return await lookAtFallback(context, subject, {
			verify: false,
			signal
		});
	} catch (error) {
		if (!signal?.aborted) own.delete(entry.digest);
		throw error;
	}
}

// packages/distribution/src/endpoint/link.ts
const link = /<([^<>]*)>((?:\s*;\s*[^\s;,="]+\s*(?:=\s*(?:"(?:[^"\\]|\\.)*"|[^\s;,"]*))?)*)/g;
const isNext = /;\s*rel\s*=\s*(?:"(?:[^"]*\s)?next(?:\s[^"]*)?"|next(?=\s|;|$))/i;
/** The page that follows, by `Link: <…>; rel="next"` (RFC 8288). It must be the same registry's: it is asked with credentials. */
function nextPage(reply) {
	for (const value of headerValues(reply.headers, "link")) for (const [, target = "", parameters = ""] of value.matchAll(link)) {
		if (!isNext.test(parameters)) continue;
		const url = resolveTarget(target, reply.url, "the next page");
		if (url.origin !== reply.url.origin) throw new ProtocolError(`the next page of ${redactUrl(reply.url)} is on another host: ${url.host}`);
		return url;
	}
}

// packages/distribution/src/referrers/fetch-referrers.ts
const maxPages$1 = 100;
/** What the referrers API says, all pages of it; undefined if the registry has none. */
async function fetchReferrers({ registry, routes, scopes }, subject, { artifactType, signal }) {
	const found = [];
	let url = routes.referrers(subject, artifactType);
	for (let page = 0; page < maxPages$1; page += 1) {
		const request = {
			kind: "referrer-list",
			method: "GET",
			url,
			signal,
			scopes: scopes.pull,
			headers: {
				accept: mediaTypes.imageIndex,
				"cache-control": "no-cache"
			},
			expect: page === 0 ? [200, 404] : [200]
		};
		const answer = await registry.call(request, maxManifestSize);
		if (answer.status === 404) return void 0;
		const manifest = parseManifest(answer.bytes, contentType(answer.headers));
		if (manifest.kind !== "index") throw new ProtocolError(`the referrers at ${redactUrl(url)} are not an index but ${manifest.mediaType}`);
		const filtered = headerValue(answer.headers, "oci-filters-applied")?.includes("artifactType");
		const keep = (entry) => filtered || artifactType === void 0 || entry.artifactType === artifactType;
		found.push(...manifest.index.manifests.filter(keep));
		const next = nextPage(answer);
		if (next === void 0) return found;
		url = next;
	}
	throw new ProtocolError(`the referrers at ${redactUrl(url)} have more than ${maxPages$1} pages`);
}

// packages/distribution/src/referrers/referrer.ts
/** The manifest that this one refers to. */
const subjectOf$2 = /* @__PURE__ */ __name((manifest) => (manifest.kind === "index" ? manifest.index : manifest.image).subject ?? void 0, "subjectOf");
/**
* A manifest as its subject's referrers list it, with its annotations and its type:
* https://github.com/opencontainers/distribution-spec/blob/v1.1.1/spec.md#listing-referrers
*/
function referrerOf(manifest, { mediaType, digest, size }) {
	const document = manifest.kind === "index" ? manifest.index : manifest.image;
	const config = manifest.kind === "image" ? manifest.image.config.mediaType : void 0;
	const artifactType = document.artifactType || config;
	const { annotations } = document;
	return {
		mediaType,
		digest,
		size,
		...artifactType === void 0 ? {} : { artifactType },
		...annotations == null ? {} : { annotations }
	};
}

// packages/distribution/src/referrers/take-from-fallback.ts
/** Takes the entry out of the fallback tag of a subject, and leaves everything else as it was; gives it back if it was there. */
function takeFromFallback(context, subject, digest, { signal }) {
	const listing = listingOf(context, subject);
	const { lock, clock } = context.registry;
	return lock(lockOf(context, subject), async () => {
		takeIn(listing, await fetchFallback(context, subject, { signal }), clock);
		const entry = listing.newest?.entries.find((each) => each.digest === digest);
		if (entry !== void 0) await writeFallback(context, subject, listing, {
			without: digest,
			signal
		});
		listing.own.delete(digest);
		return entry;
	});
}

// packages/distribution/src/referrers/unlist-referrer.ts
/**
* Takes a manifest that is about to be deleted off the list of its subject's referrers, where that is ours to keep:
* https://github.com/opencontainers/distribution-spec/blob/v1.1.1/spec.md#referrers-tag-schema
* Resolves to a function that lists it again, for the manifest that stays after all.
*/
async function unlistReferrer(context, digest, { signal }) {
	const nothing = async () => {};
	const subject = await subjectAt$1(context, digest, { signal });
	if (subject === void 0) return nothing;
	if (await fetchReferrers(context, subject, { signal }) !== void 0) return nothing;
	const entry = await takeFromFallback(context, subject, digest, { signal });
	if (entry === void 0) return nothing;
	return async () => void await addToFallback(context, subject, entry, { signal });
}
async function subjectAt$1(context, digest, { signal }) {
	try {
		const fetched = await fetchManifest(context, digest, { signal });
		return fetched && subjectOf$2(fetched.manifest)?.digest;
	} catch (error) {
		if (error instanceof InvalidManifestError) return void 0;
		throw error;
	}
}
__name(subjectAt$1, "subjectAt");

// packages/distribution/src/manifests/delete-manifest.ts
/**
* Deletes a tag or a manifest; one that is not there is no error. A manifest leaves the list of its subject's referrers
* first: whatever breaks off in between, a repeat ends it.
*/
async function deleteManifest(context, tagOrDigest, { signal } = {}) {
	const { registry, routes, scopes } = context;
	const url = routes.manifest(tagOrDigest);
	const relist = isDigest(tagOrDigest) ? await unlistReferrer(context, tagOrDigest, { signal }) : void 0;
	try {
		await registry.call({
			kind: "manifest-delete",
			method: "DELETE",
			url,
			signal,
			scopes: scopes.delete,
			expect: [
				200,
				202,
				204,
				404
			]
		});
	} catch (error) {
		if (error instanceof RegistryError) await relist?.();
		throw error;
	}
}

// packages/distribution/src/referrers/confirm-referrer.ts
const maxRounds$2 = 5;
const pause = 500;
/**
* Waits until the API lists a referrer that the registry promised to list, and pushes it again where that does not help:
* olareg 0.2 loses all but some of those that it takes at one time.
*/
async function confirmReferrer(context, referrer, { subject, again, signal }) {
	const { clock, signalOf } = context.registry;
	for (let round = 0; round < maxRounds$2; round += 1) {
		await clock.sleep(pause * (1 + clock.random()), signalOf(signal));
		if (includes(await fetchReferrers(context, subject, { signal }), referrer)) return;
		if (round < 4) await again();
	}
	throw new ProtocolError(`the registry took ${referrer.digest} ${maxRounds$2} times, and does not list it as a referrer of ${subject}`);
}
const includes = (entries, { digest }) => entries?.some((entry) => entry.digest === digest) ?? false;

// packages/distribution/src/referrers/watch-fallback.ts
const maxRounds$1 = 10;
/** Looks after the fallback tag of a subject until it shows every entry of our own for good: one loop for all who wait for it. */
function watchFallback(context, subject) {
	const listing = listingOf(context, subject);
	if (listing.watch === void 0) {
		listing.watch = watch(context, subject);
		listing.watch.catch(() => {});
	}
	return listing.watch;
}
async function watch(context, subject) {
	const listing = listingOf(context, subject);
	const { clock, signalOf } = context.registry;
	const signal = signalOf(void 0);
	try {
		for (let round = 0; round < maxRounds$1; round += 1) {
			while (clock.now() < listing.due) await clock.sleep(listing.due - clock.now(), signal);
			if (await lookAtFallback(context, subject, {
				verify: true,
				signal
			})) return;
		}
	} finally {
		listing.watch = void 0;
	}
	const digests = [...listing.own.keys()].join(", ");
	throw new ProtocolError(`the referrers tag ${fallbackTag(subject)} does not keep ${digests}: ${maxRounds$1} looks at it did not show it`);
}

// packages/distribution/src/referrers/record-referrer.ts
/**
* Sees to it that the subject's referrers list a manifest that was just pushed: by the API, else by the fallback tag.
* `OCI-Subject` is not enough: registries were seen to send it without an API, https://github.com/docker/hub-feedback/issues/2372
*/
async function recordReferrer(context, pushed) {
	const { descriptor, answer, again, signal } = pushed;
	const subject = pushed.subject.digest;
	const listed = await fetchReferrers(context, subject, { signal });
	if (includes(listed, descriptor)) return;
	const isPromised = headerValue(answer.headers, "oci-subject") !== void 0;
	if (listed !== void 0 && isPromised) {
		await confirmReferrer(context, descriptor, {
			subject,
			again,
			signal
		});
		return;
	}
	const entry = referrerOf(parseManifest(pushed.bytes, descriptor.mediaType), descriptor);
	if (await addToFallback(context, subject, entry, { signal })) return;
	await untilAborted(watchFallback(context, subject), context.registry.signalOf(signal));
}

// packages/distribution/src/manifests/put-tags.ts
/**
* Puts the bytes at their digest and then at the tags: in one request where the registry can do it, which the answer
* tells by `OCI-Tag` (https://github.com/opencontainers/distribution-spec/pull/600), else each tag by a request.
*/
async function putTags(context, bytes, mediaType, { tags, beforeRepeat, signal }) {
	const { learned } = context.registry;
	const query = learned.multiTag === false ? [] : tags;
	const { put, moved } = await putAtDigest(context, bytes, mediaType, {
		tags: query,
		beforeRepeat,
		signal
	});
	for (const tag of tags.filter((each) => !moved.includes(each))) await putManifest(context, bytes, mediaType, {
		tag,
		beforeRepeat,
		signal
	});
	if (query.length > 0) learned.multiTag = moved.length > 0;
	return put;
}
async function putAtDigest(context, bytes, mediaType, { tags, beforeRepeat, signal }) {
	try {
		const put = await putManifest(context, bytes, mediaType, {
			tags,
			beforeRepeat,
			signal
		});
		return {
			put,
			moved: headerValues(put.answer.headers, "oci-tag").flatMap((value) => value.split(",")).map((tag) => tag.trim())
		};
	} catch (error) {
		if (tags.length === 0 || !mayBeOfQuery(error)) throw error;
		return {
			put: await putManifest(context, bytes, mediaType, { signal }),
			moved: []
		};
	}
}
const mayBeOfQuery = (error) => error instanceof RegistryError && !isTemporary(error) && ![401, 403].includes(error.status);

// packages/distribution/src/manifests/push-manifest.ts
/** Pushes the bytes as they are. If they have a subject, that manifest's referrers list them afterwards. */
async function pushManifest(context, bytes, mediaType, options = {}) {
	const { signal } = options;
	const subject = subjectOf$2(parseManifest(bytes, mediaType));
	const put = () => putAll(context, bytes, mediaType, options);
	if (subject === void 0) return (await put()).descriptor;
	const inTurn = (work) => context.registry.lock(`${context.name.repository}@${subject.digest}`, work);
	const again = () => inTurn(() => putManifest(context, bytes, mediaType, { signal }));
	const pushed = await inTurn(put);
	await recordReferrer(context, {
		...pushed,
		subject,
		bytes,
		again,
		signal
	});
	return pushed.descriptor;
}
/** Pushes bytes that are no manifest of a specification, as they are. What they refer to is nothing to us. */
async function pushManifestBytes(context, bytes, mediaType, options = {}) {
	return (await putAll(context, bytes, mediaType, options)).descriptor;
}
function putAll(context, bytes, mediaType, { tag, tags = [], beforeRepeat, signal }) {
	const all = [...new Set(tag === void 0 ? tags : [tag, ...tags])];
	return all.length > 1 ? putTags(context, bytes, mediaType, {
		tags: all,
		beforeRepeat,
		signal
	}) : putManifest(context, bytes, mediaType, {
		tag: all[0],
		beforeRepeat,
		signal
	});
}

// packages/distribution/src/manifests/manifests.ts
const createManifests = (context) => ({
	resolve: (tagOrDigest, options) => resolveManifest(context, tagOrDigest, options),
	fetch: (tagOrDigest, options) => fetchManifest(context, tagOrDigest, options),
	find: (tagOrDigest, options) => findManifest$1(context, tagOrDigest, options),
	fetchBytes: (tagOrDigest, options) => fetchManifestBytes(context, tagOrDigest, options),
	push: (bytes, mediaType, options) => pushManifest(context, bytes, mediaType, options),
	pushBytes: (bytes, mediaType, options) => pushManifestBytes(context, bytes, mediaType, options),
	delete: (tagOrDigest, options) => deleteManifest(context, tagOrDigest, options)
});

// packages/distribution/src/referrers/referrers.ts
const createReferrers = (context) => ({ async list(digest, { artifactType, signal } = {}) {
	parseDigest(digest);
	const listed = await fetchReferrers(context, digest, {
		artifactType,
		signal
	});
	if (listed !== void 0) return listed;
	const entries = (await fetchFallback(context, digest, { signal }))?.entries ?? [];
	return artifactType === void 0 ? entries : entries.filter((entry) => entry.artifactType === artifactType);
} });

// packages/distribution/src/repository-context.ts
/** The scopes of a repository. Some registries ask for everything before they let anything be deleted. */
const scopesOf = (repository) => ({
	pull: [{
		repository,
		actions: ["pull"]
	}],
	push: [{
		repository,
		actions: ["pull", "push"]
	}],
	delete: [{
		repository,
		actions: [
			"pull",
			"push",
			"delete"
		]
	}]
});

// packages/distribution/src/tags/list-tags.ts
const pageSize = 1e3;
const maxPages = 1e4;
const maxPage = 8388608;
/**
* The tags of a repository, in the registry's order, page by page; none if the registry answers 404.
* https://github.com/opencontainers/distribution-spec/blob/v1.1.1/spec.md#listing-tags
*/
async function* listTags({ registry, routes, scopes }, { signal } = {}) {
	const asked = /* @__PURE__ */ new Set();
	let url = routes.tags(pageSize);
	while (url !== void 0) {
		if (asked.has(url.href) || asked.size >= maxPages) throw new ProtocolError(`the tags at ${redactUrl(url)} have no end`);
		asked.add(url.href);
		const answer = await registry.call({
			kind: "tag-list",
			method: "GET",
			url,
			signal,
			scopes: scopes.pull,
			headers: { accept: "application/json" },
			expect: asked.size === 1 ? [200, 404] : [200]
		}, maxPage);
		if (answer.status === 404) return;
		const tags = parseTags(answer);
		yield* tags.filter(isTag);
		const last = tags.length >= pageSize ? tags.at(-1) : void 0;
		url = nextPage(answer) ?? (last === void 0 ? void 0 : routes.tags(pageSize, last));
	}
}
function parseTags({ bytes, url }) {
	let body;
	try {
		body = JSON.parse(new TextDecoder().decode(bytes));
	} catch (cause) {
		throw new ProtocolError(`the tags at ${redactUrl(url)} are not JSON`, cause);
	}
	const tags = typeof body === "object" && body !== null && "tags" in body ? body.tags : void 0;
	if (tags === null) return [];
	if (!Array.isArray(tags)) throw new ProtocolError(`the tags at ${redactUrl(url)} are no list`);
	return tags.filter((tag) => typeof tag === "string");
}

// packages/distribution/src/repository.ts
function createRepository(registry, name, { writes = false } = {}) {
	const scopes = scopesOf(name.repository);
	const context = {
		name,
		registry,
		routes: createRoutes(registry.origin, name),
		scopes: writes ? {
			...scopes,
			pull: scopes.push
		} : scopes
	};
	return {
		name,
		blobs: createBlobs(context),
		manifests: createManifests(context),
		tags: { list: (options) => listTags(context, options) },
		referrers: createReferrers(context)
	};
}

// packages/distribution/src/retry/clock.ts
const systemClock$1 = {
	now: Date.now,
	random: Math.random,
	async sleep(ms, signal) {
		try {
			await setTimeout$1(ms, void 0, { signal });
		} catch {
			signal.throwIfAborted();
		}
	}
};

// packages/distribution/src/retry/pauses.ts
function createPauses(clock) {
	const until = /* @__PURE__ */ new Map();
	return {
		note(host, ms) {
			until.set(host, Math.max(until.get(host) ?? 0, clock.now() + ms));
		},
		async wait(host, signal) {
			const left = (until.get(host) ?? 0) - clock.now();
			if (left > 0) await clock.sleep(left + clock.random() * 1e3, signal);
		}
	};
}

// packages/distribution/src/retry/retry.ts
function createRetry(options, clock, report) {
	const { attempts = 6, minDelay = 500, maxDelay = 3e4, deadline = 9e5 } = options;
	const waitAfter = (error, attempt) => {
		const backoff = clock.random() * Math.min(maxDelay, minDelay * 2 ** (attempt - 1));
		const asked = error instanceof RegistryError ? error.retryAfter : void 0;
		return Math.round((asked ?? 0) + backoff);
	};
	return async (work, signal, temporary = isTemporary) => {
		let lastMoment;
		for (let attempt = 1;; attempt += 1) {
			signal.throwIfAborted();
			try {
				return await work();
			} catch (error) {
				signal.throwIfAborted();
				if (attempt >= attempts || !temporary(error)) throw error;
				lastMoment ??= clock.now() + deadline;
				const wait = waitAfter(error, attempt);
				if (clock.now() + wait > lastMoment) throw error;
				report({
					type: "retry",
					why: reason(error),
					attempt,
					wait
				});
				await clock.sleep(wait, signal);
			}
		}
	};
}
const reason = (error) => error instanceof Error ? error.message : String(error);

// packages/distribution/src/statistics.ts
function createCounter() {
	const requests = {};
	let [retries, bytesSent, bytesReceived] = [
		0,
		0,
		0
	];
	return {
		count(event) {
			if (event.type === "retry") retries += 1;
			if (event.type !== "request") return;
			requests[event.kind] = (requests[event.kind] ?? 0) + 1;
			bytesSent += event.bytesSent;
			bytesReceived += event.bytesReceived;
		},
		statistics: () => ({
			requests: { ...requests },
			retries,
			bytesSent,
			bytesReceived
		})
	};
}

// packages/distribution/src/transport/http-modules.ts
/**
* Node's module for the protocol of a URL. Loaded at the first request, and not by `import`, which evaluates every export:
* `node:http` has some that bring all of fetch with them, a third of the time in which an action starts.
*/
const httpFor = ({ protocol }) => protocol === "https:" ? process.getBuiltinModule("node:https") : process.getBuiltinModule("node:http");

// packages/distribution/src/transport/send-request.ts
/**
* Sends one request over HTTP/1.1, and resolves to the head of its answer.
* An answer that comes before all of the body has left ends the sending: nobody will read the rest.
*/
function sendRequest(outgoing) {
	const { method, url, headers, content, signal, agent } = outgoing;
	return new Promise((resolve, reject) => {
		const request = httpFor(url).request(url, {
			method,
			headers,
			signal,
			agent
		});
		request.on("error", reject);
		request.on("socket", (socket) => endWhenIdle(request, socket, outgoing));
		const isAnswered = { value: false };
		request.on("response", (answer) => {
			isAnswered.value = true;
			if (!request.writableEnded) answer.on("end", () => request.destroy());
			if (method === "HEAD") request.shouldKeepAlive = answer.headers.connection !== "close";
			resolve(answer);
		});
		if (content === void 0 || content instanceof Uint8Array) request.end(content);
		else stream(content, request, isAnswered);
	});
}
/** Takes a chunk when the one before has left: its source may use the same memory again. */
async function stream(content, request, isAnswered) {
	try {
		for await (const chunk of content) {
			await written(request, chunk);
			if (isAnswered.value) return;
		}
		request.end();
	} catch (error) {
		request.destroy(error instanceof Error ? error : new Error(String(error)));
	}
}
const written = (request, chunk) => new Promise((resolve, reject) => {
	const giveUp = () => reject(/* @__PURE__ */ new Error("the connection closed"));
	request.once("close", giveUp);
	request.write(chunk, (error) => {
		request.off("close", giveUp);
		if (error) reject(error);
		else resolve();
	});
});
/** Ends a request on which nothing moves, with what it was waiting for. */
function endWhenIdle(request, socket, { url, timeouts: { connect, headers, body } }) {
	let end = () => {};
	const allow = (what, milliseconds, ends) => {
		socket.off("timeout", end);
		end = () => void ends.destroy(timeoutError(what, milliseconds));
		socket.on("timeout", end).setTimeout(milliseconds);
	};
	const allowAnswer = () => allow("an answer", headers, request);
	request.on("close", () => socket.off("timeout", end));
	request.on("response", (answer) => allow("the rest of the answer", body, answer));
	if (socket.connecting) {
		allow("a connection", connect, request);
		socket.once(url.protocol === "https:" ? "secureConnect" : "connect", allowAnswer);
	} else allowAnswer();
}
const timeoutError = (what, milliseconds) => Object.assign(/* @__PURE__ */ new Error(`waited ${milliseconds / 1e3} s for ${what}`), { code: "ETIMEDOUT" });

// packages/distribution/src/transport/connections.ts
/** Opens connections as they are needed, at most so many to each origin, and keeps them for a while. */
function createConnections(most, timeouts) {
	const { connect = 3e4, headers = 12e4, body = 12e4 } = timeouts;
	const agents = /* @__PURE__ */ new Map();
	const agentFor = ({ url, guard }) => {
		const own = agents.get(guard) ?? /* @__PURE__ */ new Map();
		const agent = own.get(url.protocol) ?? openAgent(url, most, guard);
		agents.set(guard, own.set(url.protocol, agent));
		return agent;
	};
	return {
		bodyTimeout: body,
		send: (letter) => sendRequest({
			...letter,
			agent: agentFor(letter),
			timeouts: {
				connect,
				headers: headers + (letter.patience ?? 0),
				body
			}
		}),
		destroy() {
			for (const own of agents.values()) for (const agent of own.values()) agent.destroy();
		}
	};
}
function openAgent(url, maxSockets, guard) {
	const lookup = guard === void 0 ? {} : { lookup: guard.lookup };
	return new (httpFor(url)).Agent({
		keepAlive: true,
		maxSockets,
		timeout: 1e4,
		...lookup
	});
}

// packages/distribution/src/transport/limiter.ts
const successesForMore = 5;
/** At most so many turns at a time, and at least so many whatever is noted; the same number unless given. */
function createLimiter(most, least = most) {
	let [allowed, taken, successes] = [
		most,
		0,
		0
	];
	const waiting = /* @__PURE__ */ new Set();
	const leaver = () => {
		let left = false;
		return () => {
			if (left) return;
			left = true;
			taken -= 1;
			admitNext();
		};
	};
	const admitNext = () => {
		for (const admit of waiting) {
			if (taken >= allowed) return;
			taken += 1;
			admit();
		}
	};
	return {
		async enter(signal) {
			signal.throwIfAborted();
			if (taken < allowed) {
				taken += 1;
				return leaver();
			}
			return new Promise((resolve, reject) => {
				const admit = () => {
					waiting.delete(admit);
					signal.removeEventListener("abort", abandon);
					resolve(leaver());
				};
				const abandon = () => {
					waiting.delete(admit);
					reject(signal.reason);
				};
				waiting.add(admit);
				signal.addEventListener("abort", abandon, { once: true });
			});
		},
		note(outcome) {
			successes = outcome === "worked" ? successes + 1 : 0;
			if (outcome === "overloaded") allowed = Math.max(least, Math.floor(allowed / 2));
			if (successes < successesForMore) return;
			successes = 0;
			allowed = Math.min(most, allowed + 1);
			admitNext();
		}
	};
}

// packages/distribution/src/transport/pace.ts
/** Passes a body on while it keeps the pace; once it does not, `giveUp` is to end it with this error. */
async function* paced(chunks, { time, bytes }, giveUp) {
	let [left, missing] = [time, bytes];
	let timer;
	let start = 0;
	const wait = () => {
		start = performance.now();
		timer = setTimeout(() => giveUp(tooSlow(time)), left);
	};
	wait();
	try {
		for await (const chunk of chunks) {
			clearTimeout(timer);
			left -= performance.now() - start;
			missing -= chunk.byteLength;
			if (missing <= 0) [left, missing] = [time, bytes];
			yield chunk;
			wait();
		}
	} finally {
		clearTimeout(timer);
	}
}
const tooSlow = (time) => Object.assign(/* @__PURE__ */ new Error(`the answer comes so slowly that ${time / 1e3} s are not enough for it`), { code: "ETIMEDOUT" });

// packages/distribution/src/transport/wire.ts
/** The least that a blob must bring within the time for a body, in bytes. */
const leastProgress = 65536;
/** Sends one request at a time for each slot of its pool, and reports each when its answer has ended. */
function createWire(parts) {
	const { connections, limiters, pauses, clock, userAgent } = parts;
	return { async exchange(request) {
		const { url, signal, body } = request;
		await request.guard?.check(url);
		await pauses.wait(url.host, signal);
		const limiter = limiters[request.pool];
		const watch = startWatch(parts, request, await limiter.enter(signal));
		const sending = body?.open();
		try {
			const answer = await connections.send({
				...request,
				headers: headersOf(request, userAgent),
				content: body?.size === 0 ? void 0 : sending?.content
			});
			const { bodyTimeout } = connections;
			const reply = replyOf(request, answer, {
				watch,
				limiter,
				bodyTimeout
			}, sending);
			const wait = parseRetryAfter(headerValue(reply.headers, "retry-after"), clock.now());
			if (wait !== void 0 && reply.status >= 400) pauses.note(url.host, wait);
			noteStatus(limiter, reply.status);
			return reply;
		} catch (cause) {
			watch.end(void 0, sending?.sent() ?? 0);
			throw noted(limiter, failureOf(request, cause, sending));
		}
	} };
}
function startWatch({ clock, report }, request, leave) {
	const start = clock.now();
	let ended = false;
	const watch = {
		received: 0,
		end(status, bytesSent) {
			if (ended) return;
			ended = true;
			leave();
			const { kind, method } = request;
			const [url, ms] = [redactUrl(request.url), clock.now() - start];
			const bytesReceived = watch.received;
			report({
				type: "request",
				kind,
				method,
				url,
				status,
				bytesSent,
				bytesReceived,
				ms
			});
		}
	};
	return watch;
}
const headersOf = ({ headers, body }, userAgent) => ({
	"user-agent": userAgent,
	...headers,
	...body === void 0 ? {} : { "content-length": String(body.size) }
});
function replyOf(request, answer, { watch, limiter, bodyTimeout }, sending) {
	const { method, url } = request;
	const { statusCode: status = 0, headersDistinct: headers } = answer;
	const bytes = request.pool === "downloads" ? leastProgress : Number.POSITIVE_INFINITY;
	const end = () => watch.end(status, sending?.sent() ?? 0);
	answer.once("close", end);
	async function* counted() {
		try {
			const pace = {
				time: bodyTimeout,
				bytes
			};
			for await (const chunk of paced(answer, pace, (error) => void answer.destroy(error))) {
				watch.received += chunk.byteLength;
				yield chunk;
			}
		} catch (cause) {
			throw noted(limiter, failureOf(request, cause, void 0));
		} finally {
			end();
		}
	}
	return {
		method,
		url,
		status,
		headers,
		body: counted(),
		async discard() {
			await letGo(answer, bodyTimeout);
			end();
		}
	};
}
function letGo(answer, bodyTimeout) {
	return new Promise((resolve) => {
		if (answer.closed) return resolve();
		let left = 65536;
		const timer = setTimeout(() => answer.destroy(), Math.min(bodyTimeout, 2e3));
		answer.on("error", () => {});
		answer.once("close", () => {
			clearTimeout(timer);
			resolve();
		});
		answer.on("data", (chunk) => {
			left -= chunk.byteLength;
			if (left < 0) answer.destroy();
		});
	});
}
function noteStatus(limiter, status) {
	if (status === 429 || status === 503) limiter.note("overloaded");
	else if (status < 400) limiter.note("worked");
}
function noted(limiter, failure) {
	if (failure instanceof TransportError && failure.temporary) limiter.note("overloaded");
	return failure;
}
function failureOf(request, cause, sending) {
	if (request.signal.aborted) return request.signal.reason;
	const failure = sending?.failure();
	if (failure !== void 0) return failure.error;
	if (cause instanceof OciError) return cause;
	return new TransportError(request.method, redactUrl(request.url), cause);
}

// packages/distribution/src/client.ts
/** Opens a client. It connects to nothing yet. */
function openClient(options = {}) {
	const { clock = systemClock$1, credentials = async () => void 0, plainHttp = false } = options;
	const { metadata = 24, bodies = 4 } = options.concurrency ?? {};
	const closing = new AbortController();
	const signal = options.signal === void 0 ? closing.signal : AbortSignal.any([closing.signal, options.signal]);
	const counter = createCounter();
	const report = (event) => {
		counter.count(event);
		options.onEvent?.(event);
	};
	const connections = createConnections(metadata + 2 * bodies, options.timeouts ?? {});
	const wire = createWire({
		connections,
		clock,
		report,
		limiters: {
			metadata: createLimiter(metadata),
			uploads: createLimiter(bodies, 1),
			downloads: createLimiter(bodies, 1)
		},
		pauses: createPauses(clock),
		userAgent: options.userAgent ?? "oci-matrix"
	});
	const retry = createRetry(options.retry ?? {}, clock, report);
	const registries = /* @__PURE__ */ new Map();
	const registryOf = (name) => {
		const known = registries.get(name);
		if (known !== void 0) return known;
		const opened = openRegistry(name, {
			wire,
			retry,
			credentials,
			clock,
			report,
			plainHttp,
			signal
		});
		registries.set(name, opened);
		return opened;
	};
	const close = async () => {
		closing.abort(/* @__PURE__ */ new Error("the client was closed"));
		connections.destroy();
	};
	return {
		repository(name, options) {
			const checked = checkRepository(name);
			return createRepository(registryOf(checked.registry), checked, options);
		},
		statistics: () => counter.statistics(),
		close,
		[Symbol.asyncDispose]: close
	};
}

// packages/distribution/src/credentials/server-key.ts
/** Reads `host`, `host:port`, `https://host/v1/` and `host/namespace`. */
function parseServerKey(key) {
	const [host = "", ...path] = key.replace(/^https?:\/\//i, "").split("/");
	const namespace = path.filter((part) => part !== "").join("/");
	const isVersion = namespace === "v1" || namespace === "v2";
	return {
		registry: canonicalRegistry(host),
		namespace: isVersion ? "" : namespace
	};
}
/** The entry whose key matches the registry and most of the repository. Hosts are compared whole: a part of a name is another host. */
function findByServer(entries, registry, repository) {
	const own = canonicalRegistry(registry);
	return Object.entries(entries).map(([key, value]) => ({
		key,
		value,
		server: parseServerKey(key)
	})).filter(({ server }) => server.registry === own && (server.namespace === "" || `${repository}/`.startsWith(`${server.namespace}/`))).sort((a, b) => b.server.namespace.length - a.server.namespace.length)[0];
}
/** The name that helpers know a registry by: Docker Hub's is that of its first login server. */
const helperServer = (registry) => canonicalRegistry(registry) === "docker.io" ? "https://index.docker.io/v1/" : registry;

// packages/distribution/src/credentials/ask-helper.ts
const absent = /credentials not found|no credentials server url|no usernames for/i;
/**
* Asks a helper by the protocol of https://github.com/docker/docker-credential-helpers/blob/v0.9.3/README.md#development
* `'no-program'` if it is not installed; throws `AuthError` if it fails.
*/
async function askHelper(run, name, registry) {
	const program = `docker-credential-${name}`;
	const result = await run(name, helperServer(registry));
	if (result === void 0) return "no-program";
	if (result.exitCode !== 0) {
		if (absent.test(result.stdout)) return void 0;
		const said = printable(result.stdout, 200);
		throw new AuthError("NO_CREDENTIALS", `${program} failed for ${registry} with status ${result.exitCode}: ${said}`);
	}
	return parseAnswer(result.stdout, program);
}
function parseAnswer(text, program) {
	let answer;
	try {
		answer = JSON.parse(text);
	} catch {
		throw new AuthError("NO_CREDENTIALS", `the answer of ${program} is not JSON`);
	}
	if (typeof answer !== "object" || answer === null) return void 0;
	const username = "Username" in answer ? answer.Username : void 0;
	const secret = "Secret" in answer ? answer.Secret : void 0;
	if (typeof username !== "string" || typeof secret !== "string" || secret === "") return void 0;
	return username === "<token>" ? { identityToken: secret } : {
		username,
		password: secret
	};
}

// packages/distribution/src/credentials/json.ts
/** The fields of a JSON object; none of anything else. */
const objectOf = (value) => typeof value === "object" && value !== null && !Array.isArray(value) ? Object.fromEntries(Object.entries(value)) : {};
/** A text; an empty one of anything else. */
const textOf = (value) => typeof value === "string" ? value : "";

// packages/distribution/src/credentials/config-entry.ts
/** Reads one entry of `auths`; `what` names it. Throws `AuthError`, without a value of the entry in its message. */
function parseConfigEntry(value, what) {
	const entry = objectOf(value);
	const registryToken = textOf(entry.registrytoken);
	if (registryToken !== "") return { registryToken };
	const identityToken = textOf(entry.identitytoken);
	if (identityToken !== "") return { identityToken };
	const auth = textOf(entry.auth);
	if (auth === "") {
		const [username, password] = [textOf(entry.username), textOf(entry.password)];
		return username === "" ? void 0 : {
			username,
			password
		};
	}
	const pair = Buffer.from(auth, "base64").toString("utf8").replace(/\0+$/, "");
	const colon = pair.indexOf(":");
	if (colon < 1) throw new AuthError("NO_CREDENTIALS", `${what} has no user name and password in "auth"`);
	return {
		username: pair.slice(0, colon),
		password: pair.slice(colon + 1)
	};
}

// packages/distribution/src/credentials/config-file.ts
/** Reads a configuration file; throws `AuthError` with its path if it is not JSON. No value of it is ever in a message. */
function parseConfigFile(text, { path, form }) {
	let parsed;
	try {
		parsed = JSON.parse(text.replace(/^\uFEFF/, ""));
	} catch {
		throw new AuthError("NO_CREDENTIALS", `${path} is not JSON`);
	}
	const file = objectOf(parsed);
	if (form === "legacy") return {
		path,
		entries: file,
		helpers: {},
		store: void 0
	};
	return {
		path,
		entries: objectOf(file.auths),
		helpers: objectOf(file.credHelpers),
		store: file.credsStore ? helperName(file.credsStore, path) : void 0
	};
}
/** A name that becomes that of a program: nothing that is a path. Throws `AuthError`. */
function helperName(value, path) {
	if (typeof value === "string" && /^[A-Za-z0-9][A-Za-z0-9._-]*$/.test(value)) return value;
	const what = `${path} names a credential helper that is no name of a program`;
	throw new AuthError("NO_CREDENTIALS", what);
}

// packages/distribution/src/credentials/config-paths.ts
/**
* Docker's file goes before those of podman: https://docs.docker.com/reference/cli/docker/#configuration-files and
* https://github.com/containers/image/blob/v5.36.0/docs/containers-auth.json.5.md
*/
function configPaths(env, home) {
	const { DOCKER_CONFIG, REGISTRY_AUTH_FILE, XDG_RUNTIME_DIR, XDG_CONFIG_HOME } = env;
	const podman = join("containers", "auth.json");
	return [...[
		join(DOCKER_CONFIG || join(home, ".docker"), "config.json"),
		...REGISTRY_AUTH_FILE ? [REGISTRY_AUTH_FILE] : [],
		...XDG_RUNTIME_DIR ? [join(XDG_RUNTIME_DIR, podman)] : [],
		join(XDG_CONFIG_HOME || join(home, ".config"), podman)
	].map((path) => ({
		path,
		form: "config"
	})), {
		path: join(home, ".dockercfg"),
		form: "legacy"
	}];
}

// packages/distribution/src/credentials/run-helper.ts
const maxOutput = 1048576;
/** Runs helpers found by the PATH of this environment. One that takes longer than `timeout` milliseconds, or talks without end, is stopped: `AuthError`. */
const createRunHelper = (env, timeout = 6e4) => async (name, server) => {
	const program = `docker-credential-${name}`;
	const fail = (what, cause) => new AuthError("NO_CREDENTIALS", `${program} ${what}`, cause);
	const { spawn } = await import("node:child_process");
	const child = spawn(program, ["get"], {
		env,
		stdio: [
			"pipe",
			"pipe",
			"ignore"
		],
		windowsHide: true
	});
	const { promise: stopped, reject: stop } = Promise.withResolvers();
	const timer = setTimeout(() => stop(fail(`did not answer in ${timeout} ms`)), timeout);
	const chunks = [];
	let size = 0;
	child.stdout.on("data", (chunk) => {
		chunks.push(chunk);
		size += chunk.byteLength;
		if (size > maxOutput) stop(fail(`gave more than ${maxOutput} bytes`));
	});
	child.stdin.on("error", () => {});
	child.stdin.end(server);
	try {
		const [exitCode] = await Promise.race([once(child, "close"), stopped]);
		const stdout = Buffer.concat(chunks).toString("utf8");
		return {
			exitCode: typeof exitCode === "number" ? exitCode : null,
			stdout
		};
	} catch (error) {
		if (error instanceof AuthError) throw error;
		const code = error instanceof Error && "code" in error ? error.code : void 0;
		if (code === "ENOENT") return void 0;
		throw fail(`cannot be run: ${code}`, error);
	} finally {
		clearTimeout(timer);
		child.kill("SIGKILL");
		child.stdout.destroy();
	}
};

// packages/distribution/src/credentials/docker-credentials.ts
/** The credentials that `docker login` and `podman login` left: in their files, or with the helpers named there. */
function dockerCredentials(options) {
	const { env, home, readFile = readIfPresent, runHelper = createRunHelper(env) } = options;
	let files;
	return async (registry, repository = "") => {
		files ??= readFiles(configPaths(env, home), readFile);
		for (const file of await files) {
			const credential = await find(file, registry, repository, runHelper);
			if (credential !== void 0) return credential;
		}
	};
}
async function readFiles(paths, readFile) {
	const files = [];
	for (const path of paths) {
		const text = await readFile(path.path);
		if (text !== void 0 && text.trim() !== "") files.push(parseConfigFile(text, path));
	}
	return files;
}
async function find({ path, entries, helpers, store }, registry, repository, run) {
	const named = findByServer(helpers, registry, repository);
	if (named !== void 0) {
		const helper = helperName(named.value, path);
		const answer = await askHelper(run, helper, registry);
		if (answer !== "no-program") return answer;
		throw new AuthError("NO_CREDENTIALS", `docker-credential-${helper}, named for ${registry}, is not installed`);
	}
	const stored = store === void 0 ? void 0 : await askHelper(run, store, registry);
	if (stored !== void 0 && stored !== "no-program") return stored;
	const entry = findByServer(entries, registry, repository);
	return entry && parseConfigEntry(entry.value, `${path}: the entry ${JSON.stringify(entry.key)}`);
}
async function readIfPresent(path) {
	try {
		return await readFile(path, "utf8");
	} catch (error) {
		const code = error instanceof Error && "code" in error ? error.code : void 0;
		if (code === "ENOENT" || code === "ENOTDIR") return void 0;
		throw new AuthError("NO_CREDENTIALS", `${path} cannot be read: ${code}`, error);
	}
}

// packages/distribution/src/credentials/static-credentials.ts
/** One credential, for one registry alone. */
function staticCredentials({ registry, credential }) {
	const own = canonicalRegistry(registry);
	return async (asked) => canonicalRegistry(asked) === own ? credential : void 0;
}
/** Asks one after the other, and gives what the first of them has. */
function firstCredentials(...providers) {
	return async (registry, repository) => {
		for (const provider of providers) {
			const credential = await provider(registry, repository);
			if (credential !== void 0) return credential;
		}
	};
}

// packages/distribution/src/error/missing-digests.ts
const codes = /* @__PURE__ */ new Set(["MANIFEST_BLOB_UNKNOWN", "BLOB_UNKNOWN"]);
/**
* The digests of the blobs that a registry misses in a manifest which it refused for that; undefined if it refused it for
* anything else, and none if it does not name them. They are in `detail`, as the text or as a member of an object.
*/
function missingDigests(error) {
	if (!(error instanceof RegistryError)) return void 0;
	const entries = error.errors.filter(({ code }) => codes.has(code));
	if (entries.length === 0) return void 0;
	return [...new Set(entries.flatMap(({ detail }) => digestsIn(detail)))];
}
const digestsIn = (detail) => textsIn(detail).flatMap((text) => isDigest(text) ? [text] : []);
function textsIn(detail) {
	return (typeof detail === "object" && detail !== null ? Object.values(detail) : [detail]).flatMap((value) => typeof value === "string" ? [value] : []);
}

// packages/core/src/signing/unless-broken.ts
/**
* What was read; undefined where it is no more what it should be, or no more there. Signatures of others are nothing to fail
* for. What a registry refuses or does not answer is no such case.
*/
async function unlessBroken(reading) {
	try {
		return await reading;
	} catch (error) {
		if (error instanceof InvalidManifestError || error instanceof ContentError || error instanceof MatrixError && error.code === "SOURCE_INVALID" || error instanceof RegistryError && error.status === 404) return void 0;
		throw error;
	}
}

// packages/core/src/layers-meta/layers-meta-annotation.ts
/** How the manifest of an App says which of its layers is the metadata; devices read no other version. */
const layersMetaAnnotation = {
	key: "layers-meta",
	version: "v1"
};
/** True of annotations that mark what they stand on as metadata of layers. */
const marksLayersMeta = (annotations) => annotations?.[layersMetaAnnotation.key] === layersMetaAnnotation.version;
/** True of a layer that is metadata of other layers. */
const isLayersMeta = ({ annotations }) => marksLayersMeta(annotations);

// packages/core/src/image-reader.ts
/** A source that is not what it should be, and why. */
const invalidSource = (name, reason, hint) => new MatrixError("SOURCE_INVALID", `${name} cannot be used: ${reason}`, hint === void 0 ? {} : { hint });

// packages/core/src/repository-reader.ts
/** Reads what is in a repository, each document once. A blob is not looked for: the manifest that names it vouches for it. */
function repositoryReader(repository) {
	const name = formatReference(repository.name);
	const loading = /* @__PURE__ */ new Map();
	return {
		name,
		remote: true,
		load: async (descriptor) => {
			const { digest } = descriptor;
			const load = loading.get(digest) ?? findManifest(repository, descriptor);
			loading.set(digest, load);
			const found = await load;
			if (found === void 0) throw unknownManifest(name, digest);
			return {
				...found,
				descriptor
			};
		},
		read: (descriptor, limit) => repository.blobs.fetchBytes(descriptor, limit),
		blob: async (descriptor) => ({
			descriptor,
			source: { open: () => repository.blobs.fetch(descriptor) }
		})
	};
}
/** The manifest of a descriptor; undefined if the registry answers 404. */
async function findManifest({ name, manifests }, descriptor) {
	const { digest, size, mediaType } = descriptor;
	const bytes = (await manifests.fetch(digest))?.bytes;
	if (bytes === void 0) return void 0;
	if (bytes.byteLength === size) return {
		descriptor,
		bytes,
		manifest: parseManifest(bytes, mediaType)
	};
	throw invalidSource(formatReference(name), `the manifest ${digest} has ${bytes.byteLength} bytes, its descriptor says ${size}`);
}
const unknownManifest = (where, reference) => new MatrixError("MANIFEST_UNKNOWN", `${where} has no manifest ${reference}`, { hint: "Check the repository and the tag or digest: what is private may look absent without a login." });

// packages/core/src/tar-header.ts
/** Reads one block of 512 bytes; undefined for the zeros at the end. Throws where the checksum is wrong. */
function readTarHeader(block, encoding = "utf8") {
	if (block.every((byte) => byte === 0)) return void 0;
	if (checksum(block) !== readTarNumber(block, 148, 8)) throw new Error("a header has a wrong checksum");
	const prefix = block.toString("latin1", 257, 263) === "ustar\0" ? text$1(block, 345, 155, encoding) : "";
	const name = text$1(block, 0, 100, encoding);
	const type = String.fromCharCode(block[156] ?? 0);
	return {
		name: prefix === "" || type === "L" ? name : `${prefix}/${name}`,
		size: readTarNumber(block, 124, 12),
		type: type === "\0" || type === "7" ? "0" : type,
		link: text$1(block, 157, 100, encoding)
	};
}
function checksum(block) {
	let sum = 256;
	for (let at = 0; at < 148; at += 1) sum += block[at] ?? 0;
	for (let at = 156; at < block.byteLength; at += 1) sum += block[at] ?? 0;
	return sum;
}
function text$1(block, start, length, encoding = "latin1") {
	const field = block.subarray(start, start + length);
	const end = field.indexOf(0);
	return field.toString(encoding, 0, end === -1 ? length : end);
}
__name(text$1, "text");
/** Octal digits, or big-endian base 256 behind a first bit that says so (GNU tar, for 8 GiB and more). */
function readTarNumber(block, start, length) {
	const field = block.subarray(start, start + length);
	if (((field[0] ?? 0) & 128) === 0) {
		const digits = text$1(block, start, length).trim();
		return /^[0-7]*$/.test(digits) ? Number.parseInt(digits, 8) || 0 : NaN;
	}
	return Number(BigInt(`0x${field.toString("hex")}`) & (1n << BigInt(length * 8 - 1)) - 1n);
}
/** The records of a pax header by key: `length key=value\n`, where the length counts itself. Throws where one is not. */
function readPaxRecords(bytes, encoding = "utf8") {
	const records = /* @__PURE__ */ new Map();
	for (let at = 0; at < bytes.length;) {
		const space = bytes.indexOf(32, at);
		const digits = space - at > 0 && space - at <= 10 ? bytes.toString("latin1", at, space) : "";
		const end = at + (/^[0-9]+$/.test(digits) ? Number(digits) : 0);
		const equals = bytes.indexOf(61, space);
		if (!(end <= bytes.length && bytes[end - 1] === 10) || equals === -1 || equals >= end - 1) throw new Error("a pax header is damaged");
		const key = bytes.toString(encoding, space + 1, equals);
		records.set(key, bytes.toString(encoding, equals + 1, end - 1));
		at = end;
	}
	return records;
}

// packages/core/src/tar-links.ts
const maxSteps = 16;
/** The files, and under the names of links the files that they come to. What leads out of the archive comes to nothing. */
function withLinks(files, links) {
	const found = new Map(files);
	for (const name of links.keys()) {
		const file = files.get(name) ?? follow(name, files, links);
		if (file !== void 0) found.set(name, file);
	}
	return found;
}
function follow(name, files, links) {
	let at = name;
	for (let step = 0; step < maxSteps; step += 1) {
		const link = links.get(at);
		if (link === void 0 || posix.isAbsolute(link.target)) return void 0;
		at = posix.normalize(link.symbolic ? posix.join(posix.dirname(at), link.target) : link.target);
		const file = files.get(at);
		if (file !== void 0) return file;
	}
}

// packages/core/src/tar-entries.ts
const blockSize = 512;
const maxMetadata = 1048576;
const metadataTypes = /* @__PURE__ */ new Set([
	"x",
	"L",
	"K",
	"g"
]);
/**
* The regular files of a tar archive by path, and links to them. Headers are read, contents are passed over: a blob is
* later read where it lies, which a stream of entries does not allow.
*/
async function readTarEntries(path) {
	await using file = await open(path);
	const end = (await file.stat()).size;
	const entries = /* @__PURE__ */ new Map();
	const links = /* @__PURE__ */ new Map();
	let next = {};
	for (let at = 0; at + blockSize <= end;) {
		const header = readTarHeader(await readAt(file, at, blockSize));
		if (header === void 0) break;
		const isMetadata = metadataTypes.has(header.type);
		const isLink = header.type === "1" || header.type === "2";
		const size = isMetadata ? header.size : isLink ? 0 : next.size ?? header.size;
		const offset = at + blockSize;
		if (!Number.isSafeInteger(size) || size < 0 || offset + size > end) throw new Error(`the entry at byte ${at} has ${size} bytes, beyond the end of the archive`);
		const name = cleanPath(next.path ?? header.name);
		if (header.type === "0") entries.set(name, {
			offset,
			size
		});
		if (isLink) links.set(name, {
			target: next.link ?? header.link,
			symbolic: header.type === "2"
		});
		next = isMetadata ? await overrides(header.type, () => readAt(file, offset, size), next) : {};
		at = offset + Math.ceil(size / blockSize) * blockSize;
	}
	return withLinks(entries, links);
}
async function overrides(type, read, before) {
	if (type === "L" || type === "K") {
		const name = (await read()).toString("utf8").replace(/\0.*$/s, "");
		return type === "L" ? {
			...before,
			path: name
		} : {
			...before,
			link: name
		};
	}
	if (type !== "x") return before;
	const pax = readPaxRecords(await read());
	const size = pax.get("size");
	return {
		path: pax.get("path") ?? before.path,
		link: pax.get("linkpath") ?? before.link,
		size: size === void 0 ? before.size : Number(size)
	};
}
async function readAt(file, position, length) {
	if (length > maxMetadata) throw new Error(`a header of ${length} bytes is too long`);
	const { buffer, bytesRead } = await file.read(Buffer.alloc(length), 0, length, position);
	if (bytesRead !== length) throw new Error("the archive ends within a header");
	return buffer;
}
const cleanPath = (name) => name.replace(/^(?:\.?\/)+/, "");

// packages/core/src/archive.ts
/** Opens an archive. Throws where it cannot be read as one. */
async function openArchive(file) {
	const entries = await readTarEntries(file);
	return {
		size: (name) => entries.get(name)?.size,
		open: (name) => {
			const entry = entries.get(name);
			if (entry === void 0) throw new Error(`${file} has no ${name}`);
			const { offset: start, size } = entry;
			return size === 0 ? nothing$1() : createReadStream(file, {
				start,
				end: start + size - 1
			});
		}
	};
}
async function* nothing$1() {}
__name(nothing$1, "nothing");
/** All bytes of a source that is known to be short. */
const collect = async (source) => Buffer.concat(await Array.fromAsync(source));

// packages/core/src/layout-reader.ts
const name$1 = "the image layout";
/** Reads what is in a layout. */
function layoutReader(layout) {
	const read = async (descriptor, limit) => {
		const { digest, size } = descriptor;
		await refuseAbsent(layout, descriptor);
		if (size > limit) throw invalidSource(name$1, `${digest} has ${size} bytes, at most ${limit} go`);
		const bytes = await collect(layout.open(digest));
		const actual = digestOf(bytes, algorithmOf(digest));
		if (actual === digest) return bytes;
		throw invalidSource(name$1, `the blob ${digest} has another digest, ${actual}`);
	};
	return {
		name: name$1,
		remote: false,
		read,
		load: async (descriptor) => {
			const bytes = await read(descriptor, maxManifestSize);
			return {
				descriptor,
				bytes,
				manifest: parseManifest(bytes, descriptor.mediaType)
			};
		},
		blob: async (descriptor) => {
			await refuseAbsent(layout, descriptor);
			return {
				descriptor,
				source: { open: () => layout.open(descriptor.digest) }
			};
		}
	};
}
async function refuseAbsent(layout, { digest, size, mediaType }) {
	const found = await layout.size(digest);
	if (found === size) return;
	if (found !== void 0) throw invalidSource(name$1, `the blob ${digest} has ${found} bytes, its descriptor says ${size}`);
	throw invalidSource(name$1, `the blob ${digest} is missing`, isManifestType(mediaType) ? "Name with \"platform\" the image that it has: tools such as docker save write an index of all platforms, and the content of one." : void 0);
}

// packages/core/src/layers-meta/architecture-name.ts
/** What a platform of Linux is called in a document of several: its architecture, with the variant where one is not implied. */
function architectureName(platform) {
	const { architecture, variant } = normalisePlatform(platform);
	return variant === void 0 ? architecture : `${architecture}/${variant}`;
}

// packages/core/src/layers-meta/plain-names.ts
const architectureOf = (key) => key.split("/", 1)[0] ?? key;
const hasVariant = (key) => key.includes("/");
/**
* Adds `arm` beside an only `arm/v7`: devices look up what Go calls the architecture, and know of no variant. Of several variants none
* may take that name, since a device of another one would be told a wrong number; `sharedNames` says so.
*/
function withPlainNames(document) {
	const all = { ...document };
	for (const [architecture, variants] of variantsOf(document)) {
		const [only, ...others] = variants;
		const meta = only === void 0 || others.length > 0 ? void 0 : document[only];
		if (meta !== void 0 && !Object.hasOwn(document, architecture)) all[architecture] = meta;
	}
	return all;
}
/** The inverse: without the names that are there for devices only. */
function withoutPlainNames(document) {
	const all = { ...document };
	for (const [architecture, [only, ...others]] of variantsOf(document)) {
		const [plain, meta] = [document[architecture], only === void 0 ? void 0 : document[only]];
		if (plain === void 0 || meta === void 0 || others.length > 0) continue;
		if (layersMetaText(plain) === layersMetaText(meta)) delete all[architecture];
	}
	return all;
}
/** The architectures that several variants share, so that a device which knows of none finds nothing. */
const sharedNames = (document) => [...variantsOf(document)].filter(([name, variants]) => variants.length > 1 && !Object.hasOwn(document, name)).map(([name]) => name);
const variantsOf = (document) => Map.groupBy(Object.keys(document).filter(hasVariant), architectureOf);

// packages/core/src/layers-meta/app-images.ts
/** Images of one App, architectures of its metadata, and indexes in indexes that are followed. */
const maxImages = 100;
const maxArchitectures = 64;
const maxDepth$1 = 4;
/**
* Reads which layers the images of an App have for some architectures. Each reference is resolved once, each document read once. Throws
* `MANIFEST_UNKNOWN`, and `INPUT_INVALID` for what is no image.
*/
async function appImages(client, references, keys) {
	refuseMany("only-layers-of", references.length, "images", maxImages);
	refuseMany("the layer metadata", keys.length, "architectures", maxArchitectures);
	const distinct = new Map(references.map((one) => [formatReference(one), one]));
	return pMap([...distinct.values()], (reference) => appImage(client, reference, keys), { concurrency: 4 });
}
function refuseMany(where, count, what, most) {
	if (count <= most) return;
	throw new MatrixError("INPUT_INVALID", `${where} names ${count} ${what}, at most ${most} go`);
}
async function appImage(client, reference, keys) {
	const { registry, repository: path, tag = "", digest } = reference;
	const repository = client.repository({
		registry,
		repository: path
	});
	const root = await repository.manifests.fetch(digest ?? tag);
	if (root === void 0) throw unknownManifest(formatReference(repository.name), digest ?? tag);
	const name = formatReference({
		...reference,
		digest: root.descriptor.digest
	});
	const image = {
		reader: repositoryReader(repository),
		name,
		root
	};
	const platform = await platformOfRoot(image);
	const found = await pMap(keys, async (key) => {
		const machine = parsePlatform(`linux/${key}`);
		const layers = platform === void 0 || selectByPlatform([{ platform }], machine) ? await layersFor(image, root, machine) : void 0;
		return layers === void 0 ? [] : [[key, layers]];
	}, { concurrency: 4 });
	return {
		name,
		layers: new Map(found.flat())
	};
}
async function platformOfRoot({ reader, name, root }) {
	if (root.manifest.kind === "index") return void 0;
	const { config } = root.manifest.image;
	const platform = isImageConfigType(config.mediaType) ? platformOfConfig(await reader.read(config, maxConfigSize)) : void 0;
	if (platform !== void 0) return platform;
	throw new MatrixError("INPUT_INVALID", `${name} in only-layers-of is no image of a platform`, { hint: "Name the container images that the App runs, not the App or another artifact." });
}
async function layersFor(image, { manifest }, machine, depth = 0) {
	if (manifest.kind === "image") return manifest.image.layers;
	if (depth > maxDepth$1) throw new MatrixError("INPUT_INVALID", `${image.name} has indexes more than ${maxDepth$1} deep`);
	const entry = selectByPlatform(manifest.index.manifests.filter(isImage$1), machine);
	return entry && layersFor(image, await image.reader.load(entry), machine, depth + 1);
}
const isImage$1 = /* @__PURE__ */ __name((entry) => isManifestType(entry.mediaType) && entry.artifactType === void 0 && attestationSubject(entry) === void 0, "isImage");

// packages/core/src/layers-meta/layers-manifests.ts
/**
* What the older form of an App lists in its `manifests`: for each architecture a document with the layers of all images, each once and
* sorted by digest. It calls itself an index and has `layers`, which image-spec v1.1.1 does not allow.
*/
const layersManifests = (document, images) => Object.keys(document).filter((key) => !key.includes("/")).sort().map((architecture) => layersManifest(architecture, layersOf$2(images, architecture, document)));
function layersManifest(architecture, layers) {
	const platform = {
		architecture,
		os: ""
	};
	const mediaType = mediaTypes.imageIndex;
	const bytes = canonicalBytes({
		schemaVersion: 2,
		mediaType,
		platform,
		layers,
		annotations: { "compose-app-layers": "v1" }
	});
	return {
		descriptor: descriptorOf(bytes, mediaType, { platform }),
		bytes
	};
}
function layersOf$2(images, architecture, document) {
	const key = Object.keys(document).find((name) => name.startsWith(`${architecture}/`)) ?? architecture;
	const all = images.flatMap(({ layers }) => layers.get(architecture) ?? layers.get(key) ?? []);
	return [...new Map(all.map(({ mediaType, digest, size }) => [digest, {
		mediaType,
		digest,
		size
	}])).values()].sort((a, b) => a.digest < b.digest ? -1 : 1);
}
__name(layersOf$2, "layersOf");

// packages/core/src/layers-meta/restrict-layers-meta.ts
const maxShown = 10;
/**
* Leaves of metadata the layers of some images, for every architecture that all of them are for. Throws `LAYERS_META_INVALID` where it
* lacks layers, and names them with their image.
*/
function restrictLayersMeta(document, images, from) {
	const keys = Object.keys(document);
	const fitting = keys.filter((key) => images.every(({ layers }) => layers.has(key)));
	if (fitting.length === 0) throw nowhere(from, keys, images);
	const restricted = fitting.map((key) => restrictPlatform(document[key], key, images));
	const missing = restricted.flatMap((one) => one.missing);
	if (missing.length > 0) throw lacking(from, missing);
	return {
		document: Object.fromEntries(restricted.flatMap(({ key, meta }) => meta === void 0 ? [] : [[key, meta]])),
		without: keys.filter((key) => !fitting.includes(key))
	};
}
function restrictPlatform(meta, key, images) {
	const layers = /* @__PURE__ */ new Map();
	const missing = [];
	for (const { name, layers: all } of images) for (const { digest, size } of all.get(key) ?? []) {
		const known = meta !== void 0 && Object.hasOwn(meta.layers, digest) ? meta.layers[digest] : void 0;
		if (known === void 0) missing.push(`${digest} of ${name} (${key})`);
		else layers.set(digest, withArchiveSize(known, size, `${digest} of ${name} (${key})`));
	}
	return {
		key,
		missing,
		meta: meta && {
			...meta,
			layers: Object.fromEntries(layers)
		}
	};
}
function withArchiveSize(meta, size, name) {
	if (meta.archive_size === void 0 || meta.archive_size === size) return {
		...meta,
		archive_size: size
	};
	throw new MatrixError("LAYERS_META_INVALID", `the layer ${name} has ${size} bytes, and ${meta.archive_size} by its metadata`);
}
function lacking(from, missing) {
	const shown = missing.slice(0, maxShown).join(", ");
	const more = missing.length > maxShown ? ` and ${missing.length - maxShown} more` : "";
	return new MatrixError("LAYERS_META_INVALID", `${from} lacks ${missing.length} layers of the images of the App: ${shown}${more}`, { hint: "Measure these images too, or name in \"only-layers-of\" the very digests that were measured: a tag may have moved since." });
}
function nowhere(from, keys, images) {
	const has = images.map(({ name, layers }) => `${name} is for ${[...layers.keys()].join(", ") || "none of them"}`);
	return new MatrixError("LAYERS_META_INVALID", `no architecture of ${from} (${keys.join(", ") || "none"}) is one that all images of the App are for: ${has.join("; ")}`, { hint: "Measure the images for the architectures that the App is for." });
}

// packages/core/src/layers-meta/app-content.ts
/**
* The files of an App with its metadata checked and restricted to the layers of its images. Reads, and writes nothing. Throws
* `LAYERS_META_INVALID`, and `INPUT_INVALID` where no file is the metadata.
*/
async function appContent(options) {
	const { blobs, onlyLayersOf, older, client } = options;
	const meta = metaBlob(options);
	const document = meta && await documentOf(meta);
	if (onlyLayersOf.length === 0) {
		if (older) throw withoutImages();
		return {
			blobs,
			layersManifests: [],
			without: []
		};
	}
	if (meta === void 0 || document === void 0) throw withoutMeta();
	const all = withoutPlainNames(document);
	const images = await appImages(client, onlyLayersOf, Object.keys(all));
	const restricted = restrictLayersMeta(all, images, titleOf$1(meta));
	const named = withPlainNames(restricted.document);
	const replaced = textBlob(meta, layersMetaText(named));
	return {
		blobs: blobs.map((blob) => blob === meta ? replaced : blob),
		layersManifests: older ? layersManifests(named, images) : [],
		without: restricted.without
	};
}
const titleOf$1 = /* @__PURE__ */ __name(({ descriptor }) => descriptor.annotations?.["org.opencontainers.image.title"] ?? "", "titleOf");
function metaBlob({ blobs, titledAnnotations }) {
	const marked = blobs.filter((blob) => marksLayersMeta(titledAnnotations.get(titleOf$1(blob))));
	const [only, ...others] = marked;
	if (others.length === 0) return only;
	throw new MatrixError("INPUT_INVALID", `${marked.length} files are layer metadata by their annotation: ${marked.map(titleOf$1).join(", ")}`, { hint: "Annotate one of them with layers-meta=v1: devices read the second layer, and no other." });
}
async function documentOf(meta) {
	const from = titleOf$1(meta);
	const { size } = meta.descriptor;
	if (size > 4194304) throw new MatrixError("LAYERS_META_INVALID", `${from} has ${size} bytes, at most ${maxLayersMetaLength} go`);
	const bytes = Buffer.concat(await Array.fromAsync(meta.source.open()));
	const document = parseLayersMeta(bytes.toString(), from);
	if (!isPlatformLayersMeta(document)) return document;
	throw new MatrixError("LAYERS_META_INVALID", `${from} does not say which architecture it is for`, { hint: "Give the \"layers-meta-file\" of aggregate-outputs or publish, which has one document for all architectures." });
}
function textBlob({ descriptor }, text) {
	const bytes = new TextEncoder().encode(text);
	const { mediaType, annotations } = descriptor;
	return {
		descriptor: descriptorOf(bytes, mediaType, annotations === void 0 ? {} : { annotations }),
		source: { async *open() {
			yield bytes;
		} }
	};
}
const withoutMeta = () => new MatrixError("INPUT_INVALID", "only-layers-of is given, and no file is annotated as layer metadata", { hint: "Add the file to \"files\", and a line \"layer[TITLE]:layers-meta=v1\" to \"annotations\"." });
const withoutImages = () => new MatrixError("INPUT_INVALID", "layers-manifests lists the layers of images, and only-layers-of names none", { hint: "Name the images of the App in \"only-layers-of\", or leave \"layers-manifests\" out." });

// packages/core/src/layers-meta/join-layer.ts
/**
* One layer as all describe it: what some leave out others know. One that is the lowest of an image here and not there counts as the
* dearer, not the lowest, as in `distinctLayers`. Throws `LAYERS_META_INVALID`, naming two that contradict each other.
*/
function joinLayer(digest, said) {
	const lowest = said.filter(({ layer }) => layer.base === true);
	const higher = said.filter(({ layer }) => layer.base !== true);
	const [asLowest, asHigher] = [costsOf(digest, lowest), costsOf(digest, higher)];
	const isBase = higher.length === 0;
	const { usage = 0, ...costs } = isBase ? asLowest : asHigher;
	const agreed = agreement(digest, said);
	const archive_size = agreed("archive_size", (layer) => layer.archive_size);
	const diff_id = agreed("diff_id", (layer) => layer.diff_id);
	const entries = agreed("entries", (layer) => layer.entries);
	return {
		size: agreed("size", (layer) => layer.size) ?? 0,
		usage,
		...archive_size === void 0 ? {} : { archive_size },
		...isBase ? { base: true } : {},
		...diff_id === void 0 ? {} : { diff_id },
		...entries === void 0 ? {} : { entries },
		...costs
	};
}
function costsOf(digest, said) {
	const agreed = agreement(digest, said);
	const usage = agreed("usage", (layer) => layer.usage);
	const inodes = agreed("inodes", (layer) => layer.inodes);
	const sizes = new Set(said.flatMap(({ layer }) => Object.keys(layer.usages ?? {})));
	const usages = [...sizes].flatMap((bytes) => {
		const other = agreed(`usage in blocks of ${bytes}`, (layer) => layer.usages?.[bytes]);
		return other === void 0 ? [] : [[bytes, other]];
	});
	return {
		...usage === void 0 ? {} : { usage },
		...inodes === void 0 ? {} : { inodes },
		...sizes.size === 0 ? {} : { usages: Object.fromEntries(usages) }
	};
}
/** The one value that all have who have it; undefined where nobody has it. */
const agreement = (digest, said) => (what, read) => {
	const having = said.flatMap(({ name, layer }) => {
		const value = read(layer);
		return value === void 0 ? [] : [{
			name,
			value
		}];
	});
	const [first] = having;
	const other = having.find(({ value }) => value !== first?.value);
	if (first === void 0 || other === void 0) return first?.value;
	throw new MatrixError("LAYERS_META_INVALID", `the layer ${digest} has ${what} ${first.value} in ${first.name}, and ${other.value} in ${other.name}`, { hint: "Measure the layer again in both legs: one of the documents is of another version of measure-layers, or was changed." });
};

// packages/core/src/layers-meta/join-layers-meta.ts
/**
* One document of several, the same whatever their order. Throws `LAYERS_META_INVALID`, naming both, where two of them differ in
* what a layer costs, or in what they were measured for.
*/
function joinLayersMeta(said) {
	const parts = partsOf(said);
	refuseOtherModel(parts);
	const layers = Map.groupBy(parts.flatMap(({ name, meta }) => Object.entries(meta.layers).map(([digest, layer]) => ({
		digest,
		name,
		layer
	}))), ({ digest }) => digest);
	const joined = new Map([...layers].map(([digest, all]) => [digest, joinLayer(digest, all)]));
	const keys = Map.groupBy(parts, ({ key }) => key);
	return Object.fromEntries([...keys].map(([key, own]) => [key, platformOf$1(own, joined)]).sort(([a], [b]) => String(a) < String(b) ? -1 : 1));
}
function partsOf(said) {
	return said.flatMap(({ from, document }) => Object.entries(withoutPlainNames(document)).map(([key, meta]) => {
		const name = `${from} (${key})`;
		return {
			key: architectureKey(key),
			name,
			meta
		};
	})).sort((a, b) => a.name < b.name ? -1 : a.name > b.name ? 1 : 0);
}
/** How a platform of Linux is called in a document: `amd64`, `arm64`, `arm/v7`. `arm` alone leaves the variant open. */
const architectureKey = (key) => key === "arm" ? key : architectureName(parsePlatform(`linux/${key}`));
function platformOf$1(parts, joined) {
	const digests = [...new Set(parts.flatMap(({ meta }) => Object.keys(meta.layers)))].sort();
	const { fs_block_size = 0, model, store } = parts[0]?.meta ?? {};
	return {
		fs_block_size,
		layers: Object.fromEntries(digests.flatMap((digest) => {
			const layer = joined.get(digest);
			return layer === void 0 || !isDigest(digest) ? [] : [[digest, layer]];
		})),
		...model === void 0 ? {} : { model },
		...store === void 0 ? {} : { store }
	};
}
__name(platformOf$1, "platformOf");
const measuredFor = ({ fs_block_size, model, store }) => `blocks of ${fs_block_size} bytes, store ${store ?? "unknown"}, model ${model ?? "unknown"}`;
function refuseOtherModel(parts) {
	const [first] = parts;
	const other = parts.find(({ meta }) => first && measuredFor(meta) !== measuredFor(first.meta));
	if (first === void 0 || other === void 0) return;
	throw new MatrixError("LAYERS_META_INVALID", `the layers of ${first.name} were measured for ${measuredFor(first.meta)}, and those of ${other.name} for ${measuredFor(other.meta)}`, { hint: "Give measure-layers the same version, \"store\" and first of \"block-sizes\" in all legs." });
}

// packages/core/src/layers-meta/measured-layers.ts
/**
* What a leg measured, for its record: a file of one platform counts for the one that the leg pushes. Throws `FILE_NOT_FOUND`,
* `LAYERS_META_INVALID`, and `INPUT_INVALID` where nothing says which platform a file is for.
*/
async function measuredLayers(files, plan) {
	if (files.length === 0) return void 0;
	const documents = await Promise.all(files.map(readLayersMeta));
	return joinLayersMeta(files.map((from, at) => ({
		from,
		document: merged$1(documents[at] ?? {}, from, plan)
	})));
}
function merged$1(document, from, plan) {
	if (!isPlatformLayersMeta(document)) return document;
	const [only, ...others] = platformsOf(plan);
	if (only?.os === "linux" && others.length === 0) return { [architectureName(only)]: document };
	const has = platformsOf(plan).map(formatPlatform).join(", ") || "none";
	throw new MatrixError("INPUT_INVALID", `${from} is layer metadata of one platform, and what is pushed has ${has}`, { hint: "Give the file in the leg that pushes the image of one platform for Linux, or name that with \"platform\"." });
}
__name(merged$1, "merged");
function platformsOf({ root, children = [root] }) {
	const platforms = children.filter((entry) => attestationSubject(entry) === void 0).flatMap(({ platform }) => platform ?? []);
	return [...new Map(platforms.map((platform) => [platformKey(platform), platform])).values()];
}

// packages/core/src/layers-meta/merge-layers-meta.ts
/**
* What all legs measured as one document, the same for the same legs in any order; undefined where none measured. Throws
* `LAYERS_META_INVALID`, naming two legs that contradict each other.
*/
function mergeLayersMeta(records) {
	const said = records.flatMap(({ leg, layers }) => layers === void 0 ? [] : [{
		from: `leg ${leg}`,
		document: layers
	}]);
	if (said.length === 0) return void 0;
	const document = withPlainNames(joinLayersMeta(said));
	const text = layersMetaText(document);
	const { length } = text;
	if (length <= 4194304) return {
		document,
		text,
		shared: sharedNames(document)
	};
	throw new MatrixError("LAYERS_META_INVALID", `the layer metadata of ${said.length} legs has ${length} characters, at most ${maxLayersMetaLength} go`, { hint: "Give each App a \"group\" of its own, so that fewer legs come together." });
}

// packages/core/src/layers-meta/parse-app-images.ts
/** Reads lines that each name an image or an App in a registry, by tag or digest. Throws `INPUT_INVALID` where one does not. */
const parseAppImages = (lines, input) => lines.map((line) => {
	const reference = parseReference(line);
	if (reference.tag !== void 0 || reference.digest !== void 0) return reference;
	throw new MatrixError("INPUT_INVALID", `${line} in ${input} has neither a tag nor a digest`, { hint: "Write the whole reference, e.g. ghcr.io/acme/app:1.0." });
});

// packages/core/src/denied.ts
/** True of a refusal that may mean "not there", as on virtual repositories of Artifactory: https://github.com/google/go-containerregistry/pull/1691 */
const isDenied = (error) => error instanceof RegistryError && error.status === 403;
async function mayBeListed(tags, tag) {
	try {
		for await (const listed of tags.list()) if (listed === tag) return true;
		return false;
	} catch {
		return true;
	}
}
/** What a tag names; where that is denied, nothing, if the tags can be listed and it is not among them. */
async function unlessUnlisted({ tags }, tag, asked) {
	try {
		return await asked;
	} catch (error) {
		if (!isDenied(error) || await mayBeListed(tags, tag)) throw error;
		return;
	}
}

// packages/core/src/move-tags.ts
/** Says which tags have to move to a digest. What the first one names is known already, unless it is `unknown`. */
async function planTags({ manifests }, tags, first, digest) {
	return pMap([...new Set(tags)], async (tag, at) => {
		const previous = at === 0 && first !== "unknown" ? first : (await manifests.resolve(tag).catch(unknownIfDenied))?.digest;
		return {
			tag,
			moved: previous !== digest,
			...previous === void 0 ? {} : { previous }
		};
	}, { concurrency: 8 });
}
const unknownIfDenied = (error) => {
	if (!isDenied(error)) throw error;
};
/**
* Puts a manifest, and tags on it. Of several tags none moves before the registry has taken the manifest by digest; one
* moves with it.
*/
async function moveTags({ manifests, name }, { bytes, mediaType }, moving, options = {}) {
	const digest = digestOf(bytes);
	const tags = moving.map(({ tag }) => tag);
	await manifests.push(bytes, mediaType, {
		...options,
		tags
	}).catch((error) => {
		const refused = moving.find((moved) => isImmutable(error, moved));
		throw refused === void 0 ? error : immutable(name, refused, digest, error);
	});
}
/**
* True of a refusal to move a tag. Every registry has words of its own for it: TAG_INVALID, ImageTagAlreadyExistsException,
* "tag is immutable", a 412.
*/
const isImmutable = (error, { tag, previous }) => previous !== void 0 && error instanceof RegistryError && error.url.endsWith(`/manifests/${tag}`) && (error.status === 412 || error.errors.some(({ code, message }) => /immutable|TAG_INVALID|already ?exists/i.test(`${code} ${message}`)));
const immutable = ({ registry, repository }, { tag, previous }, digest, cause) => new MatrixError("TAG_IMMUTABLE", `${registry}/${repository}:${tag} names ${previous}, and the registry does not let it move to ${digest}`, {
	hint: "Release under a new tag, or publish the very legs of the release before.",
	cause
});

// packages/core/src/push-blobs.ts
/** Makes every blob present in the repository, and says which of them had to travel; one answer for each distinct blob. */
async function pushBlobs(options) {
	const { repository, blobs, mountFrom = [], noRepository = false } = options;
	const distinct = new Map(blobs.map((blob) => [blob.descriptor.digest, blob]));
	const unknown = [...distinct.keys()].filter((digest) => !options.known?.has(digest));
	const how = {
		mountFrom,
		absent: noRepository,
		unasked: (options.likelyNew ?? false) && unknown.length >= several
	};
	const pushed = await pMap(smallestFirst([...distinct.values()]), async ({ descriptor, source }) => {
		const outcome = options.known?.has(descriptor.digest) ? "present" : await repository.blobs.ensure(descriptor, source, how);
		options.onPushed?.({
			descriptor,
			outcome
		});
		return {
			descriptor,
			outcome
		};
	}, { concurrency: 8 * (options.concurrency ?? 4) });
	const outcomes = new Map(pushed.map((blob) => [blob.descriptor.digest, blob]));
	return [...distinct.keys()].flatMap((digest) => outcomes.get(digest) ?? []);
}
const several = 4;
const emptySize = 2;
/** The smallest blob in front, since the client finds out with the first one what a registry takes in one request. */
function smallestFirst(blobs) {
	const sizes = blobs.map(({ descriptor }) => descriptor.size).filter((size) => size > emptySize);
	const first = blobs.find(({ descriptor }) => descriptor.size === Math.min(...sizes));
	return first === void 0 ? blobs : [first, ...blobs.filter((blob) => blob !== first)];
}

// packages/core/src/layers-meta/push-older-app.ts
/**
* Pushes an App of the older form: its blobs, the manifests of layers, and the App's manifest with its tags. Nothing of it is read
* back as a manifest, since it is none. Throws `APP_REFUSED` where the registry takes no such documents.
*/
async function pushOlderApp(options) {
	const { repository, plan, tags } = options;
	const moving = (await planTags(repository, tags, "unknown", plan.root.digest)).flatMap(({ tag, moved }) => moved ? [tag] : []);
	const pushed = await pushBlobs({
		...options,
		blobs: plan.blobs
	});
	for (const { bytes, descriptor } of plan.manifests) {
		const isRoot = descriptor.digest === plan.root.digest;
		await repository.manifests.pushBytes(bytes, descriptor.mediaType, { tags: isRoot ? moving : [] }).catch((error) => {
			throw isRefusal(error) ? refused$1(repository, error) : error;
		});
	}
	return pushed;
}
const isRefusal = (error) => error instanceof RegistryError && error.status === 400 && error.errors.some(({ code }) => code === "MANIFEST_INVALID");
const refused$1 = /* @__PURE__ */ __name(({ name }, cause) => new MatrixError("APP_REFUSED", `${formatReference(name)} takes no App of the older form, whose documents are manifest and index at once: ${cause.message}`, {
	hint: "Leave \"layers-manifests\" out: since CVE-2021-41190 registries refuse such documents, and only old devices need them; or push to a registry that still takes them.",
	cause
}), "refused");

// packages/core/src/matrix-platform.ts
/**
* Refuses an image for another platform than the leg's matrix names in `platform` (`PLATFORM_MISMATCH`): it was most likely
* built without it. Nothing is said of artifacts, nor where the matrix has no such key or its value is no platform.
*/
function refuseOtherPlatform({ root, children = [root] }, matrix) {
	const named = platformOf(matrix);
	if (named === void 0) return;
	const images = children.flatMap((entry) => entry.artifactType === void 0 && attestationSubject(entry) === void 0 && entry.platform ? [entry.platform] : []);
	if (images.length === 0 || images.some((platform) => platformMatches(named, platform))) return;
	throw new MatrixError("PLATFORM_MISMATCH", `the matrix has the platform ${formatPlatform(named)} for this leg, but the image is for ${images.map(formatPlatform).join(", ")}`, { hint: "Build for the platform of the matrix, or say with \"platform\" which one the image is for, if the matrix means another thing." });
}
function platformOf(matrix) {
	const value = matrix?.platform;
	if (typeof value !== "string") return void 0;
	try {
		return parsePlatform(value);
	} catch (error) {
		if (error instanceof OciError) return void 0;
		throw error;
	}
}

// packages/core/src/needs.ts
const needsSchema = record(string(), object({
	result: string(),
	outputs: _default(record(string(), string()), {})
}));
/** Reads `${{ toJSON(needs) }}`. */
function parseNeeds(json) {
	let value;
	try {
		value = JSON.parse(json);
	} catch {
		throw invalid$3("it is not JSON");
	}
	const parsed = needsSchema.safeParse(value);
	if (!parsed.success) throw invalid$3(`${parsed.error.issues[0]?.path.join(".")} has another shape`);
	const jobs = Object.entries(parsed.data);
	return {
		records: jobs.flatMap(([job, { outputs }]) => Object.entries(outputs).filter(([, text]) => looksLikeRecord(text)).map(([key, text]) => parseRecord(text, `needs.${job}.outputs.${key}`))),
		failed: jobs.filter(([, { result }]) => result === "failure" || result === "cancelled").map(([job, { result }]) => ({
			job,
			result
		}))
	};
}
const invalid$3 = /* @__PURE__ */ __name((reason) => new MatrixError("INPUT_INVALID", `needs cannot be read: ${reason}`, { hint: "Write it as: needs: ${{ toJSON(needs) }}" }), "invalid");

// packages/core/src/open-client.ts
/** A client for the registry of one image: with the user name and password given, else the logins on this machine, else, on ghcr.io, GitHub's token. */
function openClientFor(options) {
	const { concurrency, plainHttp, signal, onEvent } = options;
	return openClient({
		credentials: credentialsFor(options),
		...concurrency === void 0 ? {} : { concurrency: { bodies: concurrency } },
		...plainHttp === void 0 ? {} : { plainHttp },
		...signal === void 0 ? {} : { signal },
		...onEvent === void 0 ? {} : { onEvent }
	});
}
function credentialsFor({ image: { registry }, username, password, token, env, home }) {
	if (username === void 0 !== (password === void 0)) {
		const [given, absent] = username === void 0 ? ["password", "username"] : ["username", "password"];
		throw new MatrixError("INPUT_INVALID", `${given} was given without ${absent}`, { hint: "Give both, or neither; without them the logins of docker/login-action apply." });
	}
	const login = username === void 0 || password === void 0 ? [] : [staticCredentials({
		registry,
		credential: {
			username,
			password
		}
	})];
	const github = token === void 0 || token === "" ? [] : [staticCredentials({
		registry: "ghcr.io",
		credential: {
			username: "github",
			password: token
		}
	})];
	return firstCredentials(...login, dockerCredentials({
		env,
		home
	}), ...github);
}

// packages/core/src/docker-archive-layer.ts
const compressions = [{
	magic: "1f8b",
	mediaType: mediaTypes.imageLayerGzip,
	open: createGunzip
}, {
	magic: "28b52ffd",
	mediaType: mediaTypes.imageLayerZstd,
	open: createZstdDecompress
}];
/**
* A layer of an archive, pushed as it lies there. One that is not compressed has its diffID for a digest, which is checked while
* it is sent; of a compressed one the diffID is checked here.
*/
async function readArchivedLayer(archive, path, diffId, refuse) {
	const size = archive.size(path);
	if (size === void 0) throw refuse(`the layer ${path} is missing`);
	const blob = {
		size,
		open: () => archive.open(path)
	};
	const magic = await firstBytes(blob.open());
	const compression = compressions.find((each) => magic.startsWith(each.magic));
	if (compression === void 0) return {
		descriptor: {
			mediaType: mediaTypes.imageLayer,
			digest: diffId,
			size
		},
		blob
	};
	const { digest, unpacked } = await digestBoth(blob, compression, algorithmOf(diffId)).catch((cause) => {
		throw refuse(`the layer ${path} cannot be decompressed: ${String(cause)}`);
	});
	if (unpacked !== diffId) throw refuse(`the layer ${path} has the diffID ${unpacked}, not ${diffId}`);
	return {
		descriptor: {
			mediaType: compression.mediaType,
			digest,
			size
		},
		blob
	};
}
async function firstBytes(source) {
	for await (const chunk of source) return Buffer.from(chunk.subarray(0, 4)).toString("hex");
	return "";
}
async function digestBoth(blob, compression, algorithm) {
	const packed = createDigester();
	const unpacked = createDigester(algorithm);
	const tap = async function* () {
		for await (const chunk of blob.open()) {
			packed.update(chunk);
			yield chunk;
		}
	};
	await pipeline(Readable.from(tap()), compression.open(), async (plain) => {
		for await (const chunk of plain) unpacked.update(chunk);
	});
	return {
		digest: packed.digest(),
		unpacked: unpacked.digest()
	};
}

// packages/core/src/docker-archive-image.ts
const configSchema = object({ rootfs: object({ diff_ids: nullable(array(custom(isDigest, "is not a digest")).check(_maxLength(1e3))) }) });
/** Makes the manifest of an image. Layers are checked against the diffIDs of the config, and the config against its name. */
async function readDockerImage(archive, { config: path, layers: paths, names }, refuse) {
	const bytes = await readConfig(archive, path, refuse);
	const diffIds = diffIdsOf(bytes, path, refuse);
	if (diffIds.length !== paths.length) throw refuse(`${path} has ${diffIds.length} diffIDs for ${paths.length} layers`);
	const config = descriptorOf(bytes, mediaTypes.imageConfig);
	const layers = [];
	const blobs = /* @__PURE__ */ new Map([[config.digest, inMemory(bytes)]]);
	for (const [at, diffId] of diffIds.entries()) {
		const layer = await readArchivedLayer(archive, paths[at] ?? "", diffId, refuse);
		layers.push(layer.descriptor);
		blobs.set(layer.descriptor.digest, layer.blob);
	}
	const mediaType = mediaTypes.imageManifest;
	const manifest = canonicalBytes({
		schemaVersion: 2,
		mediaType,
		config,
		layers
	});
	const platform = agreedPlatform(void 0, platformOfConfig(bytes));
	const descriptor = descriptorOf(manifest, mediaType, platform === void 0 ? {} : { platform });
	return {
		descriptor,
		names,
		blobs: blobs.set(descriptor.digest, inMemory(manifest))
	};
}
async function readConfig(archive, path, refuse) {
	const size = archive.size(path);
	if (size === void 0) throw refuse(`the config ${path} is missing`);
	if (size > 4194304) throw refuse(`the config ${path} has ${size} bytes, at most ${maxConfigSize} go`);
	const bytes = await collect(archive.open(path));
	const digest = digestOf(bytes);
	const [named] = /[0-9a-f]{64}/.exec(path) ?? [];
	if (named === void 0 || named === encodedOf(digest)) return bytes;
	throw refuse(`the config ${path} has another digest, ${digest}`);
}
function diffIdsOf(bytes, path, refuse) {
	let value;
	try {
		value = JSON.parse(new TextDecoder().decode(bytes));
	} catch {
		throw refuse(`the config ${path} is not JSON`);
	}
	const parsed = configSchema.safeParse(value);
	if (!parsed.success) throw refuse(`the config ${path} has no list of diffIDs`);
	return parsed.data.rootfs.diff_ids ?? [];
}
const inMemory = (bytes) => ({
	size: bytes.byteLength,
	async *open() {
		yield bytes;
	}
});

// packages/core/src/layout.ts
const blobPath = (digest) => `blobs/${algorithmOf(digest)}/${encodedOf(digest)}`;
/** The layout in a folder. */
async function openLayoutDirectory(directory) {
	const inside = (name) => path.join(directory, ...name.split("/"));
	const { size } = await stat(inside("index.json")).catch((cause) => {
		throw invalid$2(directory, "it has no index.json", cause);
	});
	refuseLong(directory, size);
	return {
		index: () => readFile(inside("index.json")),
		size: async (digest) => {
			const found = await stat(inside(blobPath(digest))).catch(() => void 0);
			return found?.isFile() ? found.size : void 0;
		},
		open: (digest) => createReadStream(inside(blobPath(digest)))
	};
}
/** The layout in a tar archive. */
async function openLayoutArchive(file) {
	return layoutInArchive(file, await openArchive(file).catch((cause) => {
		throw invalid$2(file, "it cannot be read as a tar archive", cause);
	}));
}
function layoutInArchive(file, archive) {
	const size = archive.size("index.json");
	if (size === void 0) throw invalid$2(file, "it has no index.json");
	refuseLong(file, size);
	return {
		index: () => collect(archive.open("index.json")),
		size: async (digest) => archive.size(blobPath(digest)),
		open: (digest) => archive.open(blobPath(digest))
	};
}
function refuseLong(where, size) {
	if (size <= 8388608) return;
	throw invalid$2(where, `its index.json has ${size} bytes, at most ${maxManifestSize} go`);
}
const invalid$2 = /* @__PURE__ */ __name((where, reason, cause) => new MatrixError("SOURCE_INVALID", `${where} is not an OCI image layout: ${reason}`, {
	hint: "Write one with e.g. \"buildx build --output type=oci\", \"skopeo copy … oci:DIR\" or \"crane pull --format oci\".",
	cause
}), "invalid");

// packages/core/src/docker-archive.ts
const text = string().check(_minLength(1), _maxLength(4096));
const schema = array(object({
	Config: text,
	RepoTags: optional$1(nullable(array(text).check(_maxLength(1e3)))),
	Layers: nullable(array(text).check(_maxLength(1e3)))
})).check(_minLength(1), _maxLength(1e3));
/**
* Opens what `docker save` writes. Docker 25 and later put an image layout into the same archive, and then that is read;
* else a layout is made of manifest.json: https://github.com/moby/docker-image-spec/blob/v1.3.1/v1.2.md#combined-image-json--filesystem-changeset-format
*/
async function openDockerArchive(file) {
	const archive = await openArchive(file).catch((cause) => {
		throw invalid$1(file, "it cannot be read as a tar archive", cause);
	});
	if (archive.size("index.json") !== void 0) return layoutInArchive(file, archive);
	const refuse = (reason) => invalid$1(file, reason);
	const images = [];
	for (const { Config, RepoTags, Layers } of await readManifest(archive, refuse)) {
		const entry = {
			config: Config,
			names: RepoTags ?? [],
			layers: Layers ?? []
		};
		images.push(await readDockerImage(archive, entry, refuse));
	}
	return layoutOfImages(images);
}
async function readManifest(archive, refuse) {
	const size = archive.size("manifest.json");
	if (size === void 0) throw refuse("it has no manifest.json");
	if (size > 8388608) throw refuse(`its manifest.json has ${size} bytes, at most ${maxManifestSize} go`);
	const parsed = schema.safeParse(jsonOf(await collect(archive.open("manifest.json"))));
	if (parsed.success) return parsed.data;
	const [issue] = parsed.error.issues;
	throw refuse(`its manifest.json is not as Docker writes it: ${issue?.message}`);
}
function layoutOfImages(images) {
	const blobs = new Map(images.flatMap((image) => [...image.blobs]));
	const manifests = images.flatMap(({ descriptor, names }) => names.length === 0 ? [descriptor] : names.map((name) => named(descriptor, name)));
	const index = Buffer.from(JSON.stringify({
		schemaVersion: 2,
		manifests
	}));
	parseManifest(index, mediaTypes.imageIndex);
	return {
		index: async () => index,
		size: async (digest) => blobs.get(digest)?.size,
		open: (digest) => {
			const blob = blobs.get(digest);
			if (blob === void 0) throw new Error(`the archive has no blob ${digest}`);
			return blob.open();
		}
	};
}
const named = (descriptor, name) => ({
	...descriptor,
	annotations: { "org.opencontainers.image.ref.name": name }
});
const invalid$1 = /* @__PURE__ */ __name((file, reason, cause) => new MatrixError("SOURCE_INVALID", `${file} is no archive of docker save: ${reason}`, {
	hint: "Write one with \"docker save --output FILE IMAGE\"; for an archive of an image layout write oci-archive:FILE.",
	cause
}), "invalid");

// packages/core/src/layout-names.ts
const refName = "org.opencontainers.image.ref.name";
const imageName = "io.containerd.image.name";
/** The names that an image has in a layout, the longest first. */
const namesOf$1 = /* @__PURE__ */ __name(({ annotations }) => [annotations?.[imageName], annotations?.[refName]].filter((name) => name !== void 0), "namesOf");
/** The layout as if it had the images of one name alone; `app:1` and `docker.io/library/app:1` are the same name. */
function withName(layout, source, name) {
	return {
		...layout,
		index: async () => onlyNamed(await layout.index(), source, name)
	};
}
function onlyNamed(bytes, source, name) {
	const top = parseManifest(bytes, mediaTypes.imageIndex);
	const entries = top.kind === "index" ? top.index.manifests : [];
	const manifests = entries.filter((entry) => namesOf$1(entry).some((own) => same(own, name)));
	if (manifests.length > 0) return Buffer.from(JSON.stringify({
		schemaVersion: 2,
		manifests
	}));
	const all = [...new Set(entries.flatMap((entry) => namesOf$1(entry).slice(0, 1)))];
	throw new MatrixError("SOURCE_INVALID", `${source} has no image called ${JSON.stringify(name)}: it has ${all.join(", ") || "none with a name"}`, { hint: "Write one of the names that it has, or leave the name out where it has one image alone." });
}
const same = (a, b) => a === b || wholeName(a) === wholeName(b);
function wholeName(name) {
	try {
		const { tag, ...rest } = parseReference(name);
		return formatReference({
			...rest,
			tag: tag ?? "latest"
		});
	} catch (error) {
		if (error instanceof OciError) return name;
		throw error;
	}
}

// packages/core/src/parse-source.ts
const transports = [
	"oci",
	"oci-archive",
	"docker-archive"
];
/** Reads `source`, in the words of skopeo: `oci:DIRECTORY`, `oci-archive:FILE`, `docker-archive:FILE`, `docker://REFERENCE`. */
function parseSource(source) {
	const [, transport, path = ""] = /^(?<transport>[a-z-]+):(?<path>.+)$/.exec(source) ?? [];
	if (transport === "docker" && path.startsWith("//")) return {
		kind: "repository",
		reference: parseRemote(path.slice(2))
	};
	const kind = transports.find((known) => known === transport);
	if (kind !== void 0) return {
		kind,
		path
	};
	throw new MatrixError("INPUT_INVALID", `source ${JSON.stringify(source)} is of no kind we know`, { hint: "Write oci:DIRECTORY for an image layout, oci-archive:FILE or docker-archive:FILE for a tar archive, or docker://REFERENCE for an image elsewhere." });
}
function parseRemote(text) {
	const reference = parseReference(text);
	if (reference.tag !== void 0 || reference.digest !== void 0) return reference;
	throw new MatrixError("INPUT_INVALID", `docker://${text} in source names no image`, { hint: "Write the tag or the digest of the image behind it, e.g. docker://docker.io/library/alpine:3.22." });
}

// packages/core/src/open-layout.ts
const openers = {
	oci: openLayoutDirectory,
	"oci-archive": openLayoutArchive,
	"docker-archive": openDockerArchive
};
/** Opens `oci:DIRECTORY`, `oci-archive:FILE` or `docker-archive:FILE`, each with `:NAME` behind it where one image is meant. */
async function openLayout(source) {
	const parsed = parseSource(source);
	if (parsed.kind === "repository") throw new MatrixError("INPUT_INVALID", `${source} is not on this machine`);
	const { path, name } = await splitName(parsed.path);
	const layout = await openers[parsed.kind](path);
	return name === void 0 ? layout : withName(layout, source, name);
}
async function splitName(text) {
	const [, path, name] = /^(?<path>(?:[A-Za-z]:[\\/])?[^:]+):(?<name>.+)$/.exec(text) ?? [];
	if (path === void 0 || name === void 0 || await isThere(text)) return { path: text };
	return {
		path,
		name
	};
}
const isThere = (path) => stat(path).then(() => true, () => false);

// packages/core/src/open-signer.ts
/** Opens what signs. The libraries of it are loaded here, and nowhere before: most steps sign nothing. */
async function openSigner(choice) {
	const signing = await import("./signing-index.js");
	switch (choice.kind) {
		case "key": return signing.openKeySigner(choice);
		case "command": return signing.openCommandSigner(choice);
		case "keyless": return signing.openKeylessSigner(choice);
	}
}
/** Opens what tells whose signature one is. */
async function openVerifierFor(choice) {
	const signing = await import("./signing-index.js");
	return "publicKey" in choice ? signing.verifierOfKey(choice.publicKey) : signing.verifierOfIdentity(choice);
}

// packages/core/src/open-targets.ts
/** Gives each image its tags; asks nobody yet. Throws `INPUT_INVALID` where a line is for none of them, or an image gets none. */
function openTargets(client, { image, images, allowImages, tags, dryRun }) {
	const others = otherImages(images, image);
	const names = [image, ...others.map((other) => other.image)];
	const open = (name) => client.repository(name, { writes: !dryRun });
	const isTarget = (name) => names.some((target) => formatReference(target) === formatReference(name));
	return {
		repository: open(image),
		tags: parseTags$1(tags, image, names),
		copies: others.map(({ image: other, optional }) => ({
			repository: open(other),
			tags: parseTags$1(tags, other, names),
			optional
		})),
		sources: allowImages.filter((name) => !isTarget(name)).map((name) => client.repository(name))
	};
}

// packages/core/src/parse-mount-from.ts
/** Reads `mount-from`: repositories of the image's registry, with or without its name in front. */
const parseMountFrom = (lines, image) => [...new Set(lines.map((line) => repositoryOf(line, image)))];
function repositoryOf(line, { registry }) {
	const [first = "", ...rest] = line.split("/");
	if (!(/[.:]/.test(first) || first === "localhost")) return parseRepositoryName(`${registry}/${line}`).repository;
	const named = parseRepositoryName(line);
	if (named.registry === registry && rest.length > 0) return named.repository;
	throw new MatrixError("INPUT_INVALID", `${formatReference(named)} in mount-from is not in the registry ${registry}`, { hint: "Name repositories of the same registry: a blob cannot be mounted from another one." });
}

// packages/core/src/parse-outputs.ts
/** Reads `outputs`: key=value, one a line, or one JSON object; values that are not text become JSON. */
function parseOutputs(text) {
	if (text.trimStart().startsWith("{")) return fromJson(text);
	const lines = text.split("\n").map((line) => line.trim());
	return Object.fromEntries(lines.filter((line) => line !== "").map(pairOf));
}
function pairOf(line) {
	const at = line.indexOf("=");
	const key = line.slice(0, Math.max(at, 0)).trim();
	if (!isKey(key)) throw invalid(`${JSON.stringify(line)} is not key=value`);
	return [key, line.slice(at + 1)];
}
function fromJson(text) {
	let value;
	try {
		value = JSON.parse(text);
	} catch {
		throw invalid("it begins like JSON, and is not");
	}
	return Object.fromEntries(Object.entries(value).map(([key, item]) => {
		if (!isKey(key)) throw invalid(`${JSON.stringify(key)} is no name of an output`);
		return [key, typeof item === "string" ? item : canonicalText(item)];
	}));
}
const isKey = (text) => /^[A-Za-z_][A-Za-z0-9_.-]*$/.test(text);
const invalid = (reason) => new MatrixError("INPUT_INVALID", `outputs cannot be read: ${reason}`, { hint: "Write key=value, one a line, or a JSON object where values have several lines." });

// packages/core/src/plain-annotations.ts
/** Reads `key=value` lines for one place, which a line cannot name again: a level in front is `ANNOTATION_INVALID`. */
function parsePlainAnnotations(lines) {
	const annotations = parseAnnotationLines(lines);
	const levelled = annotations.find(({ level }) => level !== void 0);
	if (levelled === void 0) return annotationsAt(annotations, void 0);
	throw new MatrixError("ANNOTATION_INVALID", `annotation ${levelled.key} is for the level ${levelled.level}, and stands where all are for one other place`, { hint: "Write key=value alone; lines with a level belong in \"annotations\"." });
}

// packages/core/src/plan-artifact.ts
/** The artifact type of a manifest whose maker gave none; the name that ORAS uses for it. */
const unknownArtifactType = "application/vnd.unknown.artifact.v1";
/** The image manifest over some blobs: https://github.com/opencontainers/image-spec/blob/v1.1.1/manifest.md#guidelines-for-artifact-usage */
function planArtifact(options) {
	const { config = emptyConfig, annotations = {}, subject, layersManifests = [] } = options;
	const isImage = isImageConfigType(config.descriptor.mediaType);
	const artifactType = options.artifactType ?? (config === emptyConfig ? "application/vnd.unknown.artifact.v1" : void 0);
	const layers = layersOf$1(options);
	const image = {
		schemaVersion: 2,
		mediaType: mediaTypes.imageManifest,
		...artifactType === void 0 ? {} : { artifactType },
		config: annotated(config.descriptor, options.configAnnotations),
		layers: layers.length === 0 ? [emptyDescriptor] : layers,
		...subject === void 0 ? {} : { subject },
		...Object.keys(annotations).length === 0 ? {} : { annotations }
	};
	refuseNotRunnable(image);
	const listed = layersManifests.map(({ descriptor }) => descriptor);
	const bytes = canonicalBytes(listed.length === 0 ? image : {
		...image,
		manifests: listed
	});
	const platform = agreedPlatform(options.platform, isImage && options.configBytes ? platformOfConfig(options.configBytes) : void 0);
	const entryType = artifactTypeOf(image);
	const root = descriptorOf(bytes, mediaTypes.imageManifest, {
		...entryType === void 0 ? {} : { artifactType: entryType },
		...platform === void 0 ? {} : { platform }
	});
	const needsEmpty = layers.length === 0 && config !== emptyConfig;
	return {
		blobs: [
			...options.blobs,
			config,
			...needsEmpty ? [emptyConfig] : []
		],
		present: options.present,
		manifests: [...layersManifests, {
			descriptor: root,
			bytes
		}],
		root
	};
}
const emptyConfig = {
	descriptor: emptyDescriptor,
	source: { async *open() {
		yield emptyBytes;
	} }
};
function annotated(descriptor, annotations = {}) {
	const all = {
		...annotations,
		...descriptor.annotations
	};
	return Object.keys(all).length === 0 ? descriptor : {
		...descriptor,
		annotations: all
	};
}
function layersOf$1(options) {
	const { blobs, present, layerAnnotations, titledAnnotations = /* @__PURE__ */ new Map() } = options;
	const layers = [...blobs.map(({ descriptor }) => descriptor), ...present];
	refuseUntitled(layers, [...titledAnnotations.keys()]);
	return inOrder(layers.map((layer) => {
		const all = annotated(layer, layerAnnotations);
		const own = titledAnnotations.get(titleOf(layer) ?? "");
		return own === void 0 ? all : {
			...all,
			annotations: {
				...all.annotations,
				...own
			}
		};
	}));
}
__name(layersOf$1, "layersOf");
function refuseUntitled(layers, titles) {
	const has = new Set(layers.map(titleOf));
	const absent = titles.find((title) => !has.has(title));
	if (absent === void 0) return;
	const names = [...has].filter((title) => title !== void 0).slice(0, 10);
	throw new MatrixError("ANNOTATION_INVALID", `no layer has the title ${absent}, which an annotation is for; there are ${names.join(", ") || "none with a title"}`, { hint: "Write the title in layer[TITLE]: as the manifest has it: the path below the folder of all files." });
}
const titleOf = ({ annotations }) => annotations?.[titleKey];
function inOrder(layers) {
	const title = (layer) => titleOf(layer) ?? "￿";
	const sorted = [...layers].sort((a, b) => title(a) < title(b) ? -1 : title(a) > title(b) ? 1 : 0);
	const [first, ...others] = sorted.filter((layer) => !isLayersMeta(layer));
	const metas = sorted.filter(isLayersMeta);
	return first === void 0 ? metas : [
		first,
		...metas,
		...others
	];
}

// packages/core/src/plan-image.ts
const concurrency$1 = 24;
/** What to push of an image that is somewhere, with what refers to it; bytes are pushed as they are. */
async function planImage(reader, { root, attestations }, platform, referrers = []) {
	const beside = await pMap(attestations, (entry) => reader.load(entry), { concurrency: concurrency$1 });
	const own = distinct$1([...await loadBelow(reader, root), ...beside]);
	own.forEach(refuseUnrunnable);
	const manifests = distinct$1([...own, ...referrers]);
	const entries = await pMap(entriesOf$1(root, beside, own), (item) => asEntry(reader, item, platform), { concurrency: concurrency$1 });
	const isIndex = root.manifest.kind === "index";
	return {
		blobs: await blobsOf(reader, manifests),
		present: [],
		manifests: manifests.map(({ descriptor, bytes }) => ({
			descriptor,
			bytes
		})),
		root: isIndex ? root.descriptor : entries[0] ?? root.descriptor,
		...isIndex || entries.length > 1 ? { children: entries } : {}
	};
}
const distinct$1 = /* @__PURE__ */ __name((items) => [...new Map(items.map((item) => [item.descriptor.digest, item])).values()], "distinct");
function entriesOf$1(root, beside, manifests) {
	if (root.manifest.kind === "image") return [root, ...beside];
	return manifests.filter(({ manifest }) => manifest.kind === "image");
}
__name(entriesOf$1, "entriesOf");
/** A manifest and all that it points at, children first. What many indexes name is read once. */
async function loadBelow(reader, { descriptor, bytes, manifest }, seen = /* @__PURE__ */ new Set()) {
	const own = {
		descriptor,
		bytes,
		manifest
	};
	if (manifest.kind === "image") return [own];
	const fresh = manifest.index.manifests.filter(({ digest }) => !seen.has(digest));
	for (const { digest } of fresh) seen.add(digest);
	return [...(await pMap([...new Map(fresh.map((child) => [child.digest, child])).values()], async (child) => loadBelow(reader, await reader.load(child), seen), { concurrency: concurrency$1 })).flat(), own];
}
async function blobsOf(reader, manifests) {
	const ours = manifests.flatMap(({ manifest }) => manifest.kind === "image" ? [manifest.image.config, ...manifest.image.layers] : []).filter((blob) => !isElsewhere(blob));
	const blobs = new Map(ours.map((blob) => [blob.digest, blob]));
	return pMap(blobs.values(), (descriptor) => reader.blob(descriptor), { concurrency: concurrency$1 });
}
function refuseUnrunnable({ descriptor, manifest }) {
	if (manifest.kind === "index" || attestationSubject(descriptor) !== void 0) return;
	refuseNotRunnable(manifest.image);
}
/** The descriptor as an index entry has it: with the platform that the config names, and the artifact type. */
async function asEntry(reader, { descriptor, manifest }, given) {
	if (manifest.kind === "index" || attestationSubject(descriptor) !== void 0) return descriptor;
	const { mediaType, digest, size, annotations, platform } = descriptor;
	const own = {
		mediaType,
		digest,
		size,
		...annotations === void 0 ? {} : { annotations }
	};
	const { image } = manifest;
	if (reader.remote && given === void 0 && artifactTypeOf(image) === void 0 && platform !== void 0) return {
		...own,
		platform
	};
	return imageEntry({
		image,
		descriptor: own
	}, given ?? platform, reader.read);
}

// packages/core/src/select-image.ts
/**
* The image for a platform, or all of it when none is given: an index of several images is taken whole, one that only
* wraps a single document is followed, as builders nest them.
*/
async function selectImage(reader, index, platform, outer) {
	const entries = index.manifests.filter(({ mediaType }) => isManifestType(mediaType));
	const images = entries.filter((entry) => attestationSubject(entry) === void 0);
	const distinct = [...new Map(images.map((entry) => [entry.digest, entry])).values()];
	const single = distinct.length === 1 && (outer === void 0 || images.length === 1);
	const fitting = platform === void 0 || single ? distinct : forPlatform(distinct, platform);
	const [only, ...others] = fitting;
	if (only !== void 0 && others.length === 0) {
		const root = await reader.load(only);
		if (root.manifest.kind === "index") return selectImage(reader, root.manifest.index, platform, root);
		return {
			root,
			attestations: entries.filter((entry) => attestationSubject(entry) === only.digest)
		};
	}
	if (only !== void 0 && platform === void 0 && outer !== void 0) return {
		root: outer,
		attestations: []
	};
	throw invalidSource(reader.name, reasonFor(images, fitting.length, platform), "Name the image with \"platform\", or behind the path as oci:PATH:NAME.");
}
const forPlatform = (images, wanted) => images.filter(({ platform }) => platform !== void 0 && platformMatches(wanted, platform));
function reasonFor(images, fits, platform) {
	const has = `it has ${images.length} images (${images.map(labelOf).join(", ") || "none"})`;
	if (platform === void 0) return `${has}, and nothing says which one`;
	return `${has}, ${fits} of them for ${formatPlatform(platform)}`;
}
function labelOf(entry) {
	const [name] = namesOf$1(entry);
	const platform = entry.platform ? formatPlatform(entry.platform) : "no platform";
	return name === void 0 ? platform : entry.platform ? `${name} ${platform}` : name;
}

// packages/core/src/plan-layout.ts
/** What to push of a layout: the image of the platform given, or everything when none is. Bytes are pushed as they are. */
async function planLayout(layout, platform) {
	const reader = layoutReader(layout);
	const top = parseManifest(await layout.index(), mediaTypes.imageIndex);
	if (top.kind !== "index") throw invalidSource(reader.name, "its index.json is no image index");
	const { root, attestations } = await selectImage(reader, top.index, platform);
	const { annotations: _, ...bare } = root.descriptor;
	const descriptor = top.index.manifests.includes(root.descriptor) ? bare : root.descriptor;
	return planImage(reader, {
		root: {
			...root,
			descriptor
		},
		attestations
	}, platform);
}

// packages/core/src/refuse-incomplete.ts
const shownAtMost = 10;
/**
* Throws `LEG_MISSING` or `LEG_FAILED`, naming the legs or the jobs, unless what is there may be published. Where a leg may be
* missing, a job that failed is excused by legs of its own that are missing, and by nothing else.
*/
function refuseIncomplete(found, needs, onMissing = "fail") {
	const { group, missing, records, keepPrevious = [] } = found;
	const isAllowed = onMissing !== "fail" && records.length > 0;
	if (missing.length > 0 && !isAllowed) throw incomplete(found);
	if (onMissing === "keep-previous" && keepPrevious.length < missing.length) throw incomplete(found, "Say with \"expect\" which legs there must be, by their names or as the matrix: only then the entries that they had before are known.");
	const failed = (needs?.failed ?? []).filter((job) => !isAllowed || !lacksLegs(job, found));
	if (failed.length === 0) return;
	throw new MatrixError("LEG_FAILED", `group ${group} is not published, since a job did not succeed: ${failed.map(({ job, result }) => `${job}: ${result}`).join(", ")}`);
}
function incomplete({ group, missing, records }, hint) {
	const more = missing.length > shownAtMost ? ` and ${missing.length - shownAtMost} more` : "";
	return new MatrixError("LEG_MISSING", `group ${group} is not complete: ${records.length} legs are there, missing: ${missing.slice(0, shownAtMost).join("; ")}${more}`, hint === void 0 ? {} : { hint });
}
function lacksLegs({ job }, { records, missing }) {
	const own = records.filter(({ run }) => run.job === job);
	const [first] = own;
	return missing.includes(slugOf(job)) || first !== void 0 && placesOf(own) < first.total;
}
const placesOf = (records) => new Set(records.map(({ index }) => index)).size;

// packages/core/src/plan-release.ts
/**
* Says which tags may move: `tags` never, while a leg is missing whose entry of before is not kept. A complete release takes the partial
* tags with it, so that they are never behind. Throws `LEG_MISSING` or `LEG_FAILED` where none may.
*/
function planRelease(options) {
	const { records, needs, onMissing, tags, partialTags } = options;
	refuseIncomplete(records, needs, onMissing);
	if (onMissing !== "partial") return {
		records,
		tags
	};
	if (records.complete) return {
		records,
		tags: [...tags, ...partialTags]
	};
	return {
		records: {
			...records,
			complete: true
		},
		tags: partialTags
	};
}

// packages/core/src/load-referrers.ts
const maxReferrers = 1e3;
const concurrency = 8;
/**
* What refers to some manifests, of every artifact type, and what refers to that: signatures of an SBOM come along with it.
* Subjects come before what refers to them. A referrer that is listed and gone is left out.
*/
async function loadReferrers(repository, reader, subjects) {
	const seen = new Set(subjects);
	const all = [];
	for (let wave = subjects; wave.length > 0;) {
		const fresh = (await pMap(wave, (digest) => repository.referrers.list(digest), { concurrency })).flat().filter(({ digest }) => !seen.has(digest));
		for (const { digest } of fresh) seen.add(digest);
		if (seen.size - subjects.length > maxReferrers) throw invalidSource(reader.name, `more than ${maxReferrers} manifests refer to it`);
		const distinct = [...new Map(fresh.map((entry) => [entry.digest, entry])).values()];
		const found = await pMap(distinct, (entry) => findManifest(repository, entry), { concurrency });
		const named = new Set(wave);
		const loaded = found.filter((item) => item !== void 0).filter((item) => named.has(subjectOf$1(item)));
		for (const item of loaded) all.push(...await loadBelow(reader, item));
		wave = loaded.map(({ descriptor }) => descriptor.digest);
	}
	return all;
}
const subjectOf$1 = /* @__PURE__ */ __name(({ manifest }) => (manifest.kind === "image" ? manifest.image : manifest.index).subject?.digest, "subjectOf");

// packages/core/src/plan-remote.ts
/**
* What to push of an image in another repository: exactly the manifest that the reference names, or the image of one platform in
* it, with what refers to it. Blobs are read when somebody asks for their bytes, and not before; but for the config of an
* image that nothing else names a platform for.
*/
async function planRemote(options) {
	const { from, reference, platform, referrers = true } = options;
	const reader = repositoryReader(from);
	const named = reference.digest ?? reference.tag ?? "latest";
	const root = await from.manifests.fetch(named);
	if (root === void 0) throw unknownManifest(formatReference(from.name), named);
	const selected = root.manifest.kind === "index" && platform !== void 0 ? await selectImage(reader, root.manifest.index, platform, root) : {
		root,
		attestations: []
	};
	if (!referrers) return planImage(reader, selected, platform);
	const digests = [...(await loadBelow(reader, selected.root)).map(({ descriptor }) => descriptor), ...selected.attestations].map(({ digest }) => digest);
	const behind = await loadReferrers(from, reader, [...new Set(digests)]);
	return planImage(reader, selected, platform, behind);
}

// packages/core/src/published.ts
const publishedSchemaName = "oci-matrix/published/v1";
const name = string().check(_minLength(1));
const size = int().check(_nonnegative());
const digest = string().check(_regex(/^(?:sha256:[0-9a-f]{64}|sha512:[0-9a-f]{128})$/));
const content = {
	digest,
	mediaType: name,
	size
};
const entry = {
	...content,
	name,
	platform: optional$1(name),
	artifactType: optional$1(name)
};
const there = {
	outcome: union([
		literal("added"),
		literal("replaced"),
		literal("kept")
	]),
	previous: optional$1(digest)
};
/** What a release left behind: the index, the tags that name it, and what it holds. */
const publishedSchema = object({
	schema: literal(publishedSchemaName),
	...content,
	/** True if the index is another than the first tag named before. */
	changed: boolean(),
	/** True if nothing was written. */
	dryRun: boolean(),
	/** Where the index is. */
	images: array(object({
		image: name,
		tags: array(object({
			tag: name,
			moved: boolean(),
			previous: optional$1(digest)
		})),
		failure: optional$1(string())
	})),
	/** In the order of the index. An attestation whose subject is in the index stands with its subject. */
	manifests: array(object({
		...entry,
		...there,
		leg: optional$1(name),
		attestations: array(object({
			...content,
			...there
		}))
	})),
	removed: array(object(entry)),
	/** What no clean-up may delete as long as one of the tags is there; each digest once, the index first. */
	protected: array(digest)
});

// packages/core/src/entries-of-records.ts
/** The entries that legs give. One that pushed an index gives that index's entries, its attestations with them. */
const legEntries = (records) => records.flatMap(({ leg, descriptor, children }) => (children ?? (descriptor ? [descriptor] : [])).map((child) => ({
	leg,
	descriptor: child
})));
/** The index entries of some records. Throws `ENTRY_DUPLICATE` where two legs give one entry. */
const entriesOfRecords = (records, identity) => distinctEntries(legEntries(records), identity);
/** Each entry once. Throws `ENTRY_DUPLICATE` where two legs give one entry. */
function distinctEntries(entries, identity) {
	const seen = /* @__PURE__ */ new Map();
	return entries.filter((entry) => {
		const { descriptor } = entry;
		const key = attestationSubject(descriptor) ? descriptor.digest : identityKey(descriptor, identity);
		const other = seen.get(key);
		if (other === void 0) {
			seen.set(key, entry);
			return true;
		}
		if (other.descriptor.digest === entry.descriptor.digest) return false;
		throw duplicate(other, entry, identity);
	});
}
const duplicate = (a, b, identity) => new MatrixError("ENTRY_DUPLICATE", `two legs give the same entry, ${identityText(a.descriptor, identity)}: ${a.leg} (${a.descriptor.digest}) and ${b.leg} (${b.descriptor.digest})`, { hint: `Give each leg a platform of its own, or say what tells them apart with "identity", e.g. ${identity.join(" and ")} and annotations.<key>.` });

// packages/core/src/published-entries.ts
/** The entries of an index, each with the leg that pushed it and with its attestations. */
function publishedEntries(changes, records, identity) {
	const present = changes.filter(isPresent);
	const subjectOf = subjectsAmong(present);
	const bySubject = Map.groupBy(present, ({ descriptor }) => subjectOf(descriptor));
	const legOf = legFinder(records, identity);
	return {
		manifests: (bySubject.get(void 0) ?? []).map((change) => {
			const leg = legOf(change.descriptor);
			return {
				...described(change.descriptor, identity),
				...outcomeOf(change),
				...leg === void 0 ? {} : { leg },
				attestations: (bySubject.get(change.descriptor.digest) ?? []).map((attestation) => ({
					...contentOf$1(attestation.descriptor),
					...outcomeOf(attestation)
				}))
			};
		}),
		removed: changes.filter((change) => !isPresent(change)).map(({ descriptor }) => described(descriptor, identity))
	};
}
const isPresent = (change) => change.outcome !== "removed";
/** Of an attestation: its subject, if that is among the entries. Any other entry stands for itself. */
function subjectsAmong(present) {
	const subjects = new Set(present.filter(({ descriptor }) => attestationSubject(descriptor) === void 0).map(({ descriptor }) => descriptor.digest));
	return (descriptor) => {
		const subject = attestationSubject(descriptor);
		return subject !== void 0 && subjects.has(subject) ? subject : void 0;
	};
}
function legFinder(records, identity) {
	const entries = entriesOfRecords(records, identity);
	const byDigest = Map.groupBy(entries, ({ descriptor }) => descriptor.digest);
	return (descriptor) => {
		const key = identityKey(descriptor, identity);
		const legs = byDigest.get(descriptor.digest) ?? [];
		return (legs.find((entry) => identityKey(entry.descriptor, identity) === key) ?? legs[0])?.leg;
	};
}
const contentOf$1 = /* @__PURE__ */ __name(({ digest, mediaType, size }) => ({
	digest,
	mediaType,
	size
}), "contentOf");
function described(descriptor, identity) {
	const { platform, artifactType } = descriptor;
	const subject = attestationSubject(descriptor);
	return {
		...contentOf$1(descriptor),
		name: subject ? `attestation of ${subject}` : identityText(descriptor, identity),
		...platform === void 0 ? {} : { platform: formatPlatform(platform) },
		...artifactType === void 0 ? {} : { artifactType }
	};
}
const outcomeOf = ({ outcome, previous }) => ({
	outcome,
	...previous === void 0 ? {} : { previous: previous.digest }
});

// packages/core/src/published-index.ts
/** Tells of an index for people and machines: the document of `schemas/published-v1.json`. */
function publishedIndex(options) {
	const { updated, images, signatures = [], identity, records, dryRun } = options;
	const { digest, mediaType, size } = updated.descriptor;
	const entries = updated.entries.map((entry) => entry.digest);
	return {
		schema: publishedSchemaName,
		digest,
		mediaType,
		size,
		changed: updated.changed,
		dryRun,
		images: images.map(({ image, tags, failure }) => ({
			image: formatReference(image),
			tags: [...tags],
			...failure === void 0 ? {} : { failure }
		})),
		...publishedEntries(updated.changes, records?.records ?? [], identity),
		protected: [.../* @__PURE__ */ new Set([
			digest,
			...entries,
			...signatures,
			...updated.intents ?? []
		])]
	};
}

// packages/core/src/known-content.ts
/**
* What of a plan is in a repository for sure, since a manifest that is there points at it: its blobs and children, and
* what the children that are in the plan too point at. Registries keep what a manifest points at.
*/
function knownContent({ manifest }, { manifests }) {
	const known = new Set(contentOf(manifest));
	for (const { descriptor, bytes } of manifests.toReversed()) {
		if (!known.has(descriptor.digest)) continue;
		for (const digest of contentOf(parseManifest(bytes, descriptor.mediaType))) known.add(digest);
	}
	return known;
}
const contentOf = (manifest) => (manifest.kind === "index" ? manifest.index.manifests : [manifest.image.config, ...manifest.image.layers]).map(({ digest }) => digest);

// packages/core/src/look-for-image.ts
const fewBlobs = 2;
const nothing = {
	complete: false,
	noRepository: false,
	known: /* @__PURE__ */ new Set()
};
/**
* Looks for an image: at the tag that it is to get, since what is there now is most likely its previous version, and
* vouches for all that both have; without a tag at its digest.
*/
async function lookForImage({ manifests }, plan, tag) {
	const { digest } = plan.root;
	const at = tag ?? digest;
	try {
		if (plan.blobs.length <= fewBlobs) {
			const named = (await manifests.resolve(at))?.digest;
			return {
				...nothing,
				complete: named === digest,
				...previousOf(tag, named)
			};
		}
		const found = await manifests.find(at);
		if (typeof found === "string") return {
			...nothing,
			noRepository: found === "no-repository"
		};
		const named = found.descriptor.digest;
		const known = knownContent(found, plan);
		return {
			...nothing,
			complete: named === digest,
			known,
			...previousOf(tag, named)
		};
	} catch (error) {
		if (!isDenied(error) && !(error instanceof InvalidManifestError)) throw error;
		return nothing;
	}
}
const previousOf = (tag, named) => tag === void 0 || named === void 0 ? {} : { previous: named };

// packages/core/src/push-image.ts
/**
* Pushes a plan: its blobs, its manifests with the children first, and the tags with the last one. Says what had to travel.
* Where the registry has the image already it has all that it points at, and nothing but its tags is written.
*/
async function pushImage(options) {
	const { repository, plan, tags = [] } = options;
	const found = await lookForImage(repository, plan, tags[0]);
	const moving = (await planTags(repository, tags, found.previous, plan.root.digest)).filter(({ moved }) => moved);
	const root = plan.manifests.find(({ descriptor }) => descriptor.digest === plan.root.digest);
	const finish = async () => {
		if (root === void 0) return;
		const { bytes, descriptor } = root;
		await moveTags(repository, {
			bytes,
			mediaType: descriptor.mediaType
		}, moving);
	};
	const last = plan.manifests.at(-1) === root ? root : void 0;
	const pushed = found.complete ? allPresent(plan) : await pushAll({
		...options,
		found,
		last,
		finish
	});
	const tagged = last !== void 0 && !found.complete;
	if (moving.length > 0 && !tagged) await finish();
	return pushed;
}
function allPresent({ blobs, present }) {
	const all = [...blobs.map(({ descriptor }) => descriptor), ...present];
	return [...new Map(all.map((descriptor) => [descriptor.digest, descriptor])).values()].map((descriptor) => ({
		descriptor,
		outcome: "present"
	}));
}
async function pushAll(options) {
	const { repository, plan, found, last, finish } = options;
	await refuseAbsentBlobs(repository, plan.present.filter(({ digest }) => !found.known.has(digest)));
	const pushed = await pushBlobs({
		...options,
		...found,
		blobs: plan.blobs,
		likelyNew: true
	});
	const healed = [];
	for (const manifest of plan.manifests) {
		if (found.known.has(manifest.descriptor.digest)) continue;
		const { bytes, descriptor } = manifest;
		const put = () => repository.manifests.push(bytes, descriptor.mediaType);
		healed.push(...await putOrHeal(options, manifest === last ? finish : put));
	}
	const travelled = new Map(healed.map((blob) => [blob.descriptor.digest, blob]));
	return [...pushed.map((blob) => travelled.get(blob.descriptor.digest) ?? blob), ...plan.present.map((descriptor) => ({
		descriptor,
		outcome: "present"
	}))];
}
/**
* Puts a manifest. A registry that misses blobs in it gets them once more, if they are ours: they may have been deleted
* since we looked. Gives the blobs that then had to travel.
*/
async function putOrHeal({ repository, plan, concurrency, mountFrom }, put) {
	try {
		await put();
		return [];
	} catch (error) {
		const missing = missingDigests(error);
		const blobs = plan.blobs.filter(({ descriptor }) => missing?.includes(descriptor.digest));
		if (blobs.length === 0) throw error;
		const pushed = await pushBlobs({
			repository,
			blobs,
			concurrency,
			mountFrom
		});
		await put();
		return pushed.filter(({ outcome }) => outcome !== "present");
	}
}
async function refuseAbsentBlobs(repository, descriptors) {
	const found = await pMap(descriptors, ({ digest }) => repository.blobs.exists(digest), { concurrency: 16 });
	const absent = descriptors.filter((_, at) => !found[at]).map(({ digest }) => digest);
	if (absent.length === 0) return;
	throw new MatrixError("BLOB_UNKNOWN", `${absent.length} of the descriptors name blobs that ${repository.name.registry}/${repository.name.repository} does not have: ${absent.join(", ")}`, { hint: "Push them with push-blobs to the same image first, and pass its \"descriptors\" output on." });
}

// packages/core/src/plan-blobs.ts
/** The blobs of a plan that some of its manifests point at. */
function blobsOfManifests(plan, manifests) {
	const needed = new Set(manifests.flatMap(({ descriptor, bytes }) => {
		const manifest = parseManifest(bytes, descriptor.mediaType);
		if (manifest.kind === "index") return [];
		return [manifest.image.config, ...manifest.image.layers].map(({ digest }) => digest);
	}));
	return plan.blobs.filter(({ descriptor }) => needed.has(descriptor.digest));
}

// packages/core/src/push-plan.ts
/**
* Pushes a plan, and what refers to its root behind it. A registry that has the root has nothing to say of the rest: each of
* them is looked for on its own, and the tags come last.
*/
async function pushPlan(options) {
	const { plan, tags = [] } = options;
	const repository = options.remote ? lookingFirst(options.repository) : options.repository;
	const at = plan.manifests.findIndex(({ descriptor }) => descriptor.digest === plan.root.digest);
	const behind = at === -1 ? [] : plan.manifests.slice(at + 1);
	if (behind.length === 0) return pushImage({
		...options,
		repository
	});
	const before = plan.manifests.slice(0, at + 1);
	const main = {
		...plan,
		manifests: before,
		blobs: blobsOfManifests(plan, before)
	};
	const pushed = await pushImage({
		...options,
		repository,
		plan: main,
		tags: []
	});
	for (const manifest of behind) {
		const part = partOf(plan, manifest);
		pushed.push(...await pushImage({
			...options,
			repository,
			plan: part,
			tags: []
		}));
	}
	if (tags.length > 0) await pushImage({
		...options,
		repository,
		plan: main
	});
	return [...new Map(pushed.toReversed().map((blob) => [blob.descriptor.digest, blob])).values()];
}
const partOf = (plan, manifest) => ({
	blobs: blobsOfManifests(plan, [manifest]),
	present: [],
	manifests: [manifest],
	root: manifest.descriptor
});
const lookingFirst = (repository) => ({
	...repository,
	blobs: {
		...repository.blobs,
		ensure: (descriptor, source, options) => repository.blobs.ensure(descriptor, source, {
			...options,
			unasked: false
		})
	}
});

// packages/core/src/remove-entries.ts
/** Reads the lines of `remove`: a digest, a platform, or `annotations.<key>=<value>`. */
function parseSelectors(lines) {
	return lines.map((line) => {
		if (isDigest(line)) return {
			kind: "digest",
			digest: line
		};
		const pair = /^annotations\.(?<key>[^=\s]+)=(?<value>.*)$/.exec(line)?.groups;
		if (pair) return {
			kind: "annotation",
			key: pair.key ?? "",
			value: pair.value ?? ""
		};
		return {
			kind: "platform",
			platform: parsePlatform(line)
		};
	});
}
/** Takes out what any selector names, and the attestations of it. Throws when nothing would be left. */
function removeEntries(current, selectors) {
	const named = ({ descriptor }) => selectors.some((selector) => selects(selector, descriptor));
	const stays = new Set(current.filter((entry) => !named(entry)).map(({ descriptor }) => descriptor.digest));
	const gone = new Set(current.filter((entry) => named(entry) && !stays.has(entry.descriptor.digest)).map(({ descriptor }) => descriptor.digest));
	const leaves = (entry) => named(entry) || gone.has(attestationSubject(entry.descriptor) ?? "");
	const entries = current.filter((entry) => !leaves(entry));
	if (entries.length === 0 && current.length > 0) throw new MatrixError("INPUT_INVALID", `remove names all ${current.length} entries of the index`, { hint: "Leave at least one entry; to take an index away, delete its tag." });
	return {
		entries,
		changes: current.map((entry) => ({
			outcome: leaves(entry) ? "removed" : "kept",
			descriptor: entry.descriptor
		}))
	};
}
/** True if a selector names this entry. */
function selects(selector, { digest, annotations, platform }) {
	switch (selector.kind) {
		case "digest": return digest === selector.digest;
		case "annotation": return annotations?.[selector.key] === selector.value;
		case "platform": return samePlatform(selector.platform, platform);
	}
}

// packages/core/src/resolve-subject.ts
/** The descriptor of the manifest that a new one refers to as its subject, by digest or by tag in the same repository. */
async function resolveSubject({ manifests, name }, text) {
	const found = await manifests.resolve(isDigest(text) ? text : parseTag(text));
	if (found !== void 0) return found;
	throw new MatrixError("MANIFEST_UNKNOWN", `the subject ${text} is not in ${name.registry}/${name.repository}`, { hint: "Push the subject to this image first, or give its digest." });
}

// packages/core/src/retag.ts
/** Reads what names a manifest of an image: a tag or a digest. */
const parseManifestName = (text) => isDigest(text) ? text : parseTag(text);
/** Puts more tags on a manifest or an index, its bytes as they are. A tag that names it already is not written. */
async function retag({ repository, source, tags, dryRun = false }) {
	const { manifests, name } = repository;
	const [first] = tags;
	if (first === void 0) throw new MatrixError("INPUT_INVALID", "no tag was given");
	const found = await manifests.fetch(source);
	if (found === void 0) throw new MatrixError("MANIFEST_UNKNOWN", `${name.registry}/${name.repository} has no ${source}, so nothing can be tagged with ${tags.join(", ")}`, { hint: "Check \"source\": it names what the tags are to name, and is never made." });
	const { descriptor, bytes } = found;
	const planned = await planTags(repository, tags, "unknown", descriptor.digest);
	const moving = planned.filter(({ moved }) => moved);
	if (!dryRun && moving.length > 0) await moveTags(repository, {
		bytes,
		mediaType: descriptor.mediaType
	}, moving);
	return {
		descriptor,
		tags: planned
	};
}

// packages/core/src/index-document.ts
const emptyIndex = {
	entries: [],
	members: /* @__PURE__ */ new Map()
};
/** An entry of ours. */
const entryOf = (descriptor) => ({
	descriptor,
	source: canonicalText(descriptor)
});
/** Takes an index apart, OCI's or Docker's; it was checked by `parseManifest`. */
function readIndex(bytes, index) {
	const members = memberSources(new TextDecoder().decode(bytes));
	const sources = elementSources(members.get("manifests") ?? "[]");
	for (const own of [
		"schemaVersion",
		"mediaType",
		"manifests"
	]) members.delete(own);
	return {
		entries: index.manifests.map((descriptor, at) => ({
			descriptor,
			source: sources[at] ?? canonicalText(descriptor)
		})),
		members
	};
}
/** The document with our annotations over its own, and our artifact type and subject in the place of its own. */
function changeMembers({ entries, members }, { annotations = {}, artifactType, subject }) {
	const changed = new Map(members);
	const set = (key, value) => {
		const text = canonicalText(value);
		if (canonicalText(JSON.parse(members.get(key) ?? "null")) !== text) changed.set(key, text);
	};
	const own = JSON.parse(members.get("annotations") ?? "{}");
	if (Object.keys(annotations).length > 0) set("annotations", {
		...own,
		...annotations
	});
	if (artifactType !== void 0) set("artifactType", artifactType);
	if (subject !== void 0) set("subject", subject);
	return {
		entries,
		members: changed
	};
}
const before = ["artifactType"];
const after = ["subject", "annotations"];
/** The bytes of an OCI index: its members in one order, entries as they are, no white space between. */
function writeIndex({ entries, members }) {
	const known = /* @__PURE__ */ new Set([...before, ...after]);
	const unknown = [...members.keys()].filter((key) => !known.has(key));
	const write = (keys) => keys.flatMap((key) => {
		const source = members.get(key);
		return source === void 0 ? [] : [`${JSON.stringify(key)}:${source}`];
	});
	const text = [
		`"schemaVersion":2`,
		`"mediaType":${JSON.stringify(mediaTypes.imageIndex)}`,
		...write(before),
		`"manifests":[${entries.map(({ source }) => source).join(",")}]`,
		...write(after),
		...write(unknown)
	];
	const bytes = new TextEncoder().encode(`{${text.join(",")}}`);
	parseManifest(bytes, mediaTypes.imageIndex);
	return bytes;
}

// packages/core/src/settle-attestations.ts
/** `keep`: entries of the index; `referrers`: manifests that refer to their images; `none`: nothing. */
const attestationModes = [
	"keep",
	"referrers",
	"none"
];
/** What BuildKit itself calls an attestation that refers to its image (`oci-artifact=true`). */
const attestationType = "application/vnd.docker.attestation.manifest.v1+json";
/**
* The plan with its attestations as the mode has them. Other than `keep` an index is written anew without them, and of a
* single image that image alone is left; a referrer has the config and the layers of its attestation, and a subject.
*/
async function settleAttestations(plan, mode, load) {
	const children = plan.children ?? [];
	const attestations = children.filter((entry) => attestationSubject(entry) !== void 0);
	if (mode === "keep" || attestations.length === 0) return plan;
	const images = children.filter((entry) => attestationSubject(entry) === void 0);
	const known = new Map(plan.manifests.map((item) => [item.descriptor.digest, item]));
	const find = async (descriptor) => known.get(descriptor.digest) ?? {
		descriptor,
		bytes: await load(descriptor)
	};
	const root = await rootOf(plan, images, find);
	const referrers = mode === "none" ? [] : await Promise.all(attestations.map(async (entry) => asReferrer(await find(entry), images)));
	const kept = new Set(images.map(({ digest }) => digest));
	const gone = new Set(attestations.map(({ digest }) => digest));
	const manifests = [
		...plan.manifests.filter(({ descriptor: { digest } }) => kept.has(digest)).filter(({ descriptor }) => descriptor.digest !== root.descriptor.digest),
		root,
		...stillReferring(plan, root, kept, gone),
		...referrers
	];
	return {
		blobs: blobsOfManifests(plan, manifests),
		present: plan.present,
		manifests,
		root: root.descriptor,
		...images.length > 1 ? { children: images } : {}
	};
}
async function rootOf({ root }, images, find) {
	const [image] = images;
	if (image !== void 0 && images.length === 1) return {
		descriptor: image,
		bytes: (await find(image)).bytes
	};
	const { bytes } = await find(root);
	const manifest = parseManifest(bytes, root.mediaType);
	if (image === void 0 || manifest.kind !== "index") throw noImage(root.digest);
	const { members } = readIndex(bytes, manifest.index);
	const written = writeIndex({
		entries: images.map(entryOf),
		members
	});
	return {
		descriptor: descriptorOf(written, mediaTypes.imageIndex),
		bytes: written
	};
}
function asReferrer({ descriptor, bytes }, images) {
	const subject = images.find(({ digest }) => digest === attestationSubject(descriptor));
	if (subject === void 0) throw orphan(descriptor);
	const { mediaType, digest, size } = subject;
	const image = imageOf({
		descriptor,
		bytes
	});
	const artifactType = image.artifactType || "application/vnd.docker.attestation.manifest.v1+json";
	if (image.subject?.digest === digest && artifactType === image.artifactType) return {
		descriptor,
		bytes
	};
	const next = canonicalBytes({
		...image,
		mediaType: mediaTypes.imageManifest,
		artifactType,
		subject: {
			mediaType,
			digest,
			size
		}
	});
	return {
		descriptor: descriptorOf(next, mediaTypes.imageManifest, { artifactType }),
		bytes: next
	};
}
/** What came along behind the root, as far as what it refers to is still there. */
function stillReferring({ manifests, root }, { descriptor }, images, gone) {
	const at = manifests.findIndex((item) => item.descriptor.digest === root.digest);
	const there = /* @__PURE__ */ new Set([...images, descriptor.digest]);
	const kept = [];
	for (const item of manifests.slice(at + 1)) {
		const { digest } = item.descriptor;
		const subject = subjectOf(item);
		if (subject === void 0 || !there.has(subject) || gone.has(digest)) continue;
		there.add(digest);
		kept.push(item);
	}
	return kept;
}
function subjectOf({ descriptor, bytes }) {
	const manifest = parseManifest(bytes, descriptor.mediaType);
	return (manifest.kind === "image" ? manifest.image : manifest.index).subject?.digest;
}
function imageOf({ descriptor, bytes }) {
	const manifest = parseManifest(bytes, descriptor.mediaType);
	if (manifest.kind === "image") return manifest.image;
	throw new MatrixError("SOURCE_INVALID", `the attestation ${descriptor.digest} is an index`);
}
const noImage = (digest) => new MatrixError("SOURCE_INVALID", `${digest} has attestations and no image`);
const orphan = (attestation) => new MatrixError("SOURCE_INVALID", `the attestation ${attestation.digest} speaks of ${attestationSubject(attestation)}, which is not among the images`, { hint: "Build the image and its attestations again, or drop these with \"attestations: none\"." });

// packages/core/src/signing/formats.ts
/** Of the one layer and of the manifest around it: https://github.com/sigstore/cosign/blob/v3.1.2/specs/BUNDLE_SPEC.md */
const bundleType = "application/vnd.dev.sigstore.bundle.v0.3+json";
/** What cosign states in a bundle of a signature; others are attestations. */
const signPredicate = "https://sigstore.dev/cosign/sign/v1";
/** https://github.com/sigstore/cosign/blob/v3.1.2/specs/SIGNATURE_SPEC.md#simple-signing */
const simpleSigningType = "application/vnd.dev.cosign.simplesigning.v1+json";
/** Of a legacy layer, in base64. */
const signatureAnnotation = "dev.cosignproject.cosign/signature";
/** Of one signature, in bytes. */
const maxSignatureSize = 1048576;
/** Where the legacy signatures of a digest are; undefined for a sha512 digest, which is too long for a tag. */
function legacyTag(digest) {
	const tag = `${algorithmOf(digest)}-${encodedOf(digest)}.sig`;
	return isTag(tag) ? tag : void 0;
}

// packages/core/src/signing/well-formed.ts
const some = string().check(_minLength(1));
const simpleSigning = object({ critical: object({
	image: object({ "docker-manifest-digest": string() }),
	type: string()
}) });
const bundle = object({
	verificationMaterial: looseObject({}),
	dsseEnvelope: object({
		payload: some,
		signatures: array(object({ sig: some })).check(_minLength(1))
	})
});
const statement = object({
	subject: array(object({ digest: record(string(), string()) })),
	predicateType: literal(signPredicate)
});
/** True of what has the form of a signature and names the digest. Anybody can write that: it says nothing of who did. */
const isWellFormed = (content, digest) => content.format === "bundle" ? isBundle(content.bytes, digest) : isLegacy(content.signature, digest);
function isLegacy({ payload, annotations }, digest) {
	return simpleSigning.safeParse(jsonOf(payload)).data?.critical.image["docker-manifest-digest"] === digest && Boolean(annotations["dev.cosignproject.cosign/signature"]);
}
function isBundle(bytes, digest) {
	const envelope = bundle.safeParse(jsonOf(bytes)).data?.dsseEnvelope;
	if (envelope === void 0) return false;
	const said = statement.safeParse(jsonOf(Buffer.from(envelope.payload, "base64")));
	const algorithm = digest.slice(0, digest.indexOf(":"));
	return said.data?.subject.some((one) => one.digest[algorithm] === encodedOf(digest)) ?? false;
}

// packages/core/src/signing/holds.ts
/** Throws `SIGNATURE_INVALID` unless the signature is for the digest, and of whom the verifier is about. */
const verify$1 = /* @__PURE__ */ __name((content, digest, verifier) => content.format === "bundle" ? verifier.bundle(content.bytes, digest) : verifier.legacy(content.signature, digest), "verify");
const refusals = ["SIGNATURE_INVALID", "CLOCK_SKEW"];
/** True if a verifier accepts the signature; without one, if it has the form of one for the digest. */
async function holds(content, digest, verifier) {
	if (verifier === void 0) return isWellFormed(content, digest);
	try {
		await verify$1(content, digest, verifier);
		return true;
	} catch (error) {
		if (error instanceof OciError && refusals.includes(error.code)) return false;
		throw error;
	}
}

// packages/core/src/signing/read-bundles.ts
/** The bundles that refer to a digest, the last of the list first; each is fetched when it is asked for. */
async function* readBundles(repository, digest, { signal } = {}) {
	const mayBe = (await repository.referrers.list(digest, { signal })).filter(mayBeSignature).slice(-100).reverse();
	for (const { digest: at } of mayBe) {
		const read = await unlessBroken(readBundle(repository, at, { signal }));
		if (read !== void 0) yield read;
	}
}
/** The bundle in a manifest, whatever it is of; undefined where that has none. */
async function readBundle({ manifests, blobs, name }, at, { signal }) {
	const found = await manifests.fetch(at, { signal });
	if (found?.manifest.kind !== "image") return void 0;
	const [layer, ...more] = found.manifest.image.layers;
	if (layer === void 0 || more.length > 0 || !isBundleType(layer.mediaType)) return void 0;
	const bytes = await blobs.fetchBytes(layer, maxSignatureSize, { signal });
	const reference = formatReference({
		...name,
		digest: at
	});
	return {
		format: "bundle",
		bytes,
		descriptor: found.descriptor,
		reference
	};
}
function mayBeSignature({ artifactType = mediaTypes.empty, annotations }) {
	const predicate = annotations?.["dev.sigstore.bundle.predicateType"] ?? "https://sigstore.dev/cosign/sign/v1";
	return (artifactType === mediaTypes.empty || isBundleType(artifactType)) && predicate === "https://sigstore.dev/cosign/sign/v1";
}
const isBundleType = (mediaType) => mediaType.startsWith("application/vnd.dev.sigstore.bundle");

// packages/core/src/signing/read-legacy.ts
/** What the tag of the legacy signatures names; undefined where there is none. Throws `SOURCE_INVALID` if it is no image. */
async function readLegacyImage(repository, tag, { signal }) {
	const asked = repository.manifests.fetch(tag, { signal });
	const found = await unlessUnlisted(repository, tag, asked);
	if (found === void 0) return void 0;
	const { descriptor, bytes, manifest } = found;
	if (manifest.kind === "index") throw new MatrixError("SOURCE_INVALID", `${formatReference(repository.name)}:${tag} is an index, where cosign keeps signatures in an image`, { hint: "Delete the tag if nothing needs it, or sign in the format \"bundle\"." });
	const layers = memberSources(new TextDecoder().decode(bytes)).get("layers") ?? "[]";
	return {
		descriptor,
		bytes,
		image: manifest.image,
		sources: elementSources(layers)
	};
}
/** The legacy signatures of a digest, the newest first; each is fetched when it is asked for. */
async function* readLegacy(repository, digest, { signal } = {}) {
	const tag = legacyTag(digest);
	if (tag === void 0) return;
	const image = await unlessBroken(readLegacyImage(repository, tag, { signal }));
	if (image !== void 0) yield* signaturesOf(repository, tag, image, { signal });
}
/** The signatures in an image, the newest first: the last layer. */
async function* signaturesOf(repository, tag, { descriptor, image: { layers } }, { signal }) {
	const reference = formatReference({
		...repository.name,
		tag
	});
	for (const layer of layers.slice(-100).reverse()) {
		const { annotations = {}, mediaType } = layer;
		if (mediaType !== "application/vnd.dev.cosign.simplesigning.v1+json" || !annotations["dev.cosignproject.cosign/signature"]) continue;
		const fetching = repository.blobs.fetchBytes(layer, maxSignatureSize, { signal });
		const payload = await unlessBroken(fetching);
		if (payload === void 0) continue;
		yield {
			format: "legacy",
			descriptor,
			reference,
			signature: {
				payload,
				annotations
			}
		};
	}
}

// packages/core/src/signing/find-signatures.ts
/** The first signature that holds: no more is read than that takes. */
async function findSignature(options) {
	for await (const one of holding(options)) return one;
}
async function* holding(options) {
	const { formats = ["bundle", "legacy"], digest, verifier } = options;
	for (const format of formats) for await (const read of readersOf[format](options.repository, digest, options)) {
		const { descriptor, reference } = read;
		if (await holds(read, digest, verifier)) yield {
			format,
			descriptor,
			reference
		};
	}
}
const readersOf = {
	bundle: readBundles,
	legacy: readLegacy
};

// packages/core/src/signing/resolve-to-sign.ts
/** The digest that a tag names now, or the digest itself: a tag is asked for once, since it may move while something is signed. */
async function resolveToSign({ manifests, name }, text, options = {}) {
	if (isDigest(text)) return text;
	const found = await manifests.resolve(parseTag(text), options);
	if (found !== void 0) return found.digest;
	throw new MatrixError("MANIFEST_UNKNOWN", `${formatReference(name)} has no tag ${text}, so it cannot be signed`, { hint: "Sign the digest that the push gave." });
}

// packages/core/src/converge/clock.ts
/** The machine's own time and chance. */
const systemClock = {
	now: Date.now,
	random: Math.random,
	async sleep(ms, signal) {
		await setTimeout$1(ms, void 0, { signal }).catch(() => void 0);
		signal.throwIfAborted();
	}
};

// packages/core/src/signing/explained.ts
/** An error, or in its place what it means where a registry does not let the tag move that signatures are found by. */
function explained(error, name, tag, previous) {
	if (previous === void 0 || !isImmutable(error, {
		tag,
		previous
	})) return error;
	return new MatrixError("TAG_IMMUTABLE", `${formatReference(name)}:${tag} names signatures already, and the registry does not let it move to have one more`, {
		hint: "Let tags that begin with \"sha256-\" move in this repository, or sign each digest once, in one format.",
		cause: error
	});
}

// packages/core/src/signing/store-options.ts
/** What is thrown where the registry took a signature and does not give it back. */
const lost = (name, at, subject) => new MatrixError("MANIFEST_UNKNOWN", `${formatReference(name)} took ${at}, a signature of ${subject}, and does not give it back`, { hint: "Run the step again; what was signed is not signed twice." });

// packages/core/src/signing/store-bundle.ts
/**
* Signs in a bundle, pushes that as a referrer of what is signed, and reads it back. It gets no tag of its own: without a
* referrers API the index at the fallback tag names it, so it is as safe from garbage collection as the entries of any
* index; cosign looks nowhere else; and a tag for every signature would drown those that people look for.
*/
async function storeBundle(subject, { repository, signer, pushEmpty, clock, signal }) {
	const { name, manifests } = repository;
	const { digest } = subject;
	const bytes = await signer.bundle({
		image: name,
		digest
	}, { signal });
	const layer = descriptorOf(bytes, bundleType);
	await Promise.all([pushEmpty(), pushBytes(repository, layer, bytes, signal)]);
	const manifest = canonicalBytes(bundleManifest(subject, layer, new Date(clock.now())));
	const pushed = await manifests.push(manifest, mediaTypes.imageManifest, { signal }).catch((error) => {
		const tag = `${algorithmOf(digest)}-${encodedOf(digest).slice(0, 64)}`;
		throw explained(error, name, tag, digest);
	});
	const back = await readBundle(repository, pushed.digest, { signal });
	if (back === void 0) throw lost(name, pushed.digest, digest);
	await verify$1(back, digest, signer.verifier);
	return back;
}
const bundleManifest = ({ mediaType, digest, size }, layer, now) => ({
	schemaVersion: 2,
	mediaType: mediaTypes.imageManifest,
	artifactType: bundleType,
	config: emptyDescriptor,
	layers: [layer],
	subject: {
		mediaType,
		digest,
		size
	},
	annotations: {
		"dev.sigstore.bundle.content": "dsse-envelope",
		"dev.sigstore.bundle.predicateType": signPredicate,
		"org.opencontainers.image.created": now.toISOString().replace(/\.\d+Z$/, "Z")
	}
});

// packages/core/src/confirm-tag.ts
/** A writer that looked at the tag longer ago than this looks again before it writes, in ms. */
const freshFor = 250;
const pauses$1 = [
	500,
	1e3,
	2e3,
	4e3
];
/**
* Looks at a tag after it was written. Who looked at it last before that may still be about to write what does not have
* our entries, so the look comes when such a write would be done: after what a look may be old, and twice what a write takes.
* Throws `CONFLICT` if the entries are gone and stay gone. An answer from before the write says nothing: registries show
* tags late. Nor does a later index that has the entries.
*/
async function confirmTag(tag, clock, signal) {
	const first = Math.min(250 + 2 * tag.took, 5e3);
	let seen = "before";
	for (const pause of [first, ...pauses$1]) {
		await clock.sleep(pause, signal);
		seen = await look$1(tag);
		if (seen === "ours") return;
	}
	if (seen !== "before") throw lostRace(tag, seen.digest);
}
async function look$1({ repository, tag, before, written, holds }) {
	try {
		const named = (await repository.manifests.resolve(tag))?.digest;
		if (named === written) return "ours";
		if (named === void 0 || named === before) return "before";
		const found = await repository.manifests.fetch(named);
		return holds(found?.manifest.kind === "index" ? found.manifest.index.manifests : []) ? "ours" : { digest: named };
	} catch (error) {
		if (isDenied(error)) return "ours";
		throw error;
	}
}
__name(look$1, "look");
const lostRace = ({ repository: { name }, tag, written }, found) => new MatrixError("CONFLICT", `${name.registry}/${name.repository}:${tag} was written at the same time by somebody else: it names ${found}, which does not have what ${written} has`, { hint: "Run the job again, which merges with what is there now; so that it does not happen, set \"concurrent: true\", or give all jobs that write this tag one \"concurrency\" group." });

// packages/core/src/signing/legacy-image.ts
/**
* The image with more layers, given as JSON text, at its end; every layer that is there, and everything else, stays byte for
* byte as it was. Of the config, which lists the layers once more and which nobody reads, there is a new one.
*/
function withLayers(shown, added) {
	const sources = [...shown?.sources ?? [], ...added];
	const config = configFor(shown, sources);
	const members = new Map(shown === void 0 ? fresh : membersOf(shown));
	if (config !== void 0) members.set("config", canonicalText(config.descriptor));
	members.set("layers", `[${sources.join(",")}]`);
	const text = [...members].map(([key, source]) => `${JSON.stringify(key)}:${source}`).join(",");
	const bytes = new TextEncoder().encode(`{${text}}`);
	const mediaType = shown?.descriptor.mediaType ?? mediaTypes.imageManifest;
	return {
		descriptor: descriptorOf(bytes, mediaType),
		bytes,
		...config === void 0 ? {} : { config }
	};
}
const fresh = [
	["schemaVersion", "2"],
	["mediaType", JSON.stringify(mediaTypes.imageManifest)],
	["config", "{}"]
];
const membersOf = ({ bytes }) => memberSources(new TextDecoder().decode(bytes));
function configFor(shown, sources) {
	const mediaType = shown?.image.config.mediaType ?? mediaTypes.imageConfig;
	if (!isImageConfigType(mediaType)) return void 0;
	const document = {
		architecture: "",
		os: "",
		config: {},
		rootfs: {
			type: "layers",
			diff_ids: sources.map((source) => digestIn(source))
		}
	};
	const bytes = new TextEncoder().encode(JSON.stringify(document));
	return {
		descriptor: descriptorOf(bytes, mediaType),
		bytes
	};
}
const digestIn = (source) => JSON.parse(source).digest;

// packages/core/src/signing/add-to-legacy.ts
const maxWrites = 10;
const pauses = [
	500,
	1e3,
	2e3,
	4e3
];
/**
* Adds signatures to those at a tag that writers we do not control write to as well, cosign among them. No registry has
* compare-and-swap, so the tag is looked at right before it is written, and again when a write that did not know ours should
* be done: what ever was seen there and is no more, ours or theirs, is merged and written again. Gives what the tag names when
* all of it is there. What comes and goes between a look and a write nobody can know.
*
* What was there first stays first. Readers that look at the first layer alone, as Garden Linux' updater does, see the key
* that signed first: sign with the key that they know before any other.
*/
async function addToLegacy(options) {
	const { repository, tag, clock, signal } = options;
	let image = options.seen;
	const known = /* @__PURE__ */ new Map();
	const past = /* @__PURE__ */ new Set();
	for (let writes = 0; writes < maxWrites; writes += 1) {
		const shown = layersOf(image?.sources ?? []);
		for (const [key, source] of [...shown, ...layersOf(options.layers)]) if (!known.has(key)) known.set(key, source);
		const missing = [...known].filter(([key]) => !shown.has(key)).map(([, source]) => source);
		if (image !== void 0 && missing.length === 0) return image.descriptor;
		const start = clock.now();
		if (!await write(options, withLayers(image, missing), image?.descriptor.digest)) {
			await clock.sleep(250 * (1 + clock.random()), signal);
			image = await readLegacyImage(repository, tag, { signal });
			continue;
		}
		past.add(image?.descriptor.digest);
		const took = clock.now() - start;
		image = await lookAgain(options, {
			known,
			past,
			first: (writes === 0 ? Math.min(250 + 2 * took, 5e3) : 2e3) * (1 + clock.random())
		});
	}
	throw new MatrixError("CONFLICT", `${formatReference(repository.name)}:${tag} was written by others each of the ${maxWrites} times that a signature was added to it`, { hint: "Run the step again when the others are done: signatures that are there stay." });
}
const layersOf = (sources) => new Map(sources.map((source) => [canonicalText(JSON.parse(source)), source]));
/** What the tag names when that is ours, or somebody else's. What goes on being shown is the truth, however old. */
async function lookAgain({ repository, tag, clock, signal }, { known, past, first }) {
	let image;
	for (const pause of [first, ...pauses]) {
		await clock.sleep(pause, signal);
		image = await readLegacyImage(repository, tag, { signal });
		const shown = layersOf(image?.sources ?? []);
		if (known.keys().every((key) => shown.has(key)) || !past.has(image?.descriptor.digest)) return image;
	}
	return image;
}
/** False if the tag has moved since it was read: it would be written over what somebody else put there. */
async function write({ repository, tag, signal }, { descriptor, bytes, config }, previous) {
	const { manifests, name } = repository;
	if (config !== void 0) await pushBytes(repository, config.descriptor, config.bytes, signal);
	let hasMoved = false;
	const beforePut = async () => {
		const asked = manifests.resolve(tag, { signal });
		const now = (await unlessUnlisted(repository, tag, asked))?.digest;
		hasMoved = now !== previous && now !== descriptor.digest;
		if (hasMoved) throw new Error("the tag has moved meanwhile");
	};
	try {
		await beforePut();
		await manifests.push(bytes, descriptor.mediaType, {
			tag,
			beforeRepeat: beforePut,
			signal
		});
		return true;
	} catch (error) {
		if (hasMoved) return false;
		throw explained(error, name, tag, previous);
	}
}

// packages/core/src/signing/store-legacy.ts
/** Where the legacy signatures of a manifest go. Throws `INPUT_INVALID` where its digest is too long for a tag. */
function tagFor({ digest }) {
	const tag = legacyTag(digest);
	if (tag !== void 0) return tag;
	throw new MatrixError("INPUT_INVALID", `${digest} cannot be signed in the format legacy, whose tag would be too long`, { hint: "Sign it in the format \"bundle\", or push it with a sha256 digest." });
}
/** Signs in cosign's older format, adds that to what is at the tag, and reads it back. */
async function storeLegacy(subject, seen, { repository, signer, clock, signal }) {
	const { name, blobs } = repository;
	const { digest } = subject;
	const tag = tagFor(subject);
	const { payload, annotations } = await signer.legacy({
		image: name,
		digest
	}, { signal });
	const blob = descriptorOf(payload, simpleSigningType);
	await pushBytes(repository, blob, payload, signal);
	const layer = canonicalText({
		...blob,
		annotations
	});
	const written = await addToLegacy({
		repository,
		tag,
		layers: [layer],
		seen,
		clock,
		signal
	});
	const stored = (await readLegacyImage(repository, written.digest, { signal }))?.image.layers.find((one) => canonicalText(one) === layer);
	if (stored === void 0) throw lost(name, written.digest, digest);
	const signature = {
		payload: await blobs.fetchBytes(stored, maxSignatureSize, { signal }),
		annotations: stored.annotations ?? {}
	};
	await signer.verifier.legacy(signature, digest);
	return {
		format: "legacy",
		descriptor: written,
		reference: formatReference({
			...name,
			tag
		}),
		signature
	};
}

// packages/core/src/signing/subjects-to-sign.ts
const maxDepth = 16;
const maxSubjects = 1e3;
/**
* The manifests that a digest stands for, each once, as the registry has them; what attests to others is not among them.
* Throws `MANIFEST_UNKNOWN` if one is not there.
*/
async function subjectsToSign(repository, digest, { recursive = false, dryRun = false, signal }) {
	const subjects = /* @__PURE__ */ new Map();
	let next = [digest];
	for (let depth = 0; next.length > 0; depth += 1) {
		if (depth > maxDepth || subjects.size + next.length > maxSubjects) throw tooMany(repository, digest);
		const found = await pMap(next, (one) => subjectAt(repository, one, {
			dryRun,
			signal
		}), { concurrency: 24 });
		for (const one of found) subjects.set(one.digest, one);
		const indexes = recursive ? found.filter(({ mediaType }) => isIndexType(mediaType)) : [];
		const entries = await pMap(indexes, (index) => entriesOf(repository, index.digest, signal), { concurrency: 8 });
		next = [...new Set(entries.flat())].filter((one) => !subjects.has(one));
	}
	return [...subjects.values()];
}
async function subjectAt({ manifests, name }, digest, { dryRun, signal }) {
	const found = await manifests.resolve(digest, { signal });
	if (found !== void 0) return found;
	if (dryRun) return {
		mediaType: mediaTypes.imageManifest,
		digest,
		size: 0
	};
	throw new MatrixError("MANIFEST_UNKNOWN", `${formatReference(name)} does not have ${digest}, so it cannot be signed`, { hint: "Push it to this image first, without dry-run, and sign the digest that push gives." });
}
async function entriesOf({ manifests }, digest, signal) {
	const found = await manifests.fetch(digest, { signal });
	return (found?.manifest.kind === "index" ? found.manifest.index.manifests : []).filter((entry) => attestationSubject(entry) === void 0).map((entry) => entry.digest);
}
const tooMany = ({ name }, digest) => new MatrixError("SOURCE_INVALID", `${formatReference(name)}@${digest} names more than ${maxSubjects} manifests, or nests deeper than ${maxDepth}`, { hint: "Sign the index alone, and what each leg pushed in the leg." });

// packages/core/src/signing/sign-manifest.ts
/**
* Signs a manifest and, where that is asked for, all that it names. What the signer has signed already stays as it is; what
* it signs now is read back from the registry, and verified, before this is done. Nothing is signed unless all of it is there.
*/
async function signManifest(options) {
	const { repository, digest, formats, concurrency = 8, onSigned } = options;
	const { clock = systemClock, signal = new AbortController().signal } = options;
	if (formats.length === 0) throw new MatrixError("INPUT_INVALID", "no format of signatures was given", { hint: "Give \"bundle\", \"legacy\" or both." });
	const subjects = await subjectsToSign(repository, digest, options);
	if (formats.includes("legacy")) for (const subject of subjects) tagFor(subject);
	const wanted = subjects.flatMap((subject) => [...new Set(formats)].map((format) => ({
		subject,
		format
	})));
	const signOne = {
		bundle: signBundle,
		legacy: signLegacy
	};
	let empty;
	const pushEmpty = () => {
		empty ??= pushBytes(repository, emptyDescriptor, emptyBytes, signal);
		return empty;
	};
	return pMap(wanted, async ({ subject, format }) => {
		signal.throwIfAborted();
		const signed = await signOne[format](subject, {
			...options,
			pushEmpty,
			clock,
			signal
		});
		onSigned?.(signed);
		return signed;
	}, { concurrency });
}
async function signBundle(subject, options) {
	const { repository, dryRun = false, signal } = options;
	const own = await firstOwn(readBundles(repository, subject.digest, { signal }), subject, options);
	if (own !== void 0) return storedAs("present", subject, own);
	if (dryRun) return {
		subject: subject.digest,
		format: "bundle",
		outcome: "signed"
	};
	return storedAs("signed", subject, await storeBundle(subject, options));
}
async function signLegacy(subject, options) {
	const { repository, dryRun = false, signal } = options;
	const tag = tagFor(subject);
	const seen = await readLegacyImage(repository, tag, { signal });
	const read = seen && signaturesOf(repository, tag, seen, { signal });
	const own = read && await firstOwn(read, subject, options);
	if (own !== void 0) return storedAs("present", subject, own);
	const reference = formatReference({
		...repository.name,
		tag
	});
	if (dryRun) return {
		subject: subject.digest,
		format: "legacy",
		outcome: "signed",
		reference
	};
	return storedAs("signed", subject, await storeLegacy(subject, seen, options));
}
/** The first signature that is the signer's own. */
async function firstOwn(all, { digest }, { signer }) {
	for await (const read of all) if (await holds(read, digest, signer.verifier)) return read;
}
const storedAs = (outcome, { digest }, read) => ({
	subject: digest,
	format: read.format,
	outcome,
	descriptor: read.descriptor,
	reference: read.reference,
	...read.format === "bundle" ? { bundle: read.bytes } : {}
});

// packages/core/src/signing/verify-command.ts
/** What a person types to verify a signature with cosign 3, which finds both formats; a public key is in the file cosign.pub. */
function verifyCommand({ image, digest, signedBy, logged }) {
	const by = "key" in signedBy ? ["--key", "cosign.pub"] : [
		"--certificate-identity",
		quoted(signedBy.identity),
		"--certificate-oidc-issuer",
		quoted(signedBy.issuer)
	];
	const log = logged ? [] : ["--insecure-ignore-tlog=true"];
	return [
		"cosign",
		"verify",
		...by,
		...log,
		formatReference({
			...image,
			digest
		})
	].join(" ");
}
const quoted = (text) => /^[\w@%+=:,./-]+$/.test(text) ? text : `'${text.replaceAll("'", `'\\''`)}'`;

// packages/core/src/signing/sign-manifests.ts
const atOnce = 8;
/** Signs several manifests of a repository, each once, and tells how to verify each. */
async function signManifests(options) {
	const { digests, repository, signer, logged } = options;
	const signed = await pMap(new Set(digests), (digest) => signManifest({
		...options,
		digest
	}), { concurrency: atOnce });
	const distinct = new Map(signed.flat().map((one) => [`${one.format} ${one.subject}`, one]));
	const { signedBy } = signer;
	return [...distinct.values()].map((one) => ({
		...one,
		signedBy,
		verify: verifyCommand({
			image: repository.name,
			digest: one.subject,
			signedBy,
			logged
		})
	}));
}
/** What a record keeps of signatures; a dry run made none. */
const recordedSignatures = (signatures) => signatures.flatMap(({ subject, format, descriptor, signedBy }) => descriptor === void 0 ? [] : [{
	subject,
	format,
	descriptor,
	signedBy
}]);

// packages/core/src/each-place.ts
/** Steps that several images take together: a required image that fails ends them, once all are through; an optional one is left behind. */
function createSteps(signal) {
	const failures = /* @__PURE__ */ new Map();
	const each = async (places, step) => {
		const left = places.filter(({ repository }) => !failures.has(repository));
		const outcomes = await Promise.allSettled(left.map(step));
		signal.throwIfAborted();
		left.forEach(({ optional, repository }, at) => {
			const outcome = outcomes[at];
			if (outcome?.status !== "rejected") return;
			if (!optional) throw outcome.reason;
			failures.set(repository, outcome.reason);
		});
		return outcomes.flatMap((outcome) => outcome.status === "fulfilled" ? [outcome.value] : []);
	};
	return {
		each,
		failures
	};
}

// packages/core/src/read-current.ts
/**
* Reads the index at a tag. A container image there is adopted as its one entry, Docker's manifest list is read as an
* index; an artifact, which is no index and no image, is an error. Only a 404 means that there is none.
*/
async function readCurrent(repository, tag) {
	const found = await unlessUnlisted(repository, tag, repository.manifests.fetch(tag));
	if (found === void 0) return { document: emptyIndex };
	const { descriptor, bytes, manifest } = found;
	const { digest } = descriptor;
	const { mediaType } = manifest;
	if (manifest.kind === "index") return {
		document: readIndex(bytes, manifest.index),
		digest,
		bytes,
		mediaType
	};
	if (!isImageConfigType(manifest.image.config.mediaType)) throw notAnIndex(repository, tag, manifest);
	const entry = await pushedEntry(repository, {
		image: manifest.image,
		descriptor
	});
	return {
		document: {
			entries: [entryOf(entry)],
			members: /* @__PURE__ */ new Map()
		},
		digest,
		bytes,
		mediaType
	};
}
const notAnIndex = ({ name }, tag, manifest) => new MatrixError("NOT_AN_INDEX", `${name.registry}/${name.repository}:${tag} is neither an index nor a container image, but a ${manifest.kind === "image" ? manifest.image.config.mediaType : manifest.mediaType}`, { hint: "Choose another tag, or delete this one if nobody needs what it names." });

// packages/core/src/index-place.ts
/** Reads what the first tag of an image names. */
const readPlace = async (copy) => ({
	...copy,
	current: await readCurrent(copy.repository, copy.tags[0] ?? "")
});
/**
* Throws `CONFLICT` if an image has entries that the index to come neither has nor replaces: every image gets one digest, and
* they would be lost without a word.
*/
function refuseDiverged({ repository: { name }, tags, current }, { entries }, { mode, identity, remove }) {
	if (mode === "replace") return;
	const stays = new Set(entries.flatMap(({ descriptor }) => [descriptor.digest, identityKey(descriptor, identity)]));
	const lost = current.document.entries.filter(({ descriptor }) => {
		if (stays.has(descriptor.digest)) return false;
		const subject = attestationSubject(descriptor);
		if (subject !== void 0) return stays.has(subject);
		return !stays.has(identityKey(descriptor, identity)) && !remove.some((selector) => selects(selector, descriptor));
	});
	const [first] = lost;
	if (first === void 0) return;
	throw new MatrixError("CONFLICT", `${name.registry}/${name.repository}:${tags[0]} has ${lost.length} entries that no other image has, and the index would be without them: ${lost.slice(0, 10).map(({ descriptor }) => descriptor.digest).join(", ")}`, { hint: "Publish to this image alone once, so that \"image\" is where they are, or let them go with \"mode: replace\"." });
}

// packages/core/src/index-bytes.ts
/** The index to write. Where nothing changes the bytes stay as they are, however another tool wrote them. */
function indexBytes({ document, bytes, mediaType }, { entries, changes }, { annotations, artifactType, subject }, mode) {
	const own = annotationsAt(annotations, "manifest", void 0, "index");
	const next = changeMembers({
		...document,
		entries
	}, {
		annotations: own,
		artifactType,
		subject
	});
	const sameEntries = changes.every(({ outcome }) => outcome === "kept") && entries.every((entry, at) => entry === document.entries[at]);
	const sameMembers = [...next.members].every(([key, source]) => document.members.get(key) === source);
	const mayStay = mediaType === mediaTypes.imageIndex || mode === "remove";
	if (bytes !== void 0 && mediaType !== void 0 && mayStay && sameEntries && sameMembers) return {
		bytes,
		mediaType
	};
	return {
		bytes: writeIndex(next),
		mediaType: mediaTypes.imageIndex
	};
}

// packages/core/src/entry-order.ts
/** Images before artifacts before attestations, then by platform, identity and digest: the same order on any machine. */
const byPlace = (identity) => (a, b) => {
	const [first, second] = [placeOf$1(a, identity), placeOf$1(b, identity)];
	return first < second ? -1 : first > second ? 1 : 0;
};
const byDigest = (a, b) => a.digest < b.digest ? -1 : a.digest > b.digest ? 1 : 0;
function placeOf$1(descriptor, identity) {
	const rank = attestationSubject(descriptor) ? "2" : descriptor.artifactType ? "1" : "0";
	const platform = descriptor.platform && normalisePlatform(descriptor.platform);
	return [
		rank,
		...[
			platform?.os,
			platform?.architecture,
			platform?.variant,
			platform?.["os.version"]
		].map((part) => part ?? ""),
		identityKey(descriptor, identity),
		descriptor.digest
	].join("\n");
}
__name(placeOf$1, "placeOf");

// packages/core/src/entry-slot.ts
const keptSlot = (entry) => ({
	outcome: "kept",
	entry,
	ours: false
});
const removedSlot = (entry) => ({
	outcome: "removed",
	entry,
	ours: false
});
const addedSlot = (descriptor) => ({
	outcome: "added",
	entry: entryOf(descriptor),
	ours: true
});
/** An entry with `next` in its place. One that says the same keeps its bytes, whoever wrote them. */
function filledSlot(entry, next) {
	if (canonicalText(entry.descriptor) === canonicalText(next)) return {
		outcome: "kept",
		entry,
		ours: true
	};
	return {
		outcome: "replaced",
		entry: entryOf(next),
		previous: entry.descriptor,
		ours: true
	};
}

// packages/core/src/place-attestations.ts
/**
* Puts attestations into a list, after their subjects. Those of a subject that left leave with it, and the attestations of
* what came in its place take their places.
*/
function placeAttestations(current, incoming, subjects, identity) {
	const gone = goneSubjects(subjects, identity);
	const named = new Map(incoming.toSorted(byDigest).map((next) => [next.digest, next]));
	const known = new Set(current.map(({ descriptor }) => descriptor.digest));
	const keys = keysOfSubjects(subjects, identity);
	const keyOf = (next) => keys.get(attestationSubject(next) ?? "");
	const waiting = Map.groupBy([...named.values()].filter(({ digest }) => !known.has(digest)), keyOf);
	const placed = /* @__PURE__ */ new Set();
	return {
		slots: current.map((entry) => {
			const { digest } = entry.descriptor;
			const key = gone.get(attestationSubject(entry.descriptor) ?? "");
			const next = named.get(digest) ?? (key === void 0 ? void 0 : waiting.get(key)?.shift());
			if (next === void 0) return key === void 0 ? keptSlot(entry) : removedSlot(entry);
			if (placed.has(next.digest)) return removedSlot(entry);
			placed.add(next.digest);
			return filledSlot(entry, next);
		}),
		added: [...named.values()].filter(({ digest }) => !placed.has(digest)).map(addedSlot)
	};
}
function goneSubjects({ slots, added }, identity) {
	const there = new Set([...slots, ...added].filter(({ outcome }) => outcome !== "removed").map(({ entry }) => entry.descriptor.digest));
	const left = slots.flatMap(({ outcome, entry, previous }) => outcome === "removed" ? [entry.descriptor] : previous === void 0 ? [] : [previous]);
	return new Map(left.filter(({ digest }) => !there.has(digest)).map((descriptor) => [descriptor.digest, identityKey(descriptor, identity)]));
}
const keysOfSubjects = ({ slots, added }, identity) => new Map([...slots, ...added].filter(({ ours }) => ours).map(({ entry: { descriptor } }) => [descriptor.digest, identityKey(descriptor, identity)]));

// packages/core/src/place-subjects.ts
/** Puts images and artifacts into a list: each takes the place of the first entry with its identity, later ones leave. */
function placeSubjects(current, incoming, identity) {
	const byKey = new Map(incoming.map((next) => [identityKey(next, identity), next]));
	const placed = /* @__PURE__ */ new Set();
	return {
		slots: current.map((entry) => {
			const key = identityKey(entry.descriptor, identity);
			const next = byKey.get(key);
			if (next === void 0) return keptSlot(entry);
			if (placed.has(key)) return removedSlot(entry);
			placed.add(key);
			return filledSlot(entry, next);
		}),
		added: [...byKey].filter(([key]) => !placed.has(key)).map(([, next]) => addedSlot(next))
	};
}

// packages/core/src/merge-index.ts
/**
* Puts entries of ours into a list: what has the same identity is replaced in place, the rest is appended in sorted order,
* what nobody names is kept byte for byte. Attestations go where their subject goes.
*/
const mergeEntries = (current, incoming, identity) => merged(place(current, incoming, identity));
/** Exactly these entries, in sorted order; those that were there already keep their bytes. */
function replaceEntries(current, incoming, identity) {
	const slots = place(current, incoming, identity);
	const gone = slots.filter(({ ours }) => !ours);
	return merged([...slots.filter(({ ours }) => ours).sort(inPlace(identity)), ...gone.map((slot) => ({
		...slot,
		outcome: "removed"
	}))]);
}
function place(current, incoming, identity) {
	const speaks = (descriptor) => attestationSubject(descriptor) !== void 0;
	const [subjectsNow, attestationsNow] = split(current, ({ descriptor }) => speaks(descriptor));
	const [newSubjects, newAttestations] = split(incoming, speaks);
	const subjects = placeSubjects(subjectsNow, newSubjects, identity);
	const attestations = placeAttestations(attestationsNow, newAttestations, subjects, identity);
	const [forSubjects, forAttestations] = [subjects.slots.values(), attestations.slots.values()];
	return [...current.flatMap(({ descriptor }) => {
		const { value } = (speaks(descriptor) ? forAttestations : forSubjects).next();
		return value === void 0 ? [] : [value];
	}), ...[...subjects.added, ...attestations.added].sort(inPlace(identity))];
}
function split(items, belongsSecond) {
	return [items.filter((item) => !belongsSecond(item)), items.filter(belongsSecond)];
}
const inPlace = (identity) => (a, b) => byPlace(identity)(a.entry.descriptor, b.entry.descriptor);
function merged(slots) {
	return {
		entries: slots.filter(({ outcome }) => outcome !== "removed").map(({ entry }) => entry),
		changes: slots.map(({ outcome, entry: { descriptor }, previous }) => ({
			outcome,
			descriptor,
			...previous === void 0 ? {} : { previous }
		}))
	};
}

// packages/core/src/previous-entries.ts
/**
* The entries of the release before that stand in for the legs that are missing, with their attestations. They are known by the
* annotations that `markEntries` wrote. Throws `LEG_MISSING` where a leg has none, and `ENTRY_DUPLICATE` where another leg took its place.
*/
function previousEntries(current, records, incoming, identity) {
	if (records?.keepPrevious === void 0) return [];
	const entries = current.map(({ descriptor }) => descriptor);
	const { group } = records;
	const kept = records.keepPrevious.flatMap((leg) => {
		if (incoming.some((entry) => isEntryOf(entry, {
			group,
			leg
		}))) return [];
		const own = entries.filter((entry) => isEntryOf(entry, {
			group,
			leg
		}));
		if (own.length === 0) throw unknown(group, leg);
		return own;
	});
	refuseTaken(kept, incoming, identity);
	const digests = new Set(kept.map(({ digest }) => digest));
	const spoken = entries.filter((entry) => digests.has(attestationSubject(entry) ?? ""));
	return [...kept, ...spoken];
}
function refuseTaken(kept, incoming, identity) {
	const byKey = new Map(incoming.map((entry) => [identityKey(entry, identity), entry]));
	for (const entry of kept) {
		const other = byKey.get(identityKey(entry, identity));
		if (other === void 0) continue;
		throw new MatrixError("ENTRY_DUPLICATE", `the entry that leg ${entry.annotations?.[legAnnotations.leg]} had before, ${identityText(entry, identity)} (${entry.digest}), cannot be kept, since another leg gives it now (${other.digest})`, { hint: "Run the failed jobs again, or publish with \"on-missing: fail\"." });
	}
}
const unknown = (group, leg) => new MatrixError("LEG_MISSING", `leg ${leg} of group ${group} is missing, and the index has no entry of it from a release before`, { hint: `Run the failed jobs again. An entry is known by the annotation ${legAnnotations.leg}, which every release with "on-missing: keep-previous" writes: one has to be complete first.` });

// packages/core/src/refuse-shadowed.ts
const isImage = (entry) => entry.artifactType === void 0 && attestationSubject(entry) === void 0;
/**
* Refuses an index in which some runtime would find an artifact where it could have an image: one of the same platform behind
* it, or one for an older processor that it would have fallen back to.
*/
function refuseShadowed(entries) {
	const contested = distinct(contestedEntries(entries));
	const images = contested.filter(isImage);
	const machines = new Map(contested.map(({ platform }) => [platformKey(platform), platform]));
	for (const machine of machines.values()) if (machine !== void 0) refuseFor(machine, contested, images);
}
function refuseFor(machine, entries, images) {
	for (const engine of engines) {
		const found = resolveAs(engine, entries, machine);
		if (found === void 0 || isImage(found)) continue;
		const image = resolveAs(engine, images, machine);
		if (image === void 0) continue;
		throw new MatrixError("ENTRY_DUPLICATE", `the artifact ${found.digest} (${found.artifactType ?? "an attestation"}) would stand before the container image ${image.digest} for ${formatPlatform(machine)}, and ${engine} would take it`, { hint: "Give the artifact no platform, or one that no runtime asks for." });
	}
}
function contestedEntries(entries) {
	const osOf = ({ platform }) => platform && normalisePlatform(platform).os;
	const disputed = new Set(entries.filter((entry) => !isImage(entry)).map(osOf));
	const inhabited = new Set(entries.filter(isImage).map(osOf));
	return entries.filter((entry) => {
		const os = osOf(entry);
		return os !== void 0 && disputed.has(os) && inhabited.has(os);
	});
}
function distinct(entries) {
	const seen = /* @__PURE__ */ new Map();
	for (const entry of entries) {
		const zstd = entry.annotations?.["io.github.containers.compression.zstd"];
		const key = `${isImage(entry)} ${zstd} ${platformKey(entry.platform)}`;
		if (!seen.has(key)) seen.set(key, entry);
	}
	return [...seen.values()];
}

// packages/core/src/plan-index.ts
/** Makes an index of what there is and what comes in. Throws where that would be one that nobody can use. */
function planIndex(current, incoming, options) {
	const { mode, identity, remove, records } = options;
	const { entries } = current.document;
	const merge = mode === "replace" ? replaceEntries : mergeEntries;
	const next = [...incoming, ...previousEntries(entries, records, incoming, identity)];
	const merged = mode === "remove" ? removeEntries(entries, remove) : merge(entries, next, identity);
	refuseShadowed(merged.entries.map(({ descriptor }) => descriptor));
	const index = indexBytes(current, merged, options, mode);
	if (index.bytes !== current.bytes) refuseTooLarge(index, merged.entries.length);
	return {
		...merged,
		index
	};
}
/** What every registry takes: https://github.com/opencontainers/distribution-spec/blob/v1.1.1/spec.md#pushing-manifests */
const maxIndexSize = 4194304;
function refuseTooLarge({ bytes: { byteLength } }, entries) {
	if (byteLength <= maxIndexSize) return;
	throw new MatrixError("INDEX_TOO_LARGE", `the index of ${entries} entries would have ${byteLength} bytes, and registries take ${maxIndexSize}`, { hint: "Give the entries fewer or shorter annotations, or make several indexes of them." });
}

// packages/core/src/run-guard.ts
const numberKey = "io.github.oci-matrix.run-number";
const workflowKey = "io.github.oci-matrix.workflow";
/** The annotations of an index by which a later run knows which one published it. */
const runAnnotations = ({ number, workflow }) => [{
	level: "index",
	key: numberKey,
	value: `${number}`
}, {
	level: "index",
	key: workflowKey,
	value: workflow
}];
/** Throws `RUN_OUTDATED` if a tag that is to move names what a later run of the same workflow published. */
async function refuseOutdated({ manifests, name }, moving, run) {
	const digests = [...new Set(moving.flatMap(({ previous }) => previous ?? []))];
	await pMap(digests, async (digest) => {
		const found = await manifests.fetch(digest).catch((error) => {
			if (!isDenied(error)) throw error;
		});
		const later = laterRun(found?.manifest.kind === "index" ? found.manifest.index : {}, run);
		const tag = moving.find(({ previous }) => previous === digest)?.tag;
		if (later === void 0) return;
		throw new MatrixError("RUN_OUTDATED", `${name.registry}/${name.repository}:${tag} was published by run ${later} of ${run.workflow}, and run ${run.number} is older`, { hint: "Leave the tag where it is; to go back to this release on purpose, use retag, or run the workflow anew." });
	}, { concurrency: 8 });
}
function laterRun({ annotations = {} }, run) {
	const number = Number(annotations[numberKey]);
	return annotations[workflowKey] === run.workflow && number > run.number ? number : void 0;
}

// packages/core/src/absent-children.ts
/** What is thrown where a repository does not have what the index would name. */
const absentChildren = ({ registry, repository }, digests) => new MatrixError("CHILD_MISSING", `${registry}/${repository} does not have ${digests.length} of the manifests that the index would name: ${digests.slice(0, 10).join(", ")}`, { hint: "Push the legs again to this very image, without dry-run, then repeat this step; where they push to another one, name that in \"allow-images\"." });

// packages/core/src/signing/copy-legacy.ts
/** Copies the legacy signatures of a manifest beside those that are there; bundles are its referrers, and go with it. */
async function copyLegacy(options) {
	const { from, to, digest, clock, signal } = options;
	const tag = legacyTag(digest);
	if (tag === void 0) return;
	const image = await unlessBroken(readLegacyImage(from, tag, { signal }));
	if (image === void 0) return;
	const mountFrom = from.name.registry === to.name.registry ? [from.name.repository] : [];
	const copy = (layer) => to.blobs.ensure(layer, { open: () => from.blobs.fetch(layer) }, {
		mountFrom,
		signal
	});
	const distinct = new Map(image.image.layers.map((layer) => [layer.digest, layer]));
	await pMap(distinct.values(), copy, { concurrency: 8 });
	const seen = await readLegacyImage(to, tag, { signal });
	await addToLegacy({
		repository: to,
		tag,
		layers: image.sources,
		seen,
		clock,
		signal
	});
}

// packages/core/src/bring-children.ts
/**
* Makes sure that a repository has these manifests, each in its size: one that it does not have is copied from the first of
* the others that has it, with its signatures. Throws `CHILD_MISSING` where none does.
*/
async function bringChildren(to, children, others, { clock = systemClock, signal = new AbortController().signal } = {}) {
	const found = await pMap(children, ({ digest }) => to.manifests.resolve(digest), { concurrency: 24 });
	const absent = children.filter(({ size }, at) => found[at]?.size !== size);
	const there = new Set(found.map((descriptor) => descriptor?.digest));
	const sources = await pMap(absent, (child) => there.has(child.digest) ? void 0 : findSource(child, others), { concurrency: 24 });
	const nowhere = absent.filter((_, at) => sources[at] === void 0);
	if (nowhere.length > 0) throw absentChildren(to.name, nowhere.map(({ digest }) => digest));
	await pMap(absent, async (descriptor, at) => {
		const from = sources[at];
		if (from === void 0) return;
		const sameRegistry = from.name.registry === to.name.registry;
		await copyImage({
			from,
			to,
			descriptor,
			sameRegistry
		});
		await copyLegacy({
			from,
			to,
			digest: descriptor.digest,
			clock,
			signal
		});
	}, { concurrency: 4 });
}
async function findSource({ digest, size }, others) {
	for (const repository of others) if ((await repository.manifests.resolve(digest))?.size === size) return repository;
}

// packages/core/src/write-places.ts
/**
* Writes an index to all images: children, the index by its digest, its signature, its tags; nothing of a step before every
* image is through with the one before. Gives false if the first tag of an image has moved since it was read: then it is not
* written over.
*/
async function writePlaces(options) {
	const { index, digest, clock, each, signIndex } = options;
	const moving = options.places.filter(({ planned }) => planned.some(({ moved }) => moved));
	await each(moving, (place) => bringAll(place, options));
	if (moving.length > 1 || signIndex !== void 0) await each(moving, ({ repository: { manifests } }) => manifests.push(index.bytes, index.mediaType));
	if (signIndex !== void 0) await each(options.places, ({ repository }) => signIndex(repository, digest));
	if (!(clock.now() - options.readAt <= 250) && (await each(moving, (place) => hasMoved(place))).includes(true)) return false;
	return !(await each(moving, (place) => moveAndConfirm(place, options))).includes(false);
}
function bringAll(place, { places, sources, childrenFor, clock, signal }) {
	const from = [...places.filter((other) => other !== place && !other.optional).map(({ repository }) => repository), ...sources];
	return bringChildren(place.repository, childrenFor(place), from, {
		clock,
		signal
	});
}
async function hasMoved({ repository, tags, current }, ...fine) {
	try {
		const named = (await repository.manifests.resolve(tags[0] ?? ""))?.digest;
		return named !== current.digest && !fine.some((digest) => digest === named);
	} catch (error) {
		if (isDenied(error)) return false;
		throw error;
	}
}
/** False if somebody else wrote the first tag before a write of ours that failed could be repeated. */
async function moveAndConfirm(place, options) {
	const { repository, planned, current } = place;
	const { index, digest, holds, clock, signal } = options;
	const moving = planned.filter(({ moved }) => moved);
	const start = clock.now();
	let isLate = false;
	const beforeRepeat = async () => {
		isLate = await hasMoved(place, digest);
		if (isLate) throw new Error("the tag has moved meanwhile");
	};
	try {
		await moveTags(repository, index, moving, { beforeRepeat });
	} catch (error) {
		if (isLate) return false;
		throw error;
	}
	const took = clock.now() - start;
	const [first] = planned;
	if (first === void 0 || !first.moved) return true;
	const written = {
		repository,
		tag: first.tag,
		before: current.digest,
		written: digest
	};
	await confirmTag({
		...written,
		holds,
		took
	}, clock, signal);
	return true;
}

// packages/core/src/attempt-update.ts
/** Reads, merges, and writes. Gives undefined, and has moved no tag, if somebody else wrote in between. */
async function attemptUpdate(options, { incoming, plan }) {
	const { clock = systemClock, signal = new AbortController().signal, copies = [] } = options;
	const steps = createSteps(signal);
	const { each } = steps;
	const readAt = clock.now();
	const { repository, tags, sources = [], signIndex } = options;
	const [base, others] = await Promise.all([readPlace({
		repository,
		tags,
		optional: false
	}), each(copies, readPlace)]);
	const { current } = base;
	refuseNothingToRemove(options, current.digest);
	const planned = planIndex(current, incoming, plan);
	const { index } = planned;
	const descriptor = descriptorOf(index.bytes, index.mediaType);
	const { digest } = descriptor;
	const places = await each([base, ...others], (place) => planPlace(place, planned, digest, options));
	if (options.dryRun !== true) {
		const holds = holdsAll(planned, incoming);
		const write = {
			places,
			sources,
			index,
			digest,
			childrenFor: childrenOf(planned, incoming),
			holds,
			readAt,
			signIndex
		};
		if (!await writePlaces({
			...write,
			each,
			clock,
			signal
		})) return void 0;
	}
	return {
		descriptor,
		bytes: index.bytes,
		changed: current.digest !== digest,
		entries: planned.entries.map((entry) => entry.descriptor),
		changes: planned.changes,
		tags: places[0]?.planned ?? [],
		copies: copies.map((copy) => placeOf(copy, places, steps))
	};
}
function refuseNothingToRemove({ repository: { name }, tags, mode }, digest) {
	if (mode !== "remove" || digest !== void 0) return;
	throw new MatrixError("MANIFEST_UNKNOWN", `${name.registry}/${name.repository} has no tag ${tags[0]}, so nothing can be removed from it`, { hint: "Check the first of the tags: it names the index that is changed." });
}
async function planPlace(place, planned, digest, { mode, identity, remove = [], guard }) {
	const { repository, tags, current } = place;
	refuseDiverged(place, planned, {
		mode,
		identity,
		remove
	});
	const moves = await planTags(repository, tags, current.digest, digest);
	if (guard !== void 0) await refuseOutdated(repository, moves.filter(({ moved }) => moved), guard);
	return {
		...place,
		planned: moves
	};
}
/** What an image must have: what comes in, and in another than the first also what its own index does not vouch for. */
function childrenOf({ entries }, incoming) {
	const named = new Set(incoming.map(({ digest }) => digest));
	const kept = entries.map(({ descriptor }) => descriptor).filter(({ digest }) => !named.has(digest));
	return ({ current }) => {
		const there = new Set(current.document.entries.map(({ descriptor }) => descriptor.digest));
		return [...incoming, ...kept.filter(({ digest }) => !there.has(digest))];
	};
}
/** True of an index in which what came in is as it was written, and what was taken out is not there. */
function holdsAll({ changes }, incoming) {
	const removed = new Set(changes.filter(({ outcome }) => outcome === "removed").map(({ descriptor }) => canonicalText(descriptor)));
	return (entries) => {
		const texts = new Set(entries.map((entry) => canonicalText(entry)));
		return incoming.every((entry) => texts.has(canonicalText(entry))) && removed.isDisjointFrom(texts);
	};
}
function placeOf({ repository, tags, optional }, places, { failures }) {
	const planned = places.find((place) => place.repository === repository)?.planned ?? tags.map((tag) => ({
		tag,
		moved: false
	}));
	const place = {
		image: repository.name,
		optional
	};
	if (!failures.has(repository)) return {
		...place,
		tags: planned
	};
	const reason = failures.get(repository);
	return {
		...place,
		tags: planned.map((tag) => ({
			...tag,
			moved: false
		})),
		failure: reason instanceof Error ? reason.message : String(reason)
	};
}

// packages/core/src/converge/intents-of-entries.ts
/** One intent for each entry. Attestations go with their subject, since they enter and leave the index with it. */
function intentsOfEntries(tag, entries, identity) {
	const present = new Set(entries.map(({ descriptor }) => descriptor.digest));
	const travels = ({ descriptor }) => {
		const subject = attestationSubject(descriptor);
		return subject !== void 0 && present.has(subject);
	};
	const companions = Map.groupBy(entries.filter(travels), ({ descriptor }) => attestationSubject(descriptor));
	return entries.filter((entry) => !travels(entry)).map(({ descriptor, generation }) => ({
		slot: slotFor(tag, keyOf(descriptor, identity)),
		generation,
		entries: [descriptor, ...(companions.get(descriptor.digest) ?? []).map((e) => e.descriptor)]
	}));
}
const keyOf = (descriptor, identity) => attestationSubject(descriptor) ? descriptor.digest : identityKey(descriptor, identity);

// packages/core/src/converge/ask-again.ts
const tries = 5;
/**
* Asks until there is an answer, five times in about a second. A tag that the registry lists may answer 404 for a moment
* while somebody moves it: docker-registry 2.8.2 does.
*/
async function askAgain(ask, isThere, { clock, signal }) {
	for (let tried = 1;; tried++) {
		const answer = await ask();
		if (isThere(answer) || tried === tries) return answer;
		await clock.sleep(100 * tried * (.5 + clock.random() / 2), signal);
	}
}

// packages/core/src/converge/intent.ts
const createdKey = "org.opencontainers.image.created";
const generationKey = "io.github.oci-matrix.intent.generation";
const tagKey = "io.github.oci-matrix.intent.tag";
/** An index of nothing but the entry: its bytes name the entry whole, and its tag keeps the manifest alive. */
const intentManifest = (intent, tag, now) => ({
	mediaType: mediaTypes.imageIndex,
	bytes: canonicalBytes({
		schemaVersion: 2,
		mediaType: mediaTypes.imageIndex,
		manifests: intent.entries,
		annotations: {
			[createdKey]: new Date(now).toISOString(),
			[generationKey]: intent.generation,
			[tagKey]: tag
		}
	})
});
/** Reads what the tag of an intent names. Throws `RECORD_INVALID` where it is none: to pass it over could lose an entry. */
function parseIntent(name, { manifest, descriptor }) {
	const said = parseIntentTag(name);
	if (said === void 0) throw unreadable(name, "the tag is not that of an intent");
	if (manifest.kind !== "index") throw unreadable(name, `it is a ${manifest.mediaType}`);
	const { manifests: entries, annotations = {} } = manifest.index;
	if (entries.length === 0) throw unreadable(name, "it has no entry");
	const generation = annotations[generationKey];
	if (generation !== said.generation) throw unreadable(name, `its generation is ${JSON.stringify(generation ?? null)}`);
	const created = Date.parse(annotations[createdKey] ?? "");
	if (Number.isNaN(created)) throw unreadable(name, `${createdKey} is no time`);
	return {
		...said,
		entries,
		created,
		digest: descriptor.digest
	};
}
const tagOf = ({ slot, generation }) => intentTag(slot, generation);
const sameEntries = (a, b) => canonicalText(a.entries) === canonicalText(b.entries);
const unreadable = (name, reason) => new MatrixError("RECORD_INVALID", `the intent at the tag ${name} cannot be read: ${reason}`, { hint: "Delete that tag, if no other version of these actions writes to the index, and run the job again." });

// packages/core/src/converge/list-intents.ts
/** For how long an intent counts, in milliseconds: then it is only a tag to clean up, so that it brings back nothing removed since. */
const intentLifetime = 864e5;
/** The intents of all writers: every one whose PUT was over when this began, if the registry's lists are so. */
async function listIntents(convergence) {
	const { store, tags, clock } = convergence;
	const [tag = ""] = tags;
	const prefix = prefixFor(tag);
	const bySlot = /* @__PURE__ */ new Map();
	let hasIndex = false;
	for await (const listed of store.listTags()) {
		hasIndex ||= listed === tag;
		const slot = listed.startsWith(prefix) ? parseIntentTag(listed)?.slot : void 0;
		if (slot !== void 0) bySlot.set(slot, [...bySlot.get(slot) ?? [], listed]);
	}
	for (const names of bySlot.values()) names.sort().reverse();
	const names = [...bySlot.values()].flatMap(([newest]) => newest === void 0 ? [] : [newest]);
	const found = await pMap(names, (name) => fetchIntent(name, convergence), { concurrency: 24 });
	return {
		intents: found.filter((intent) => intent !== void 0).filter(isAlive(clock.now())),
		older: new Map([...bySlot].map(([slot, [, ...others]]) => [slot, others])),
		vanished: names.filter((_, at) => found[at] === void 0),
		hasIndex
	};
}
/** An intent at a tag; undefined if it is not there, or too old to count. */
async function fetchAlive(name, convergence) {
	const intent = await fetchIntent(name, convergence);
	return intent !== void 0 && isAlive(convergence.clock.now())(intent) ? intent : void 0;
}
async function fetchIntent(name, convergence) {
	const ask = () => convergence.store.fetch(name);
	const found = await askAgain(ask, (answer) => answer !== void 0, convergence);
	return found && parseIntent(name, found);
}
const isAlive = (now) => ({ created }) => now - created < intentLifetime;

// packages/core/src/converge/look.ts
/** Lists the intents first and reads the index then: whose intent is not in this list looks at the index later than we. */
async function look(convergence) {
	const { store, tags, merge } = convergence;
	const [tag = ""] = tags;
	const { intents: listed, older, vanished, hasIndex } = await listIntents(convergence);
	const all = newestOf([...convergence.intents, ...listed]);
	const isThere = ({ digest }) => digest !== void 0 || !hasIndex;
	const current = await askAgain(() => store.current(tag), isThere, convergence);
	const isWhole = wholeness(current, convergence);
	const whole = await pMap(all, isWhole, { concurrency: 24 });
	const broken = all.filter((_, at) => whole[at] !== true);
	const instead = await pMap(broken, ({ slot }) => newestWhole(slot, older.get(slot) ?? [], isWhole, convergence), { concurrency: 24 });
	const intents = newestOf([...all.filter((intent) => !broken.includes(intent)), ...instead.filter((intent) => intent !== void 0)]);
	refuseAmbiguous(intents, convergence);
	return {
		intents,
		current,
		merged: merge(current, wantedBy({ intents })),
		doubts: [...vanished, ...broken.map(tagOf)]
	};
}
function newestOf(intents) {
	const newest = /* @__PURE__ */ new Map();
	for (const intent of intents) {
		const other = newest.get(intent.slot);
		if (other === void 0 || intent.generation >= other.generation) newest.set(intent.slot, intent);
	}
	return [...newest.values()].sort((a, b) => a.slot < b.slot ? -1 : 1);
}
function wholeness({ document }, { store, intents: own }) {
	const known = new Set([...document.entries.map(({ descriptor }) => descriptor), ...wantedBy({ intents: own })].map(({ digest }) => digest));
	return async ({ entries }) => {
		const unknown = entries.filter(({ digest }) => !known.has(digest));
		return (await Promise.all(unknown.map(({ digest }) => store.has(digest)))).every(Boolean);
	};
}
/** What stands in for an intent whose manifests are gone: the newest one before it that is whole, ours among them. */
async function newestWhole(slot, older, isWhole, convergence) {
	const own = convergence.intents.find((intent) => intent.slot === slot);
	for (const name of older) {
		if (own !== void 0 && name <= tagOf(own)) return own;
		const intent = await fetchAlive(name, convergence);
		if (intent !== void 0 && await isWhole(intent)) return intent;
	}
	return own;
}
function refuseAmbiguous(intents, { identity, store, tags }) {
	const seen = /* @__PURE__ */ new Map();
	for (const [entry] of intents.map(({ entries }) => entries)) {
		if (entry === void 0 || attestationSubject(entry) !== void 0) continue;
		const key = identityKey(entry, identity);
		const other = seen.get(key);
		if (other !== void 0) throw ambiguous(store, tags, identityText(entry, identity), entry, other);
		seen.set(key, entry);
	}
}
const ambiguous = ({ name }, [tag], text, a, b) => new MatrixError("ENTRY_DUPLICATE", `${name.registry}/${name.repository}:${tag} is given two entries ${text} by writers that do not agree on what makes an entry: ${a.digest} and ${b.digest}`, { hint: "Give all jobs that write to this tag the same \"identity\"." });
/** All entries that somebody wants to be in the index. */
const wantedBy = ({ intents }) => intents.flatMap(({ entries }) => entries);

// packages/core/src/converge/pace.ts
/** For registries that lag behind by seconds, as ghcr.io does; docs/converge.md says why. */
const defaultPace = {
	pause: 2e3,
	calm: 2e3,
	contended: 2e4
};

// packages/core/src/converge/publish-intents.ts
/** Puts our intents there, before the index: whoever lists from now on knows what we want, even if we die. A repeat writes nothing. */
async function publishIntents(convergence) {
	const { store, clock, intents, tags } = convergence;
	const [tag = ""] = tags;
	const known = await pMap(intents, (intent) => isPublished(intent, convergence), { concurrency: 24 });
	const missing = intents.filter((_, at) => known[at] !== true);
	await store.bring(missing.flatMap(({ entries }) => entries));
	await pMap(missing, (intent) => store.move(intentManifest(intent, tag, clock.now()), [{
		tag: tagOf(intent),
		moved: true
	}]), { concurrency: 24 });
}
async function isPublished(intent, { store, clock }) {
	const name = tagOf(intent);
	const found = await store.fetch(name);
	if (found === void 0) return false;
	const stored = parseIntent(name, found);
	return sameEntries(stored, intent) && clock.now() - stored.created < 864e5 / 2;
}

// packages/core/src/converge/plan-writes.ts
/** What is to be written at which tags, so that all are what a look asks for; `written` is what we have put there before. */
async function planWrites({ merged, current }, { store, tags }, written) {
	const { bytes, mediaType, digest } = current;
	const stays = !(written.size === 0) && merged.holds && bytes !== void 0 && mediaType !== void 0;
	const index = stays ? {
		bytes,
		mediaType
	} : merged;
	const moving = (await store.plan(tags, digest, digestOf(index.bytes))).filter(({ moved }) => moved);
	if (!stays) return {
		index,
		moving
	};
	return {
		index,
		moving: moving.filter(({ previous }) => previous && written.has(previous))
	};
}

// packages/core/src/converge/settle.ts
const maxRounds = 100;
/**
* Looks, merges and writes until nothing is left to write, at two looks one after the other. The second begins when the
* registry has had time to tell of everything that was over when we last wrote.
*/
async function settle(convergence, pace) {
	const { store, clock, signal } = convergence;
	let previous;
	const written = /* @__PURE__ */ new Set();
	let [isConfirming, isContended] = [false, false];
	for (let round = 0; round < maxRounds; round++) {
		const seen = await look(convergence);
		const { index, moving } = await planWrites(seen, convergence, written);
		isContended ||= isUndone(seen, written) || hasCompany(seen, previous);
		if (moving.length > 0) {
			await store.move(index, moving);
			written.add(digestOf(index.bytes));
			isConfirming = false;
			await clock.sleep(pace.pause * (.1 + .9 * clock.random()), signal);
		} else if (isConfirming && sameDoubts(seen, previous)) return {
			seen,
			index
		};
		else {
			isConfirming = true;
			await clock.sleep(isContended ? pace.contended : pace.calm, signal);
		}
		previous = seen;
	}
	throw conflict(convergence);
}
const isUndone = ({ merged }, written) => written.size > 0 && !merged.holds;
const hasCompany = (seen, previous) => seen.doubts.length > 0 || previous !== void 0 && namesOf(seen) !== namesOf(previous);
const namesOf = ({ intents }) => intents.map(tagOf).join();
const sameDoubts = (seen, previous) => seen.doubts.every((doubt) => previous?.doubts.includes(doubt));
const conflict = ({ store: { name }, tags }) => new MatrixError("CONFLICT", `${name.registry}/${name.repository}:${tags.join(", ")} did not stay as they were written, ${maxRounds} times`, { hint: "Let all jobs that write to these tags have \"concurrent: true\", the same first tag and the same \"identity\", or put them into one concurrency group." });

// packages/core/src/converge/superseded.ts
/**
* Entries of ours in whose place a newer run has put another. Throws `ENTRY_DUPLICATE` where our own run and attempt did:
* neither is the newer one, and what is in the index was left to chance.
*/
function supersededIn(intents, { intents: own, store: { name }, tags: [tag] }) {
	return own.flatMap((intent) => {
		const winner = intents.find(({ slot }) => slot === intent.slot);
		if (winner === void 0 || sameEntries(winner, intent)) return [];
		if (winner.generation > intent.generation) return [...intent.entries];
		throw new MatrixError("ENTRY_DUPLICATE", `two writers of one run gave ${name.registry}/${name.repository}:${tag} the same entry: ${intent.entries[0]?.digest} and ${winner.entries[0]?.digest}`, { hint: "Give each leg a platform of its own, or say with \"identity\" what tells them apart." });
	});
}

// packages/core/src/converge/converge-index.ts
/**
* Brings entries into the index at a tag that others write to at the same time, so that none is lost: publishes what is
* wanted, lists what all want, merges, writes, and looks again until two looks some time apart find everything in place.
* docs/converge.md has the proof, and what it needs of the registry. Throws `CONFLICT` where somebody keeps undoing it.
*/
async function convergeIndex(options) {
	const { store, tags, entries, identity, merge, clock = systemClock } = options;
	const { pace = defaultPace, signal = new AbortController().signal, dryRun = false } = options;
	const [tag = ""] = tags;
	const intents = intentsOfEntries(tag, entries, identity);
	const convergence = {
		store,
		tags,
		intents,
		identity,
		merge,
		clock,
		signal
	};
	const before = await store.current(tag);
	const alone = merge(before, intents.flatMap((intent) => intent.entries));
	const first = await store.plan(tags, before.digest, digestOf(alone.bytes));
	if (!dryRun) await publishIntents(convergence);
	const { seen, index } = dryRun ? await foresee(convergence) : await settle(convergence, pace);
	const digest = digestOf(index.bytes);
	return {
		before,
		index,
		merged: seen.merged,
		sinceBefore: merge(before, wantedBy(seen)),
		superseded: supersededIn(seen.intents, convergence),
		intents: seen.intents.flatMap(({ digest: intent }) => intent === void 0 ? [] : [intent]),
		tags: first.map((tag) => ({
			...tag,
			moved: tag.previous !== digest
		}))
	};
}
async function foresee(convergence) {
	const seen = await look(convergence);
	return {
		seen,
		index: seen.merged
	};
}

// packages/core/src/converge/generation.ts
/** The generation of what a run publishes: the later run wins, then the later attempt. */
const generationOf = ({ id, attempt }) => `${digits(id, 16)}.${digits(attempt, 6)}`;
const digits = (count, length) => String(Math.min(count, 10 ** length - 1)).padStart(length, "0");

// packages/core/src/converge/signing-store.ts
/** A store in which no tag moves to an index before that is signed, if indexes are to be signed. */
function signingStore(store, { repository, signIndex }) {
	if (signIndex === void 0) return {
		store,
		finish: async () => {}
	};
	const signed = /* @__PURE__ */ new Set();
	const sign = async (digest) => {
		if (signed.has(digest)) return;
		await signIndex(repository, digest);
		signed.add(digest);
	};
	return {
		store: {
			...store,
			async move(index, moving) {
				if (moving.every(({ tag }) => parseIntentTag(tag) !== void 0)) return store.move(index, moving);
				await repository.manifests.push(index.bytes, index.mediaType);
				await sign(digestOf(index.bytes));
				await store.move(index, moving);
			}
		},
		finish: sign
	};
}

// packages/core/src/converge/tag-store.ts
/** A store in a repository; what it lacks is copied from the sources. */
const storeOf = (repository, sources = []) => ({
	name: repository.name,
	listTags: () => repository.tags.list(),
	fetch: (tag) => unlessUnlisted(repository, tag, repository.manifests.fetch(tag)),
	current: (tag) => readCurrent(repository, tag),
	has: async (digest) => {
		return await unlessUnlisted(repository, digest, repository.manifests.resolve(digest)) !== void 0;
	},
	bring: (children) => bringChildren(repository, children, sources),
	plan: (tags, first, digest) => planTags(repository, tags, first, digest),
	move: (index, moving) => moveTags(repository, index, moving)
});

// packages/core/src/converge/update-concurrently.ts
/** Updates an index that others update at the same time, so that nobody's entries are lost. */
async function updateConcurrently(options, { incoming, plan }, run) {
	refuseUnfit(options);
	const merge = (current, entries) => {
		const planned = planIndex(current, entries, plan);
		const holds = planned.changes.every(({ outcome }) => outcome === "kept");
		return {
			...planned.index,
			holds,
			planned
		};
	};
	const generation = generationOf(run);
	const { store, finish } = signingStore(storeOf(options.repository, options.sources), options);
	const { before, index, merged, sinceBefore, superseded, intents, tags } = await convergeIndex({
		...options,
		store,
		entries: incoming.map((descriptor) => ({
			descriptor,
			generation
		})),
		merge
	});
	const descriptor = descriptorOf(index.bytes, index.mediaType);
	if (options.dryRun !== true) await finish(descriptor.digest);
	return {
		descriptor,
		bytes: index.bytes,
		tags,
		superseded,
		intents,
		copies: [],
		entries: merged.planned.entries.map((entry) => entry.descriptor),
		changes: sinceBefore.planned.changes,
		changed: before.digest !== descriptor.digest
	};
}
function refuseUnfit({ mode, copies = [], guard }) {
	const reason = mode !== "merge" ? `mode ${mode} takes away what others write at the same time` : copies.length > 0 ? "several images would not get one digest" : guard !== void 0 ? "of two runs the later one wins by itself, entry by entry, so guard has nothing to compare" : void 0;
	if (reason === void 0) return;
	throw new MatrixError("INPUT_INVALID", `concurrent does not go with this: ${reason}`, { hint: "Leave out \"concurrent\", and give all jobs that write to this tag one concurrency group instead." });
}

// packages/core/src/incoming-entries.ts
/**
* The entries that some records bring, and those that were named by their digests, with what the user says of them. Throws
* `LEG_MISSING` unless the records are complete, or the missing legs keep the entries that they have.
*/
function incomingEntries(records, named, identity, annotations) {
	const keeps = (records?.keepPrevious ?? []).length > 0;
	if (records?.complete === false && !keeps) throw new MatrixError("LEG_MISSING", `the records of group ${records.group} are not complete${records.missing.length === 0 ? ", since a job did not succeed" : `, missing: ${records.missing.join("; ")}`}`);
	const legs = [...legEntries(records?.records ?? []), ...named.map((descriptor) => ({
		leg: descriptor.digest,
		descriptor
	}))];
	const entries = distinctEntries(legs, identity).map(({ descriptor }) => descriptor);
	refuseUnused(annotations, entries);
	return entries.map((descriptor) => annotateEntry(descriptor, annotations));
}
function refuseUnused(annotations, entries) {
	for (const { platform, key } of annotations) {
		if (platform === void 0) continue;
		if (entries.some((entry) => samePlatform(entry.platform, platform))) continue;
		throw new MatrixError("ANNOTATION_INVALID", `the annotation ${key} is for ${formatPlatform(platform)}, and no leg gives an entry of that platform`, { hint: "Correct the platform in the brackets, or leave the line out." });
	}
}

// packages/core/src/shared-annotations.ts
/**
* The annotations that the manifests of all legs have, with one value: for the index. What differs between legs speaks of one
* leg alone. Attestations have no say. What the repository lacks is read in the sources.
*/
async function sharedAnnotations(repository, sources, entries) {
	const subjects = entries.filter((entry) => attestationSubject(entry) === void 0);
	const [first, ...more] = await pMap(subjects, async ({ digest }) => {
		const found = await fetchFirst([repository, ...sources], digest);
		if (found === void 0) throw absentChildren(repository.name, [digest]);
		const { manifest } = found;
		return (manifest.kind === "index" ? manifest.index : manifest.image).annotations ?? {};
	}, { concurrency: 24 });
	return Object.entries(first ?? {}).filter(([key, value]) => more.every((annotations) => annotations[key] === value)).map(([key, value]) => ({
		level: "manifest",
		key,
		value
	}));
}
async function fetchFirst(repositories, digest) {
	for (const { manifests } of repositories) {
		const found = await manifests.fetch(digest);
		if (found !== void 0) return found;
	}
}

// packages/core/src/prepare-update.ts
/** Gathers what an update brings. Throws `LEG_MISSING` where that is nothing, unless entries are only taken out. */
async function prepareUpdate(options) {
	const { repository, sources = [], records, identity, mode, guard } = options;
	const { annotations = [], entries = [], remove = [], annotationsFromLegs = false } = options;
	const named = await entriesOfDigests(repository, entries);
	const incoming = incomingEntries(records, named, identity, annotations);
	if (mode !== "remove" && incoming.length === 0) throw new MatrixError("LEG_MISSING", "the records name no manifest, so there is nothing to publish", { hint: "Push in each leg with push-manifest; record-outputs alone pushes nothing." });
	const shared = annotationsFromLegs ? await sharedAnnotations(repository, sources, incoming) : [];
	const subject = options.subject ? await resolveSubject(repository, options.subject) : void 0;
	const own = guard === void 0 ? [] : runAnnotations(guard);
	return {
		incoming,
		plan: {
			mode,
			identity,
			remove,
			subject,
			records,
			artifactType: options.artifactType,
			annotations: [
				...shared,
				...annotations,
				...own
			]
		}
	};
}

// packages/core/src/signing/refuse-unsigned.ts
const secondLook = 5e3;
/**
* Throws `UNSIGNED` unless every entry has a signature that holds, in one of the repositories and in either format; what
* attests to an entry needs none. The error names all that have none. The registry is asked, and not what records say.
*/
async function refuseUnsigned(options) {
	const { entries, clock = systemClock, signal = new AbortController().signal } = options;
	const subjects = entries.filter((entry) => attestationSubject(entry) === void 0);
	let unsigned = await withoutSignature(subjects, options);
	if (unsigned.length === 0) return;
	unsigned = await present(unsigned, options);
	if (unsigned.length === 0) return;
	await clock.sleep(secondLook, signal);
	unsigned = await withoutSignature(unsigned, options);
	if (unsigned.length > 0) throw refused(unsigned, subjects.length, options);
}
async function withoutSignature(entries, { repositories, verifier, signal }) {
	let left = entries;
	for (const repository of repositories) {
		const found = await pMap(left, ({ digest }) => findSignature({
			repository,
			digest,
			verifier,
			signal
		}), { concurrency: 16 });
		left = left.filter((_, at) => found[at] === void 0);
	}
	return left;
}
async function present(entries, { repositories, dryRun = false, signal }) {
	let left = entries;
	for (const { manifests } of repositories) {
		const found = await pMap(left, ({ digest }) => manifests.resolve(digest, { signal }), { concurrency: 16 });
		left = left.filter((_, at) => found[at] === void 0);
	}
	const [first] = repositories;
	if (first !== void 0 && left.length > 0 && !dryRun) {
		const digests = left.map(({ digest }) => digest);
		throw absentChildren(first.name, digests);
	}
	return entries.filter((entry) => !left.includes(entry));
}
function refused(unsigned, total, { legs, verifier }) {
	const named = unsigned.map(({ digest }) => {
		const leg = legs?.get(digest);
		return leg === void 0 || leg === digest ? digest : `${leg} (${digest})`;
	});
	const kind = verifier === void 0 ? "no signature" : "no signature that holds";
	return new MatrixError("UNSIGNED", `${unsigned.length} of ${total} entries that come in have ${kind}: ${named.join(", ")}`, { hint: "Sign in each leg what it pushed with sign-manifest, with \"recursive: true\" where that is an index, and with the key or identity that is asked for here." });
}

// packages/core/src/signing/refuse-unsigned-entries.ts
/** Throws `UNSIGNED` if entries that come into an index have no signature where that is required, wherever they come from. */
async function refuseUnsignedEntries(options, entries) {
	const { requireSignatures, repository, copies = [], sources = [], records } = options;
	if (requireSignatures === void 0) return;
	const required = copies.filter(({ optional }) => !optional).map((copy) => copy.repository);
	const legs = new Map(legEntries(records?.records ?? []).map(({ leg, descriptor }) => [descriptor.digest, leg]));
	await refuseUnsigned({
		verifier: requireSignatures.verifier,
		entries,
		legs,
		repositories: [
			repository,
			...required,
			...sources
		],
		dryRun: options.dryRun,
		clock: options.clock,
		signal: options.signal
	});
}

// packages/core/src/update-index.ts
const attempts = 4;
/** Makes the index and moves its tags: last of all, and only when everything that it names is there. A repeat writes nothing. */
async function updateIndex(options) {
	const { repository, tags, records, expected } = options;
	const [baseTag] = tags;
	if (baseTag === void 0) throw new MatrixError("INPUT_INVALID", "no tag was given");
	if (records !== void 0 && expected !== void 0) {
		const excused = new Set(records.keepPrevious);
		const absent = absentLegs(records.records, expected).filter(({ leg = "" }) => !excused.has(leg));
		refuseIncomplete({
			...records,
			missing: absent.map(({ name }) => name)
		});
	}
	const prepared = await prepareUpdate(options);
	await refuseUnsignedEntries(options, prepared.incoming);
	if (options.concurrent) return updateConcurrently(options, prepared, options.concurrent);
	for (let attempt = 0; attempt < attempts; attempt += 1) {
		const updated = await attemptUpdate(options, prepared);
		if (updated !== void 0) return updated;
	}
	throw new MatrixError("CONFLICT", `${repository.name.registry}/${repository.name.repository}:${baseTag} moved ${attempts} times before it could be written; nothing was`, { hint: "Give all jobs that write this tag one \"concurrency\" group, or set \"concurrent: true\", and run the job again." });
}

export { planPushed as $, isImageConfigType as $n, indexSummary as $t, pushBlobs as A, InputError as An, parseAllowedImages as At, readTarNumber as B, table$1 as Bn, requireSignaturesInput as Bt, openVerifierFor as C, subjectInput as Cn, parseRecords as Ct, parseNeeds as D, fitsOutput as Dn, layersMetaOf as Dt, openClientFor as E, deliverRecord as En, layerStores as Et, withPlainNames as F, formatSize as Fn, MatrixError as Ft, ContentError as G, platformMatches as Gn, verifierOptions as Gt, unknownManifest as H, expression as Hn, trustInputs as Ht, architectureName as I, heading as In, writeLayersMeta as It, pushBytes as J, parsePlatform as Jn, signatureSummary as Jt, fetchLayersMeta as K, selectByPlatform as Kn, signatureOutputs as Kt, layoutReader as L, line as Ln, writeRecords as Lt, mergeLayersMeta as M, uploadLog as Mn, parseImage as Mt, measuredLayers as N, code as Nn, parseImages as Nt, refuseOtherPlatform as O, defineAction as On, layersMetaText as Ot, appContent as P, details as Pn, parseTags$1 as Pt, parseEntryDigests as Q, emptyDescriptor as Qn, blobSummary as Qt, readPaxRecords as R, list as Rn, warnOfUpdate as Rt, openSigner as S, recordInput as Sn, addSignatures as St, parseSource as T, input as Tn, isPlatformLayersMeta as Tt, isLayersMeta as U, formatReference as Un, verifierInputs as Ut, repositoryReader as V, text$3 as Vn, signingInputs as Vt, unlessBroken as W, parseReference as Wn, signerOptions as Wt, gatherRecords as X, parseManifest as Xn, registryInputs as Xt, parseIdentity as Y, platformKey as Yn, legInputs as Yt, parseExpect as Z, emptyBytes as Zn, runAction as Zt, planArtifact as _, refuseUnfitPartial as _n, annotationsAt as _t, attestationModes as a, writeLegOutputs as an, createDigester as ar, jsonOf as at, parseMountFrom as b, mediaTypeInput as bn, parseLayerAnnotationLines as bt, retag as c, expandFiles as cn, isDigest as cr, writeDescriptorFile as ct, pushPlan as d, expectInput as dn, OciError as dr, digestsByLeg as dt, legSummary as en, isManifestType as er, artifactTypeOf as et, publishedIndex as f, indexInputs as fn, canonicalBytes as fr, outputsByLeg as ft, planLayout as g, refuseUnfitMode as gn, annotateEntry as gt, refuseIncomplete as h, partialTagsInput as hn, blobFromFile as ht, resolveToSign as i, readRecordsFile as in, algorithmOf as ir, platformOfConfig as it, parseAppImages as j, clientContext as jn, otherImages as jt, pushOlderApp as k, collectRecords as kn, attestationSubject as kt, resolveSubject as l, collectInputs as ln, parseDigest as lr, createRecord as lt, planRelease as m, onMissingInput as mn, parseMediaTypes as mt, recordedSignatures as n, guardedRun as nn, descriptorOf as nr, agreedPlatform as nt, settleAttestations as o, legIdentity as on, digestOf as or, recordsOfDescriptorFiles as ot, planRemote as p, indexOutputs as pn, canonicalText as pr, blobsFromFiles as pt, readLayersMeta as q, formatPlatform as qn, signatureResult as qt, signManifests as r, releaseInputs as rn, parseDescriptor as rr, maxConfigSize as rt, parseManifestName as s, indexResult as sn, encodedOf as sr, reserveDescriptorFile as st, updateIndex as t, publishedTitle as tn, mediaTypes as tr, refuseNotRunnable as tt, parseSelectors as u, descriptorFilesInput as un, shown$1 as ur, countPushed as ut, parsePlainAnnotations as v, fileInputs as vn, layerAnnotationsOf as vt, openLayout as w, tagsInput as wn, parseRecord as wt, openTargets as x, mountFromInput as xn, aggregate as xt, parseOutputs as y, imageInput as yn, parseAnnotationLines as yt, readTarHeader as z, renderMarkdown as zn, formatsOf as zt };