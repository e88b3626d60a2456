// Verifies a Sigstore bundle with a public key, by Sigstore's own library, and prints what was signed; ends with 1 when it does not hold.
// node verify-bundle.mjs BUNDLE.json KEY.pem
import { createPublicKey } from "node:crypto";
import { readFileSync } from "node:fs";
import { bundleFromJSON } from "@sigstore/bundle";
import { toSignedEntity, Verifier } from "@sigstore/verify";

const [bundle, key] = process.argv.slice(2);
const trust = {
  certificateAuthorities: [], timestampAuthorities: [], tlogs: [], ctlogs: [],
  publicKey: () => ({ publicKey: createPublicKey(readFileSync(key)), validFor: () => true }),
};
try {
  const signed = bundleFromJSON(JSON.parse(readFileSync(bundle, "utf8")));
  // A key of one's own stands in no public log.
  new Verifier(trust, { ctlogThreshold: 0, tlogThreshold: 0, timestampThreshold: 0 }).verify(toSignedEntity(signed));
  console.log(signed.content.dsseEnvelope.payload.toString("utf8"));
} catch (problem) {
  console.log(`${problem.code ?? problem.name}: ${problem.message}`);
  process.exitCode = 1;
}
