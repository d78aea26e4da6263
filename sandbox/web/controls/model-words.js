/** Where answers come from. */
export const answers = [
  { value: 'quoted', label: 'Quoted' },
  { value: 'written', label: 'Written by the stand-in model' },
];

/** How the model server can be made to fail, and what to expect then. */
export const modelFaults = [
  { value: 'none', label: 'Fine', note: 'Answers at once.' },
  {
    value: 'slow',
    label: 'Slow',
    note: 'Answers three seconds late: where the time runs out, the article is quoted instead.',
  },
  {
    value: 'never',
    label: 'Never answers',
    note: 'Takes a request and says nothing: after some seconds the article is quoted instead.',
  },
  {
    value: 'rate-limited',
    label: 'Rate-limited',
    note: 'Says “too many requests” (429): the article is quoted instead.',
  },
  { value: 'down', label: 'Down', note: 'Takes nothing (503): the article is quoted instead.' },
  { value: 'refuses', label: 'Refuses', note: 'The model says that it will not: the article is quoted instead.' },
  {
    value: 'broken-json',
    label: 'Broken JSON',
    note: 'Answers with what is no JSON: the article is quoted instead.',
  },
  {
    value: 'cut-off',
    label: 'Cut off',
    note: 'The connection ends in the middle of each answer: the article is quoted instead.',
  },
];

/** What the stand-in can be told to say, by what is wrong with it. A lie that is caught never reaches the chat. */
export const modelModes = [
  {
    label: 'As well as it can',
    options: [{ value: 'good', label: 'It does not lie', note: 'It says what the articles say.' }],
  },
  {
    label: 'What it says is wrong',
    options: [
      { value: 'invents-steps', label: 'Invents steps', note: 'Puts a step of its own between true ones.' },
      { value: 'alters-commands', label: 'Alters commands', note: 'Changes a flag, a host, a path or a number.' },
      { value: 'foreign-url', label: 'Adds a foreign link', note: 'Sends people to an address that no article has.' },
      { value: 'foreign-email', label: 'Adds a foreign e-mail address', note: 'One that no article has.' },
      { value: 'foreign-phone', label: 'Adds a foreign phone number', note: 'One that no article has.' },
      { value: 'wrong-citations', label: 'Cites the wrong article', note: 'The quote is right, its place is not.' },
      {
        value: 'quotes-from-other-passages',
        label: 'Quotes something else',
        note: 'Word for word, but not what the sentence says.',
      },
      { value: 'invented-quotes', label: 'Invents quotes', note: 'They stand in no article.' },
      { value: 'unsupported-number', label: 'Adds numbers', note: 'An amount, a time or a limit that nobody set.' },
      { value: 'swapped-negation', label: 'Says the contrary', note: '“Do not” becomes “do”.' },
      {
        value: 'answers-another-question',
        label: 'Answers something else',
        note: 'All of it is true, and none of it was asked.',
      },
      { value: 'wrong-language', label: 'Changes the language', note: 'To one that nobody wrote in.' },
      {
        value: 'obeys-injection',
        label: 'Obeys orders in the articles',
        note: 'Does what a text tells an assistant to do; without such a text it does not lie.',
      },
    ],
  },
  {
    label: 'The form is wrong',
    options: [
      { value: 'huge', label: 'Writes 200 kB', note: 'All in one field.' },
      { value: 'endless', label: 'Writes endless lists', note: 'Five hundred entries in each.' },
      { value: 'empty', label: 'Says nothing', note: 'The answer is empty.' },
      { value: 'null-content', label: 'Says null', note: 'There is no answer in the answer.' },
      { value: 'fenced', label: 'Chats around the JSON', note: 'It stands in a fence, with prose before and after.' },
      { value: 'single-quoted', label: 'Writes JSON as Python does', note: 'With single quotation marks.' },
      { value: 'extra-fields', label: 'Adds fields', note: 'Which the schema does not allow.' },
      { value: 'missing-fields', label: 'Leaves fields out', note: 'Which the schema asks for.' },
      { value: 'wrong-types', label: 'Mixes up types', note: 'Texts where numbers belong, and so on.' },
      { value: 'deep-nesting', label: 'Nests without end', note: 'Lists in lists in lists.' },
      { value: 'html', label: 'Writes HTML', note: 'Tags and a script in its texts.' },
      { value: 'markdown-links', label: 'Writes Markdown links', note: 'Texts that would become links.' },
      { value: 'markdown', label: 'Writes Markdown', note: 'Bold words and marks of lists, which nobody is to see.' },
      {
        value: 'unicode-tricks',
        label: 'Plays tricks with letters',
        note: 'Some cannot be seen, some only look Latin, some turn the line around.',
      },
    ],
  },
  {
    label: 'Its second look is wrong',
    options: [
      { value: 'agrees', label: 'Agrees with everything', note: 'It writes well, and finds everything right.' },
      { value: 'disagrees', label: 'Disagrees with everything', note: 'It writes well, and finds everything wrong.' },
    ],
  },
];

/** How often it lies besides. */
export const lieRates = [
  { value: '0', label: 'Never', note: 'Only what is chosen above.' },
  { value: '2', label: 'Every 2nd', note: 'Every second answer is a lie, of another kind each time.' },
  { value: '3', label: 'Every 3rd', note: 'Every third answer is a lie, of another kind each time.' },
  { value: '5', label: 'Every 5th', note: 'Every fifth answer is a lie, of another kind each time.' },
];
