import { n as verifierOfIdentity, t as identityVerifier } from "./signing2.js";

export { verifierOfIdentity };