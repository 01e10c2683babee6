import { zlibSync } from 'fflate';

/** A reference to an object of the file. */
export type Ref = `${number} 0 R`;

const encoder = new TextEncoder();

/** A text string of a PDF, as UTF-16 with its mark (ISO 32000-1, 7.9.2.2), in hexadecimal: nothing in it can end it. */
export function textString(text: string): string {
  let hex = 'FEFF';
  for (let at = 0; at < text.length; at++) hex += text.charCodeAt(at).toString(16).padStart(4, '0').toUpperCase();
  return `<${hex}>`;
}

/** A number as PDF writes it: no exponent, at most three decimals. */
export function num(value: number): string {
  return String(Math.round(value * 1000) / 1000);
}

/** The objects of a PDF file (ISO 32000-1, 7.5), put together at the end. */
export class PdfFile {
  readonly #objects: (Uint8Array | undefined)[] = [];

  /** A number for an object that is written later. */
  reserve(): Ref {
    this.#objects.push(undefined);
    return `${this.#objects.length} 0 R`;
  }

  /** Writes an object: a dictionary, an array … @param ref where it was reserved. */
  object(body: string, ref: Ref = this.reserve()): Ref {
    this.#objects[Number.parseInt(ref, 10) - 1] = encoder.encode(body);
    return ref;
  }

  /** Writes a stream, packed. @param entries what its dictionary says besides length and filter. */
  stream(data: Uint8Array | string, entries = '', ref: Ref = this.reserve()): Ref {
    const packed = zlibSync(typeof data === 'string' ? encoder.encode(data) : data, { level: 6 });
    const head = encoder.encode(`<< ${entries} /Filter /FlateDecode /Length ${packed.length} >>\nstream\n`);
    const tail = encoder.encode('\nendstream');
    const bytes = new Uint8Array(head.length + packed.length + tail.length);
    bytes.set(head);
    bytes.set(packed, head.length);
    bytes.set(tail, head.length + packed.length);
    this.#objects[Number.parseInt(ref, 10) - 1] = bytes;
    return ref;
  }

  /** The whole file. */
  bytes(root: Ref, info: Ref): Uint8Array<ArrayBuffer> {
    const parts: Uint8Array[] = [encoder.encode('%PDF-1.7\n%\u00e2\u00e3\u00cf\u00d3\n')];
    let at = (parts[0] as Uint8Array).length;
    const offsets: number[] = [];
    const push = (bytes: Uint8Array) => {
      parts.push(bytes);
      at += bytes.length;
    };
    for (const [index, body] of this.#objects.entries()) {
      offsets.push(at);
      push(encoder.encode(`${index + 1} 0 obj\n`));
      push(body ?? encoder.encode('null'));
      push(encoder.encode('\nendobj\n'));
    }
    const start = at;
    const table = offsets.map((offset) => `${String(offset).padStart(10, '0')} 00000 n \n`).join('');
    const size = offsets.length + 1;
    push(encoder.encode(`xref\n0 ${size}\n0000000000 65535 f \n${table}`));
    push(encoder.encode(`trailer\n<< /Size ${size} /Root ${root} /Info ${info} >>\nstartxref\n${start}\n%%EOF\n`));
    const whole = new Uint8Array(at);
    let to = 0;
    for (const part of parts) {
      whole.set(part, to);
      to += part.length;
    }
    return whole;
  }
}
