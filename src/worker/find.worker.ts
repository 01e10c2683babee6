/** Runs a person's regular expression away from the page, where one that never ends can be ended. */
import type { FindReply, FindRequest } from './find-client.ts';

interface Scope {
  onmessage: ((event: { readonly data: FindRequest }) => void) | null;
  postMessage(reply: FindReply): void;
}

const scope = globalThis as unknown as Scope;

scope.onmessage = ({ data }) => {
  try {
    const pattern = new RegExp(data.find, data.flags);
    scope.postMessage({ ok: true, names: data.names.map((name) => name.replace(pattern, data.replace)) });
  } catch (error) {
    scope.postMessage({ ok: false, message: error instanceof Error ? error.message : String(error) });
  }
};
