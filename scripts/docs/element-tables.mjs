/** The tables of docs/widget.md: what the element's comment, its properties and its events say. */
import ts from 'typescript';
import { cell, code, markdownTable } from './markdown-table.mjs';

export function elementTables(source) {
  const element = source.exported('widget/index.ts', 'DialNexaCallElement');
  const [declaration] = element.declarations;
  const comment = ts.getJSDocCommentsAndTags(declaration).at(-1).getText();
  const tagged = (tag) => [...comment.matchAll(new RegExp(`@${tag} ([\\w-]+) - (.+)`, 'g'))];
  const named = (tag) => tagged(tag).map(([, name, words]) => [code(name), cell(words)]);
  const styles = [...comment.matchAll(/@cssproperty \[(--[\w-]+)(?:=([^\]]+))?\] - (.+)/g)];
  return {
    'element-properties': markdownTable(
      ['attribute', 'property', 'what it is'],
      propertiesOf(source, declaration),
    ),
    'element-events': markdownTable(
      ['event', 'class', 'when', '`event.detail`'],
      eventsOf(source).map(({ name, event }) => [
        code(name),
        code(event.name),
        cell(source.comment(event)),
        detailOf(source, event),
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

/** The events that the package exports, in their order there. */
function eventsOf(source) {
  return source
    .exports('widget/index.ts')
    .map((one) => source.original(one))
    .flatMap((event) => {
      const [, name] = /eventName = '([\w-]+)'/.exec(event.declarations[0].getText()) ?? [];
      return name ? [{ name, event }] : [];
    });
}

function detailOf(source, event) {
  const detail = source.checker.getDeclaredTypeOfSymbol(event).getProperty('detail');
  const shape = source.shape(source.checker.getTypeOfSymbol(detail));
  return `${code(shape)}: ${cell(source.comment(detail))}`;
}
