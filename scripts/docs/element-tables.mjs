/** The tables of docs/widget.md: what the element's comment, properties and events say. */
import ts from 'typescript';
import { cell, code, markdownTable } from './markdown-table.mjs';

export function elementTables(source) {
  const element = source.exported('widget/index.ts', 'DialNexaCallElement');
  const [declaration] = element.declarations;
  const comment = ts.getJSDocCommentsAndTags(declaration).at(-1).getText();
  const tagged = (tag) => [...comment.matchAll(new RegExp(`@${tag} ([\\w-]+) - (.+)`, 'g'))];
  const named = (tag) => tagged(tag).map(([, name, words]) => [code(name), cell(words)]);
  const events = [...comment.matchAll(/@event \{(\w+)\} ([\w-]+) - (.+)/g)];
  const styles = [...comment.matchAll(/@cssproperty \[(--[\w-]+)(?:=([^\]]+))?\] - (.+)/g)];
  return {
    'element-properties': markdownTable(
      ['attribute', 'property', 'what it is'],
      propertiesOf(source, declaration),
    ),
    'element-events': markdownTable(
      ['event', 'class', 'when', '`event.detail`'],
      events.map(([, type, name, words]) => [
        code(name),
        code(type),
        cell(words),
        detailOf(source, type),
      ]),
    ),
    'element-slots': markdownTable(['slot', 'what goes there'], named('slot')),
    'element-parts': markdownTable(['part', 'what it is'], named('csspart')),
    'element-styles': markdownTable(
      ['property', 'default', 'what it is'],
      styles.map(([, name, value, words]) => [code(name), value ? code(value) : '', cell(words)]),
    ),
  };
}

/** Of each `declare` field, with the attribute that `static properties` names. */
function propertiesOf(source, declaration) {
  const list = declaration.members.find((one) => one.name?.getText() === 'properties');
  const attributes = new Map(
    list.initializer.properties.map((one) => {
      const given = /attribute: (?:'([^']+)'|(false))/.exec(one.initializer.getText());
      const name = one.name.getText();
      return [name, given?.[2] ? null : (given?.[1] ?? name)];
    }),
  );
  return declaration.members
    .filter((one) => ts.isPropertyDeclaration(one) && attributes.has(one.name.getText()))
    .map((one) => {
      const name = one.name.getText();
      const attribute = attributes.get(name);
      const comment = source.comment(source.checker.getSymbolAtLocation(one.name));
      return [attribute ? code(attribute) : '(none)', code(name), cell(comment)];
    });
}

function detailOf(source, name) {
  const event = source.exported('widget/index.ts', name);
  const detail = source.checker.getDeclaredTypeOfSymbol(event).getProperty('detail');
  const shape = source.shape(source.checker.getTypeOfSymbol(detail));
  return `${code(shape)}: ${cell(source.comment(detail))}`;
}
