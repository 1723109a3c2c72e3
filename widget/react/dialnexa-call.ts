/** `<dialnexa-call>` as a component of React 19, which loses what is no text where it hydrates a custom element. */
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
 * The tag, whether it was rendered on a server or not. It takes what the tag takes, and `ref` is the element:
 * variables and metadata are written as text, so that they are in the page; listeners, and what no text can hold,
 * are put on the element when it is there. Throws nothing.
 */
export function DialNexaCall(given: DialNexaCallTag): ReactElement {
  const { ref, texts, callFactory, variables, metadata, ...others } = given;
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
    ref: element,
  });
}

function isListener(name: string): boolean {
  return name.startsWith('ondialnexa-');
}

/** What cannot be written is kept: the call is then refused in words. */
function json(given: unknown): unknown {
  if (typeof given !== 'object' || given === null) return given;
  try {
    return JSON.stringify(given);
  } catch {
    return given;
  }
}
