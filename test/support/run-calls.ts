import ts from "typescript";

/** A call in a source: what is called, as it is written, and with what. */
export interface Call {
  readonly callee: string;
  readonly isNew: boolean;
  readonly given: readonly ts.Expression[];
}

/** Every call in a source, `new` included. */
export function callsIn(file: string, text: string): readonly Call[] {
  const calls: Call[] = [];
  everyNode(file, text, (node) => {
    if (!ts.isCallExpression(node) && !ts.isNewExpression(node)) return;
    const callee = node.expression.getText();
    calls.push({ callee, isNew: ts.isNewExpression(node), given: [...(node.arguments ?? [])] });
  });
  return calls;
}

/** Every text that is written out in a source, imports left out. */
export function textsIn(file: string, text: string): readonly string[] {
  const texts: string[] = [];
  everyNode(file, text, (node) => {
    if (ts.isStringLiteralLike(node) && !ts.isImportDeclaration(node.parent)) texts.push(node.text);
  });
  return texts;
}

/** True for a text without a place for a value. */
export function isConstantText(expression: ts.Expression | undefined): boolean {
  return expression !== undefined && ts.isStringLiteralLike(expression);
}

/** Names of the properties of an object that is written out. */
export function propertiesOf(expression: ts.Expression): readonly string[] {
  if (!ts.isObjectLiteralExpression(expression)) return [];
  return expression.properties.map((property) => property.name?.getText() ?? "...");
}

function everyNode(file: string, text: string, look: (node: ts.Node) => void): void {
  const visit = (node: ts.Node): void => {
    look(node);
    ts.forEachChild(node, visit);
  };
  visit(ts.createSourceFile(file, text, ts.ScriptTarget.Latest, true));
}
