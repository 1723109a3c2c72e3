/** Reads an attribute that holds JSON. */
import type { ComplexAttributeConverter } from 'lit';

/** What is not JSON is kept as it is, so that reading the options can say so. */
export const jsonAttribute: ComplexAttributeConverter<unknown> = {
  fromAttribute(value) {
    if (value === null) return null;
    try {
      return JSON.parse(value) as unknown;
    } catch {
      return value;
    }
  },
};
