import type { Recipe } from './case.ts';
import { type Cook, supportOf } from './good.ts';
import { plain } from './plain.ts';
import type { Scene } from './scenes.ts';
import type { Statement } from './statements.ts';

export type Tongue = 'de' | 'fr' | 'es';

type Said = Readonly<Record<Tongue, string>>;

/** `$1` and so on are names, codes and addresses, which stay as they are. */
const phrases: readonly (readonly [RegExp, Said])[] = [
  [
    /^(?:Install|Open \*\*Company Portal\*\* and install|Then install) \*\*([^*]+)\*\* from Company Portal/,
    {
      de: 'Installieren Sie $1 aus dem Company Portal.',
      fr: 'Installez $1 depuis Company Portal.',
      es: 'Instale $1 desde Company Portal.',
    },
  ],
  [
    /^Open \*\*([^*]+)\*\* and choose \*\*([^*]+)\*\*/,
    { de: 'Öffnen Sie $1 und wählen Sie $2.', fr: 'Ouvrez $1 et choisissez $2.', es: 'Abra $1 y elija $2.' },
  ],
  [
    /^Open \*\*([^*]+)\*\* and install \*\*([^*]+)\*\*/,
    { de: 'Öffnen Sie $1 und installieren Sie $2.', fr: 'Ouvrez $1 et installez $2.', es: 'Abra $1 e instale $2.' },
  ],
  [/^(?:Open|Start) \*\*([^*]+)\*\*/, { de: 'Öffnen Sie $1.', fr: 'Ouvrez $1.', es: 'Abra $1.' }],
  [
    /^(?:Go to|On any device, go to|On your laptop go to|On your phone or another computer go to|Open) (https:\/\/[\w./-]+\w)/,
    { de: 'Gehen Sie auf $1.', fr: 'Allez sur $1.', es: 'Vaya a $1.' },
  ],
  [
    /^(?:Choose|Select|Click|Touch|Press) \*\*([^*]+)\*\*, (?:then )?\*\*([^*]+)\*\*/,
    { de: 'Wählen Sie $1 und dann $2.', fr: 'Choisissez $1, puis $2.', es: 'Elija $1 y luego $2.' },
  ],
  [
    /^(?:Choose|Select|Click|Touch|Press) \*\*([^*]+)\*\*/,
    { de: 'Wählen Sie $1.', fr: 'Choisissez $1.', es: 'Elija $1.' },
  ],
  [
    /^Badge in and choose \*\*([^*]+)\*\*, \*\*([^*]+)\*\*/,
    {
      de: 'Halten Sie Ihren Ausweis an das Gerät und wählen Sie $1 und $2.',
      fr: 'Présentez votre badge et choisissez $1, puis $2.',
      es: 'Acerque su tarjeta y elija $1 y luego $2.',
    },
  ],
  [
    /^Raise \*\*([^*]+)\*\*(?: at (https:\/\/[\w./-]+\w))?/,
    {
      de: 'Stellen Sie einen Antrag vom Typ $1.',
      fr: 'Faites une demande de type $1.',
      es: 'Envíe una solicitud del tipo $1.',
    },
  ],
  [
    /^\*\*([^*]+)\*\*, \*\*([^*]+)\*\*, \*\*([^*]+)\*\*/,
    {
      de: 'Öffnen Sie $1, dann $2 und dann $3.',
      fr: 'Ouvrez $1, puis $2 et enfin $3.',
      es: 'Abra $1, después $2 y luego $3.',
    },
  ],
  [/^(?:Run|Type) (`[^`]+`)/, { de: 'Geben Sie $1 ein.', fr: 'Saisissez $1.', es: 'Escriba $1.' }],
  [
    /^Press Windows key \+ R, type (`[^`]+`) and press Enter/,
    {
      de: 'Drücken Sie die Windows-Taste und R, geben Sie $1 ein und drücken Sie die Eingabetaste.',
      fr: 'Appuyez sur la touche Windows et R, saisissez $1 et appuyez sur Entrée.',
      es: 'Pulse la tecla Windows y R, escriba $1 y pulse Intro.',
    },
  ],
  [/^Dial (`[^`]+`)/, { de: 'Wählen Sie $1.', fr: 'Composez le $1.', es: 'Marque $1.' }],
  [
    /^Wait (?:about )?(\d+) minutes/,
    { de: 'Warten Sie $1 Minuten.', fr: 'Attendez $1 minutes.', es: 'Espere $1 minutos.' },
  ],
  [
    /^Wait (?:about )?two minutes/,
    { de: 'Warten Sie zwei Minuten.', fr: 'Attendez deux minutes.', es: 'Espere dos minutos.' },
  ],
  [
    /^Restart the laptop/,
    { de: 'Starten Sie den Laptop neu.', fr: "Redémarrez l'ordinateur portable.", es: 'Reinicie el portátil.' },
  ],
  [/^Ring (4357)/, { de: 'Rufen Sie die 4357 an.', fr: 'Appelez le 4357.', es: 'Llame al 4357.' }],
  [
    /^Connect the VPN/,
    { de: 'Verbinden Sie sich mit dem VPN.', fr: 'Connectez-vous au VPN.', es: 'Conéctese a la VPN.' },
  ],
  [
    /^Connect to (?:the office network|Brindlow-Staff) or the VPN/,
    {
      de: 'Verbinden Sie sich mit dem Büronetz oder dem VPN.',
      fr: 'Connectez-vous au réseau du bureau ou au VPN.',
      es: 'Conéctese a la red de la oficina o a la VPN.',
    },
  ],
  [
    /^Sign in once with SSO/,
    {
      de: 'Melden Sie sich einmal mit SSO an.',
      fr: 'Connectez-vous une fois avec SSO.',
      es: 'Inicie sesión una vez con SSO.',
    },
  ],
  [
    /^Forget the network(?: and|, then) join again/,
    {
      de: 'Vergessen Sie das Netzwerk und verbinden Sie sich neu.',
      fr: 'Oubliez le réseau et reconnectez-vous.',
      es: 'Olvide la red y vuelva a conectarse.',
    },
  ],
  [
    /^The (?:engineering lead|project lead|financial controller) approves/,
    {
      de: 'Danach wird der Antrag genehmigt.',
      fr: 'La demande est ensuite approuvée.',
      es: 'Después se aprueba la solicitud.',
    },
  ],
  [
    /^Type your work e-mail address/,
    {
      de: 'Geben Sie Ihre dienstliche E-Mail-Adresse ein.',
      fr: 'Saisissez votre adresse e-mail professionnelle.',
      es: 'Escriba su dirección de correo del trabajo.',
    },
  ],
  [
    /^Type a new password twice/,
    {
      de: 'Geben Sie das neue Kennwort zweimal ein.',
      fr: 'Saisissez deux fois le nouveau mot de passe.',
      es: 'Escriba la nueva contraseña dos veces.',
    },
  ],
  [
    /^Print as usual/,
    { de: 'Drucken Sie wie gewohnt.', fr: "Imprimez comme d'habitude.", es: 'Imprima como siempre.' },
  ],
  [/^Stop trying/, { de: 'Versuchen Sie es nicht weiter.', fr: "N'essayez plus.", es: 'Deje de intentarlo.' }],
  [
    /^Close and reopen Outlook/,
    {
      de: 'Schließen Sie Outlook und öffnen Sie es wieder.',
      fr: 'Fermez Outlook et rouvrez-le.',
      es: 'Cierre Outlook y vuelva a abrirlo.',
    },
  ],
];

/** Which parts are asked about in other languages, by document and heading. */
const questions: readonly (readonly [string, string, Said])[] = [
  [
    'network/vpn-set-up.md',
    'Install it on Windows',
    {
      de: 'Wie installiere ich das VPN auf meinem Windows-Laptop?',
      fr: 'Comment installer le VPN sur mon portable Windows ?',
      es: '¿Cómo instalo la VPN en mi portátil con Windows?',
    },
  ],
  [
    'network/vpn-set-up.md',
    'Install it on a Mac',
    {
      de: 'Wie bekomme ich das VPN auf meinen Mac?',
      fr: 'Comment installer le VPN sur mon Mac ?',
      es: '¿Cómo instalo la VPN en mi Mac?',
    },
  ],
  [
    'network/wifi-office.md',
    'Joining Brindlow-Staff',
    {
      de: 'Wie komme ich im Büro ins WLAN?',
      fr: 'Comment me connecter au Wi-Fi du bureau ?',
      es: '¿Cómo me conecto al wifi de la oficina?',
    },
  ],
  [
    'network/wifi-office.md',
    'It asks for a password',
    {
      de: 'Das WLAN im Büro fragt nach einem Kennwort, was nun?',
      fr: 'Le Wi-Fi du bureau demande un mot de passe, que faire ?',
      es: 'El wifi de la oficina me pide una contraseña, ¿qué hago?',
    },
  ],
  [
    'network/remote-desktop.md',
    'Connecting from a Mac',
    {
      de: 'Wie verbinde ich mich vom Mac mit einem Büro-PC?',
      fr: 'Comment me connecter à un PC du bureau depuis un Mac ?',
      es: '¿Cómo me conecto desde un Mac a un PC de la oficina?',
    },
  ],
  [
    'network/vpn-keeps-dropping.md',
    "It won't reconnect",
    {
      de: 'Mein VPN verbindet sich nach dem Ruhezustand nicht mehr.',
      fr: 'Mon VPN ne se reconnecte pas après la mise en veille.',
      es: 'La VPN no se vuelve a conectar después de la suspensión.',
    },
  ],
  [
    'accounts/password-reset.md',
    'Reset a forgotten password',
    {
      de: 'Ich habe mein Kennwort vergessen, wie setze ich es zurück?',
      fr: "J'ai oublié mon mot de passe, comment le réinitialiser ?",
      es: 'He olvidado mi contraseña, ¿cómo la restablezco?',
    },
  ],
  [
    'accounts/password-change.md',
    'Change it on a Mac',
    {
      de: 'Wie ändere ich mein Kennwort im Browser?',
      fr: 'Comment changer mon mot de passe dans le navigateur ?',
      es: '¿Cómo cambio mi contraseña en el navegador?',
    },
  ],
  [
    'accounts/mfa-new-phone.md',
    'I still have my old phone',
    {
      de: 'Ich habe ein neues Handy, wie ziehe ich die Authenticator-App um?',
      fr: "J'ai un nouveau téléphone, comment transférer l'authentification ?",
      es: 'Tengo un teléfono nuevo, ¿cómo traslado la aplicación de autenticación?',
    },
  ],
  [
    'accounts/sso-lockout.md',
    'Too many wrong passwords',
    {
      de: 'Mein Konto ist gesperrt, was soll ich tun?',
      fr: 'Mon compte est bloqué, que dois-je faire ?',
      es: 'Mi cuenta está bloqueada, ¿qué debo hacer?',
    },
  ],
  [
    'devices/disk-encryption.md',
    'The blue BitLocker screen',
    {
      de: 'Der Laptop zeigt einen blauen Bildschirm und will einen Wiederherstellungsschlüssel.',
      fr: 'Mon portable affiche un écran bleu et demande une clé de récupération.',
      es: 'El portátil muestra una pantalla azul y pide una clave de recuperación.',
    },
  ],
  [
    'devices/clock-and-time-zone.md',
    'My clock is wrong',
    {
      de: 'Die Uhr meines Laptops geht falsch.',
      fr: "L'horloge de mon portable est fausse.",
      es: 'El reloj de mi portátil está mal.',
    },
  ],
  [
    'devices/restore-files.md',
    'OneDrive or SharePoint',
    {
      de: 'Ich habe eine Datei in OneDrive gelöscht, wie hole ich sie zurück?',
      fr: "J'ai supprimé un fichier dans OneDrive, comment le récupérer ?",
      es: 'He borrado un archivo de OneDrive, ¿cómo lo recupero?',
    },
  ],
  [
    'printing/add-printer.md',
    'Mac',
    {
      de: 'Wie füge ich auf dem Mac einen Drucker hinzu?',
      fr: 'Comment ajouter une imprimante sur Mac ?',
      es: '¿Cómo añado una impresora en el Mac?',
    },
  ],
  [
    'printing/add-printer.md',
    'Windows',
    {
      de: 'Unter Windows fehlt mir der Drucker, wie füge ich ihn hinzu?',
      fr: "Sous Windows, l'imprimante manque, comment l'ajouter ?",
      es: 'En Windows me falta la impresora, ¿cómo la añado?',
    },
  ],
  [
    'printing/secure-print.md',
    'Collect a print',
    {
      de: 'Wie hole ich meine Ausdrucke ab?',
      fr: 'Comment récupérer mes impressions ?',
      es: '¿Cómo recojo mis impresiones?',
    },
  ],
  [
    'printing/scan-to-email.md',
    'Scan to my own e-mail',
    {
      de: 'Wie scanne ich etwas an meine E-Mail-Adresse?',
      fr: 'Comment numériser vers mon adresse e-mail ?',
      es: '¿Cómo escaneo un documento a mi correo?',
    },
  ],
  [
    'printing/scan-to-email.md',
    'Scan to a shared folder',
    {
      de: 'Wie scanne ich in einen gemeinsamen Ordner?',
      fr: 'Comment numériser vers un dossier partagé ?',
      es: '¿Cómo escaneo a una carpeta compartida?',
    },
  ],
  [
    'email/quarantine.md',
    'Release a message',
    {
      de: 'Wie gebe ich eine Nachricht aus der Quarantäne frei?',
      fr: 'Comment libérer un message de la quarantaine ?',
      es: '¿Cómo libero un mensaje de la cuarentena?',
    },
  ],
  [
    'email/report-phishing.md',
    'Report it',
    {
      de: 'Wie melde ich eine verdächtige E-Mail?',
      fr: 'Comment signaler un e-mail suspect ?',
      es: '¿Cómo informo de un correo sospechoso?',
    },
  ],
  [
    'access/github-access.md',
    'Get access',
    {
      de: 'Wie bekomme ich Zugang zu GitHub?',
      fr: "Comment obtenir l'accès à GitHub ?",
      es: '¿Cómo consigo acceso a GitHub?',
    },
  ],
  [
    'access/jira-access.md',
    'Ask for Jira',
    { de: 'Wie beantrage ich Jira?', fr: 'Comment demander un accès à Jira ?', es: '¿Cómo solicito acceso a Jira?' },
  ],
  [
    'access/crm-access.md',
    'Get access',
    {
      de: 'Ich brauche Zugang zu Salesforce.',
      fr: "J'ai besoin d'un accès à Salesforce.",
      es: 'Necesito acceso a Salesforce.',
    },
  ],
  [
    'access/finance-system.md',
    'How to request access',
    {
      de: 'Wie beantrage ich den Zugang zu Northledger?',
      fr: "Comment demander l'accès à Northledger ?",
      es: '¿Cómo solicito acceso a Northledger?',
    },
  ],
  [
    'phones/softphone.md',
    'Set it up',
    {
      de: 'Wie richte ich das Softphone ein?',
      fr: 'Comment configurer le softphone ?',
      es: '¿Cómo configuro el softphone?',
    },
  ],
  [
    'phones/roaming.md',
    'How do I get the travel bundle',
    {
      de: 'Wie bekomme ich das Reisepaket für mein Diensthandy?',
      fr: 'Comment obtenir le forfait voyage pour mon téléphone ?',
      es: '¿Cómo consigo el paquete de viaje para mi móvil?',
    },
  ],
  [
    'software/install-software.md',
    'Install something',
    {
      de: 'Wie installiere ich ein Programm?',
      fr: 'Comment installer un logiciel ?',
      es: '¿Cómo instalo un programa?',
    },
  ],
  [
    'software/excel-crashes.md',
    'Excel crashes when',
    { de: 'Excel stürzt beim Öffnen ab.', fr: 'Excel plante au démarrage.', es: 'Excel se cierra al abrirlo.' },
  ],
  [
    'rooms/room-camera-sound.md',
    'Start a meeting',
    {
      de: 'Wie starte ich eine Besprechung im Raum?',
      fr: 'Comment démarrer une réunion dans la salle ?',
      es: '¿Cómo inicio una reunión en la sala?',
    },
  ],
  [
    'email/shared-mailbox.md',
    'Open a shared mailbox',
    {
      de: 'Das gemeinsame Postfach erscheint nicht in Outlook.',
      fr: "La boîte aux lettres partagée n'apparaît pas dans Outlook.",
      es: 'El buzón compartido no aparece en Outlook.',
    },
  ],
];

function translate({ markdown }: Statement, tongue: Tongue): string | null {
  if (/\b(?:if|unless|only|not|don't)\b/i.test(plain(markdown).split('. ')[0] ?? '')) return null;
  for (const [from, said] of phrases) {
    const found = from.exec(markdown);
    if (found !== null)
      return said[tongue].replaceAll(/\$(\d)/g, (_, place: string) => plain(found[Number(place)] ?? ''));
  }
  return null;
}

function stepsIn(scene: Scene, tongue: Tongue): Recipe['sentences'] {
  return scene.statements.flatMap((one) => {
    const text = translate(one, tongue);
    return text === null ? [] : [{ text, support: supportOf(scene, one.quote) }];
  });
}

/** The answer in the language of the question, the quotes in that of the document. */
export function translated(tongue: Tongue): Cook {
  return (scene) => {
    const heading = scene.right.headings.at(-1) ?? '';
    const found = questions.find(([document, begins]) => document === scene.document && heading.startsWith(begins));
    if (found === undefined || !scene.id.endsWith('.0')) return null;
    const sentences = stepsIn(scene, tongue).slice(0, 5);
    return sentences.length === 0 ? null : { sentences, bad: [], question: found[2][tongue], language: tongue };
  };
}

/** Asked in one language, answered in another. */
export const wrongLanguage: Cook = (scene, chance) => {
  const tongue = chance.pick(['de', 'fr', 'es'] as const);
  const sentences = stepsIn(scene, tongue).slice(0, 4);
  const long = sentences
    .map(({ text }) => text)
    .join(' ')
    .split(' ').length;
  if (long < 8) return null;
  return { sentences, bad: sentences.map((_, at) => at), language: chance.share() < 0.5 ? tongue : 'en' };
};
