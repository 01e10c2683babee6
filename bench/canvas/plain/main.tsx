import '@xyflow/react/dist/style.css';
import {
  Handle,
  type Node,
  type NodeProps,
  Position,
  ReactFlow,
  ReactFlowProvider,
  useEdgesState,
  useNodesState,
  useReactFlow,
} from '@xyflow/react';
import { memo } from 'react';
import { createRoot } from 'react-dom/client';
import type { PlainSchema } from './schema.ts';

/**
 * React Flow as its documentation shows it: every table a component, every relationship an edge, a handle at each row that
 * one may end at, nodes memoised, nothing else. What the canvas is measured against.
 */
type Table = PlainSchema['tables'][number];

const TableCard = memo(function TableCard({ data }: NodeProps) {
  const table = data as unknown as Table;
  return (
    <div style={{ width: 240, background: '#fff', border: '1px solid #c5ccd6', borderRadius: 6, font: '12px sans-serif' }}>
      <div style={{ padding: '6px 8px', fontWeight: 600, background: '#e8eefc' }}>{table.name}</div>
      {table.columns.map(({ id, name, type }) => (
        <div key={id} style={{ position: 'relative', display: 'flex', justifyContent: 'space-between', padding: '3px 8px' }}>
          <Handle type="source" position={Position.Right} id={id} />
          <span>{name}</span>
          <span style={{ color: '#5f6b7b' }}>{type}</span>
          <Handle type="target" position={Position.Left} id={id} />
        </div>
      ))}
    </div>
  );
});

const NODE_TYPES = { table: TableCard };

function Plain({ schema }: { readonly schema: PlainSchema }) {
  const [nodes, , onNodesChange] = useNodesState<Node>(
    schema.tables.map((table) => ({ id: table.id, type: 'table', position: { x: table.x, y: table.y }, data: { ...table } })),
  );
  const [edges, , onEdgesChange] = useEdgesState(
    schema.links.map(({ id, child, column, parent, parentColumn }) => ({
      id,
      source: child,
      sourceHandle: column,
      target: parent,
      targetHandle: parentColumn,
      type: 'smoothstep',
    })),
  );
  const { fitView } = useReactFlow();
  return (
    <>
      <ReactFlow
        nodes={nodes}
        edges={edges}
        onNodesChange={onNodesChange}
        onEdgesChange={onEdgesChange}
        nodeTypes={NODE_TYPES}
        minZoom={0.005}
        panOnScroll
        fitView
      />
      <div style={{ position: 'fixed', top: 4, left: 4, zIndex: 10 }}>
        <button type="button" onClick={() => void fitView({ nodes: [{ id: schema.hub }], minZoom: 0.9, maxZoom: 0.9 })}>
          Hub
        </button>
        <button type="button" onClick={() => void fitView()}>
          All
        </button>
      </div>
    </>
  );
}

const schema = (await (await fetch('./schema.json')).json()) as PlainSchema;
const root = document.querySelector('#root');
if (root === null) throw new Error('The page has no root.');
createRoot(root).render(
  <ReactFlowProvider>
    <Plain schema={schema} />
  </ReactFlowProvider>,
);
