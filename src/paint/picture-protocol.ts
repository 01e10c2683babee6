import type { Result } from '#lib/result.ts';
import type { Document, Id } from '#model/types.ts';
import type { PageSetup } from './pdf/pages.ts';
import type { PictureOptions } from './picture.ts';

/** What pictures are made of: a diagram of a document, or a part of it. */
export interface PictureSubject extends Pick<PictureOptions, 'only' | 'findings' | 'margin'> {
  readonly document: Document;
  readonly diagram: Id;
}

export interface PictureLook {
  readonly theme: 'light' | 'dark';
  readonly background: boolean;
}

/** A kind of file with what is asked for. */
export type PictureFormat =
  | { readonly kind: 'svg'; readonly fonts: boolean }
  | { readonly kind: 'png'; readonly scale: number; readonly dpi?: number }
  | { readonly kind: 'pdf'; readonly setup: PageSetup }
  /** A page of its own with the diagram and the data dictionary. */
  | { readonly kind: 'html' }
  /** A small PNG that fits into so many pixels. */
  | { readonly kind: 'preview'; readonly width: number; readonly height: number };

/** How large the subject is, and what it shows. */
export interface PictureFacts {
  /** Canvas pixels. */
  readonly width: number;
  readonly height: number;
  /** Tables and views. */
  readonly nodes: number;
  /** Tables, views, areas and notes. */
  readonly drawn: number;
}

export type ToPictures =
  | { readonly kind: 'subject'; readonly id: number; readonly subject: PictureSubject }
  | { readonly kind: 'make'; readonly id: number; readonly look: PictureLook; readonly format: PictureFormat };

export type FromPictures =
  | { readonly kind: 'facts'; readonly id: number; readonly facts: PictureFacts }
  /** 0 to 1. */
  | { readonly kind: 'progress'; readonly id: number; readonly done: number; readonly what: string }
  | { readonly kind: 'made'; readonly id: number; readonly result: Result<Blob> }
  | { readonly kind: 'failed'; readonly id: number; readonly message: string };
