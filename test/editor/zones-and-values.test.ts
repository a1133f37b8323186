import { expect } from '@open-wc/testing';
import { innerDocument } from '../../src/core/graph/inner-document.js';
import { makeSubgraph } from '../../src/core/graph/subgraph-make.js';
import { boundaryIds } from '../../src/core/graph/subgraph-registry.js';
import { setWidget } from '../../src/core/graph/edits.js';
import { idleRunView, type RunView } from '../../src/editor/run-view.js';
import {
  drag,
  loop,
  openEditor,
  point,
  testRegistry,
  twoNodes,
} from '../support/editor-fixture.js';

/** A run that has ended `finished` of ten passes of the zone that node 1 opens. */
function passes(finished: number): RunView {
  return {
    ...idleRunView,
    zone: () => ({ passes: [0, 10], finished, shown: undefined }),
  };
}

describe('zones and the values of sockets', () => {
  let opened: ReturnType<typeof openEditor>;

  afterEach(() => {
    opened.close();
  });

  it('the scrubber shows any pass that was computed, also of a run that was cancelled, and no other', () => {
    opened = openEditor(loop());
    const { canvas, editor, heard } = opened;
    editor.setRun(passes(4));
    const right = 500 + (editor.sizesOf(['2']).get('2')?.[0] ?? 0) + 4;
    const header = 160 - 30 - 28 - 20;
    drag(canvas, [right, header], [200, header]);
    const shown = heard.scrubs.map(([, pass]) => pass);
    expect(heard.scrubs[0]).to.deep.equal(['1', 3]);
    expect(Math.max(...shown)).to.equal(3);
    expect(shown.at(-1)).to.equal(0);
    expect(heard.edits).to.deep.equal([]);
  });

  it('a link let go on the blank socket of a zone’s start asks to carry its value', () => {
    opened = openEditor(loop());
    const { canvas, editor, heard } = opened;
    const right = 60 + (editor.sizesOf(['3']).get('3')?.[0] ?? 0);
    drag(canvas, [right, 417], [62, 199]);
    expect(heard.edits).to.deep.equal([
      { kind: 'carry', from: { node: '3', name: 'IMAGE' }, zone: '1' },
    ]);
  });

  it('inside a subgraph, a link from the blank socket of its inputs makes an input of the subgraph', () => {
    const made = makeSubgraph(twoNodes(), testRegistry, ['2'], 'Inner');
    if (!made.document) throw new Error(made.refused);
    const inner = innerDocument(made.document, [made.id]);
    const [id] = Object.keys(inner.nodes).filter((key) => inner.nodes[key]?.type === 'Filter');
    if (id === undefined) throw new Error('The subgraph has no Filter.');
    const layout = {
      groups: [],
      nodes: { [boundaryIds.inputs]: { pos: [40, 60] }, [id]: { pos: [360, 60] } },
    } as const;
    opened = openEditor({ ...inner, layout });
    const { canvas, editor, heard } = opened;
    const width = editor.sizesOf([boundaryIds.inputs]).get(boundaryIds.inputs)?.[0] ?? 0;
    const sockets = Object.keys(inner.nodes[boundaryIds.inputs]?.sockets ?? {}).length;
    drag(canvas, [40 + width, 77 + sockets * 22], [400, 154]);
    expect(heard.edits).to.deep.equal([{ kind: 'expose', to: { node: id, name: 'amount' } }]);
  });

  it('a pointer that rests on a socket asks for its value, which goes when its node changes', async () => {
    opened = openEditor(twoNodes());
    const { canvas, editor, heard } = opened;
    point(canvas, 'pointermove', [216, 77]);
    await new Promise((rested) => setTimeout(rested, 450));
    expect(heard.hovers.map((target) => target && [target.node, target.name])).to.deep.equal([
      ['1', 'IMAGE'],
    ]);
    editor.setDocument(setWidget(twoNodes(), '2', 'amount', 7));
    expect(heard.hovers.at(-1)).to.equal(undefined);
  });
});
