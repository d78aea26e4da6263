import { stemOf } from './stem.ts';

/** Words of IT that mean much the same, as stems see them: the first of each line stands for all. */
const groups: readonly string[] = [
  'email e-mail mail mails mailbox inbox outlook message',
  'receive get arrive come incoming',
  'send sent sending outgoing',
  'password passphrase credentials passcode',
  'login signin logon sign-in log-in log-on authenticate',
  'locked lockout blocked barred',
  'reset renew recover restore',
  'change modify alter update edit',
  'laptop notebook computer pc machine macbook thinkpad',
  'phone mobile smartphone handset iphone android',
  'screen monitor display projector',
  'printer print printing printout',
  'paper jam stuck',
  'wifi wi-fi wlan wireless',
  'internet web online broadband',
  'vpn tunnel anygate gateway',
  'drop disconnect cut-off interrupt lose',
  'slow sluggish lag laggy hang freeze freezing',
  'crash quit close',
  'broken damaged cracked smashed defective dead',
  'lost stolen missing theft',
  'virus malware trojan ransomware infected',
  'phishing scam spam suspicious fraud',
  'install set-up setup installation',
  'software program app application tool',
  'licence license subscription seat',
  'access permission right rights entitlement',
  'share shared sharing',
  'file document folder drive',
  'delete remove erase deleted',
  'restore recover undelete',
  'meeting call conference',
  'camera webcam video',
  'sound audio microphone headset speaker',
  'calendar appointment diary',
  'holiday vacation leave absence out-of-office',
  'mfa 2fa two-factor authenticator token code',
  'starter joiner onboarding newcomer',
  'leaver offboarding departure',
  'buy order purchase',
  'battery charge charging power',
  'encrypt encryption bitlocker filevault',
  'usb stick thumbdrive memory-stick',
  'browser chrome edge firefox safari',
  'full quota storage space',
  'abroad roaming overseas travel',
  'guest visitor',
  'scan scanner scanning',
  'clock time time-zone',
  'admin administrator elevated',
];

const headOf = new Map(
  groups.flatMap((group) => {
    const words = group.split(' ').map(stemOf);
    return words.map((word) => [word, words[0] ?? word] as const);
  }),
);

/** What stands for the word and all that mean the same; the stem itself where nothing does. */
export function meaningOf(stem: string): string {
  return headOf.get(stem) ?? stem;
}
