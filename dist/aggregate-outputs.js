import { r as __name } from "./chunks/runtime.js";
import { At as parseAllowedImages, D as parseNeeds, Dn as fitsOutput, Hn as expression, In as heading, It as writeLayersMeta, Lt as writeRecords, M as mergeLayersMeta, On as defineAction, Tn as input, X as gatherRecords, Z as parseExpect, Zt as runAction, an as writeLegOutputs, cn as expandFiles, dt as digestsByLeg, en as legSummary, ft as outputsByLeg, h as refuseIncomplete, kn as collectRecords, ln as collectInputs, mn as onMissingInput, pr as canonicalText, zn as renderMarkdown } from "./chunks/oci-matrix.js";

// actions/aggregate-outputs/contract.ts
const contract = defineAction({
	name: "Aggregate outputs",
	description: "Collects what the legs of a matrix handed over, and says which legs are missing.",
	inputs: {
		...collectInputs(parseNeeds, parseExpect, parseAllowedImages),
		"on-missing": onMissingInput("an incomplete document is written, which nothing publishes."),
		token: input.text({
			description: "GitHub token for `run-id`, to read the artifacts of that run.",
			default: expression("github.token"),
			secret: true
		})
	},
	outputs: {
		"records-file": "Path of the document with all records.",
		records: "The same document as JSON, where it fits into an output.",
		outputs: "JSON object: for each leg the outputs that it recorded. Each is an output of its own, too: `<leg>.<key>`.",
		digests: "JSON object: for each leg the digest that it pushed.",
		"layers-meta-file": "Path of the layer metadata of all legs, by architecture, as one document; empty where no leg measured.",
		count: "How many legs are there.",
		missing: "JSON list of the legs that are missing.",
		complete: "`true` if no leg is missing."
	}
});

// actions/aggregate-outputs/summary.ts
const renderSummary = ({ group, records, missing }) => renderMarkdown(heading(`Legs of ${group}`), legSummary(records, missing));

// actions/aggregate-outputs/run.ts
const run = async (inputs, context) => {
	const { log, env } = context;
	const records = await recordsOf(inputs, context);
	await context.summarise(renderSummary(records));
	if (inputs.onMissing !== "partial") refuseIncomplete(records, inputs.needs, inputs.onMissing);
	if (!records.complete) log.warning(`incomplete, missing: ${records.missing.join("; ")}`);
	const layers = mergeLayersMeta(records.records);
	const text = canonicalText(records);
	const outputs = outputsByLeg(records);
	writeLegOutputs(outputs, context);
	return { outputs: {
		recordsFile: await writeRecords(records, env),
		records: fitsOutput(text) ? text : void 0,
		outputs,
		digests: digestsByLeg(records),
		layersMetaFile: await writeLayersMeta(records, layers, context),
		count: records.records.length,
		missing: records.missing,
		complete: records.complete
	} };
};
async function recordsOf(inputs, context) {
	const { needs, allowImages } = inputs;
	const hasOthers = needs !== void 0 && needs.records.length > 0;
	return gatherRecords({
		...inputs,
		expected: inputs.expect,
		allowed: allowImages.length > 0 ? allowImages : void 0,
		files: await expandFiles(inputs.descriptorFiles, process.cwd(), "descriptor-files"),
		run: context.run,
		collect: (isComplete) => collectRecords({
			...inputs,
			hasOthers,
			isComplete
		}, context),
		onUnreadable: (error) => context.log.warning(error.message)
	});
}

// actions/aggregate-outputs/main.ts
await runAction(contract, run);

export {  };