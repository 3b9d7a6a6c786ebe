import { r as __name } from "./chunks/runtime.js";
import { Bn as table, En as deliverRecord, In as heading, Nn as code, On as defineAction, Sn as recordInput, Tn as input, Yt as legInputs, Zt as runAction, lt as createRecord, on as legIdentity, y as parseOutputs, zn as renderMarkdown } from "./chunks/oci-matrix.js";

// actions/record-outputs/contract.ts
const contract = defineAction({
	name: "Record outputs",
	description: "Hands the outputs of one leg of a matrix over to a later job.",
	inputs: {
		outputs: input.custom({
			description: "`key=value` lines, or one JSON object.",
			required: true
		}, parseOutputs),
		...legInputs,
		record: recordInput
	},
	outputs: { record: "The leg's record as JSON, for legs without the artifact service." }
});

// actions/record-outputs/summary.ts
const renderSummary = ({ leg, outputs }) => renderMarkdown(heading(leg), table(["Output", "Value"], Object.entries(outputs).map(([key, value]) => [key, code(value.slice(0, 200))])));

// actions/record-outputs/run.ts
const run = async (inputs, context) => {
	const identity = legIdentity(inputs, context, context.run.job);
	const record = createRecord(identity, { outputs: inputs.outputs }, /* @__PURE__ */ new Date());
	return {
		outputs: { record: await deliverRecord(record, inputs.record, context) },
		summary: renderSummary(record)
	};
};

// actions/record-outputs/main.ts
await runAction(contract, run);

export {  };