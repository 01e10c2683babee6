/** Words between CREATE and the kind of what is created. */
const MODIFIERS = new Set(['OR', 'REPLACE', 'EDITIONABLE', 'NONEDITIONABLE', 'AND', 'RESOLVE', 'COMPILE', 'IF', 'NOT', 'EXISTS']);

/** What the parts of a unit's text are waiting for. */
type State =
  /** Its first words tell what it is. */
  | 'start'
  | 'create'
  | 'type'
  /** No PL/SQL: a semicolon ends it. */
  | 'plain'
  /** Up to IS or AS a package's or type body's name. */
  | 'package heading'
  | 'code'
  /** Java or a body in hiding: only a line with a slash ends it. */
  | 'until slash';

/**
 * Tells which semicolons of an Oracle script stand inside a PL/SQL unit. Fed with the words of one statement in order;
 * knows blocks by their BEGIN, CASE and END, and what was declared but has not begun (Oracle PL/SQL Language Reference,
 * "Block", "Package Body", "Compound DML Trigger").
 */
export class PlsqlUnit {
  private state: State = 'start';
  /** Levels that an END closes. */
  private depth = 0;
  /** Declared subprograms and DECLARE parts whose BEGIN is still to come. */
  private pending = 0;
  /** After FUNCTION or PROCEDURE, up to its IS, AS or semicolon. */
  private heading = false;
  private body: 'package' | 'trigger' | 'other' = 'other';
  private previous = '';

  /** Whether it holds statements of its own. */
  get isUnit(): boolean {
    return this.state === 'code' || this.state === 'package heading' || this.state === 'until slash';
  }

  /** Whether a semicolon that comes now ends the statement. */
  get ended(): boolean {
    if (this.state === 'until slash') return false;
    return this.depth === 0 && this.pending === 0;
  }

  /** A semicolon inside the unit. */
  semicolon(): void {
    this.heading = false;
    this.previous = ';';
  }

  /** What stands between two words so that they do not belong together. */
  symbol(): void {
    this.previous = '';
  }

  /** @param word in capitals. @param before the character before it. @param depth open round brackets around it. */
  word(word: string, before: string, depth: number): void {
    if (this.state === 'plain' || this.state === 'until slash') return;
    // `<<label>>`, `$IF ... $END`, `record.end`
    if (before === '<' || before === '$' || before === '.' || before === ':') return;
    if (this.state === 'start') this.first(word);
    else if (this.state === 'create') this.created(word);
    else if (this.state === 'type') this.state = word === 'BODY' ? 'package heading' : 'plain';
    else if (this.state === 'package heading') this.packageHeading(word);
    else this.code(word, depth);
    this.previous = word;
  }

  private first(word: string): void {
    if (word === 'CREATE') this.state = 'create';
    else if (word === 'BEGIN') {
      this.state = 'code';
      this.depth = 1;
    } else if (word === 'DECLARE') {
      this.state = 'code';
      this.pending = 1;
    } else this.state = 'plain';
  }

  private created(word: string): void {
    if (MODIFIERS.has(word)) return;
    if (word === 'FUNCTION' || word === 'PROCEDURE') {
      this.state = 'code';
      this.heading = true;
    } else if (word === 'TRIGGER') {
      this.state = 'code';
      this.pending = 1;
      this.body = 'trigger';
    } else if (word === 'PACKAGE') this.state = 'package heading';
    else if (word === 'TYPE') this.state = 'type';
    else this.state = word === 'JAVA' ? 'until slash' : 'plain';
  }

  private packageHeading(word: string): void {
    if (word === 'WRAPPED') this.state = 'until slash';
    if (word !== 'IS' && word !== 'AS') return;
    this.state = 'code';
    this.body = 'package';
    this.depth = 1;
  }

  private code(word: string, depth: number): void {
    const { previous } = this;
    if (word === 'END') this.depth = Math.max(0, this.depth - 1);
    else if (word === 'CASE') {
      if (previous !== 'END') this.depth++;
    } else if (previous === 'END' && (word === 'IF' || word === 'LOOP')) this.depth++;
    else if (word === 'BEGIN') this.begin();
    else if (word === 'DECLARE') this.pending = this.depth === 0 ? 1 : this.pending + 1;
    else if (depth === 0) this.declare(word);
  }

  private begin(): void {
    if (this.pending > 0) {
      this.pending--;
      this.depth++;
    } else if (this.body === 'package' && this.depth === 1) {
      // What initializes a package ends with the package; from here on it is like any block.
      this.body = 'other';
    } else this.depth++;
  }

  private declare(word: string): void {
    if (word === 'FUNCTION' || word === 'PROCEDURE') this.heading = true;
    else if (word === 'WRAPPED' && this.heading) this.state = 'until slash';
    else if (this.heading && (word === 'IS' || word === 'AS')) {
      this.heading = false;
      this.pending++;
    } else if ((this.previous === 'IS' || this.previous === 'AS') && (word === 'LANGUAGE' || word === 'EXTERNAL')) {
      this.pending = Math.max(0, this.pending - 1);
    } else if (this.body === 'trigger') this.triggerWord(word);
  }

  private triggerWord(word: string): void {
    if (word === 'COMPOUND' && this.depth === 0) {
      this.pending = 0;
      this.depth = 1;
    } else if (word === 'CALL' && this.depth === 0 && this.previous !== 'DECLARE') this.pending = 0;
  }
}
