import { createVerifier, spawnVerifier, type Verifier } from '#verify/client.ts';

declare const __POSTGRES_CLUSTER__: string;

let verifier: Verifier | undefined;

/** The databases that run in this browser; started when first asked. */
export function theVerifier(): Verifier {
  verifier ??= createVerifier(spawnVerifier, new URL(__POSTGRES_CLUSTER__, document.baseURI).href);
  return verifier;
}
