/** What the functions of a call find in their answers: variables for everything that is said and asked after that. */
import type { AgentFunction, CustomFunction } from '../../../sdk/wire/agent.js';
import type { VariableValue } from '../../../sdk/wire/web-call.js';
import { renderAddress } from '../../domain/templates/function-address.js';
import { renderHeaders } from '../../domain/templates/function-headers.js';
import { mapTexts } from '../../domain/templates/map-texts.js';
import { renderTemplate } from '../../domain/templates/render-template.js';
import { cutText } from '../report/cut-text.js';
import { valueAt } from './value-at.js';

/** No call may have more variables. */
const MOST = 50;
const LONGEST = 2_000;

type Values = Record<string, VariableValue>;

/** Of one call, whichever agent speaks. The server leaves the placeholders of these names as they are written. */
export class FoundVariables {
  readonly #found: Values = {};
  #known: Values = {};

  /** An agent begins: what the call gave for the names that its functions may find. */
  begin(functions: readonly AgentFunction[], variables: Values): void {
    const names = functions.flatMap((one) =>
      one.type === 'custom' ? Object.keys(one.config.response_variables ?? {}) : [],
    );
    this.#known = Object.fromEntries(
      names.flatMap((name) => {
        const value = variables[name];
        return Object.hasOwn(variables, name) && value !== undefined ? [[name, value]] : [];
      }),
    );
  }

  /** What was found up to now. */
  get found(): Values {
    return { ...this.#found };
  }

  /** Takes what the function is there to find; whether anything was. A value that is not there leaves the former one. */
  take({ response_variables: paths = {} }: CustomFunction['config'], answer: string): boolean {
    let isAny = false;
    for (const [name, path] of Object.entries(paths)) {
      const value = valueAt(answer, path);
      const isKnown = Object.hasOwn(this.#found, name);
      if (value === undefined || (!isKnown && Object.keys(this.#found).length >= MOST)) continue;
      this.#found[name] = typeof value === 'string' ? cutText(value, LONGEST) : value;
      isAny = true;
    }
    return isAny;
  }

  /** The text with the values in their places. */
  render = (text: string): string => renderTemplate(text, this.#values);

  /** The request with the values in their places: neither another host nor another header. */
  request(config: CustomFunction['config']): CustomFunction['config'] {
    const { url, headers, query_params: query } = config;
    return {
      ...config,
      url: renderAddress(url, this.#values),
      ...(headers ? { headers: renderHeaders(headers, this.#values) } : {}),
      ...(query ? { query_params: mapTexts(query, this.render) } : {}),
    };
  }

  get #values(): Values {
    return { ...this.#known, ...this.#found };
  }
}
