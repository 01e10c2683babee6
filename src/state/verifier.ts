import { createVerifier, spawnVerifier, type Verifier } from '#verify/client.ts';

declare const __POSTGRES_CLUSTER__: string;

let verifier: Verifier | undefined;

/** Databases in a worker of their own: ending it takes nothing from others. */
export function aVerifier(): Verifier {
  return createVerifier(spawnVerifier, new URL(__POSTGRES_CLUSTER__, document.baseURI).href);
}

/** The databases that run in this browser; started when first asked. */
export function theVerifier(): Verifier {
  verifier ??= aVerifier();
  return verifier;
}
