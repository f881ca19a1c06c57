/** Globals of the browser tests; Mocha's own types would bring them into the Node tests' editors as well. */
interface MochaContext {
  timeout(milliseconds: number): void;
}
type MochaBody = (this: MochaContext) => unknown;

declare const describe: (title: string, body: (this: MochaContext) => void) => void;
declare const it: (title: string, body: MochaBody) => void;
declare const before: (body: MochaBody) => void;
declare const beforeEach: (body: MochaBody) => void;
declare const after: (body: MochaBody) => void;
declare const afterEach: (body: MochaBody) => void;
