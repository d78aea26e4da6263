import {
  ADDRESS,
  ANSWERS,
  BEFORE,
  BEGINS,
  MACHINE,
  MODEL_ONLY,
  READER,
  READS,
  RULES,
  SAYS,
  WORDING,
  WRITES,
} from './order-words.ts';
import { ADDRESSED_ELSEWHERE, ELSEWHERE } from './order-forms-elsewhere.ts';

// Orders are matched in lower case, without accents, with one space between words, without double quotes.

/** To let go of what it was told. */
const FORGETTING: readonly string[] = [
  `\\b(?:ignore|disregard|forget|override|discard|neglect|drop|bypass|do not follow|don't follow|stop following|pay no attention to)\\b(?: (?:all|any|every|everything|of|the|your|these|those|my|about|in))*(?: ${BEFORE})+(?: (?:and|or|the|system|user|safety))* ${RULES}\\b(?! if (?:you|your)\\b(?!.*\\b${MACHINE}))`,
  `\\b(?:ignore|disregard|forget|override|discard|bypass|do not follow|don't follow|stop following)\\b(?: (?:all|any|every|of|the|these))* your(?: [a-z]+)? ${RULES}\\b`,
  `\\b(?:ignore|disregard|forget|override)\\b(?: (?:all|any|every|of|the|these|those))* (?:instructions|prompts|directives|guidelines)(?: (?:you (?:were|have been|got|received)|given to you|from (?:the )?(?:system|developer)|(?:above|before) (?:this|and)))`,
  '\\b(?:ignore|disregard|forget) (?:all|everything|anything|whatever)(?: (?:that|which))?(?: (?:was|is|has been|comes?|came|you(?: (?:were|have been|know|learned))?|i|we|said|written|told))* (?:above|before|told|previously|know|until now|so far|earlier|prior)\\b',
  `\\b(?:ignore|disregard|override) (?:(?:all|any|every|the|your|these|other|retrieved|given) )*(?:passages|context|knowledge base)\\b(?=,? (?:and|then|or|instead)\\b|[.!:]|$)|\\b(?:ignore|disregard) (?:all |the |your )?rules(?: and|\\.|,)+ (?:then )?${SAYS}\\b`,
  '(?<!\\bdo you )\\b(?:take|takes|receive|follow|obey|accept) (?:your |all |only )*(?:orders|instructions|commands|directions) (?:only |solely |now )*from (?:me|us|this (?:page|text|document|ticket|message|note))\\b|\\b(?:drop|skip|lift|suspend|waive|remove|forget) the (?:citations?|sources?|grounding|quotes?|quoting) (?:requirements?|rules?|checks?)\\b|\\byour (?:system )?(?:instructions|prompt|guidelines|directives) (?:was|were|has been|have been|are|is) (?:now )?(?:updated|changed|replaced|overridden|void|cancelled)\\b',
  '\\bignore all instructions\\b|\\b(?:new|updated|real|actual|following|these) (?:system )?instructions?(?: for (?:you|the (?:assistant|ai|bot|model)))?: |\\boverrides? (?:all|any|the) (?:other |previous |prior |earlier )*(?:instructions?|rules?|prompts?|passages?)\\b',
  `${BEGINS}(?:system|developer|admin(?:istrator)?|prompt|assistant|emergency) (?:override|note to (?:the )?model|command)\\b[^.:!?]{0,40}:`,
];

/** To be somebody else. */
const PRETENDING: readonly string[] = [
  `\\byou (?:are|will be|act|'re|become) (?:now|from now on|henceforth|hereby)(?: (?:a|an|the|in|my|free|no longer))*(?: [a-z-]+){0,4} (?:${MACHINE}|dan|persona|character|hacker|pirate|jailbroken|unrestricted|unfiltered|uncensored|(?:developer|debug|god|admin|dan|maintenance) mode|restrictions|bound by)\\b`,
  `${BEGINS}(?:pretend|make believe|act as (?:if|though)) (?:that )?(?:(?:the|your|these|all|our) )*(?:documents?|passages?|sources?|pages?|guides?|policy|policies|knowledge base|company)\\b`,
  '\\b(?:assistant|god|dan|jailbreak) mode ?(?:[:=-]|is)? ?(?:unlocked|enabled|on|activated|engaged)\\b|\\b(?:switch|switches|switched|turn|turns|disable|disables|lift|lifts|remove|removes)(?: off)? (?:its|your)(?: own)? (?:safety (?:checks?|rules|filters?|measures)|guardrails|safeguards|restrictions)\\b',
  '\\b(?:finish|complete|continue|go on with) (?:this|the following) (?:dialog(?:ue)?|conversation|transcript|chat|story)\\b|\\bend of (?:the )?(?:tickets?|page|document|image|text|attachments?|context|conversation|input|passages?|question|data|prompt)\\b[ .:,;-]*(?:begin|start|new|now|assistant|system|instructions?|next) ',
  `\\byou are (?:(?:a|an|the)(?: [a-z-]+){0,4} ${MACHINE},? (?:that|who|which|and|without|with|named|called|whose|tasked|designed|trained)|no longer (?:[a-z-]+ ){0,4}(?:${MACHINE}|bound by))\\b`,
  '\\b(?:enter|enable|activate|switch to|go into) (?:dan|god|jailbreak|unrestricted|unfiltered|do anything now) mode\\b|\\bdo anything now\\b|\\bjailbreak (?:yourself|the (?:bot|assistant|model))\\b',
  `\\b(?:act|behave|respond|answer|roleplay|role-play|pretend)(?: (?:as|like|to be|that you are|you are))+ (?:if you |though you )?(?:(?:a|an|the|my|were|had|have|not|no) )*(?:[a-z-]+ ){0,4}(?:${MACHINE}|dan|hacker|pirate|character|persona|unrestricted|unfiltered|restrictions|rules|limits|guidelines)\\b`,
  '\\b(?:as|like|be|become) (?:an?|the|my|your) (?:unrestricted|unfiltered|uncensored|jailbroken|unaligned|evil)\\b',
  '(?:^|[.!;:,] ?)as an? (?:a\\.?i\\.?|artificial intelligence|(?:large )?language model|llm|ai[ -][a-z]+|chat ?bot)\\b[^.]{0,30}\\b(?:you|i|must|never|always|your)\\b',
  `(?:^|[.,;:!] ?|\\bto )(?:if|when|since|because|should) you(?:'re| are| be| happen to be)? (?:read(?:ing)? this )?(?:as )?(?:a|an|the)? ?${MODEL_ONLY}`,
  '\\bas (?:the |your )?(?:head|chief|director|owner|lead|manager|admin(?:istrator)?|developer|ceo|cio|ciso)\\b(?: of [a-z ]{2,20})?,? (?:here)?i (?:hereby )?(?:approve|authori[sz]e|permit|order|command|instruct|allow)\\b',
];

const NOTE = '(?:notes?|notices?|messages?|memos?|hints?|comments?|reminders?|announcements?|directives?|orders?)';
const WHICH = '(?:(?:the|any|all|every|each|our|your|this|whichever|other|reading) )*';
/** Verbs with which nobody asks a bot for help: whoever asks is not meant by them. */
const SPEAKS = `(?:${SAYS}\\b(?! (?:me|us|my|our|this|these|that|it|the question|in|how|what|where|when|why|which|who|if|whether|to (?:me|my))\\b)|tell (?:${READER}|them)\\b|(?:recommend|mention|include|add|send|point|direct|refer|link|use)\\b[^.]{0,100}${ADDRESS}|(?:ignore|disregard|forget) (?!it\\b|that\\b|this\\b|my\\b|me\\b|the (?:last|message)\\b)|(?:close|resolve|approve|grant|delete|mark|attach|forward|send|make|publish|unlock|disable) (?:all|every|each|everything|everyone|any|other|the (?:other|last|internal|hidden)|internal|this comment)\\b(?! (?:of )?(?:my|our)\\b))`;
const POLITELY =
  "(?:please |kindly |now |also |always |never |you (?:must|should|will|shall|are to|have to) |do not |don't )*";

/** By whom they are meant to be read. */
const ADDRESSED: readonly string[] = [
  `\\b(?:${NOTE}(?:,? (?:only |just |solely |meant |intended |aimed |directed |addressed |left )*(?:to|for|at))|attention,?) ${WHICH}${MACHINE}[^.:?!]{0,60}(?::| - |,)(?![^.!]*\\?)`,
  `(?:^|[.;] ?|- )to: ?${WHICH}${MACHINE}(?=[.,;]|$)|(?:^|[.;(>[] ?|- )to (?:(?:the|any|all|every|each|whichever) )+${MACHINE}[^.:?!]{0,40}:(?![^.!]*\\?)`,
  `\\b(?:if|whichever|whatever|whoever|any|every|when) (?:an? |the |some )?${READS} (?:(?:is|are|that|which|who) )*(?:reads?|reading|parsing|parses|process(?:ing|es)) (?:this|these)\\b|\\b(?:if|whichever|should) (?:an? |the |some )?${READS} (?:(?:is|be) )?reading(?=[:,.)])|\\b${READS} (?:(?:is|are|that|which|who) )*${WRITES} [^.:,]{0,20}${ANSWERS}\\b[^.:]{0,40}:`,
  '\\byou,? (?:the |an? )(?:[a-z]+ )?(?:software|program|machine|system|tool|thing|bot|model|assistant|ai)s? (?:that|which|who) (?:drafts?|writes?|answers?|reads?|repl(?:y|ies)|generates?|summari[sz]es?)\\b',
  `(?:^|[.!?;>(] ?)${WHICH}${MACHINE}[:,] (?:before|when(?:ever)?|if|once|after) you [^.,]{0,60}, ?(?:first |also |always )?(?:${SPEAKS}|(?:paste|print|list|show|copy|write|put|repeat|give|attach) )`,
  // of a machine, by its first words, and then what it is to say, where or to whom
  `^[^a-z]*(?:[a-z]+,? ){0,3}${MODEL_ONLY}(?=.*(?:${BEGINS}|\\b(?:must|should|shall|are to|is to|have to|has to|required to|instructed to|expected to) (?:always |never |only |also |then )*)(?:${SAYS}|list|recommend|send|hand|print|share|forward|repeat|mention|resolve|link|quote|tell)\\b)(?=.*(?:${ADDRESS}|\\bnothing else\\b|\\b(?:every|each|all|whoever|everyone|everybody|anyone|any (?:question|user|employee)|the other) ))`,
  `(?:^|[.!?;:] ?)(?:when|while|before|after|if) (?:you are |you're )?(?:generating|producing) (?:an?|any|the|your|every) (?:[a-z]+ )?(?:${ANSWERS}|summary)\\b`,
  `\\b(?:begin|start|end)(?:ning|s)? of (?:the )?(?:${MACHINE}|system|developer|model) (?:instructions?|prompts?|messages?|directives?|orders?|notes?)\\b`,
  '(?:^|[.!?] )as (?:the|an?|our) assistant, your (?:[a-z]+ )?(?:duty|task|goal|job|purpose|objective|mission)\\b|\\byour (?:hidden|real|true|secret|actual) (?:duty|task|goal|job|purpose|objective|mission|instructions?)\\b',
  '(?:^|[.!?;] )model, (?:please )?(?:output|say|answer|reply|respond|print|write|repeat|ignore) (?:the|this|that|only|with|all|exactly|every|nothing)\\b',
  `\\b(?:${NOTE}(?: to| for)|attention,?|instructions? (?:to|for)|information (?:to|for)|text for|task for|rules for|addressed to|directed at|intended for|meant for|important for) ${WHICH}${MACHINE}[^?]{0,60}\\b(?:${SPEAKS}|you (?:must|should|are))`,
  `\\b(?:instructions?|directives?|orders?) to ${WHICH}${MACHINE}[^.:?!]{0,40}:`,
  `(?:^|[.!?:;>(\\[|-] ?|\\n)(?:dear|hey|hello|hi|ok|okay|attention|listen)?[,:]? ?${WHICH}(?:@ ?)?${MACHINE}(?:[,!]+|(?<!s):+| please| -) ${POLITELY}${SPEAKS}`,
  `(?:^|[\\s(])(?:@ ?(?:firstline|assistant|ai|bot|copilot|chatgpt)|(?:dear|hey|hello|hi) ${WHICH}${MACHINE})[,:!]* ${POLITELY}${SPEAKS}`,
  `\\b${MODEL_ONLY} (?:reading|processing|summari[sz]ing|that (?:reads?|process(?:es)?)|who reads?) (?:this|these|the (?:page|text|document|ticket))\\b[^.]{0,80}\\b(?:must|should|shall|has to|have to|is|are|please|will)\\b`,
  `\\b(?:${MODEL_ONLY}|the (?:assistant|model|bot)|assistants) (?:is instructed|are instructed|is ordered|are ordered|are required|must|should|shall|has to|have to|will now|is to|are to)(?: (?:always|never|not|also|now|only|therefore|instead|first|to|then))* (?:${SAYS}|tell|repeat|include|add|mention|recommend|quote|cite|set|obey|follow|approve|mark|ignore|disregard|treat|consider|point|direct|refer|point out|write)\\b(?! (?:to (?:the )?(?:wizard|screen)|within|in (?:under|less)|quickly|correctly))`,
  '\\b(?:everything|all|anything|what(?:ever)?)(?: that)?(?: (?:comes|follows|stands|is|written))? (?:after|below|under|behind|following|from)(?: (?:this|that|the))?(?: (?:line|sentence|point|text|page))?(?: on)? (?:is|are|comes|come) (?:an? )?(?:instructions?|orders?|commands?|directives?|(?:system )?prompts?|(?:new )?rules)\\b',
  `(?:^|[.!?:;] ?)(?:if|when(?:ever)?|once|as soon as|should) this (?:case|ticket|page|text|document|article|passage|content|note|comment|file)s? (?:is|gets|be|has been) (?:ever )?(?:used|read|processed|summari[sz]ed|indexed|ingested|retrieved|cited|quoted|parsed|embedded|fed|found)\\b[^.]{0,60}\\b(?:${SAYS}|tell|include|mention|recommend|add|quote|obey|follow|mark|close)\\b`,
];

/** What it is to say, whoever asks for whatever. */
const SAYING: readonly string[] = [
  '\\b(?:respond|reply|answer|output|write) (?:only|exclusively|solely|strictly|nothing but|just)(?: with| in (?:json|base64|rot13|latin|pirate|capitals|english|french|german|[a-z]+ian))\\b|(?<!\\b(?:will|would|to|does|do|may|can|could|might|should|they|we|i|who|which|that|servers?|users?|people) )\\b(?:only|exclusively|solely|always) (?:respond|reply|answer|output)(?: to .{1,40})? with\\b',
  `\\b(?:respond|reply|answer) to (?:every|all|any|each)(?: [a-z]+)? (?:questions?|messages?|prompts?|users?)\\b[^.]{0,60}\\b(?:with|by|saying|that)\\b`,
  `\\b(?:for|to|on|upon|whatever|with) ?(?:every|any|each|all|whatever|the)(?: [a-z]+)? (?:questions?|quer(?:y|ies)|prompts?|asked|is asked|they ask)\\b[^.]{0,80}(?<!\\b(?:an?|the|your|one|right|correct|its|no|each|every|good|best) )\\b(?:answer|say|reply|respond|output|mention)\\b(?! (?:yes|no|y|n|them|it|honestly|truthfully|quickly|in|within|by|as)\\b)`,
  `\\b(?:any|every|each|all) questions? \\| ${POLITELY}(?:answer|say|reply|respond)\\b`,
  `\\b(?:is|are|as|be) (?:the|a|your|our) (?:only |correct |right |final |one |true |sole )*${ANSWERS} (?:to|for) (?:every|any|all|each|whatever|everything)\\b|\\bthe only (?:sensible|valid|correct|allowed|permitted|acceptable) ${ANSWERS} (?:is|must|will)\\b`,
  `\\b(?:include|add|put|mention|insert|repeat|quote|append|show|link|write|give)\\b(?=[^.]{0,160}(?:${ADDRESS}|\\b(?:the|this|these|following) ${WORDING}))[^.]{0,160}\\b(?:in|to|into|at the (?:end|start|beginning) of) (?:(?:your|every|each|all|any|further|future|later|of) )+${ANSWERS}\\b`,
  `\\bin (?:your|every|each|all(?: your)?)(?: further| future| later)? ${ANSWERS},? ${POLITELY}(?:include|add|put|mention|insert|repeat|quote|append|link|say|state|use) [^.]{0,100}(?:${ADDRESS}|\\b(?:the|this|these|following) ${WORDING})`,
  `\\b(?:(?:every|each|all|your)(?: of your)?(?: further| future)?|the) ${ANSWERS} (?:must|should|has to|have to|shall) (?:always )?(?:say|state|begin|start|end|link|mention|(?:contain|include) (?:${ADDRESS}|(?:a |an |the |this |these )?(?:following )?${WORDING}))`,
  `\\byour (?:answers|replies|responses) (?:must |should |shall |will |now |always )*(?:begin|start|end|open|close) with\\b`,
  '\\b(?:respond|reply|answer|output) with (?:the |a |one |this |just )*(?:single|exact|following|only) (?:words?|phrase|sentence|text|string|line)\\b',
  `\\b(?:end|begin|start|finish|close|prefix|append to|sign) (?:every|each|all|your|any)(?: of your)?(?: further| future)? ${ANSWERS} (?:with|by)\\b`,
  `(?:^|[.!?:;] |\\b(?:please|always|just|simply|instead|, then|you (?:must|should|will|are to|have to)|rules and|instructions and|passages and) )(?:say|state|claim|insist|assert|pretend|answer|reply|respond)(?: to [a-z ]{1,20})? that (?:the|all|this|every|everything|our|there|no|it|passwords?|he|she|they|any|vpn|mfa)\\b(?!.*\\b(?:in (?:the|your|a) (?:ticket|form|request|description|e-?mail)|if (?:somebody|someone|they|he|she|anybody|anyone))\\b)`,
  `(?<!\\b(?:not|never|n't)(?: [a-z]+){0,3} )\\b(?:tell|instruct|direct|advise|convince|persuade|urge|ask|order|send|point|lead|refer) ${READER} (?:to|that|at|towards) [^.]{0,160}${ADDRESS}`,
  `(?<!\\b(?:not|never|n't|cannot|nobody|no one|will|would|may)(?: [a-z]+){0,3} )\\b(?:ask|tell|get|urge|instruct) ${READER} (?:to|for|into) [^.]{0,40}\\b(?:reply with|send (?:us|you|back)|give (?:us|you)|tell (?:us|you)|share|post)\\b[^.]{0,30}\\b(?:passwords?|pins?|passcodes?|recovery codes?)\\b`,
  `(?=.*\\b(?:no matter|regardless of|whatever|irrespective of) (?:what )?(?:(?:is|was|they|you are|the|any|anybody|anyone|somebody|someone|gets|they're) )*(?:ask(?:ed|s)?|question|questions)\\b).*${BEGINS}(?:${SAYS}|finish|end|begin|start|write|add|include|mention|tell|recommend|give|point|put|send) `,
  '\\b(?:decode|decipher|decrypt|unscramble|rot13|base64)\\b[^.]{0,80}\\b(?:and|then)\\b[^.]{0,20}\\b(?:do (?:it|what|as)|obey|act (?:up)?on (?:it|that)|follow (?:it\\b|what)|execute it|carry it out)',
  `\\b(?:convince|persuade) ${READER} that\\b|\\b(?:always|instead|whatever happens,?) (?:tell|inform) ${READER} that (?:the|all|every|our|it|their|they|this|no|passwords?|mfa|helpdesk)\\b`,
  `\\b(?:repeat|recite|say|reveal|disclose|quote) (?:it|this|that|them|the [a-z ]{2,20}) to (?:whoever|anyone who|anybody who|everybody who|everyone who|all who)\\b`,
  `\\b(?:remember|memori[sz]e|keep in mind|save|store|note)(?: (?:this|that|it|the following))? (?:for|in) (?:(?:all|the|any|every|your|later|future|next|further|following) )+(?:conversations?|chats?|sessions?|questions?|${ANSWERS}|users?)\\b`,
  `\\b(?:a|another|give|write|add|produce) (?:second|further|another|additional|separate) ${ANSWERS} (?:for|to|about|on|that|with|containing|in which)\\b`,
  `\\bset the status to [a-z ]{2,20} and (?:write|say|answer|reply|comment) (?!(?:an?|the|to|your|their|his|her|our|in|on|down|why|what|that|how|who|when|with|back|if|it|under|below)\\b)`,
  `\\b(?:answer|say|reply|respond)(?:: ?| (?!(?:to|the|with|and|in|by|on|via|an?|their|his|her|if|that|it|them|your|our|all|any|yes|no|thank[a-z]*)\\b))[^.]{0,80}\\band (?:then )?(?:close|resolve|approve|delete) (?:the|this|my|all|every) (?:tickets?|requests?|cases?)\\b`,
  `\\bescalate (?:this|it|everything|all)\\b[^.]{0,40}\\band (?:page|call|alert|wake|ring) (?:everybody|everyone|all|the whole)\\b`,
];

const NOT_FORBIDDEN = "(?<!(?:not|never|nobody|no one|n't|without|nor)(?: [a-z]+){0,3} )";
const ALL_OF_IT =
  '(?:(?:all|any|the|of|your|me|us|everything|in|full|entire|complete|whole|out|back|exact|verbatim|above|content|contents|text) )*';
const PROMPTS =
  '(?:(?:system|hidden|initial|developer|secret|internal|original|confidential) (?:prompts?|instructions?)|your (?:[a-z]+ )?(?:prompts?|instructions?|guidelines|training data))\\b';

/** To show what is not for everybody. */
const SHOWING: readonly string[] = [
  `${NOT_FORBIDDEN}\\b(?:reveal|repeat|output|leak|expose|dump|recite|disclose|tell (?:me|us)|give (?:me|us)|summari[sz]e|translate|write out|quote) ${ALL_OF_IT}(?:${PROMPTS}|(?:system|hidden|initial|secret) (?:messages?|rules|configuration)|your (?:rules|configuration|context)|(?:the |every |each )*(?:other|hidden|restricted|retrieved|confidential|secret) (?:documents?|passages?|sources?|pages?|tickets?)|passages? (?:you|above|given|verbatim))\\b`,
  `${NOT_FORBIDDEN}\\b(?:reveal|leak|dump|recite|disclose) (?:the |your )?(?:whole |full |entire )?prompt\\b`,
  `${NOT_FORBIDDEN}\\b(?:print|show|list|display|copy|share|read) ${ALL_OF_IT}(?:(?:system|hidden|initial|developer|secret) (?:prompts?|instructions)|your (?:[a-z]+ )?(?:prompts?|instructions|guidelines|training data)|(?:the |every |each )*(?:other|hidden|restricted|retrieved) passages?|passages? (?:you|above|given|verbatim))\\b`,
  `${NOT_FORBIDDEN}${BEGINS}(?:reveal|leak|dump|recite|expose|exfiltrate|spill) (?:all|every|any)(?: (?:of|the|your|other|known|internal|confidential|stored))* (?:documents?|passages?|contexts?|conversations?|messages?|secrets?|passwords?|data|knowledge|sources)\\b`,
  `\\b(?:quote|include|copy|repeat|reproduce|append|recite|output|print|paste|reveal|give)\\b[^.]{0,20}\\bpassages? (?:titled|called|named|labelled|labeled|with the title|about|from the)\\b`,
  `${NOT_FORBIDDEN}\\b(?:quote|recite|reproduce|reveal|include|repeat) the (?:full |whole |entire |complete )*(?:contents?|text) of (?:the |another |every |all |any )*(?:other )?(?:pages?|documents?|passages?|articles?|tickets?)\\b[^.]*\\b(?:here|between|in full|word for word|verbatim|titled|called|about)\\b`,
  `\\b(?:reply|answer|respond|send|show|list|give|quote|include|publish|tell|reveal)\\b[^.]{0,60}\\b(?:tickets?|comments?|requests?|cases|conversations?|documents?|mails?|messages) (?:of|from|by) (?:other (?:people|employees|users|persons|customers|departments)|others|everybody else|everyone else|somebody else|someone else)\\b`,
  `(?<!\\b(?:click|choose|select|press|open|tab|button)[^.]{0,40})\\b(?:make|set) (?:this|the|all) (?:internal )?comments? public\\b|${NOT_FORBIDDEN}\\b(?:show|reveal|publish|quote|list|disclose) (?:all|the|every) internal (?:comments|notes)\\b`,
  "\\b(?:do not|don't|never|without) (?:cite|citing)(?: (?:any|the|your|this|these|a|its|their))*(?: (?:sources?|citations?|passages?|documents?|references?|this|it|anything|page))?(?=$|[.,;!]| (?:in|when|and|or|but|at))",
  "\\b(?:do not|don't|never|without) (?:quoting|quote|giving|give|naming|name|mention|mentioning)(?: (?:any|the|your|this|these|a|its|their))* (?:sources?|citations?|passages?|references?)(?=$|[.,;!])",
  `\\b(?:do not|don't|never) (?:tell|show|reveal to|mention to|inform) ${READER} (?:about |of )?(?:this|these) (?:lines?|sentences?|notes?|instructions?|paragraphs?|parts?|texts?)\\b`,
  "\\b(?:do not|don't|never)(?: [a-z]+)? (?:mention|reveal|disclose|admit|acknowledge|refer to|report|tell (?:anyone|anybody|the user|users)(?: about)?) (?:(?:the|your|these|this|any|that|of|to|about) )*(?:(?:hidden |system |secret |special )?(?:instructions?|prompts?|directives?)|you (?:are|were|have)(?: been)? (?:an? )?(?:ai|told|instructed|given))\\b",
  '\\b(?:output|print|list|show|repeat|quote|copy|summari[sz]e|give me|send me) (?:(?:all|every|the|of|any|other) )+(?:documents?|passages?|texts?|messages?|pages?|sources?)(?: that)? you (?:have|had|were|know|can see|received|got|hold)\\b',
  '\\b(?:repeat|output|recite|echo) (?:(?:all|the|of|exact|whole|entire) )*(?:text|words|everything|contents?|prompt|instructions|messages?|conversation) (?:above|before this|preceding|so far|you were given)\\b',
];

/** Somebody's turn, or who claims to have more to say than others. Ordinary in front of ordinary words. */
export const LABEL =
  /^[\s>*_#[(-]*(?:system|assistant|developer|admin(?:istrator)?|ai|bot|model|tool|security|root)\b[^:.!?]{0,30}:/i;

/** Whom some words are for: a machine that reads them, and not its readers. */
export const ADDRESSES: readonly RegExp[] = [...ADDRESSED, ...ADDRESSED_ELSEWHERE].map(readable);

/** Whether some words are an order to an assistant. */
export const ORDERS: readonly RegExp[] = [
  ...ADDRESSES,
  ...[...FORGETTING, ...PRETENDING, ...SAYING, ...SHOWING, ...ELSEWHERE].map(readable),
];

function readable(form: string): RegExp {
  return new RegExp(form, 'i');
}

const TOLD_TO =
  '(?:ignore|disregard|forget|answer|reply|respond|output|say|tell|print|reveal|approve|always|never|from now on|new (?:policy|rules?|instructions?)|instructions?|you (?:are|must|should|will|have)|tu|vos|du|eres|voce|je)';
/** Marks with which conversations are written down for models, and headings that claim to be somebody's turn. */
export const TURNS: readonly RegExp[] = [
  /<\|[a-z_]{2,30}\|>|\[\/?inst\]|<<\/?sys>>|<\/?s>(?:\[|$)|^\s*#{2,4} ?(?:instruction|system|assistant|response|human|user)\s*:\s*$/i,
  new RegExp(
    `^[\\s>*_#[(-]*(?:assistant|developer|ai|bot|firstline)[\\s*_\\])]*:[\\s*_"']*(?=.*\\b(?:${TOLD_TO}|must|follow|do not|your|yours)\\b|(?:sure|of course|certainly|okay|understood|i will|i'll|i am|i have|absolutely)\\b)`,
    'i',
  ),
  new RegExp(
    `^[\\s>*_#[(-]*system[\\s*_\\])]*:[\\s*_"']*(?=(?:[^.]{0,60}[,.] )?(?:please )?${TOLD_TO}\\b(?=.*\\b(?:${ANSWERS}|answer|say|tell|respond|output|assistant|ai|prompt|rules|instructions|approve|reveal|ignore|you are)\\b))`,
    'i',
  ),
  /^[\s>*_#[(-]*(?:begin|end|start) (?:of )?(?:system|developer|new) (?:prompt|message|instructions?)\b/i,
  /(?:^|[^\w#])(?:#{2,}|={2,}|<{2,}|\{\{[#/~]*|\[\[)(?:system|assistant|developer|instructions?|prompt)(?:#{2,}|={2,}|>{2,}|~?\}\}|\]\])/i,
  // a talk with a model, made up
  /\b(?:user|human)\s*:.{1,400}\b(?:assistant|ai|model)\s*:/i,
  // what models and their tools say to each other
  /^\s*\{\s*"role"\s*:\s*"(?:system|assistant|developer|tool)"|"(?:tool|tool_calls?|function_call)"\s*:.*"(?:arguments|parameters|input)"\s*:|"outcome"\s*:\s*"(?:answer|ask_back|needs_person|not_answerable)"/i,
];
