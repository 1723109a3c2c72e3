/** For `machina`: as much of a state machine as LiveKit's signal client asks for, which hears no event of it. */

/** A machine of `{ initialState, context, states }`: a handler is the next state, or a function that may return it. */
export function createFsm({ initialState, context, states }) {
  let state = initialState;
  return {
    context,
    currentState: () => state,
    handle(input, ...args) {
      const handler = states[state][input];
      state =
        (typeof handler === 'function' ? handler({ ctx: context }, ...args) : handler) ?? state;
    },
    on() {},
  };
}
