import { r as __name } from "./chunks/runtime.js";
import { $t as indexSummary, An as InputError, At as parseAllowedImages, Bt as requireSignaturesInput, C as openVerifierFor, Ct as parseRecords, E as openClientFor, Gt as verifierOptions, Mt as parseImage, Nt as parseImages, On as defineAction, Q as parseEntryDigests, Rt as warnOfUpdate, Tn as input, Ut as verifierInputs, Xt as registryInputs, Y as parseIdentity, Z as parseExpect, Zt as runAction, bn as mediaTypeInput, cn as expandFiles, dn as expectInput, f as publishedIndex, fn as indexInputs, gn as refuseUnfitMode, in as readRecordsFile, jn as clientContext, nn as guardedRun, ot as recordsOfDescriptorFiles, pn as indexOutputs, rn as releaseInputs, sn as indexResult, t as updateIndex, tn as publishedTitle, u as parseSelectors, un as descriptorFilesInput, x as openTargets, xt as aggregate, yn as imageInput, yt as parseAnnotationLines, zn as renderMarkdown } from "./chunks/oci-matrix.js";

// actions/update-index/contract.ts
const contract = defineAction({
	name: "Update an index",
	description: "Merges what the legs pushed into an image index, and moves its tags last of all.",
	inputs: {
		image: imageInput(parseImage),
		"records-file": input.text({ description: "The `records-file` output of aggregate-outputs." }),
		records: input.custom({ description: "The `records` output of aggregate-outputs, instead of the file." }, (text) => parseRecords(text, "records")),
		"descriptor-files": descriptorFilesInput,
		entries: input.lines({ description: "Digests of manifests that are in the image, one a line, without any leg: their platforms come from their configs, and each takes the place of the entry that it replaces." }, parseEntryDigests),
		expect: expectInput(parseExpect),
		"allow-images": input.lines({ description: "Images that legs may have pushed to instead, one a line: what the image lacks is copied from there." }, parseAllowedImages),
		...indexInputs({
			parseAnnotationLines,
			parseIdentity,
			parseSelectors
		}),
		"artifact-type": mediaTypeInput("Artifact type of the index."),
		...releaseInputs(parseImages),
		"require-signatures": requireSignaturesInput,
		...verifierInputs,
		...registryInputs
	},
	outputs: indexOutputs
});

// actions/update-index/summary.ts
const renderSummary = (published) => renderMarkdown(publishedTitle(published), ...indexSummary(published));

// actions/update-index/run.ts
const run = async (inputs, context) => {
	const { image } = inputs;
	refuseUnfitMode(inputs);
	await using client = openClientFor({
		...inputs,
		...clientContext(context)
	});
	const targets = openTargets(client, inputs);
	const records = await recordsOf(inputs, context);
	const signer = await verifierOptions(inputs);
	const verifier = signer && await openVerifierFor(signer);
	const updated = await updateIndex({
		...inputs,
		...targets,
		expected: inputs.expect,
		records,
		requireSignatures: inputs.requireSignatures ? { verifier } : void 0,
		guard: guardedRun(inputs.guard, context.run),
		concurrent: inputs.concurrent ? context.run : void 0,
		signal: context.signal
	});
	const images = [{
		image,
		tags: updated.tags
	}, ...updated.copies];
	warnOfUpdate(updated, images, context);
	const published = publishedIndex({
		...inputs,
		updated,
		images,
		records
	});
	return {
		outputs: await indexResult({
			...updated,
			published
		}, context),
		summary: renderSummary(published)
	};
};
async function recordsOf(inputs, context) {
	const file = inputs.recordsFile;
	const hasFiles = inputs.descriptorFiles.length > 0;
	const given = [
		file,
		inputs.records,
		hasFiles || void 0
	].filter((value) => value !== void 0).length;
	const { mode, entries } = inputs;
	if (mode === "remove" && entries.length > 0) throw unfitEntries;
	if (given === (mode === "remove" || given === 0 && entries.length > 0 ? 0 : 1)) {
		if (hasFiles) return recordsOfFiles(inputs, context);
		return file === void 0 ? inputs.records : parseRecords(await readRecordsFile(file), file);
	}
	throw new InputError([{
		input: "records-file",
		reason: given === 0 ? `mode ${inputs.mode} needs records` : `mode ${inputs.mode} has ${given} sources of records`,
		hint: "Give records-file or records, as aggregate-outputs puts them out, or descriptor-files; for mode remove none of them."
	}]);
}
async function recordsOfFiles({ descriptorFiles, expect: expected, image: { repository: group } }, { run }) {
	const files = await expandFiles(descriptorFiles, process.cwd(), "descriptor-files");
	const carried = await recordsOfDescriptorFiles({
		files,
		group,
		expected,
		run
	});
	return aggregate({
		group,
		expected,
		carried
	});
}
const unfitEntries = new InputError([{
	input: "entries",
	reason: "does nothing in mode remove",
	hint: "Name in \"remove\" what to take out, and put entries in by a step of their own."
}]);

// actions/update-index/main.ts
await runAction(contract, run);

export {  };