/** The tables of docs/sdk.md. */
import ts from 'typescript';
import { loadModule } from '../load-module.mjs';
import { cell, code, markdownTable } from './markdown-table.mjs';

export async function sdkTables(root, source) {
  const { ERROR_TABLE } = await loadModule(root, 'sdk/error/error-table.ts');
  const { TEXT_FAULTS } = await loadModule(root, 'sdk/error/text-fault.ts');
  const call = source.exported('sdk/index.ts', 'DialNexaWebCall');
  const members = source.members(call);
  return {
    'sdk-methods': markdownTable(
      ['method', 'does', 'rejects or throws'],
      members
        .filter(({ member }) => ts.isMethodDeclaration(member))
        .map(({ name, member, symbol }) => [
          code(`${name}(${member.parameters.map((one) => one.name.getText()).join(', ')})`),
          cell(source.comment(symbol)),
          cell((source.tag(symbol, 'throws') ?? '–').replace(/^\{?CallError\}?\s*/, '')),
        ]),
    ),
    'sdk-properties': markdownTable(
      ['property', 'is'],
      members
        .filter(({ member }) => ts.isGetAccessor(member))
        .map(({ name, symbol }) => [code(name), cell(source.comment(symbol))]),
    ),
    'sdk-events': markdownTable(
      ['event', 'payload', 'when'],
      source
        .members(source.exported('sdk/index.ts', 'CallEvents'))
        .map(({ name, member, symbol }) => [
          code(name),
          code(member.type.getText().replaceAll(';', ',')),
          cell(source.comment(symbol)),
        ]),
    ),
    'sdk-text-refusals': markdownTable(
      ['reason', 'what happened', 'what to do'],
      Object.entries(TEXT_FAULTS).map(([reason, { message, remedy }]) => [
        code(reason),
        cell(message),
        cell(remedy),
      ]),
    ),
    'sdk-errors': markdownTable(
      ['code', 'fault', 'retry', 'what happened', 'what to do'],
      Object.entries(ERROR_TABLE).map(([name, { fault, retryable, message, remedy }]) => [
        code(name),
        fault,
        retryable ? 'yes' : 'no',
        cell(message),
        cell(remedy),
      ]),
    ),
  };
}
