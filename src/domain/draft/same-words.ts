/** Words that say the same in a helpdesk, one group after the other. Forms of a word need not be named, but for irregular ones. */
export const SAME: readonly (readonly string[])[] = [
  'choose select pick click press tap hit touch push / open launch start begin go navigate visit head',
  'start run launch execute begin / type enter input fill write key put / sign log login logon logged',
  'raise open create submit file log make send ticket / ticket request case / install setup add set',
  'restart reboot / quit close exit shut / delete remove erase / turn switch put set flip toggle',
  'enable activate / disable deactivate',
  'tell inform notify let say report contact message write mention ring call / call phone ring telephone',
  'contact reach ask / ask request / email mail message / laptop computer machine pc device notebook',
  'phone mobile smartphone handset / screen display monitor / app application program software client tool',
  'folder directory / icon symbol / button key / link url address page site website',
  'need require want must necessary / get receive obtain collect fetch pick gain',
  'give hand provide supply issue grant assign state name / send post forward mail ship dispatch deliver',
  'fix repair solve resolve mend / fault bug error problem issue trouble failure / use utilise utilize work',
  'keep stay remain leave retain hold / look check see verify inspect examine confirm review',
  'see view find read notice spot / find detect discover recognise recognize locate / permanent permanently forever good / show display list say appear / appear show come turn arrive',
  'end finish complete done over / stop end halt cease / wait pause / try attempt test',
  'work function run operate / allow permit let accept approve / approve confirm accept agree',
  'allowed permitted / forbidden prohibited banned / block stop prevent reject refuse filter',
  'help assist support / buy purchase order / cost price charge pay expense / big large bulky / small little',
  'quick fast rapid / slow sluggish / wrong incorrect / right correct proper',
  'broken faulty defective damaged dead / lost missing gone / new fresh / old previous former earlier',
  'normal usual ordinary regular standard usually normally typically',
  'immediately instantly once straight straightaway now directly promptly / automatically itself automatic',
  'manually hand manual / about approximately around roughly nearly almost / often frequently usually',
  'always every everytime',
  'person people somebody someone anyone anybody user employee colleague everyone everybody staff member',
  'colleague coworker teammate / manager boss supervisor / team department group',
  'office site building location place / near beside next by close alongside / corner edge side / top upper',
  'bottom lower / list table register / change alter modify edit update switch adjust / update upgrade',
  'rename change / move transfer migrate / replace swap exchange replacement substitute',
  'connect join link attach plug / disconnect unplug detach / drop disconnect lose cut',
  'prompt notification question message popup dialog / note information detail info / reason cause why because',
  'time moment / minute min minutes / hour hrs hr / second sec / day daily / week weekly / month monthly',
  'year yearly annual annually / expire lapse end run / last take / extend prolong extension extended longer',
  'permission right access rights / access reach / reset renew / save store keep / copy duplicate',
  'search find look / return bring hand back / register enrol enroll sign registration enrolment / borrow loan',
  'settings options preferences / option choice / allow enable / exact precise exactly precisely',
  'mean indicate signify / happen occur / solution fix answer / reply respond answer / reinstall install again',
  'travel abroad trip / company firm organisation organization / photo picture photograph image',
  'document file paper / hold press keep / total overall all entire whole / maximum most max limit up',
  'minimum least min / different other another / separate own / several multiple many / belong own',
  'harmless safe / write compose / plug insert put / blink flash / clean wipe / wait hold',
  'decline refuse reject deny / refuse decline not / valid good / clear empty delete / supported support cover',
  'recommended recommend advise suggest / possible can able / however but though although',
  'include contain hold / both two / own personal private / personal private / work business / talk speak',
  'before earlier prior beforehand / after afterwards later following / outside external',
  'inside internal within / unable cannot / need have / listed list mention / correct fix',
  'accidentally accident mistake / mistakenly accident mistake / fully completely entirely totally',
  'additional extra more further / home house / signal reception coverage / sound audio / mic microphone',
  'camera webcam / picture image / speak call talk / meeting call / charge power battery / overnight night',
  'noon midday / taskbar tray clock / holiday vacation leave / leave depart go / join start / joiner starter',
  'attend join / cancel stop end / describe say tell explain / explain say tell describe / reported report tell',
  'explanation reason / fill complete / cover include / receive arrive get land come / arrive reach come land',
  'older old / newer new / later late / near nearer close closer / elsewhere other / tick check mark / command line / raise submit file / state say tell give / fly flight / pass complete finish / fine allowed okay ok permitted free',
  'wait allow / continue proceed follow / say ask request / vanish disappear gone / appear pop / worker employee staff / helpdesk us support / us we our helpdesk',
].flatMap((line) => line.split(' / ').map((group) => group.split(' ')));

/** Expressions of several words, and the word that says the same. */
export const PHRASES: readonly (readonly [RegExp, string])[] = [
  [/\blet ((?:[\w-]+ )?[\w-]+) know\b/gi, 'tell $1'],
  [/\b(?:straight|right) away\b|\bat once\b/gi, 'immediately'],
  // no side, and nothing that is right
  [/\b(?:straight|right) (?=(?:after|before|behind|below|above|beside|next to|now|there|here)\b)/gi, 'directly '],
  // how a step ends that may have helped
  [/,? (?:and|then|and then) try (?:it )?again\b/gi, ''],
  // by the name of the key
  [/\b(?:windows|win)(?: key)?\s*\+\s*(?=\p{L})/giu, 'Windows key + '],
  [/\balmost always\b/gi, 'usually'],
  [/\b(is|are|was|be) off by (?=(?:more|less|at least|over|up to|an?|one|\d+)\b)/gi, '$1 out by '],
  // where something stands, not below what
  [/\bunder (?=\p{Lu})/gu, 'in '],
  // its date is none
  [/\bup[- ]to[- ]date\b/gi, 'updated'],
];

/** Forms that no rule finds. */
export const IRREGULAR: Readonly<Record<string, string>> = Object.fromEntries(
  [
    'chose:choose chosen:choose took:take taken:take sent:send got:get gotten:get kept:keep found:find lost:lose',
    'told:tell gave:give given:give wrote:write written:write shown:show began:begin begun:begin broke:break',
    'broken:break stole:steal stolen:steal ran:run made:make saw:see seen:see went:go gone:go bought:buy',
    'brought:bring held:hold built:build meant:mean paid:pay said:say lent:lend forgot:forget forgotten:forget',
    'came:come met:meet spoke:speak spoken:speak slept:sleep became:become knew:know known:know wore:wear',
    'worn:wear drove:drive threw:throw thrown:throw fell:fall fallen:fall grew:grow dealt:deal stood:stand',
    'understood:understand taught:teach caught:catch rang:ring rung:ring sat:sit people:person men:man women:woman',
    'children:child halves:half lying:lie tying:tie dying:die',
  ].flatMap((line) => line.split(' ').map((pair) => pair.split(':'))),
);
