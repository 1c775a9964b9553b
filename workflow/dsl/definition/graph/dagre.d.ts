/**
 * The part of dagre that we use. Its own declarations name files without endings, which TypeScript does not resolve from
 * an ES module: every type would be `any`.
 */
declare module "@dagrejs/dagre" {
  export interface Point {
    readonly x: number;
    readonly y: number;
  }
  interface Size {
    readonly width: number;
    readonly height: number;
  }

  export class Graph {
    constructor(options: { readonly multigraph: boolean });
    setGraph(options: {
      readonly rankdir: "TB";
      readonly nodesep: number;
      readonly edgesep: number;
      readonly ranksep: number;
      readonly marginx: number;
      readonly marginy: number;
    }): unknown;
    setNode(id: string, size: Size): unknown;
    setEdge(from: string, to: string, label: Partial<Size> & { weight: number; labelpos?: "c" }, name: string): unknown;
    /** After `layout`; a graph without nodes has no size. */
    graph(): Partial<Size>;
    node(id: string): Point;
    /** Its label's centre is there if its label has a size. */
    edge(from: string, to: string, name: string): Partial<Point> & { readonly points: readonly Point[] };
  }

  /** Gives every node and every way of the graph its place. */
  export function layout(graph: Graph): void;
}
