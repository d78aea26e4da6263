const systems = {
  confluence: { name: 'Confluence', icon: 'confluence' },
  notion: { name: 'Notion', icon: 'notion' },
  markdown: { name: 'Markdown folder', icon: 'folder' },
  tickets: { name: 'Solved tickets', icon: 'tickets' },
  lessons: { name: 'Learnt from tickets', icon: 'tickets' },
};

/** What keeps documents, by the program's name of it: how people call it, and its sign. */
export function systemOf(source) {
  return systems[source] ?? { name: source, icon: 'book' };
}
