import { r as __name } from "./chunks/runtime.js";
import { A as pushBlobs, E as openClientFor, In as heading, Ln as line, Mn as uploadLog, Mt as parseImage, On as defineAction, Qt as blobSummary, Tn as input, Vn as text, Xt as registryInputs, Zt as runAction, b as parseMountFrom, cn as expandFiles, jn as clientContext, mt as parseMediaTypes, pt as blobsFromFiles, ut as countPushed, vn as fileInputs, xn as mountFromInput, yn as imageInput, zn as renderMarkdown } from "./chunks/oci-matrix.js";

// actions/push-blobs/contract.ts
const contract = defineAction({
	name: "Push blobs",
	description: "Uploads files to a repository as blobs, skipping those that are there already.",
	inputs: {
		image: imageInput(parseImage),
		files: input.lines({
			description: "Files to push, one path or glob pattern a line. `path:type/subtype` gives their media type.",
			required: true
		}),
		...fileInputs(parseMediaTypes),
		"mount-from": mountFromInput,
		...registryInputs
	},
	outputs: {
		descriptors: "JSON list of descriptors, one for each file, titled by its path. For the input of the same name of push-manifest.",
		uploaded: "How many blobs had to be uploaded.",
		present: "How many blobs were there already.",
		"bytes-uploaded": "How many bytes had to be uploaded."
	}
});

// actions/push-blobs/summary.ts
function renderSummary({ image, dryRun }, descriptors, pushed) {
	const where = `${image.registry}/${image.repository}`;
	return renderMarkdown(heading(dryRun ? `Blobs for ${where} (dry run)` : `Blobs of ${where}`), line(text(`${descriptors.length} files`)), blobSummary(descriptors, countPushed(pushed), dryRun));
}

// actions/push-blobs/run.ts
const run = async (inputs, context) => {
	const mountFrom = parseMountFrom(inputs.mountFrom, inputs.image);
	const files = await expandFiles(inputs.files, process.cwd());
	const blobs = await blobsFromFiles({
		...inputs,
		files
	});
	await using client = openClientFor({
		...inputs,
		...clientContext(context)
	});
	const pushed = inputs.dryRun ? [] : await pushBlobs({
		repository: client.repository(inputs.image, { writes: true }),
		blobs,
		mountFrom,
		concurrency: inputs.concurrency,
		onPushed: uploadLog(context.log, blobs.length)
	});
	const descriptors = blobs.map(({ descriptor }) => descriptor);
	return {
		outputs: {
			descriptors,
			...countPushed(pushed)
		},
		summary: renderSummary(inputs, descriptors, pushed)
	};
};

// actions/push-blobs/main.ts
await runAction(contract, run);

export {  };