import { expect } from '@open-wc/testing';
import { nodes } from '../../nodes/index.js';
import { commands } from '../../src/app/commands/index.js';
import { wantedLanguage } from '../../src/app/page-language.js';
import { localized } from '../../src/app/localize-nodes.js';
import { de } from '../../src/texts/de/index.js';
import { setLanguage } from '../../src/texts/texts.js';

/** What a definition has that the German table has not, and the other way round. */
function differences(): readonly string[] {
  return nodes.flatMap(({ type, inputs, outputs }) => {
    const words = de.nodes[type];
    if (!words) return [type];
    const said = [...Object.keys(words.inputs ?? {}), ...Object.keys(words.outputs ?? {})];
    const asked = [...Object.keys(inputs), ...Object.keys(outputs)];
    return [
      ...asked.filter((name) => !said.includes(name)),
      ...said.filter((name) => !asked.includes(name)),
    ].map((name) => `${type}.${name}`);
  });
}

describe('German', () => {
  after(() => setLanguage('en'));

  it('has words for every kind of node, every input and every output', () => {
    expect(differences()).to.deep.equal([]);
    const types: readonly string[] = nodes.map(({ type }) => type);
    expect(Object.keys(de.nodes).filter((type) => !types.includes(type))).to.deep.equal([]);
  });

  it('names every command and heading', () => {
    const missing = commands.filter(({ name }) => de.commands.names[name] === undefined);
    expect(missing.map(({ name }) => name)).to.deep.equal([]);
    const groups = new Set(commands.map(({ group }) => group));
    expect([...groups].filter((group) => de.commands.groups[group] === undefined)).to.deep.equal(
      [],
    );
  });

  it('names nodes, which are still found by their English names', async () => {
    const [definition] = nodes.filter(({ type }) => type === 'LoadImage');
    if (!definition) throw new Error('There is no LoadImage.');
    await setLanguage('de');
    const { displayName, searchAliases, inputs } = localized(definition);
    expect(displayName).to.equal('Bild laden');
    expect(searchAliases).to.include('Load Image');
    expect(inputs['image']?.tooltip).to.equal('Der Name des Bildes.');
  });

  it('is spoken when it is chosen, or when the system speaks it', () => {
    expect(wantedLanguage({ language: 'system' }, 'de-AT')).to.equal('de');
    expect(wantedLanguage({ language: 'system' }, 'fr')).to.equal('en');
    expect(wantedLanguage({ language: 'en' }, 'de')).to.equal('en');
  });
});
