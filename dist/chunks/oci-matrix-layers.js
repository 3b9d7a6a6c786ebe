import { r as __name } from "./runtime.js";
import { $n as isImageConfigType, B as readTarNumber, Dt as layersMetaOf, F as withPlainNames, Ft as MatrixError, G as ContentError, Gn as platformMatches, H as unknownManifest, I as architectureName, J as pushBytes, Jn as parsePlatform, K as fetchLayersMeta, Kn as selectByPlatform, L as layoutReader, Ot as layersMetaText, Qn as emptyDescriptor, R as readPaxRecords, Tt as isPlatformLayersMeta, U as isLayersMeta, Un as formatReference, V as repositoryReader, W as unlessBroken, Wn as parseReference, Xn as parseManifest, Yn as platformKey, Zn as emptyBytes, ar as createDigester, at as jsonOf, cr as isDigest, dr as OciError, er as isManifestType, et as artifactTypeOf, fr as canonicalBytes, ir as algorithmOf, it as platformOfConfig, kt as attestationSubject, nr as descriptorOf, nt as agreedPlatform, or as digestOf$1, q as readLayersMeta, qn as formatPlatform, rt as maxConfigSize, tr as mediaTypes, tt as refuseNotRunnable, z as readTarHeader } from "./oci-matrix.js";
import { S as _nonnegative, a as array, b as _maxLength, c as int, f as object, g as string, h as refine, l as literal, s as custom, t as pMap, u as looseObject, v as unknown } from "./dependencies.js";
import { readFile, stat } from "node:fs/promises";
import { crc32, createGunzip, createGzip, createZstdDecompress } from "node:zlib";
import { once } from "node:events";

// packages/core/src/layers/fit/app-layers.ts
/** Throws `INPUT_INVALID` where nothing says which layers the App has for the architecture. */
function appLayers(app, architecture, engine) {
	const fitting = app.document && fittingMeta(app.document, architecture);
	const meta = app.document && seenBy(engine, app.document, fitting, architecture);
	const known = meta ?? fitting;
	const digests = app.layers?.map(({ digest }) => digest) ?? (known && digestsOf(known));
	if (digests === void 0) throw nothingKnown(app, architecture);
	const sizes = new Map(app.layers?.map(({ digest, size }) => [digest, size]));
	return {
		app,
		layers: [...new Set(digests)].map((digest) => ({
			digest,
			archiveSize: sizes.get(digest) ?? known?.layers[digest]?.archive_size,
			meta: meta?.layers[digest],
			diffId: known?.layers[digest]?.diff_id ?? app.diffIds?.get(digest)
		})),
		blockSize: meta?.fs_block_size,
		store: meta?.store,
		without: withoutReason(app, fitting, meta, architecture)
	};
}
const seenBy = (engine, document, fitting, architecture) => engine === "strict" ? fitting : layersMetaOf(document, machine(architecture).architecture);
/** What a document says for an architecture: by its name, else what such a machine would run; `arm` is `arm/v7`. */
function fittingMeta(document, architecture) {
	const named = layersMetaOf(document, architecture);
	if (named !== void 0 || isPlatformLayersMeta(document)) return named;
	const wanted = machine(architecture);
	const entries = Object.entries(document).map(([key, meta]) => ({
		platform: machine(key),
		meta
	})).filter(({ platform }) => platform.architecture === wanted.architecture);
	return selectByPlatform(entries, wanted)?.meta ?? layersMetaOf(document, wanted.architecture);
}
const machine = (architecture) => parsePlatform(`linux/${architecture}`);
const digestsOf = ({ layers }) => Object.keys(layers).filter(isDigest);
function withoutReason({ without, document }, fitting, meta, architecture) {
	if (document === void 0) return without ?? "it has no layer metadata";
	if (meta !== void 0) return "its layer metadata does not have them";
	const { architecture: key } = machine(architecture);
	return fitting === void 0 ? `its layer metadata has nothing for ${architecture}` : `its layer metadata has no ${JSON.stringify(key)}, which is where the engine looks`;
}
function nothingKnown({ name, document }, architecture) {
	if (document === void 0) return new MatrixError("INPUT_INVALID", `nothing says which layers ${name} has: it has no layer metadata, and its manifest names no images`, { hint: "Attach the metadata when the App is published, or give it in \"layers-meta-file\"; for an estimate name the images of the App in \"image\"." });
	const has = Object.keys(document).join(", ") || "nothing";
	return new MatrixError("INPUT_INVALID", `the layer metadata of ${name} has nothing for ${architecture}: it has ${has}`, { hint: "Set \"architecture\" to one of these, or measure the layers for it too." });
}

// packages/core/src/layers/fit/find-layers-meta.ts
/** What a manifest is called that has metadata of the layers of its subject. */
const layersMetaType = "application/vnd.oci-matrix.layers-meta.v1+json";
/** The most referrers that are read. */
const maxReferrers = 16;
/** The metadata among the referrers that knows most of the layers, the first of equals; or why there is none. */
async function findLayersMeta(options) {
	const { repository, subjects } = options;
	const lists = await Promise.all(subjects.map((subject) => repository.referrers.list(subject, { artifactType: layersMetaType })));
	const digests = [...new Set(lists.flat().map(({ digest }) => digest))].slice(0, maxReferrers);
	const read = await Promise.all(digests.map((digest) => readMeta(options, digest)));
	const documents = read.filter((one) => typeof one !== "string");
	const known = (document) => knownLayers(document, options);
	const [best] = documents.toSorted((a, b) => known(b) - known(a));
	if (best !== void 0) return { document: best };
	return { without: read.find((one) => typeof one === "string") ?? "nothing measured it" };
}
async function readMeta({ repository, name, subjects }, digest) {
	try {
		const found = await unlessBroken(repository.manifests.fetch(digest));
		const image = found?.manifest.kind === "image" ? found.manifest.image : void 0;
		const layer = subjects.some((subject) => subject === image?.subject?.digest) ? image?.layers[0] : void 0;
		return (layer && await unlessBroken(fetchLayersMeta(repository, layer, name))) ?? `its metadata ${digest} is not what it should be`;
	} catch (error) {
		if (!(error instanceof MatrixError)) throw error;
		return error.message;
	}
}
function knownLayers(document, { name, digests, architecture }) {
	const layers = digests.map((digest) => ({
		digest,
		size: 0
	}));
	return appLayers({
		name,
		document,
		layers
	}, architecture, "strict").layers.filter(({ meta }) => meta !== void 0).length;
}

// packages/core/src/layers/attach-layers-meta.ts
/** Puts a document beside its image, as a referrer of the image's manifest. The same document is there once. */
async function attachLayersMeta({ repository, subject, document, signal }) {
	const bytes = new TextEncoder().encode(layersMetaText(document));
	const layer = descriptorOf(bytes, layersMetaType, { annotations: { "org.opencontainers.image.title": "layers_meta.json" } });
	const manifest = canonicalBytes(manifestOf(subject, layer));
	const descriptor = descriptorOf(manifest, mediaTypes.imageManifest);
	if ((await repository.referrers.list(subject.digest, {
		artifactType: "application/vnd.oci-matrix.layers-meta.v1+json",
		signal
	})).some(({ digest }) => digest === descriptor.digest)) return {
		descriptor,
		outcome: "present"
	};
	await Promise.all([pushBytes(repository, emptyDescriptor, emptyBytes, signal), pushBytes(repository, layer, bytes, signal)]);
	await repository.manifests.push(manifest, mediaTypes.imageManifest, { signal });
	return {
		descriptor,
		outcome: "attached"
	};
}
const manifestOf = ({ mediaType, digest, size }, layer) => ({
	schemaVersion: 2,
	mediaType: mediaTypes.imageManifest,
	artifactType: layersMetaType,
	config: emptyDescriptor,
	layers: [layer],
	subject: {
		mediaType,
		digest,
		size
	}
});

// packages/core/src/layers/layers-total.ts
function layersTotal({ layers }) {
	const all = Object.values(layers);
	const sum = (key) => all.reduce((total, layer) => total + (layer[key] ?? 0), 0);
	return {
		layers: all.length,
		size: sum("size"),
		usage: sum("usage"),
		archive_size: sum("archive_size"),
		inodes: sum("inodes")
	};
}

// packages/core/src/layers/check-budget.ts
/** The limits that an image goes beyond; what is equal to its limit keeps it. */
function checkBudget(options) {
	const { current, previous, maxUsage, maxGrowth } = options;
	const { usage } = layersTotal(current);
	const growth = previous === void 0 ? void 0 : usage - layersTotal(previous).usage;
	return [...breach("max-usage", maxUsage, usage), ...breach("max-growth", maxGrowth, growth)];
}
const breach = (limit, allowed, actual) => allowed === void 0 || actual === void 0 || actual <= allowed ? [] : [{
	limit,
	allowed,
	actual,
	over: actual - allowed
}];

// packages/core/src/layers/fetch-known-layers.ts
/**
* The documents that refer to an image, the last of the list first. One that cannot be read is none. They are as good as the
* image: whoever may push it may say anything of it.
*/
async function fetchKnownLayers({ repository, digest, signal }) {
	const newest = (await repository.referrers.list(digest, {
		artifactType: layersMetaType,
		signal
	})).slice(-16).reverse();
	return (await pMap(newest, (entry) => readDocuments(repository, entry.digest, digest), { concurrency: 4 })).flat();
}
async function readDocuments(repository, at, subject) {
	const found = await unlessBroken(repository.manifests.fetch(at));
	if (found?.manifest.kind !== "image") return [];
	const { subject: named, layers } = found.manifest.image;
	const [layer] = layers;
	if (named?.digest !== subject || layer === void 0) return [];
	try {
		const document = await unlessBroken(fetchLayersMeta(repository, layer, `${subject} by ${at}`));
		if (document === void 0) return [];
		return isPlatformLayersMeta(document) ? [document] : Object.values(document);
	} catch (error) {
		if (error instanceof MatrixError && error.code === "LAYERS_META_INVALID") return [];
		throw error;
	}
}

// packages/core/src/layers/fit/app.ts
const fitEngines = [
	"aktualizr-lite",
	"composectl",
	"strict"
];

// packages/core/src/layers/fit/amount.ts
/** A sum of amounts. Throws `INPUT_INVALID` where it is beyond what can be counted exactly: no disk is that large. */
const sum = (amounts, what = "what the layers take") => {
	let total = 0;
	for (const amount of amounts) total = exact(total + amount, what);
	return total;
};
/** A product of amounts; throws as `sum` does. */
const product = (a, b, what = "what the layers take") => exact(a * b, what);
/** To whole blocks. */
const roundUp = (bytes, blockSize) => exact(Math.ceil(bytes / blockSize) * blockSize, "the size of a layer");
function exact(amount, what) {
	if (Number.isSafeInteger(amount) && amount >= 0) return amount;
	throw new MatrixError("INPUT_INVALID", `${what} comes to ${amount}, which is no amount that can be counted: at most ${Number.MAX_SAFE_INTEGER} can`, { hint: "Look for a number that is wrong in the layer metadata or among the inputs." });
}

// packages/core/src/layers/fit/demand.ts
/** `1 layer`, `2 layers`. */
const layersIn = (count) => `${count} layer${count === 1 ? "" : "s"}`;

// packages/core/src/layers/fit/aktualizr-lite.ts
/**
* The rules of aktualizr-lite's own engine (restorableappengine.cc): each App is looked at alone, right before it is pulled, when
* those before it were downloaded, but nothing of them is unpacked. `fs_block_size` is never read, and nothing is rounded.
*/
function aktualizrLiteDemands(apps, installed, oneVolume) {
	const present = new Set(installed);
	const demands = [];
	const estimates = [];
	let downloaded = 0;
	for (const { app, layers, without } of apps) {
		if (app.archive !== void 0 && !present.has(app.archive.digest)) {
			const { size } = app.archive;
			demands.push({
				place: "store",
				bytes: sum([downloaded, product(size, 3)])
			});
			downloaded = sum([downloaded, size]);
		}
		const missing = layers.filter(({ digest }) => !present.has(digest));
		const { store, docker } = costOf(missing);
		downloaded = sum([downloaded, store]);
		demands.push({
			place: "store",
			bytes: downloaded
		});
		demands.push({
			place: "docker",
			bytes: oneVolume ? sum([downloaded, docker]) : docker
		});
		if (!isMeasured(missing)) estimates.push(estimateOf(app.name, missing, without));
		for (const { digest } of missing) present.add(digest);
	}
	return {
		demands,
		estimates,
		notes: notesOf$2(apps, installed, estimates.length > 0)
	};
}
const isMeasured = (missing) => missing.every(({ meta }) => meta !== void 0);
function costOf(missing) {
	const store = sum(missing.map(({ archiveSize = 0 }) => archiveSize));
	return {
		store,
		docker: isMeasured(missing) ? sum(missing.map(({ meta }) => meta?.usage ?? 0)) : product(store, 5)
	};
}
const estimateOf = (app, missing, without) => ({
	app,
	digests: missing.map(({ digest }) => digest),
	reason: `For all layers of ${app} ${5} times the compressed size counts, since ${without}.`
});
function notesOf$2(apps, installed, estimated) {
	const missing = apps.flatMap(({ layers }) => layers).filter(({ digest, archiveSize }) => archiveSize === void 0 && !installed.has(digest));
	const sizeless = new Set(missing.map(({ digest }) => digest)).size;
	return [sizeless > 0 && `Nothing says how large the blobs of ${layersIn(sizeless)} are: as in aktualizr-lite they count nothing.`, estimated && "aktualizr-lite itself estimates only an App whose manifest lists its layers in the older form; any other it pulls without a check."].filter((note) => note !== false);
}
__name(notesOf$2, "notesOf");

// packages/core/src/layers/fit/layer-cost.ts
const totalCost = (costs) => ({
	bytes: sum(costs.map(({ bytes }) => bytes)),
	inodes: sum(costs.map(({ inodes }) => inodes))
});
/** A blob in the store of the device. A layer of an unknown blob is hardly larger packed than unpacked. */
const blobCost = ({ archiveSize, meta }, blockSize) => ({
	bytes: roundUp(archiveSize ?? meta?.usage ?? 0, blockSize),
	inodes: 1
});
const besideBase = 5;
const besideOthers = 6;
const besideInodes = {
	overlay2: 12,
	containerd: 3
};
/** A layer as Docker unpacks it, with all that it keeps of it; measured on ext4, in its default form. */
function unpackedCost(layer, measured, blockSize, store) {
	const { meta } = layer;
	const unpacked = roundUp(usageAt(layer, measured, blockSize), blockSize);
	const counted = meta?.inodes !== void 0 && measured.store === store;
	const inodes = sum([meta?.inodes ?? 0, counted ? 0 : besideInodes[store]]);
	if (store === "overlay2") {
		const beside = product(meta?.base ? besideBase : besideOthers, blockSize);
		return {
			bytes: sum([unpacked, beside]),
			inodes
		};
	}
	const blob = measured.store === "containerd" ? 0 : blobCost(layer, blockSize).bytes;
	return {
		bytes: sum([unpacked, blob]),
		inodes
	};
}
/** The usage of a layer in blocks of the device: as measured for them, else no less than it can be. */
function usageAt({ meta, archiveSize = 0 }, { blockSize: measured = 0 }, blockSize) {
	if (meta === void 0) return sum([product(archiveSize, 5), product(5, blockSize)]);
	const known = meta.usages?.[blockSize];
	if (known !== void 0) return known;
	if (blockSize <= measured) return meta.usage;
	return meta.inodes === void 0 ? product(Math.ceil(meta.usage / measured), blockSize) : sum([meta.usage, product(sum([meta.inodes, 5]), blockSize - measured)]);
}
/** True where what counts for such a device is a bound, and was not measured. What says nothing of a store is of overlay2. */
const isBound = ({ meta }, { blockSize: measured, store: measuredFor = "overlay2" }, blockSize, store) => meta !== void 0 && (measuredFor !== store || measured !== blockSize && meta.usages?.[blockSize] === void 0);

// packages/core/src/layers/fit/clean-up.ts
/**
* What goes with images: their blobs and their unpacked layers, but for what the update or another image needs. A layer without
* a measurement gives back its blob at least. What Docker keeps beside the layers goes with them.
*/
function freedBy({ images, kept }, apps, { architecture, volumes, store }) {
	const needed = /* @__PURE__ */ new Set([...kept, ...apps.flatMap(({ layers }) => layers.map((one) => one.digest))]);
	const blockSize = volumes.store.blockSize;
	const dockerSize = volumes.docker?.blockSize ?? blockSize;
	const gone = /* @__PURE__ */ new Map();
	for (const measured of images.map((image) => appLayers(image, architecture, "strict"))) for (const layer of measured.layers.filter(({ digest }) => !needed.has(digest))) {
		const blob = layer.archiveSize === void 0 ? nothing$1 : blobCost(layer, blockSize);
		const unpacked = unpackedOf(layer, measured, dockerSize, store);
		gone.set(layer.digest, {
			blob,
			unpacked
		});
	}
	const costs = [...gone.values()];
	const blobs = totalCost(costs.map(({ blob }) => blob));
	const unpacked = totalCost(costs.map((cost) => cost.unpacked));
	return volumes.docker === void 0 ? byVolume({ disk: totalCost([blobs, unpacked]) }) : byVolume({
		store: blobs,
		docker: unpacked
	});
}
const nothing$1 = {
	bytes: 0,
	inodes: 0
};
function unpackedOf(layer, measured, blockSize, store) {
	const { meta } = layer;
	if (meta === void 0) return nothing$1;
	return isBound(layer, measured, blockSize, store) ? {
		bytes: meta.size,
		inodes: meta.inodes ?? 0
	} : unpackedCost(layer, measured, blockSize, store);
}
const byVolume = (costs) => ({
	bytes: Object.fromEntries(Object.entries(costs).map(([name, { bytes }]) => [name, bytes])),
	inodes: Object.fromEntries(Object.entries(costs).map(([name, { inodes }]) => [name, inodes]))
});

// packages/core/src/layers/fit/composectl.ts
/**
* The rules of `composectl pull` and `check`: all Apps together, each blob once, and one question, of the volume of the store.
* Where Docker keeps its layers on another volume, nobody looks at that one.
*/
function composectlDemands(apps, installed, blockSize) {
	const seen = new Set(installed);
	const isNew = ({ digest }) => !seen.has(digest) && seen.add(digest) !== void 0;
	const costs = [];
	const estimates = [];
	for (const { app, layers, blockSize: measured, without } of apps) {
		const missing = layers.filter(isNew);
		const hasMeta = measured !== void 0;
		costs.push(...missing.map((layer) => layerCost(layer, hasMeta, blockSize)));
		costs.push(...others(app).filter(isNew).map(({ size }) => 2 * roundUp(size, blockSize)));
		estimates.push(...estimatesOf$1(app, missing, hasMeta, without));
	}
	return {
		demands: [{
			place: "store",
			bytes: sum(costs)
		}],
		estimates,
		notes: notesOf$1(apps)
	};
}
const others = ({ archive, documents = [] }) => archive === void 0 ? documents : [archive, ...documents];
function layerCost({ archiveSize = 0, meta }, hasMeta, blockSize) {
	const store = roundUp(archiveSize, blockSize);
	if (!hasMeta) return sum([store, store]);
	return sum([store, meta?.usage ?? product(archiveSize, 5)]);
}
function estimatesOf$1({ name }, missing, hasMeta, without) {
	const digests = missing.filter(({ meta }) => meta === void 0).map(({ digest }) => digest);
	if (digests.length === 0) return [];
	const counted = hasMeta ? `${5} times the compressed size counts` : "the compressed size counts for the unpacked one, which is far too little";
	return [{
		app: name,
		digests,
		reason: `For ${layersIn(digests.length)} of ${name} ${counted}, since ${without}.`
	}];
}
__name(estimatesOf$1, "estimatesOf");
function notesOf$1(apps) {
	const names = apps.filter(({ app }) => app.layers === void 0).map(({ app }) => app.name);
	if (names.length === 0) return [];
	return [`composectl counts the manifests and configs of images, too: nothing says how large those of ${names.join(", ")} are.`];
}
__name(notesOf$1, "notesOf");

// packages/core/src/layers/fit/gaps.ts
const blindness = {
	"aktualizr-lite": "it looks at each App alone, before anything is unpacked, and neither at inodes nor at what Docker keeps beside a layer",
	composectl: "it looks at the volume of the store alone, and neither at inodes nor at what Docker keeps beside a layer"
};
/** What an engine that says yes does not see, in sentences. */
function blindnessGaps(engine, strict) {
	if (strict.fits) return strict.gaps;
	return strict.volumes.filter(({ fits }) => !fits).map(({ volume, shortBy, inodes }) => {
		const bytes = shortBy > 0 ? [`${shortBy} bytes`] : [];
		const files = inodes?.shortBy ? [`${inodes.shortBy} inodes`] : [];
		return `${engine} says yes, and yet the ${volume} volume is short by ${[...bytes, ...files].join(" and ")} once everything is counted: ${blindness[engine]}`;
	});
}
/** Whether what Docker needs for a time fits beside the rest. */
function passingGap(volumes, passing = 0) {
	const last = volumes.at(-1);
	const short = last === void 0 ? 0 : last.required + passing - last.available;
	if (last === void 0 || passing === 0 || short <= 0) return [];
	return [`the ${last.volume} volume may be full for a time: while Docker loads an image from an archive it keeps a copy of that, up to ${passing} bytes here, and ${short} of these are missing`];
}

// packages/core/src/layers/fit/missing-layers.ts
/** The layers that a device does not have, each once, the largest first. */
function missingLayers(apps, { digests }) {
	const found = /* @__PURE__ */ new Map();
	for (const { app, layers } of apps) for (const layer of layers) {
		const { digest } = layer;
		if (!digests.has(digest) && !found.has(digest)) found.set(digest, missing(layer, app.name));
	}
	return [...found.values()].sort((a, b) => sizeOf(b) - sizeOf(a) || (a.digest < b.digest ? -1 : 1));
}
const missing = ({ digest, archiveSize, meta }, app) => ({
	digest,
	app,
	...archiveSize === void 0 ? {} : { archiveSize },
	...meta === void 0 ? {} : { usage: meta.usage }
});
const sizeOf = ({ archiveSize = 0, usage = 0 }) => archiveSize + usage;

// packages/core/src/layers/fit/strict.ts
/**
* What an update takes in the end: all Apps together, each blob and each unpacked layer once, in blocks of the device, with what
* Docker keeps beside the layers.
*/
function strictDemands(apps, options) {
	const { installed, blockSizes, oneVolume } = options;
	const missing = distinct(apps).filter(({ layer }) => !installed.digests.has(layer.digest));
	const fresh = new Set(apps.flatMap((app) => toUnpack(app, installed)));
	const unpacked = missing.filter(({ layer: { digest } }) => fresh.has(digest));
	const store = totalCost([...missing.map(({ layer }) => blobCost(layer, blockSizes.store)), ...othersOf(apps, installed, blockSizes.store)]);
	const docker = totalCost(unpacked.map(({ layer, measured }) => unpackedCost(layer, measured, blockSizes.docker, options.store)));
	return {
		demands: oneVolume ? [{
			place: "store",
			...totalCost([store, docker])
		}] : [{
			place: "store",
			...store
		}, {
			place: "docker",
			...docker
		}],
		passing: passingOf(unpacked),
		estimates: estimatesOf(apps, new Set(missing.map(({ layer }) => layer))),
		notes: notesOf(unpacked, options)
	};
}
function distinct(apps) {
	const found = /* @__PURE__ */ new Map();
	for (const measured of apps) for (const layer of measured.layers) if (found.get(layer.digest)?.layer.meta === void 0) found.set(layer.digest, {
		layer,
		measured
	});
	return [...found.values()];
}
const passingOf = (unpacked) => Math.max(0, ...Map.groupBy(unpacked, ({ measured }) => measured).values().map((layers) => sum(layers.map(({ layer }) => layer.meta?.size ?? 0))));
function toUnpack({ app, layers }, { diffIds }) {
	const isNew = ({ diffId }) => diffId === void 0 || !diffIds.has(diffId);
	const first = layers.findIndex(isNew);
	return (app.layers === void 0 ? layers.filter(isNew) : first < 0 ? [] : layers.slice(first)).map(({ digest }) => digest);
}
function othersOf(apps, { digests }, blockSize) {
	return [...new Map(apps.flatMap(({ app: { archive, documents = [] } }) => [...documents.map(({ digest, size }) => [digest, size]), ...archive === void 0 ? [] : [[archive.digest, 4 * archive.size]]]))].filter(([digest]) => !digests.has(digest)).map(([, size]) => ({
		bytes: roundUp(size, blockSize),
		inodes: 1
	}));
}
const estimatesOf = (apps, missing) => apps.flatMap(({ app: { name }, layers, without }) => {
	const digests = layers.filter((layer) => missing.has(layer) && layer.meta === void 0).map(({ digest }) => digest);
	if (digests.length === 0) return [];
	return [{
		app: name,
		digests,
		reason: `For ${layersIn(digests.length)} of ${name} ${5} times the compressed size counts, since ${without}.`
	}];
});
function notesOf(unpacked, { blockSizes: { docker: blockSize }, store }) {
	const count = (is) => unpacked.filter(is).length;
	const bound = count(({ layer, measured }) => isBound(layer, measured, blockSize, store));
	const uncounted = count(({ layer }) => layer.meta?.inodes === void 0);
	const sizeless = count(({ layer }) => layer.archiveSize === void 0);
	return [
		bound > 0 && `For ${layersIn(bound)} an upper bound counts: nobody measured for blocks of ${blockSize} bytes and ${store}.`,
		uncounted > 0 && `Nothing says how many files are in ${layersIn(uncounted)}: more inodes are needed than counted here.`,
		sizeless > 0 && `Nothing says how large the blobs of ${layersIn(sizeless)} are: they count as if they were not compressed.`
	].filter((note) => note !== false);
}

// packages/core/src/layers/fit/volume.ts
const watermarks = {
	"aktualizr-lite": [20, 95],
	composectl: [20, 99],
	strict: [1, 100]
};
/** Throws `INPUT_INVALID` where the engine would not take the watermark; with `reserve` it is not looked at. */
function refuseWatermark({ watermark, reserve }, engine) {
	const [least, most] = watermarks[engine];
	if (reserve !== void 0 || watermark >= least && watermark <= most) return;
	throw new MatrixError("INPUT_INVALID", `a watermark of ${watermark} is nothing that ${engine} takes: it is from ${least} to ${most}`, { hint: "Set \"watermark\" to what the device has, or give \"reserve\" in bytes." });
}
/** Throws `INPUT_INVALID` for numbers that no file system has. */
function refuseVolume({ blockSize, blocks, free }, name) {
	product(blockSize, blocks, `the size of the ${name} volume`);
	if (free <= blocks) return;
	throw new MatrixError("INPUT_INVALID", `the ${name} volume has ${free} free blocks of ${blocks}, which is more than all`, { hint: "Take all numbers from one call of stat -f." });
}
/** The bytes that an update may take, when so many more are free; in the arithmetic of the engine. */
function availableOn(volume, reserve, engine, freed = 0) {
	const free = volume.blockSize * volume.free + freed;
	return Math.max(0, free - reservedOn(volume, reserve, engine));
}
function reservedOn({ blockSize, blocks }, { watermark, reserve }, engine) {
	if (reserve !== void 0) return reserve;
	const part = (100 - watermark) / 100;
	return engine === "composectl" ? Math.trunc(part * (blockSize * blocks)) : blockSize * Math.ceil(blocks * part);
}

// packages/core/src/layers/fit/volume-verdicts.ts
/** Each volume, and what is asked of it: the most that any demand asks, since each is met alone. */
function volumeVerdicts(demands, options, freed = {
	bytes: {},
	inodes: {}
}) {
	const { store, docker } = options.volumes;
	const verdict = (name, volume, asked) => {
		const required = Math.max(0, ...asked.map(({ bytes }) => bytes));
		const available = availableOn(volume, options.reserve, options.engine, freed.bytes[name]);
		const shortBy = Math.max(0, required - available);
		const inodes = inodesOf(volume, asked, freed.inodes[name]);
		return {
			volume: name,
			required,
			available,
			shortBy,
			fits: shortBy === 0 && (inodes?.shortBy ?? 0) === 0,
			...inodes && { inodes }
		};
	};
	if (docker === void 0) return [verdict("disk", store, demands)];
	const at = (place) => demands.filter((demand) => demand.place === place);
	return [verdict("store", store, at("store")), verdict("docker", docker, at("docker"))];
}
function inodesOf({ inodesFree }, demands, freed = 0) {
	const counted = demands.map(({ inodes }) => inodes).filter((inodes) => inodes !== void 0);
	if (inodesFree === void 0 || counted.length === 0) return void 0;
	const required = Math.max(...counted);
	const available = inodesFree + freed;
	return {
		required,
		available,
		shortBy: Math.max(0, required - available)
	};
}

// packages/core/src/layers/fit/check-fit.ts
/**
* Whether an update fits on a device, by the rules of the engine that decides there. Throws `INPUT_INVALID` for what no device
* has, and where nothing says which layers an App has.
*/
function checkFit(given) {
	refuse(given);
	const options = withCleanUp(given);
	const { architecture, engine, installed, cleanUp } = options;
	const apps = options.apps.map((app) => appLayers(app, architecture, engine));
	const { demands, passing, estimates, notes } = demandsOf(apps, options);
	const volumes = volumeVerdicts(demands, options);
	const fits = volumes.every((volume) => volume.fits);
	const freed = cleanUp && freedBy(cleanUp, apps, options);
	const after = freed && volumeVerdicts(demands, options, freed);
	return {
		engine,
		fits,
		volumes,
		missing: missingLayers(apps, installed),
		estimates,
		notes,
		gaps: fits ? [...passingGap(volumes, passing), ...engineGaps(options)] : [],
		...freed && { cleanUp: {
			...freed,
			fits: after?.every((volume) => volume.fits) ?? fits
		} }
	};
}
function refuse({ apps, volumes: { store, docker }, reserve, engine }) {
	if (apps.length === 0) throw new MatrixError("INPUT_INVALID", "nothing was named that could fit");
	refuseWatermark(reserve, engine);
	refuseVolume(store, docker === void 0 ? "disk" : "store");
	if (docker !== void 0) refuseVolume(docker, "docker");
}
function withCleanUp(options) {
	const { cleanUp, architecture, installed } = options;
	if (cleanUp === void 0) return options;
	const layers = cleanUp.images.flatMap((image) => appLayers(image, architecture, "strict").layers);
	const digests = /* @__PURE__ */ new Set([...installed.digests, ...layers.map(({ digest }) => digest)]);
	return {
		...options,
		installed: {
			...installed,
			digests
		}
	};
}
function demandsOf(apps, options) {
	const { engine, installed, store, volumes } = options;
	const oneVolume = volumes.docker === void 0;
	if (engine === "aktualizr-lite") return aktualizrLiteDemands(apps, installed.digests, oneVolume);
	const first = volumes.store.blockSize;
	if (engine === "composectl") return composectlDemands(apps, installed.digests, first);
	const blockSizes = {
		store: first,
		docker: volumes.docker?.blockSize ?? first
	};
	return strictDemands(apps, {
		installed,
		blockSizes,
		store,
		oneVolume
	});
}
function engineGaps({ cleanUp: _, ...options }) {
	const { engine } = options;
	if (engine === "strict") return [];
	return blindnessGaps(engine, checkFit({
		...options,
		engine: "strict"
	}));
}

// packages/core/src/layers/fit/fit-report.ts
/** Tells of a verdict in one document. */
const fitReport = (verdict) => ({
	schema: "oci-matrix/fit/v1",
	...verdict,
	missing: {
		count: verdict.missing.length,
		largest: verdict.missing.slice(0, 50)
	},
	estimates: verdict.estimates.map(({ app, digests, reason }) => ({
		app,
		reason,
		layers: digests.length
	}))
});

// packages/core/src/layers/fit/load-image.ts
/** Indexes in indexes that are followed. */
const maxDepth$1 = 4;
/** Reads what a registry has of an image for one architecture of Linux, with its metadata where something refers to it. */
async function loadImage(options) {
	const { repository, name, architecture } = options;
	const wanted = parsePlatform(`linux/${architecture}`);
	const path = await follow(options, wanted, [options.root]);
	const { image, descriptor } = path.leaf;
	const diffIds = await diffIdsOf$1(repository, image, name, wanted);
	const subjects = [...path.indexes, descriptor].map(({ digest }) => digest);
	const digests = image.layers.map(({ digest }) => digest);
	const meta = await findLayersMeta({
		repository,
		name,
		subjects,
		digests,
		architecture
	});
	return {
		name,
		diffIds,
		layers: image.layers,
		documents: [
			...path.indexes,
			descriptor,
			image.config
		],
		...meta
	};
}
async function follow(options, wanted, chain) {
	const { repository, name } = options;
	const { manifest, descriptor } = chain.at(-1) ?? options.root;
	if (manifest.kind === "image") return {
		indexes: chain.slice(0, -1).map((one) => one.descriptor),
		leaf: {
			image: manifest.image,
			descriptor
		}
	};
	if (chain.length > maxDepth$1) throw new MatrixError("INPUT_INVALID", `${name} is an index in more than ${maxDepth$1} others`);
	const { digest } = entryFor(manifest.index, wanted, name);
	const child = await repository.manifests.fetch(digest);
	if (child === void 0) throw unknownManifest(formatReference(repository.name), digest);
	return follow(options, wanted, [...chain, child]);
}
function entryFor({ manifests }, wanted, name) {
	const images = manifests.filter((entry) => isManifestType(entry.mediaType) && attestationSubject(entry) === void 0);
	const found = selectByPlatform(images, wanted);
	if (found !== void 0) return found;
	const has = images.map(({ platform }) => platform ? formatPlatform(platform) : "no platform");
	throw new MatrixError("INPUT_INVALID", `${name} has no image for ${formatPlatform(wanted)}: it has ${has.join(", ") || "none"}`, { hint: "Set \"architecture\" to one of these." });
}
const configSchema$1 = object({ rootfs: object({ diff_ids: array(unknown()) }) });
async function diffIdsOf$1({ blobs }, { config, layers }, name, wanted) {
	const none = /* @__PURE__ */ new Map();
	if (!isImageConfigType(config.mediaType) || config.size === 0) return none;
	const bytes = await blobs.fetchBytes(config, maxConfigSize);
	refuseOtherMachine(platformOfConfig(bytes), wanted, name);
	const parsed = configSchema$1.safeParse(jsonOf(bytes));
	if (!parsed.success || parsed.data.rootfs.diff_ids.length !== layers.length) return none;
	parsed.data.rootfs.diff_ids.forEach((diffId, at) => {
		const layer = layers[at];
		if (layer !== void 0 && isDigest(diffId)) none.set(layer.digest, diffId);
	});
	return none;
}
__name(diffIdsOf$1, "diffIdsOf");
function refuseOtherMachine(of, wanted, name) {
	if (of === void 0 || selectByPlatform([{ platform: of }], wanted) !== void 0) return;
	throw new MatrixError("PLATFORM_MISMATCH", `${name} is for ${formatPlatform(of)}, and the device is ${formatPlatform(wanted)}`, { hint: "Set \"architecture\" to that of the image, or name the image of the device." });
}

// packages/core/src/layers/fit/older-app.ts
const digest = string().check(refine(isDigest, "is not a digest"));
const size = int().check(_nonnegative());
const entry = object({
	digest,
	size,
	platform: object({ architecture: string() })
});
const listSchema = looseObject({
	mediaType: literal(mediaTypes.imageManifest),
	manifests: array(entry).check(_maxLength(64))
});
const layersSchema = object({
	annotations: object({ "compose-app-layers": literal("v1") }),
	layers: array(object({
		digest,
		size
	})).check(_maxLength(1e4))
});
/** Reads an App of the older form; undefined where these bytes are none. What is a manifest and an index at once and no App is none. */
function olderApp(bytes) {
	const parsed = listSchema.safeParse(jsonOf(bytes));
	if (!parsed.success) return void 0;
	const { manifests, ...image } = parsed.data;
	const manifest = parseManifest(canonicalBytes(image), mediaTypes.imageManifest);
	return manifest.kind === "image" && manifest.image.annotations?.["compose-app"] !== void 0 ? {
		image: manifest.image,
		manifests
	} : void 0;
}
/** Reads which layers an App of the older form has for an architecture; its readers know of no variant. Throws `SOURCE_INVALID`. */
async function fetchOlderLayers({ repository, name, architecture, listed }) {
	const { architecture: wanted } = parsePlatform(`linux/${architecture}`);
	const found = listed.find(({ platform }) => platform.architecture === wanted);
	if (found === void 0) return {
		layers: void 0,
		documents: []
	};
	const bytes = (await repository.manifests.fetchBytes(found.digest))?.bytes;
	const parsed = layersSchema.safeParse(bytes && jsonOf(bytes));
	if (!parsed.success || bytes?.byteLength !== found.size) throw invalid$1(name, found.digest, wanted);
	return {
		layers: parsed.data.layers.flatMap((layer) => isDigest(layer.digest) ? [{
			digest: layer.digest,
			size: layer.size
		}] : []),
		documents: [{
			digest: digestOf$1(bytes),
			size: found.size
		}]
	};
}
const invalid$1 = /* @__PURE__ */ __name((name, digest, architecture) => new MatrixError("SOURCE_INVALID", `${digest}, which ${name} lists for ${architecture}, is not the list of layers of an App`, { hint: "Publish the App again, or give its metadata in \"layers-meta-file\"." }), "invalid");

// packages/core/src/layers/fit/load-app.ts
/**
* Reads what a registry has of an App of Foundries' kind, or of an image: its layers' descriptors, and its metadata, which is in
* the App's second layer, or a referrer of the image. Throws `MANIFEST_UNKNOWN` where it is not there.
*/
async function loadApp(repository, reference, architecture) {
	const name = formatReference(reference);
	const found = await fetchRoot(repository, reference);
	const { bytes, digest, mediaType = mediaTypes.imageManifest } = found;
	const descriptor = {
		mediaType,
		digest,
		size: bytes.byteLength
	};
	const older = olderApp(bytes);
	if (older !== void 0) {
		const { layers, documents } = await fetchOlderLayers({
			repository,
			name,
			architecture,
			listed: older.manifests
		});
		const app = await appOf(repository, name, descriptor, older.image);
		return {
			...app,
			layers,
			documents: [...app.documents ?? [], ...documents]
		};
	}
	const manifest = parseManifest(bytes, found.mediaType);
	const root = {
		bytes,
		descriptor: {
			...descriptor,
			mediaType: manifest.mediaType
		},
		manifest
	};
	if (manifest.kind === "image" && isApp(manifest.image)) return appOf(repository, name, descriptor, manifest.image);
	return loadImage({
		repository,
		name,
		root,
		architecture
	});
}
async function fetchRoot({ manifests, name: repository }, { tag = "", digest }) {
	const found = await manifests.fetchBytes(digest ?? tag);
	if (found !== void 0) return found;
	throw unknownManifest(formatReference(repository), digest ?? tag);
}
const isApp = ({ annotations, layers: [, second] }) => annotations?.["compose-app"] !== void 0 || second !== void 0 && isLayersMeta(second);
async function appOf(repository, name, descriptor, { config, layers: [archive, meta] }) {
	const app = {
		name,
		archive,
		documents: [descriptor, config]
	};
	if (meta === void 0 || !isLayersMeta(meta)) return app;
	const document = await fetchLayersMeta(repository, meta, name);
	return {
		...app,
		document,
		documents: [...app.documents, meta]
	};
}

// packages/core/src/layers/fit/gather-fit.ts
/** Reads what `checkFit` needs to know, each image once, and writes nothing. */
async function gatherFit(options) {
	const { files, images, installed, cleanUp, architecture } = options;
	refuseBoth(files, images);
	const load = loader(options);
	const fromFiles = await Promise.all(files.map(async (name) => ({
		name,
		document: await readLayersMeta(name)
	})));
	const [apps, there, removed] = await Promise.all([
		images,
		installed.images,
		cleanUp
	].map((references) => Promise.all(references.map(load))));
	const layersOf = (found = []) => found.map((app) => appLayers(app, architecture, "strict"));
	const leaving = new Set(cleanUp.map(formatReference));
	const staying = layersOf(there?.filter(({ name }) => !leaving.has(name)));
	return {
		apps: [...fromFiles, ...apps ?? []],
		installed: allOf(installed.digests, layersOf(there)),
		cleanUp: removed === void 0 || removed.length === 0 ? void 0 : {
			images: removed,
			kept: allOf([], staying).digests
		}
	};
}
function refuseBoth(files, images) {
	if (files.length > 0 !== images.length > 0) return;
	const what = files.length === 0 ? "neither" : "both";
	throw new MatrixError("INPUT_INVALID", `${what} of layers-meta-file and image were given`, { hint: "Give one of them: files of layer metadata, or the Apps or images in a registry." });
}
function loader({ client, architecture }) {
	const loading = /* @__PURE__ */ new Map();
	return (image) => {
		const name = formatReference(image);
		const { registry, repository } = image;
		const load = loading.get(name) ?? loadApp(client.repository({
			registry,
			repository
		}), image, architecture);
		loading.set(name, load);
		return load;
	};
}
function allOf(digests, installed) {
	const layers = installed.flatMap((one) => one.layers);
	const others = installed.flatMap(({ app: { archive, documents = [] } }) => archive === void 0 ? documents : [archive, ...documents]);
	return {
		digests: /* @__PURE__ */ new Set([...digests, ...[...layers, ...others].map(({ digest }) => digest)]),
		diffIds: new Set(layers.map(({ diffId }) => diffId).filter((diffId) => diffId !== void 0))
	};
}

// packages/core/src/layers/fit/parse-bytes.ts
const units = [
	"",
	"KiB",
	"MiB",
	"GiB",
	"TiB"
];
/** Reads an amount: bytes, or with a unit behind it such as `2GiB`. Throws `INPUT_INVALID`. */
function parseBytes(text, input) {
	const [, digits = "", unit = ""] = /^(\d{1,16}) ?([KMGT]iB)?$/.exec(text) ?? [];
	const bytes = Number(digits) * 1024 ** units.indexOf(unit);
	if (digits !== "" && Number.isSafeInteger(bytes)) return bytes;
	throw new MatrixError("INPUT_INVALID", `${JSON.stringify(text)} in ${input} is no amount`, { hint: "Write bytes, or a whole number with KiB, MiB, GiB or TiB behind it." });
}

// packages/core/src/layers/fit/parse-installed.ts
/** The most that a listing may have, in bytes. */
const maxListing = 16777216;
/**
* Reads lines that say what a device has. In this order a line is: a digest, with or without `sha256:`; the path of a file with
* the names of a blob store, one a line; an image with its tag or digest. Throws `INPUT_INVALID` for anything else.
*/
async function parseInstalled(lines) {
	const digests = [];
	const images = [];
	for (const line of lines) {
		const digest = digestOf(line);
		if (digest !== void 0) digests.push(digest);
		else if (await isFile(line)) digests.push(...await readListing(line));
		else images.push(parseInstalledImage(line));
	}
	return {
		digests,
		images
	};
}
/** The names in `blobs/sha256` are the hex digits alone. */
function digestOf(text) {
	if (isDigest(text)) return text;
	const named = `sha256:${text}`;
	return isDigest(named) ? named : void 0;
}
async function readListing(path) {
	const { size } = await stat(path);
	if (size > maxListing) throw invalid(`${path} in installed has ${size} bytes, at most ${maxListing} go`);
	return (await readFile(path, "utf8")).split("\n").map((name) => name.trim()).filter((name) => name !== "" && !isTemporary(name)).map((name, at) => {
		const digest = digestOf(name);
		if (digest !== void 0) return digest;
		const shown = JSON.stringify(name.slice(0, 100));
		throw invalid(`${path} in installed has ${shown} as name ${at + 1}, which is no digest`);
	});
}
const isTemporary = (name) => name.startsWith("oci-put-blob");
const isFile = (path) => stat(path).then((found) => found.isFile(), () => false);
function parseInstalledImage(line) {
	const reference = parsed(line);
	if (reference?.tag !== void 0 || reference?.digest !== void 0) return reference;
	throw invalid(`${JSON.stringify(line.slice(0, 300))} in installed is no digest, no file that is there, and no image with its tag or digest`);
}
function parsed(line) {
	if (/^sha\d+:/.test(line)) return void 0;
	try {
		return parseReference(line);
	} catch {
		return;
	}
}
const invalid = (message) => new MatrixError("INPUT_INVALID", message, { hint: "Write digests, images such as ghcr.io/acme/app:1.0, or the path of a file that \"ls blobs/sha256\" wrote on the device." });

// packages/core/src/layers/fit/refuse-too-large.ts
/** Throws `TOO_LARGE` where an update does not fit. */
function refuseTooLarge({ fits, volumes, engine, cleanUp }) {
	if (fits) return;
	const lacks = volumes.filter((volume) => !volume.fits).map(describe);
	throw new MatrixError("TOO_LARGE", `the update does not fit by the rules of ${engine}: ${lacks.join("; ")}`, cleanUp?.fits ? { hint: "Remove the images of \"clean-up\" from the device first: then it fits." } : {});
}
function describe({ volume, required, available, shortBy, inodes }) {
	const bytes = `${shortBy} bytes (${required} required, ${available} available)`;
	const files = `${inodes?.shortBy} inodes (${inodes?.required} required, ${inodes?.available} free)`;
	return `the ${volume} volume lacks ${[shortBy > 0 && bytes, inodes !== void 0 && inodes.shortBy > 0 && files].filter((lack) => lack !== false).join(" and ")}`;
}

// packages/core/src/layers/fit/verdict.ts
/** The volume that lacks most; where none lacks anything, the one with least to spare. */
const tightest = ({ volumes }) => volumes.toSorted((a, b) => b.shortBy - a.shortBy || a.available - a.required - (b.available - b.required))[0];

// packages/core/src/layers/layer-model.ts
/**
* On ext4 with its defaults. `overlay2`: as `du` counts the layer's folder, with its "link", and for all but the lowest layer
* "lower" and "work", and the length of tar-split.json.gz; the small files of Docker's own layer database are left out, as
* Foundries leaves them out, but counted as inodes. (In blocks of 1024 bytes "lower" takes a second one from the 36th
* layer on, which is left out as well: a layer has one usage, wherever in an image it is.) `containerd`: the blob is kept beside what it unpacks to, in a folder
* with "fs" and "work".
*/
const layerModels = {
	overlay2: {
		name: "ext4-overlay2/v1",
		blocks: (isBase) => isBase ? 2 : 4,
		inodes: (isBase) => isBase ? 9 : 12,
		beside: ({ tarSplit }) => tarSplit
	},
	containerd: {
		name: "ext4-containerd/v1",
		blocks: () => 2,
		inodes: () => 3,
		beside: ({ archiveSize }, blockSize) => Math.ceil(archiveSize / blockSize) * blockSize
	}
};

// packages/core/src/layers/compare-layers.ts
/** Compares two documents, whose usage must be by the same formula for blocks of the same size for a growth that means something. */
function compareLayers(previous, current) {
	const [added, shared] = split(current, previous);
	const [removed] = split(previous, current);
	const total = (layers) => layersTotal({ layers: Object.fromEntries(layers.map((layer) => [layer.digest, layer])) });
	const [gained, lost] = [total(added), total(removed)];
	return {
		added,
		removed,
		shared,
		download: gained.archive_size,
		usage: gained.usage,
		freed: lost.usage,
		growth: layersTotal(current).usage - layersTotal(previous).usage
	};
}
/** The layers of a document with their digests, the largest on the disk first. */
const namedLayers = ({ layers }) => Object.entries(layers).flatMap(([digest, layer]) => isDigest(digest) ? [{
	digest,
	...layer
}] : []).sort((a, b) => b.usage - a.usage || (a.digest < b.digest ? -1 : 1));
function split(of, other) {
	const all = namedLayers(of);
	const isIn = ({ digest }) => Object.hasOwn(other.layers, digest);
	return [all.filter((layer) => !isIn(layer)), all.filter(isIn)];
}

// packages/core/src/layers/layers-summary.ts
/** The facts of a summary, platform by platform. */
function layersSummary({ platforms, previous, largest = 5 }) {
	return platforms.map(({ platform, document, layers, total }) => {
		const name = formatPlatform(platform);
		const before = previous?.get(name);
		return {
			platform: name,
			total,
			largest: namedLayers(document).slice(0, largest).map((layer) => ({
				...layer,
				place: layers.indexOf(layer.digest)
			})),
			...before === void 0 ? {} : { comparison: compareLayers(before, document) }
		};
	});
}

// packages/core/src/layers/image-to-measure.ts
function openImage(source) {
	return "layout" in source ? openInLayout(source) : openInRepository(source);
}
async function openInLayout({ layout }) {
	const reader = layoutReader(layout);
	const top = parseManifest(await layout.index(), mediaTypes.imageIndex);
	if (top.kind === "index") return {
		reader,
		roots: top.index.manifests
	};
	throw unmeasurable(reader.name, "its index.json is no image index");
}
async function openInRepository({ repository, reference }) {
	const named = reference.digest ?? reference.tag ?? "latest";
	const found = await repository.manifests.resolve(named);
	if (found === void 0) throw unknownManifest(formatReference(repository.name), named);
	return {
		reader: repositoryReader(repository),
		roots: [found]
	};
}
/** An image that cannot be measured, and why. */
const unmeasurable = (name, reason, hint) => new MatrixError("SOURCE_INVALID", `${name} cannot be measured: ${reason}`, hint === void 0 ? {} : { hint });

// packages/core/src/layers/distinct-layers.ts
/** The layers of some images, each once. One that is the lowest in one place and not in another counts as the dearer: not the lowest. */
function distinctLayers(name, images) {
	const found = /* @__PURE__ */ new Map();
	for (const { layers } of images) layers.forEach((layer, at) => {
		const { digest } = layer.descriptor;
		const before = found.get(digest);
		if (before !== void 0) refuseDifferent(name, before, layer);
		found.set(digest, {
			...layer,
			isBase: at === 0 && (before?.isBase ?? true)
		});
	});
	return [...found.values()];
}
function refuseDifferent(name, before, layer) {
	const { digest, size } = layer.descriptor;
	const sizes = [before.descriptor.size, size];
	if (sizes[0] !== sizes[1]) throw unmeasurable(name, `the layer ${digest} has ${sizes.join(" bytes in one place and ")}`);
	if (before.diffId !== layer.diffId) throw unmeasurable(name, `the layer ${digest} unpacks to ${before.diffId} in one place and to ${layer.diffId} in another`);
}

// packages/core/src/layers/known-layer.ts
/** What documents of before say of a layer, where that is all that measuring it would give; undefined else. */
function knownLayer(documents, layer, wanted) {
	for (const document of documents) {
		if (document.model !== layerModels[wanted.store].name) continue;
		const { layers } = document;
		const { digest } = layer.descriptor;
		const found = Object.hasOwn(layers, digest) ? layers[digest] : void 0;
		const known = found && isSame(found, layer) ? measuredOf(document, found, wanted) : void 0;
		if (known !== void 0) return known;
	}
}
const isSame = (meta, { descriptor, diffId, isBase }) => meta.archive_size === descriptor.size && meta.diff_id === diffId && (meta.base ?? false) === isBase;
function measuredOf({ fs_block_size }, meta, { blockSizes }) {
	const { archive_size, diff_id, entries, inodes, size, usage, usages: all } = meta;
	if (archive_size === void 0 || diff_id === void 0) return void 0;
	if (entries === void 0 || inodes === void 0) return void 0;
	const usages = /* @__PURE__ */ new Map();
	for (const bytes of blockSizes) {
		const known = bytes === fs_block_size ? usage : all?.[String(bytes)];
		if (known === void 0) return void 0;
		usages.set(bytes, known);
	}
	return {
		size,
		usage: [...usages.values()][0] ?? usage,
		archive_size,
		...meta.base ? { base: true } : {},
		diff_id,
		entries,
		inodes,
		...usages.size > 1 ? { usages: Object.fromEntries(usages) } : {}
	};
}

// packages/core/src/layers/image-layers.ts
const configSchema = object({ rootfs: object({ diff_ids: array(custom(isDigest, "is not a digest")).check(_maxLength(1e3)) }) });
/** Reads what the config of an image says of its platform and of its layers. */
async function readImageLayers(reader, manifest, image) {
	refuseNotRunnable(image);
	const bytes = await reader.read(image.config, maxConfigSize);
	const where = `${reader.name}@${manifest.digest}`;
	const platform = agreedPlatform(manifest.platform, platformOfConfig(bytes));
	if (platform === void 0) throw unmeasurable(where, "its config names no platform");
	const diffIds = diffIdsOf(bytes, where);
	if (diffIds.length !== image.layers.length) throw unmeasurable(where, `its config has ${diffIds.length} diffIDs for ${image.layers.length} layers`);
	return {
		platform,
		manifest,
		layers: image.layers.flatMap((descriptor, at) => {
			const diffId = diffIds[at];
			return diffId === void 0 ? [] : [{
				descriptor,
				diffId
			}];
		})
	};
}
function diffIdsOf(config, where) {
	const parsed = configSchema.safeParse(jsonOf(config));
	if (!parsed.success) throw unmeasurable(where, "its config has no list of diffIDs");
	return parsed.data.rootfs.diff_ids;
}

// packages/core/src/layers/linux-images.ts
const concurrency = 8;
const maxDepth = 8;
/** The images for Linux below some manifests: one for each of the platforms, or all when none is named. */
async function linuxImages({ reader, roots }, wanted = []) {
	const images = /* @__PURE__ */ new Map();
	const skipped = [];
	const seen = /* @__PURE__ */ new Set();
	const skip = ({ digest }, reason) => {
		skipped.push({
			digest,
			reason
		});
	};
	const offered = /* @__PURE__ */ new Set();
	const isWanted = (platform) => {
		if (platform === void 0) return true;
		offered.add(formatPlatform(platform));
		return wanted.length === 0 || wanted.some((one) => platformMatches(one, platform));
	};
	const visit = async (entry, depth) => {
		if (seen.has(entry.digest)) return;
		seen.add(entry.digest);
		const reason = reasonToSkip(entry);
		if (reason !== void 0) return skip(entry, reason);
		if (!isWanted(entry.platform)) return;
		if (depth > maxDepth) throw unmeasurable(reader.name, `indexes lie ${depth} deep in it`);
		const { manifest } = await reader.load(entry);
		if (manifest.kind === "index") {
			await pMap(manifest.index.manifests, (child) => visit(child, depth + 1), { concurrency });
			return;
		}
		const type = artifactTypeOf(manifest.image);
		if (type !== void 0) return skip(entry, `an artifact of the type ${type}`);
		const image = await readImageLayers(reader, entry, manifest.image);
		if (image.platform.os !== "linux") skip(entry, `for ${formatPlatform(image.platform)}`);
		else if (isWanted(image.platform)) images.set(entry.digest, image);
	};
	await pMap(roots, (root) => visit(root, 0), { concurrency });
	const sorted = [...images.values()].sort((a, b) => keyOf(a) < keyOf(b) ? -1 : 1);
	refuseAmbiguous(reader.name, sorted);
	refuseAbsent(reader.name, sorted, wanted, [...offered].sort());
	skipped.sort((a, b) => a.digest < b.digest ? -1 : 1);
	return {
		images: sorted,
		skipped
	};
}
function reasonToSkip(entry) {
	const { mediaType, platform } = entry;
	if (attestationSubject(entry) !== void 0) return "an attestation";
	if (!isManifestType(mediaType)) return `of the type ${mediaType}`;
	if (platform === void 0 || platform.os === "linux") return void 0;
	return platform.os === "unknown" ? "for no platform" : `for ${formatPlatform(platform)}`;
}
const keyOf = ({ platform }) => platformKey(platform);
function refuseAmbiguous(name, images) {
	images.forEach((image, at) => {
		const before = images[at - 1];
		if (before === void 0 || keyOf(before) !== keyOf(image)) return;
		throw unmeasurable(name, `it has two images for ${formatPlatform(image.platform)}, ${before.manifest.digest} and ${image.manifest.digest}`, "Name one of them, behind the path as oci:PATH:NAME or by its digest.");
	});
}
function refuseAbsent(name, images, wanted, offered) {
	const absent = wanted.filter((one) => !images.some(({ platform }) => platformMatches(one, platform)));
	if (images.length > 0 && absent.length === 0) return;
	const what = absent.map(formatPlatform).join(", ") || "Linux";
	const has = offered.length === 0 ? "" : `, only for ${offered.join(", ")}`;
	throw unmeasurable(name, `it has no image for ${what}${has}`);
}

// packages/core/src/layers/decompress.ts
const pieceSize$1 = 262144;
const openers = {
	gzip: () => createGunzip({ chunkSize: pieceSize$1 }),
	zstd: () => createZstdDecompress({ chunkSize: pieceSize$1 })
};
/** What a blob is compressed with, by its first four bytes: media types are known to be wrong. */
function compressionOf(start) {
	const magic = Buffer.from(start.subarray(0, 4)).toString("hex");
	if (magic.startsWith("1f8b")) return "gzip";
	return magic === "28b52ffd" || /^5[0-9a-f]2a4d18$/.test(magic) ? "zstd" : "none";
}
/**
* Unpacks off the event loop: while one piece is looked at, the next is made. Several members of gzip, or frames of zstd, are
* one content; what is no member behind the last of gzip is left unread, as gzip does. Each chunk is done with before the
* next is asked for.
*/
async function* decompress(compression, chunks) {
	const source = sourceOf(chunks);
	yield* unpack(compression, source);
	while (compression === "zstd" && source.hasMore()) yield* unpack(compression, source);
}
async function* unpack(compression, source) {
	const unpacker = openers[compression]();
	const feeding = feed(unpacker, source, once(unpacker, "close").catch(() => {})).catch((error) => unpacker.destroy(error));
	try {
		yield* unpacker;
	} finally {
		unpacker.destroy();
		await feeding;
	}
}
async function feed(unpacker, source, over) {
	let given = 0;
	for (let chunk = await source.next(); chunk !== void 0; chunk = await source.next()) {
		given += chunk.byteLength;
		await Promise.race([new Promise((resolve) => unpacker.write(chunk, resolve)), over]);
		if (unpacker.destroyed || unpacker.bytesWritten < given) {
			source.giveBack(chunk.subarray(chunk.byteLength - (given - unpacker.bytesWritten)));
			return;
		}
	}
	unpacker.end();
}
function sourceOf(chunks) {
	const iterator = chunks[Symbol.asyncIterator]();
	let left;
	return {
		next: async () => {
			const rest = left;
			left = void 0;
			if (rest !== void 0) return rest;
			const { value, done } = await iterator.next();
			return done ? void 0 : value;
		},
		giveBack: (rest) => {
			left = rest.byteLength === 0 ? void 0 : rest;
		},
		hasMore: () => left !== void 0
	};
}

// packages/core/src/layers/disk-use.ts
const attributesInInode = 88;
const targetInInode = 60;
const opaqueAttribute = 36;
const dotEntries = 24;
const blockEnd = 12;
const fill = .75;
/**
* Counts what ext4 with its defaults takes, for several sizes of a block at once. What a fragmented disk takes beside that, to
* remember where a file is, nobody can know before:
* https://docs.kernel.org/filesystems/ext4/directory.html
*/
function diskUse(root, blockSizes) {
	const blocks = new Map(blockSizes.map((size) => [size, 0]));
	const seen = /* @__PURE__ */ new Set();
	let [size, inodes] = [0, 0];
	for (const nodes = [root];;) {
		const node = nodes.pop();
		if (node === void 0) break;
		if (seen.has(node)) continue;
		if (node.isLinked) seen.add(node);
		inodes += 1;
		size += node.size;
		for (const [bytes, sum] of blocks) blocks.set(bytes, sum + blocksOf(node, bytes));
		if (node.children) for (const child of node.children.values()) nodes.push(child);
	}
	return {
		size,
		inodes,
		blocks
	};
}
function blocksOf(node, blockSize) {
	const attributes = node.attributes + (node.isOpaque ? opaqueAttribute : 0) > attributesInInode ? 1 : 0;
	if (node.type === "file") return attributes + Math.ceil(node.size / blockSize);
	if (node.type === "symlink") return attributes + (node.size < targetInInode ? 0 : 1);
	if (node.children) return attributes + directoryBlocks(node.children, blockSize);
	return attributes;
}
function directoryBlocks(children, blockSize) {
	let records = 0;
	for (const name of children.keys()) records += 8 + Math.ceil(name.length / 4) * 4;
	const room = blockSize - blockEnd;
	if (dotEntries + records <= room) return 1;
	const perBlock = Math.floor(room / (records / children.size)) * fill;
	return 1 + Math.ceil(children.size / perBlock);
}

// packages/core/src/layers/feed.ts
const nothing = Buffer.alloc(0);
/** Feeds a reader with chunks. Bytes that lie together in a chunk are not copied. */
function createFeed(reader) {
	let wish = reader.next(nothing);
	let held = [];
	let heldBytes = 0;
	const answer = (bytes) => {
		wish = reader.next(bytes);
	};
	const takeHeld = () => {
		const bytes = Buffer.concat(held);
		[held, heldBytes] = [[], 0];
		return bytes;
	};
	const pass = (chunk, size, to) => {
		const piece = chunk.subarray(0, size - heldBytes);
		if (piece.byteLength > 0) to(piece);
		heldBytes += piece.byteLength;
		if (heldBytes === size) {
			heldBytes = 0;
			answer(nothing);
		}
		return piece.byteLength;
	};
	const gather = (chunk, size) => {
		const piece = chunk.subarray(0, size - heldBytes);
		if (piece.byteLength === size) {
			answer(piece);
			return size;
		}
		held.push(Buffer.from(piece));
		heldBytes += piece.byteLength;
		if (heldBytes === size) answer(takeHeld());
		return piece.byteLength;
	};
	return {
		write: (chunk) => {
			let rest = Buffer.from(chunk.buffer, chunk.byteOffset, chunk.byteLength);
			while (rest.byteLength > 0 && !wish.done) {
				const { value } = wish;
				const used = "pass" in value ? pass(rest, value.pass, value.to) : gather(rest, value.bytes);
				rest = rest.subarray(used);
			}
		},
		end: () => {
			if (!wish.done) answer(takeHeld());
			while (!wish.done) answer(nothing);
		}
	};
}

// packages/core/src/layers/layer-limits.ts
/** More than any image has: the largest package trees have some 500,000 files with 90 bytes of path each. */
const layerLimits = {
	entries: 2e6,
	pathBytes: 268435456,
	metadata: 1048576,
	allMetadata: 536870912,
	unpacked: 8 * 1024 ** 3,
	ratio: 100
};
/** The longest path and the longest name in it, in bytes, that Linux takes. */
const maxPath = 4095;

// packages/core/src/layers/layer-node.ts
const emptyDirectory = () => ({
	type: "directory",
	size: 0,
	attributes: 0,
	children: /* @__PURE__ */ new Map()
});

// packages/core/src/layers/layer-folders.ts
const maxLinks = 40;
/** The folder at a path, as engines find it: they make what is missing, and follow the symbolic links of the layer, within it. */
function folderAt(root, names, { put, follow }) {
	let at = root;
	let passed = [];
	let links = 0;
	const left = names.toReversed();
	for (let name = left.pop(); name !== void 0; name = left.pop()) {
		const found = at.children?.get(name);
		if (found?.target !== void 0) {
			links += 1;
			if (links > maxLinks) throw new Error(`a path goes over more than ${maxLinks} links`);
			follow(found.target);
			left.push(...namesBehind(found.target, passed).reverse());
			[at, passed] = [root, []];
			continue;
		}
		const next = found?.children === void 0 ? emptyDirectory() : found;
		if (next !== found) put(at, name, next);
		passed.push(name);
		at = next;
	}
	return at;
}
function namesBehind(target, from) {
	const names = target.startsWith("/") ? [] : [...from];
	for (const name of target.split("/")) if (name === "..") names.pop();
	else if (name !== "" && name !== ".") names.push(name);
	return names;
}

// packages/core/src/layers/layer-paths.ts
/** The names in a path, from the top of the layer; dots are resolved. Throws where it leads out, and where Linux takes no such path. */
function namesIn(path) {
	if (path.length > 4095) throw new Error(`a path has ${path.length} bytes, at most ${maxPath} go`);
	const names = [];
	for (const name of path.split("/")) {
		if (name === "" || name === ".") continue;
		if (name.length > (name.startsWith(".wh.") ? 255 + 4 : 255)) throw new Error(`a name has ${name.length} bytes, at most ${255} go`);
		if (name !== "..") names.push(name);
		else if (names.pop() === void 0) throw new Error(`the path ${shownPath(path)} leads out of the layer`);
	}
	return names;
}
/** A path as errors show it: text that has one character for each byte. */
const shownPath = (path) => JSON.stringify(Buffer.from(path.slice(0, 200), "latin1").toString());

// packages/core/src/layers/layer-tree.ts
const whiteout = ".wh.";
const opaque = ".wh..wh..opq";
/** A layer without files. A later entry of a path takes the place of an earlier one, as when it is unpacked. */
function createLayerTree(limits) {
	const root = emptyDirectory();
	let nodes = 0;
	let pathBytes = 0;
	const read = (path) => {
		pathBytes += path.length;
		if (pathBytes <= limits.pathBytes) return;
		throw new Error(`its paths have more than ${limits.pathBytes} bytes together`);
	};
	const put = (parent, name, node) => {
		nodes += 1;
		if (nodes > limits.entries) throw new Error(`it has more than ${limits.entries} files`);
		parent.children?.set(name, node);
	};
	const folder = (names) => folderAt(root, names, {
		put,
		follow: read
	});
	const addDirectory = (parent, name, { attributes }) => {
		const found = parent.children?.get(name);
		const node = found?.children === void 0 ? emptyDirectory() : found;
		if (node !== found) put(parent, name, node);
		node.attributes = attributeBytes(attributes);
	};
	const hide = (parent, name) => {
		if (/^\.{0,2}$/.test(name)) throw new Error("a whiteout has no name");
		if (parent.children?.has(name)) return;
		put(parent, name, {
			type: "device",
			size: 0,
			attributes: 0
		});
	};
	const linkedTo = (target) => {
		const names = namesIn(target);
		const name = names.pop();
		const found = name === void 0 ? void 0 : folder(names).children?.get(name);
		if (found === void 0 || found.children !== void 0) throw new Error(`a hard link leads to ${shownPath(target)}, which is no file of the layer`);
		found.isLinked = true;
		return found;
	};
	const add = (entry) => {
		read(entry.path);
		read(entry.target);
		const names = namesIn(entry.path);
		const name = names.pop();
		if (name === void 0) {
			if (entry.type !== "directory") throw new Error("an entry has no name");
			root.attributes = attributeBytes(entry.attributes);
			return;
		}
		if (names.some(isMetadata) || isMetadata(name) && name !== opaque) return;
		const parent = folder(names);
		if (name === opaque) parent.isOpaque = true;
		else if (name.startsWith(whiteout)) hide(parent, name.slice(4));
		else if (entry.type === "directory") addDirectory(parent, name, entry);
		else put(parent, name, entry.type === "hardlink" ? linkedTo(entry.target) : nodeOf(entry));
	};
	return {
		root,
		add
	};
}
function nodeOf(entry) {
	const { type, target, size } = entry;
	const attributes = attributeBytes(entry.attributes);
	if (type !== "symlink") return {
		type: type === "file" ? "file" : "device",
		size,
		attributes
	};
	if (target.length <= 4095) return {
		type,
		size: target.length,
		attributes,
		target
	};
	throw new Error(`the target of a link has ${target.length} bytes, at most ${maxPath} go`);
}
const isMetadata = (name) => name.startsWith(".wh..wh.");
const attributeBytes = (attributes) => {
	let sum = 0;
	for (const [name, value] of attributes) sum += 16 + padded(name.length - name.indexOf(".") - 1) + padded(value.length);
	return sum;
};
const padded = (size) => Math.ceil(size / 4) * 4;

// packages/core/src/layers/tar-entry.ts
const types = {
	"0": "file",
	"1": "hardlink",
	"2": "symlink",
	"3": "device",
	"4": "device",
	"5": "directory",
	"6": "device",
	S: "file"
};
const none = /* @__PURE__ */ new Map();
/** The entry of a header. Throws where a runtime would not know what to make of it. */
function entryOf(header, overrides) {
	const path = overrides.path ?? header.name;
	const type = types[header.type];
	if (type === void 0) throw new Error(`an entry is of the type ${JSON.stringify(header.type)}, which nobody unpacks`);
	const declared = overrides.stored ?? header.size;
	if (!Number.isSafeInteger(declared) || declared < 0) throw new Error(`an entry has a size of ${declared} bytes`);
	const isFolder = type === "directory" || type === "file" && path.endsWith("/") && declared === 0;
	const stored = type === "file" ? declared : 0;
	return {
		type: isFolder ? "directory" : type,
		path,
		target: overrides.target ?? header.link,
		size: type === "file" ? overrides.size ?? stored : 0,
		stored,
		attributes: overrides.attributes ?? none
	};
}
/** Reads the content of a header of the type `L`, `K` or `x` on top of what was said before. */
function overridesOf(type, content, before) {
	if (type === "L") return {
		...before,
		path: untilZero(content)
	};
	if (type === "K") return {
		...before,
		target: untilZero(content)
	};
	const pax = readPaxRecords(content, "latin1");
	return {
		path: pax.get("GNU.sparse.name") || pax.get("path") || before.path,
		target: pax.get("linkpath") || before.target,
		stored: numberOf(pax.get("size")) ?? before.stored,
		size: numberOf(pax.get("GNU.sparse.realsize") ?? pax.get("GNU.sparse.size")) ?? before.size,
		attributes: attributesOf(pax)
	};
}
function untilZero(content) {
	const end = content.indexOf(0);
	return content.toString("latin1", 0, end === -1 ? content.byteLength : end);
}
function numberOf(text) {
	if (text === void 0 || text === "") return void 0;
	const number = /^[0-9]+$/.test(text) ? Number(text) : NaN;
	if (Number.isSafeInteger(number)) return number;
	throw new Error(`a pax header has a size of ${JSON.stringify(text.slice(0, 40))} bytes`);
}
const attribute = "SCHILY.xattr.";
const attributesOf = (pax) => new Map([...pax].filter(([key]) => key.startsWith(attribute)).map(([key, value]) => [key.slice(13), value]));

// packages/core/src/layers/read-tar.ts
const blockSize = 512;
const trailerPiece = 65536;
/**
* Reads a tar as engines do: https://pubs.opengroup.org/onlinepubs/9799919799/utilities/pax.html#tag_20_94_13_01
* Throws at the first thing that is wrong with it.
*/
function* readTar(visitor, limits) {
	let next = {};
	let metadata = 0;
	for (let count = 0;; count += 1) {
		if (count > limits.entries) throw new Error(`it has more than ${limits.entries} entries`);
		const block = yield { bytes: blockSize };
		if (block.byteLength === 0) return;
		visitor.raw(whole(block, blockSize, "a header"));
		const header = readTarHeader(block, "latin1");
		if (header === void 0) {
			yield* readEnd(visitor);
			return;
		}
		if (/[xgLK]/.test(header.type)) {
			const content = yield* readMetadata(header, visitor, limits);
			metadata += content.byteLength;
			if (metadata > limits.allMetadata) throw new Error(`its headers have more than ${limits.allMetadata} bytes together`);
			next = header.type === "g" ? next : overridesOf(header.type, content, next);
		} else {
			yield* readEntry(header, block, next, visitor);
			next = {};
		}
	}
}
function* readMetadata({ size }, visitor, { metadata }) {
	if (!(size >= 0 && size <= metadata)) throw new Error(`a header has ${size} bytes of names and attributes, at most ${metadata} go`);
	if (size === 0) return Buffer.alloc(0);
	const padded = size + paddingOf(size);
	const bytes = whole(yield { bytes: padded }, padded, "a header");
	visitor.raw(bytes);
	return bytes.subarray(0, size);
}
function* readEntry(header, block, overrides, visitor) {
	const sparse = header.type === "S" ? { size: readTarNumber(block, 483, 12) } : {};
	let goesOn = header.type === "S" && block[482] === 1;
	const entry = entryOf(header, {
		...sparse,
		...overrides
	});
	if (!Number.isSafeInteger(entry.size)) throw new Error("a sparse file has no size");
	while (goesOn) {
		const more = whole(yield { bytes: blockSize }, blockSize, "the map of a sparse file");
		visitor.raw(more);
		goesOn = more[504] === 1;
	}
	visitor.entry(entry);
	yield* passContent(entry, visitor);
	visitor.entryEnd(entry);
	const padding = paddingOf(entry.stored);
	if (padding > 0) visitor.raw(yield { bytes: padding });
}
function* passContent({ stored }, visitor) {
	if (stored === 0) return;
	let left = stored;
	const to = (piece) => {
		left -= piece.byteLength;
		visitor.content(piece);
	};
	yield {
		pass: stored,
		to
	};
	if (left > 0) throw new Error(`it ends ${left} bytes before the end of a file`);
}
function* readEnd(visitor) {
	const second = yield { bytes: blockSize };
	visitor.raw(second);
	if (second.some((byte) => byte !== 0)) throw new Error("it goes on behind a block of zeros");
	for (let piece = second; piece.byteLength > 0;) {
		piece = yield { bytes: trailerPiece };
		visitor.raw(piece);
	}
}
const paddingOf = (size) => (blockSize - size % blockSize) % blockSize;
function whole(bytes, size, what) {
	if (bytes.byteLength < size) throw new Error(`it ends within ${what}`);
	return bytes;
}

// packages/core/src/layers/received-blob.ts
/** Receives a blob from a source that nobody trusts. */
function receiveBlob({ digest, size }, source, { what, onProgress, signal }) {
	const iterator = source[Symbol.asyncIterator]();
	const digester = createDigester(algorithmOf(digest));
	let received = 0;
	let state = "open";
	const next = async () => {
		if (state !== "open") return void 0;
		state = "failed";
		signal?.throwIfAborted();
		const { value, done } = await iterator.next();
		if (done) check();
		else accept(value);
		state = done ? "ended" : "open";
		return done ? void 0 : value;
	};
	const accept = (chunk) => {
		received += chunk.byteLength;
		if (received > size) throw new ContentError("SIZE_MISMATCH", what, `${size} bytes`, `at least ${received}`);
		digester.update(chunk);
		onProgress?.(received);
	};
	const check = () => {
		if (received < size) throw new ContentError("TRUNCATED", what, `${size} bytes`, `${received}`);
		const actual = digester.digest();
		if (actual !== digest) throw new ContentError("DIGEST_MISMATCH", what, digest, actual);
	};
	return {
		async *chunks() {
			for (let chunk = await next(); chunk !== void 0; chunk = await next()) yield chunk;
		},
		finish: async () => {
			while (state === "open") await next();
		},
		hasFailed: () => state === "failed",
		close: async () => {
			await iterator.return?.();
		}
	};
}

// packages/core/src/layers/tar-split.ts
const pieceSize = 65536;
const goExtra = 12;
/** Writes the same lines, and counts what is left of them by gzip: within 1.1 % of what Go makes of them. */
function createTarSplit() {
	const gzip = createGzip({
		level: 6,
		chunkSize: pieceSize
	});
	let bytes = 0;
	gzip.on("data", (chunk) => {
		bytes += chunk.byteLength;
	});
	const ended = new Promise((resolve, reject) => {
		gzip.once("end", resolve).once("error", reject);
	});
	ended.catch(() => {});
	let pending = "";
	let raw = [];
	let rawBytes = 0;
	let position = 0;
	let checksum = 0;
	const line = (text) => {
		pending += `${text},"position":${position}}\n`;
		position += 1;
		for (; pending.length >= pieceSize; pending = pending.slice(pieceSize)) gzip.write(pending.slice(0, pieceSize), "latin1");
	};
	const flushRaw = () => {
		if (rawBytes === 0) return;
		line(`{"type":2,"payload":"${Buffer.concat(raw).toString("base64")}"`);
		[raw, rawBytes] = [[], 0];
	};
	return {
		raw: (piece) => {
			raw.push(Buffer.from(piece));
			rawBytes += piece.byteLength;
			if (rawBytes >= pieceSize) flushRaw();
		},
		entry: () => {
			flushRaw();
			checksum = 0;
		},
		content: (piece) => {
			checksum = crc32(piece, checksum);
		},
		entryEnd: (entry) => line(entryText(entry, checksum)),
		ready: async () => {
			if (!gzip.writableNeedDrain) return;
			await Promise.race([new Promise((resolve) => gzip.once("drain", resolve)), ended]);
		},
		end: async () => {
			flushRaw();
			gzip.end(pending, "latin1");
			await ended;
			return bytes + goExtra;
		},
		close: () => gzip.destroy()
	};
}
function entryText({ path, stored }, checksum) {
	const name = JSON.stringify(path);
	if (stored === 0) return `{"type":1,"name":${name},"payload":null`;
	return `{"type":1,"name":${name},"size":${stored},"payload":"${sumText(checksum, stored)}"`;
}
function sumText(checksum, size) {
	const sum = Buffer.alloc(8);
	sum.writeUInt32BE(checksum);
	sum.writeUInt32BE(Math.imul(checksum ^ size, 2654435761) >>> 0, 4);
	return sum.toString("base64");
}

// packages/core/src/layers/scan-layer.ts
/**
* Reads a layer once, as a stream: checks the digest and the length of the blob and the digest of what it unpacks to, and counts
* what that takes on a disk. Throws `ContentError`, and `LAYER_INVALID` where an engine could not unpack it.
*/
async function scanLayer(options) {
	const { descriptor, open, onProgress, signal } = options;
	const what = `the layer ${descriptor.digest}`;
	const blob = receiveBlob(descriptor, open(), {
		what,
		onProgress,
		signal
	});
	const tarSplit = createTarSplit();
	try {
		return await scan(blob, tarSplit, options);
	} catch (error) {
		if (blob.hasFailed() || error instanceof OciError) throw error;
		await blob.finish();
		throw new MatrixError("LAYER_INVALID", `${what} cannot be measured: ${reasonOf(error)}`, { cause: error });
	} finally {
		tarSplit.close();
		await blob.close();
	}
}
async function scan(blob, tarSplit, { descriptor, diffId: expected, blockSizes, limits }) {
	const most = {
		...layerLimits,
		...limits
	};
	const tree = createLayerTree(most);
	let entries = 0;
	const feed = createFeed(readTar({
		...tarSplit,
		entry: (entry) => {
			entries += 1;
			tree.add(entry);
			tarSplit.entry(entry);
		}
	}, most));
	const algorithm = algorithmOf(expected ?? "sha256:");
	const mostUnpacked = most.unpacked + most.ratio * descriptor.size;
	const { compression, chunks } = await unpacked(blob);
	const digester = compression === "none" && algorithm === algorithmOf(descriptor.digest) ? void 0 : createDigester(algorithm);
	let bytes = 0;
	for await (const chunk of chunks) {
		bytes += chunk.byteLength;
		if (bytes > mostUnpacked) throw new Error(`it unpacks to more than ${mostUnpacked} bytes`);
		digester?.update(chunk);
		feed.write(chunk);
		await tarSplit.ready();
	}
	feed.end();
	await blob.finish();
	const diffId = digester?.digest() ?? descriptor.digest;
	if (expected !== void 0 && diffId !== expected) {
		const what = `what the layer ${descriptor.digest} unpacks to`;
		throw new ContentError("DIGEST_MISMATCH", what, expected, diffId);
	}
	return {
		...diskUse(tree.root, blockSizes),
		diffId,
		entries,
		tarSplit: await tarSplit.end()
	};
}
async function unpacked(blob) {
	const rest = blob.chunks();
	const start = [];
	for (let length = 0; length < 4;) {
		const { value, done } = await rest.next();
		if (done) break;
		start.push(Buffer.from(value));
		length += value.byteLength;
	}
	const first = Buffer.concat(start);
	const all = (async function* () {
		yield first;
		yield* rest;
	})();
	const compression = compressionOf(first);
	return {
		compression,
		chunks: compression === "none" ? all : decompress(compression, all)
	};
}
function reasonOf(error) {
	if (!(error instanceof Error)) return String(error);
	return "code" in error && /^Z(?:STD)?_/.test(String(error.code)) ? `it cannot be decompressed: ${error.message}` : error.message;
}

// packages/core/src/layers/measure-layer.ts
/** What a layer costs on a disk, for each size of a block; `usage` is for the first. The layer is read once, as a stream. */
async function measureLayer(options) {
	refuseBlockSizes(options.blockSizes);
	const scan = await scanLayer(options);
	const { descriptor, blockSizes, isBase, store } = options;
	const usages = blockSizes.map((size) => usageOf(scan, options, size));
	if (![...usages, scan.size].every((bytes) => Number.isSafeInteger(bytes))) throw new MatrixError("LAYER_INVALID", `the layer ${descriptor.digest} cannot be measured: it takes more than any disk has`);
	return {
		size: scan.size,
		usage: usages[0] ?? 0,
		archive_size: descriptor.size,
		...isBase ? { base: true } : {},
		diff_id: scan.diffId,
		entries: scan.entries,
		inodes: scan.inodes + layerModels[store].inodes(isBase),
		...blockSizes.length > 1 ? { usages: Object.fromEntries(blockSizes.map((size, at) => [size, usages[at] ?? 0])) } : {}
	};
}
function usageOf(scan, { descriptor, isBase, store }, blockSize) {
	const model = layerModels[store];
	const blocks = (scan.blocks.get(blockSize) ?? 0) + model.blocks(isBase);
	const kept = {
		tarSplit: scan.tarSplit,
		archiveSize: descriptor.size
	};
	return blocks * blockSize + model.beside(kept, blockSize);
}
/** The sizes of a block that ext4 can have, in bytes. */
const ext4BlockSizes = [
	1024,
	2048,
	4096,
	8192,
	16384,
	32768,
	65536
];
/** Refuses what is no size of a block, and an empty list. */
function refuseBlockSizes(sizes) {
	const wrong = sizes.find((size) => !ext4BlockSizes.includes(size));
	if (sizes.length > 0 && wrong === void 0) return;
	throw new MatrixError("INPUT_INVALID", wrong === void 0 ? "there is no block size" : `${wrong} is no block size of ext4`, { hint: `Write some of ${ext4BlockSizes.join(", ")}; most disks have 4096.` });
}

// packages/core/src/layers/measure-image.ts
/** Measures the layers of an image, each once, whatever platforms share it. */
async function measureImage(options) {
	refuseBlockSizes(options.blockSizes);
	const { reader, roots } = await openImage(options.source);
	const { images, skipped } = await linuxImages({
		reader,
		roots
	}, options.platforms);
	const wanted = distinctLayers(reader.name, images);
	const documents = [...options.known ?? [], ...await findAll(images, options)];
	const known = /* @__PURE__ */ new Map();
	for (const layer of wanted) {
		const found = knownLayer(documents, layer, options);
		if (found !== void 0) known.set(layer.descriptor.digest, found);
	}
	reportKnown(wanted, known, options);
	const unknown = wanted.filter(({ descriptor }) => !known.has(descriptor.digest));
	const all = new Map([...known, ...await measureAll(reader, unknown, options)]);
	return {
		platforms: images.map((image) => measuredPlatform(image, all, options)),
		skipped,
		measured: unknown.length,
		known: known.size
	};
}
async function findAll(images, { findKnown }) {
	if (findKnown === void 0) return [];
	const digests = images.map(({ manifest }) => manifest.digest);
	return (await pMap(digests, (digest) => findKnown(digest), { concurrency: 4 })).flat();
}
function reportKnown(wanted, known, { onProgress }) {
	for (const { descriptor } of wanted) {
		const { digest, size } = descriptor;
		if (known.has(digest)) onProgress?.({
			digest,
			size,
			state: "known",
			received: 0
		});
	}
}
async function measureAll(reader, layers, options) {
	const failed = new AbortController();
	const signal = AbortSignal.any([failed.signal, ...options.signal ? [options.signal] : []]);
	try {
		return await pMap(layers, async (layer) => [layer.descriptor.digest, await measureOne(reader, layer, {
			...options,
			signal
		})], { concurrency: options.concurrency ?? 4 });
	} catch (error) {
		failed.abort();
		throw error;
	}
}
async function measureOne(reader, { descriptor, diffId, isBase }, { blockSizes, store, limits, signal, onProgress }) {
	const { digest, size } = descriptor;
	const { source } = await reader.blob(descriptor);
	const report = (state, received) => onProgress?.({
		digest,
		size,
		state,
		received
	});
	const measured = await measureLayer({
		descriptor,
		diffId,
		isBase,
		blockSizes,
		store,
		limits,
		signal,
		open: () => source.open(),
		onProgress: (received) => report("reading", received)
	});
	report("measured", size);
	return measured;
}
function measuredPlatform({ platform, manifest, layers }, all, { blockSizes, store }) {
	const digests = layers.map(({ descriptor }) => descriptor.digest);
	const document = {
		fs_block_size: blockSizes[0] ?? 0,
		layers: Object.fromEntries(digests.flatMap((digest) => {
			const measured = all.get(digest);
			return measured === void 0 ? [] : [[digest, measured]];
		})),
		model: layerModels[store].name,
		store
	};
	return {
		platform,
		manifest,
		layers: digests,
		document,
		total: layersTotal(document)
	};
}

// packages/core/src/layers/measure-update.ts
/** Measures an image, and the one before it for the platforms that both have; a layer that both have is read once. */
async function measureUpdate(current, previous) {
	const [now, before] = await Promise.all([linuxImages(await openImage(current.source), current.platforms), linuxImages(await openImage(previous.source))]);
	const keys = new Set(now.images.map(({ platform }) => platformKey(platform)));
	const platforms = before.images.map(({ platform }) => platform).filter((platform) => keys.has(platformKey(platform)));
	if (platforms.length === 0) return {
		current: await measureImage(current),
		previous: []
	};
	const measured = await measureImage({
		...current,
		...previous,
		platforms
	});
	const known = measured.platforms.map(({ document }) => document);
	return {
		current: await measureImage({
			...current,
			known: [...current.known ?? [], ...known]
		}),
		previous: measured.platforms
	};
}

// packages/core/src/layers/measured-document.ts
/** What was measured of an image, as one document: of one platform as it is, of several by their architecture. */
function measuredDocument(platforms) {
	const [only, ...others] = platforms;
	if (only !== void 0 && others.length === 0) return only.document;
	const byName = /* @__PURE__ */ new Map();
	for (const { platform, document } of platforms) {
		const name = architectureName(platform);
		if (byName.has(name)) throw twice(name);
		byName.set(name, document);
	}
	return withPlainNames(Object.fromEntries(byName));
}
const twice = (name) => new MatrixError("SOURCE_INVALID", `the image has two images for ${name}`, { hint: "Measure them one by one: a document has one place for each architecture." });

export { layerModels as a, parseInstalled as c, fitReport as d, checkFit as f, attachLayersMeta as g, checkBudget as h, layersSummary as i, parseBytes as l, fetchKnownLayers as m, measureUpdate as n, tightest as o, fitEngines as p, measureImage as r, refuseTooLarge as s, measuredDocument as t, gatherFit as u };