import { r as __name } from "./chunks/runtime.js";
import { A as aggregate, C as outputsByLeg, F as registryInputs, G as indexInputs, I as runAction, K as indexOutputs, N as writeRecords, R as indexSummary, U as collectInputs, V as indexResult, X as mediaTypeInput, Y as imageInput, _ as indexRows, _t as formatReference, at as defineAction, dt as heading, f as parseImage, g as parseNeeds, h as openClientFor, i as refuseIncomplete, k as parseAnnotationLines, mt as renderMarkdown, ot as collectRecords, p as parseTags, q as refuseUnfitMode, r as parseSelectors, st as clientContext, t as updateIndex, v as parseIdentity, y as parseExpect, z as legSummary } from "./chunks/oci-matrix.js";

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
/** Why nothing was published. */
const renderIncomplete = ({ image }, { records, missing }) => renderMarkdown(heading(`${formatReference(image)}: not published`), legSummary(records, missing));

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
		repository: client.repository(image, { writes: !inputs.dryRun }),
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
	if (!records.complete) await context.summarise(renderIncomplete(inputs, records));
	refuseIncomplete(records, needs);
	context.log.info(`all ${records.records.length} legs of ${records.group} are there`);
	return records;
}

// actions/publish/main.ts
await runAction(contract, run);

export {  };