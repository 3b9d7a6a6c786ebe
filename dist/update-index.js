import { r as __name } from "./chunks/runtime.js";
import { $t as clientContext, A as parseIdentity, At as expandFiles, Ct as publishedTitle, D as openClientFor, Et as warnOfFailures, F as recordsOfDescriptorFiles, Ft as indexOutputs, Ht as mediaTypeInput, J as aggregate, M as parseExpect, Mt as descriptorFilesInput, N as parseEntryDigests, Nt as expectInput, Pt as indexInputs, Q as parseAllowedImages, Qt as InputError, Rt as refuseUnfitMode, S as openTargets, Tt as releaseInputs, Vt as imageInput, X as parseRecords, Xt as defineAction, at as warnOfUnreachable, ct as requireSignaturesInput, dt as verifierInputs, et as parseImage, kt as indexResult, on as renderMarkdown, ot as warnOfSuperseded, p as publishedIndex, pt as verifierOptions, q as parseAnnotationLines, qt as input, t as updateIndex, tt as parseImages, u as parseSelectors, vt as registryInputs, w as openVerifierFor, wt as guardedRun, xt as indexSummary, yt as runAction } from "./chunks/oci-matrix.js";
import { readFile } from "node:fs/promises";

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
	warnOfFailures(images, context);
	warnOfSuperseded(updated.superseded, context);
	warnOfUnreachable(updated, context);
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
		return file === void 0 ? inputs.records : parseRecords(await readRecords(file), file);
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
const readRecords = (file) => readFile(file, "utf8").catch((cause) => {
	throw new InputError([{
		input: "records-file",
		reason: `${JSON.stringify(file)} cannot be read: ${cause instanceof Error ? cause.message : cause}`,
		hint: "Name the \"records-file\" output of aggregate-outputs; in another job, take its \"records\" output instead."
	}]);
});

// actions/update-index/main.ts
await runAction(contract, run);

export {  };