import { isOtherLanguage, languageOf, languageOfCode } from '#domain/draft/language.ts';

test.each([
  ['How do I connect to the Wi-Fi in the office?', 'en'],
  ['My vpn drops and I can not get to the shared drive', 'en'],
  ['Wie kann ich mich mit dem WLAN im Büro verbinden?', 'de'],
  ['Mein Drucker geht nicht', 'de'],
  ['Comment puis-je me connecter au réseau du bureau ?', 'fr'],
  ['¿Cómo puedo conectarme a la red de la oficina?', 'es'],
  ['Como é que eu posso ligar o portátil à rede do escritório?', 'pt'],
  ['Hoe kan ik met mijn laptop op het netwerk van kantoor?', 'nl'],
  ['Come posso collegarmi alla rete dell’ufficio con il mio portatile?', 'it'],
  ['Jak mogę połączyć się z siecią w biurze?', 'pl'],
  ['Как подключиться к сети?', 'cyrillic'],
  ['Πώς συνδέομαι στο δίκτυο;', 'greek'],
  ['איך מתחברים לרשת?', 'hebrew'],
  ['كيف أتصل بالشبكة؟', 'arabic'],
  ['如何连接办公室的网络？', 'han'],
  ['オフィスのネットワークに接続するには？', 'kana'],
  ['사무실 네트워크에 어떻게 연결하나요?', 'hangul'],
  ['VPN 0x80070005', 'unknown'],
  ['outlook calendar', 'unknown'],
  ['', 'unknown'],
])('the language of %j is %s', (text, language) => {
  expect(languageOf(text)).toBe(language);
});

test('code, addresses and what is quoted do not count', () => {
  expect(
    languageOf('Öffnen Sie „Settings and the other options for you“ und klicken Sie auf `the one that is on`.'),
  ).toBe('de');
});

test('unknown is never another language, nor are Chinese and Japanese to each other', () => {
  expect(isOtherLanguage('VPN', 'de')).toBe(false);
  expect(isOtherLanguage('How do I get to the office?', 'unknown')).toBe(false);
  expect(isOtherLanguage('接続設定', 'kana')).toBe(false);
  expect(isOtherLanguage('How do I get to the office?', 'de')).toBe(true);
});

test('codes of languages', () => {
  expect(['de-AT', 'EN', 'ru', 'ja', 'xx', 'constructor'].map(languageOfCode)).toEqual([
    'de',
    'en',
    'cyrillic',
    'kana',
    'unknown',
    'unknown',
  ]);
});
