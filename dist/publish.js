import { r as __name } from "./chunks/runtime.js";
import { D as parseAnnotationLines, G as refuseUnfitMode, I as indexSummary, J as mediaTypeInput, L as legSummary, N as registryInputs, O as aggregate, P as runAction, U as indexInputs, V as collectInputs, W as indexOutputs, _ as parseExpect, ct as heading, d as parseTags, dt as renderMarkdown, g as parseIdentity, h as indexRows, it as clientContext, j as writeRecords, m as parseNeeds, mt as formatReference, nt as defineAction, p as openClientFor, q as imageInput, r as parseSelectors, rt as collectRecords, t as updateIndex, u as parseImage, x as outputsByLeg, z as indexResult } from "./chunks/oci-matrix.js";

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
		...collectInputs(parseNeeds, parseExpect),
		"artifact-type": mediaTypeInput("Artifact type of the index."),
		...registryInputs
	},
	outputs: {
		...indexOutputs,
		"records-file": "Path of the document with the records of all legs.",
		outputs: "JSON object: for each leg the outputs that it recorded.",
		count: "How many legs there are."
	}
});

// actions/publish/summary.ts
const renderSummary = ({ image, identity, dryRun }, updated, records) => renderMarkdown(heading(`${formatReference(image)}${dryRun ? " (dry run)" : ""}`), ...indexSummary({
	...updated,
	...updated.descriptor,
	dryRun,
	rows: indexRows(updated, identity)
}), ...records === void 0 ? [] : [legSummary(records.records, records.missing)]);

// actions/publish/run.ts
const run = async (inputs, context) => {
	const { image } = inputs;
	refuseUnfitMode(inputs);
	const tags = parseTags(inputs.tags, image);
	const records = inputs.mode === "remove" ? void 0 : await recordsOf(inputs, context);
	await using client = openClientFor({
		...inputs,
		...clientContext(context)
	});
	const updated = await updateIndex({
		...inputs,
		repository: client.repository(image),
		tags,
		records
	});
	return {
		outputs: {
			...await indexResult({
				...updated,
				image
			}, context),
			recordsFile: records && await writeRecords(records, context.env),
			outputs: records && outputsByLeg(records),
			count: records?.records.length ?? 0
		},
		summary: renderSummary(inputs, updated, records)
	};
};
async function recordsOf(inputs, context) {
	const { needs, expect } = inputs;
	const group = inputs.group ?? inputs.image.repository;
	const hasOthers = needs !== void 0 && needs.records.length > 0;
	const records = aggregate({
		group,
		needs,
		expected: expect,
		carried: await collectRecords({
			group,
			hasOthers
		}, context),
		onUnreadable: (error) => context.log.warning(error.message)
	});
	context.log.info(`all ${records.records.length} legs of ${records.group} are there`);
	return records;
}

// actions/publish/main.ts
await runAction(contract, run);

export {  };