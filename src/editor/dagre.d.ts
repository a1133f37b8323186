/** The part of @dagrejs/dagre 3.1.3 that the editor uses; its own declarations need a bundler's resolution. */
declare module '@dagrejs/dagre' {
  /** A box that the layout places: its middle. */
  interface PlacedBox {
    readonly x: number;
    readonly y: number;
    readonly width: number;
    readonly height: number;
  }

  namespace graphlib {
    class Graph {
      constructor(options: { readonly compound: boolean; readonly multigraph: boolean });
      setGraph(label: {
        readonly rankdir: 'LR';
        readonly ranksep: number;
        readonly nodesep: number;
      }): this;
      setNode(name: string, label: { readonly width?: number; readonly height?: number }): this;
      setEdge(from: string, to: string, label: object, name: string): this;
      setParent(name: string, parent: string): this;
      hasNode(name: string): boolean;
      /** After the layout. */
      node(name: string): PlacedBox;
    }
  }

  function layout(graph: graphlib.Graph): void;

  export { graphlib, layout, type PlacedBox };
}
