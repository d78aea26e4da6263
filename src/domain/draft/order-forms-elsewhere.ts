// The same orders in other languages: in lower case, without accents.

const BEFORE =
  '(?:vorherig|vorig|bisherig|obig|oben|fruher|vorangegangen|vorstehend|alle|deine|eure|system|precedent|anterieur|ci-dessus|prealable|toutes?|tes|vos|systeme|anterior|previ|todas?|todos|tus|sus|tuas|suas|de arriba|acima|sistema|eerder|vorig|voorgaand|bovenstaand|jouw|je |uw|systeem|precedent|sopra|tutt|tue|vostre|poprzedni|wczesniejsz|powyzsz|wszystki|swoj|twoj)';
const RULES =
  '(?:anweisung|instruktion|regeln?\\b|befehl|vorgabe|prompt|instruction|consigne|regle|directive|instruccion|regla|orden|indicacion|instruc|regra|ordem|ordens|indicac|instructie|regels|opdracht|aanwijzing|istruzion|regol|ordini|instrukcj|polece|zasad|regul)';
const FORGET =
  '(?:ignorier|missacht|vergiss|vergesst|vergessen sie|verwirf|ignore[rz]?|oublie[rz]?|ne (?:tiens|tenez) pas compte|neglige[rz]?|ignora|ignorad|olvid[ae]|descart[ae]|haz caso omiso|haga caso omiso|esquec[ae]|esquece|desconsider[ae]|negeer|vergeet|ignorate|dimentica|dimenticate|trascura|zignoruj|ignoruj|zapomnij|pomin)';
/** The word is the same; what is meant there is told from its ordinary use elsewhere. */
const NOT_ENGLISH = '(?!ignore (?:the|all|any|every|your|these|those|this|that)\\b)';
const MODEL =
  '(?:ki|k\\.i\\.|sprachmodell|assistent(?:e|in|em)?|chatbot|bot|ia|i\\.a\\.|modele de langage|assistant|modelo de lenguaje|asistente|modelo de linguagem|taalmodel|ai|modello linguistico|model jezykowy|asystent(?:em)?)';

/** Machines only; who assists may be a person, and is one unless it is a note to them. */
const MACHINES =
  "(?:(?:l'|d')?(?:ki|k\\.i\\.|ia|i\\.a\\.|ai)(?:[- ](?:system[a-z]*|assist[a-z]+|asist[a-z]+|modell?[a-z]*|agent[a-z]*|bots?))?|(?:grosse )?sprachmodelle?n?|kunstliche[nr]? intelligenz(?:en)?|chatbots?|bots?|robots? conversationnels?|modeles? (?:de langage|d'ia)|intelligences? artificielles?|modelos? (?:de lenguaje|de linguagem|de ia|linguisticos?)|inteligencias? artificia(?:l|is|les)|(?:grote )?taalmodel(?:len)?|kunstmatige intelligentie|modell[oi] (?:linguistic[oi]|di linguaggio|di ia)|intelligenz[ae] artificial[ei]|model(?:e|i|om|u)? jezykow(?:y|e|ych|ym|ego)|(?:virtue[a-z]+ |digita[a-z]+ )?(?:assistent[a-z]*|assistants?|asistentes?|assistentes?|asystent[a-z]*)(?: (?:virtue[a-z]+|virtua[a-z]+|digita[a-z]+|numeriques?|ia|de ia|d'ia))?)(?![-a-z])";
const NOTES =
  '(?:hinweise?|instruktion(?:en)?|anmerkung|notiz|nachricht|mitteilung|kommentar|achtung|botschaft|aufforderung|befehle?|note|remarque|message|avis|attention|commentaire|consignes?|notas?|avisos?|mensajes?|mensagem|mensagens|comentarios?|atencion|atencao|lembrete|recado|bericht|opmerking|let op|mededeling|melding|opdracht|notitie|messaggio|avviso|commento|attenzione|nota|uwaga|wiadomosc|komunikat|texte?|texto?|testo|tekst|instruc[a-z]+|istruzion[ei]|anweisung(?:en)?)';
const TO =
  "(?:fur|an|zu|pour|a l'attention (?:de|des|du|d')|a destination (?:de|des|du|d')|destine[es]* (?:a|aux|au)|a|aux|au|para|aos?|as|dirigid[oa]s? a|voor|aan|per|alle?|agli|ai|ad|dla|do)";
const ARTICLES =
  "(?:(?:die|den|das|der|alle|jede[nrs]?|les?|la|l'|tous les|toutes les|los|las|el|todos (?:los|os)|todas (?:las|as)|os?|as|de|het|elke|gli|il|i|lo|tutti (?:gli|i)|wszystkich|toutes?|chaque|cada|cualquier|toda|qualquer|ogni|qualsiasi|iedere|kazd[a-z]+) ?)*";

/** How orders to say or to forget something begin. */
const VERBS =
  '\\b(?:antwort|sag(?:e|en|t)?\\b|empfiehl|empfehl|nenn|ignorier|vergiss|vergesst|vergessen sie|schreib|behaupt|bestatig|verrat|gib (?:nur|immer|keine|aus)|repond|dit(?:es)?\\b|dis\\b|indiqu|recommand|oubli|ignor|ecri[st]|ecrivez|renvoi|renvoy|ne cite|revel|respond|dig[ao]|di\\b|recomiend|recomend|aprov|aprob|apruev|olvid|escrib|escrev|esquec|anad|acrescent|revele|zeg\\b|antwoord|stuur|noem|negeer|vergeet|schrijf|beweer|rispond|dica|dite\\b|consigl|dimentic|scriv|aggiung|odpowi|powiedz|napisz|zapomnij)';
/** By whom they are meant to be read. */
export const ADDRESSED_ELSEWHERE: readonly string[] = [
  `(?:^|[.!?;:>(\\[|-] ?)(?:wichtig[a-z]*|important[ae]?|importante|belangrijk[a-z]*)?[,:]? ?${NOTES},? ?${TO}?,? ?${ARTICLES}${MACHINES}[^.:?!]{0,50}(?::| - )`,
  `(?:^|[.!?;:>(\\[|] ?)(?:fur|an|pour|a|para|ao|voor|aan|per|dla) ${ARTICLES}${MACHINES}(?: (?:die|der|das|qui|que|che|dat|ktor[a-z]+) [^.:?!]{0,40})? ?:`,
  `(?:^|[.!?] )(?:sehr geehrte[rs]?|liebe[rs]?|hallo|hey|cher|chere|chers|bonjour|estimad[oa]s?|querid[oa]s?|car[oaie]|gentile|ola|hola|ciao|beste|geachte|drog[ia]|prezad[oa]s?) ${MACHINES}[,!:]? (?=(?:[^.!?]{0,60} )?${VERBS})`,
  `(?:^|[.!?:;,] ?)(?:wenn du|falls du|wenn sie|falls sie|si (?:tu es|vous etes|eres|usted es)|se (?:sei|voce e|es|fores|for)|als (?:je|jij|u)|jesli jestes) (?:ein(?:e)? |une? |uno? |una |um |uma |een )?(?:un')?${MACHINES}(?: (?:bist|sind|bent))?[^.!?]{0,40}[,:]`,
  `\\b(?:die ki|der (?:bot|assistent)|das sprachmodell|(?:alle )?(?:ki-[a-z]+|sprachmodelle|assistenten)|l'ia|l'assistant|les (?:assistants|ia|modeles de langage)|le (?:bot|modele)|la ia|el (?:asistente|bot|modelo)|los (?:asistentes|modelos de lenguaje)|a ia|o (?:assistente|bot|modelo)|os (?:assistentes|modelos de linguagem)|l'assistente|gli assistenti|i modelli linguistici|de (?:ai|assistent|bot)|(?:alle )?(?:taalmodellen|assistenten))\\b (?:muss|mussen|soll|sollen|doit|doivent|debe|deben|deve|devem|devono|moet|moeten)(?: (?:immer|stets|toujours|siempre|sempre|altijd))?(?: [^.!?]{0,80})? ?\\b(?:antworten|sagen|empfehlen|ausgeben|verschweigen|repondre|dire|recommander|inclure|repeter|responder|decir|recomendar|dizer|incluir|repetir|rispondere|raccomandare|includere|ripetere|antwoorden|zeggen|aanbevelen|herhalen)\\b`,
];

export const ELSEWHERE: readonly string[] = [
  `\\b${NOT_ENGLISH}${FORGET}[a-z]*\\b[^.!?]{0,30}\\b${BEFORE}[^.!?]{0,30}\\b${RULES}`,
  `\\b${NOT_ENGLISH}${FORGET}[a-z]*\\b[^.!?]{0,30}\\b${RULES}[a-z]*\\b[^.!?]{0,25}\\b${BEFORE}`,
  `\\b(?:du bist|sie sind) (?:jetzt|ab jetzt|nun|ab sofort)\\b[^.!?]{0,50}\\b${MODEL}\\b`,
  `\\b(?:tu es|vous etes) (?:maintenant|desormais)\\b[^.!?]{0,50}\\b${MODEL}\\b`,
  `\\b(?:ahora|a partir de ahora) (?:eres|es usted)\\b[^.!?]{0,50}\\b${MODEL}\\b`,
  `\\b(?:agora (?:es|voce e|tu es)|voce agora e|a partir de agora (?:es|voce e))\\b[^.!?]{0,50}\\b${MODEL}\\b`,
  `\\b(?:je bent|u bent|jij bent) (?:nu|vanaf nu|voortaan)\\b[^.!?]{0,50}\\b${MODEL}\\b`,
  `\\b(?:ora sei|da ora sei|jestes teraz|od teraz jestes)\\b[^.!?]{0,50}\\b${MODEL}\\b`,
  `(?:^|[.!;:,] ?)(?:als (?:ki|ai|sprachmodell|taalmodel|kunstliche intelligenz|ki-[a-z]+|ai-[a-z]+)|en tant qu[e'] ?(?:ia|modele de langage|assistant (?:ia|virtuel))|como (?:ia|modelo de lenguaje|modelo de linguagem|asistente de ia|assistente de ia)|jako (?:ai|model jezykowy)|in quanto (?:ia|modello))\\b[^.!?]{0,30}\\b(?:du|dich|dein[a-z]*|sie mussen|sie sollen|musst|sollst|je|jij|u|moet|vous|tu|devez|dois|debes?|tienes|usted|voce|deves?|tens|devi|deve|musisz)\\b`,
  '\\b(?:antworte|antworten sie|antworde) (?:immer )?(?:nur|ausschliesslich|lediglich) mit\\b|\\b(?:reponds|repondez) (?:uniquement|seulement|exclusivement|toujours) (?:par|avec)\\b|\\b(?:responde|responda) (?:solo|solamente|unicamente|exclusivamente|siempre) con\\b|\\b(?:responde|responda) (?:so|apenas|somente|unicamente|sempre) com\\b|\\bantwoord (?:alleen|uitsluitend|enkel|altijd) met\\b|\\brispondi (?:solo|soltanto|unicamente|sempre) con\\b|\\bodpowiadaj (?:tylko|wylacznie|zawsze)\\b',
  '\\b(?:gib|zeig|zeige|verrate|nenne|wiederhole|drucke|geben sie|zeigen sie|affiche|affichez|revele|revelez|repete|montre|montrez|muestra|muestre|revela|revele|repite|imprime|mostra|mostre|repete|toon|onthul|herhaal|geef|mostrami|rivela|stampa|pokaz|ujawnij|wypisz)\\b[^.!?]{0,40}\\b(?:system-?prompts?|systemanweisung(?:en)?|(?:deine|ihre|eure)n? (?:anweisungen|instruktionen|regeln)|prompt (?:systeme|du systeme|del sistema|do sistema|di sistema|systemowy)|(?:tes|vos) (?:instructions|consignes|regles)|(?:tus|sus) (?:instrucciones|reglas)|(?:tuas|suas|as tuas|as suas) (?:instrucoes|regras)|systeemprompt|(?:je|jouw|uw) (?:instructies|regels)|(?:le tue|tue) istruzioni|(?:swoje|twoje) instrukcje)\\b',
  `\\b(?:sag|sage|sagen sie|teile|teilen sie|dis|dites|di|dile|diga|diz|diga|dize|zeg|vertel|di'|powiedz)\\b (?:(?:dem|den|der|allen|jedem|a|aux?|l'|al|a los|ao|aos|tegen|de|het|alle|elke|all'|agli|a l'|todos os|kazdemu) ?)*(?:nutzern?|benutzern?|anwendern?|mitarbeitern?|fragenden|utilisateurs?|employes?|usuarios?|empleados?|utilizador(?:es)?|colaborador(?:es)?|gebruikers?|medewerkers?|utent[ei]|uzytkownik(?:owi|om))\\b[^.!?]{0,160}(?:https?:|www\\.|\\b[a-z0-9-]+\\.[a-z]{2,8}\\b|\\bpasswor|\\bdass\\b|\\bque\\b|\\bdat\\b|\\bche\\b)`,
  '\\b(?:zitiere|zitieren sie|nenne) (?:keine|nicht)(?: die)? ?(?:quellen?|dokumente?)?(?=$|[.,;! ])|\\bne (?:cite|citez) (?:pas|aucune)\\b|\\bno cites\\b|\\bnao cites?\\b|\\b(?:citeer|noem) geen bron(?:nen)?\\b|\\bnon citare\\b|\\bnie cytuj\\b',
  `\\b(?:neue|nouvelles?|nuevas?|novas?|nieuwe|nuove|nowe) (?:system-?)?(?:anweisung|instruction|instruccion|instruc|instructie|istruzion|instrukcj)[a-z]*(?: [a-z]+){0,4}:`,
  '\\bauf jede frage (?:lautet|ist) die antwort\\b|\\bdie antwort auf (?:jede|alle) fragen? (?:lautet|ist)\\b|\\bla reponse a (?:chaque|toute|toutes les) questions? est\\b|\\bla respuesta a (?:cada|toda|todas las|cualquier) preguntas? es\\b|\\ba resposta a (?:cada|qualquer|todas as) perguntas? e\\b|\\bla risposta a (?:ogni|tutte le) domand[ae] e\\b|\\bhet antwoord op (?:elke|iedere|alle) vra(?:ag|gen) is\\b',
];
