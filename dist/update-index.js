import { r as __name } from "./chunks/runtime.js";
import { D as parseAnnotationLines, G as renderMarkdown, H as heading, I as indexSummary, N as registryInputs, P as runAction, Q as mediaTypeInput, R as clientLog, Y as indexResult, Z as imageInput, at as InputError, ct as defineAction, d as parseTags, g as parseIdentity, h as indexRows, it as input, k as parseRecords, nt as indexInputs, p as openClientFor, r as parseSelectors, rt as indexOutputs, t as updateIndex, u as parseImage, ut as formatReference } from "./chunks/oci-matrix.js";
import { readFile } from "node:fs/promises";
import { homedir } from "node:os";

// actions/update-index/contract.ts
const contract = defineAction({
	name: "Update an index",
	description: "Merges what the legs pushed into an image index, and moves its tags last of all.",
	inputs: {
		image: imageInput(parseImage),
		"records-file": input.text({ description: "The `records-file` output of aggregate-outputs." }),
		records: input.custom({ description: "The `records` output of aggregate-outputs, instead of the file." }, (text) => parseRecords(text, "records")),
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
	const { signal, log, env } = context;
	const { image } = inputs;
	const tags = parseTags(inputs.tags, image);
	const records = await recordsOf(inputs);
	await using client = openClientFor({
		...inputs,
		env,
		home: homedir(),
		signal,
		onEvent: clientLog(log)
	});
	const repository = client.repository(image);
	const updated = await updateIndex({
		...inputs,
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
	if (given === (inputs.mode === "remove" ? 0 : 1)) return file === void 0 ? inputs.records : parseRecords(await readFile(file, "utf8"), file);
	throw new InputError([{
		input: "records-file",
		reason: given === 0 ? `mode ${inputs.mode} needs records` : `mode ${inputs.mode} has ${given} sources of records`,
		hint: "Give records-file or records, as aggregate-outputs puts them out; for mode remove neither."
	}]);
}

// actions/update-index/main.ts
await runAction(contract, run);

export {  };