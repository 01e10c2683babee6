import { Fragment, type ReactNode, useMemo } from 'react';
import { type Block, type Inline, parseMarkdown } from '#lib/markdown.ts';

/** Runs as elements. What a note says is text wherever it stands: addresses are shown, not followed. */
function runs(content: readonly Inline[]): ReactNode {
  return content.map((one, at) => {
    // Parts of one text have no other identity than their place in it.
    const key = at;
    switch (one.kind) {
      case 'text':
        return <Fragment key={key}>{one.text}</Fragment>;
      case 'break':
        return <br key={key} />;
      case 'code':
        return <code key={key}>{one.text}</code>;
      case 'link':
        return (
          <span key={key} className="link" title={one.to}>
            {one.text}
          </span>
        );
      case 'bold':
        return <strong key={key}>{runs(one.content)}</strong>;
      case 'italic':
        return <em key={key}>{runs(one.content)}</em>;
      default:
        return <s key={key}>{runs(one.content)}</s>;
    }
  });
}

function ListView({ block }: { readonly block: Extract<Block, { kind: 'list' }> }) {
  const items = block.items.map((item, at) => (
    // biome-ignore lint/suspicious/noArrayIndexKey: items of one text have no other identity
    <li key={at}>
      {runs(item.content)}
      {item.children.map((child, index) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: as above
        <BlockView key={index} block={child} />
      ))}
    </li>
  ));
  return block.first === undefined ? <ul>{items}</ul> : <ol start={block.first}>{items}</ol>;
}

function BlockView({ block }: { readonly block: Block }) {
  switch (block.kind) {
    case 'heading':
      // Not headings of the page: a note is a remark beside the diagram.
      return <p data-heading={block.level}>{runs(block.content)}</p>;
    case 'paragraph':
      return <p>{runs(block.content)}</p>;
    case 'quote':
      return <blockquote>{runs(block.content)}</blockquote>;
    case 'code':
      return <pre>{block.text}</pre>;
    case 'rule':
      return <hr />;
    default:
      return <ListView block={block} />;
  }
}

/** Markdown as elements, made from its parts: no text becomes markup of the page. */
export function MarkdownView({ text }: { readonly text: string }) {
  const blocks = useMemo(() => parseMarkdown(text), [text]);
  return blocks.map((block, at) => (
    // biome-ignore lint/suspicious/noArrayIndexKey: blocks of one text have no other identity
    <BlockView key={at} block={block} />
  ));
}
