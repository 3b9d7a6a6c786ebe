import { r as __name } from "./chunks/runtime.js";
import { An as InputError, Bn as table, Dn as fitsOutput, E as openClientFor, Et as layerStores, Fn as formatSize, In as heading, Jn as parsePlatform, Ln as line, Nn as code, On as defineAction, Pn as details, Rn as list, Tn as input, Xt as registryInputs, Zt as runAction, j as parseAppImages, jn as clientContext, pr as canonicalText, zn as renderMarkdown } from "./chunks/oci-matrix.js";
import { c as parseInstalled, d as fitReport, f as checkFit, l as parseBytes, o as tightest, p as fitEngines, s as refuseTooLarge, u as gatherFit } from "./chunks/oci-matrix-layers.js";

// actions/check-fit/contract.ts
const { "dry-run": _, ...access } = registryInputs;
const contract = defineAction({
	name: "Check fit",
	description: "Says whether an update fits on the disk of a device, before the device pulls it, and how much is missing.",
	inputs: {
		"layers-meta-file": input.lines({ description: "Files of layer metadata, one a line: one for each App of the update." }),
		image: input.lines({ description: "In place of files: Apps or images in a registry, with tag or digest, one a line. Where nobody measured them the answer is an estimate." }, (lines) => parseAppImages(lines, "image")),
		architecture: input.custom({
			description: "Of the device, e.g. `amd64`, `arm64` or `arm/v7`.",
			required: true
		}, (text) => {
			parsePlatform(`linux/${text}`);
			return text;
		}),
		installed: input.lines({ description: "What the device has, one a line: digests, images with tag or digest, or the path of a file with the listing of its blob store (`ls blobs/sha256`)." }),
		"clean-up": input.lines({ description: "Images on the device, with tag or digest, one a line: says how much their removal would give back." }, (lines) => parseAppImages(lines, "clean-up")),
		"block-size": input.integer({
			description: "Bytes in a block of the disk.",
			required: true,
			min: 512,
			max: 1024 ** 3
		}),
		blocks: input.integer({
			description: "Blocks of the disk.",
			required: true,
			min: 1
		}),
		"blocks-free": input.integer({
			description: "Free blocks of the disk.",
			required: true
		}),
		"inodes-free": input.integer({ description: "Free inodes of the disk. Without it nobody looks whether they suffice." }),
		"docker-block-size": input.integer({
			description: "Bytes in a block of the disk with the data of Docker, where that is another.",
			min: 512,
			max: 1024 ** 3
		}),
		"docker-blocks": input.integer({
			description: "Blocks of that disk.",
			min: 1
		}),
		"docker-blocks-free": input.integer({ description: "Free blocks of that disk." }),
		"docker-inodes-free": input.integer({ description: "Free inodes of that disk." }),
		watermark: input.integer({
			description: "Percentage of a disk that may be in use after the update.",
			default: "80",
			min: 1,
			max: 100
		}),
		reserve: input.custom({ description: "What has to stay free, instead of `watermark`: bytes, or with a unit such as `2GiB`." }, parseBytes),
		engine: input.choice({
			description: "Whose rules decide: those of what runs on the device, or `strict`, with everything counted.",
			default: "strict"
		}, fitEngines),
		store: input.choice({
			description: "What keeps the unpacked layers on the device; `strict` looks at it.",
			default: "overlay2"
		}, layerStores),
		"fail-if": input.choice({
			description: "When the step fails.",
			default: "never"
		}, ["never", "too-large"]),
		...access
	},
	outputs: {
		fits: "`true` if the update fits on every disk.",
		required: "Bytes that it needs. Of two disks this is the one that lacks more, as for the next two outputs.",
		available: "Bytes that it may take.",
		"short-by": "Bytes that are missing; 0 if they suffice.",
		json: "JSON object: all of it, with both disks, the largest missing layers and the reasons of estimates."
	}
});

// actions/check-fit/summary.ts
/** More rows tell a reader nothing. */
const maxRows = 20;
const renderSummary = (verdict, { architecture }) => renderMarkdown(heading(sentence(verdict)), line("For ", code(architecture), ", by the rules of ", code(verdict.engine), "."), ...warnings(verdict), volumes(verdict), ...cleanUp(verdict), ...missing(verdict), ...remarks(verdict));
/** The verdict in one sentence, without a full stop. */
function sentence({ fits, volumes }) {
	if (fits) return "The update fits";
	return `The update does not fit: ${volumes.filter((volume) => !volume.fits).map(lackOf).join(", ")}`;
}
const lackOf = ({ volume, shortBy, inodes }) => {
	const files = inodes !== void 0 && inodes.shortBy > 0 ? [`${inodes.shortBy} inodes`] : [];
	return `${volume} is short by ${[...shortBy > 0 ? [formatSize(shortBy)] : [], ...files].join(" and ")}`;
};
const warnings = ({ gaps }) => gaps.length === 0 ? [] : [list(gaps)];
const exact = (bytes) => `${formatSize(bytes)} (${bytes})`;
function volumes({ volumes: all }) {
	const rows = all.flatMap(({ volume, required, available, shortBy, inodes }) => [[
		volume,
		exact(required),
		exact(available),
		shortBy === 0 ? "fits" : exact(shortBy)
	], ...inodes === void 0 ? [] : [[
		`${volume}, inodes`,
		`${inodes.required}`,
		`${inodes.available}`,
		inodes.shortBy === 0 ? "fits" : `${inodes.shortBy}`
	]]]);
	return table([
		"Volume",
		"Required",
		"Available",
		"Short by"
	], rows);
}
function cleanUp({ fits, cleanUp: freed }) {
	if (freed === void 0) return [];
	const parts = Object.entries(freed.bytes).map(([name, bytes]) => `${exact(bytes)} on ${name}`);
	const then = fits ? "" : freed.fits ? ": then it fits" : ": it does not fit then either";
	return [line(`The clean-up gives back at least ${parts.join(", ")}${then}.`)];
}
function missing({ missing: layers }) {
	if (layers.length === 0) return [line("The device has all layers.")];
	const rows = layers.slice(0, maxRows).map(({ digest, app, archiveSize, usage }) => [
		code(digest.slice(0, 19)),
		app,
		archiveSize === void 0 ? "unknown" : formatSize(archiveSize),
		usage === void 0 ? "not measured" : formatSize(usage)
	]);
	const title = `${layers.length} missing ${layers.length === 1 ? "layer" : "layers"}, the largest first`;
	const more = layers.length > maxRows ? [line(`… and ${layers.length - maxRows} more`)] : [];
	return [details(title, table([
		"Layer",
		"Of",
		"Compressed",
		"On disk"
	], rows), ...more)];
}
function remarks({ estimates, notes }) {
	const items = [...estimates.map(({ reason }) => reason), ...notes];
	return items.length === 0 ? [] : [line("What the numbers rest on:"), list(items)];
}

// actions/check-fit/volumes.ts
/** The disks of the device: one, or a second one for Docker, of which all three numbers are there. */
function volumesOf(inputs) {
	const { blockSize, blocks, blocksFree: free, inodesFree } = inputs;
	return {
		store: {
			blockSize,
			blocks,
			free,
			inodesFree
		},
		docker: dockerOf(inputs)
	};
}
function dockerOf(inputs) {
	const given = {
		"docker-block-size": inputs.dockerBlockSize,
		"docker-blocks": inputs.dockerBlocks,
		"docker-blocks-free": inputs.dockerBlocksFree
	};
	const { dockerBlockSize: blockSize, dockerBlocks: blocks, dockerBlocksFree: free } = inputs;
	if (blockSize !== void 0 && blocks !== void 0 && free !== void 0) return {
		blockSize,
		blocks,
		free,
		inodesFree: inputs.dockerInodesFree
	};
	const absent = Object.entries(given).filter(([, value]) => value === void 0);
	const inodes = inputs.dockerInodesFree;
	if (absent.length === Object.keys(given).length && inodes === void 0) return void 0;
	throw new InputError(absent.map(([input]) => ({
		input,
		reason: "is missing, and other numbers of the disk of Docker are there",
		hint: "Give docker-block-size, docker-blocks and docker-blocks-free, or none of them where there is one disk."
	})));
}

// actions/check-fit/run.ts
const nowhere = {
	registry: "localhost",
	repository: "none"
};
const run = async (inputs, context) => {
	const volumes = volumesOf(inputs);
	const { architecture, engine, store } = inputs;
	const gathered = await gather(inputs, context);
	const verdict = checkFit({
		...gathered,
		volumes,
		architecture,
		engine,
		store,
		reserve: inputs
	});
	await context.summarise(renderSummary(verdict, inputs));
	tell(verdict, context);
	if (inputs.failIf === "too-large") refuseTooLarge(verdict);
	if (!verdict.fits) context.log.notice(sentence(verdict));
	const json = canonicalText(fitReport(verdict));
	const volume = tightest(verdict);
	return { outputs: {
		fits: verdict.fits,
		required: volume?.required,
		available: volume?.available,
		shortBy: volume?.shortBy,
		json: fitsOutput(json) ? json : void 0
	} };
};
async function gather(inputs, context) {
	const { architecture, cleanUp, image: images, layersMetaFile: files } = inputs;
	const installed = await parseInstalled(inputs.installed);
	const [image = nowhere] = [
		...images,
		...cleanUp,
		...installed.images
	];
	await using client = openClientFor({
		...inputs,
		image,
		...clientContext(context)
	});
	return await gatherFit({
		files,
		images,
		installed,
		cleanUp,
		architecture,
		client
	});
}
function tell({ estimates, notes, gaps }, { log }) {
	for (const { reason } of estimates) log.info(reason);
	for (const note of notes) log.info(note);
	for (const gap of gaps) log.warning(gap);
}

// actions/check-fit/main.ts
await runAction(contract, run);

export {  };