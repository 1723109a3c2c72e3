/**
 * `<dialnexa-call>` as a component for React 19, which drops properties that are not texts when it hydrates custom
 * elements.
 */
'use client';
import {
  createElement,
  useImperativeHandle,
  useLayoutEffect,
  useRef,
  type ReactElement,
} from 'react';
import type { DialNexaCallElement } from '../dialnexa-call.js';
import '../define.js';
import type { DialNexaCallTag } from '../react-types.js';

/**
 * The tag, for server-rendered pages and others. Takes the properties of the tag; `ref` is the element. Variables,
 * metadata and fields are rendered as JSON, so that they are in the page; listeners and what cannot be rendered are set on the element
 * after hydration.
 *
 * @example
 * <DialNexaCall api-key="dnx_pk_…" agent-id="agent_…" variables={{ name: 'Ada' }} />
 */
export function DialNexaCall(given: DialNexaCallTag): ReactElement {
  const { ref, texts, callFactory, variables, metadata, fields, ...others } = given;
  const element = useRef<DialNexaCallElement | null>(null);
  useImperativeHandle(ref, () => element.current as DialNexaCallElement, []);
  useLayoutEffect(() => {
    if (element.current) Object.assign(element.current, { texts, callFactory });
  }, [texts, callFactory]);

  const entries = Object.entries(others as Record<string, unknown>);
  const listeners = entries.filter(([name]) => isListener(name));
  useLayoutEffect(() => {
    const { current } = element;
    const heard = listeners.filter((one): one is [string, EventListener] => Boolean(one[1]));
    for (const [name, hear] of heard) current?.addEventListener(name.slice(2), hear);
    return () => {
      for (const [name, hear] of heard) current?.removeEventListener(name.slice(2), hear);
    };
  });

  return createElement('dialnexa-call', {
    ...Object.fromEntries(entries.filter(([name]) => !isListener(name))),
    variables: json(variables),
    metadata: json(metadata),
    fields: json(fields),
    ref: element,
  });
}

function isListener(name: string): boolean {
  return name.startsWith('ondialnexa-');
}

/** The value as JSON; unchanged when it has none, so that the call is refused with a message. */
function json(given: unknown): unknown {
  if (typeof given !== 'object' || given === null) return given;
  try {
    return JSON.stringify(given);
  } catch {
    return given;
  }
}
