import { r as __name } from "./chunks/runtime.js";
import { $ as warnOfSuperseded, Bt as heading, C as parseNeeds, D as parseExpect, E as gatherRecords, G as parseAllowedImages, H as parseAnnotationLines, I as outputsByLeg, It as clientContext, J as parseImages, K as otherImages, Nt as defineAction, Pt as collectRecords, Q as warnOfUnreachable, S as openClientFor, St as refuseUnfitPartial, T as parseIdentity, Tt as mediaTypeInput, Ut as renderMarkdown, Y as parseTags, Z as writeRecords, _t as indexInputs, at as legSummary, bt as partialTagsInput, ct as releaseInputs, f as planRelease, ft as indexResult, it as indexSummary, lt as warnOfFailures, mt as collectInputs, nt as runAction, ot as publishedTitle, pt as expandFiles, q as parseImage, qt as formatReference, s as parseSelectors, st as guardedRun, t as updateIndex, tt as registryInputs, u as publishedIndex, ut as writeLegOutputs, vt as indexOutputs, wt as imageInput, xt as refuseUnfitMode, y as openTargets, yt as onMissingInput } from "./chunks/oci-matrix.js";

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
		...collectInputs(parseNeeds, parseExpect, parseAllowedImages),
		"on-missing": onMissingInput("what is there is published, under `partial-tags` alone."),
		"partial-tags": partialTagsInput,
		"artifact-type": mediaTypeInput("Artifact type of the index."),
		...releaseInputs(parseImages),
		...registryInputs,
		token: {
			...registryInputs.token,
			description: "GitHub token. It goes to ghcr.io, with `run-id` to GitHub itself, and nowhere else."
		}
	},
	outputs: {
		...indexOutputs,
		"records-file": "Path of the document with the records of all legs.",
		outputs: "JSON object: for each leg the outputs that it recorded. Each is an output of its own, too: `<leg>.<key>`.",
		count: "How many legs there are.",
		missing: "JSON list of the legs that are missing.",
		complete: "`true` if no leg is missing."
	}
});

// actions/publish/summary.ts
const renderSummary = (published, records) => renderMarkdown(publishedTitle(published), ...indexSummary(published), ...records === void 0 ? [] : [legSummary(records.records, records.missing)]);
/** Why nothing was published. */
const renderIncomplete = ({ image }, { records, missing }) => renderMarkdown(heading(`${formatReference(image)}: not published`), legSummary(records, missing));

// actions/publish/plan.ts
/** Reads what the legs handed over, and says what may be published under which tags. */
async function planOf(inputs, context) {
	const { onMissing, needs, mode, tags, partialTags } = inputs;
	refuseUnfitPartial({
		onMissing,
		tags: tagsOf(tags, inputs),
		partialTags: tagsOf(partialTags, inputs)
	});
	if (mode === "remove") return { tags };
	const found = await recordsOf(inputs, context);
	const { group, complete, records } = found;
	try {
		const release = planRelease({
			records: found,
			needs,
			onMissing,
			tags,
			partialTags
		});
		if (complete) context.log.info(`all ${records.length} legs of ${group} are there`);
		return {
			...release,
			found
		};
	} catch (error) {
		await context.summarise(renderIncomplete(inputs, found));
		throw error;
	}
}
function tagsOf(lines, { image, images }) {
	const names = [image, ...otherImages(images, image).map((other) => other.image)];
	return names.flatMap((name) => parseTags(lines, name, names));
}
async function recordsOf(inputs, context) {
	const { needs, image } = inputs;
	const group = inputs.group ?? image.repository;
	const hasOthers = needs !== void 0 && needs.records.length > 0;
	return gatherRecords({
		...inputs,
		group,
		expected: inputs.expect,
		allowed: [
			image,
			...inputs.images.map((other) => other.image),
			...inputs.allowImages
		],
		files: await expandFiles(inputs.descriptorFiles, process.cwd(), "descriptor-files"),
		run: context.run,
		collect: (isComplete) => collectRecords({
			...inputs,
			group,
			hasOthers,
			isComplete
		}, context),
		onUnreadable: (error) => context.log.warning(error.message)
	});
}

// actions/publish/run.ts
const run = async (inputs, context) => {
	const { image } = inputs;
	refuseUnfitMode(inputs);
	const { tags, records, found } = await planOf(inputs, context);
	await using client = openClientFor({
		...inputs,
		...clientContext(context)
	});
	const updated = await updateIndex({
		...inputs,
		...openTargets(client, {
			...inputs,
			tags
		}),
		records,
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
	if (found?.complete === false) {
		const { missing } = found;
		context.log.warning(`published without ${missing.join("; ")}: on-missing is ${inputs.onMissing}`);
	}
	const outputs = found && outputsByLeg(found);
	writeLegOutputs(outputs ?? {}, context);
	return {
		outputs: {
			...await indexResult({
				...updated,
				published
			}, context),
			recordsFile: found && await writeRecords(found, context.env),
			outputs,
			count: found?.records.length ?? 0,
			missing: found?.missing,
			complete: found?.complete
		},
		summary: renderSummary(published, found)
	};
};

// actions/publish/main.ts
await runAction(contract, run);

export {  };