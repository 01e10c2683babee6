/** A set of small non-negative integers, 32 to a word. Sets that meet in one operation have the same capacity. */
export type Bits = Int32Array;

/** An empty set that can hold the numbers below `capacity`. */
export function noBits(capacity: number): Bits {
  return new Int32Array((capacity + 31) >>> 5);
}

/** The set of all numbers below `capacity`. */
export function allBits(capacity: number): Bits {
  const bits = noBits(capacity);
  bits.fill(-1);
  const rest = capacity & 31;
  if (rest !== 0) bits[bits.length - 1] = (1 << rest) - 1;
  return bits;
}

export function bitsOf(capacity: number, items: Iterable<number>): Bits {
  const bits = noBits(capacity);
  for (const item of items) addBit(bits, item);
  return bits;
}

export function hasBit(bits: Bits, item: number): boolean {
  return (((bits[item >>> 5] as number) >>> (item & 31)) & 1) === 1;
}

/** Adds in place. */
export function addBit(bits: Bits, item: number): void {
  bits[item >>> 5] = (bits[item >>> 5] as number) | (1 << (item & 31));
}

/** Removes in place. */
export function removeBit(bits: Bits, item: number): void {
  bits[item >>> 5] = (bits[item >>> 5] as number) & ~(1 << (item & 31));
}

export function union(a: Bits, b: Bits): Bits {
  const out = a.slice();
  for (let i = 0; i < out.length; i++) out[i] = (out[i] as number) | (b[i] as number);
  return out;
}

export function intersection(a: Bits, b: Bits): Bits {
  const out = a.slice();
  for (let i = 0; i < out.length; i++) out[i] = (out[i] as number) & (b[i] as number);
  return out;
}

/** What is in `a` and not in `b`. */
export function minus(a: Bits, b: Bits): Bits {
  const out = a.slice();
  for (let i = 0; i < out.length; i++) out[i] = (out[i] as number) & ~(b[i] as number);
  return out;
}

export function without(bits: Bits, item: number): Bits {
  const out = bits.slice();
  removeBit(out, item);
  return out;
}

export function isSubset(inner: Bits, outer: Bits): boolean {
  for (let i = 0; i < inner.length; i++) if (((inner[i] as number) & ~(outer[i] as number)) !== 0) return false;
  return true;
}

export function intersects(a: Bits, b: Bits): boolean {
  for (let i = 0; i < a.length; i++) if (((a[i] as number) & (b[i] as number)) !== 0) return true;
  return false;
}

export function sameBits(a: Bits, b: Bits): boolean {
  for (let i = 0; i < a.length; i++) if (a[i] !== b[i]) return false;
  return true;
}

export function isEmpty(bits: Bits): boolean {
  for (let i = 0; i < bits.length; i++) if (bits[i] !== 0) return false;
  return true;
}

/** Members in ascending order. */
export function bitItems(bits: Bits): number[] {
  const items: number[] = [];
  for (let i = 0; i < bits.length; i++) {
    let word = bits[i] as number;
    while (word !== 0) {
      const low = word & -word;
      items.push((i << 5) + 31 - Math.clz32(low));
      word ^= low;
    }
  }
  return items;
}

export function bitCount(bits: Bits): number {
  let count = 0;
  for (let i = 0; i < bits.length; i++) {
    let word = bits[i] as number;
    while (word !== 0) {
      word &= word - 1;
      count++;
    }
  }
  return count;
}

/** A text that is equal for equal sets of one capacity: a key for maps. */
export function bitsKey(bits: Bits): string {
  return bits.length === 1 ? String(bits[0]) : bits.join();
}
