import { expect, fixture, html } from '@open-wc/testing';
import '../../src/ui/cw-model-panel.js';
import type { CwModelCard } from '../../src/ui/cw-model-card.js';
import type { CwModelPanel } from '../../src/ui/cw-model-panel.js';
import type {
  ModelCard,
  ModelShelfShown,
  ModelWish,
  ProspectShown,
} from '../../src/ui/model-panel-model.js';

const words = {
  family: 'sd1',
  layout: 'original',
  dtypes: ['F16'],
  missing: [],
  notes: [],
};

const card: ModelCard = {
  id: 'one',
  name: 'photos',
  kind: 'checkpoint',
  origin: 'https://example.org/photos.safetensors',
  isFromDisk: false,
  bytes: 2_000_000_000,
  savedBytes: 500_000_000,
  words,
  state: 'arriving',
  canFetch: true,
  hashedParts: 7,
  parts: 30,
};

const shelf: ModelShelfShown = {
  models: [],
  isRead: true,
  isLooking: false,
  prospect: undefined,
  isKept: undefined,
  isKeepingRefused: false,
  hasPickers: true,
  memoryBytes: undefined,
};

const found: ProspectShown = {
  type: 'model',
  name: 'photos',
  kind: 'checkpoint',
  origin: 'https://example.org/photos.safetensors',
  bytes: 2_000_000_000,
  words,
  arrival: 'download',
  freeBytes: 9_000_000_000,
};

async function opened(change: Partial<ModelShelfShown>) {
  const wishes: ModelWish[] = [];
  const panel = await fixture<CwModelPanel>(
    html`<cw-model-panel
      .shelf=${{ ...shelf, ...change }}
      @cw-model-wish=${({ detail }: CustomEvent<ModelWish>) => wishes.push(detail)}
    ></cw-model-panel>`,
  );
  const cards = [...(panel.shadowRoot?.querySelectorAll<CwModelCard>('cw-model-card') ?? [])];
  await Promise.all(cards.map((each) => each.updateComplete));
  const roots = (): ShadowRoot[] =>
    [panel, ...(panel.shadowRoot?.querySelectorAll<CwModelCard>('cw-model-card') ?? [])].flatMap(
      ({ shadowRoot }) => (shadowRoot ? [shadowRoot] : []),
    );
  const all = (selector: string): HTMLElement[] =>
    roots().flatMap((root) => [...root.querySelectorAll<HTMLElement>(selector)]);
  const button = (name: string): HTMLButtonElement => {
    const one = all('button').find((each) => (each.ariaLabel ?? each.textContent).trim() === name);
    if (!(one instanceof HTMLButtonElement)) throw new Error(`There is no button ${name}.`);
    return one;
  };
  const press = async (name: string): Promise<void> => {
    button(name).click();
    await Promise.all(cards.map((each) => each.updateComplete));
    await panel.updateComplete;
  };
  const text = (): string =>
    roots()
      .map((root) => root.textContent)
      .join(' ')
      .replace(/\s+/g, ' ');
  return { wishes, all, button, press, text };
}

describe('the Models tab', () => {
  it('shows one bar over everything with MB, MB/s and the time left, and a bar for each model', async () => {
    const { all, text } = await opened({
      models: [card],
      transfer: {
        bytes: 2_000_000_000,
        savedBytes: 500_000_000,
        bytesPerSecond: 12_500_000,
        secondsLeft: 120,
      },
    });
    const bars = all('[role=progressbar]');
    expect(bars.map(({ ariaLabel }) => ariaLabel)).to.deep.equal(['Downloads', 'Arriving: photos']);
    for (const bar of bars) {
      expect([bar.ariaValueNow, bar.ariaValueText]).to.deep.equal(['25', '500 MB of 2.00 GB']);
    }
    expect(text()).to.contain('500 MB of 2.00 GB').and.to.contain('13 MB/s');
    expect(text()).to.contain('2 min left').and.to.contain('7 of 30 parts hashed');
  });

  const actions: Record<string, readonly (readonly [button: string, wish: ModelWish])[]> = {
    arriving: [['Pause: photos', { wish: 'pause', id: 'one' }]],
    paused: [['Resume: photos', { wish: 'resume', id: 'one' }]],
    failed: [
      ['Resume: photos', { wish: 'resume', id: 'one' }],
      ['Start over: photos', { wish: 'restart', id: 'one' }],
    ],
    gone: [['Fetch again: photos', { wish: 'restart', id: 'one' }]],
    ready: [['Use: photos', { wish: 'use', id: 'one' }]],
    locked: [['Allow reading: photos', { wish: 'allow', id: 'one' }]],
  };
  for (const [state, buttons] of Object.entries(actions)) {
    it(`offers what can be done with a model that is ${state}, each by name, and deletes only when sure`, async () => {
      const models = [{ ...card, state: state as ModelCard['state'] }];
      const { press, wishes } = await opened({ models });
      for (const [name] of buttons) await press(name);
      await press('Delete: photos');
      expect(wishes).to.deep.equal(buttons.map(([, wish]) => wish));
      await press('Really delete?: photos');
      expect(wishes.at(-1)).to.deep.equal({ wish: 'delete', id: 'one' });
    });
  }

  it('says what the browser cleared, and what a server without ranges cannot do', async () => {
    const gone = { ...card, state: 'gone', canFetch: false } as const;
    const copied = await opened({ models: [gone] });
    expect(copied.text()).to.contain('Cleared by the browser').and.to.contain('choose the file');
    expect(() => copied.button('Fetch again: photos')).to.throw();
    const whole = await opened({ models: [{ ...card, comesWhole: true }] });
    expect(whole.text()).to.contain('begins anew');
  });

  it('tells failures in a sentence with the remedy; a locked server gets a field for a token', async () => {
    const failed = (failure: ModelCard['failure']): ModelCard => ({
      ...card,
      state: 'failed',
      ...(failure && { failure }),
    });
    const full = await opened({ models: [failed({ code: 'storage/quota', reason: 'full' })] });
    expect(full.text()).to.contain('500 MB are kept').and.to.contain('make room and resume');
    const reason = 'it answered 401: the file wants a token';
    const { all, press, wishes, text } = await opened({
      models: [failed({ code: 'model/access-denied', host: 'example.org', reason })],
    });
    expect(text()).to.contain('example.org does not give the file').and.to.contain('licence');
    const [token] = all('input[type=password]');
    (token as HTMLInputElement).value = ' open-sesame ';
    await press('Resume: photos');
    expect(wishes).to.deep.equal([{ wish: 'resume', id: 'one', token: 'open-sesame' }]);
  });

  it('shows what was found with its size and the room there is, and adds it by Enter', async () => {
    const { all, text, wishes } = await opened({ prospect: found });
    expect(text()).to.contain('Size 2.00 GB').and.to.contain('Room in the browser 9.00 GB');
    const name = all('#name')[0] as HTMLInputElement;
    name.value = 'mine';
    name.form?.requestSubmit();
    expect(wishes).to.deep.equal([{ wish: 'add', name: 'mine' }]);
  });

  it('does not begin what the browser has no room for', async () => {
    const { all, button, text } = await opened({ prospect: { ...found, freeBytes: 1e9 } });
    expect(button('Download').disabled).to.equal(true);
    expect(all('[role=alert]')).to.have.lengthOf(1);
    expect(text()).to.contain('would store 1.00 GB more, and this needs 2.00 GB');
  });

  it('tells the size of a tiny file in thousands of bytes', async () => {
    const tiny = {
      ...card,
      kind: 'embedding',
      bytes: 6344,
      savedBytes: 6344,
      state: 'ready',
    } as const;
    expect((await opened({ models: [tiny] })).text())
      .to.contain('6 kB')
      .and.to.contain('Embedding');
  });

  it('asks the browser to keep models only when the user wishes it', async () => {
    const models = [{ ...card, state: 'ready' as const }];
    const { press, wishes } = await opened({ models, isKept: false });
    expect(wishes).to.deep.equal([]);
    await press('Ask it to keep them');
    expect(wishes).to.deep.equal([{ wish: 'keep' }]);
    const refused = await opened({ models, isKept: false, isKeepingRefused: true });
    expect(refused.text()).to.contain('did not agree');
    const kept = await opened({ models, isKept: true });
    expect(() => kept.button('Ask it to keep them')).to.throw();
  });

  it('is worked with the keyboard alone: every control is a real one, in the order of the page', async () => {
    const { all, wishes } = await opened({ models: [{ ...card, state: 'paused' }] });
    const controls = all('button, input');
    for (const control of controls) {
      control.focus();
      const root = control.getRootNode() as ShadowRoot;
      expect(root.activeElement, control.outerHTML).to.equal(control);
    }
    const address = controls[0] as HTMLInputElement;
    address.value = ' owner/name ';
    address.form?.requestSubmit();
    expect(wishes).to.deep.equal([{ wish: 'look', text: 'owner/name' }]);
    const nothing = await opened({});
    expect(nothing.text()).to.contain('No model of yours yet');
  });
});
