/** On a page whose security policy allows no inline style at all, the element looks and works as anywhere. */
import { afterEach, describe, expect, it } from './expect.js';
import { button, mountActive, unmountAll } from './mount.js';

describe('under a strict content security policy', () => {
  afterEach(unmountAll);

  it('violates nothing, and is styled', async () => {
    const violations: string[] = [];
    const note = (event: SecurityPolicyViolationEvent): void => {
      violations.push(`${event.effectiveDirective} ${event.blockedURI}`);
    };
    document.addEventListener('securitypolicyviolation', note);
    const probe = document.createElement('style');
    probe.textContent = 'body { color: red }';
    document.head.append(probe);
    await new Promise((resolve) => setTimeout(resolve, 20));
    // The policy is really in force.
    expect(violations.length).toBe(1);
    const { element, call, drawn } = await mountActive({ placement: 'bottom-right' });
    call().says('agent', 'Hello.');
    call().levels(0.5, 0.5);
    await drawn();
    await new Promise((resolve) => setTimeout(resolve, 20));
    document.removeEventListener('securitypolicyviolation', note);
    expect(violations.length).toBe(1);
    expect(getComputedStyle(element).position).toBe('fixed');
    expect(getComputedStyle(button(element, /hang up/i)).minHeight).toBe('44px');
  });
});
