import { expect, fixture, html } from '@open-wc/testing';
import '../../src/app/cw-form-desk.js';
import type { CwFormDesk } from '../../src/app/cw-form-desk.js';
import type { Application } from '../../src/app/application.js';
import { initialState } from '../../src/app/app-state.js';
import { createDocumentSession } from '../../src/app/document-session.js';
import { pictureToPng } from '../../src/app/files.js';
import { createNamedPictures } from '../../src/app/named-pictures.js';
import { createPictureLibrary } from '../../src/app/picture-library.js';
import { createStore } from '../../src/app/store.js';
import { createToasts } from '../../src/app/toasts.js';
import type { GraphDocument } from '../../src/core/graph/types.js';
import { createRegistry } from '../../src/core/node/registry.js';
import type { RunClient } from '../../src/worker/run-client.js';
import type { CwFormView } from '../../src/ui/cw-form-view.js';
import { nodes } from '../../nodes/index.js';

const registry = createRegistry<never>([...nodes]);

const graph: GraphDocument = {
  format: 'crossweave-graph',
  version: 1,
  nodes: {
    1: { type: 'LoadImage', version: 1, inputs: { image: '' } },
    2: { type: 'LoadImage', version: 1, inputs: { image: '' } },
    3: { type: 'PreviewImage', version: 1, inputs: { images: { link: ['2', 'IMAGE'] } } },
  },
  layout: {
    nodes: { 1: { pos: [0, 0] }, 2: { pos: [0, 200] }, 3: { pos: [300, 0] } },
    groups: [],
  },
};

const white = { width: 2, height: 2, data: new Uint8ClampedArray(16).fill(255) };

/** The form of a graph that loads two pictures and shows one, on a page whose runs are only noted. */
async function form() {
  const store = createStore(initialState());
  const toasts = createToasts(store);
  const session = createDocumentSession(store, registry, {
    refused: toasts.note,
    stepped: () => undefined,
  });
  session.start(graph);
  const client = { lists: () => Promise.resolve({ models: [], pictures: [] }) };
  const named = createNamedPictures(
    () => undefined,
    () => undefined,
  );
  const library = createPictureLibrary(store, client as unknown as RunClient, named, toasts);
  const performed: string[] = [];
  const application = {
    ...{ store, toasts, session, registry, library },
    runs: { picturesOf: (id: string) => (id === '3' ? [{ label: 'result', picture: white }] : []) },
    perform: (name: string) => Promise.resolve(void performed.push(name)),
    closeToast: toasts.close,
  } as unknown as Application;
  const desk = await fixture<CwFormDesk>(
    html`<cw-form-desk .application=${application} .state=${store.get()}></cw-form-desk>`,
  );
  store.watch((state) => {
    desk.state = state;
  });
  const shown = async () => {
    await desk.updateComplete;
    const view = desk.shadowRoot?.querySelector<CwFormView>('cw-form-view');
    await view?.updateComplete;
    return view?.shadowRoot ?? desk;
  };
  const values = () => [1, 2].map((id) => store.get().document.nodes[id]?.inputs['image']);
  return { desk, store, session, performed, shown, values };
}

async function until(holds: () => boolean): Promise<void> {
  while (!holds()) await new Promise((done) => setTimeout(done, 10));
}

/** Picks a file for the second picture of the form. */
async function pick({ shown }: Awaited<ReturnType<typeof form>>, file: File): Promise<void> {
  const input = (await shown()).querySelectorAll<HTMLInputElement>('input[type=file]')[1];
  const data = new DataTransfer();
  data.items.add(file);
  if (!input) throw new Error('There is no place for a second picture.');
  input.files = data.files;
  input.dispatchEvent(new Event('change'));
}

describe('the form of a graph', () => {
  it('puts an own picture into the node it was chosen for, and adds none', async () => {
    const made = await form();
    const file = new File([await pictureToPng(white)], 'mine.png', { type: 'image/png' });
    await pick(made, file);
    await until(() => made.values()[1] !== '');
    expect(made.values()[0]).to.equal('');
    expect(made.values()[1]).to.match(/^mine.*\.png$/);
    expect(Object.keys(made.store.get().document.nodes)).to.have.length(3);
    await until(() => made.store.get().pictures.length > 0);
    const picture = (await made.shown()).querySelector('img');
    expect(picture?.src).to.match(/^blob:/);
    made.session.undo();
    expect(made.values()).to.deep.equal(['', '']);
  });

  it('tells inside the dialog, where it can be read, of a file that is no picture', async () => {
    const made = await form();
    await pick(made, new File(['no picture'], 'mine.png', { type: 'image/png' }));
    await until(() => made.store.get().toasts.length > 0);
    await made.shown();
    const told = made.desk.shadowRoot?.querySelector('cw-form-view > cw-toasts');
    await until(() => told?.shadowRoot?.querySelector('[role=alert]') !== null);
    expect(told?.shadowRoot?.textContent).to.contain('mine.png');
    expect(told?.assignedSlot?.closest('cw-dialog')).not.to.equal(null);
    expect(made.values()).to.deep.equal(['', '']);
  });

  it('runs and stops by its one button, and shows what came out', async () => {
    const { store, shown, performed } = await form();
    const button = async () => (await shown()).querySelector<HTMLElement>('button.run');
    (await button())?.click();
    store.set({ isRunning: true });
    (await button())?.click();
    expect(performed).to.deep.equal(['run', 'cancel']);
    const canvas = (await shown()).querySelector('canvas');
    expect([canvas?.width, canvas?.height]).to.deep.equal([2, 2]);
  });

  it('saves with the graph which inputs it offers', async () => {
    const { store, session, shown } = await form();
    const fields = async () => (await shown()).querySelectorAll('cw-widget-field').length;
    expect(await fields()).to.equal(2);
    (await shown()).querySelector<HTMLElement>('[slot=actions]')?.click();
    (await shown()).querySelector<HTMLElement>('.choice input')?.click();
    (await shown()).querySelector<HTMLElement>('[slot=actions]')?.click();
    expect(store.get().document.layout.nodes['1']?.form).to.deep.equal({ image: false });
    expect(await fields()).to.equal(1);
    session.undo();
    expect(await fields()).to.equal(2);
  });
});
