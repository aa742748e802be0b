// What a proof is worth: checked with the root of one centre and, where it is there, the centre's list of what it called back.

const ALG = 1;
const KID = 4;
const CHAIN = 33;
const SHORT = -65537;
const ES256 = -7;
const KEY_ID_LENGTH = 8;
const SIGNATURE_TAG = 0xd2;
const DAY_MS = 86400000;
const CHINA_MS = 8 * 3600000;
const LIST_SCHEME = 'LDR1:';
const LARGEST_LIST = 16 * 1024 * 1024;
const CODE_TYPES = 7;
const LATEST_DAY = 2932896;
const LAST_SECOND = 253402300799;

// --- DER, as docs/verification.md writes certificates ---

function tlv(tag, ...parts) {
  const content = joined(...parts);
  const length = content.length;
  if (length < 128) return joined(Uint8Array.of(tag, length), content);
  if (length < 256) return joined(Uint8Array.of(tag, 0x81, length), content);
  return joined(Uint8Array.of(tag, 0x82, length >> 8, length), content);
}

const bits = (content) => tlv(3, Uint8Array.of(0), content);
const utf8 = (text) => new TextEncoder().encode(text);
const positive = (bytes) => (bytes[0] >= 128 ? joined(Uint8Array.of(0), bytes) : bytes);
const named = (last, text) => tlv(0x31, tlv(0x30, fromHex('06035504' + last), tlv(0x0c, utf8(text))));
const extension = (last, ...content) => tlv(0x30, fromHex('0603551d' + last), tlv(4, ...content));
const SIGNED_BY = fromHex('300a06082a8648ce3d040302');
const KEY_KIND = fromHex('301306072a8648ce3d020106082a8648ce3d030107');
const CONSTRAINTS = fromHex('300c0603551d130101ff04023000');
const USAGE = fromHex('300e0603551d0f0101ff0404030206c0');

function time(seconds) {
  const [date, clock] = new Date(seconds * 1000).toISOString().split('T');
  const digits = date.replaceAll('-', '') + clock.slice(0, 8).replaceAll(':', '') + 'Z';
  return Number(date.slice(0, 4)) < 2050 ? tlv(0x17, utf8(digits.slice(2))) : tlv(0x18, utf8(digits));
}

function derSignature(signature) {
  const numbers = [signature.slice(0, 32), signature.slice(32)].map((bytes) => {
    const first = bytes.findIndex((byte) => byte !== 0);
    return tlv(2, positive(first < 0 ? Uint8Array.of(0) : bytes.slice(first)));
  });
  return tlv(0x30, ...numbers);
}

// What the root signed of a station's certificate.
function signedPart(short, point, root) {
  return tlv(
    0x30,
    fromHex('a003020102'),
    tlv(2, positive(short.serial)),
    SIGNED_BY,
    root.subject,
    tlv(0x30, time(short.notBefore), time(short.notAfter)),
    tlv(0x30, ...root.organisations.map((name) => named('0a', name)), named('0b', 'stations'), named('03', short.station)),
    tlv(0x30, KEY_KIND, bits(point)),
    tlv(
      0xa3,
      tlv(
        0x30,
        CONSTRAINTS,
        USAGE,
        extension('11', tlv(0x30, tlv(0x86, utf8('urn:lideng:station:' + short.station)))),
        extension('0e', tlv(4, sha1(point))),
        extension('23', tlv(0x30, tlv(0x80, sha1(uncompressed(root.key))))),
      ),
    ),
  );
}

// --- parts of a proof ---

function isText(value) {
  return typeof value === 'string' && value.length > 0 && Array.from(value).length <= 200;
}

function isDay(value) {
  return Number.isSafeInteger(value) && value > 0 && value <= LATEST_DAY;
}

function shortCertificate(parts) {
  need(Array.isArray(parts) && parts.length === 7);
  const [root, station, serial, notBefore, notAfter, key, signature] = parts;
  need(isBytes(root, 8) && isText(station) && station.length <= 64 && isBytes(key, 33) && isBytes(signature, 64));
  need(isBytes(serial) && serial.length >= 1 && serial.length <= 20 && serial[0] !== 0);
  need(Number.isSafeInteger(notBefore) && Number.isSafeInteger(notAfter));
  need(0 <= notBefore && notBefore <= notAfter && notAfter <= LAST_SECOND);
  return { root, station, serial, notBefore, notAfter, key, signature };
}

function claimsOf(said) {
  need(said instanceof Map && [...said.keys()].every((key) => Number.isSafeInteger(key) && key >= 1 && key <= 11));
  for (const key of [1, 2, 3, 4, 5, 7, 8]) need(!said.has(key) || isText(said.get(key)));
  need(said.has(1) && said.has(2) && said.has(7) && isDay(said.get(9)) && isBytes(said.get(11), 32));
  need(!said.has(6) || (Number.isSafeInteger(said.get(6)) && said.get(6) >= 1 && said.get(6) <= CODE_TYPES));
  need(!said.has(10) || isDay(said.get(10)));
  return {
    name: said.get(1),
    number: said.get(2),
    holder: said.get(4) ?? '',
    code: said.get(5) ?? '',
    codeType: said.get(6) ?? 0,
    issuer: said.get(7),
    issuerCode: said.get(8) ?? '',
    issuedOn: said.get(9),
    until: said.get(10) ?? null,
    entry: toHex(said.get(11)),
  };
}

// A COSE_Sign1 with its parts and what was signed of it.
function signedMessage(bytes) {
  need(bytes[0] === SIGNATURE_TAG);
  const message = Cbor.read(bytes.slice(1));
  need(Array.isArray(message) && message.length === 4);
  const [header, open, payload, signature] = message;
  need(isBytes(header) && open instanceof Map && open.size === 0 && isBytes(payload) && isBytes(signature, 64));
  const head = Cbor.read(header);
  need(head instanceof Map);
  need(head.get(ALG) === ES256, 'suite');
  need(isBytes(head.get(KID), KEY_ID_LENGTH));
  const context = joined(Uint8Array.of(0x84, 0x6a), utf8('Signature1'));
  const statement = joined(context, bytesItem(header), Uint8Array.of(0x40), bytesItem(payload));
  return { head, payload, signature, statement };
}

function bytesItem(bytes) {
  const length = bytes.length;
  if (length < 24) return joined(Uint8Array.of(0x40 | length), bytes);
  if (length < 256) return joined(Uint8Array.of(0x58, length), bytes);
  if (length < 65536) return joined(Uint8Array.of(0x59, length >> 8, length), bytes);
  return joined(Uint8Array.of(0x5a, length >> 24, length >> 16, length >> 8, length), bytes);
}

// The station's certificate in a proof, after the root was asked for it.
function certificateOf(head, root) {
  need(!head.has(CHAIN), 'whole'); // a whole certificate: the program reads those, this page does not
  need(head.size === 3 && head.has(SHORT));
  const short = shortCertificate(head.get(SHORT));
  need(sameBytes(short.root, root.mark), 'root');
  const key = keyOf(short.key);
  const part = signedPart(short, uncompressed(key), root);
  need(hasSigned(root.key, part, short.signature, true), 'certificate');
  const whole = tlv(0x30, part, SIGNED_BY, bits(derSignature(short.signature)));
  need(sameBytes(sha256(whole).slice(0, KEY_ID_LENGTH), head.get(KID)), 'certificate');
  return { ...short, key };
}

// A number as lists write it: hex digits without zeros in front.
function hexNumber(bytes) {
  return toHex(bytes).replace(/^0+/, '');
}

async function readProof(text, root) {
  const message = signedMessage(await inflated(unpacked(lettersIn(text)), LARGEST_PROOF));
  const certificate = certificateOf(message.head, root);
  need(hasSigned(certificate.key, message.statement, message.signature), 'signature');
  const claims = claimsOf(Cbor.read(message.payload));
  const begin = claims.issuedOn * DAY_MS - CHINA_MS;
  need(certificate.notBefore * 1000 < begin + DAY_MS && begin <= certificate.notAfter * 1000, 'time');
  return { claims, station: certificate.station, serial: hexNumber(certificate.serial) };
}

// The centre's list: what it called back, and until when the list is fresh; null where there is none.
async function readList(text, root) {
  if (!text) return null;
  need(text.startsWith(LIST_SCHEME));
  const packed = Uint8Array.from(atob(text.slice(LIST_SCHEME.length).trim()), (letter) => letter.charCodeAt(0));
  const message = signedMessage(await inflated(packed, LARGEST_LIST));
  need(message.head.size === 2 && sameBytes(message.head.get(KID), root.mark), 'root');
  need(hasSigned(root.key, message.statement, message.signature, true), 'signature');
  const said = Cbor.read(message.payload);
  need(said instanceof Map && said.size === 5);
  const [number, made, next, stations, papers] = [1, 2, 3, 4, 5].map((key) => said.get(key));
  need([number, made, next].every(Number.isSafeInteger) && stations instanceof Map && papers instanceof Map);
  return { number, made, next, stations, papers };
}

const STATES = { 1: 'withdrawn', 2: 'recalled', 3: 'void', 4: 'replaced' };

// The verdict on a proof: { verdict, because, ... }. Verdicts are valid, forged, expired, revoked and unknown.
async function judged(text, root, list, now) {
  try {
    const read = await readProof(text, root);
    return { ...read, list, ...verdictOn(read, list, now) };
  } catch (fault) {
    if (!(fault instanceof Fault)) throw fault;
    const unknown = ['kind', 'root', 'suite', 'whole'];
    return { verdict: unknown.includes(fault.kind) ? 'unknown' : 'forged', because: fault.kind };
  }
}

function verdictOn({ claims, serial }, list, now) {
  const paper = list?.papers.get(claims.entry);
  if (paper !== undefined) return { verdict: 'revoked', because: STATES[paper[0]] ?? 'withdrawn', day: paper[1] };
  const stopped = list?.stations.get(serial);
  if (stopped !== undefined) {
    const before = claims.issuedOn * DAY_MS - CHINA_MS + DAY_MS <= stopped * 1000;
    return { verdict: before ? 'unknown' : 'revoked', because: 'station', at: stopped };
  }
  const today = Math.floor((now + CHINA_MS) / DAY_MS);
  if (claims.until !== null && today > claims.until) return { verdict: 'expired', because: 'expired' };
  if (claims.issuedOn > today + 1) return { verdict: 'unknown', because: 'future' };
  if (list === null) return { verdict: 'valid', because: 'nolist' };
  return { verdict: 'valid', because: list.next * 1000 < now ? 'oldlist' : 'fresh' };
}
