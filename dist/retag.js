import { r as __name } from "./chunks/runtime.js";
import { Bn as table, E as openClientFor, In as heading, Ln as line, Mt as parseImage, Nn as code, On as defineAction, Pt as parseTags, Tn as input, Un as formatReference, Xt as registryInputs, Zt as runAction, c as retag, jn as clientContext, s as parseManifestName, wn as tagsInput, yn as imageInput, zn as renderMarkdown } from "./chunks/oci-matrix.js";

// actions/retag/contract.ts
const contract = defineAction({
	name: "Retag",
	description: "Puts more tags on a manifest or an index that is in a registry, byte for byte.",
	inputs: {
		image: imageInput(parseImage),
		source: input.custom({
			description: "Tag or digest, in the same image, of what gets the tags.",
			required: true
		}, parseManifestName),
		tags: tagsInput({
			description: "Tags that are to name it, one a line, alone or with their image.",
			required: true
		}),
		...registryInputs
	},
	outputs: {
		digest: "Digest of what the tags name.",
		references: "JSON list of the references that name it: each tag, then the digest.",
		changed: "`true` if a tag had to move."
	}
});

// actions/retag/summary.ts
const renderSummary = ({ image, source, dryRun }, { descriptor, tags }) => renderMarkdown(heading(`${formatReference(image)}${dryRun ? " (dry run)" : ""}`), line(code(source), " is ", code(descriptor.digest), "."), table([
	"Tag",
	"Was",
	""
], tags.map(({ tag, previous, moved }) => [
	code(tag),
	previous === void 0 ? "not there" : code(previous),
	moved ? dryRun ? "would move" : "moved" : "stays"
])));

// actions/retag/run.ts
const run = async (inputs, context) => {
	const { image, source, dryRun } = inputs;
	const tags = parseTags(inputs.tags, image);
	await using client = openClientFor({
		...inputs,
		...clientContext(context)
	});
	const repository = client.repository(image, { writes: !dryRun });
	const retagged = await retag({
		repository,
		source,
		tags,
		dryRun
	});
	const { digest } = retagged.descriptor;
	return {
		outputs: {
			digest,
			references: [...tags.map((tag) => formatReference({
				...image,
				tag
			})), formatReference({
				...image,
				digest
			})],
			changed: retagged.tags.some(({ moved }) => moved)
		},
		summary: renderSummary(inputs, retagged)
	};
};

// actions/retag/main.ts
await runAction(contract, run);

export {  };