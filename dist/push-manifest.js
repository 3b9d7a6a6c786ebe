import { r as __name } from "./chunks/runtime.js";
import { $ as planPushed, $n as isImageConfigType, An as InputError, Cn as subjectInput, E as openClientFor, En as deliverRecord, Fn as formatSize, Ft as MatrixError, In as heading, Jn as parsePlatform, Ln as line, Mn as uploadLog, Mt as parseImage, N as measuredLayers, Nn as code, O as refuseOtherPlatform, On as defineAction, P as appContent, Pt as parseTags, Qt as blobSummary, Rn as list, Sn as recordInput, T as parseSource, Tn as input, Un as formatReference, Xt as registryInputs, Yt as legInputs, Zt as runAction, _ as planArtifact, _t as annotationsAt, a as attestationModes, b as parseMountFrom, bn as mediaTypeInput, bt as parseLayerAnnotationLines, cn as expandFiles, ct as writeDescriptorFile, d as pushPlan, dr as OciError, g as planLayout, gt as annotateEntry, ht as blobFromFile, j as parseAppImages, jn as clientContext, k as pushOlderApp, l as resolveSubject, lr as parseDigest, lt as createRecord, mt as parseMediaTypes, o as settleAttestations, on as legIdentity, p as planRemote, pt as blobsFromFiles, qn as formatPlatform, rr as parseDescriptor, st as reserveDescriptorFile, ut as countPushed, v as parsePlainAnnotations, vn as fileInputs, vt as layerAnnotationsOf, w as openLayout, wn as tagsInput, xn as mountFromInput, y as parseOutputs, yn as imageInput, zn as renderMarkdown } from "./chunks/oci-matrix.js";
import { readFile } from "node:fs/promises";

// actions/push-manifest/descriptors.ts
/** Reads the `descriptors` output of push-blobs: a list, or one alone. */
function parseDescriptors(value) {
	try {
		return (Array.isArray(value) ? value : [value]).map((item, at) => parseDescriptor(item, `$[${at}]`));
	} catch (error) {
		if (!(error instanceof OciError)) throw error;
		throw new InputError([{
			input: "descriptors",
			reason: `is no list of descriptors: ${error.message}`,
			hint: "Pass on the \"descriptors\" output of push-blobs as it is."
		}]);
	}
}

// actions/push-manifest/contract.ts
const contract = defineAction({
	name: "Push a manifest",
	description: "Pushes one manifest in a leg of a matrix, and hands it over to the fan-in.",
	inputs: {
		image: imageInput(parseImage),
		files: input.lines({ description: "Source: files, one path or glob pattern a line. `path:type/subtype` gives their media type." }),
		descriptors: input.json({ description: "Source: the `descriptors` output of push-blobs." }, parseDescriptors),
		source: input.text({ description: "Source: an image layout, `oci:DIRECTORY` or `oci-archive:FILE`; what docker save wrote, `docker-archive:FILE`; each with `:NAME` for one image of several; or an image in any registry, `docker://REFERENCE`." }),
		digest: input.custom({ description: "Source: the digest of a manifest that is in the repository already." }, parseDigest),
		platform: input.custom({ description: "Platform, e.g. `linux/arm64`. By default the one that the image config names." }, parsePlatform),
		attestations: input.choice({
			description: "What becomes of the attestations that BuildKit put beside an image: `keep` them as entries of the index, push them as `referrers` of the image, or `none`.",
			default: "keep"
		}, attestationModes),
		annotations: input.lines({ description: "Annotations, `key=value`, one a line; `manifest-descriptor:key=value` goes on the entry in the index, `layer[TITLE]:key=value` on the layer of this title, which is the path of its file below the folder of all files." }, parseLayerAnnotationLines),
		"artifact-type": mediaTypeInput("Artifact type of the manifest, for `files` and `descriptors`."),
		config: input.text({ description: "Config blob, `path:type/subtype`, for `files` and `descriptors`. By default the empty one." }),
		"layer-annotations": input.lines({ description: "Annotations of every layer, `key=value`, one a line, for `files` and `descriptors`." }, parsePlainAnnotations),
		"config-annotations": input.lines({ description: "Annotations of the config, `key=value`, one a line, for `files` and `descriptors`." }, parsePlainAnnotations),
		"layers-meta-file": input.lines({ description: "Layer metadata of what is pushed, files that measure-layers wrote, one a line: the record carries it to the fan-in, which merges that of all legs." }),
		"only-layers-of": input.lines({ description: "For an App: its images, with tag or digest, one a line. The file annotated `layer[TITLE]:layers-meta=v1` is restricted to their layers." }, (lines) => parseAppImages(lines, "only-layers-of")),
		"layers-manifests": input.boolean({
			description: "For an App: lists the layers of `only-layers-of` in a member `manifests` too, for devices that need it to estimate. OCI does not allow it, and most registries refuse it.",
			default: "false"
		}),
		...fileInputs(parseMediaTypes),
		"mount-from": mountFromInput,
		subject: subjectInput("Digest or tag, in the same image, of the manifest that this one refers to."),
		tags: tagsInput({ description: "Tags for this manifest alone, one a line. The tags of the index belong to publish." }),
		...legInputs,
		outputs: input.custom({ description: "Any `key=value` lines for the fan-in, or one JSON object." }, parseOutputs),
		record: recordInput,
		"descriptor-file": input.text({ description: "File to write the `descriptor` to, for tools that make an index of such files, and for `descriptor-files` of publish." }),
		...registryInputs
	},
	outputs: {
		digest: "Digest of the manifest.",
		descriptor: "Descriptor of the manifest as JSON, as an index entry has it.",
		reference: "The image with the digest, `registry/repository@digest`.",
		record: "The leg's record as JSON, for legs without the artifact service.",
		uploaded: "How many blobs had to be uploaded.",
		present: "How many blobs were there already.",
		"bytes-uploaded": "How many bytes had to be uploaded."
	}
});

// actions/push-manifest/plan.ts
/** Names the one source that the inputs give; none and several are errors. */
function sourceOf(inputs) {
	const given = [
		"files",
		"descriptors",
		"source",
		"digest"
	].filter((name) => name === "files" ? inputs.files.length > 0 : inputs[name] !== void 0);
	const [source, ...others] = given;
	if (source !== void 0 && others.length === 0) return source;
	throw new InputError([{
		input: source ?? "files",
		reason: source === void 0 ? "no source was given" : `there are ${given.length} sources: ${given.join(", ")}`,
		hint: "Give exactly one of files, descriptors, source and digest."
	}]);
}
/** What to push, all of it checked before the first byte leaves. */
async function planFor(inputs, client, repository) {
	const source = sourceOf(inputs);
	const here = {
		remote: false,
		mountFrom: []
	};
	if (source === "files" || source === "descriptors") return {
		...await planNew(inputs, client, repository),
		...here
	};
	refuseForPrebuilt(inputs, source);
	const planned = inputs.digest === void 0 ? await planSource(inputs, client) : {
		plan: await planPushed(repository, inputs.digest, inputs.platform),
		...here
	};
	const load = async ({ digest }) => (await repository.manifests.fetch(digest))?.bytes ?? refuseUnknown(inputs, digest);
	return {
		...planned,
		plan: await settleAttestations(planned.plan, inputs.attestations, load)
	};
}
function refuseUnknown({ image }, digest) {
	throw new MatrixError("MANIFEST_UNKNOWN", `${formatReference(image)} has no manifest ${digest}`);
}
async function planSource(inputs, client) {
	const { source = "", image, platform, attestations } = inputs;
	const parsed = parseSource(source);
	if (parsed.kind !== "repository") return {
		plan: await planLayout(await openLayout(source), platform),
		remote: false,
		mountFrom: []
	};
	const { reference } = parsed;
	const { registry, repository } = reference;
	const from = client.repository({
		registry,
		repository
	});
	return {
		plan: await planRemote({
			from,
			reference,
			platform,
			referrers: attestations !== "none"
		}),
		remote: true,
		mountFrom: registry === image.registry ? [repository] : []
	};
}
async function planNew(inputs, client, repository) {
	refuseOlderReferrer(inputs);
	const files = await expandFiles(inputs.files, process.cwd());
	const config = await configOf(inputs);
	const titledAnnotations = layerAnnotationsOf(inputs.annotations);
	const { without, ...content } = await appContent({
		titledAnnotations,
		client,
		blobs: await blobsFromFiles({
			...inputs,
			files
		}),
		onlyLayersOf: inputs.onlyLayersOf,
		older: inputs.layersManifests
	});
	return {
		plan: planArtifact({
			...content,
			titledAnnotations,
			present: inputs.descriptors ?? [],
			...config,
			artifactType: inputs.artifactType,
			annotations: annotationsAt(inputs.annotations, void 0, "manifest"),
			layerAnnotations: inputs.layerAnnotations,
			configAnnotations: inputs.configAnnotations,
			subject: inputs.subject ? await resolveSubject(repository, inputs.subject) : void 0,
			platform: inputs.platform
		}),
		older: inputs.layersManifests,
		without
	};
}
function refuseOlderReferrer({ layersManifests, subject }) {
	if (!layersManifests || subject === void 0) return;
	throw new InputError([{
		input: "subject",
		reason: "cannot go with \"layers-manifests\"",
		hint: "Leave one of them out: an App of the older form refers to nothing."
	}]);
}
async function configOf(inputs) {
	if (inputs.config === void 0) return {};
	const [file, ...others] = await expandFiles([inputs.config], process.cwd(), "config");
	if (file?.mediaType === void 0 || others.length > 0) {
		const reason = others.length > 0 ? `names ${others.length + 1} files` : "has no media type";
		throw new InputError([{
			input: "config",
			reason: `${JSON.stringify(inputs.config)} ${reason}`,
			hint: "Write path:type/subtype of one file, e.g. config.json:application/vnd.oci.image.config.v1+json."
		}]);
	}
	const config = await blobFromFile(file.path, file.mediaType);
	return isImageConfigType(file.mediaType) ? {
		config,
		configBytes: await readFile(file.path)
	} : { config };
}
function refuseForPrebuilt(inputs, source) {
	const levels = inputs.annotations.map(({ level }) => level);
	const inside = Object.keys({
		...inputs.layerAnnotations,
		...inputs.configAnnotations
	});
	const isOutside = (level) => level === "index" || level === "manifest-descriptor";
	if (inside.length > 0 || !levels.every(isOutside)) throw new MatrixError("ANNOTATION_INVALID", `annotations for the manifest cannot go with "${source}": its digest would change`, { hint: "Annotate the image where it is built, or its entry in the index with manifest-descriptor:key=value." });
	const unfit = Object.entries({
		"artifact-type": inputs.artifactType !== void 0,
		config: inputs.config !== void 0,
		subject: inputs.subject !== void 0,
		"only-layers-of": inputs.onlyLayersOf.length > 0,
		"layers-manifests": inputs.layersManifests
	}).find(([, given]) => given);
	if (unfit === void 0) return;
	throw new InputError([{
		input: unfit[0],
		reason: `cannot go with "${source}": the manifest is made already`,
		hint: `Leave it out, or push with "files".`
	}]);
}

// actions/push-manifest/summary.ts
function renderSummary({ inputs, plan, reference, tags, counts, leg }) {
	const { platform, artifactType, size } = plan.root;
	const blobs = [...plan.blobs.map(({ descriptor }) => descriptor), ...plan.present];
	return renderMarkdown(heading(`${leg}${inputs.dryRun ? " (dry run)" : ""}`), list([
		code(reference),
		...tags.map((tag) => line("tag ", code(tag))),
		line(platform === void 0 ? "no platform" : formatPlatform(platform), `, ${artifactType ?? "container image"}, manifest of ${formatSize(size)}`)
	]), blobSummary(blobs, counts, inputs.dryRun));
}

// actions/push-manifest/run.ts
const run = async (inputs, context) => {
	const { log } = context;
	sourceOf(inputs);
	const tags = parseTags(inputs.tags, inputs.image);
	const mountFrom = parseMountFrom(inputs.mountFrom, inputs.image);
	const identity = legIdentity(inputs, context, inputs.image.repository);
	tellOfIndexAnnotations(inputs, context);
	await using client = openClientFor({
		...inputs,
		...clientContext(context)
	});
	const repository = client.repository(inputs.image, { writes: !inputs.dryRun });
	const { plan, ...source } = await planFor(inputs, client, repository);
	for (const key of source.without ?? []) log.warning(`the App is not for ${key}: not all images in only-layers-of are`);
	if (inputs.platform === void 0) refuseOtherPlatform(plan, identity.matrix);
	const layers = await measuredLayers(inputs.layersMetaFile, plan);
	const planned = createRecord(identity, contentOf(plan, inputs, layers), /* @__PURE__ */ new Date());
	const file = inputs.descriptorFile;
	if (file !== void 0) await reserveDescriptorFile(file, plan.root);
	const push = source.older ? pushOlderApp : pushPlan;
	const pushed = inputs.dryRun ? [] : await push({
		repository,
		plan,
		tags,
		mountFrom: [.../* @__PURE__ */ new Set([...source.mountFrom, ...mountFrom])],
		remote: source.remote,
		concurrency: inputs.concurrency,
		onPushed: uploadLog(log, plan.blobs.length)
	});
	const record = {
		...planned,
		finishedAt: (/* @__PURE__ */ new Date()).toISOString()
	};
	const { descriptor = plan.root } = record;
	const reference = formatReference({
		...inputs.image,
		digest: descriptor.digest
	});
	if (file !== void 0) await writeDescriptorFile(file, descriptor);
	log.info(`${inputs.dryRun ? "would push" : "pushed"} ${reference}`);
	const counts = countPushed(pushed);
	return {
		outputs: {
			digest: descriptor.digest,
			descriptor,
			reference,
			record: await deliverRecord(record, inputs.record, context),
			...counts
		},
		summary: renderSummary({
			inputs,
			plan,
			reference,
			tags,
			counts,
			leg: record.leg
		})
	};
};
function tellOfIndexAnnotations({ annotations }, { log }) {
	const keys = annotations.filter(({ level }) => level === "index").map(({ key }) => key);
	if (keys.length === 0) return;
	log.notice(`annotations of the index are for publish or update-index: ${keys.join(", ")}`);
}
function contentOf({ root, children }, { image, annotations, outputs = {} }, layers) {
	const withOwn = (descriptor) => annotateEntry(descriptor, annotations);
	return {
		image: formatReference(image),
		descriptor: withOwn(root),
		...children === void 0 ? {} : { children: children.map(withOwn) },
		...layers === void 0 ? {} : { layers },
		outputs
	};
}

// actions/push-manifest/main.ts
await runAction(contract, run);

export {  };