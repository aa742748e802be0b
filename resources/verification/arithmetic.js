// SHA-256, SHA-1 and ECDSA on P-256, in plain numbers. Browsers have their own only where a page came over https; this one
// has to work from a disk and in a telephone's viewer as well. Nothing here is secret, so time tells nobody anything.

const P = 0xffffffff00000001000000000000000000000000ffffffffffffffffffffffffn;
const N = 0xffffffff00000000ffffffffffffffffbce6faada7179e84f3b9cac2fc632551n;
const B = 0x5ac635d8aa3a93e7b3ebbd55769886bc651d06b0cc53b0f63bce3c3e27d2604bn;
const G = [
  0x6b17d1f2e12c4247f8bce6e563a440f277037d812deb33a0f4a13945d898c296n,
  0x4fe342e2fe1a7f9b8ee7eb4a7c0f9e162bce33576b315ececbb6406837bf51f5n,
];

function mod(value, by = P) {
  const rest = value % by;
  return rest < 0n ? rest + by : rest;
}

function power(base, exponent, by = P) {
  let result = 1n;
  for (let rest = exponent, square = mod(base, by); rest > 0n; rest >>= 1n) {
    if (rest & 1n) result = (result * square) % by;
    square = (square * square) % by;
  }
  return result;
}

// Points are [X, Y, Z] with x = X / Z² and y = Y / Z³; Z = 0 is the point at infinity.
function doubled([x, y, z]) {
  if (z === 0n || y === 0n) return [1n, 1n, 0n];
  const delta = mod(z * z);
  const gamma = mod(y * y);
  const beta = mod(x * gamma);
  const alpha = mod(3n * (x - delta) * (x + delta));
  const out = mod(alpha * alpha - 8n * beta);
  return [out, mod(alpha * (4n * beta - out) - 8n * gamma * gamma), mod((y + z) * (y + z) - gamma - delta)];
}

function added(one, other) {
  const [x1, y1, z1] = one;
  const [x2, y2, z2] = other;
  if (z1 === 0n) return other;
  if (z2 === 0n) return one;
  const square1 = mod(z1 * z1);
  const square2 = mod(z2 * z2);
  const u1 = mod(x1 * square2);
  const s1 = mod(y1 * square2 * z2);
  const h = mod(x2 * square1 - u1);
  const r = mod(y2 * square1 * z1 - s1);
  if (h === 0n) return r === 0n ? doubled(one) : [1n, 1n, 0n];
  const hh = mod(h * h);
  const hhh = mod(h * hh);
  const v = mod(u1 * hh);
  const x = mod(r * r - hhh - 2n * v);
  return [x, mod(r * (v - x) - s1 * hhh), mod(h * z1 * z2)];
}

// The sum of `one` times a point and `other` times another.
function combined(one, point, other, second) {
  const both = added(point, second);
  let result = [1n, 1n, 0n];
  for (let bit = 255n; bit >= 0n; bit--) {
    result = doubled(result);
    const choice = ((one >> bit) & 1n) | (((other >> bit) & 1n) << 1n);
    if (choice === 1n) result = added(result, point);
    if (choice === 2n) result = added(result, second);
    if (choice === 3n) result = added(result, both);
  }
  return result;
}

function numberOf(bytes) {
  return BigInt('0x0' + toHex(bytes));
}

function bytesOf(number) {
  return fromHex(number.toString(16).padStart(64, '0'));
}

// The public key of a compressed point, 33 bytes.
function keyOf(compressed) {
  need(isBytes(compressed, 33) && (compressed[0] === 2 || compressed[0] === 3), 'certificate');
  const x = numberOf(compressed.slice(1));
  need(x < P, 'certificate');
  const square = mod(x * x * x - 3n * x + B);
  const root = power(square, (P + 1n) >> 2n);
  need(mod(root * root) === square, 'certificate');
  return [x, (root & 1n) === BigInt(compressed[0] & 1) ? root : P - root];
}

function uncompressed([x, y]) {
  return joined(Uint8Array.of(4), bytesOf(x), bytesOf(y));
}

// Whether the key signed exactly this; of the two values that s can have the lower one, with `anyForm` both.
function hasSigned([x, y], signed, signature, anyForm = false) {
  if (!isBytes(signature, 64)) return false;
  const r = numberOf(signature.slice(0, 32));
  const s = numberOf(signature.slice(32));
  if (r === 0n || r >= N || s === 0n || s >= N || (!anyForm && s > N >> 1n)) return false;
  const inverse = power(s, N - 2n, N);
  const digest = numberOf(sha256(signed));
  const [sumX, , sumZ] = combined(mod(digest * inverse, N), [...G, 1n], mod(r * inverse, N), [x, y, 1n]);
  if (sumZ === 0n) return false;
  return mod(mod(sumX * power(mod(sumZ * sumZ), P - 2n)), N) === r;
}

const PRIMES = [];
for (let candidate = 2; PRIMES.length < 64; candidate++) {
  if (PRIMES.every((prime) => candidate % prime !== 0)) PRIMES.push(candidate);
}

// The first 32 bits behind the point of a root of a whole number, found exactly.
function fraction(number, root) {
  const shifted = BigInt(number) << BigInt(32 * root);
  let low = 0n;
  let high = 1n << 40n;
  while (high - low > 1n) {
    const middle = (low + high) >> 1n;
    if (middle ** BigInt(root) <= shifted) low = middle;
    else high = middle;
  }
  return Number(low & 0xffffffffn);
}

const ROUND = PRIMES.map((prime) => fraction(prime, 3));
const START = PRIMES.slice(0, 8).map((prime) => fraction(prime, 2));

function padded(message) {
  const filled = new Uint8Array((((message.length + 8) >> 6) + 1) << 6);
  filled.set(message);
  filled[message.length] = 0x80;
  const view = new DataView(filled.buffer);
  view.setUint32(filled.length - 8, Math.floor(message.length / 0x20000000));
  view.setUint32(filled.length - 4, message.length << 3);
  return view;
}

function fromWords(words) {
  const bytes = new DataView(new ArrayBuffer(words.length * 4));
  words.forEach((word, index) => bytes.setUint32(index * 4, word));
  return new Uint8Array(bytes.buffer);
}

// FIPS 180-4 §6.2
function sha256(message) {
  const view = padded(message);
  const turn = (word, by) => (word >>> by) | (word << (32 - by));
  const state = [...START];
  const words = new Array(64);
  for (let block = 0; block < view.byteLength; block += 64) {
    for (let index = 0; index < 64; index++) {
      if (index < 16) words[index] = view.getUint32(block + 4 * index);
      else {
        const near = words[index - 2];
        const far = words[index - 15];
        const mixedFar = turn(far, 7) ^ turn(far, 18) ^ (far >>> 3);
        const mixedNear = turn(near, 17) ^ turn(near, 19) ^ (near >>> 10);
        words[index] = (words[index - 16] + mixedFar + words[index - 7] + mixedNear) | 0;
      }
    }
    let [a, b, c, d, e, f, g, h] = state;
    for (let index = 0; index < 64; index++) {
      const chosen = (e & f) ^ (~e & g);
      const first = (h + (turn(e, 6) ^ turn(e, 11) ^ turn(e, 25)) + chosen + ROUND[index] + words[index]) | 0;
      const second = ((turn(a, 2) ^ turn(a, 13) ^ turn(a, 22)) + ((a & b) ^ (a & c) ^ (b & c))) | 0;
      [a, b, c, d, e, f, g, h] = [(first + second) | 0, a, b, c, (d + first) | 0, e, f, g];
    }
    [a, b, c, d, e, f, g, h].forEach((word, index) => (state[index] = (state[index] + word) | 0));
  }
  return fromWords(state);
}

// FIPS 180-4 §6.1; certificates name keys by it, nothing is trusted to it.
function sha1(message) {
  const view = padded(message);
  const turn = (word, by) => (word << by) | (word >>> (32 - by));
  const state = [0x67452301, 0xefcdab89, 0x98badcfe, 0x10325476, 0xc3d2e1f0];
  const words = new Array(80);
  for (let block = 0; block < view.byteLength; block += 64) {
    for (let index = 0; index < 80; index++) {
      if (index < 16) words[index] = view.getUint32(block + 4 * index);
      else words[index] = turn(words[index - 3] ^ words[index - 8] ^ words[index - 14] ^ words[index - 16], 1);
    }
    let [a, b, c, d, e] = state;
    for (let index = 0; index < 80; index++) {
      const [mixed, constant] =
        index < 20
          ? [(b & c) | (~b & d), 0x5a827999]
          : index < 40
            ? [b ^ c ^ d, 0x6ed9eba1]
            : index < 60
              ? [(b & c) | (b & d) | (c & d), 0x8f1bbcdc]
              : [b ^ c ^ d, 0xca62c1d6];
      [a, b, c, d, e] = [(turn(a, 5) + mixed + e + constant + words[index]) | 0, a, turn(b, 30), c, d];
    }
    [a, b, c, d, e].forEach((word, index) => (state[index] = (state[index] + word) | 0));
  }
  return fromWords(state);
}
