import { askedStems, foundIn, joinedUp } from '../model/choose.ts';
import type { Draft } from '../model/draft.ts';
import { phrase } from '../model/phrase.ts';
import { heapOf, shareHeld } from '../model/words.ts';
import { saying, type Scene } from './scene.ts';

/** True sentences with true quotes, of what has least to do with the question. */
export function answersAnotherQuestion(scene: Scene): Draft {
  const { prompt, chance, seed } = scene;
  const asked = askedStems(prompt.question);
  const ranked = prompt.passages
    .map((passage) => ({
      passage,
      share: shareHeld(asked, heapOf(`${passage.title} ${passage.section} ${passage.text}`)),
    }))
    .toSorted((one, other) => one.share - other.share);
  const far = ranked[0]?.passage;
  if (far === undefined) return saying(scene, []);
  const unasked = joinedUp(far).filter(({ statements }) =>
    statements.every(({ text }) => shareHeld(asked, heapOf(text)) < 0.34),
  );
  const start = unasked.length > 4 ? chance.below(unasked.length - 3) : 0;
  const found = unasked.length > 0 ? unasked.slice(start, start + 4) : foundIn(far, []).slice(0, 3);
  return saying(scene, phrase(found, seed));
}

const foreign: Readonly<Record<string, readonly string[]>> = {
  de: [
    'Öffnen Sie zuerst die Einstellungen und wählen Sie dort das Netzwerk aus.',
    'Starten Sie danach das Gerät neu und melden Sie sich wieder an.',
    'Wenn das nicht hilft, wenden Sie sich bitte an die IT.',
  ],
  fr: [
    'Ouvrez d’abord les paramètres et choisissez le réseau dans la liste.',
    'Redémarrez ensuite votre appareil et connectez-vous de nouveau.',
    'Si cela ne suffit pas, demandez de l’aide au service informatique.',
  ],
  es: [
    'Abra primero la configuración y elija la red en la lista.',
    'Después reinicie el equipo y vuelva a iniciar la sesión.',
    'Si no funciona, pida ayuda al departamento de informática.',
  ],
  pt: [
    'Abra primeiro as definições e escolha a rede na lista.',
    'Depois reinicie o computador e volte a iniciar a sessão.',
    'Se não resultar, peça ajuda à equipa de informática.',
  ],
  nl: [
    'Open eerst de instellingen en kies het netwerk in de lijst.',
    'Start daarna het apparaat opnieuw en meld u weer aan.',
    'Als dat niet helpt, vraag dan de afdeling IT om hulp.',
  ],
};

/** As many sentences as there were, in a language that nobody wrote in, over the true quotes. */
export function wrongLanguage(scene: Scene): Draft {
  const { honest, chance } = scene;
  const code = chance.pick(Object.keys(foreign).filter((language) => language !== honest.language));
  const words = foreign[code] ?? [];
  const sentences = honest.sentences.map(({ support }, index) => ({
    text: words[index % words.length] ?? '',
    support,
  }));
  // whether it owns up to the language or not
  return { ...saying(scene, sentences), language: chance.below(2) === 0 ? code : honest.language };
}
