import { r as __name } from "./runtime.js";
import { a as pemBytes, b as SigningError, d as cosignStatement, g as require_dist, i as pemBlocks, p as memberOf, r as simpleSigningPayload, s as bundleBytes } from "./signing.js";
import { dr as OciError, ur as shown } from "./oci-matrix.js";
import { a as signStatement, c as legacyAnnotations, d as sha256, f as require_dist$1, i as signPayload, l as identityIn, o as signatureOf, r as parseTrustedRoot, s as strangerIn, t as identityVerifier, u as readCertificate } from "./signing2.js";
import { X509Certificate, createPublicKey, generateKeyPairSync, sign } from "node:crypto";
import { setTimeout } from "node:timers/promises";

// packages/signing/src/keyless/id-token.ts
/** How far two clocks may differ before it counts. */
const toleratedSkewMs = 6e4;
const hint = "Ask for a token with the audience \"sigstore\", in this very job; tokens of GitHub are good for minutes.";
/**
* Reads a token as Fulcio does, without verifying it, which is Fulcio's part; throws `ID_TOKEN`, which never quotes it.
* https://github.com/sigstore/fulcio/blob/v1.8.0/docs/oidc.md
*/
function readIdToken(text, now) {
	const claims = claimsOf(text);
	refuseAudience(memberOf(claims, "aud"));
	const expiresAt = dateOf(memberOf(claims, "exp"));
	if (expiresAt === void 0) throw unfit("does not say until when it is good");
	if (expiresAt <= now) throw unfit(`was good until ${expiresAt.toISOString()}, and it is ${now.toISOString()}`);
	const since = dateOf(memberOf(claims, "nbf"));
	if (since !== void 0 && since.getTime() > now.getTime() + 6e4) throw unfit(`is good from ${since.toISOString()} on, and it is ${now.toISOString()}`);
	return {
		text,
		expiresAt,
		...subjectOf(claims)
	};
}
function claimsOf(text) {
	const parts = text.split(".");
	if (text.trim() === "") throw unfit("is empty");
	try {
		const claims = JSON.parse(Buffer.from(parts[1] ?? "", "base64url").toString());
		if (parts.length === 3 && typeof claims === "object" && claims !== null) return claims;
	} catch {}
	throw unfit(`is no JSON Web Token: ${parts.length} parts, ${text.length} characters`);
}
function refuseAudience(audience) {
	const audiences = Array.isArray(audience) ? audience : [audience];
	if (audiences.includes("sigstore")) return;
	throw unfit(`has the audience ${audiences.slice(0, 3).map(shown).join(", ")}, not "sigstore"`);
}
function subjectOf(claims) {
	const claim = (name) => {
		const value = memberOf(claims, name);
		return typeof value === "string" ? value : "";
	};
	const connector = memberOf(memberOf(claims, "federated_claims"), "connector_id");
	const issuer = typeof connector === "string" ? connector : claim("iss");
	const email = claim("email");
	if (email !== "" && memberOf(claims, "email_verified") !== true) throw unfit("has an e-mail address that its issuer did not verify");
	const challenge = email || claim("sub");
	const identity = workflowIdentity(issuer, claim("job_workflow_ref")) || challenge;
	if (issuer === "" || identity === "") throw unfit("says neither who issued it nor for whom");
	return {
		issuer,
		identity,
		challenge
	};
}
function workflowIdentity(issuer, workflow) {
	if (workflow === "") return "";
	return `https://${/^https:\/\/token\.actions\.(?<host>[a-z0-9-]+\.ghe\.com)(?:\/|$)/.exec(issuer)?.groups?.host ?? "github.com"}/${workflow}`;
}
const dateOf = (seconds) => typeof seconds === "number" && Number.isSafeInteger(seconds) && seconds < 1e11 ? /* @__PURE__ */ new Date(seconds * 1e3) : void 0;
const unfit = (what) => new SigningError("ID_TOKEN", `the id token ${what}`, { hint });

// packages/signing/src/keyless/service.ts
/** The most bytes of an answer that are read; those of the services have less than 64 KiB. */
const maxAnswer = 1048576;
/** Asks a service, again where that may help, and ends within the limit: with an answer or with the service's error. */
async function ask(service, question) {
	const { limits, signal } = question;
	const attempts = limits.retries + 1;
	const attemptMs = Math.max(1, limits.timeout / attempts);
	const end = performance.now() + limits.timeout;
	for (let attempt = 1;; attempt += 1) {
		const left = Math.max(1, end - performance.now());
		const outcome = await tryOnce(service, question, Math.min(attemptMs, left));
		signal?.throwIfAborted();
		if (!(outcome instanceof SigningError)) return outcome.answer;
		const pause = Math.min(250 * 2 ** attempt, attemptMs / 2);
		if (attempt === attempts || performance.now() + pause >= end) throw outcome;
		await setTimeout(pause, void 0, { signal }).catch(() => signal?.throwIfAborted());
	}
}
async function tryOnce(service, { path, body, limits, signal, secret, expected }, milliseconds) {
	const limit = AbortSignal.timeout(Math.ceil(milliseconds));
	try {
		const response = await fetch(addressOf(service, path), {
			...body === void 0 ? {} : {
				method: "POST",
				body: JSON.stringify(body)
			},
			headers: {
				accept: "*/*",
				"content-type": "application/json",
				"user-agent": "oci-matrix"
			},
			redirect: "manual",
			signal: signal === void 0 ? limit : AbortSignal.any([limit, signal])
		});
		const bytes = await read(service, response);
		const { status, ok } = response;
		if (ok || status === expected) return { answer: {
			status,
			location: response.headers.get("location") ?? "",
			bytes
		} };
		const failure = refused(service, status, bytes, secret);
		if (status === 408 || status === 429 || status >= 500) return failure;
		throw failure;
	} catch (error) {
		if (error instanceof SigningError) throw error;
		return limit.aborted ? failureOf(service, `did not answer within ${limits.timeout / 1e3} s`, error) : failureOf(service, `cannot be reached: ${reasonOf(error)}`, error);
	}
}
const addressOf = ({ url }, path) => `${url.origin}${url.pathname.replace(/\/$/, "")}${path}`;
async function read(service, { body }) {
	const parts = [];
	let size = 0;
	for await (const part of body ?? []) {
		size += part.byteLength;
		if (size > maxAnswer) throw failureOf(service, `answered with more than ${maxAnswer} bytes`);
		parts.push(part);
	}
	return Buffer.concat(parts);
}
function refused({ name, code, url }, status, bytes, secret = "") {
	const said = words(bytes, secret);
	const message = `${name} at ${url.host} answered with ${status}${said === "" ? "" : `: ${said}`}`;
	if (code === "FULCIO" && (status === 401 || status === 403)) {
		const hint = `Check that Fulcio at ${url.host} takes tokens of this issuer, with the audience "sigstore".`;
		return new SigningError("ID_TOKEN", `${message}; it refused the id token`, { hint });
	}
	return new SigningError(code, message, { hint: hintOf(url, status) });
}
/** The error of a service: `what` ends a sentence that begins with its name. */
const failureOf = ({ name, code, url }, what, cause) => new SigningError(code, `${name} at ${url.host} ${what}`, {
	cause,
	hint: hintOf(url)
});
/** Reads JSON that a service answered with. */
function parseAnswer(service, bytes, what) {
	try {
		return JSON.parse(bytes.toString());
	} catch (cause) {
		throw failureOf(service, `answered with something else than ${what}`, cause);
	}
}
function hintOf({ host }, status = 0) {
	if (status === 429) return `Run the job again when ${host} takes more, and sign in fewer jobs at a time.`;
	if (host.endsWith(".sigstore.dev")) return "Run the job again; look at https://status.sigstore.dev if it stays.";
	return status === 0 ? `Check the URL, and that the runner reaches ${host}; if it does, run the job again.` : `Run the job again; look at the log of ${host} if it stays.`;
}
function words(bytes, secret) {
	const text = messageIn(bytes.subarray(0, 65536).toString());
	return (secret === "" ? text : text.replaceAll(secret, "***")).replaceAll(/[\p{C}\s]+/gu, " ").trim().slice(0, 200);
}
function messageIn(text) {
	try {
		const { message } = JSON.parse(text);
		return typeof message === "string" ? message : "";
	} catch {
		return text.trimStart().startsWith("<") ? "" : text;
	}
}
function reasonOf(error) {
	const cause = error instanceof Error ? error.cause ?? error : error;
	if (!(cause instanceof Error)) return String(cause);
	return "code" in cause ? String(cause.code) : cause.message;
}

// packages/signing/src/keyless/fulcio.ts
/**
* Has Fulcio certify the public half of a key for who the token says, and sees that it did: for this key, this identity, and now.
* https://github.com/sigstore/fulcio/blob/v1.8.0/fulcio.proto
*/
async function requestCertificate(service, token, { key, now, limits, signal }) {
	const publicKey = createPublicKey(key);
	const proof = sign("sha256", Buffer.from(token.challenge), key);
	const { bytes } = await ask(service, {
		path: "/api/v2/signingCert",
		body: {
			credentials: { oidcIdentityToken: token.text },
			publicKeyRequest: {
				publicKey: {
					algorithm: "ECDSA",
					content: publicKey.export({
						type: "spki",
						format: "pem"
					})
				},
				proofOfPossession: proof.toString("base64")
			}
		},
		limits,
		signal,
		secret: token.text
	});
	const certificate = parseCertificate(service, bytes);
	refuseOther$1(service, certificate, token, publicKey);
	refuseSkew$1(service, certificate, now());
	return certificate;
}
/** The chains that Fulcio publishes, of all its roots; each DER, the root last. */
async function fetchTrustBundle(service, options) {
	const { bytes } = await ask(service, {
		path: "/api/v2/trustBundle",
		...options
	});
	const chains = memberOf(parseAnswer(service, bytes, "its chains"), "chains");
	const whole = (Array.isArray(chains) ? chains : []).map((chain) => certificatesIn(chain)).filter((chain) => chain.length > 0);
	if (whole.length === 0) throw failureOf(service, "publishes no chain of certificates");
	return whole;
}
function parseCertificate(service, bytes) {
	const answer = parseAnswer(service, bytes, "a certificate");
	const signed = memberOf(answer, "signedCertificateEmbeddedSct") ?? memberOf(answer, "signedCertificateDetachedSct");
	const [leaf, ...chain] = certificatesIn(memberOf(signed, "chain"));
	try {
		if (leaf !== void 0) return readCertificate(leaf, chain);
	} catch (cause) {
		throw failureOf(service, "answered with a certificate that cannot be read", cause);
	}
	throw failureOf(service, "answered with something else than a certificate");
}
function certificatesIn(chain) {
	const texts = memberOf(chain, "certificates");
	return (Array.isArray(texts) ? texts : []).flatMap((text) => typeof text === "string" ? pemBlocks(text).map(pemBytes) : []);
}
function refuseOther$1(service, { der }, { identity, issuer }, key) {
	if (!new X509Certificate(der).publicKey.equals(key)) throw failureOf(service, "answered with a certificate of another key");
	const found = identityIn(der);
	if (found.identity === identity && found.issuer === issuer) return;
	const what = `certified "${found.identity}" (${found.issuer}), not "${identity}" (${issuer})`;
	throw failureOf(service, what);
}
__name(refuseOther$1, "refuseOther");
function refuseSkew$1({ url }, { validFrom, validTo }, now) {
	const early = validFrom.getTime() - now.getTime() > toleratedSkewMs;
	if (!early && validTo > now) return;
	const says = early ? `not before ${validFrom.toISOString()}` : `until ${validTo.toISOString()}`;
	throw new SigningError("CLOCK_SKEW", `the certificate of Fulcio at ${url.host} is good ${says}, and the clock here says ${now.toISOString()}`, { hint: "Set the clock of the runner, e.g. by NTP, and run the job again." });
}
__name(refuseSkew$1, "refuseSkew");

// packages/signing/src/keyless/certificate-source.ts
/** What a certificate, or a token, must still be good for: a log that takes its time. */
const reserveMs = 12e4;
/** Finds out who the token is for, and certifies the key for that when it is needed. */
async function createCertificateSource({ instance: { fulcio }, identityToken, key, now }) {
	let token = readIdToken(await fetchToken(identityToken), now());
	let current;
	const { identity, issuer } = token;
	const outlasts = (end) => end.getTime() - now().getTime() > reserveMs;
	const renew = async (options) => {
		if (token.expiresAt <= now()) {
			const next = readIdToken(await fetchToken(identityToken), now());
			refuseOther(next, {
				identity,
				issuer
			});
			token = next;
		}
		return requestCertificate(fulcio, token, {
			key,
			now,
			...options
		});
	};
	return {
		identity,
		issuer,
		async certificate(options) {
			const previous = current;
			const found = await previous?.catch(() => void 0);
			if (found !== void 0 && outlasts(found.validTo)) return found;
			if (current === previous) current = renew(options);
			return current ?? renew(options);
		}
	};
}
async function fetchToken(identityToken) {
	try {
		return await identityToken();
	} catch (error) {
		if (error instanceof OciError) throw error;
		throw new SigningError("ID_TOKEN", "there is no id token: whoever gives them failed", { hint: "Find out why no id token was given; without one there is no keyless signature." });
	}
}
function refuseOther(token, { identity, issuer }) {
	if (token.identity === identity && token.issuer === issuer) return;
	throw new SigningError("ID_TOKEN", `the id token is now of "${token.identity}" (${token.issuer}), and was of "${identity}" (${issuer})`, { hint: "Sign as one identity: open a signer for each." });
}

// packages/signing/src/keyless/instance.ts
/** Reads where the services are; throws the error of a service whose URL is none, or plain http beyond this machine. */
function parseInstance({ fulcioUrl = "https://fulcio.sigstore.dev", rekorUrl = "https://rekor.sigstore.dev", timestampUrl = "", timeout = 6e4, retries = 2 }) {
	const instance = {
		fulcio: serviceAt("Fulcio", "FULCIO", fulcioUrl),
		rekor: isNone(rekorUrl) ? void 0 : serviceAt("Rekor", "REKOR", rekorUrl),
		timestamps: isNone(timestampUrl) ? void 0 : serviceAt("the timestamp authority", "TIMESTAMP_AUTHORITY", timestampUrl),
		limits: {
			timeout,
			retries
		}
	};
	if (instance.rekor !== void 0 || instance.timestamps !== void 0) return instance;
	throw new SigningError("REKOR", "neither a log nor a timestamp authority is to see the signature", { hint: "Give the URL of Rekor, or that of a timestamp authority: without them nobody can tell that the certificate was valid." });
}
const isNone = (text) => text.trim() === "" || text.trim() === "none";
function serviceAt(name, code, text) {
	const url = URL.parse(text.trim());
	const isLocal = url !== null && /^(?:127\.0\.0\.1|\[::1\]|localhost)$/.test(url.hostname);
	if (url?.protocol === "https:" || url?.protocol === "http:" && isLocal) {
		if (url.username === "" && url.password === "") return {
			name,
			code,
			url
		};
	}
	const origin = url === null ? "what is given" : `${url.protocol}//${url.host}`;
	throw new SigningError(code, `${name} cannot be at ${origin}`, { hint: "Write the URL as https://host, without a user." });
}

// packages/signing/src/keyless/rekor.ts
var import_dist$1 = require_dist();
/** Has Rekor log a signed envelope. */
const logEnvelope = (service, envelope, certificate, options) => {
	return logEntry(service, {
		apiVersion: "0.0.1",
		kind: "dsse",
		spec: { proposedContent: {
			envelope: JSON.stringify((0, import_dist$1.envelopeToJSON)(envelope)),
			verifiers: [Buffer.from(certificate.pem).toString("base64")]
		} }
	}, {
		signature: envelope.signatures[0]?.sig ?? Buffer.alloc(0),
		payload: envelope.payload,
		certificate: certificate.der
	}, options);
};
/** Has Rekor log the signature of a payload. */
const logSignature = (service, { payload, signature }, certificate, options) => {
	const hash = {
		algorithm: "sha256",
		value: sha256(payload).toString("hex")
	};
	const publicKey = { content: Buffer.from(certificate.pem).toString("base64") };
	return logEntry(service, {
		apiVersion: "0.0.1",
		kind: "hashedrekord",
		spec: {
			data: { hash },
			signature: {
				content: Buffer.from(signature).toString("base64"),
				publicKey
			}
		}
	}, {
		payload,
		signature,
		certificate: certificate.der
	}, options);
};
async function logEntry(service, proposed, logged, options) {
	const created = await ask(service, {
		path: "/api/v1/log/entries",
		body: proposed,
		expected: 409,
		...options
	});
	const entry = parseEntry(service, (created.status === 409 ? await existing(service, created.location, options) : created).bytes);
	const stranger = strangerIn(entry, logged);
	if (stranger !== void 0) throw failureOf(service, `answered with ${stranger} in its log`);
	return entry;
}
function existing(service, location, options) {
	const uuid = /(?:^|\/)(?<uuid>[0-9a-f]{64,80})$/.exec(location)?.groups?.uuid;
	if (uuid === void 0) throw failureOf(service, "has the entry already, and does not say where");
	return ask(service, {
		path: `/api/v1/log/entries/${uuid}`,
		...options
	});
}
function parseEntry(service, bytes) {
	const answer = parseAnswer(service, bytes, "an entry of its log");
	const [entry, ...more] = typeof answer === "object" && answer !== null ? Object.values(answer) : [];
	try {
		if (more.length === 0) return entryOf(entry);
	} catch (cause) {
		throw failureOf(service, "answered with something else than an entry of its log", cause);
	}
	throw failureOf(service, `answered with ${more.length + 1} entries of its log for one`);
}
/** Of Rekor's own form the one of bundles. https://github.com/sigstore/rekor/blob/v1.4.0/openapi.yaml */
function entryOf(entry) {
	const verification = memberOf(entry, "verification");
	const proof = memberOf(verification, "inclusionProof");
	const canonicalizedBody = Buffer.from(text(entry, "body"), "base64");
	const body = JSON.parse(canonicalizedBody.toString());
	const hashes = memberOf(proof, "hashes");
	return {
		logIndex: number(entry, "logIndex"),
		logId: { keyId: Buffer.from(text(entry, "logID"), "hex") },
		integratedTime: number(entry, "integratedTime"),
		kindVersion: {
			kind: text(body, "kind"),
			version: text(body, "apiVersion")
		},
		canonicalizedBody,
		inclusionPromise: { signedEntryTimestamp: Buffer.from(text(verification, "signedEntryTimestamp"), "base64") },
		inclusionProof: {
			logIndex: number(proof, "logIndex"),
			treeSize: number(proof, "treeSize"),
			rootHash: Buffer.from(text(proof, "rootHash"), "hex"),
			hashes: (Array.isArray(hashes) ? hashes : []).map((hash) => Buffer.from(String(hash), "hex")),
			checkpoint: { envelope: text(proof, "checkpoint") }
		}
	};
}
function text(value, key) {
	const found = memberOf(value, key);
	if (typeof found === "string" && found !== "") return found;
	throw new TypeError(`${key} is no text`);
}
function number(value, key) {
	const found = memberOf(value, key);
	if (Number.isSafeInteger(found)) return String(found);
	throw new TypeError(`${key} is no whole number`);
}

// packages/signing/src/keyless/trust-source.ts
/** What a signer's own signatures are verified against: a trusted root, else what Fulcio publishes, asked for once. */
function trustSource({ fulcio, limits }, trustedRoot, signal) {
	if (trustedRoot !== void 0 && trustedRoot.trim() !== "") {
		const trust = { root: parseTrustedRoot(trustedRoot) };
		return () => Promise.resolve(trust);
	}
	const fetchTrust = async () => {
		return { chains: await fetchTrustBundle(fulcio, {
			limits,
			signal
		}) };
	};
	let asked;
	return async () => {
		asked ??= fetchTrust();
		try {
			return await asked;
		} catch (error) {
			asked = void 0;
			throw error;
		}
	};
}

// packages/signing/src/keyless/timestamp.ts
var import_dist = require_dist$1();
/** Has an authority say that it saw a signature now: an RFC 3161 reply, DER. https://github.com/sigstore/timestamp-authority/blob/v1.2.9/openapi.yaml */
async function requestTimestamp(service, signature, options) {
	const artifactHash = sha256(signature).toString("base64");
	const path = service.url.pathname === "/" ? "/api/v1/timestamp" : "";
	const { bytes } = await ask(service, {
		path,
		body: {
			artifactHash,
			hashAlgorithm: "sha256",
			certificates: true
		},
		...options
	});
	return bytes;
}
/** When the timestamps of a bundle are from, as they say; throws the error of the service for one that is not of its signature. */
function timesOf(service, bundle) {
	const { digest, stamps } = readTimestamps(service, bundle);
	if (stamps.every((stamp) => stamp.digest.equals(digest))) return stamps.map(({ time }) => time);
	throw failureOf(service, "answered with a timestamp of another signature");
}
function readTimestamps(service, bundle) {
	try {
		const { signature, timestamps } = (0, import_dist.toSignedEntity)(bundle);
		const stamps = timestamps.flatMap((stamp) => {
			if (stamp.$case !== "timestamp-authority") return [];
			const { tstInfo, signingTime: time } = stamp.timestamp;
			return [{
				time,
				digest: tstInfo.messageImprintHashedMessage
			}];
		});
		return {
			digest: sha256(signature.signature),
			stamps
		};
	} catch (cause) {
		throw failureOf(service, "answered with something else than a timestamp", cause);
	}
}

// packages/signing/src/keyless/witness.ts
/** Adds to a bundle what its witnesses say, each asked at the same time; their times must lie in that of the certificate. */
async function witness({ rekor, timestamps }, bundle, { certificate, log, ...asked }) {
	const { verificationMaterial } = bundle;
	const [entries, stamps] = await Promise.all([rekor === void 0 ? [] : [await log(rekor)], timestamps === void 0 ? [] : [await requestTimestamp(timestamps, signatureOf(bundle), asked)]]);
	verificationMaterial.tlogEntries = entries;
	verificationMaterial.timestampVerificationData = { rfc3161Timestamps: stamps.map((signedTimestamp) => ({ signedTimestamp })) };
	for (const { integratedTime } of rekor === void 0 ? [] : entries) refuseSkew(rekor, /* @__PURE__ */ new Date(Number(integratedTime) * 1e3), certificate);
	for (const time of timestamps === void 0 ? [] : timesOf(timestamps, bundle)) refuseSkew(timestamps, time, certificate);
}
function refuseSkew(service, time, certificate) {
	const { validFrom, validTo } = certificate;
	if (time.getTime() >= validFrom.getTime() - 999 && time <= validTo || service === void 0) return;
	const { name, url } = service;
	const term = `from ${validFrom.toISOString()} to ${validTo.toISOString()}`;
	throw new SigningError("CLOCK_SKEW", `${name} at ${url.host} saw the signature at ${time.toISOString()}, and its certificate is good ${term}`, { hint: "Run the job again; where the services are your own, set their clocks." });
}

// packages/signing/src/keyless/keyless-signer.ts
/**
* Signs as the identity in a token, with a key that lives as long as the signer, that Fulcio certifies, and whose signatures a log or a
* timestamp authority sees. The token is fetched at once, since it says who signs; the certificate with the first signature,
* and it serves all that follow while it is valid.
*
* With `trustedRoot` its verifier is that of `verifierOfIdentity`. Without, it trusts the certificates that Fulcio itself publishes, and sees that
* the certificate held when log and authority say that they saw this very signature. That they did say so is then
* not verified: neither the log's signature, nor the authority's, nor that of the certificate log.
*
* Throws `ID_TOKEN`, `FULCIO`, `REKOR`, `TIMESTAMP_AUTHORITY`, `CLOCK_SKEW`, and `KEY_INVALID` for the trusted root.
*/
async function openKeylessSigner({ identityToken, trustedRoot, now = () => /* @__PURE__ */ new Date(), signal, ...where }) {
	const instance = parseInstance(where);
	const trust = trustSource(instance, trustedRoot, signal);
	const { privateKey: key } = generateKeyPairSync("ec", { namedCurve: "P-256" });
	const source = await createCertificateSource({
		instance,
		identityToken,
		key,
		now
	});
	const { identity, issuer } = source;
	const askingWith = (options = {}) => ({
		limits: instance.limits,
		signal: anyOf(signal, options.signal)
	});
	return {
		signedBy: {
			identity,
			issuer
		},
		verifier: identityVerifier({
			identity,
			issuer
		}, trust),
		bundle: async (subject, options) => {
			const asking = askingWith(options);
			const certificate = await source.certificate(asking);
			const bundle = signStatement(cosignStatement(subject), {
				key,
				certificate
			});
			const { dsseEnvelope } = bundle.content;
			const log = (rekor) => logEnvelope(rekor, dsseEnvelope, certificate, asking);
			await witness(instance, bundle, {
				certificate,
				log,
				...asking
			});
			return bundleBytes(bundle);
		},
		legacy: async (subject, options) => {
			const asking = askingWith(options);
			const certificate = await source.certificate(asking);
			const payload = simpleSigningPayload(subject);
			const bundle = signPayload(payload, {
				key,
				certificate
			});
			const { signature } = bundle.content.messageSignature;
			const log = (rekor) => logSignature(rekor, {
				payload,
				signature
			}, certificate, asking);
			await witness(instance, bundle, {
				certificate,
				log,
				...asking
			});
			return {
				payload,
				annotations: legacyAnnotations(bundle, certificate)
			};
		}
	};
}
const anyOf = (...signals) => {
	const given = signals.filter((signal) => signal !== void 0);
	return given.length === 0 ? void 0 : AbortSignal.any(given);
};

export { openKeylessSigner };