import { r as __name } from "./chunks/runtime.js";
import { F as registryInputs, G as indexInputs, I as runAction, K as indexOutputs, R as indexSummary, V as indexResult, W as expectInput, X as mediaTypeInput, Y as imageInput, _ as indexRows, _t as formatReference, at as defineAction, dt as heading, f as parseImage, h as openClientFor, it as InputError, j as parseRecords, k as parseAnnotationLines, mt as renderMarkdown, p as parseTags, q as refuseUnfitMode, r as parseSelectors, st as clientContext, t as updateIndex, tt as input, v as parseIdentity, y as parseExpect } from "./chunks/oci-matrix.js";
import { readFile } from "node:fs/promises";

// actions/update-index/contract.ts
const contract = defineAction({
	name: "Update an index",
	description: "Merges what the legs pushed into an image index, and moves its tags last of all.",
	inputs: {
		image: imageInput(parseImage),
		"records-file": input.text({ description: "The `records-file` output of aggregate-outputs." }),
		records: input.custom({ description: "The `records` output of aggregate-outputs, instead of the file." }, (text) => parseRecords(text, "records")),
		expect: expectInput(parseExpect),
		...indexInputs({
			parseAnnotationLines,
			parseIdentity,
			parseSelectors
		}),
		"artifact-type": mediaTypeInput("Artifact type of the index."),
		...registryInputs
	},
	outputs: indexOutputs
});

// actions/update-index/summary.ts
const renderSummary = ({ image, identity, dryRun }, updated) => renderMarkdown(heading(`${formatReference(image)}${dryRun ? " (dry run)" : ""}`), ...indexSummary({
	...updated,
	...updated.descriptor,
	dryRun,
	rows: indexRows(updated, identity)
}));

// actions/update-index/run.ts
const run = async (inputs, context) => {
	const { image } = inputs;
	refuseUnfitMode(inputs);
	const tags = parseTags(inputs.tags, image);
	const records = await recordsOf(inputs);
	await using client = openClientFor({
		...inputs,
		...clientContext(context)
	});
	const repository = client.repository(image, { writes: !inputs.dryRun });
	const updated = await updateIndex({
		...inputs,
		expected: inputs.expect,
		repository,
		tags,
		records
	});
	return {
		outputs: await indexResult({
			...updated,
			image
		}, context),
		summary: renderSummary(inputs, updated)
	};
};
async function recordsOf(inputs) {
	const file = inputs.recordsFile;
	const given = [file, inputs.records].filter((value) => value !== void 0).length;
	if (given === (inputs.mode === "remove" ? 0 : 1)) return file === void 0 ? inputs.records : parseRecords(await readRecords(file), file);
	throw new InputError([{
		input: "records-file",
		reason: given === 0 ? `mode ${inputs.mode} needs records` : `mode ${inputs.mode} has ${given} sources of records`,
		hint: "Give records-file or records, as aggregate-outputs puts them out; for mode remove neither."
	}]);
}
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