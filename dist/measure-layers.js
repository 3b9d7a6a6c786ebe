import { r as __name } from "./chunks/runtime.js";
import { An as InputError, Bn as table, Dn as fitsOutput, Dt as layersMetaOf, E as openClientFor, Et as layerStores, Fn as formatSize, Ft as MatrixError, I as architectureName, In as heading, Jn as parsePlatform, Ln as line, Mt as parseImage, Nn as code, On as defineAction, Ot as layersMetaText, Pn as details, Rn as list, T as parseSource, Tn as input, Tt as isPlatformLayersMeta, Un as formatReference, Xt as registryInputs, Yn as platformKey, Zt as runAction, j as parseAppImages, jn as clientContext, or as digestOf, pr as canonicalText, q as readLayersMeta, qn as formatPlatform, sr as encodedOf, w as openLayout, wt as parseRecord, zn as renderMarkdown } from "./chunks/oci-matrix.js";
import { a as layerModels, g as attachLayersMeta, h as checkBudget, i as layersSummary, l as parseBytes, m as fetchKnownLayers, n as measureUpdate, r as measureImage, t as measuredDocument } from "./chunks/oci-matrix-layers.js";
import { mkdir, stat, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";

// actions/measure-layers/block-sizes.ts
/** Reads the sizes of blocks, with commas or white space between them, each once. Which sizes there are is for whoever measures. */
function parseBlockSizes(text, input) {
	const parts = text.split(/[\s,]+/).filter((part) => part !== "");
	const wrong = parts.find((part) => !/^\d{1,9}$/.test(part));
	if (wrong === void 0) return [...new Set(parts.map(Number))];
	throw new InputError([{
		input,
		reason: `${JSON.stringify(wrong)} is no number of bytes`,
		hint: "Write sizes of blocks in bytes, e.g. \"4096,1024\"."
	}]);
}

// actions/measure-layers/budget.ts
/** Reads the lines of a budget: an amount, or `platform=amount`; each platform once. */
function parseBudget(lines, input) {
	const budget = /* @__PURE__ */ new Map();
	for (const line of lines) {
		const [amount = "", platform] = line.split("=").toReversed();
		const key = platform === void 0 ? "" : platformKey(parsePlatform(platform));
		if (budget.has(key)) throw twice(line, input);
		budget.set(key, parseBytes(amount.trim(), input));
	}
	return budget;
}
const twice = (line, input) => new MatrixError("INPUT_INVALID", `${JSON.stringify(line)} in ${input} is a second amount`, { hint: "Give one amount for all platforms, and one for each that differs." });
const limitFor = (budget, platform) => budget.get(platformKey(platform)) ?? budget.get("");
/** What goes beyond the budget, platform by platform. */
const breachesOf = (platforms, previous, { maxUsage, maxGrowth }) => platforms.flatMap(({ platform, document }) => {
	const name = formatPlatform(platform);
	return checkBudget({
		current: document,
		previous: previous.get(name),
		maxUsage: limitFor(maxUsage, platform),
		maxGrowth: limitFor(maxGrowth, platform)
	}).map((breach) => ({
		platform: name,
		...breach
	}));
});
/** A breach in one sentence. */
const describeBreach = ({ platform, limit, allowed, actual, over }) => limit === "max-usage" ? `${platform} takes ${actual} bytes on the disk, ${over} more than max-usage allows (${allowed})` : `${platform} grows by ${actual} bytes on the disk, ${over} more than max-growth allows (${allowed})`;
/** Throws `TOO_LARGE` where there are breaches. */
function refuseBreaches(breaches) {
	if (breaches.length === 0) return;
	const limits = [...new Set(breaches.map(({ limit }) => limit))].join(" and ");
	throw new MatrixError("TOO_LARGE", breaches.map(describeBreach).join("; "), { hint: `Look at the largest layers in the summary, or raise ${limits}.` });
}

// actions/measure-layers/contract.ts
const contract = defineAction({
	name: "Measure layers",
	description: "Measures what every layer of an image costs: to download, unpacked, and on the disk of a device. No Docker daemon is asked.",
	inputs: {
		source: input.text({ description: "The image: an image layout, `oci:DIRECTORY` or `oci-archive:FILE`; what docker save wrote, `docker-archive:FILE`; each with `:NAME` for one image of several; or an image in any registry, `docker://REFERENCE`." }),
		"leg-record": input.custom({ description: "In place of `source`: the `record` output of push-manifest. What that leg pushed to `image` is measured." }, parseRecord),
		image: input.custom({ description: "Registry and repository that the leg pushed to, for `leg-record`." }, parseImage),
		platforms: input.lines({ description: "Platforms to measure, e.g. `linux/arm64`, one a line. By default all of the image that are for Linux." }, (lines) => lines.map(parsePlatform)),
		"block-sizes": input.custom({
			description: "Bytes in a block of the disk, one or several; the first is that of the document, the others are measured in the same pass.",
			default: "4096"
		}, parseBlockSizes),
		store: input.choice({
			description: "What keeps the unpacked layers on the device.",
			default: "overlay2"
		}, layerStores),
		"known-file": input.lines({ description: "Files of layer metadata of earlier runs, one a line: layers that they know are not read again. A file that is not there is passed over." }),
		cache: input.boolean({
			description: "Read from the registry what was measured of the image before, and put beside the image what is measured now, as a referrer.",
			default: "false"
		}),
		"compare-with": input.text({ description: "The image of before, with tag or digest, or the file of its layer metadata: what changed is in the summary." }),
		"max-usage": input.lines({ description: "What an image may take on the disk: bytes, or with a unit such as `2GiB`; for one platform alone `linux/arm64=2GiB`, one a line." }, (lines) => parseBudget(lines, "max-usage")),
		"max-growth": input.lines({ description: "How much more than `compare-with` it may take, written in the same way." }, (lines) => parseBudget(lines, "max-growth")),
		budget: input.choice({
			description: "What comes of an image that takes more: the step fails, or warns.",
			default: "fail"
		}, ["fail", "warn"]),
		...registryInputs
	},
	outputs: {
		"layers-meta-file": "File of the layer metadata: of one platform as Foundries writes it, of several by architecture.",
		size: "Bytes of the unpacked files. Of several platforms this is the one that takes most on the disk, as for the next two outputs.",
		usage: "Bytes on the disk.",
		"archive-size": "Bytes to download.",
		json: "JSON object: every platform with its sums, its largest layers and what changed."
	}
});

// actions/measure-layers/costliest.ts
/** The platform whose layers take most on the disk, the first of equals. */
const costliest = (platforms) => platforms.toSorted((a, b) => b.total.usage - a.total.usage)[0];

// actions/measure-layers/known.ts
/** What files of earlier runs say. One that is not there is passed over: before the first run there is none. */
async function readKnown(files, log) {
	return (await Promise.all(files.map((file) => readFileIfThere(file, log)))).flat();
}
async function readFileIfThere(file, log) {
	try {
		return documentsOf(await readLayersMeta(file));
	} catch (error) {
		if (!(error instanceof MatrixError) || error.code !== "FILE_NOT_FOUND") throw error;
		log.info(`${error.message}: nothing is known from it`);
		return [];
	}
}
/** A document of one platform is all that it has. */
const documentsOf = (document) => isPlatformLayersMeta(document) ? [document] : Object.values(document);

// actions/measure-layers/previous.ts
/** Reads `compare-with`: a file that is there, else an image with its tag or digest. */
async function namedPrevious(wanted) {
	const { compareWith: text } = wanted;
	if (text === void 0) return void 0;
	if (!await stat(text).then((found) => found.isFile(), () => false)) return { reference: parsed(text) };
	const document = await readLayersMeta(text);
	for (const one of documentsOf(document)) refuseIncomparable(one, text, wanted);
	return {
		file: text,
		document
	};
}
function parsed(text) {
	try {
		const [reference] = parseAppImages([text.replace(/^docker:\/\//, "")], "compare-with");
		if (reference !== void 0) return reference;
	} catch {}
	throw new MatrixError("INPUT_INVALID", `${JSON.stringify(text)} in compare-with is no file that is there, and no image with its tag or digest`, { hint: "Write an image such as ghcr.io/acme/app:1.0, or the path of its layer metadata." });
}
/** What a document says of the platforms of an image. */
function previousInFile(document, file, platforms) {
	if (isPlatformLayersMeta(document) && platforms.length > 1) throw new MatrixError("INPUT_INVALID", `${file} in compare-with is of one platform, and ${platforms.length} were measured`, { hint: "Compare with a document of several platforms, or name one in \"platforms\"." });
	const found = platforms.flatMap(({ platform }) => {
		const before = documentFor(platform, document);
		return before === void 0 ? [] : [[formatPlatform(platform), before]];
	});
	return new Map(found);
}
function documentFor(platform, document) {
	const { architecture } = platform;
	const found = layersMetaOf(document, architectureName(platform));
	const namesVariants = Object.keys(document).some((name) => name.startsWith(`${architecture}/`));
	return found ?? (namesVariants ? void 0 : layersMetaOf(document, architecture));
}
function refuseIncomparable({ fs_block_size, model = layerModels.overlay2.name }, file, { blockSizes: [size = 0], store }) {
	const told = (bytes, name) => `blocks of ${bytes} bytes by ${name}`;
	const [before, now] = [told(fs_block_size, model), told(size, layerModels[store].name)];
	if (before === now) return;
	throw new MatrixError("INPUT_INVALID", `${file} in compare-with counts ${before}, and this run ${now}`, { hint: "Measure both with the same block size first and the same store." });
}
/** The documents of the image before, by the platforms of the one now. */
function previousMeasured(before, now) {
	const byKey = new Map(before.map((one) => [platformKey(one.platform), one.document]));
	const found = now.flatMap(({ platform }) => {
		const document = byKey.get(platformKey(platform));
		return document === void 0 ? [] : [[formatPlatform(platform), document]];
	});
	return new Map(found);
}

// actions/measure-layers/progress.ts
const step = 256 * 1024 ** 2;
/** A line for each layer when it is done with, and for a large one whenever so much of it came. */
function progressLog(log) {
	const told = /* @__PURE__ */ new Map();
	return ({ digest, state, received, size }) => {
		if (state !== "reading") {
			log.info(`${state} ${digest} (${formatSize(size)})`);
			return;
		}
		const steps = Math.floor(received / step);
		if (steps === (told.get(digest) ?? 0) || received >= size) return;
		told.set(digest, steps);
		log.info(`reading ${digest}: ${formatSize(received)} of ${formatSize(size)}`);
	};
}

// actions/measure-layers/measure.ts
/** Measures the image, and the one before it where there is one. */
async function measure(options) {
	const { before, client, context } = options;
	const how = await howToMeasure(options);
	if (before === void 0) return {
		measured: await measureImage(how),
		previous: /* @__PURE__ */ new Map()
	};
	if ("document" in before) {
		const measured = await measureImage(how);
		return {
			measured,
			previous: previousInFile(before.document, before.file, measured.platforms)
		};
	}
	const source = await imageAt(before.reference, client);
	if (source === void 0) {
		const name = formatReference(before.reference);
		context.log.warning(`there is no ${name} to compare with: nothing is said of what changed`);
		return {
			measured: await measureImage(how),
			previous: /* @__PURE__ */ new Map()
		};
	}
	const findKnown = knownIn(source, options);
	const { current, previous } = await measureUpdate(how, {
		source,
		findKnown
	});
	return {
		measured: current,
		previous: previousMeasured(previous, current.platforms)
	};
}
async function howToMeasure(options) {
	const { inputs, source, context } = options;
	const { platforms, blockSizes, store, concurrency, knownFile } = inputs;
	const { signal, log } = context;
	return {
		source,
		platforms,
		blockSizes,
		store,
		concurrency,
		signal,
		known: await readKnown(knownFile, log),
		findKnown: knownIn(source, options),
		onProgress: progressLog(log)
	};
}
const knownIn = (source, { inputs, context: { signal } }) => {
	if (!inputs.cache || "layout" in source) return void 0;
	const { repository } = source;
	return (digest) => fetchKnownLayers({
		repository,
		digest,
		signal
	});
};
async function imageAt({ registry, repository: path, tag = "", digest }, client) {
	const repository = client.repository({
		registry,
		repository: path
	});
	const found = await repository.manifests.resolve(digest ?? tag);
	return found === void 0 ? void 0 : {
		repository,
		reference: { digest: found.digest }
	};
}

// actions/measure-layers/report.ts
const reportOf = ({ platforms, skipped }, summaries, breaches) => ({
	schema: "oci-matrix/measured-layers/v1",
	store: platforms[0]?.document.store,
	blockSize: platforms[0]?.document.fs_block_size,
	platforms: summaries.map((summary, at) => platformReport(summary, platforms[at])),
	skipped: skipped.slice(0, 50),
	breaches
});
const platformReport = ({ platform, total, largest, comparison }, measured) => ({
	platform,
	digest: measured?.manifest.digest,
	layers: total.layers,
	inodes: total.inodes,
	...sumsOf(total),
	largest: largest.map((layer) => ({
		digest: layer.digest,
		place: layer.place,
		...sumsOf(layer)
	})),
	...comparison === void 0 ? {} : { change: changeOf(comparison) }
});
const sumsOf = (of) => ({
	size: of.size,
	usage: of.usage,
	archiveSize: of.archive_size
});
const changeOf = (comparison) => {
	const { added, removed, shared, download, usage, freed, growth } = comparison;
	return {
		added: added.length,
		removed: removed.length,
		shared: shared.length,
		download,
		usage,
		freed,
		growth
	};
};

// actions/measure-layers/source.ts
/** Says which image is meant; none and two are errors. */
function sourceOf({ source, legRecord, image, cache }) {
	if (source === void 0 === (legRecord === void 0)) throw wrong("source", source === void 0 ? "no image was given" : "leg-record names an image, too", "Give either source or leg-record.");
	if (source === void 0) return { reference: pushedBy({
		legRecord,
		image
	}) };
	if (image !== void 0) throw wrong("image", "belongs to leg-record", "Leave it out, or give leg-record for source.");
	const parsed = parseSource(source);
	if (parsed.kind === "repository") return { reference: parsed.reference };
	if (!cache) return { local: source };
	throw wrong("cache", `is for images in a registry, and ${JSON.stringify(source)} is on this machine`, "Keep the layer metadata with actions/cache and give it as known-file, or measure what was pushed.");
}
function pushedBy({ legRecord, image }) {
	const { digest } = legRecord?.descriptor ?? {};
	if (digest === void 0) {
		const leg = JSON.stringify(legRecord?.leg);
		throw wrong("leg-record", `the leg ${leg} pushed nothing`, "Give the record of push-manifest.");
	}
	const pushed = legRecord?.image;
	const where = image ?? (pushed === void 0 ? void 0 : parseImage(pushed));
	if (where !== void 0) return {
		...where,
		digest
	};
	throw wrong("image", "is missing, and the record does not say where the leg pushed", "Give what push-manifest has as \"image\".");
}
/** Opens the image. What is in a registry is not asked for yet. */
async function openSource(named, client, writes) {
	if ("local" in named) return { layout: await openLayout(named.local) };
	const { reference } = named;
	const { registry, repository } = reference;
	return {
		repository: client.repository({
			registry,
			repository
		}, { writes }),
		reference
	};
}
const wrong = (input, reason, hint) => new InputError([{
	input,
	reason,
	hint
}]);

// actions/measure-layers/picture.ts
/** More slices than this nobody can tell apart. */
const maxSlices = 8;
/**
* A pie of where the bytes of one platform are on the disk, as GitHub draws it:
* https://docs.github.com/en/get-started/writing-on-github/working-with-advanced-formatting/creating-diagrams
*/
function pictureOf({ platform, largest, total }) {
	const slices = largest.slice(0, maxSlices).filter(({ usage }) => usage > 0);
	const rest = total.usage - slices.reduce((sum, { usage }) => sum + usage, 0);
	const others = total.layers - slices.length;
	if (slices.length < 2) return void 0;
	const lines = [...slices.map(({ place, digest, usage }) => slice(`${place + 1}: ${digest.slice(7, 19)}, ${formatSize(usage)}`, usage)), ...rest > 0 ? [slice(`${others} others, ${formatSize(rest)}`, rest)] : []];
	return { markup: [
		"```mermaid",
		`pie title On the disk, ${label(platform)}`,
		...lines,
		"```"
	].join("\n") };
}
const slice = (text, bytes) => `  "${label(text)}" : ${bytes}`;
const label = (text) => text.replace(/[^A-Za-z0-9 /.,:_()-]/g, "?").slice(0, 100);

// actions/measure-layers/summary.ts
/** More platforms than this are in the document alone, and so are more layers. */
const maxPlatforms = 16;
const maxRows = 10;
function renderSummary(options) {
	const { name, before, measured, breaches } = options;
	const platforms = options.platforms.slice(0, maxPlatforms);
	const more = options.platforms.length - platforms.length;
	return renderMarkdown(heading(breaches.length === 0 ? "What the layers cost" : "The layers cost more than they may"), line(code(name), ", ", measuredBy(measured)), ...breaches.length === 0 ? [] : [list(breaches.map(describeBreach))], costs(platforms, measured), ...more > 0 ? [line(`… and ${more} more platforms`)] : [], ...changes(platforms, before), ...picture(options.platforms), ...platforms.map(layersOf), ...skippedOf(measured));
}
const measuredBy = ({ platforms: [first], measured, known }) => {
	const { fs_block_size: size, model = "no model" } = first?.document ?? { fs_block_size: 0 };
	return `in blocks of ${size} bytes, by ${model}: ${`${counted(measured)} read, ${known} known from before`}.`;
};
const counted = (layers) => `${layers} ${layers === 1 ? "layer" : "layers"}`;
function costs(platforms, { platforms: measured }) {
	const sizes = otherSizes(measured);
	const header = [
		"Platform",
		"Layers",
		"Compressed",
		"Unpacked",
		"On disk",
		...sizes.map((size) => `In blocks of ${size}`),
		"Inodes"
	];
	const rows = platforms.map(({ platform, total }, at) => [
		platform,
		`${total.layers}`,
		formatSize(total.archive_size),
		formatSize(total.size),
		formatSize(total.usage),
		...sizes.map((size) => formatSize(usageAt(measured[at], size))),
		`${total.inodes}`
	]);
	return table(header, rows);
}
const otherSizes = ([first]) => Object.keys(Object.values(first?.document.layers ?? {})[0]?.usages ?? {}).filter((size) => size !== `${first?.document.fs_block_size}`);
const usageAt = (measured, size) => Object.values(measured?.document.layers ?? {}).reduce((sum, { usages }) => sum + (usages?.[size] ?? 0), 0);
function changes(platforms, before) {
	if (before === void 0) return [];
	const rows = platforms.map(({ platform, comparison }) => comparison === void 0 ? [
		platform,
		"was not there",
		"",
		"",
		"",
		""
	] : [
		platform,
		`${comparison.added.length} new, ${comparison.removed.length} gone, ${comparison.shared.length} stay`,
		formatSize(comparison.download),
		formatSize(comparison.usage),
		formatSize(comparison.freed),
		signed(comparison.growth)
	]);
	return [line("Since ", code(before), ":"), table([
		"Platform",
		"Layers",
		"Download",
		"Needs",
		"Frees later",
		"Growth"
	], rows)];
}
const signed = (bytes) => `${bytes > 0 ? "+" : ""}${formatSize(bytes)}`;
function picture(platforms) {
	const most = costliest(platforms);
	const drawn = most === void 0 ? void 0 : pictureOf(most);
	return drawn === void 0 ? [] : [drawn];
}
function layersOf({ platform, largest, total, comparison }) {
	const added = new Set(comparison?.added.map(({ digest }) => digest));
	const rows = largest.slice(0, maxRows).map(({ digest, place, archive_size = 0, size, usage }) => [
		`${place + 1}`,
		code(digest.slice(0, 19)),
		formatSize(archive_size),
		formatSize(size),
		formatSize(usage),
		...comparison === void 0 ? [] : [added.has(digest) ? "new" : ""]
	]);
	const header = [
		"Place",
		"Layer",
		"Compressed",
		"Unpacked",
		"On disk"
	];
	const title = `The largest of ${counted(total.layers)}, ${platform}`;
	return details(title, table([...header, ...comparison === void 0 ? [] : [""]], rows));
}
const skippedOf = ({ skipped }) => skipped.length === 0 ? [] : [line("Not measured:"), list(skipped.slice(0, maxRows).map(({ digest, reason }) => line(code(digest.slice(0, 19)), `, ${reason}`)))];

// actions/measure-layers/write-document.ts
/** Writes the document by the name that others give it, in a folder of its own for each content, and gives its path. */
async function writeDocument(text, env) {
	const mark = encodedOf(digestOf(text)).slice(0, 8);
	const folder = path.join(env.RUNNER_TEMP || tmpdir(), `oci-matrix-layers-${mark}`);
	await mkdir(folder, { recursive: true });
	const file = path.join(folder, "layers_meta.json");
	await writeFile(file, text);
	return file;
}

// actions/measure-layers/run.ts
const nowhere = {
	registry: "localhost",
	repository: "none"
};
const run = async (inputs, context) => {
	const named = sourceOf(inputs);
	const before = await namedPrevious(inputs);
	refuseGrowthOfNothing(inputs);
	const image = registryImage(named) ?? registryImage(before) ?? nowhere;
	await using client = openClientFor({
		...inputs,
		image,
		...clientContext(context)
	});
	const source = await openSource(named, client, inputs.cache && !inputs.dryRun);
	const { measured, previous } = await measure({
		inputs,
		source,
		before,
		client,
		context
	});
	const platforms = layersSummary({
		platforms: measured.platforms,
		previous,
		largest: 10
	});
	const breaches = breachesOf(measured.platforms, previous, inputs);
	const text = layersMetaText(measuredDocument(measured.platforms));
	const name = "local" in named ? named.local : formatReference(named.reference);
	await context.summarise(renderSummary({
		name,
		before: inputs.compareWith,
		measured,
		platforms,
		breaches
	}));
	if (inputs.budget === "fail") refuseBreaches(breaches);
	for (const breach of breaches) context.log.warning(describeBreach(breach));
	if (inputs.cache && !inputs.dryRun) await attachAll(source, measured.platforms, context);
	const json = canonicalText(reportOf(measured, platforms, breaches));
	const total = costliest(platforms)?.total;
	const layersMetaFile = await writeDocument(text, context.env);
	context.log.info(`wrote ${layersMetaFile}`);
	return { outputs: {
		layersMetaFile,
		size: total?.size,
		usage: total?.usage,
		archiveSize: total?.archive_size,
		json: fitsOutput(json) ? json : void 0
	} };
};
const registryImage = (named) => named !== void 0 && "reference" in named ? named.reference : void 0;
function refuseGrowthOfNothing({ maxGrowth, compareWith }) {
	if (maxGrowth.size === 0 || compareWith !== void 0) return;
	throw new InputError([{
		input: "max-growth",
		reason: "needs an image to grow from",
		hint: "Name the image of before in \"compare-with\"."
	}]);
}
async function attachAll(source, platforms, { signal, log }) {
	if ("layout" in source) return;
	const { repository } = source;
	for (const { manifest, document } of platforms) {
		const { descriptor, outcome } = await attachLayersMeta({
			repository,
			subject: manifest,
			document,
			signal
		});
		log.info(`${outcome} ${descriptor.digest}, the layer metadata of ${manifest.digest}`);
	}
}

// actions/measure-layers/main.ts
await runAction(contract, run);

export {  };