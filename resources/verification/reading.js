// From the text of a proof to what it says, and from bytes to numbers: base45, zlib, CBOR. docs/verification.md tells the forms.
// Everything here comes from anybody: it is short, and nothing but the one form of each thing is read.

const SCHEME = 'LDV1:';
const LONGEST_TEXT = 4296;
const LARGEST_PROOF = 4096;
const BASE45 = '0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ $%*+-./:';
const DEEPEST = 4;

class Fault extends Error {
  constructor(kind) {
    super(kind);
    this.kind = kind;
  }
}

function need(holds, kind = 'form') {
  if (!holds) throw new Fault(kind);
}

// The letters of the proof in a text or an address; a Fault of the kind "kind" when there is none.
function lettersIn(text) {
  const trimmed = text.trim();
  need(trimmed.length <= LONGEST_TEXT, 'kind');
  if (trimmed.startsWith(SCHEME)) return trimmed.slice(SCHEME.length);
  const fragment = trimmed.slice(trimmed.indexOf('#') + 1);
  need(trimmed.includes('#') && fragment.startsWith(SCHEME), 'kind');
  const [first, ...others] = fragment.slice(SCHEME.length).split('%');
  need(!first.includes(' ') && others.every((part) => /^(20|25)[^ ]*$/.test(part)));
  return first + others.map((part) => (part.startsWith('20') ? ' ' : '%') + part.slice(2)).join('');
}

function unpacked(letters) {
  const digits = Array.from(letters, (letter) => BASE45.indexOf(letter));
  need(!digits.includes(-1) && digits.length % 3 !== 1);
  const bytes = [];
  for (let at = 0; at < digits.length; at += 3) {
    const [low, middle, high] = digits.slice(at, at + 3);
    const value = low + 45 * middle + 2025 * (high ?? 0);
    need(value < (high === undefined ? 256 : 65536));
    bytes.push(...(high === undefined ? [value] : [value >> 8, value & 255]));
  }
  return Uint8Array.from(bytes);
}

// What was compressed with zlib; at most `largest` bytes come out.
async function inflated(packed, largest) {
  const reader = new Blob([packed]).stream().pipeThrough(new DecompressionStream('deflate')).getReader();
  const parts = [];
  let length = 0;
  try {
    for (let part = await reader.read(); !part.done; part = await reader.read()) {
      length += part.value.length;
      need(length <= largest);
      parts.push(part.value);
    }
  } catch {
    throw new Fault('form');
  } finally {
    reader.cancel().catch(() => {});
  }
  return joined(...parts);
}

function joined(...parts) {
  const whole = new Uint8Array(parts.reduce((sum, part) => sum + part.length, 0));
  let at = 0;
  for (const part of parts) {
    whole.set(part, at);
    at += part.length;
  }
  return whole;
}

function sameBytes(one, other) {
  return one.length === other.length && one.every((byte, index) => byte === other[index]);
}

function toHex(bytes) {
  return Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join('');
}

function fromHex(text) {
  return Uint8Array.from(text.match(/../g) ?? [], (pair) => parseInt(pair, 16));
}

// CBOR in its one deterministic form (RFC 8949 §4.2.1): numbers, bytes, text, arrays and maps, tag 18 in front at most.
class Cbor {
  constructor(bytes) {
    this.bytes = bytes;
    this.at = 0;
  }

  static read(bytes) {
    const cbor = new Cbor(bytes);
    const value = cbor.item(DEEPEST);
    need(cbor.at === bytes.length);
    return value;
  }

  head() {
    need(this.at < this.bytes.length);
    const first = this.bytes[this.at++];
    const kind = first >> 5;
    const short = first & 31;
    if (short < 24) return [kind, short];
    const size = 1 << (short - 24);
    need(short <= 27 && this.at + size <= this.bytes.length);
    let number = 0;
    for (let index = 0; index < size; index++) number = number * 256 + this.bytes[this.at++];
    need(Number.isSafeInteger(number) && number >= (size === 1 ? 24 : 2 ** (4 * size)));
    return [kind, number];
  }

  item(deep) {
    const [kind, number] = this.head();
    if (kind === 0) return number;
    if (kind === 1) return -1 - number;
    need(kind <= 5 && deep > 0 && number <= this.bytes.length - this.at);
    if (kind === 4) return Array.from({ length: number }, () => this.item(deep - 1));
    if (kind === 5) return this.map(number, deep - 1);
    const part = this.bytes.slice(this.at, (this.at += number));
    return kind === 2 ? part : textOf(part);
  }

  map(length, deep) {
    const found = new Map();
    let before = '';
    for (let index = 0; index < length; index++) {
      const start = this.at;
      const key = this.item(deep);
      need(typeof key !== 'object');
      const written = toHex(this.bytes.slice(start, this.at));
      need(index === 0 || before < written);
      before = written;
      found.set(key, this.item(deep));
    }
    return found;
  }
}

function textOf(bytes) {
  try {
    return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes);
  } catch {
    throw new Fault('form');
  }
}

function isBytes(value, length) {
  return value instanceof Uint8Array && (length === undefined || value.length === length);
}
