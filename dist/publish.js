import { r as __name } from "./chunks/runtime.js";
import { $t as indexSummary, At as parseAllowedImages, Bt as requireSignaturesInput, C as openVerifierFor, D as parseNeeds, E as openClientFor, Gt as verifierOptions, In as heading, It as writeLayersMeta, Jt as signatureSummary, Kt as signatureOutputs, Lt as writeRecords, M as mergeLayersMeta, Mt as parseImage, Nt as parseImages, On as defineAction, Pt as parseTags, Rt as warnOfUpdate, S as openSigner, Un as formatReference, Ut as verifierInputs, Vt as signingInputs, Wt as signerOptions, X as gatherRecords, Xt as registryInputs, Y as parseIdentity, Z as parseExpect, Zt as runAction, _n as refuseUnfitPartial, an as writeLegOutputs, bn as mediaTypeInput, cn as expandFiles, en as legSummary, f as publishedIndex, fn as indexInputs, ft as outputsByLeg, gn as refuseUnfitMode, hn as partialTagsInput, jn as clientContext, jt as otherImages, kn as collectRecords, ln as collectInputs, m as planRelease, mn as onMissingInput, nn as guardedRun, pn as indexOutputs, qt as signatureResult, r as signManifests, rn as releaseInputs, sn as indexResult, t as updateIndex, tn as publishedTitle, u as parseSelectors, x as openTargets, yn as imageInput, yt as parseAnnotationLines, zn as renderMarkdown, zt as formatsOf } from "./chunks/oci-matrix.js";

// actions/publish/contract.ts
const contract = defineAction({
	name: "OCI matrix: publish",
	description: "Publishes what the legs of a build matrix pushed as one image index: complete, or not at all.",
	branding: {
		icon: "layers",
		color: "blue"
	},
	inputs: {
		image: imageInput(parseImage),
		...indexInputs({
			parseAnnotationLines,
			parseIdentity,
			parseSelectors
		}),
		...collectInputs(parseNeeds, parseExpect, parseAllowedImages),
		"on-missing": onMissingInput("what is there is published, under `partial-tags` alone."),
		"partial-tags": partialTagsInput,
		"artifact-type": mediaTypeInput("Artifact type of the index."),
		...releaseInputs(parseImages),
		...signingInputs,
		"require-signatures": requireSignaturesInput,
		...verifierInputs,
		...registryInputs,
		token: {
			...registryInputs.token,
			description: "GitHub token. It goes to ghcr.io, with `run-id` to GitHub itself, and nowhere else."
		}
	},
	outputs: {
		...indexOutputs,
		"records-file": "Path of the document with the records of all legs.",
		outputs: "JSON object: for each leg the outputs that it recorded. Each is an output of its own, too: `<leg>.<key>`.",
		"layers-meta-file": "Path of the layer metadata of all legs, by architecture, as one document; empty where no leg measured.",
		count: "How many legs there are.",
		missing: "JSON list of the legs that are missing.",
		complete: "`true` if no leg is missing.",
		...signatureOutputs
	}
});

// actions/publish/summary.ts
const renderSummary = (published, records, { signatures, publicKey }) => renderMarkdown(publishedTitle(published), ...indexSummary(published), ...signatureSummary(signatures, publicKey), ...records === void 0 ? [] : [legSummary(records.records, records.missing)]);
/** Why nothing was published. */
const renderIncomplete = ({ image }, { records, missing }) => renderMarkdown(heading(`${formatReference(image)}: not published`), legSummary(records, missing));

// actions/publish/plan.ts
/** Reads what the legs handed over, and says what may be published under which tags. */
async function planOf(inputs, context) {
	const { onMissing, needs, mode, tags, partialTags } = inputs;
	refuseUnfitPartial({
		onMissing,
		tags: tagsOf(tags, inputs),
		partialTags: tagsOf(partialTags, inputs)
	});
	if (mode === "remove") return { tags };
	const found = await recordsOf(inputs, context);
	const { group, complete, records } = found;
	try {
		const release = planRelease({
			records: found,
			needs,
			onMissing,
			tags,
			partialTags
		});
		if (complete) context.log.info(`all ${records.length} legs of ${group} are there`);
		return {
			...release,
			found
		};
	} catch (error) {
		await context.summarise(renderIncomplete(inputs, found));
		throw error;
	}
}
function tagsOf(lines, { image, images }) {
	const names = [image, ...otherImages(images, image).map((other) => other.image)];
	return names.flatMap((name) => parseTags(lines, name, names));
}
async function recordsOf(inputs, context) {
	const { needs, image } = inputs;
	const group = inputs.group ?? image.repository;
	const hasOthers = needs !== void 0 && needs.records.length > 0;
	return gatherRecords({
		...inputs,
		group,
		expected: inputs.expect,
		allowed: [
			image,
			...inputs.images.map((other) => other.image),
			...inputs.allowImages
		],
		files: await expandFiles(inputs.descriptorFiles, process.cwd(), "descriptor-files"),
		run: context.run,
		collect: (isComplete) => collectRecords({
			...inputs,
			group,
			hasOthers,
			isComplete
		}, context),
		onUnreadable: (error) => context.log.warning(error.message)
	});
}

// actions/publish/signing.ts
/** What signs the index before its tags move, and whose signatures its entries must have. */
async function openSigning(inputs, context) {
	const options = await signerOptions(inputs, context);
	const choice = await verifierOptions(inputs);
	const signer = options && await openSigner(options);
	const verifier = choice ? await openVerifierFor(choice) : signer?.verifier;
	const signatures = [];
	const signIndex = signer && (async (repository, digest) => {
		const signed = await signManifests({
			repository,
			signer,
			digests: [digest],
			signal: context.signal,
			formats: formatsOf(inputs.format),
			recursive: inputs.recursive,
			logged: options?.kind === "keyless" && options.rekorUrl !== "none"
		});
		signatures.push(...signed);
		return signed;
	});
	return {
		requireSignatures: inputs.requireSignatures ? { verifier } : void 0,
		signIndex,
		signatures,
		publicKey: signer?.publicKey
	};
}

// actions/publish/run.ts
const run = async (inputs, context) => {
	const { image } = inputs;
	refuseUnfitMode(inputs);
	const signing = await openSigning(inputs, context);
	const { tags, records, found } = await planOf(inputs, context);
	const layers = found && mergeLayersMeta(found.records);
	await using client = openClientFor({
		...inputs,
		...clientContext(context)
	});
	const updated = await updateIndex({
		...inputs,
		...openTargets(client, {
			...inputs,
			tags
		}),
		...signing,
		records,
		guard: guardedRun(inputs.guard, context.run),
		concurrent: inputs.concurrent ? context.run : void 0,
		signal: context.signal
	});
	const images = [{
		image,
		tags: updated.tags
	}, ...updated.copies];
	warnOfUpdate(updated, images, context);
	const signatures = signing.signatures.flatMap(({ descriptor }) => descriptor?.digest ?? []);
	const published = publishedIndex({
		...inputs,
		updated,
		images,
		records,
		signatures
	});
	if (found?.complete === false) {
		const { missing } = found;
		context.log.warning(`published without ${missing.join("; ")}: on-missing is ${inputs.onMissing}`);
	}
	const outputs = found && outputsByLeg(found);
	writeLegOutputs(outputs ?? {}, context);
	return {
		outputs: {
			...await indexResult({
				...updated,
				published
			}, context),
			recordsFile: found && await writeRecords(found, context.env),
			outputs,
			layersMetaFile: found && await writeLayersMeta(found, layers, context),
			count: found?.records.length ?? 0,
			missing: found?.missing,
			complete: found?.complete,
			...await signatureResult(signing.signatures, signing.publicKey, context)
		},
		summary: renderSummary(published, found, signing)
	};
};

// actions/publish/main.ts
await runAction(contract, run);

export {  };