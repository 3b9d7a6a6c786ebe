import { r as __name } from "./chunks/runtime.js";
import { A as aggregate, C as outputsByLeg, I as runAction, N as writeRecords, S as digestsByLeg, U as collectInputs, at as defineAction, dt as heading, g as parseNeeds, i as refuseIncomplete, mt as renderMarkdown, ot as collectRecords, rt as fitsOutput, tt as input, wt as canonicalText, y as parseExpect, z as legSummary } from "./chunks/oci-matrix.js";

// actions/aggregate-outputs/contract.ts
const contract = defineAction({
	name: "Aggregate outputs",
	description: "Collects what the legs of a matrix handed over, and says which legs are missing.",
	inputs: {
		...collectInputs(parseNeeds, parseExpect),
		"on-missing": input.choice({
			description: "What a missing leg does: `fail`, or `partial` for an incomplete document, which nothing publishes.",
			default: "fail"
		}, ["fail", "partial"])
	},
	outputs: {
		"records-file": "Path of the document with all records.",
		records: "The same document as JSON, where it fits into an output.",
		outputs: "JSON object: for each leg the outputs that it recorded.",
		digests: "JSON object: for each leg the digest that it pushed.",
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
	const { group, needs } = inputs;
	const hasOthers = needs !== void 0 && needs.records.length > 0;
	const records = aggregate({
		group,
		needs,
		expected: inputs.expect,
		carried: await collectRecords({
			group,
			hasOthers
		}, context),
		onUnreadable: (error) => log.warning(error.message)
	});
	await context.summarise(renderSummary(records));
	if (inputs.onMissing === "fail") refuseIncomplete(records, needs);
	if (!records.complete) log.warning(`incomplete, missing: ${records.missing.join("; ")}`);
	const text = canonicalText(records);
	return { outputs: {
		recordsFile: await writeRecords(records, env),
		records: fitsOutput(text) ? text : void 0,
		outputs: outputsByLeg(records),
		digests: digestsByLeg(records),
		count: records.records.length,
		missing: records.missing,
		complete: records.complete
	} };
};

// actions/aggregate-outputs/main.ts
await runAction(contract, run);

export {  };