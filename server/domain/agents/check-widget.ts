/** Rules of a version's `widget` that look at several of its parts at once. */
import type { WidgetField, WidgetSettings } from '../../../sdk/wire/widget.js';

/** Bytes of it as JSON: pages read it before each call. */
const MOST_BYTES = 32_768;

/** One sentence a fault. */
export function widgetFaults(widget: WidgetSettings): string[] {
  const { fields = [], by_language = {} } = widget;
  const faults = fieldFaults('widget.fields', fields);
  for (const [language, words] of Object.entries(by_language)) {
    faults.push(...fieldFaults(`widget.by_language.${language}.fields`, words.fields ?? []));
  }
  if (Buffer.byteLength(JSON.stringify(widget)) > MOST_BYTES) {
    faults.push('widget: is over 32 KiB as JSON.');
  }
  return faults;
}

function fieldFaults(path: string, fields: readonly WidgetField[]): string[] {
  const names = new Set<string>();
  return fields.flatMap(({ name, type, options }, index) => {
    const isTwice = names.has(name);
    names.add(name);
    return [
      ...(isTwice ? [`${path}[${index}].name: is that of another field, ${name}.`] : []),
      ...((type === 'select') === (options !== undefined)
        ? []
        : [`${path}[${index}].options: a select needs them, and no other field takes them.`]),
    ];
  });
}
