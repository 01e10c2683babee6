/** A TypeScript file compiled to one script without imports, as text. */
declare module '*?script' {
  export const script: string;
}
