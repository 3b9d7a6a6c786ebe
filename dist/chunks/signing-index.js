import { r as __name } from "./runtime.js";
import { a as pemBytes, b as SigningError, c as keyBundle, d as cosignStatement, f as statementPayloadType, g as require_dist, h as invalid, i as pemBlocks, l as parseBundle, n as signatureAnnotation, o as preAuthEncoding, p as memberOf, r as simpleSigningPayload, t as checkSimpleSigning, u as checkStatement } from "./signing.js";
import { or as digestOf, sr as encodedOf, ur as shown } from "./oci-matrix.js";
import { createPrivateKey, createPublicKey, scrypt, sign, verify } from "node:crypto";
import { setTimeout } from "node:timers/promises";
import { once } from "node:events";
import { promisify, stripVTControlCharacters } from "node:util";
import { spawn } from "node:child_process";

// packages/signing/src/p1363.ts
/** An ECDSA signature as two numbers of one size, which is what Azure Key Vault gives, in DER: https://www.rfc-editor.org/rfc/rfc3279#section-2.2.3 */
function derOfNumbers(signature) {
	const half = signature.byteLength / 2;
	const numbers = [signature.subarray(0, half), signature.subarray(half)];
	const content = Buffer.concat(numbers.map((number) => element(2, unsigned(number))));
	return element(48, content);
}
function unsigned(number) {
	const first = number.findIndex((byte) => byte !== 0);
	const digits = first < 0 ? Uint8Array.of(0) : number.subarray(first);
	return (digits[0] ?? 0) < 128 ? digits : Buffer.concat([Uint8Array.of(0), digits]);
}
const element = (tag, content) => Buffer.concat([Uint8Array.of(tag, content.byteLength), content]);

// packages/signing/src/key-algorithm.ts
var import_dist = require_dist();
const minModulus = 2048;
/** Tells the algorithm of a key, and refuses one that cosign or we cannot use: `KEY_INVALID`. */
function algorithmOfKey({ asymmetricKeyType, asymmetricKeyDetails }) {
	switch (asymmetricKeyType) {
		case "ed25519": return {
			name: "Ed25519",
			hashes: [null]
		};
		case "rsa": return rsa(asymmetricKeyDetails?.modulusLength ?? 0);
		case "ec": return ecdsa(asymmetricKeyDetails?.namedCurve ?? "an unnamed curve");
		default: throw unsupported(`${asymmetricKeyType ?? "no public key algorithm"}`);
	}
}
function rsa(bits) {
	if (bits < minModulus) throw unsupported(`RSA of ${bits} bits, at least ${minModulus} are needed`);
	return {
		name: `RSA of ${bits} bits`,
		hashes: ["sha256"]
	};
}
function ecdsa(curve) {
	switch (curve) {
		case "prime256v1": return {
			name: "ECDSA P-256",
			hashes: ["sha256"],
			fieldSize: 32
		};
		case "secp384r1": return {
			name: "ECDSA P-384",
			hashes: ["sha256", "sha384"],
			fieldSize: 48
		};
		default: throw unsupported(`ECDSA on ${curve}`);
	}
}
const unsupported = (found) => new SigningError("KEY_INVALID", `the key is ${found}`, { hint: "Use a key of ECDSA P-256 or P-384, of RSA with 2048 bits or more, or of Ed25519." });

// packages/signing/src/public-key.ts
const labels = /* @__PURE__ */ new Set(["PUBLIC KEY", "RSA PUBLIC KEY"]);
/** Reads a public key in PEM; throws `KEY_INVALID`. */
function parsePublicKey(pem) {
	const [block] = pemBlocks(pem);
	if (block === void 0) throw notPublic("the public key is not PEM");
	if (!labels.has(block.label)) throw notPublic(`the public key is PEM of the label "${block.label}"`);
	return publicKeyOf(readKey(block.text));
}
const notPublic = (message, cause) => new SigningError("KEY_INVALID", message, {
	hint: "Give the public key as PEM that begins with \"-----BEGIN PUBLIC KEY-----\".",
	cause
});
function readKey(text) {
	try {
		return createPublicKey(text);
	} catch (cause) {
		throw notPublic("the public key cannot be read", cause);
	}
}
/** What a key, private or public, is verified with; throws `KEY_INVALID` for one of no use here. */
function publicKeyOf(key) {
	const algorithm = algorithmOfKey(key);
	const publicKey = key.type === "private" ? createPublicKey(key) : key;
	const digest = digestOf(publicKey.export({
		type: "spki",
		format: "der"
	}));
	return {
		pem: publicKey.export({
			type: "spki",
			format: "pem"
		}).toString(),
		digest,
		hint: Buffer.from(encodedOf(digest), "hex").toString("base64"),
		algorithm,
		verifies: (bytes, signature) => algorithm.hashes.some((hash) => verify(hash, bytes, publicKey, signature))
	};
}

// packages/signing/src/key-verifier.ts
/**
* Verifies signatures of one key, in PEM, as `cosign verify --key --insecure-ignore-tlog` does: ECDSA of P-256 and P-384
* (with SHA-256 or, of the latter, SHA-384), RSA's PKCS#1 v1.5 with SHA-256, Ed25519. No log and no time is asked for.
* Throws `KEY_INVALID`.
*/
const verifierOfKey = (publicKeyPem) => verifierOf(parsePublicKey(publicKeyPem));
const verifierOf = (key) => ({
	bundle: async (bytes, digest) => checkBundle(key, bytes, digest),
	legacy: async (signature, digest) => checkLegacy(key, signature, digest)
});
function checkBundle(key, bytes, digest) {
	const bundle = parseBundle(bytes);
	if (!(0, import_dist.isBundleWithPublicKey)(bundle)) throw invalid(`is of a certificate, not of the key ${key.digest}`);
	const { payload, payloadType } = bundle.content.dsseEnvelope;
	const signature = signatureOf(bundle);
	if (!key.verifies(preAuthEncoding(payloadType, payload), signature)) throw foreign(key);
	checkStatement(payloadType, payload, digest);
}
function signatureOf({ content }) {
	const [signature] = content.dsseEnvelope.signatures;
	if (signature === void 0) throw invalid("has an envelope that nobody signed");
	return signature.sig;
}
function checkLegacy(key, { payload, annotations }, digest) {
	const text = annotations[signatureAnnotation];
	if (text === void 0) throw invalid(`has no annotation ${signatureAnnotation}`);
	if (!key.verifies(payload, Buffer.from(text, "base64"))) throw foreign(key);
	checkSimpleSigning(payload, digest);
}
const foreign = ({ digest }) => invalid(`is not of the key ${digest}, or its content was changed`);

// packages/signing/src/payload-signer.ts
/** Makes both formats of a key's signatures. */
const payloadSigner = (key, sign) => ({
	signedBy: { key: key.digest },
	publicKey: key.pem,
	verifier: verifierOf(key),
	bundle: async (subject, options = {}) => {
		const statement = cosignStatement(subject);
		const signature = await sign(preAuthEncoding(statementPayloadType, statement), options);
		return keyBundle(statement, signature, key.hint);
	},
	legacy: async (subject, options = {}) => {
		const payload = simpleSigningPayload(subject);
		const signature = Buffer.from(await sign(payload, options)).toString("base64");
		return {
			payload,
			annotations: { [signatureAnnotation]: signature }
		};
	}
});

// packages/signing/src/complaint.ts
const maxLine = 4096;
const shownLines = 5;
const shownCharacters = 500;
/** Reads a stream to its end, gives each line to `onLine` without what would steer a terminal, and keeps the last ones. */
function listenTo(stream, onLine) {
	const last = [];
	let pending = "";
	const say = (text) => {
		const line = stripVTControlCharacters(text).replaceAll(/\p{Cc}/gu, "").trimEnd();
		if (line === "") return;
		onLine(line);
		last.push(line.slice(0, shownCharacters));
		if (last.length > shownLines) last.shift();
	};
	stream.setEncoding("utf8");
	stream.on("data", (text) => {
		const lines = (pending + text).split("\n");
		pending = lines.pop() ?? "";
		for (const line of lines) say(line);
		if (pending.length <= maxLine) return;
		say(pending);
		pending = "";
	});
	stream.on("end", () => say(pending));
	return { end: () => last.length === 0 ? "" : `: ${last.join("; ")}` };
}

// packages/signing/src/shell.ts
const hasGroups = process.platform !== "win32";
/** Starts a command as GitHub's `shell: bash` does, that one failing part of a pipe fails it; sh runs it where there is no bash. */
async function startShell(command, env) {
	try {
		return await start("bash", [
			"--noprofile",
			"--norc",
			"-eo",
			"pipefail",
			"-c",
			command
		], env);
	} catch (error) {
		if (!(error instanceof Error && "code" in error && error.code === "ENOENT")) throw error;
		return start("sh", ["-ec", command], env);
	}
}
async function start(program, args, env) {
	const child = spawn(program, args, {
		env,
		detached: hasGroups,
		windowsHide: true
	});
	await once(child, "spawn");
	return {
		process: child,
		end: () => endGroup(child.pid)
	};
}
function endGroup(pid) {
	if (pid === void 0) return;
	try {
		process.kill(hasGroups ? -pid : pid, "SIGKILL");
	} catch {}
}

// packages/signing/src/run-command.ts
const maxOutput = 65536;
const grace = 1e3;
/** Gives a command some bytes on its standard input and returns its standard output. Throws `SIGN_COMMAND`, or the reason of the signal. */
async function runCommand(input, options) {
	const { command, env, signal, onLine } = options;
	signal?.throwIfAborted();
	const shell = await startShell(command, env).catch((cause) => {
		throw failed("cannot be started", cause);
	});
	const { process: child } = shell;
	using _ended = { [Symbol.dispose]: () => leave(shell) };
	const closed = once(child, "close");
	const complaint = listenTo(child.stderr, onLine);
	child.stdin.on("error", () => void 0);
	child.stdin.end(input);
	const output = collect(shell);
	const exit = await exitOf(shell, options, output);
	await Promise.race([
		closed,
		output.tooMuch,
		setTimeout(grace, void 0, { ref: false })
	]);
	if (exit !== "exit status 0") throw failed(`ended with ${exit}${complaint.end()}`);
	if (output.size() === 0) throw failed(`printed no signature${complaint.end()}`);
	return output.bytes();
}
function leave({ process: child, end }) {
	end();
	child.stdout.destroy();
	child.stderr.destroy();
}
function collect({ process: { stdout } }) {
	const { promise: tooMuch, reject } = Promise.withResolvers();
	const chunks = [];
	let size = 0;
	stdout.on("data", (chunk) => {
		size += chunk.byteLength;
		if (size > maxOutput) reject(failed(`printed more than ${maxOutput} bytes`));
		else chunks.push(chunk);
	});
	return {
		tooMuch,
		size: () => size,
		bytes: () => Buffer.concat(chunks)
	};
}
/** Waits for the end of the shell itself, for the limit or for the signal, whatever comes first. */
async function exitOf({ process: child }, { timeout, signal }, { tooMuch }) {
	const limit = AbortSignal.timeout(timeout);
	const stop = AbortSignal.any(signal === void 0 ? [limit] : [limit, signal]);
	const exited = once(child, "exit", { signal: stop });
	try {
		const [code, killedBy] = await Promise.race([exited, tooMuch]);
		return code === null ? `signal ${killedBy}` : `exit status ${code}`;
	} catch (error) {
		if (!stop.aborted) throw error;
		signal?.throwIfAborted();
		throw failed(`did not end in ${timeout} ms`);
	} finally {
		exited.catch(() => void 0);
	}
}
const failed = (what, cause) => new SigningError("SIGN_COMMAND", `the command that signs ${what}`, {
	hint: "Try the command in a step of its own: it reads what is to be signed from standard input, and prints the signature.",
	cause
});

// packages/signing/src/command-signer.ts
const fiveMinutes = 3e5;
/**
* Signs with a command, as one that asks a key management service. It gets on standard input the bytes that are to be
* signed, less than 4 KiB that are not hashed yet, and prints the signature: its bytes, or those in base64. ECDSA may be
* DER or two numbers; RSA must be PKCS#1 v1.5.
*
* - AWS hashes where the message is `RAW`: `aws kms sign --key-id … --message fileb:///dev/stdin --message-type RAW
*   --signing-algorithm RSASSA_PKCS1_V1_5_SHA_256 --query Signature --output text`. With `DIGEST`, the
*   command puts `openssl dgst -sha256 -binary` before it.
* - Google's client hashes, and wants files: `d=$(mktemp -d); cat > $d/in; gcloud kms asymmetric-sign --version … --key …
*   --keyring … --location … --digest-algorithm sha256 --input-file $d/in --signature-file $d/out >&2; cat $d/out`.
* - Azure takes the hash alone: `az keyvault key sign --id … --algorithm RS256 --digest "$(openssl dgst -sha256 -binary |
*   base64 -w0)" --query signature --output tsv`.
*
* A P-384 key of a service signs SHA-384: `cosign verify` then needs `--signature-digest-algorithm sha384`.
* Throws `KEY_INVALID`, and `SIGN_COMMAND` when it signs.
*/
function openCommandSigner({ command, publicKey: pem, env = withoutInputs(process.env), timeout = fiveMinutes, onLine = () => void 0 }) {
	const key = parsePublicKey(pem);
	return payloadSigner(key, async (bytes, { signal }) => {
		return signatureIn(await runCommand(bytes, {
			command,
			env,
			timeout,
			signal,
			onLine
		}), bytes, key);
	});
}
/** Finds out by the key what was printed. */
function signatureIn(printed, bytes, key) {
	const found = readings(printed, key).find((signature) => key.verifies(bytes, signature));
	if (found !== void 0) return found;
	throw new SigningError("SIGN_COMMAND", `the command that signs printed ${printed.byteLength} bytes, which are no signature by ${key.algorithm.name} of the key ${key.digest}`, { hint: "Check that the public key is of the key that the command uses, that it hashes its input once, with SHA-256, and that RSA is PKCS#1 v1.5 and not PSS." });
}
function readings(printed, { algorithm: { fieldSize } }) {
	const plain = [printed, Buffer.from(printed.toString("latin1"), "base64")];
	if (fieldSize === void 0) return plain;
	const numbers = plain.filter(({ byteLength }) => byteLength === 2 * fieldSize);
	return [...plain, ...numbers.map(derOfNumbers)];
}
const withoutInputs = (env) => Object.fromEntries(Object.entries(env).filter(([name]) => !/^INPUT_/i.test(name)));

// node_modules/@noble/ciphers/utils.js
/*! noble-ciphers - MIT License (c) 2023 Paul Miller (paulmillr.com) */
/**
* Checks if something is Uint8Array. Be careful: nodejs Buffer will return true.
* @param a - Value to inspect.
* @returns `true` when the value is a Uint8Array view, including Node's `Buffer`.
* @example
* Guards a value before treating it as raw key material.
*
* ```ts
* isBytes(new Uint8Array());
* ```
*/
function isBytes(a) {
	return a instanceof Uint8Array || ArrayBuffer.isView(a) && a.constructor.name === "Uint8Array" && "BYTES_PER_ELEMENT" in a && a.BYTES_PER_ELEMENT === 1;
}
const atitle = (title) => title ? `"${title}" ` : "";
/**
* Asserts something is boolean.
* @param value - Value to validate.
* @returns The validated boolean.
* @throws On wrong argument types. {@link TypeError}
* @example
* Validates a boolean option before branching on it.
*
* ```ts
* abool(true);
* ```
*/
function abool(value, title = "") {
	if (typeof value !== "boolean") throw new TypeError(atitle(title) + "expected boolean, got type=" + typeof value);
	return value;
}
/**
* Asserts something is a non-negative safe integer.
* @param n - Value to validate.
* @returns The validated number.
* @throws On wrong argument types. {@link TypeError}
* @throws On wrong argument ranges or values. {@link RangeError}
* @example
* Validates a non-negative length or counter.
*
* ```ts
* anumber(1);
* ```
*/
function anumber(n, title = "") {
	if (typeof n !== "number") throw new TypeError(atitle(title) + "expected number, got " + typeof n);
	if (!Number.isSafeInteger(n) || n < 0) throw new RangeError(atitle(title) + "expected integer >= 0, got " + n);
	return n;
}
/**
* Asserts something is Uint8Array.
* @param value - Value to validate.
* @param length - Expected byte length.
* @param title - Optional label used in error messages.
* @returns The validated byte array.
* On Node, `Buffer` is accepted too because it is a Uint8Array view.
* @throws On wrong argument types. {@link TypeError}
* @throws On wrong argument lengths. {@link RangeError}
* @example
* Validates a fixed-length nonce or key buffer.
*
* ```ts
* abytes(new Uint8Array([1, 2]), 2);
* ```
*/
function abytes(value, length, title = "") {
	if (isBytes(value) && (length === void 0 || value.length === length)) return value;
	if (length !== void 0) anumber(length, "length");
	const bytes = isBytes(value);
	const ofLen = length !== void 0 ? ` of length ${length}` : "";
	const got = bytes ? `length=${value.length}` : `type=${typeof value}`;
	const message = atitle(title) + "expected Uint8Array" + ofLen + ", got " + got;
	if (!bytes) throw new TypeError(message);
	throw new RangeError(message);
}
const aobject = (value, label) => {
	if (value === null || typeof value !== "object" || Array.isArray(value)) throw new TypeError(label === "object" ? "expected valid options object" : `"${label}" expected object, got type=${typeof value}`);
};
/**
* Asserts a hash- or MAC-like instance has not been destroyed or finished.
* @param instance - Stateful instance to validate.
* @param checkFinished - Whether to reject finished instances.
* When `false`, only `destroyed` is checked.
* @throws If the hash instance has already been destroyed or finalized. {@link Error}
* @example
* Guards against calling `update()` or `digest()` on a finished hash.
*
* ```ts
* aexists({ destroyed: false, finished: false });
* ```
*/
function aexists(instance, checkFinished = true) {
	if (instance.destroyed) throw new Error("hash was destroyed");
	if (checkFinished && instance.finished) throw new Error("digest() was already called");
}
/**
* Asserts output is a sufficiently-sized byte array.
* @param out - Output buffer to validate.
* @param instance - Hash-like instance providing `outputLen`.
* This is the relaxed `digestInto()`-style contract: output must be at least `outputLen`,
* unlike one-shot cipher helpers elsewhere in the repo that often require exact lengths.
* @throws On wrong argument types. {@link TypeError}
* @throws On wrong output buffer lengths. {@link RangeError}
* @example
* Verifies that a caller-provided output buffer is large enough.
*
* ```ts
* aoutput(new Uint8Array(16), { outputLen: 16 });
* ```
*/
function aoutput(out, instance) {
	abytes(out, void 0, "output");
	const min = instance.outputLen;
	if (!(out.length >= min)) throw new RangeError("\"output\" expected length >= " + min);
}
/**
* Casts a typed-array view to Uint32Array.
* @param arr - Typed-array view to reinterpret.
* @returns Uint32Array view over the same bytes. Callers are expected to provide a
* 4-byte-aligned offset; trailing `1..3` bytes are silently dropped.
* @example
* Views a byte buffer as 32-bit words for block processing.
*
* ```ts
* u32(new Uint8Array(4));
* ```
*/
function u32(arr) {
	return new Uint32Array(arr.buffer, arr.byteOffset, Math.floor(arr.byteLength / 4));
}
/**
* Zeroizes typed arrays in place.
* Warning: JS provides no guarantees.
* @param arrays - Arrays to wipe.
* @example
* Wipes a temporary key buffer after use.
*
* ```ts
* const bytes = new Uint8Array([1]);
* clean(bytes);
* ```
*/
function clean(...arrays) {
	for (let i = 0; i < arrays.length; i++) arrays[i].fill(0);
}
/**
* Whether the current platform is little-endian.
* Most are; some IBM systems are not.
*/
const isLE = /* @__PURE__ */ (() => new Uint8Array(new Uint32Array([287454020]).buffer)[0] === 68)();
/**
* Reverses byte order of one 32-bit word.
* @param word - Unsigned 32-bit word to swap.
* @returns The same word with bytes reversed.
* @example
* Swaps a big-endian word into little-endian byte order.
*
* ```ts
* byteSwap(0x11223344);
* ```
*/
function byteSwap(word) {
	return word << 24 & 4278190080 | word << 8 & 16711680 | word >>> 8 & 65280 | word >>> 24 & 255;
}
/**
* Byte-swaps every word of a Uint32Array in place.
* @param arr - Uint32Array whose words should be swapped.
* @returns The same array after in-place byte swapping.
* @example
* Swaps every 32-bit word in a word-view buffer.
*
* ```ts
* byteSwap32(new Uint32Array([0x11223344]));
* ```
*/
function byteSwap32(arr) {
	for (let i = 0; i < arr.length; i++) arr[i] = byteSwap(arr[i]);
	return arr;
}
/**
* Normalizes a Uint32Array view to the little-endian representation expected by cipher cores.
* @param u - Word view to normalize in place.
* @returns Little-endian normalized word view.
* @example
* Normalizes a word-view buffer before block processing.
*
* ```ts
* swap32IfBE(new Uint32Array([0x11223344]));
* ```
*/
const swap32IfBE = isLE ? (u) => u : byteSwap32;
/**
* Checks if two U8A use same underlying buffer and overlaps.
* This is invalid and can corrupt data.
* @param a - First byte view.
* @param b - Second byte view.
* @returns `true` when the views overlap in memory.
* @example
* Detects whether two slices alias the same backing buffer.
*
* ```ts
* overlapBytes(new Uint8Array(4), new Uint8Array(4));
* ```
*/
function overlapBytes(a, b) {
	if (!a.byteLength || !b.byteLength) return false;
	return a.buffer === b.buffer && a.byteOffset < b.byteOffset + b.byteLength && b.byteOffset < a.byteOffset + a.byteLength;
}
/**
* If input and output overlap and input starts before output, we will overwrite end of input before
* we start processing it, so this is not supported by forward-processing ciphers.
* @param input - Input bytes.
* @param output - Output bytes.
* @throws If the output view would overwrite unread input bytes. {@link Error}
* @example
* Rejects an in-place layout that would overwrite unread input bytes.
*
* ```ts
* const buffer = new Uint8Array(8);
* complexOverlapBytes(buffer.subarray(0, 4), buffer.subarray(2, 6));
* ```
*/
function complexOverlapBytes(input, output) {
	if (overlapBytes(input, output) && input.byteOffset < output.byteOffset) throw new Error("complex overlap of input and output is not supported");
}
/**
* Merges user options into defaults.
* @param defaults - Default option values.
* @param opts - User-provided overrides.
* @returns Combined options object.
* `defaults` is a library-owned mutable object; user-provided `opts` only need to be
* object-shaped, since "plain object" checks reject valid proxy/cross-realm containers.
* The merge mutates `defaults` in place and returns the same object, so direct callers
* should pass a fresh defaults object unless they intentionally want shared state updated.
* @throws If options are missing or not an object. {@link Error}
* @example
* Applies user overrides to the default cipher options.
*
* ```ts
* checkOpts({ rounds: 20 }, { rounds: 8 });
* ```
*/
function checkOpts(defaults, opts) {
	aobject(defaults, "defaults");
	aobject(opts, "opts");
	return Object.assign(defaults, opts);
}
/**
* Compares two byte arrays in kinda constant time once lengths already match.
* @param a - First byte array.
* @param b - Second byte array.
* @returns `true` when the arrays contain the same bytes. Different lengths still return early.
* @example
* Compares an expected authentication tag with the received one.
*
* ```ts
* equalBytes(new Uint8Array([1]), new Uint8Array([1]));
* ```
*/
function equalBytes(a, b) {
	a = abytes(a);
	b = abytes(b);
	if (a.length !== b.length) return false;
	let diff = 0;
	for (let i = 0; i < a.length; i++) diff |= a[i] ^ b[i];
	return diff === 0;
}
/**
* Wraps a keyed MAC constructor into a one-shot helper with `.create()`.
* @param keyLen - Valid probe-key length used to read static metadata once.
* The probe key is only used for `outputLen` / `blockLen`, so callers with several valid key sizes
* can pass any representative size as long as those values stay fixed.
* @param macCons - Keyed MAC constructor or factory.
* @param fromMsg - Optional adapter that derives extra constructor args from the one-shot message.
* @returns Callable MAC helper with `.create()`.
*/
function wrapMacConstructor(keyLen, macCons, fromMsg) {
	const mac = macCons;
	const getArgs = fromMsg || (() => []);
	const macC = (msg, key) => mac(key, ...getArgs(msg)).update(msg).digest();
	const tmp = mac(new Uint8Array(keyLen), ...getArgs(/* @__PURE__ */ new Uint8Array(0)));
	macC.outputLen = tmp.outputLen;
	macC.blockLen = tmp.blockLen;
	macC.create = (key, ...args) => mac(key, ...args);
	return macC;
}
/**
* Wraps a cipher: validates args, ensures encrypt() can only be called once.
* Used internally by the exported cipher constructors.
* Output-buffer support is inferred from the wrapped `encrypt` / `decrypt`
* arity (`fn.length === 2`), so wrapped output-capable methods must use a normal
* second parameter, not a default/rest parameter. AAD support is explicit in
* `params.withAAD`; optional AAD starts after the nonce slot when one is present.
* @__NO_SIDE_EFFECTS__
* @param params - Static cipher metadata. See {@link CipherParams}.
* @param constructor - Cipher constructor.
* @returns Wrapped constructor with validation.
*/
const wrapCipher = (params, constructor) => {
	function wrappedCipher(key, ...args) {
		abytes(key, void 0, "key");
		if (params.nonceLength !== void 0) {
			const nonce = args[0];
			abytes(nonce, params.varSizeNonce ? void 0 : params.nonceLength, "nonce");
		}
		const tagl = params.tagLength;
		const aadStart = params.nonceLength !== void 0 ? 1 : 0;
		if (!params.withAAD) {
			for (let i = aadStart; i < args.length; i++) if (isBytes(args[i])) throw new Error("AAD not supported");
		}
		if (params.withAAD && args[aadStart] !== void 0) abytes(args[aadStart], void 0, "AAD");
		const cipher = constructor(key, ...args);
		const checkOutput = (fnLength, output) => {
			if (output !== void 0) {
				if (fnLength !== 2) throw new Error("cipher output not supported");
				abytes(output, void 0, "output");
			}
		};
		let called = false;
		return {
			encrypt(data, output) {
				if (called) throw new Error("cannot encrypt() twice with same key + nonce");
				called = true;
				abytes(data, void 0, "data");
				checkOutput(cipher.encrypt.length, output);
				return cipher.encrypt(data, output);
			},
			decrypt(data, output) {
				abytes(data, void 0, "data");
				if (tagl && data.length < tagl) throw new Error("\"ciphertext\" expected length >= tagLength=" + tagl);
				checkOutput(cipher.decrypt.length, output);
				return cipher.decrypt(data, output);
			}
		};
	}
	Object.assign(wrappedCipher, params);
	return wrappedCipher;
};
/**
* By default, returns u8a of length.
* When out is available, it checks it for validity and uses it.
* @param expectedLength - Required output length.
* @param out - Optional destination buffer.
* @param onlyAligned - Whether `out` must be 4-byte aligned.
* @returns Output buffer ready for writing.
* @throws On wrong argument types. {@link TypeError}
* @throws If the provided output buffer has the wrong size. {@link RangeError}
* @throws If the provided output buffer has the wrong alignment. {@link Error}
* @example
* Reuses a caller-provided output buffer when lengths match.
*
* ```ts
* getOutput(16, new Uint8Array(16));
* ```
*/
function getOutput(expectedLength, out, onlyAligned = true) {
	if (out === void 0) return new Uint8Array(expectedLength);
	abytes(out, expectedLength, "output");
	if (onlyAligned && !isAligned32(out)) throw new Error("invalid output, must be aligned");
	return out;
}
/**
* Checks whether a byte array is aligned to a 4-byte offset.
* @param bytes - Byte array to inspect.
* @returns `true` when the view is 4-byte aligned.
* @example
* Checks whether a buffer can be safely viewed as Uint32Array.
*
* ```ts
* isAligned32(new Uint8Array(4));
* ```
*/
function isAligned32(bytes) {
	return bytes.byteOffset % 4 === 0;
}
/**
* Copies bytes into a new Uint8Array.
* @param bytes - Bytes to copy.
* @returns Copied byte array.
* @throws On wrong argument types. {@link TypeError}
* @example
* Copies input into an aligned Uint8Array before block processing.
*
* ```ts
* copyBytes(new Uint8Array([1, 2]));
* ```
*/
function copyBytes(bytes) {
	return Uint8Array.from(abytes(bytes));
}

// node_modules/@noble/ciphers/_arx.js
/**
* Basic utils for ARX (add-rotate-xor) salsa and chacha ciphers.

RFC8439 requires multi-step cipher stream, where
authKey starts with counter: 0, actual msg with counter: 1.

For this, we need a way to re-use nonce / counter:

const counter = new Uint8Array(4);
chacha(..., counter, ...); // counter is now 1
chacha(..., counter, ...); // counter is now 2

This is complicated:

- 32-bit counters are enough, no need for 64-bit: max ArrayBuffer size in JS is 4GB
- Original papers don't allow mutating counters
- Counter overflow is undefined [^1]
- Idea A: allow providing (nonce | counter) instead of just nonce, re-use it
- Caveat: Cannot be re-used through all cases:
- * chacha has (counter | nonce)
- * xchacha has (nonce16 | counter | nonce16)
- Idea B: separate nonce / counter and provide separate API for counter re-use
- Caveat: there are different counter sizes depending on an algorithm.
- salsa & chacha also differ in structures of key & sigma:
salsa20:      s[0] | k(4) | s[1] | nonce(2) | cnt(2) | s[2] | k(4) | s[3]
chacha:       s(4) | k(8) | cnt(1) | nonce(3)
chacha20orig: s(4) | k(8) | cnt(2) | nonce(2)
- Idea C: helper method such as `setSalsaState(key, nonce, sigma, data)`
- Caveat: we can't re-use counter array

xchacha uses the subkey and remaining 8 byte nonce with ChaCha20 as normal
(prefixed by 4 NUL bytes, since RFC8439 specifies a 12-byte nonce).
Counter overflow is undefined; see {@link https://mailarchive.ietf.org/arch/msg/cfrg/gsOnTJzcbgG6OqD8Sc0GO5aR_tU/ | the CFRG thread}.
Current noble policy is strict non-wrap for the shared 32-bit counter path:
exported ARX ciphers reject initial `0xffffffff` and stop before any implicit
wrap back to zero.
See {@link https://datatracker.ietf.org/doc/html/draft-irtf-cfrg-xchacha#appendix-A.2 | the XChaCha appendix} for the extended-nonce construction.

* @module
*/
const encodeStr = (str) => Uint8Array.from(str.split(""), (c) => c.charCodeAt(0));
const sigma16_32 = /* @__PURE__ */ (() => swap32IfBE(u32(encodeStr("expand 16-byte k"))))();
const sigma32_32 = /* @__PURE__ */ (() => swap32IfBE(u32(encodeStr("expand 32-byte k"))))();
/**
* Rotates a 32-bit word left.
* @param a - Input word.
* @param b - Rotation count in bits.
* @returns Rotated 32-bit word.
* @example
* Moves the top byte of `0x12345678` into the low byte position.
* ```ts
* rotl(0x12345678, 8);
* ```
*/
function rotl(a, b) {
	return a << b | a >>> 32 - b;
}
const BLOCK_LEN = 64;
const BLOCK_LEN32 = 16;
const MAX_COUNTER = /* @__PURE__ */ (() => 2 ** 32 - 1)();
const U32_EMPTY = /* @__PURE__ */ Uint32Array.of();
function runCipher(core, sigma, key, nonce, data, output, counter, rounds) {
	const len = data.length;
	const block = new Uint8Array(BLOCK_LEN);
	const b32 = u32(block);
	const isAligned = isLE && isAligned32(data) && isAligned32(output);
	const d32 = isAligned ? u32(data) : U32_EMPTY;
	const o32 = isAligned ? u32(output) : U32_EMPTY;
	if (!isLE) {
		for (let pos = 0; pos < len; counter++) {
			core(sigma, key, nonce, b32, counter, rounds);
			swap32IfBE(b32);
			if (counter >= MAX_COUNTER) throw new Error("arx: counter overflow");
			const take = Math.min(BLOCK_LEN, len - pos);
			for (let j = 0, posj; j < take; j++) {
				posj = pos + j;
				output[posj] = data[posj] ^ block[j];
			}
			pos += take;
		}
		return;
	}
	for (let pos = 0; pos < len; counter++) {
		core(sigma, key, nonce, b32, counter, rounds);
		if (counter >= MAX_COUNTER) throw new Error("arx: counter overflow");
		const take = Math.min(BLOCK_LEN, len - pos);
		if (isAligned && take === BLOCK_LEN) {
			const pos32 = pos / 4;
			if (pos % 4 !== 0) throw new Error("arx: invalid block position");
			for (let j = 0, posj; j < BLOCK_LEN32; j++) {
				posj = pos32 + j;
				o32[posj] = d32[posj] ^ b32[j];
			}
			pos += BLOCK_LEN;
			continue;
		}
		for (let j = 0, posj; j < take; j++) {
			posj = pos + j;
			output[posj] = data[posj] ^ block[j];
		}
		pos += take;
	}
}
/**
* Creates an ARX stream cipher from a 32-bit core permutation.
* Used internally to build the exported Salsa and ChaCha stream ciphers.
* @param core - Core function that fills one keystream block.
* @param opts - Cipher layout and nonce-extension options. See {@link CipherOpts}.
* @returns Stream cipher function over byte arrays.
* @throws If the core callback, key size, counter, or output sizing is invalid. {@link Error}
*/
function createCipher(core, opts) {
	const { allowShortKeys, extendNonceFn, counterLength, counterRight, rounds } = checkOpts({
		allowShortKeys: false,
		counterLength: 8,
		counterRight: false,
		rounds: 20
	}, opts);
	if (typeof core !== "function") throw new Error("core must be a function");
	anumber(counterLength);
	anumber(rounds);
	abool(counterRight);
	abool(allowShortKeys);
	return (key, nonce, data, output, counter = 0) => {
		abytes(key, void 0, "key");
		abytes(nonce, void 0, "nonce");
		abytes(data, void 0, "data");
		const len = data.length;
		const hasOutput = output !== void 0;
		output = getOutput(len, output, false);
		if (hasOutput) complexOverlapBytes(data, output);
		anumber(counter);
		if (counter < 0 || counter >= MAX_COUNTER) throw new Error("arx: counter overflow");
		const toClean = [];
		let l = key.length;
		let k;
		let sigma;
		if (l === 32) {
			toClean.push(k = copyBytes(key));
			sigma = sigma32_32;
		} else if (l === 16 && allowShortKeys) {
			k = /* @__PURE__ */ new Uint8Array(32);
			k.set(key);
			k.set(key, 16);
			sigma = sigma16_32;
			toClean.push(k);
		} else {
			abytes(key, 32, "arx key");
			throw new Error("invalid key size");
		}
		if (!isLE || !isAligned32(nonce)) toClean.push(nonce = copyBytes(nonce));
		let k32 = u32(k);
		if (extendNonceFn) {
			if (nonce.length !== 24) throw new Error("arx: extended nonce must be 24 bytes");
			const n16 = nonce.subarray(0, 16);
			if (isLE) extendNonceFn(sigma, k32, u32(n16), k32);
			else {
				const sigmaRaw = swap32IfBE(Uint32Array.from(sigma));
				extendNonceFn(sigmaRaw, k32, u32(n16), k32);
				clean(sigmaRaw);
				swap32IfBE(k32);
			}
			nonce = nonce.subarray(16);
		} else if (!isLE) swap32IfBE(k32);
		const nonceNcLen = 16 - counterLength;
		if (nonceNcLen !== nonce.length) throw new Error(`arx: nonce must be ${nonceNcLen} or 16 bytes`);
		if (nonceNcLen !== 12) {
			const nc = /* @__PURE__ */ new Uint8Array(12);
			nc.set(nonce, counterRight ? 0 : 12 - nonce.length);
			nonce = nc;
			toClean.push(nonce);
		}
		const n32 = swap32IfBE(u32(nonce));
		try {
			runCipher(core, sigma, k32, n32, data, output, counter, rounds);
			return output;
		} finally {
			clean(...toClean);
		}
	};
}

// node_modules/@noble/ciphers/_poly1305.js
/**
* Poly1305 ({@link https://cr.yp.to/mac/poly1305-20050329.pdf | PDF},
* {@link https://en.wikipedia.org/wiki/Poly1305 | wiki})
* is a fast and parallel secret-key message-authentication code suitable for
* a wide variety of applications. It was standardized in
* {@link https://www.rfc-editor.org/rfc/rfc8439 | RFC 8439} and is now used in TLS 1.3.
*
* Polynomial MACs are not perfect for every situation:
* they lack Random Key Robustness: the MAC can be forged, and can't be used in PAKE schemes.
* See {@link https://keymaterial.net/2020/09/07/invisible-salamanders-in-aes-gcm-siv/ | the invisible salamanders attack writeup}.
* To combat invisible salamanders, `hash(key)` can be included in ciphertext,
* however, this would violate ciphertext indistinguishability:
* an attacker would know which key was used - so `HKDF(key, i)`
* could be used instead.
*
* Check out the {@link https://cr.yp.to/mac.html | original website}.
* Based on public-domain {@link https://github.com/floodyberry/poly1305-donna | poly1305-donna}.
* @module
*/
function u8to16(a, i) {
	return a[i++] & 255 | (a[i++] & 255) << 8;
}
/**
* Incremental Poly1305 MAC state.
* Prefer `poly1305()` for one-shot use.
* @param key - 32-byte Poly1305 one-time key.
* @example
* Feeds one chunk into an incremental Poly1305 state with a fresh one-time key.
*
* ```ts
* import { Poly1305 } from '@noble/ciphers/_poly1305.js';
* import { randomBytes } from '@noble/ciphers/utils.js';
* const key = randomBytes(32);
* const mac = new Poly1305(key);
* mac.update(new Uint8Array([1, 2, 3]));
* mac.digest();
* ```
*/
var Poly1305 = class {
	blockLen = 16;
	outputLen = 16;
	buffer = /* @__PURE__ */ new Uint8Array(16);
	r = /* @__PURE__ */ new Uint16Array(10);
	h = /* @__PURE__ */ new Uint16Array(10);
	pad = /* @__PURE__ */ new Uint16Array(8);
	pos = 0;
	finished = false;
	destroyed = false;
	constructor(key) {
		key = copyBytes(abytes(key, 32, "key"));
		const t0 = u8to16(key, 0);
		const t1 = u8to16(key, 2);
		const t2 = u8to16(key, 4);
		const t3 = u8to16(key, 6);
		const t4 = u8to16(key, 8);
		const t5 = u8to16(key, 10);
		const t6 = u8to16(key, 12);
		const t7 = u8to16(key, 14);
		this.r[0] = t0 & 8191;
		this.r[1] = (t0 >>> 13 | t1 << 3) & 8191;
		this.r[2] = (t1 >>> 10 | t2 << 6) & 7939;
		this.r[3] = (t2 >>> 7 | t3 << 9) & 8191;
		this.r[4] = (t3 >>> 4 | t4 << 12) & 255;
		this.r[5] = t4 >>> 1 & 8190;
		this.r[6] = (t4 >>> 14 | t5 << 2) & 8191;
		this.r[7] = (t5 >>> 11 | t6 << 5) & 8065;
		this.r[8] = (t6 >>> 8 | t7 << 8) & 8191;
		this.r[9] = t7 >>> 5 & 127;
		for (let i = 0; i < 8; i++) this.pad[i] = u8to16(key, 16 + 2 * i);
	}
	process(data, offset, isLast = false) {
		const hibit = isLast ? 0 : 2048;
		const { h, r } = this;
		const r0 = r[0];
		const r1 = r[1];
		const r2 = r[2];
		const r3 = r[3];
		const r4 = r[4];
		const r5 = r[5];
		const r6 = r[6];
		const r7 = r[7];
		const r8 = r[8];
		const r9 = r[9];
		const t0 = u8to16(data, offset + 0);
		const t1 = u8to16(data, offset + 2);
		const t2 = u8to16(data, offset + 4);
		const t3 = u8to16(data, offset + 6);
		const t4 = u8to16(data, offset + 8);
		const t5 = u8to16(data, offset + 10);
		const t6 = u8to16(data, offset + 12);
		const t7 = u8to16(data, offset + 14);
		let h0 = h[0] + (t0 & 8191);
		let h1 = h[1] + ((t0 >>> 13 | t1 << 3) & 8191);
		let h2 = h[2] + ((t1 >>> 10 | t2 << 6) & 8191);
		let h3 = h[3] + ((t2 >>> 7 | t3 << 9) & 8191);
		let h4 = h[4] + ((t3 >>> 4 | t4 << 12) & 8191);
		let h5 = h[5] + (t4 >>> 1 & 8191);
		let h6 = h[6] + ((t4 >>> 14 | t5 << 2) & 8191);
		let h7 = h[7] + ((t5 >>> 11 | t6 << 5) & 8191);
		let h8 = h[8] + ((t6 >>> 8 | t7 << 8) & 8191);
		let h9 = h[9] + (t7 >>> 5 | hibit);
		let c = 0;
		let d0 = c + h0 * r0 + h1 * (5 * r9) + h2 * (5 * r8) + h3 * (5 * r7) + h4 * (5 * r6);
		c = d0 >>> 13;
		d0 &= 8191;
		d0 += h5 * (5 * r5) + h6 * (5 * r4) + h7 * (5 * r3) + h8 * (5 * r2) + h9 * (5 * r1);
		c += d0 >>> 13;
		d0 &= 8191;
		let d1 = c + h0 * r1 + h1 * r0 + h2 * (5 * r9) + h3 * (5 * r8) + h4 * (5 * r7);
		c = d1 >>> 13;
		d1 &= 8191;
		d1 += h5 * (5 * r6) + h6 * (5 * r5) + h7 * (5 * r4) + h8 * (5 * r3) + h9 * (5 * r2);
		c += d1 >>> 13;
		d1 &= 8191;
		let d2 = c + h0 * r2 + h1 * r1 + h2 * r0 + h3 * (5 * r9) + h4 * (5 * r8);
		c = d2 >>> 13;
		d2 &= 8191;
		d2 += h5 * (5 * r7) + h6 * (5 * r6) + h7 * (5 * r5) + h8 * (5 * r4) + h9 * (5 * r3);
		c += d2 >>> 13;
		d2 &= 8191;
		let d3 = c + h0 * r3 + h1 * r2 + h2 * r1 + h3 * r0 + h4 * (5 * r9);
		c = d3 >>> 13;
		d3 &= 8191;
		d3 += h5 * (5 * r8) + h6 * (5 * r7) + h7 * (5 * r6) + h8 * (5 * r5) + h9 * (5 * r4);
		c += d3 >>> 13;
		d3 &= 8191;
		let d4 = c + h0 * r4 + h1 * r3 + h2 * r2 + h3 * r1 + h4 * r0;
		c = d4 >>> 13;
		d4 &= 8191;
		d4 += h5 * (5 * r9) + h6 * (5 * r8) + h7 * (5 * r7) + h8 * (5 * r6) + h9 * (5 * r5);
		c += d4 >>> 13;
		d4 &= 8191;
		let d5 = c + h0 * r5 + h1 * r4 + h2 * r3 + h3 * r2 + h4 * r1;
		c = d5 >>> 13;
		d5 &= 8191;
		d5 += h5 * r0 + h6 * (5 * r9) + h7 * (5 * r8) + h8 * (5 * r7) + h9 * (5 * r6);
		c += d5 >>> 13;
		d5 &= 8191;
		let d6 = c + h0 * r6 + h1 * r5 + h2 * r4 + h3 * r3 + h4 * r2;
		c = d6 >>> 13;
		d6 &= 8191;
		d6 += h5 * r1 + h6 * r0 + h7 * (5 * r9) + h8 * (5 * r8) + h9 * (5 * r7);
		c += d6 >>> 13;
		d6 &= 8191;
		let d7 = c + h0 * r7 + h1 * r6 + h2 * r5 + h3 * r4 + h4 * r3;
		c = d7 >>> 13;
		d7 &= 8191;
		d7 += h5 * r2 + h6 * r1 + h7 * r0 + h8 * (5 * r9) + h9 * (5 * r8);
		c += d7 >>> 13;
		d7 &= 8191;
		let d8 = c + h0 * r8 + h1 * r7 + h2 * r6 + h3 * r5 + h4 * r4;
		c = d8 >>> 13;
		d8 &= 8191;
		d8 += h5 * r3 + h6 * r2 + h7 * r1 + h8 * r0 + h9 * (5 * r9);
		c += d8 >>> 13;
		d8 &= 8191;
		let d9 = c + h0 * r9 + h1 * r8 + h2 * r7 + h3 * r6 + h4 * r5;
		c = d9 >>> 13;
		d9 &= 8191;
		d9 += h5 * r4 + h6 * r3 + h7 * r2 + h8 * r1 + h9 * r0;
		c += d9 >>> 13;
		d9 &= 8191;
		c = (c << 2) + c | 0;
		c = c + d0 | 0;
		d0 = c & 8191;
		c = c >>> 13;
		d1 += c;
		h[0] = d0;
		h[1] = d1;
		h[2] = d2;
		h[3] = d3;
		h[4] = d4;
		h[5] = d5;
		h[6] = d6;
		h[7] = d7;
		h[8] = d8;
		h[9] = d9;
	}
	finalize() {
		const { h, pad } = this;
		const g = /* @__PURE__ */ new Uint16Array(10);
		let c = h[1] >>> 13;
		h[1] &= 8191;
		for (let i = 2; i < 10; i++) {
			h[i] += c;
			c = h[i] >>> 13;
			h[i] &= 8191;
		}
		h[0] += c * 5;
		c = h[0] >>> 13;
		h[0] &= 8191;
		h[1] += c;
		c = h[1] >>> 13;
		h[1] &= 8191;
		h[2] += c;
		g[0] = h[0] + 5;
		c = g[0] >>> 13;
		g[0] &= 8191;
		for (let i = 1; i < 10; i++) {
			g[i] = h[i] + c;
			c = g[i] >>> 13;
			g[i] &= 8191;
		}
		g[9] -= 8192;
		let mask = (c ^ 1) - 1;
		for (let i = 0; i < 10; i++) g[i] &= mask;
		mask = ~mask;
		for (let i = 0; i < 10; i++) h[i] = h[i] & mask | g[i];
		h[0] = (h[0] | h[1] << 13) & 65535;
		h[1] = (h[1] >>> 3 | h[2] << 10) & 65535;
		h[2] = (h[2] >>> 6 | h[3] << 7) & 65535;
		h[3] = (h[3] >>> 9 | h[4] << 4) & 65535;
		h[4] = (h[4] >>> 12 | h[5] << 1 | h[6] << 14) & 65535;
		h[5] = (h[6] >>> 2 | h[7] << 11) & 65535;
		h[6] = (h[7] >>> 5 | h[8] << 8) & 65535;
		h[7] = (h[8] >>> 8 | h[9] << 5) & 65535;
		let f = h[0] + pad[0];
		h[0] = f & 65535;
		for (let i = 1; i < 8; i++) {
			f = (h[i] + pad[i] | 0) + (f >>> 16) | 0;
			h[i] = f & 65535;
		}
		clean(g);
	}
	update(data) {
		aexists(this);
		abytes(data);
		data = copyBytes(data);
		const { buffer, blockLen } = this;
		const len = data.length;
		for (let pos = 0; pos < len;) {
			const take = Math.min(blockLen - this.pos, len - pos);
			if (take === blockLen) {
				for (; blockLen <= len - pos; pos += blockLen) this.process(data, pos);
				continue;
			}
			buffer.set(data.subarray(pos, pos + take), this.pos);
			this.pos += take;
			pos += take;
			if (this.pos === blockLen) {
				this.process(buffer, 0, false);
				this.pos = 0;
			}
		}
		return this;
	}
	destroy() {
		this.destroyed = true;
		clean(this.h, this.r, this.buffer, this.pad);
	}
	digestInto(out) {
		aexists(this);
		aoutput(out, this);
		this.finished = true;
		const { buffer, h } = this;
		let { pos } = this;
		if (pos) {
			buffer[pos++] = 1;
			for (; pos < 16; pos++) buffer[pos] = 0;
			this.process(buffer, 0, true);
		}
		this.finalize();
		let opos = 0;
		for (let i = 0; i < 8; i++) {
			out[opos++] = h[i] >>> 0;
			out[opos++] = h[i] >>> 8;
		}
	}
	digest() {
		const { buffer, outputLen } = this;
		this.digestInto(buffer);
		const res = buffer.slice(0, outputLen);
		this.destroy();
		return res;
	}
};
/**
* Poly1305 MAC from RFC 8439.
* @param msg - Message bytes to authenticate.
* @param key - 32-byte Poly1305 one-time key.
* @returns 16-byte authentication tag.
* @example
* Authenticates one message with a one-shot Poly1305 call and a fresh key.
*
* ```ts
* import { poly1305 } from '@noble/ciphers/_poly1305.js';
* import { randomBytes } from '@noble/ciphers/utils.js';
* const key = randomBytes(32);
* poly1305(new Uint8Array(), key);
* ```
*/
const poly1305 = /* @__PURE__ */ wrapMacConstructor(32, (key) => new Poly1305(key));

// node_modules/@noble/ciphers/salsa.js
/**
* Salsa20 stream cipher, released in 2005.
* Salsa's goal was to implement AES replacement that does not rely on S-Boxes,
* which are hard to implement in a constant-time manner.
* Salsa20 is usually faster than AES, a big deal on slow, budget mobile phones.
*
* - {@link https://cr.yp.to/snuffle/xsalsa-20110204.pdf | XSalsa20},
*   extended-nonce
*   variant was released in 2008. It extends Salsa20's 64-bit nonce to 192 bits,
*   and became safe to be picked at random.
* - Nacl / Libsodium popularized term "secretbox", - which is just xsalsa20poly1305.
*   We provide the alias and corresponding seal / open methods.
*   "crypto_box" and "sealedbox" are available in package
*   {@link https://github.com/serenity-kit/noble-sodium | noble-sodium}.
* - Check out
*   {@link https://cr.yp.to/snuffle/salsafamily-20071225.pdf | PDF}
*   and {@link https://cr.yp.to/snuffle.html | website}.
* @module
*/
/**
* Salsa20 core function. Uses an unrolled loop (salsaCore, hsalsa) - 4x
* faster than a simple loop, but larger & harder to read. A simple-loop
* reference version lives in `test/misc/micro-ciphers.ts`;
* `test/arx.test.ts` keeps the two aligned.
* The specific implementation is selected in `createCipher` below.
* Performance numbers for 1MB inputs:
* * default x 779 ops/sec @ 1ms/op
* * if salsa+hsalsa are merged x 459 ops/sec @ 2ms/op
* * small x 132 ops/sec @ 7ms/op
*/
/** Uses only the low 32 bits of Salsa20's 64-bit counter state. */
function salsaCore(s, k, n, out, cnt, rounds = 20, cntHi = 0) {
	let y00 = s[0];
	let y01 = k[0];
	let y02 = k[1];
	let y03 = k[2];
	let y04 = k[3];
	let y05 = s[1];
	let y06 = n[0];
	let y07 = n[1];
	let y08 = cnt;
	let y09 = cntHi;
	let y10 = s[2];
	let y11 = k[4];
	let y12 = k[5];
	let y13 = k[6];
	let y14 = k[7];
	let y15 = s[3];
	let x00 = y00;
	let x01 = y01;
	let x02 = y02;
	let x03 = y03;
	let x04 = y04;
	let x05 = y05;
	let x06 = y06;
	let x07 = y07;
	let x08 = y08;
	let x09 = y09;
	let x10 = y10;
	let x11 = y11;
	let x12 = y12;
	let x13 = y13;
	let x14 = y14;
	let x15 = y15;
	for (let r = 0; r < rounds; r += 2) {
		x04 ^= rotl(x00 + x12 | 0, 7);
		x08 ^= rotl(x04 + x00 | 0, 9);
		x12 ^= rotl(x08 + x04 | 0, 13);
		x00 ^= rotl(x12 + x08 | 0, 18);
		x09 ^= rotl(x05 + x01 | 0, 7);
		x13 ^= rotl(x09 + x05 | 0, 9);
		x01 ^= rotl(x13 + x09 | 0, 13);
		x05 ^= rotl(x01 + x13 | 0, 18);
		x14 ^= rotl(x10 + x06 | 0, 7);
		x02 ^= rotl(x14 + x10 | 0, 9);
		x06 ^= rotl(x02 + x14 | 0, 13);
		x10 ^= rotl(x06 + x02 | 0, 18);
		x03 ^= rotl(x15 + x11 | 0, 7);
		x07 ^= rotl(x03 + x15 | 0, 9);
		x11 ^= rotl(x07 + x03 | 0, 13);
		x15 ^= rotl(x11 + x07 | 0, 18);
		x01 ^= rotl(x00 + x03 | 0, 7);
		x02 ^= rotl(x01 + x00 | 0, 9);
		x03 ^= rotl(x02 + x01 | 0, 13);
		x00 ^= rotl(x03 + x02 | 0, 18);
		x06 ^= rotl(x05 + x04 | 0, 7);
		x07 ^= rotl(x06 + x05 | 0, 9);
		x04 ^= rotl(x07 + x06 | 0, 13);
		x05 ^= rotl(x04 + x07 | 0, 18);
		x11 ^= rotl(x10 + x09 | 0, 7);
		x08 ^= rotl(x11 + x10 | 0, 9);
		x09 ^= rotl(x08 + x11 | 0, 13);
		x10 ^= rotl(x09 + x08 | 0, 18);
		x12 ^= rotl(x15 + x14 | 0, 7);
		x13 ^= rotl(x12 + x15 | 0, 9);
		x14 ^= rotl(x13 + x12 | 0, 13);
		x15 ^= rotl(x14 + x13 | 0, 18);
	}
	let oi = 0;
	out[oi++] = y00 + x00 | 0;
	out[oi++] = y01 + x01 | 0;
	out[oi++] = y02 + x02 | 0;
	out[oi++] = y03 + x03 | 0;
	out[oi++] = y04 + x04 | 0;
	out[oi++] = y05 + x05 | 0;
	out[oi++] = y06 + x06 | 0;
	out[oi++] = y07 + x07 | 0;
	out[oi++] = y08 + x08 | 0;
	out[oi++] = y09 + x09 | 0;
	out[oi++] = y10 + x10 | 0;
	out[oi++] = y11 + x11 | 0;
	out[oi++] = y12 + x12 | 0;
	out[oi++] = y13 + x13 | 0;
	out[oi++] = y14 + x14 | 0;
	out[oi++] = y15 + x15 | 0;
}
/**
* hsalsa hashes key and nonce-prefix words into the 32-byte subkey used by XSalsa20.
* Algorithmically identical to `hsalsa_small` from `test/misc/micro-ciphers.ts`,
* but this exported path normalizes word order on big-endian hosts.
* Reuses `salsaCore` and subtracts its feed-forward, keeping the hot per-block
* path untouched.
* @param s - Sigma constants as 32-bit words.
* @param k - Key words.
* @param i - Nonce-prefix words.
* @param out - Output buffer for the derived subkey.
* @example
* Derives the XSalsa20 subkey from sigma, key, and nonce-prefix words.
*
* ```ts
* const sigma = new Uint32Array(4);
* const key = new Uint32Array(8);
* const nonce = new Uint32Array(4);
* const out = new Uint32Array(8);
* hsalsa(sigma, key, nonce, out);
* ```
*/
function hsalsa(s, k, i, out) {
	const s2 = isLE ? s : swap32IfBE(s.slice(0, 4));
	const k2 = isLE ? k : swap32IfBE(k.slice(0, 8));
	const i2 = isLE ? i : swap32IfBE(i.slice(0, 4));
	const t = /* @__PURE__ */ new Uint32Array(16);
	salsaCore(s2, k2, i2.subarray(0, 2), t, i2[2], 20, i2[3]);
	let oi = 0;
	out[oi++] = t[0] - s2[0] | 0;
	out[oi++] = t[5] - s2[1] | 0;
	out[oi++] = t[10] - s2[2] | 0;
	out[oi++] = t[15] - s2[3] | 0;
	out[oi++] = t[6] - i2[0] | 0;
	out[oi++] = t[7] - i2[1] | 0;
	out[oi++] = t[8] - i2[2] | 0;
	out[oi++] = t[9] - i2[3] | 0;
	swap32IfBE(out);
	if (!isLE) clean(s2, k2, i2);
	clean(t);
}
/**
* XSalsa20 extended-nonce salsa.
* With 24-byte nonce, it's safe to make it random (CSPRNG).
* @param key - 32-byte key.
* This XSalsa20 wrapper does not enable Salsa20's 16-byte legacy key mode.
* @param nonce - 24-byte nonce.
* @param data - Input bytes to xor with the keystream.
* @param output - Optional destination buffer.
* @param counter - Initial block counter.
* @returns Encrypted or decrypted bytes.
* @example
* Encrypts bytes with XSalsa20 and a random 24-byte nonce.
*
* ```ts
* import { xsalsa20 } from '@noble/ciphers/salsa.js';
* import { randomBytes } from '@noble/ciphers/utils.js';
* const key = randomBytes(32);
* const nonce = randomBytes(24);
* xsalsa20(key, nonce, new Uint8Array([1, 2, 3, 4]));
* ```
*/
const xsalsa20 = /* @__PURE__ */ createCipher(salsaCore, {
	counterRight: true,
	extendNonceFn: hsalsa
});
/**
* xsalsa20-poly1305 eXtended-nonce (24 bytes) salsa.
* With 24-byte nonce, it's safe to make it random (CSPRNG).
* Also known as `secretbox` from libsodium / nacl.
* No AAD input is supported here. Caller-provided `output` buffers for
* `encrypt()` / `decrypt()` must be `input.length + 32` bytes because the
* implementation uses a 32-byte leading scratch area before returning `+16`.
* @param key - 32-byte key.
* @param nonce - 24-byte nonce.
* @param AAD - Must be omitted; XSalsa20-Poly1305 secretbox does not support associated data.
* @returns AEAD cipher instance.
* @example
* Encrypts and authenticates plaintext with XSalsa20-Poly1305.
*
* ```ts
* import { xsalsa20poly1305 } from '@noble/ciphers/salsa.js';
* import { randomBytes } from '@noble/ciphers/utils.js';
* const key = randomBytes(32);
* const nonce = randomBytes(24);
* const cipher = xsalsa20poly1305(key, nonce);
* cipher.encrypt(new Uint8Array([1, 2, 3]));
* ```
*/
const xsalsa20poly1305 = /* @__PURE__ */ wrapCipher({
	blockSize: 64,
	nonceLength: 24,
	tagLength: 16
}, (key, nonce) => {
	return {
		encrypt(plaintext, output) {
			output = getOutput(plaintext.length + 32, output, false);
			const authKey = output.subarray(0, 32);
			const ciphPlaintext = output.subarray(32);
			output.set(plaintext, 32);
			clean(authKey);
			xsalsa20(key, nonce, output, output);
			const tag = poly1305(ciphPlaintext, authKey);
			output.set(tag, 16);
			clean(output.subarray(0, 16), tag);
			return output.subarray(16);
		},
		decrypt(ciphertext, output) {
			abytes(ciphertext, void 0, "data");
			output = getOutput(ciphertext.length + 32, output, false);
			const tmp = output.subarray(0, 32);
			const passedTag = output.subarray(32, 48);
			const ciphPlaintext = output.subarray(48);
			output.set(ciphertext, 32);
			clean(tmp);
			const authKey = xsalsa20(key, nonce, tmp, tmp);
			const tag = poly1305(ciphPlaintext, authKey);
			if (!equalBytes(passedTag, tag)) {
				clean(output);
				throw new Error("invalid tag");
			}
			xsalsa20(key, nonce, output.subarray(16), output.subarray(16));
			clean(tmp, passedTag, tag);
			return ciphPlaintext;
		}
	};
});

// packages/signing/src/cosign-key.ts
const derive = promisify(scrypt);
/** What cosign has called its encrypted keys, first and since 2.0. */
const cosignKeyLabels = /* @__PURE__ */ new Set(["ENCRYPTED COSIGN PRIVATE KEY", "ENCRYPTED SIGSTORE PRIVATE KEY"]);
const maxWork = 268435456;
/** Decrypts the content of a key of cosign, JSON with scrypt and NaCl's secretbox, to the DER of PKCS#8; undefined where the password is wrong. */
async function decryptCosignKey(content, password) {
	const { N, r, p, salt, nonce, ciphertext } = parseSealed(content);
	const key = await derive(password, salt, 32, {
		N,
		r,
		p,
		maxmem: 2 * maxWork
	});
	try {
		return xsalsa20poly1305(key, nonce).decrypt(ciphertext);
	} catch {
		return;
	}
}
function parseSealed(content) {
	const document = parseContent(content);
	const [kdf, cipher] = [memberOf(document, "kdf"), memberOf(document, "cipher")];
	expectName("key derivation", kdf, "scrypt");
	expectName("cipher", cipher, "nacl/secretbox");
	const nonce = bytesOf(memberOf(cipher, "nonce"));
	if (nonce.byteLength !== 24) throw unreadable(`its nonce has ${nonce.byteLength} bytes, not 24`);
	return {
		...parseParameters(memberOf(kdf, "params")),
		salt: bytesOf(memberOf(kdf, "salt")),
		nonce,
		ciphertext: bytesOf(memberOf(document, "ciphertext"))
	};
}
function parseContent(content) {
	try {
		return JSON.parse(new TextDecoder().decode(content));
	} catch {
		throw unreadable("its content is not JSON");
	}
}
function parseParameters(params) {
	const [N, r, p] = [
		"N",
		"r",
		"p"
	].map((name) => countOf(memberOf(params, name)));
	if (N === void 0 || r === void 0 || p === void 0 || N < 2 || !Number.isInteger(Math.log2(N))) throw unreadable("its scrypt parameters are not numbers that scrypt takes");
	if (128 * N * r * p > maxWork) throw unreadable(`scrypt with N ${N}, r ${r} and p ${p} goes through more than ${maxWork / 1024 / 1024} MiB`);
	return {
		N,
		r,
		p
	};
}
const countOf = (value) => typeof value === "number" && Number.isSafeInteger(value) && value > 0 ? value : void 0;
const bytesOf = (value) => Buffer.from(typeof value === "string" ? value : "", "base64");
function expectName(what, value, expected) {
	const found = memberOf(value, "name");
	if (found !== expected) throw unreadable(`its ${what} is ${shown(found)}, not "${expected}"`);
}
const unreadable = (why) => new SigningError("KEY_INVALID", `the key of cosign cannot be read: ${why}`, { hint: "Give the whole text of the file that cosign wrote." });

// packages/signing/src/private-key.ts
const plainLabels = /* @__PURE__ */ new Set([
	"PRIVATE KEY",
	"EC PRIVATE KEY",
	"RSA PRIVATE KEY"
]);
const encryptedLabel = "ENCRYPTED PRIVATE KEY";
const maxSize = 65536;
/** Reads a private key; throws `KEY_INVALID`, or `KEY_PASSWORD` where it does not open. No text of it is ever in an error. */
async function readPrivateKey({ key, password }) {
	const block = privateBlock(key);
	if (!cosignKeyLabels.has(block.label)) return readPem(block, password);
	const der = await decryptCosignKey(pemBytes(block), password ?? "");
	if (der === void 0) throw locked(password);
	return parse({
		key: Buffer.from(der),
		format: "der",
		type: "pkcs8"
	});
}
/** The block of the key: others, as the parameters of a curve or a certificate, may be around it. */
function privateBlock(key) {
	if (key.length > maxSize) throw notPrivate(`the key has ${key.length} characters`);
	const blocks = pemBlocks(key);
	const [first] = blocks;
	if (first === void 0) throw notPrivate("the key is not PEM");
	const found = blocks.find(({ label }) => isPrivate(label));
	if (found !== void 0) return found;
	const labels = blocks.map(({ label }) => `"${label}"`).join(", ");
	throw notPrivate(`the key is PEM of the label ${labels}`);
}
const isPrivate = (label) => plainLabels.has(label) || label === encryptedLabel || cosignKeyLabels.has(label);
function readPem({ label, text }, password) {
	if (!(label === encryptedLabel || /^Proc-Type: 4,ENCRYPTED$/m.test(text))) return parse({ key: text });
	if (password === void 0) throw locked(password);
	try {
		return createPrivateKey({
			key: text,
			passphrase: password
		});
	} catch (cause) {
		if (isUnsupported(cause)) throw notPrivate("the key is encrypted in a way that OpenSSL does not support", cause);
		throw locked(password, cause);
	}
}
const isUnsupported = (error) => error instanceof Error && "code" in error && error.code === "ERR_OSSL_EVP_UNSUPPORTED";
function parse(source) {
	try {
		return createPrivateKey(source);
	} catch (cause) {
		throw notPrivate("the key cannot be read", cause);
	}
}
const notPrivate = (message, cause) => new SigningError("KEY_INVALID", message, {
	hint: "Give a private key as PEM, e.g. what \"cosign generate-key-pair\" or \"openssl genpkey\" writes.",
	cause
});
const locked = (password, cause) => password === void 0 ? new SigningError("KEY_PASSWORD", "the key is encrypted, and there is no password for it", { hint: "Give the password of the key, from a secret." }) : new SigningError("KEY_PASSWORD", "the password does not open the key", {
	hint: "Check that the secrets of the key and of its password belong to each other, and that the password has no line break at its end.",
	cause
});

// packages/signing/src/key-signer.ts
/**
* Signs with a private key of ECDSA P-256 or P-384, RSA with 2048 bits or more, or Ed25519. The signatures are such as
* `cosign verify --key` of cosign 2 and 3 accepts with no flag for the algorithm: SHA-256 for every ECDSA key and for
* RSA, which is PKCS#1 v1.5, and pure Ed25519. `cosign sign` of cosign 3 makes others of P-384 (SHA-384, which
* needs the flag) and Ed25519 (Ed25519ph, which no `cosign verify` accepts).
* Throws `KEY_INVALID` and `KEY_PASSWORD`.
*/
async function openKeySigner(text) {
	const privateKey = await readPrivateKey(text);
	const publicKey = publicKeyOf(privateKey);
	const [hash = null] = publicKey.algorithm.hashes;
	return payloadSigner(publicKey, async (bytes) => sign(hash, bytes, privateKey));
}

// packages/signing/src/keyless.ts
/** Signs as the identity in a token; throws as `openKeylessSigner` of keyless/keyless-signer.ts says. */
async function openKeylessSigner(options) {
	return (await import("./signing-keyless-signer.js")).openKeylessSigner(options);
}
/** Verifies keyless signatures of one identity against a trusted root, the text of a trusted_root.json. Throws `KEY_INVALID`. */
async function verifierOfIdentity(options) {
	return (await import("./signing-identity-verifier.js")).verifierOfIdentity(options);
}

export { openCommandSigner, openKeySigner, openKeylessSigner, verifierOfIdentity, verifierOfKey };