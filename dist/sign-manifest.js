import { r as __name } from "./chunks/runtime.js";
import { An as InputError, Ct as parseRecords, E as openClientFor, En as deliverRecord, Ft as MatrixError, Ht as trustInputs, In as heading, Jt as signatureSummary, Kt as signatureOutputs, Mt as parseImage, On as defineAction, S as openSigner, Sn as recordInput, St as addSignatures, Tn as input, Un as formatReference, Vt as signingInputs, Wt as signerOptions, Xt as registryInputs, Zt as runAction, i as resolveToSign, in as readRecordsFile, jn as clientContext, n as recordedSignatures, qt as signatureResult, r as signManifests, s as parseManifestName, wt as parseRecord, yn as imageInput, zn as renderMarkdown, zt as formatsOf } from "./chunks/oci-matrix.js";

// actions/sign-manifest/contract.ts
const contract = defineAction({
	name: "Sign a manifest",
	description: "Signs what was pushed as cosign does, and verifies it before the step succeeds.",
	inputs: {
		image: imageInput(parseImage),
		digest: input.custom({ description: "To sign: a digest, or a tag, which is resolved once." }, parseManifestName),
		"leg-record": input.custom({ description: "To sign: what this leg pushed, by the `record` output of push-manifest; the record then goes to the fan-in again, with its signatures." }, (text) => parseRecord(text, "leg-record")),
		"records-file": input.text({ description: "To sign: what all legs pushed, by the `records-file` output of aggregate-outputs." }),
		records: input.custom({ description: "The `records` output of aggregate-outputs, instead of the file." }, (text) => parseRecords(text, "records")),
		...signingInputs,
		...trustInputs,
		record: recordInput,
		...registryInputs
	},
	outputs: {
		...signatureOutputs,
		record: "The leg's record as JSON, with its signatures."
	}
});

// actions/sign-manifest/subjects.ts
/** What is to be signed: digests, or the tag that one of the inputs names. Several sources, and none, are errors. */
async function subjectsOf(inputs) {
	const { digest, legRecord, recordsFile, records } = inputs;
	const names = Object.entries({
		digest,
		"leg-record": legRecord,
		"records-file": recordsFile,
		records
	}).flatMap(([name, value]) => value === void 0 ? [] : name);
	const [source = "digest", ...others] = names;
	if (names.length === 0 || others.length > 0) throw new InputError([{
		input: source,
		reason: others.length > 0 ? `cannot go with ${others.join(", ")}` : "was not given, and nothing else says what to sign",
		hint: "Give exactly one of digest, leg-record, records-file and records."
	}]);
	if (digest !== void 0) return [digest];
	if (legRecord !== void 0) return pushedBy([legRecord]);
	return pushedBy((recordsFile === void 0 ? records : parseRecords(await readRecordsFile(recordsFile), recordsFile))?.records ?? []);
}
function pushedBy(records) {
	const digests = records.flatMap(({ descriptor }) => descriptor?.digest ?? []);
	if (digests.length > 0) return digests;
	throw new MatrixError("INPUT_INVALID", "the records name no manifest, so there is nothing to sign", { hint: "Push in the leg with push-manifest first; record-outputs alone pushes nothing." });
}

// actions/sign-manifest/summary.ts
const renderSummary = ({ image, dryRun }, signatures, publicKey) => renderMarkdown(heading(`${formatReference(image)}${dryRun ? " (dry run)" : ""}`), ...signatureSummary(signatures, publicKey));

// actions/sign-manifest/run.ts
const run = async (inputs, context) => {
	const { image, legRecord, dryRun } = inputs;
	const { log, signal } = context;
	const names = await subjectsOf(inputs);
	const options = await signerOptions(inputs, context);
	if (options === void 0) throw nothingSigns;
	await using client = openClientFor({
		...inputs,
		...clientContext(context)
	});
	const repository = client.repository(image, { writes: !dryRun });
	const digests = await Promise.all(names.map((name) => resolveToSign(repository, name, { signal })));
	const signer = await openSigner(options);
	const signatures = await signManifests({
		repository,
		digests,
		signer,
		dryRun,
		signal,
		formats: formatsOf(inputs.format),
		recursive: inputs.recursive,
		logged: options.kind === "keyless" && options.rekorUrl !== "none",
		onSigned: ({ subject, format, outcome }) => log.info(`${subject}: ${outcome === "present" ? "has its" : dryRun ? "would get a" : "has a"} ${format} signature`)
	});
	const record = legRecord === void 0 ? void 0 : addSignatures({
		...legRecord,
		image: formatReference(image),
		finishedAt: (/* @__PURE__ */ new Date()).toISOString()
	}, recordedSignatures(signatures));
	return {
		outputs: {
			...await signatureResult(signatures, signer.publicKey, context),
			record: record && await deliverRecord(record, inputs.record, context)
		},
		summary: renderSummary(inputs, signatures, signer.publicKey)
	};
};
const nothingSigns = new InputError([{
	input: "key",
	reason: "was not given, and nothing else signs",
	hint: "Set one of key, sign-command and keyless: true."
}]);

// actions/sign-manifest/main.ts
await runAction(contract, run);

export {  };