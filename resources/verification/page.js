// What the page shows, in Chinese and English.

const WORDS = {
  zh: {
    title: '证照核验',
    language: 'English',
    paste: '粘贴证照上二维码的内容',
    check: '核验',
    photo: '选照片',
    compare: '请逐项核对：纸上写的应与以上一致，不一致的以此为准。',
    private: '核验只在本机进行，内容不会发到任何地方。',
    fingerprint: '中心证书指纹',
    of: '只核验这个中心签发的证照：',
    fresh: '撤销名单截至 ',
    stale: '撤销名单已过期，最近的撤销可能不在其中。名单截至 ',
    none: '没有撤销名单，无法得知是否已撤销。',
    bad: '撤销名单不是本中心签发的，未使用。',
    valid: '有效',
    forged: '伪造或被改动',
    expired: '已过有效期',
    revoked: '已失效',
    unknown: '无法判断',
    by: {
      nolist: '确由下列窗口签发，未被改动。没有撤销名单，无法得知此后是否已撤销。',
      oldlist: '确由下列窗口签发，未被改动。撤销名单已过期，最近的撤销可能不在其中。',
      fresh: '确由下列窗口签发，未被改动，不在撤销名单上。签发时若未联网，中心是否已确认请向中心查询。',
      expired: '确由下列窗口签发，但有效期已过。',
      withdrawn: '已被撤销，撤销日期 ',
      recalled: '已被收回，收回日期 ',
      void: '已作废，作废日期 ',
      replaced: '已换发新证，换发日期 ',
      station: '签发窗口的证书已被吊销，请向中心核实。吊销时间 ',
      future: '签发日期在今天之后。请先看本机的日期对不对。',
      kind: '这不是证照上的核验码。收件凭证、办件条形码不能在此核验。',
      root: '这是另一个中心签发的，请用那个中心的核验页。',
      suite: '签名方式本页不认识，请用新的核验页。',
      whole: '签名方式本页不能核验，请到服务窗口核验。',
      form: '内容残缺或被改动过。若是手工抄录，请用扫码再试一次。',
      certificate: '签发窗口的证书不是本中心签的。',
      signature: '签名与内容不符。',
      time: '签发日期不在窗口证书的有效期内。',
      camera: '照片里没有找到二维码，请拍近一些、平一些。',
      old: '这个浏览器太旧，不能核验。请换一个新的浏览器。',
    },
    rows: ['证照名称', '编号', '持证人', '颁发机构', '机构代码', '颁发日期', '有效期至', '签发窗口'],
    codes: ['证件号码', '公民身份号码', '统一社会信用代码', '居住证号码', '通行证号码', '通行证号码', '永久居留证号码', '护照号码'],
    always: '长期',
  },
  en: {
    title: 'Certificate check',
    language: '中文',
    paste: 'Paste what the QR code on the certificate says',
    check: 'Check',
    photo: 'Choose a photo',
    compare: 'Compare: what the paper says of these must be the same. Where it differs, the paper was changed.',
    private: 'Everything is checked on this device; nothing is sent anywhere.',
    fingerprint: 'Fingerprint of the centre',
    of: 'Checks certificates of this centre only: ',
    fresh: 'List of revoked certificates as of ',
    stale: 'The list of revoked certificates is out of date; what was revoked lately may be missing. As of ',
    none: 'There is no list of revoked certificates, so nobody can tell here whether one was revoked.',
    bad: 'The list of revoked certificates is not this centre’s and was not used.',
    valid: 'Valid',
    forged: 'Forged or changed',
    expired: 'Expired',
    revoked: 'No longer valid',
    unknown: 'Cannot tell',
    by: {
      nolist: 'Issued by the window below and not changed. Without the list nobody can tell here whether it was revoked since.',
      oldlist: 'Issued by the window below and not changed. The list is out of date; a late revocation may be missing.',
      fresh: 'Issued by the window below, not changed, and not on the list of revoked ones. If it was issued off line, ask the centre whether it is confirmed.',
      expired: 'Issued by the window below, but its last day is over.',
      withdrawn: 'It was revoked on ',
      recalled: 'It was called back on ',
      void: 'It was declared void on ',
      replaced: 'A new certificate took its place on ',
      station: 'The certificate of the issuing window was revoked; ask the centre. Revoked at ',
      future: 'The day of issue is still to come. Check the date of this device first.',
      kind: 'This is not the code of a certificate. Receipts and bar codes of cases cannot be checked here.',
      root: 'Another centre issued this; use the page of that centre.',
      suite: 'It is signed in a way that this page does not know; use a newer page.',
      whole: 'It is signed in a way that this page cannot check; ask at a service window.',
      form: 'The content is damaged or was changed. If it was copied by hand, scan it once more.',
      certificate: 'The certificate of the issuing window was not signed by this centre.',
      signature: 'The signature does not belong to the content.',
      time: 'The day of issue lies outside the time of the window’s certificate.',
      camera: 'No QR code was found in the photo. Go closer and hold it flat.',
      old: 'This browser is too old to check certificates. Please use a newer one.',
    },
    rows: ['Certificate', 'Number', 'Holder', 'Issued by', 'Code of issuer', 'Issued on', 'Valid until', 'Window'],
    codes: ['Document', 'Identity number', 'Credit code', 'Residence permit', 'Travel permit', 'Travel permit', 'Permanent residence card', 'Passport'],
    always: 'no end',
  },
};

const ROOT = rootOf('@ROOT@');
const shown = { language: navigator.language.startsWith('zh') ? 'zh' : 'en', verdict: null, list: null, listState: 'none' };
const at = (id) => document.getElementById(id);

function rootOf({ name, organisations, subject, point, mark }) {
  const key = fromHex(point);
  return {
    name,
    organisations,
    subject: fromHex(subject),
    mark: fromHex(mark),
    key: [numberOf(key.slice(1, 33)), numberOf(key.slice(33))],
  };
}

const dayText = (day) => new Date(day * DAY_MS).toISOString().slice(0, 10);
const timeText = (seconds) => new Date(seconds * 1000 + CHINA_MS).toISOString().slice(0, 16).replace('T', ' ');

function reason({ because, day, at: moment }) {
  const words = WORDS[shown.language].by[because];
  if (day !== undefined) return words + dayText(day);
  return moment === undefined ? words : words + timeText(moment);
}

function render() {
  const words = WORDS[shown.language];
  document.documentElement.lang = shown.language === 'zh' ? 'zh-CN' : 'en';
  document.title = words.title;
  for (const element of document.querySelectorAll('[data-words]')) element.textContent = words[element.dataset.words];
  at('language').textContent = words.language;
  at('centre').textContent = words.of + ROOT.name;
  at('root').textContent = toHex(ROOT.mark);
  at('freshness').textContent = words[shown.listState] + (shown.list ? timeText(shown.list.made) : '');
  if (shown.verdict) renderVerdict(words);
}

function renderVerdict(words) {
  const { verdict, claims, station } = shown.verdict;
  at('verdict').hidden = false;
  at('verdict').className = verdict;
  at('said').textContent = words[verdict];
  at('because').textContent = reason(shown.verdict);
  at('compare').hidden = !claims;
  at('claims').replaceChildren(...(claims ? rows(words, claims, station) : []));
}

function rows(words, claims, station) {
  const [name, number, holder, issuer, issuerCode, issuedOn, until, window] = words.rows;
  const told = [
    [name, claims.name],
    [number, claims.number],
    [holder, claims.holder],
    [words.codes[claims.codeType], claims.code],
    [issuer, claims.issuer],
    [issuerCode, claims.issuerCode],
    [issuedOn, dayText(claims.issuedOn)],
    [until, claims.until === null ? words.always : dayText(claims.until)],
    [window, station],
  ];
  return told.filter(([, value]) => value).flatMap(([label, value]) => [element('dt', label), element('dd', visible(value))]);
}

// What was signed with everything shown that would turn the order of letters or hide one.
function visible(text) {
  return text.replace(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/gu, (one) => '⟨U+' + one.codePointAt(0).toString(16).toUpperCase().padStart(4, '0') + '⟩');
}

function element(kind, text) {
  const made = document.createElement(kind);
  made.textContent = text;
  return made;
}

function show(verdict) {
  shown.verdict = verdict;
  render();
  at('verdict').scrollIntoView({ block: 'nearest' });
}

async function check(text) {
  await listRead;
  show(await judged(text, ROOT, shown.list, Date.now()));
}

async function checkAddress() {
  const fragment = location.hash.slice(1);
  if (fragment) await check('#' + fragment);
}

async function checkPhoto(file) {
  const picture = await createImageBitmap(file).catch(() => null);
  const codes = picture ? await new BarcodeDetector({ formats: ['qr_code'] }).detect(picture) : [];
  if (codes.length === 0) show({ verdict: 'unknown', because: 'camera' });
  else await check(codes[0].rawValue);
}

let listRead = Promise.resolve();

// The list beside the page is a script of one line that calls this.
function lidengRevocations(text) {
  listRead = takeList(text).then(render);
}

async function takeList(text) {
  try {
    shown.list = await readList(text, ROOT);
    shown.listState = shown.list.next * 1000 < Date.now() ? 'stale' : 'fresh';
  } catch {
    shown.listState = 'bad';
  }
}

async function begin() {
  render();
  at('language').addEventListener('click', () => {
    shown.language = shown.language === 'zh' ? 'en' : 'zh';
    render();
  });
  at('check').addEventListener('click', () => check(at('text').value));
  at('file').addEventListener('change', (event) => event.target.files[0] && checkPhoto(event.target.files[0]));
  at('photo').hidden = !('BarcodeDetector' in window);
  window.addEventListener('hashchange', checkAddress);
  if ('DecompressionStream' in window) await checkAddress();
  else show({ verdict: 'unknown', because: 'old' });
}

render();
window.addEventListener('load', begin);
